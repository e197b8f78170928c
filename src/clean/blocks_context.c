#include "clean/blocks_context.h"

#include "base/map.h"
#include "base/slice.h"

enum { SCORE_LEVELS = 5, SHORT_WORDS = 12, FAR_BLOCKS = 50 };

static void sum_up(runut_block_context *self)
{
    const runut_html_tree *tree = self->tree;
    self->sums = runut_arena_alloc(tree->arena, (tree->blocks.size + 1) * sizeof *self->sums);
    for (size_t i = 0; i < tree->blocks.size; i++) {
        const runut_block_text *t = &self->texts[i];
        const runut_html_block *b = &tree->blocks.at[i];
        const runut_block_sums *a = &self->sums[i];
        self->sums[i + 1] = (runut_block_sums){a->words + t->words,
                                               a->link_bytes + (float)b->link_bytes,
                                               a->bytes + (float)b->bytes,
                                               a->good + t->good,
                                               a->ends + t->ends,
                                               a->running + (t->good > 0 && t->ends_sentence),
                                               a->headings + (t->heading > 0),
                                               a->score + t->score};
    }
}

static uint8_t farther(uint8_t distance)
{
    return distance < RUNUT_FAR ? (uint8_t)(distance + 1) : RUNUT_FAR;
}

static int near_tag(uint8_t tag)
{
    switch (tag) {
#define CASE(name)                                                                                                     \
    case RUNUT_TAG_##name:                                                                                             \
        return RUNUT_NEAR_##name;
        RUNUT_NEAR_TAGS(CASE)
#undef CASE
    default:
        return -1;
    }
}

/* Distances to the nearest ancestor-or-self of each kind, handed down. */
static void find_near(const runut_html_node *node, const runut_node_place *parent, runut_node_place *place)
{
    for (size_t i = 0; i < RUNUT_NEAR_COUNT; i++)
        place->near[i] = farther(parent->near[i]);
    int tag = near_tag(node->tag);
    if (tag >= 0)
        place->near[tag] = 0;
    for (uint32_t set = node->classes; set; set &= set - 1)
        place->near[RUNUT_NEAR_TAG_COUNT + __builtin_ctz(set)] = 0;
}

static void place_nodes(runut_block_context *self)
{
    const runut_html_tree *tree = self->tree;
    self->places = runut_arena_alloc(tree->arena, tree->nodes.size * sizeof *self->places);
    memset(self->places[0].near, RUNUT_FAR, RUNUT_NEAR_COUNT);
    for (uint32_t i = 1; i < tree->nodes.size; i++) {
        const runut_html_node *node = &tree->nodes.at[i], *parent = &tree->nodes.at[node->parent];
        if (node->first == node->end)
            continue;
        runut_node_place *place = &self->places[i];
        bool same = parent->end - parent->first == node->end - node->first;
        place->up = same ? self->places[node->parent].up : node->parent;
        place->article =
            node->tag == RUNUT_TAG_ARTICLE || node->tag == RUNUT_TAG_MAIN ? i : self->places[node->parent].article;
        find_near(node, &self->places[node->parent], place);
    }
}

/* Each block's score goes whole to its own element's parent, and less to those above (Arc90's Readability, 2009). */
static void score_nodes(runut_block_context *self)
{
    const runut_html_tree *tree = self->tree;
    static const float share[SCORE_LEVELS] = {1, 1, 0.5F, 0.33F, 0.25F};
    for (size_t i = 0; i < tree->blocks.size; i++) {
        uint32_t node = tree->blocks.at[i].node;
        for (int up = 0; up < SCORE_LEVELS && node; up++, node = tree->nodes.at[node].parent)
            self->places[node].score += self->texts[i].score * share[up];
    }
    for (uint32_t i = 1; i < tree->nodes.size; i++) {
        const runut_html_node *node = &tree->nodes.at[i];
        if (node->first == node->end)
            continue;
        runut_block_sums s = runut_sums_over(self, node->first, node->end);
        self->places[i].score *= s.bytes > 0 ? 1 - s.link_bytes / s.bytes : 0;
        if (self->places[i].score > self->best_score) {
            self->best_score = self->places[i].score;
            self->best = i;
        }
    }
}

static bool contains(const runut_html_tree *tree, uint32_t outer, uint32_t inner)
{
    return tree->nodes.at[outer].first <= tree->nodes.at[inner].first &&
           tree->nodes.at[inner].end <= tree->nodes.at[outer].end &&
           tree->nodes.at[outer].depth <= tree->nodes.at[inner].depth;
}

