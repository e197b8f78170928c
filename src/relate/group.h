/* Average linkage on a sparse graph: things are put together as long as the mean score over all pairs of two groups
 * reaches a threshold, the best two groups first. The mean counts less where both groups hang together more closely
 * than with each other (after Karypis et al. 1999, CHAMELEON: closeness relative to that inside), and for things alone.
 * Only groups with a link between them are looked at; pairs without one are scored when their groups meet, a sample of
 * them where the groups are large. */
#ifndef RUNUT_RELATE_GROUP_H
#define RUNUT_RELATE_GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct runut_link {
    uint32_t a, b;
    float score;
} runut_link;

typedef struct runut_grouping {
    size_t count;            /* things 0 … count-1 */
    const uint32_t *start;   /* group that each is in from the beginning (a thing's number below count) */
    const runut_link *links; /* each pair once at most */
    size_t link_count;
    size_t sample; /* things of a large group that stand for it */
    float threshold;
    float contrast; /* how much of the difference to the mean inside counts, 0 = plain average linkage */
    float alone;    /* what a thing alone has to reach more */
    float (*score)(const void *context, uint32_t a, uint32_t b);
    const void *context;
} runut_grouping;

/* The group of each thing: the lowest thing in it. Lives in `scratch`. */
uint32_t *runut_group(runut_arena *scratch, const runut_grouping *grouping);

/* Numbers for the groups, by their lowest thing: a group keeps the number in `old` (0 = none) that most of its things
 * had, where most of those that had it are in this group; others take `*next`, which moves on. */
uint32_t *runut_group_number(runut_arena *scratch, size_t count, const uint32_t *group, const uint32_t *old,
                             uint32_t *next);

#endif
