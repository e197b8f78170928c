/* Which language a text is in: CLD2 says, marker words correct.
 *
 * CLD2 tells some eighty languages apart by letters and letter sequences, but takes short texts for a neighbour, and
 * Indonesian and Malay for one another where the names weigh more than the words. Words that only one of the two uses
 * ("karena", "bisa" : "kerana", "boleh", "ialah") settle that; and common words of some languages decide where CLD2
 * cannot. */
#include <stdlib.h>

#include "annotate/texts.h"
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"

enum {
    LANGUAGES = 32,     /* most languages in the table */
    TEXT_MOST = 800,    /* bytes that CLD2 sees: a report's beginning tells */
    TOKENS_MOST = 4000, /* that vote */
    SHORT = 40,         /* words: letter statistics alone mislead below */
    ARENA_LIMIT = 4 << 20
};

struct runut_markers {
    runut_arena *arena;
    runut_map *words; /* folded word → set of languages, one bit each */
    runut_slice names[LANGUAGES];
    size_t languages;
};

typedef struct votes {
    uint32_t of[LANGUAGES];
    uint32_t words;
} votes;

static size_t number_of(const runut_markers *self, runut_slice name)
{
    for (size_t i = 0; i < self->languages; i++)
        if (runut_slice_equal(self->names[i], name))
            return i;
    return LANGUAGES;
}

static bool load(runut_markers *self)
{
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return false;
    self->words = runut_map_new(self->arena);
    runut_slice rest = runut_data("language_markers.tsv"), row[2], word;
    while (runut_data_row(&rest, row, 2)) {
        size_t language = number_of(self, row[0]);
        if (language == LANGUAGES) {
            if (self->languages == LANGUAGES)
                continue;
            language = self->languages++;
            self->names[language] = row[0];
        }
        while (runut_slice_field(&row[1], ' ', &word))
            *runut_map_put(self->words, runut_utf8_fold(self->arena, word), NULL) |= 1u << language;
    }
    return true;
}

runut_markers *runut_markers_new(void)
{
    runut_markers *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->arena = runut_arena_new(ARENA_LIMIT);
    if (self->arena && load(self))
        return self;
    runut_markers_free(self);
    return NULL;
}

void runut_markers_free(runut_markers *self)
{
    if (!self)
        return;
    if (self->arena)
        runut_arena_free(self->arena);
    free(self);
}

static votes count(const runut_markers *self, const runut_tokens *tokens)
{
    votes all = {0};
    for (size_t i = 0; i < tokens->size && all.words < TOKENS_MOST; i++) {
        if (tokens->at[i].kind != RUNUT_TOKEN_WORD)
            continue;
        all.words++;
        const uint32_t *set = runut_map_get_hashed(self->words, tokens->at[i].folded, tokens->at[i].hash);
        for (uint32_t bits = set ? *set : 0; bits; bits &= bits - 1)
            all.of[__builtin_ctz(bits)]++;
    }
    return all;
}

static uint32_t votes_for(const runut_markers *self, const votes *all, const char *name)
{
    size_t i = number_of(self, runut_slice_of(name));
    return i < LANGUAGES ? all->of[i] : 0;
}

static bool is_malay_or_indonesian(runut_slice language)
{
    return runut_slice_is(language, "id") || runut_slice_is(language, "ms");
}

/* The language with the most marker words; LANGUAGES where none leads. Malay and Indonesian count as one here. */
static size_t leader(const runut_markers *self, const votes *all)
{
    size_t best = 0;
    for (size_t i = 1; i < self->languages; i++)
        if (all->of[i] > all->of[best])
            best = i;
    for (size_t i = 0; i < self->languages; i++) {
        bool pair = is_malay_or_indonesian(self->names[i]) && is_malay_or_indonesian(self->names[best]);
        if (i != best && !pair && all->of[i] == all->of[best])
            return LANGUAGES;
    }
    return self->languages && all->of[best] ? best : LANGUAGES;
}

/* Malay or Indonesian, told by the words that only one of them has. */
static runut_slice malay_or_indonesian(const runut_markers *self, const votes *all, runut_slice said, runut_slice hint)
{
    uint32_t id = votes_for(self, all, "id"), ms = votes_for(self, all, "ms");
    bool malay = runut_slice_is(said, "ms");
    if (id == ms && is_malay_or_indonesian(hint))
        return runut_slice_is(hint, "ms") ? RUNUT_LITERAL("ms") : RUNUT_LITERAL("id");
    if (id == ms && all->words < SHORT)
        return RUNUT_LITERAL("id"); /* ten times as much is printed in it */
    if (malay ? id > ms + 1 : ms > id + 1)
        malay = !malay;
    return malay ? RUNUT_LITERAL("ms") : RUNUT_LITERAL("id");
}