static void find_main(runut_block_context *self)
{
    const runut_html_tree *tree = self->tree;
    float half = self->sums[tree->blocks.size].good / 2;
    for (uint32_t i = 1; i < tree->nodes.size && half > 0; i++) {
        const runut_html_node *node = &tree->nodes.at[i];
        if (node->first < node->end && runut_sums_over(self, node->first, node->end).good > half &&
            node->depth >= tree->nodes.at[self->main].depth && node->end - node->first > 1)
            self->main = i;
    }
    self->places[0].below = self->main ? RUNUT_FAR : 0;
    for (uint32_t i = 1; i < tree->nodes.size; i++) {
        if (tree->nodes.at[i].first == tree->nodes.at[i].end)
            continue;
        runut_node_place *place = &self->places[i];
        const runut_node_place *parent = &self->places[tree->nodes.at[i].parent];
        place->outside = contains(tree, i, self->main) || parent->below < RUNUT_FAR ? 0 : farther(parent->outside);
        place->best_outside =
            contains(tree, i, self->best) || contains(tree, self->best, i) ? 0 : farther(parent->best_outside);
        place->below = i == self->main ? 0
                       : parent->below < RUNUT_FAR
                           ? (uint8_t)(parent->below + 1 < RUNUT_FAR ? parent->below + 1 : RUNUT_FAR - 1)
                           : RUNUT_FAR;
    }
}

static uint64_t signature(const runut_html_tree *tree, uint32_t node)
{
    uint64_t hash = 0;
    for (int up = 0; up < 3; up++, node = tree->nodes.at[node].parent)
        hash = hash * 1099511628211u + tree->nodes.at[node].signature;
    return hash;
}

static void group_blocks(runut_block_context *self)
{
    const runut_html_tree *tree = self->tree;
    size_t n = tree->blocks.size;
    uint64_t *keys = runut_arena_alloc(tree->arena, (n + 1) * sizeof *keys);
    runut_map *map = runut_map_new(tree->arena);
    self->groups = runut_arena_alloc(tree->arena, (n + 1) * sizeof *self->groups);
    self->group_of = runut_arena_alloc(tree->arena, (n + 1) * sizeof *self->group_of);
    for (size_t i = 0; i < n; i++) {
        bool is_new;
        keys[i] = signature(tree, tree->blocks.at[i].node);
        uint32_t *at = runut_map_put(map, (runut_slice){(const char *)&keys[i], sizeof keys[i]}, &is_new);
        if (is_new)
            *at = (uint32_t)runut_map_size(map) - 1;
        self->group_of[i] = *at;
        runut_block_group *g = &self->groups[*at];
        const runut_html_block *b = &tree->blocks.at[i];
        g->count += 1;
        g->words += self->texts[i].words;
        g->good += self->texts[i].good;
        g->running += self->texts[i].good > 0 && self->texts[i].ends_sentence;
        g->link_share += b->bytes ? (float)b->link_bytes / (float)b->bytes : 0;
    }
}

static void follow(runut_block_context *self)
{
    size_t n = self->tree->blocks.size;
    self->trails = runut_arena_alloc(self->tree->arena, (n + 1) * sizeof *self->trails);
    runut_block_trail now = {.good_before = FAR_BLOCKS};
    for (size_t i = 0; i < n; i++) {
        const runut_block_text *t = &self->texts[i];
        now.short_run = t->words < SHORT_WORDS ? now.short_run + 1 : 0;
        self->trails[i] = now;
        now.good_before = t->good > 0 && t->ends_sentence ? 1
                          : now.good_before < FAR_BLOCKS  ? now.good_before + 1
                                                          : FAR_BLOCKS;
        if (t->heading)
            now.heading = (uint32_t)i + 1;
        if (t->words <= 2 * SHORT_WORDS)
            now.cue[t->leads] = (uint32_t)i + 1;
    }
    uint32_t after = FAR_BLOCKS;
    for (size_t i = n; i-- > 0;) {
        self->trails[i].good_after = after;
        after = self->texts[i].good > 0 && self->texts[i].ends_sentence ? 1
                : after < FAR_BLOCKS                                    ? after + 1
                                                                        : FAR_BLOCKS;
    }
}

runut_block_context *runut_blocks_context(const runut_html_tree *tree, const runut_block_text *texts,
                                          const runut_block_hints *hints)
{
    runut_block_context *self = runut_arena_alloc(tree->arena, sizeof *self);
    self->tree = tree;
    self->texts = texts;
    self->hints = hints;
    sum_up(self);
    place_nodes(self);
    score_nodes(self);
    find_main(self);
    group_blocks(self);
    follow(self);
    return self;
}
