/* A learned second opinion for Indonesian and Malay: for each capitalized word, how much more likely than "no name" it
 * is part of a person's, an organization's or a place's name.
 *
 * A logistic regression on hashed features: the word, its ends and shape, its neighbours, their classes, and what the
 * rules of names_score.c made of it and its neighbours in the first run, so that it learns where the rules err. Weights
 * are in data/names_model.tsv, trained by tools/train_names.py on what tools/name_features.c prints: both sides use the
 * function below. Source of the idea: stacked generalization (Wolpert, 1992). */
#include <stdlib.h>

#include "annotate/names_parts.h"
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { BUCKETS = 1 << 16, FEATURE_BYTES = 96 };

struct names_tagger {
    int8_t weights[BUCKETS][NAMES_TAGS];
};

names_tagger *runut_names_tagger_new(void)
{
    names_tagger *self = calloc(1, sizeof *self);
    runut_slice table = runut_data("names_model.tsv"), row[1 + NAMES_TAGS];
    while (self && runut_data_row(&table, row, 1 + NAMES_TAGS)) {
        uint32_t bucket;
        if (!runut_slice_number(row[0], &bucket) || bucket >= BUCKETS)
            continue;
        for (int tag = 0; tag < NAMES_TAGS; tag++) {
            uint32_t weight; /* 128 is zero */
            if (runut_slice_number(row[1 + tag], &weight) && weight < 256)
                self->weights[bucket][tag] = (int8_t)((int)weight - 128);
        }
    }
    return self;
}

void runut_names_tagger_free(names_tagger *self)
{
    free(self);
}

static void add(names_features *out, char kind, runut_slice value, uint32_t extra)
{
    char bytes[FEATURE_BYTES];
    size_t size = value.size < FEATURE_BYTES - 6 ? value.size : FEATURE_BYTES - 6;
    bytes[0] = kind;
    memcpy(bytes + 1, &(uint32_t){extra}, 4);
    memcpy(bytes + 5, value.at, size);
    if (out->size < NAMES_FEATURES_MOST)
        out->buckets[out->size++] = (uint16_t)(runut_slice_hash((runut_slice){bytes, size + 5}) & (BUCKETS - 1));
}

static uint32_t shape(const names_text *self, uint32_t i)
{
    if (i >= self->count)
        return 9;
    const runut_token *token = &self->tokens[i];
    if (token->kind == RUNUT_TOKEN_NUMBER)
        return 1;
    if (token->kind == RUNUT_TOKEN_MARK)
        return 2;
    uint32_t length = token->span.end - token->span.start;
    return token->all_upper ? (length < 6 ? 3 : 4) : token->upper ? (length < 4 ? 5 : 6) : 7;
}

/* What the rules made of token `i`: label, and whether it begins the segment. */
static uint32_t ruled(const uint8_t *labels, const names_text *self, uint32_t i)
{
    return i < self->count ? labels[i] : 99;
}

static runut_slice word_at(const names_text *self, uint32_t i)
{
    if (i >= self->count)
        return RUNUT_LITERAL("<>");
    return self->words[i].normal.size ? self->words[i].normal : runut_names_text(self, i, i + 1);
}

static void add_ends(names_features *out, runut_slice word)
{
    for (size_t size = 2; size <= 4 && size < word.size; size++) {
        add(out, 'p', runut_slice_part(word, 0, size), 0);
        add(out, 's', runut_slice_part(word, word.size - size, word.size), 0);
    }
}

void runut_names_features(const names_text *self, const uint8_t *labels, uint32_t i, names_features *out)
{
    out->size = 0;
    runut_slice none = {"", 0}, word = word_at(self, i);
    uint32_t rule = ruled(labels, self, i), before = i ? ruled(labels, self, i - 1) : 98,
             after = ruled(labels, self, i + 1);
    add(out, '1', none, 0);
    add(out, 'r', none, rule);
    add(out, 'R', none, rule | before << 8 | after << 16);
    add(out, 'w', word, 0);
    add_ends(out, word);
    add(out, 'c', none, shape(self, i) | (uint32_t)self->tokens[i].sentence_start << 8 | rule << 16);
    add(out, 'C', none, shape(self, i) | (i ? shape(self, i - 1) : 8) << 8 | shape(self, i + 1) << 16);
    for (uint32_t back = 1; back <= 3; back++) {
        runut_slice there = i >= back ? word_at(self, i - back) : RUNUT_LITERAL("<");
        add(out, 'b', there, back);
        add(out, 'a', word_at(self, i + back), back);
    }
    add(out, 'x', i ? word_at(self, i - 1) : RUNUT_LITERAL("<"), rule);
    add(out, 'y', word_at(self, i + 1), rule);
    for (uint32_t bit = 0; bit < 25; bit++) {
        if (self->words[i].classes >> bit & 1)
            add(out, 'k', none, bit);
        if (i && self->words[i - 1].classes >> bit & 1)
            add(out, 'l', none, bit);
        if (i + 1 < self->count && self->words[i + 1].classes >> bit & 1)
            add(out, 'n', none, bit);
    }
    add(out, 't', none, self->words[i].title_before | (uint32_t)self->words[i].place_before << 4);
    const names_entry *known = runut_names_known(self, i, i + 1);
    add(out, 'z', none, known ? known->known : 0);
}

uint8_t *runut_names_ruled(const names_text *self)
{
    uint8_t *labels = runut_arena_alloc(self->arena, self->count + 1);
    for (size_t s = 0; s < self->segments.size; s++) {
        const names_segment *segment = &self->segments.at[s];
        for (uint32_t i = segment->first; i < segment->end; i++)
            labels[i] = (uint8_t)(segment->label * 2 + (i == segment->first));
    }
    return labels;
}

void runut_names_tag(const names_tagger *self, const names_text *text, float (*scores)[NAMES_TAGS])
{
    const uint8_t *labels = runut_names_ruled(text);
    names_features features;
    for (uint32_t i = 0; i < text->count; i++) {
        if (!text->words[i].capital || text->words[i].caseless)
            continue;
        runut_names_features(text, labels, i, &features);
        for (int tag = 0; tag < NAMES_TAGS; tag++) {
            int sum = 0;
            for (uint32_t k = 0; k < features.size; k++)
                sum += self->weights[features.buckets[k]][tag];
            scores[i][tag] = (float)sum / NAMES_TAG_UNIT;
        }
    }
}
