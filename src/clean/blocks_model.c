/* Gradient-boosted trees (Friedman, 2001), evaluated straight from the embedded file. Layout, little-endian: 1 KiB of
 * text (what it is, from what, licence); "RBM1", features, trees, nodes; the trees' roots; nodes of 12 bytes
 * {feature or 0xFFFF for a leaf, left, right, 0, threshold or value}. A child's index is greater than its parent's, so
 * the walk ends whatever the file holds. */
#include <math.h>

#include "base/data.h"
#include "base/slice.h"
#include "clean/blocks.h"

enum { HEAD = 1024, LEAF = 0xFFFF, NODE = 12 };

typedef struct model {
    const char *roots, *nodes;
    uint32_t features, trees, count;
} model;

static uint32_t number(const char *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static bool open_model(model *self)
{
    runut_slice file = runut_data("blocks.model");
    if (file.size < HEAD + 16 || memcmp(file.at + HEAD, "RBM1", 4) != 0)
        return false;
    self->features = number(file.at + HEAD + 4);
    self->trees = number(file.at + HEAD + 8);
    self->count = number(file.at + HEAD + 12);
    self->roots = file.at + HEAD + 16;
    self->nodes = self->roots + (size_t)self->trees * 4;
    return file.size >= HEAD + 16 + (size_t)self->trees * 4 + (size_t)self->count * NODE;
}

static float walk(const model *self, uint32_t at, const float *row)
{
    for (;;) {
        struct {
            uint16_t feature, left, right, unused;
            float value;
        } node;
        memcpy(&node, self->nodes + (size_t)at * NODE, sizeof node);
        uint32_t next = node.feature < self->features && row[node.feature] <= node.value ? node.left : node.right;
        if (node.feature == LEAF || next <= at || next >= self->count)
            return node.value;
        at = next;
    }
}

static float evaluate(const model *self, const float *row)
{
    float sum = 0;
    for (uint32_t i = 0; i < self->trees; i++)
        sum += walk(self, number(self->roots + 4 * (size_t)i), row);
    return 1 / (1 + expf(-sum));
}

float *runut_blocks_judge(const runut_html_tree *tree, const runut_block_text *texts, const runut_block_hints *hints)
{
    size_t n = tree->blocks.size;
    float *out = runut_arena_alloc(tree->arena, (n + 1) * sizeof *out);
    runut_block_row *row = runut_arena_alloc(tree->arena, sizeof *row);
    const runut_block_context *context = runut_blocks_context(tree, texts, hints);
    model trees;
    if (!open_model(&trees))
        return out;
    for (size_t i = 0; i < n; i++) {
        runut_blocks_row(context, i, row);
        out[i] = row->size == trees.features ? evaluate(&trees, row->value) : 0;
    }
    return out;
}