/* CLD2 wants a NUL-terminated hint such as "id". */
static void hint_text(runut_slice hint, char out[16])
{
    size_t size = hint.size < 15 ? hint.size : 15;
    memcpy(out, hint.at ? hint.at : "", size);
    out[size] = '\0';
}

static runut_slice primary(runut_slice hint)
{
    size_t end = 0;
    while (end < hint.size && runut_is_alpha((unsigned char)hint.at[end]))
        end++;
    return runut_slice_part(hint, 0, end == 2 || end == 3 ? end : 0);
}

/* Where CLD2 is silent or unsure: the marker words if there are enough of them, then the hint. */
static runut_slice settle(const runut_markers *self, const votes *all, runut_slice said, runut_slice hint, float share,
                          float *confidence)
{
    size_t best = leader(self, all);
    uint32_t most = best < LANGUAGES ? all->of[best] : 0;
    if (most >= 2 && most * 12 >= all->words && !runut_slice_equal(said, self->names[best])) {
        *confidence = 0.5f;
        return self->names[best];
    }
    if (said.size && (most >= 1 || share > 0.5f)) {
        *confidence = 0.5f * share;
        return said;
    }
    if (hint.size && number_of(self, hint) < LANGUAGES) {
        *confidence = 0.3f;
        return self->names[number_of(self, hint)];
    }
    *confidence = 0;
    return RUNUT_LITERAL("und");
}

/* Markers so many, and those of other languages so few, that letter statistics have nothing to add: they cost more
 * than all else. Only of languages that have no near relative in the table or out of it, so that a neighbour's words
 * cannot be taken for theirs. */
static bool is_clear(const runut_markers *self, const votes *all, size_t best)
{
    enum { LEAST = 40, SHARE = 5, AHEAD = 4 }; /* words; one in five; times as many as the next language */
    if (best == LANGUAGES || all->words < 2 * SHORT || all->of[best] < LEAST || all->of[best] * SHARE < all->words)
        return false;
    bool indonesian = is_malay_or_indonesian(self->names[best]);
    if (!indonesian && !runut_slice_is(self->names[best], "en"))
        return false;
    for (size_t i = 0; i < self->languages; i++) {
        bool same = i == best || (indonesian && is_malay_or_indonesian(self->names[i]));
        if (!same && all->of[i] * AHEAD > all->of[best])
            return false;
    }
    uint32_t id = votes_for(self, all, "id"), ms = votes_for(self, all, "ms");
    return !indonesian || id > ms + 1 || ms > id + 1;
}

/* CLD2's answer. */
static runut_slice ask_cld2(runut_arena *arena, runut_slice text, const char *hint, float *share, bool *reliable)
{
    const char *said = runut_language_cld2(text.at, text.size, hint, share, reliable);
    if (!said)
        runut_arena_fail(arena);
    return runut_slice_of(said);
}

runut_slice runut_language_of(const runut_markers *self, runut_arena *arena, runut_slice text,
                              const runut_tokens *tokens, runut_slice hint, float *confidence)
{
    char hinted[16];
    hint_text(hint, hinted);
    hint = primary(hint);
    size_t end = text.size < TEXT_MOST ? text.size : TEXT_MOST;
    while (end < text.size && end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end--;
    float share = 0;
    bool reliable = false;
    votes all = count(self, tokens);
    size_t best = leader(self, &all);
    if (is_clear(self, &all, best)) {
        *confidence = 1;
        return is_malay_or_indonesian(self->names[best]) ? malay_or_indonesian(self, &all, self->names[best], hint)
                                                         : self->names[best];
    }
    runut_slice said = ask_cld2(arena, runut_slice_part(text, 0, end), hinted, &share, &reliable);
    *confidence = share;
    bool doubtful = !said.size || !reliable || share < 0.6f || all.words < SHORT;
    if (doubtful && !(best < LANGUAGES && runut_slice_equal(self->names[best], said)))
        said = settle(self, &all, said, hint, share, confidence);
    if (is_malay_or_indonesian(said))
        said = malay_or_indonesian(self, &all, said, hint);
    return said;
}
