/* Which one of a row a happening is: the 14th festival, the XVII award, 60 years of ties, the 49th anniversary. Reports
 * of the 14th and of the 15th are alike in all but the number, so the number is worth more than all the words. A mark
 * is the kind of row and the number; languages differ in the noun, so the noun itself is no part of it. */
#include <stdlib.h>

#include "base/data.h"
#include "base/slice.h"
#include "relate/digest_parts.h"

enum { EDITION = 1, ANNIVERSARY, YEARS, YEAR };
enum { LEAD_SENTENCES = 5, LEAD_TOKENS = 250, AFTER = 4, BEFORE = 6, MOST_NUMBER = 300, MOST_WORDS = 256 };

typedef struct row_word {
    runut_slice text;
    int kind;
    bool prefix;
} row_word;

struct runut_edition_words {
    RUNUT_VECTOR(row_word) words;
};

typedef struct editions {
    runut_arena *arena;
    const runut_edition_words *words;
    const runut_token *tokens;
    size_t count;
    runut_slice text; /* that the tokens are of */
    RUNUT_VECTOR(uint32_t) marks;
} editions;

static int kind_of(runut_slice name)
{
    static const char *const names[] = {"edition", "anniversary", "years", "year"};
    for (int i = 0; i < 4; i++)
        if (runut_slice_is(name, names[i]))
            return i + 1;
    return 0;
}

static bool is_listed(runut_slice list, runut_slice language)
{
    for (runut_slice one; runut_slice_field(&list, ' ', &one);)
        if (runut_slice_equal(one, language))
            return true;
    return false;
}

const runut_edition_words *runut_edition_words_new(runut_arena *arena, runut_slice language)
{
    runut_edition_words *self = runut_arena_alloc(arena, sizeof *self);
    runut_slice rest = runut_data("editions.tsv"), fields[3], first = language, tags = language;
    runut_slice_field(&tags, '-', &first);
    while (runut_data_row(&rest, fields, 3)) {
        if (!is_listed(fields[1], first))
            continue;
        int kind = kind_of(fields[0]);
        for (runut_slice word; runut_slice_field(&fields[2], ',', &word);) {
            word = runut_slice_trim(word);
            bool prefix = word.size > 1 && word.at[word.size - 1] == '*';
            if (self->words.size < MOST_WORDS)
                RUNUT_PUSH(arena, self->words,
                           ((row_word){runut_slice_part(word, 0, word.size - prefix), kind, prefix}));
        }
    }
    return self;
}

/* 0 where the token is no such word. */
static int word_kind(const editions *self, size_t i)
{
    const runut_token *t = &self->tokens[i];
    if (t->kind != RUNUT_TOKEN_WORD)
        return 0;
    for (size_t k = 0; k < self->words->words.size; k++) {
        const row_word *w = &self->words->words.at[k];
        if (w->prefix ? runut_slice_starts(t->folded, w->text) : runut_slice_equal(t->folded, w->text))
            return w->kind;
    }
    return 0;
}

/* ---- numbers ---- */

static uint32_t digits(runut_slice text, size_t *size)
{
    uint32_t value = 0;
    for (*size = 0; *size < text.size && *size < 4 && runut_is_digit((unsigned char)text.at[*size]); ++*size)
        value = value * 10 + (uint32_t)(text.at[*size] - '0');
    return value;
}

static bool is_ordinal_ending(runut_slice text)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "e", "er", "eme", "ème",
                                          "ª",  "º",  "°",  "a",  "o", "de", "ste"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (runut_slice_is(text, endings[i]))
            return true;
    return false;
}

/* "xvii"; 0 where it is none. Only what is written as Roman numerals are: their value must give the same letters. */
static uint32_t roman(runut_slice text)
{
    static const struct {
        uint32_t value;
        const char *letters;
    } parts[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}};
    uint32_t value = 0;
    size_t at = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        runut_slice letters = runut_slice_of(parts[i].letters);
        bool single = parts[i].value == 50 || parts[i].value == 5 || letters.size == 2;
        for (int times = 0;
             times < (single ? 1 : 3) && runut_slice_starts(runut_slice_part(text, at, text.size), letters); times++) {
            value += parts[i].value;
            at += letters.size;
        }
    }
    return at == text.size && text.size >= 2 ? value : 0;
}

static uint32_t word_ordinal(const runut_token *t)
{
    size_t size;
    runut_slice text = t->folded;
    bool led = runut_slice_starts(text, RUNUT_LITERAL("ke-"));
    if (led)
        text = runut_slice_part(text, 3, text.size);
    uint32_t value = digits(text, &size);
    if (size > 0 && size < 4)
        return (led && size == text.size) || is_ordinal_ending(runut_slice_part(text, size, text.size)) ? value : 0;
    return t->all_upper || led ? roman(text) : 0;
}

static bool is_mark(const editions *self, size_t i, const char *mark)
{
    return i < self->count && self->tokens[i].kind == RUNUT_TOKEN_MARK &&
           runut_slice_is(runut_slice_part(self->text, self->tokens[i].span.start, self->tokens[i].span.end), mark);
}

