/* Tokens.
 *
 * A text is a row of runs of one class of code points, and every rule is about what may stand inside a run:
 *
 *     word      letters and marks; a hyphen, apostrophe or & between two letters ("Jong-Un", "didn't", "AT&T")
 *     elision   a short word that ends in an apostrophe before a word: "l'|eau", "dell'|Iran", "qu'|il", "l'|AFP"
 *     acronym   single letters with full stops, the last one too ("U.S.", "a.m.", "J.K.")
 *     domain    labels with full stops, the last one a top-level domain ("KONTAN.CO.ID", "detik24.com")
 *     number    digits; one of . , : / - or an apostrophe between two digits ("1.204", "15/8", "17-08-1945")
 *     mark      any other code point, each alone; space is nothing
 *
 * A border between letters and digits is always a border of tokens, so that a number is found wherever it stands:
 * "Rp7.200" is Rp|7.200, "M6,1" is M|6,1, "AS$2.5" is AS|$|2.5, "3km" is 3|km, "77th" is 77|th, "ke-78" is ke|-|78,
 * "1990-an" is 1990|-|an. Spans tell that they touch. Words of scripts without spaces come from ICU's dictionaries. */
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "annotate/texts.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"

enum {
    UNSPACED_PIECE = 4096, /* bytes handed to ICU at once: its tables grow with the text */
    DOMAIN_MOST = 80       /* bytes of the longest domain looked for */
};

struct runut_breaker {
    UBreakIterator *words; /* opened when it is first asked for */
    UText *text;
    bool missing; /* ICU has no data */
};

typedef enum class { SPACE, LETTER, UNSPACED, DIGIT, IGNORED, MARK } class;

typedef struct cutter {
    runut_breaker *breaker;
    runut_arena *arena;
    runut_slice text; /* cut at the end of the part */
    runut_tokens *tokens;
} cutter;

runut_breaker *runut_breaker_new(void)
{
    return calloc(1, sizeof(runut_breaker));
}

void runut_breaker_free(runut_breaker *self)
{
    if (!self)
        return;
    if (self->words)
        ubrk_close(self->words);
    if (self->text)
        utext_close(self->text);
    free(self);
}

/* Thai, Lao, Myanmar, Khmer and their neighbours; Han, kana. */
static bool is_unspaced(uint32_t code)
{
    return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) ||
           (code >= 0x1780 && code <= 0x17FF) || (code >= 0x1950 && code <= 0x19DF) ||
           (code >= 0x1A20 && code <= 0x1AAF) || (code >= 0x3040 && code <= 0x30FF) ||
           (code >= 0x31F0 && code <= 0x31FF) || (code >= 0x3400 && code <= 0x4DBF) ||
           (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0xA9E0 && code <= 0xA9FF) ||
           (code >= 0xAA60 && code <= 0xAA7F) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFF66 && code <= 0xFF9F) || (code >= 0x20000 && code <= 0x3FFFF) || code == 0x3005 ||
           code == 0x3006;
}

/* Soft hyphen, joiners, word joiner, variation selectors: inside a word they change nothing. */
static bool is_ignored(uint32_t code)
{
    return code == 0xAD || (code >= 0x200C && code <= 0x200F) || code == 0x2060 || (code >= 0xFE00 && code <= 0xFE0F);
}

static class class_of(uint32_t code)
{
    if (code < 0x80) {
        if (runut_is_alpha((unsigned char)code) || code == '_')
            return LETTER;
        if (runut_is_digit((unsigned char)code))
            return DIGIT;
        return code <= ' ' || code == 0x7F ? SPACE : MARK;
    }
    if (is_ignored(code))
        return IGNORED;
    bool letter = runut_code_is_letter(code);
    if (is_unspaced(code) && letter)
        return UNSPACED;
    if (letter)
        return LETTER;
    if (runut_code_is_digit(code))
        return DIGIT;
    return runut_code_is_space(code) || code < 0xA0 ? SPACE : MARK;
}

static class class_at(runut_slice text, size_t at, size_t *next)
{
    *next = at;
    if (at >= text.size)
        return SPACE;
    return class_of(runut_utf8_next(text, next));
}

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2019 || code == 0x02BC;
}

static bool is_word_joiner(uint32_t code)
{
    return code == '-' || code == 0x2010 || code == 0x2011 || code == '&' || is_apostrophe(code);
}

