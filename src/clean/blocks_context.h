/* Where each block of a page stands; shared by blocks_context.c and blocks_features.c only. */
#ifndef RUNUT_CLEAN_BLOCKS_CONTEXT_H
#define RUNUT_CLEAN_BLOCKS_CONTEXT_H

#include "clean/blocks.h"

/* Elements whose distance is a feature; the ARIA roles that mean the same count as them. */
/* clang-format off */
#define RUNUT_NEAR_TAGS(X)                                                                                             \
    X(ARTICLE)                                                                                                         \
    X(MAIN)                                                                                                            \
    X(ASIDE)                                                                                                           \
    X(NAV)                                                                                                             \
    X(FOOTER)                                                                                                          \
    X(HEADER) X(SECTION) X(FORM) X(FIGURE) X(UL) X(OL) X(TABLE) X(BLOCKQUOTE) X(DL) X(BUTTON) X(ADDRESS) X(DETAILS)    \
        X(P) X(LI) X(DIV)
/* clang-format on */

enum {
#define RUNUT_NEAR_ENUM(tag) RUNUT_NEAR_##tag,
    RUNUT_NEAR_TAGS(RUNUT_NEAR_ENUM)
#undef RUNUT_NEAR_ENUM
        RUNUT_NEAR_TAG_COUNT,
    RUNUT_NEAR_COUNT = RUNUT_NEAR_TAG_COUNT + RUNUT_CLASS_COUNT,
    RUNUT_FAR = 12 /* this far or not there at all */
};

typedef struct runut_block_sums { /* over all blocks before one */
    float words, link_bytes, bytes, good, ends, running, headings, score;
} runut_block_sums;

typedef struct runut_node_place {
    uint32_t up;          /* nearest ancestor that holds more blocks; itself for the root */
    uint32_t article;     /* nearest <article> or main; 0 = none */
    float score;          /* Readability's, with what the blocks below hand up */
    uint8_t outside;      /* steps up to one that holds the main container; 0 = does */
    uint8_t below;        /* steps below the main container; RUNUT_FAR = not inside */
    uint8_t best_outside; /* as outside, for the container with the best score */
    uint8_t near[RUNUT_NEAR_COUNT];
} runut_node_place;

typedef struct runut_block_group { /* blocks whose three innermost elements look alike */
    float count, words, link_share, running, good;
} runut_block_group;

/* What was last seen before a block. */
typedef struct runut_block_trail {
    uint32_t heading;                 /* 1 + the last block in a heading; 0 = none */
    uint32_t cue[RUNUT_CUE_COUNT];    /* 1 + the last short block that began with it */
    uint32_t good_before, good_after; /* distance to the nearest running text, capped */
    uint32_t short_run;               /* short blocks in a row up to this one */
} runut_block_trail;

struct runut_block_context {
    const runut_html_tree *tree;
    const runut_block_text *texts;
    const runut_block_hints *hints;
    runut_block_sums *sums;   /* blocks + 1 */
    runut_node_place *places; /* per node */
    runut_block_group *groups;
    uint32_t *group_of;        /* per block */
    runut_block_trail *trails; /* per block */
    uint32_t main;             /* deepest node with half of the running text */
    uint32_t best;             /* node with the best score */
    float best_score;
};

static inline runut_block_sums runut_sums_over(const runut_block_context *self, uint32_t first, uint32_t end)
{
    const runut_block_sums *a = &self->sums[first], *b = &self->sums[end];
    return (runut_block_sums){
        b->words - a->words, b->link_bytes - a->link_bytes, b->bytes - a->bytes,       b->good - a->good,
        b->ends - a->ends,   b->running - a->running,       b->headings - a->headings, b->score - a->score};
}

#endif
