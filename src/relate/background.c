#include "relate/background.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/data.h"
#include "base/slice.h"

/* A word of frequency f stands in 1 - (1 - f)^n of all articles of n words; since words come in bursts (who says
 * "volcano" says it again) n is taken smaller than articles are. */
static const float WORDS = 200, RAREST = 6, COMMON = .5f;

enum { MOST_LANGUAGES = 64, LONGEST_TAG = 3, LEAST_SLOTS = 64 };

typedef struct stem {
    uint32_t hash; /* 0 = free */
    float idf;
} stem;

typedef struct language {
    runut_slice tag;
    stem *slots;
    uint32_t mask;
} language;

struct runut_background {
    runut_arena *arena;
    language languages[MOST_LANGUAGES];
    size_t size;
};

runut_background *runut_background_new(void)
{
    runut_background *self = calloc(1, sizeof *self);
    if (self && !(self->arena = runut_arena_new((size_t)64 << 20))) {
        free(self);
        return NULL;
    }
    return self;
}

void runut_background_free(runut_background *self)
{
    if (!self)
        return;
    runut_arena_free(self->arena);
    free(self);
}

float runut_background_rare(void)
{
    return RAREST;
}

static float idf_of(uint32_t tenths)
{
    float frequency = powf(10, (float)tenths / 10 - 9);
    float idf = -logf(1 - expf(-frequency * WORDS));
    return idf < RAREST ? idf : RAREST;
}

static stem *find(const language *self, uint32_t hash)
{
    hash += !hash;
    uint32_t i = (hash * 2654435761u) & self->mask;
    while (self->slots[i].hash && self->slots[i].hash != hash)
        i = (i + 1) & self->mask;
    return &self->slots[i];
}

/* The lines of a language stand together. */
static runut_slice lines_of(runut_slice tag)
{
    const runut_table *table = runut_data_table("word_frequency.tsv");
    runut_slice first[1], all = {table->at, (size_t)(table->end - table->at)};
    if (runut_data_find(table, tag, first, 1) == 0)
        return (runut_slice){"", 0};
    return runut_slice_part(all, (size_t)(first[0].at - table->at), all.size);
}

static size_t words_in(runut_slice lines, runut_slice tag)
{
    size_t words = 0;
    for (runut_slice fields[3]; runut_data_row(&lines, fields, 3) && runut_slice_equal(fields[0], tag);)
        for (runut_slice word; runut_slice_field(&fields[2], ' ', &word);)
            words++;
    return words;
}

static void read_language(runut_background *self, runut_slice tag, language *out)
{
    runut_slice lines = lines_of(tag);
    uint32_t slots = LEAST_SLOTS;
    for (size_t words = words_in(lines, tag); slots < 2 * words;)
        slots *= 2;
    *out = (language){.tag = runut_arena_copy(self->arena, tag), .mask = slots - 1};
    out->slots = runut_arena_alloc(self->arena, slots * sizeof *out->slots);
    for (runut_slice fields[3]; runut_data_row(&lines, fields, 3) && runut_slice_equal(fields[0], tag);) {
        uint32_t tenths = 0;
        runut_slice_number(fields[1], &tenths);
        for (runut_slice word; runut_slice_field(&fields[2], ' ', &word);) {
            uint32_t hash = (uint32_t)runut_slice_hash(word);
            stem *slot = find(out, hash);
            if (!slot->hash)
                *slot = (stem){hash + !hash, idf_of(tenths)};
        }
    }
}

/* NULL where there is no room to remember it. */
static const language *language_of(runut_background *self, runut_slice tag)
{
    runut_slice first = {"", 0};
    runut_slice_field(&tag, '-', &first);
    for (size_t i = 0; i < self->size; i++)
        if (runut_slice_equal(self->languages[i].tag, first))
            return &self->languages[i];
    if (self->size == MOST_LANGUAGES || first.size > LONGEST_TAG || RUNUT_ARENA_TRY(self->arena) != 0)
        return NULL;
    read_language(self, first, &self->languages[self->size]);
    return &self->languages[self->size++];
}

float runut_background_idf(runut_background *self, runut_slice tag, uint32_t hash, bool common)
{
    const language *known = language_of(self, tag);
    const stem *found = known ? find(known, hash) : NULL;
    if (found && found->hash)
        return found->idf;
    return common ? COMMON : RAREST;
}