static bool is_number_joiner(uint32_t code)
{
    return code == '.' || code == ',' || code == ':' || code == '/' || code == '-' || is_apostrophe(code);
}

/* End of the run of letters that begins at `at`, inner joiners included. */
static size_t word_end(runut_slice text, size_t at)
{
    for (size_t next = at; at < text.size; at = next) {
        uint32_t code = runut_utf8_next(text, &next);
        class c = class_of(code);
        if (c == LETTER || c == IGNORED)
            continue;
        size_t after;
        if (!is_word_joiner(code) || class_at(text, next, &after) != LETTER)
            return at;
    }
    return text.size;
}

static size_t number_end(runut_slice text, size_t at)
{
    for (size_t next = at; at < text.size; at = next) {
        uint32_t code = runut_utf8_next(text, &next);
        if (class_of(code) == DIGIT)
            continue;
        size_t after;
        if (!is_number_joiner(code) || class_at(text, next, &after) != DIGIT)
            return at;
    }
    return text.size;
}

/* End of "U.S.", "a.m.", "J.K" that begins at `at`; `at` where there is none. */
static size_t acronym_end(runut_slice text, size_t at)
{
    size_t end = at, letters = 0, next, after;
    for (; letters < 8 && class_at(text, end, &next) == LETTER && next < text.size && text.at[next] == '.'; letters++)
        end = next + 1;
    if (letters >= 1 && class_at(text, end, &next) == LETTER) {
        class beyond = class_at(text, next, &after);
        if (beyond != LETTER && beyond != DIGIT)
            return next; /* "U.S" */
    }                    /* else "S.Pd", "A.Yani", "J.K.Rowling": a longer word follows */
    return letters >= 2 ? end : at;
}

static bool is_listed(runut_slice label, const char *const *list, size_t size)
{
    for (size_t i = 0; i < size; i++) /* the first letter first: this is asked often */
        if ((label.at[0] | 32) == list[i][0] && runut_slice_equal_nocase(label, runut_slice_of(list[i])))
            return true;
    return false;
}

/* Country codes are two letters; those that nobody publishes under, and that are words of Indonesian or English, are
 * left out: "pulang.di sana" lacks a blank. */
static bool is_top_level(runut_slice label)
{
    static const char *const longer[] = {"com",   "net",  "org",   "info",  "edu",  "gov",  "mil",  "int", "news",
                                         "biz",   "asia", "live",  "media", "site", "blog", "club", "app", "online",
                                         "press", "name", "today", "world", "dev",  "web",  "mobi"};
    static const char *const words[] = {"di", "ke", "si", "ya", "ku", "mu", "pa", "bu", "do", "so", "to", "as",
                                        "an", "or", "by", "he", "we", "if", "on", "of", "up", "ia", "am", "dr"};
    if (label.size < 2 || label.size > 6)
        return false;
    if (is_listed(label, longer, sizeof longer / sizeof *longer))
        return true;
    if (is_listed(label, words, sizeof words / sizeof *words))
        return false;
    return label.size == 2 && runut_is_alpha((unsigned char)label.at[0]) && runut_is_alpha((unsigned char)label.at[1]);
}

/* "Floreskini.com", "KONTAN.CO.ID", but not "pergi.Itu". */
static bool one_case(runut_slice label)
{
    bool small = true, capital = true;
    for (size_t i = 0; i < label.size; i++) {
        bool is_small = runut_lower((unsigned char)label.at[i]) == label.at[i];
        small = small && is_small;
        capital = capital && !is_small;
    }
    return small || capital;
}

/* End of the domain name (ASCII) that begins at `at`; `at` where there is none. */
static size_t domain_end(runut_slice text, size_t at)
{
    size_t end = at, best = at, label = at, most = at + DOMAIN_MOST;
    for (; end <= text.size && end < most; end++) {
        unsigned char c = end < text.size ? (unsigned char)text.at[end] : ' ';
        if (runut_is_alpha(c) || runut_is_digit(c) || (c == '-' && end > label))
            continue;
        bool dotted = label > at && end > label && text.at[end - 1] != '-';
        runut_slice last = runut_slice_part(text, label, end);
        if (dotted && c < 0x80 && c != '_' && one_case(last) && is_top_level(last))
            best = end;
        if (c != '.' || end == label)
            break;
        label = end + 1;
    }
    return best;
}

