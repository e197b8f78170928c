/* Gradient-boosted trees (Friedman, 2001), evaluated without walking them: QuickScorer (Lucchese et al., 2015), for
 * several blocks at once as its vectorized form (2016) does.
 *
 * A tree's leaves are numbered from left to right and a block begins with the set of them all. A test that fails sends
 * the block to the right, so no leaf to the left of it can be reached any more: those are struck out. Whatever the
 * order of the tests, the first leaf that is left in the end is the one that a walk ends at. So the tests are sorted by
 * feature and threshold, all trees together: the tests of one feature up to the block's value fail, the others are not
 * looked at.
 *
 *     tests of "links":  0.03  0.08  0.21 │ 0.35  0.5        a block with 0.3: three fail
 *
 * One test is put to LANES neighbouring blocks at a time, without a branch.
 * Layout (tools/pack_trees.py, from data/blocks.model, data/lines.model): "RBQ1", features, trees, tests; the leaves'
 * values, LEAVES a tree; where each feature's tests begin; the tests. */
#include <math.h>

#include "base/data.h"
#include "base/slice.h"
#include "clean/blocks.h"

enum { LEAVES = 32, WIDE = 4, LANES = 16 };

/* GNU C's vectors; on a machine without such the compiler takes them apart. */
typedef float floats __attribute__((vector_size(WIDE * sizeof(float))));
typedef int32_t sets __attribute__((vector_size(WIDE * sizeof(int32_t))));

typedef struct test {
    float threshold;
    uint32_t tree;
    int32_t keep; /* set of the leaves that are left where the test fails */
} test;

typedef struct model {
    uint32_t features, trees;
    const float *values;
    const uint32_t *first; /* of `features` + 1: where a feature's tests begin and the last one's end */
    const test *tests;
} model;

/* The blocks of one round, a column for each feature, and their sets of leaves, a row for each tree. */
typedef struct lanes {
    union {
        float one[LANES];
        floats all[LANES / WIDE];
    } * column;
    union {
        uint32_t one[LANES];
        sets all[LANES / WIDE];
    } * leaves;
} lanes;

static bool open_model(model *self, const char *name)
{
    runut_slice file = runut_data(name);
    uint32_t head[4] = {0};
    if (file.size < sizeof head || memcmp(file.at, "RBQ1", 4) != 0)
        return false;
    memcpy(head, file.at, sizeof head);
    self->features = head[1];
    self->trees = head[2];
    self->values = (const float *)(const void *)(file.at + sizeof head); /* the file is aligned (tools/embed.py) */
    self->first = (const uint32_t *)(const void *)(self->values + (size_t)self->trees * LEAVES);
    self->tests = (const test *)(const void *)(self->first + self->features + 1);
    return file.size == (size_t)((const char *)(self->tests + head[3]) - file.at);
}

static float largest(const floats *column)
{
    floats most = column[0];
    for (size_t i = 1; i < LANES / WIDE; i++) {
        sets more = column[i] > most;
        most = (floats)(((sets)column[i] & more) | ((sets)most & ~more));
    }
    float last = most[0];
    for (size_t i = 1; i < WIDE; i++)
        last = most[i] > last ? most[i] : last;
    return last;
}

static void put_tests(const model *self, const lanes *all)
{
    memset(all->leaves, 0xFF, self->trees * sizeof *all->leaves);
    for (uint32_t f = 0; f < self->features; f++) {
        const floats *column = all->column[f].all;
        const test *t = self->tests + self->first[f], *end = self->tests + self->first[f + 1];
        for (float most = largest(column); t < end && t->threshold < most; t++) {
            sets *leaves = all->leaves[t->tree].all;
            for (size_t i = 0; i < LANES / WIDE; i++)
                leaves[i] &= (column[i] <= t->threshold) | t->keep;
        }
    }
}

static void sum_up(const model *self, const lanes *all, float *out, size_t count)
{
    float sum[LANES] = {0};
    for (uint32_t tree = 0; tree < self->trees; tree++) {
        const float *values = self->values + (size_t)tree * LEAVES;
        for (size_t i = 0; i < LANES; i++)
            sum[i] += values[__builtin_ctz(all->leaves[tree].one[i])];
    }
    for (size_t i = 0; i < count; i++)
        out[i] = 1 / (1 + expf(-sum[i]));
}

/* What is no number fails every test, as infinity does. */
static void take_row(const runut_block_row *row, const lanes *all, size_t lane)
{
    for (size_t f = 0; f < row->size; f++)
        all->column[f].one[lane] = isnan(row->value[f]) ? INFINITY : row->value[f];
}

float *runut_blocks_judge(const runut_html_tree *tree, const runut_block_text *texts, const runut_block_hints *hints)
{
    size_t n = tree->blocks.size;
    runut_arena *arena = tree->arena;
    float *out = runut_arena_alloc(arena, (n + 1) * sizeof *out);
    runut_block_row *row = runut_arena_alloc(arena, sizeof *row);
    const runut_block_context *context = runut_blocks_context(tree, texts, hints);
    model trees;
    if (!open_model(&trees, hints->lines ? "lines.trees" : "blocks.trees"))
        return out;
    lanes all = {runut_arena_alloc(arena, trees.features * sizeof *all.column),
                 runut_arena_alloc(arena, trees.trees * sizeof *all.leaves)};
    for (size_t start = 0; start < n; start += LANES) {
        size_t count = n - start < LANES ? n - start : LANES;
        for (size_t i = 0; i < count; i++) {
            runut_blocks_row(context, start + i, row);
            if (row->size != trees.features)
                return out;
            take_row(row, &all, i);
        }
        put_tests(&trees, &all);
        sum_up(&trees, &all, out + start, count);
    }
    return out;
}
