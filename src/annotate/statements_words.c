/* The word lists of data/cues.tsv. Entries are found by their first word; of those that match the longest wins. Scripts
 * without spaces are matched by their letters from a token's start on. */
#include "annotate/statements.h"

#include <stdlib.h>

#include "base/data.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { LANGUAGES = 32, WORDS = 4, ARENA_LIMIT = 16 << 20 };

typedef struct entry {
    runut_slice words[WORDS];
    uint32_t count, languages, classes, next; /* next: 1-based, 0 = last */
    bool letters;                             /* a script without spaces: words[0] is a beginning */
} entry;

struct runut_cues {
    runut_arena *arena;
    runut_slice languages[LANGUAGES];
    size_t language_count;
    RUNUT_VECTOR(entry) entries;
    RUNUT_VECTOR(entry) endings; /* "*-t-il" */
    runut_map *first;            /* first word, or first letter → 1-based entry */
};

static const char *const class_names[] = {
    "say",     "say-left",   "say-right", "say-self",      "view",     "according", "according-self", "call-it",
    "passive", "naming",     "pronoun",   "they",          "relative", "that",      "preposition",    "adjunct",
    "adverb",  "indefinite", "definite",  "demonstrative", "role",     "person",    "needs-that",     "document",
    "kin",     "denies",     "asks",      "time",          "rank",     "thus",      "subject",        "and",
};

static uint32_t class_of(runut_slice name)
{
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
        if (runut_slice_is(name, class_names[i]))
            return 1u << i;
    return 0;
}

static uint32_t language_bit(runut_cues *self, runut_slice language)
{
    for (size_t i = 0; i < self->language_count; i++)
        if (runut_slice_equal(self->languages[i], language))
            return 1u << i;
    if (self->language_count == LANGUAGES)
        return 0;
    self->languages[self->language_count] = language;
    return 1u << self->language_count++;
}

static bool is_spaceless(runut_slice text)
{
    size_t at = 0;
    uint32_t code = text.size ? runut_utf8_next(text, &at) : 0;
    return code >= 0x2E80 && code < 0xAC00;
}

static runut_slice first_letter(runut_slice text)
{
    size_t at = 0;
    if (text.size)
        runut_utf8_next(text, &at);
    return runut_slice_part(text, 0, at);
}

/* An elided word is a token of its own, with its apostrophe: "s'|est", "d'|après". */
static runut_slice next_word(runut_slice *rest)
{
    runut_slice word, all = *rest;
    if (!runut_slice_field(rest, ' ', &word))
        return (runut_slice){"", 0};
    size_t at = runut_slice_find(word, RUNUT_LITERAL("'"), 0), size = 1;
    if (at == SIZE_MAX)
        at = runut_slice_find(word, RUNUT_LITERAL("’"), 0), size = strlen("’");
    bool elided = at != SIZE_MAX && at > 0 && at <= 6 && at + size < word.size &&
                  !runut_slice_starts(word, RUNUT_LITERAL("aujourd"));
    if (!elided)
        return word;
    *rest = runut_slice_part(all, at + size, all.size);
    return runut_slice_part(word, 0, at + size);
}

static void add_entry(runut_cues *self, entry e)
{
    uint32_t *slot = runut_map_put(self->first, e.letters ? first_letter(e.words[0]) : e.words[0], NULL);
    e.next = *slot;
    *slot = (uint32_t)self->entries.size + 1;
    RUNUT_PUSH(self->arena, self->entries, e);
}

static void add_form(runut_cues *self, runut_slice form, uint32_t languages, uint32_t classes)
{
    entry e = {.languages = languages, .classes = classes};
    if (form.size > 1 && form.at[0] == '*') {
        e.words[0] = runut_utf8_fold(self->arena, runut_slice_part(form, 1, form.size));
        RUNUT_PUSH(self->arena, self->endings, e);
        return;
    }
    for (runut_slice word; e.count < WORDS && (word = next_word(&form)).size;)
        e.words[e.count++] = runut_utf8_fold(self->arena, word);
    if (e.count == 0 || form.size) /* nothing, or longer than an entry may be */
        return;
    e.letters = is_spaceless(e.words[0]);
    add_entry(self, e);
    bool elided = e.count > 1 && (runut_slice_ends(e.words[0], RUNUT_LITERAL("'")) ||
                                  runut_slice_ends(e.words[0], RUNUT_LITERAL("’")));
    if (!elided)
        return;
    e.words[0] = runut_arena_printf(self->arena, "%.*s%.*s", (int)e.words[0].size, e.words[0].at, (int)e.words[1].size,
                                    e.words[1].at); /* "D’après" is not cut: it may be a name */
    memmove(e.words + 1, e.words + 2, (WORDS - 2) * sizeof *e.words);
    e.count--;
    add_entry(self, e);
}