/* Where the first label of a domain could be: only then is it worth looking, which keeps long words linear. */
static bool has_dot(runut_slice text, size_t at)
{
    size_t most = at + DOMAIN_MOST;
    while (at < text.size && at < most) {
        unsigned char c = (unsigned char)text.at[at];
        if (c == '.')
            return at + 1 < text.size &&
                   (runut_is_alpha((unsigned char)text.at[at + 1]) || runut_is_digit((unsigned char)text.at[at + 1]));
        if (!runut_is_alpha(c) && !runut_is_digit(c) && c != '-')
            return false;
        at++;
    }
    return false;
}

static runut_slice fold(runut_arena *arena, runut_slice word)
{
    for (size_t i = 0; i < word.size; i++) {
        unsigned char c = (unsigned char)word.at[i];
        if (c >= 0x80 || (c >= 'A' && c <= 'Z'))
            return runut_utf8_fold(arena, word);
    }
    return word;
}

static void case_of(runut_slice word, runut_token *token)
{
    size_t letters = 0, capitals = 0;
    for (size_t i = 0; i < word.size;) {
        uint32_t code = runut_utf8_next(word, &i);
        bool upper = runut_code_is_upper(code);
        if (letters == 0 && upper)
            token->upper = true;
        if (!upper && !runut_code_is_letter(code))
            continue;
        letters++;
        capitals += upper;
        if (!upper && letters > 1 && capitals < letters)
            break; /* nothing more to learn */
    }
    token->all_upper = letters >= 2 && capitals == letters;
}

/* Most words are of ASCII letters: all that is to be known of one, in one go. False where it is none. */
static bool take_ascii(runut_arena *arena, runut_slice word, runut_token *token)
{
    size_t capitals = 0;
    for (size_t i = 0; i < word.size; i++) {
        unsigned char c = (unsigned char)word.at[i];
        if (!runut_is_alpha(c))
            return false;
        capitals += c < 'a';
    }
    token->upper = (unsigned char)word.at[0] < 'a';
    token->all_upper = word.size >= 2 && capitals == word.size;
    token->plain = capitals == token->upper;
    token->folded = capitals ? runut_utf8_fold(arena, word) : word;
    return true;
}

static void add(cutter *self, size_t start, size_t end, runut_token_kind kind)
{
    runut_token *token = RUNUT_APPEND(self->arena, *self->tokens);
    *token = (runut_token){.span = {(uint32_t)start, (uint32_t)end}, .kind = kind};
    runut_slice word = runut_slice_part(self->text, start, end);
    if (kind == RUNUT_TOKEN_WORD && !take_ascii(self->arena, word, token)) {
        case_of(word, token);
        token->folded = fold(self->arena, word);
    } else if (kind == RUNUT_TOKEN_NUMBER) {
        token->folded = fold(self->arena, word);
    }
    token->stem = token->folded;
    token->hash = runut_slice_hash(token->folded);
}

/* End of "l'", "qu'", "dell'" before a letter; `at` where there is none. Only in small letters, or before an
 * abbreviation ("L'ONU"): "D'Arcy" and "L'Équipe" are names. */
static size_t elision_end(runut_slice text, size_t at)
{
    static const char *const words[] = {"l",    "d",     "j",      "m",     "t",      "s",      "n",    "c",
                                        "qu",   "dell",  "all",    "nell",  "sull",   "dall",   "un",   "quest",
                                        "coll", "quell", "lorsqu", "jusqu", "puisqu", "quoiqu", "dagl", "degl"};
    size_t end = at, after;
    while (end < text.size && end - at < 8 && runut_is_alpha((unsigned char)text.at[end]))
        end++;
    size_t next = end;
    if (end == at || end >= text.size || !is_apostrophe(runut_utf8_next(text, &next)))
        return at;
    runut_slice word = runut_slice_part(text, at, end);
    if (!is_listed(word, words, sizeof words / sizeof *words) || class_at(text, next, &after) != LETTER)
        return at;
    size_t second = after, first = next;
    bool capitals = second < text.size && runut_code_is_upper(runut_utf8_next(text, &first)) &&
                    runut_code_is_upper(runut_utf8_next(text, &second));
    bool small = runut_lower((unsigned char)word.at[0]) == word.at[0];
    bool contraction = after >= text.size || class_at(text, after, &after) != LETTER; /* "n't", "l's" */
    return (small || capitals) && !contraction ? next : at;
}

