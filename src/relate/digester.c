/* Tables by language, read when an article of that language comes first. Tags are what pages state, so only those that
 * look like a language's are remembered, and not more than a world of news has. */
#include <stdlib.h>

#include "base/slice.h"
#include "relate/digest_parts.h"
#include "relate/facts.h"

enum { MOST_LANGUAGES = 64, LONGEST_TAG = 3 };
static const size_t ARENA_LIMIT = (size_t)64 << 20;

struct runut_digester {
    runut_arena *arena;
    size_t size;
    const runut_digest_words *words[MOST_LANGUAGES];
};

runut_digester *runut_digester_new(void)
{
    runut_digester *self = calloc(1, sizeof *self);
    if (self && !(self->arena = runut_arena_new(ARENA_LIMIT))) {
        free(self);
        return NULL;
    }
    return self;
}

void runut_digester_free(runut_digester *self)
{
    if (!self)
        return;
    runut_arena_free(self->arena);
    free(self);
}

static const runut_digest_words *read_words(runut_arena *arena, runut_slice language)
{
    runut_digest_words *words = runut_arena_alloc(arena, sizeof *words);
    words->language = runut_arena_copy(arena, language);
    words->facts = runut_fact_lexicon_new(arena, language);
    words->editions = runut_edition_words_new(arena, language);
    words->common = runut_common_words_new(arena, language);
    return words;
}

/* NULL where there is no room to remember it. */
static const runut_digest_words *remember(runut_digester *self, runut_slice language)
{
    if (self->size == MOST_LANGUAGES || language.size > LONGEST_TAG || RUNUT_ARENA_TRY(self->arena) != 0)
        return NULL;
    const runut_digest_words *words = read_words(self->arena, language); /* may leave */
    return self->words[self->size++] = words;
}

const runut_digest_words *runut_digester_words(runut_digester *self, runut_arena *arena, runut_slice language)
{
    runut_slice first = {"", 0};
    runut_slice_field(&language, '-', &first);
    for (size_t i = 0; self && i < self->size; i++)
        if (runut_slice_equal(self->words[i]->language, first))
            return self->words[i];
    const runut_digest_words *words = self ? remember(self, first) : NULL;
    return words ? words : read_words(arena, first);
}