static void load(runut_cues *self)
{
    runut_slice rest = runut_data("cues.tsv"), row[3], language, form;
    while (runut_data_row(&rest, row, 3)) {
        uint32_t languages = 0;
        while (runut_slice_field(&row[0], ',', &language))
            languages |= language_bit(self, language);
        while (runut_slice_field(&row[2], '|', &form))
            add_form(self, form, languages, class_of(row[1]));
    }
}

runut_cues *runut_cues_new(void)
{
    runut_cues *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->arena = runut_arena_new(ARENA_LIMIT);
    if (self->arena && RUNUT_ARENA_TRY(self->arena) == 0) {
        self->first = runut_map_new(self->arena);
        load(self);
        return self;
    }
    runut_cues_free(self);
    return NULL;
}

void runut_cues_free(runut_cues *self)
{
    if (!self)
        return;
    if (self->arena)
        runut_arena_free(self->arena);
    free(self);
}

uint32_t runut_cues_languages(const runut_cues *self, runut_slice language)
{
    runut_slice primary = language;
    runut_slice_field(&language, '-', &primary);
    uint32_t bits = 0;
    bool unknown = primary.size == 0 || runut_slice_is(primary, "und");
    for (size_t i = 0; i < self->language_count; i++)
        if (runut_slice_equal(self->languages[i], primary) ||
            (unknown && (runut_slice_is(self->languages[i], "id") || runut_slice_is(self->languages[i], "en"))))
            bits |= 1u << i;
    return bits;
}

unsigned runut_cues_habits(runut_slice language)
{
    static const struct {
        const char *language;
        unsigned habits;
    } table[] = {
        {"ca", RUNUT_WANTS_THAT | RUNUT_DROPS_SUBJECT | RUNUT_DIALOGUE_DASH},
        {"cs", RUNUT_WANTS_THAT | RUNUT_DROPS_SUBJECT | RUNUT_NO_ARTICLES | RUNUT_IMPERSONAL},
        {"da", RUNUT_WANTS_THAT | RUNUT_VERB_SECOND | RUNUT_HEAD_LAST},
        {"de", RUNUT_WANTS_THAT | RUNUT_VERB_SECOND | RUNUT_HEAD_LAST},
        {"es", RUNUT_WANTS_THAT | RUNUT_DROPS_SUBJECT | RUNUT_DIALOGUE_DASH},
        {"fr", RUNUT_WANTS_THAT | RUNUT_DIALOGUE_DASH},
        {"hi", RUNUT_VERB_LAST | RUNUT_NO_ARTICLES | RUNUT_HEAD_LAST | RUNUT_MARKS_SUBJECT},
        {"it", RUNUT_WANTS_THAT | RUNUT_DROPS_SUBJECT},
        {"ja", RUNUT_VERB_LAST | RUNUT_NO_ARTICLES | RUNUT_HEAD_LAST | RUNUT_MARKS_SUBJECT},
        {"ko", RUNUT_VERB_LAST | RUNUT_NO_ARTICLES | RUNUT_HEAD_LAST | RUNUT_MARKS_SUBJECT},
        {"nb", RUNUT_WANTS_THAT | RUNUT_VERB_SECOND | RUNUT_DIALOGUE_DASH | RUNUT_HEAD_LAST},
        {"nl", RUNUT_WANTS_THAT | RUNUT_VERB_SECOND | RUNUT_HEAD_LAST},
        {"no", RUNUT_WANTS_THAT | RUNUT_VERB_SECOND | RUNUT_DIALOGUE_DASH | RUNUT_HEAD_LAST},
        {"pl", RUNUT_WANTS_THAT | RUNUT_DROPS_SUBJECT | RUNUT_DIALOGUE_DASH | RUNUT_NO_ARTICLES | RUNUT_IMPERSONAL},
        {"pt", RUNUT_WANTS_THAT | RUNUT_DROPS_SUBJECT | RUNUT_DIALOGUE_DASH},
        {"ro", RUNUT_WANTS_THAT | RUNUT_DROPS_SUBJECT | RUNUT_DIALOGUE_DASH},
        {"ru", RUNUT_WANTS_THAT | RUNUT_DIALOGUE_DASH | RUNUT_NO_ARTICLES | RUNUT_IMPERSONAL},
        {"sv", RUNUT_WANTS_THAT | RUNUT_VERB_SECOND | RUNUT_DIALOGUE_DASH | RUNUT_HEAD_LAST},
        {"tr", RUNUT_WANTS_THAT | RUNUT_DROPS_SUBJECT | RUNUT_VERB_LAST | RUNUT_DIALOGUE_DASH | RUNUT_NO_ARTICLES |
                   RUNUT_HEAD_LAST},
        {"zh", RUNUT_NO_ARTICLES | RUNUT_HEAD_LAST},
        {"en", RUNUT_HEAD_LAST},
        {"ar", RUNUT_DROPS_SUBJECT | RUNUT_VERB_FIRST},
        {"th", RUNUT_NO_COMMAS},
        {"uk", RUNUT_WANTS_THAT | RUNUT_DIALOGUE_DASH | RUNUT_NO_ARTICLES | RUNUT_IMPERSONAL},
    };
    runut_slice primary = language;
    runut_slice_field(&language, '-', &primary);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (runut_slice_is(primary, table[i].language))
            return table[i].habits;
    return 0;
}