/* End of the ASCII letters from `at` on, where what follows them can be no part of any longer token; else `at`. */
static size_t simple_end(runut_slice text, size_t at)
{
    size_t end = at;
    while (end < text.size && (runut_is_alpha((unsigned char)text.at[end]) || text.at[end] == '_'))
        end++;
    unsigned char c = end < text.size ? (unsigned char)text.at[end] : ' ';
    bool ends = c < 0x80 && !runut_is_digit(c) && c != '.' && !is_word_joiner(c);
    return ends ? end : at;
}

static size_t letter_end(runut_slice text, size_t at)
{
    size_t end = simple_end(text, at);
    if (end > at)
        return end;
    if (has_dot(text, at) && (end = domain_end(text, at)) > at)
        return end;
    if ((end = acronym_end(text, at)) > at)
        return end;
    if ((end = elision_end(text, at)) > at)
        return end;
    return word_end(text, at);
}

/* ICU without memory breaks at other places, and goes on so: a new iterator is needed then. */
static _Noreturn void fail_breaker(cutter *self)
{
    ubrk_close(self->breaker->words);
    self->breaker->words = NULL;
    runut_arena_fail(self->arena);
}

/* ICU's iterator, about to go over [start, end); NULL where it has no data. */
static UBreakIterator *break_iterator(cutter *self, size_t start, size_t end)
{
    runut_breaker *b = self->breaker;
    UErrorCode error = U_ZERO_ERROR;
    if (!b->words && !b->missing) {
        b->words = ubrk_open(UBRK_WORD, "en", NULL, 0, &error);
        b->missing = U_FAILURE(error);
    }
    if (!b->missing) {
        b->text = utext_openUTF8(b->text, self->text.at + start, (int64_t)(end - start), &error);
        ubrk_setUText(b->words, b->text, &error);
    }
    if (runut_memory_ran_out()) {
        b->missing = false;
        fail_breaker(self);
    }
    return U_SUCCESS(error) ? b->words : NULL;
}

/* Words of [start, end), a run of a script without spaces. Without ICU's data it is cut at every code point. */
static void add_unspaced(cutter *self, size_t start, size_t end)
{
    runut_memory_watch();
    UBreakIterator *words = break_iterator(self, start, end);
    if (!words) {
        for (size_t at = start, next = start; at < end; at = next) {
            runut_utf8_next(self->text, &next);
            add(self, at, next, RUNUT_TOKEN_WORD);
        }
        return;
    }
    int32_t before = ubrk_first(words);
    for (int32_t at = ubrk_next(words); at != UBRK_DONE && !runut_memory_ran_out(); before = at, at = ubrk_next(words))
        add(self, start + (size_t)before, start + (size_t)at, RUNUT_TOKEN_WORD);
    if (runut_memory_ran_out())
        fail_breaker(self);
}

/* End of the run, or of the piece that is small enough. */
static size_t unspaced_end(runut_slice text, size_t at)
{
    size_t start = at, next;
    while (at < text.size && at - start < UNSPACED_PIECE) {
        class c = class_at(text, at, &next);
        if (c != UNSPACED && c != IGNORED)
            break;
        at = next;
    }
    return at;
}

void runut_tokens_cut(runut_breaker *breaker, runut_arena *arena, runut_slice text, runut_span part,
                      runut_tokens *tokens)
{
    cutter self = {breaker, arena, runut_slice_part(text, 0, part.end), tokens};
    for (size_t at = part.start, next; at < self.text.size; at = next) {
        switch (class_at(self.text, at, &next)) {
        case SPACE:
        case IGNORED:
            break;
        case LETTER:
            next = letter_end(self.text, at);
            add(&self, at, next, RUNUT_TOKEN_WORD);
            break;
        case UNSPACED:
            next = unspaced_end(self.text, at);
            add_unspaced(&self, at, next);
            break;
        case DIGIT:
            next = has_dot(self.text, at) ? domain_end(self.text, at) : at; /* "24jam.com" */
            if (next > at) {
                add(&self, at, next, RUNUT_TOKEN_WORD);
                break;
            }
            next = number_end(self.text, at);
            add(&self, at, next, RUNUT_TOKEN_NUMBER);
            break;
        case MARK:
            add(&self, at, next, RUNUT_TOKEN_MARK);
            break;
        }
    }
}
