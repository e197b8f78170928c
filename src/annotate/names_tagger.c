/* A learned opinion for Indonesian: how well each token begins or goes on with a person's, an organization's
 * or a place's name, and the best sequence of such labels.
 *
 *     O   B-person  I-person   B-organization  I-organization   B-place  I-place
 *
 * A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) on hashed features (names_features.c),
 * decoded by Viterbi's algorithm. Its weights are in data/names_model.tsv, trained by tools/train_names.py. Tokens far
 * from any capital are no names and are not looked at. */
#include <stdlib.h>

#include "annotate/names_parts.h"
#include "base/data.h"
#include "base/slice.h"

enum {
    LABELS = 1 + 2 * NAMES_TAGS,
    LANES = 8, /* labels of a row, padded */
    BUCKETS = 1 << NAMES_BUCKET_BITS,
    ZERO = 78 /* the character of weight 0: '!' is -45, '~' is 48 */
};
static const float UNIT = 1.0f / 16, FAR = -3.0f /* of a token that was not looked at */;

struct names_tagger {
    int8_t weights[BUCKETS][LANES];
    float steps[LABELS][LABELS]; /* from label to label */
};

static void load_row(names_tagger *self, runut_slice number, runut_slice cells)
{
    uint32_t bucket;
    if (!runut_slice_number(number, &bucket) || bucket >= BUCKETS)
        return;
    for (size_t k = 0; k < LABELS && k < cells.size; k++)
        self->weights[bucket][k] = (int8_t)(cells.at[k] - ZERO);
}

/* "from LABEL" and the weights of the steps to every label, in sixteenths, 1000 is zero. */
static void load_steps(names_tagger *self, runut_slice from, runut_slice cells)
{
    uint32_t label, weight;
    runut_slice cell;
    if (!runut_slice_number(from, &label) || label >= LABELS)
        return;
    for (size_t k = 0; k < LABELS && runut_slice_field(&cells, ' ', &cell); k++)
        if (runut_slice_number(cell, &weight))
            self->steps[label][k] = ((float)weight - 1000) * UNIT;
}

names_tagger *runut_names_tagger_new(void)
{
    names_tagger *self = calloc(1, sizeof *self);
    runut_slice table = runut_data("names_model.tsv"), row[2];
    while (self && runut_data_row(&table, row, 2)) {
        if (runut_slice_starts(row[0], RUNUT_LITERAL("from ")))
            load_steps(self, runut_slice_part(row[0], 5, row[0].size), row[1]);
        else
            load_row(self, row[0], row[1]);
    }
    return self;
}

void runut_names_tagger_free(names_tagger *self)
{
    free(self);
}

/* Adds up the weights of token `i`, less that of "no name". */
static void weigh(const names_tagger *self, const names_features *features, float out[LABELS])
{
    int16_t sums[LANES] = {0};
    for (uint32_t k = 0; k < features->size; k++)
        for (int lane = 0; lane < LANES; lane++)
            sums[lane] = (int16_t)(sums[lane] + self->weights[features->buckets[k]][lane]);
    for (int label = 0; label < LABELS; label++)
        out[label] = (float)(sums[label] - sums[0]) * UNIT;
}

static bool may_follow(int before, int label)
{
    bool goes_on = label && label % 2 == 0;
    return !goes_on || before == label || before == label - 1;
}

/* The best labels of tokens [first, end), before and behind which there is no name. */
static void decode(const names_tagger *self, names_tagging *out, float (*at)[LABELS], uint8_t (*from)[LABELS],
                   uint32_t first, uint32_t end)
{
    float best[LABELS] = {0}, next[LABELS];
    for (int label = 1; label < LABELS; label++)
        best[label] = -1e30f;
    for (uint32_t i = first; i < end; i++) {
        for (int label = 0; label < LABELS; label++) {
            next[label] = -1e30f;
            for (int before = 0; before < LABELS; before++) {
                float score = best[before] + self->steps[before][label] + at[i][label];
                if (may_follow(before, label) && score > next[label]) {
                    next[label] = score;
                    from[i][label] = (uint8_t)before;
                }
            }
        }
        memcpy(best, next, sizeof best);
    }
    uint8_t label = 0;
    for (uint8_t other = 1; other < LABELS; other++)
        if (best[other] + self->steps[other][0] > best[label] + self->steps[label][0])
            label = other;
    for (uint32_t i = end; i-- > first; label = from[i][label])
        out->labels[i] = label;
}

/* Sums that make the score of any span a difference. */
static void add_up(const names_text *text, names_tagging *out, float (*at)[LABELS])
{
    for (uint32_t i = 0; i < text->count; i++)
        for (int tag = 0; tag < NAMES_TAGS; tag++) {
            out->begins[i][tag] = out->seen[i] ? at[i][2 * tag + 1] : FAR;
            out->goes_on[i + 1][tag] = out->goes_on[i][tag] + (out->seen[i] ? at[i][2 * tag + 2] : FAR);
        }
}

names_tagging *runut_names_tag(const names_tagger *self, const names_text *text)
{
    size_t count = (size_t)text->count + 1;
    names_tagging *out = runut_arena_alloc(text->arena, sizeof *out);
    *out = (names_tagging){.of = self,
                           .labels = runut_arena_alloc(text->arena, count),
                           .seen = runut_arena_alloc(text->arena, count),
                           .begins = runut_arena_alloc(text->arena, count * sizeof *out->begins),
                           .goes_on = runut_arena_alloc(text->arena, count * sizeof *out->goes_on)};
    float(*at)[LABELS] = runut_arena_alloc(text->arena, count * sizeof *at);
    uint8_t(*from)[LABELS] = runut_arena_alloc(text->arena, count * sizeof *from);
    names_view *views = runut_names_view(text);
    names_features features;
    for (uint32_t i = 0, first = 0; i <= text->count; i++) {
        out->seen[i] = i < text->count && runut_names_in_view(text, i);
        if (out->seen[i]) {
            runut_names_features(text, views, i, &features);
            weigh(self, &features, at[i]);
            continue;
        }
        if (first < i)
            decode(self, out, at, from, first, i);
        first = i + 1;
    }
    add_up(text, out, at);
    return out;
}

float runut_names_tagged(const names_tagging *self, uint32_t first, uint32_t end, names_label label)
{
    int tag = (int)label - NAMES_PERSON, begin = 2 * tag + 1, inside = begin + 1;
    const float(*steps)[LABELS] = (const float(*)[LABELS])self->of->steps;
    float score = self->begins[first][tag] + self->goes_on[end][tag] - self->goes_on[first + 1][tag];
    float length = (float)(end - first);
    score += steps[0][begin] - (length + 1) * steps[0][0];
    score +=
        length > 1 ? steps[begin][inside] + (length - 2) * steps[inside][inside] + steps[inside][0] : steps[begin][0];
    return score;
}