static size_t match_words(const entry *e, const runut_tokens *tokens, size_t at)
{
    if (at + e->count > tokens->size)
        return 0;
    for (size_t i = 0; i < e->count; i++)
        if (!runut_slice_equal(e->words[i], tokens->at[at + i].folded))
            return 0;
    return e->count;
}

/* Kana after the form are its inflection; anything else makes it another word. */
static size_t match_letters(const entry *e, runut_slice body, const runut_tokens *tokens, size_t at)
{
    size_t start = tokens->at[at].span.start, end = start + e->words[0].size;
    if (!runut_slice_equal(runut_slice_part(body, start, end), e->words[0]))
        return 0;
    size_t i = at;
    while (i < tokens->size && tokens->at[i].span.start < end)
        i++;
    size_t rest = end, limit = tokens->at[i - 1].span.end;
    while (rest < limit) {
        uint32_t code = runut_utf8_next(body, &rest);
        if (code < 0x3040 || code > 0x30FF)
            return 0;
    }
    return i - at;
}

static uint32_t match_ending(const runut_cues *self, uint32_t languages, const runut_token *token)
{
    uint32_t classes = 0;
    for (size_t i = 0; i < self->endings.size; i++) {
        const entry *e = &self->endings.at[i];
        if ((e->languages & languages) && token->folded.size > e->words[0].size &&
            runut_slice_ends(token->folded, e->words[0]))
            classes |= e->classes;
    }
    return classes;
}

/* "시장은" is "시장" with the particle that shows its place in the sentence. */
static uint32_t match_without_particle(const runut_cues *self, uint32_t languages, runut_slice word)
{
    static const char *const particles[] = {"은", "는", "이", "가", "을", "를", "의", "도", "에게", "께서", "과", "와"};
    size_t at = 0;
    uint32_t code = word.size ? runut_utf8_next(word, &at) : 0;
    if (code < 0xAC00 || code > 0xD7A3)
        return 0;
    uint32_t classes = 0;
    for (size_t k = 0; k < sizeof particles / sizeof *particles; k++) {
        size_t size = strlen(particles[k]);
        if (word.size <= size || !runut_slice_ends(word, runut_slice_of(particles[k])))
            continue;
        uint32_t *slot = runut_map_get(self->first, runut_slice_part(word, 0, word.size - size));
        for (uint32_t i = slot ? *slot : 0; i; i = self->entries.at[i - 1].next)
            if (self->entries.at[i - 1].count == 1 && (self->entries.at[i - 1].languages & languages))
                classes |= self->entries.at[i - 1].classes & (RUNUT_IS_ROLE | RUNUT_IS_PERSON | RUNUT_IS_PRONOUN);
    }
    return classes;
}

uint32_t runut_cues_match(const runut_cues *self, uint32_t languages, runut_slice body, const runut_tokens *tokens,
                          size_t at, size_t *count)
{
    const runut_token *token = &tokens->at[at];
    bool letters = is_spaceless(token->folded);
    const uint32_t *slot = letters ? runut_map_get(self->first, first_letter(token->folded))
                                   : runut_map_get_hashed(self->first, token->folded, token->hash);
    size_t longest = 0, longest_bytes = 0;
    uint32_t classes = 0;
    for (uint32_t i = slot ? *slot : 0; i; i = self->entries.at[i - 1].next) {
        const entry *e = &self->entries.at[i - 1];
        if (!(e->languages & languages))
            continue;
        size_t length = e->letters ? match_letters(e, body, tokens, at) : match_words(e, tokens, at);
        size_t bytes = e->letters ? e->words[0].size : length;
        if (length == 0 || bytes < longest_bytes)
            continue;
        classes = bytes > longest_bytes ? e->classes : classes | e->classes;
        longest = length, longest_bytes = bytes;
    }
    *count = longest ? longest : 1;
    if (classes == 0)
        classes = match_without_particle(self, languages, token->folded);
    return classes ? classes : match_ending(self, languages, token);
}

size_t runut_statements_token_at(const runut_tokens *tokens, size_t offset)
{
    size_t low = 0, high = tokens->size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (tokens->at[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