static bool touches(const editions *self, size_t left, size_t right)
{
    return right < self->count && self->tokens[left].span.end == self->tokens[right].span.start;
}

/* The number at token `i`; `*ordinal`: it counts in a row; `*end` its end. 0 = none. */
static uint32_t number_at(const editions *self, size_t i, bool *ordinal, size_t *end)
{
    const runut_token *t = &self->tokens[i];
    size_t size;
    *ordinal = true;
    *end = i + 1;
    if (t->kind == RUNUT_TOKEN_MARK || t->folded.size == 0)
        return 0;
    if (t->kind == RUNUT_TOKEN_WORD || !runut_is_digit((unsigned char)t->folded.at[0]))
        return word_ordinal(t);
    uint32_t value = digits(t->folded, &size);
    if (size < t->folded.size)
        return size < 4 && is_ordinal_ending(runut_slice_part(t->folded, size, t->folded.size)) ? value : 0;
    if (size > 3)
        return 0;
    if (i > 0 && runut_slice_is(self->tokens[i - 1].folded, "ke"))
        return value;
    if (i > 1 && is_mark(self, i - 1, "-") && runut_slice_is(self->tokens[i - 2].folded, "ke"))
        return value;
    if (touches(self, i, i + 1) && self->tokens[i + 1].kind == RUNUT_TOKEN_WORD) {
        *end = i + 2;
        return is_ordinal_ending(self->tokens[i + 1].folded) ? value : 0;
    }
    *ordinal = touches(self, i, i + 1) &&
               (is_mark(self, i + 1, ".") || is_mark(self, i + 1, "º") || is_mark(self, i + 1, "ª"));
    *end = i + 1 + *ordinal;
    return value;
}

/* ---- what they count ---- */

static bool breaks(const editions *self, size_t i)
{
    return is_mark(self, i, ",") || is_mark(self, i, ";") || is_mark(self, i, ":") || is_mark(self, i, ".") ||
           is_mark(self, i, "(") || is_mark(self, i, ")");
}

/* The nearest noun after [first, end), else before it. */
static int counted(const editions *self, size_t first, size_t end, bool ordinal)
{
    size_t after = ordinal ? AFTER : 1, before = ordinal ? BEFORE : 2;
    for (size_t i = end; i < self->count && i < end + after && !breaks(self, i); i++) {
        int kind = word_kind(self, i);
        if (kind == ANNIVERSARY || (kind == EDITION && ordinal))
            return kind;
    }
    for (size_t back = 1; back <= before && back <= first && !breaks(self, first - back); back++) {
        int kind = word_kind(self, first - back);
        if (kind == ANNIVERSARY || (kind == EDITION && ordinal))
            return kind;
    }
    return 0;
}

/* "60 years of ties", "20 Tahun Hubungan", "50 Jahre nach". */
static bool counts_years(const editions *self, size_t end, uint32_t value)
{
    if (end >= self->count || word_kind(self, end) != YEAR || value < 10)
        return false;
    for (size_t i = end + 1; i < self->count && i < end + 4 && !breaks(self, i); i++)
        if (word_kind(self, i) == YEARS || word_kind(self, i) == ANNIVERSARY)
            return true;
    return false;
}

static void scan(editions *self)
{
    for (size_t i = 0; i < self->count; i++) {
        bool ordinal;
        size_t end;
        uint32_t value = number_at(self, i, &ordinal, &end);
        if (value < 2 || value > MOST_NUMBER)
            continue;
        int kind = counted(self, i, end, ordinal);
        if (!kind && counts_years(self, end, value))
            kind = ANNIVERSARY;
        if (kind)
            RUNUT_PUSH(self->arena, self->marks, (uint32_t)kind << 16 | value);
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void runut_digest_editions(runut_arena *arena, const runut_edition_words *words, const runut_annotation *a,
                           runut_digest *digest)
{
    editions self = {.arena = arena,
                     .words = words,
                     .tokens = a->headline_tokens.at,
                     .count = a->headline_tokens.size < LEAD_TOKENS ? a->headline_tokens.size : LEAD_TOKENS,
                     .text = a->article->headline};
    if (words->words.size == 0)
        return;
    scan(&self);
    size_t last = a->sentences.size < LEAD_SENTENCES ? a->sentences.size : LEAD_SENTENCES;
    self.tokens = a->tokens.at;
    self.count = last ? a->sentences.at[last - 1].end_token : 0;
    self.count = self.count < LEAD_TOKENS ? self.count : LEAD_TOKENS;
    self.text = a->body;
    scan(&self);
    if (self.marks.size > 1)
        qsort(self.marks.at, self.marks.size, sizeof *self.marks.at, by_number);
    for (size_t i = 0; i < self.marks.size; i++)
        if (i == 0 || self.marks.at[i] != self.marks.at[i - 1])
            RUNUT_PUSH(arena, digest->editions, self.marks.at[i]);
}
