/* Matches that were computed already: a table of fixed size in which a newer pair takes the place of an older one. It
 * changes how long things take, never what comes out. */
#ifndef RUNUT_RELATE_PAIRS_H
#define RUNUT_RELATE_PAIRS_H

#include "relate/score.h"

typedef struct runut_pair {
    uint32_t a, b; /* places, a < b; equal = free */
    runut_match match;
} runut_pair;

typedef struct runut_pairs {
    runut_heap *heap;
    runut_pair *at;                   /* NULL = none are kept */
    size_t count;                     /* a power of two */
    const struct runut_pairs *before; /* another table to ask when a pair is not here, or NULL */
} runut_pairs;

void runut_pairs_init(runut_pairs *self, runut_heap *heap);
void runut_pairs_free(runut_pairs *self);

/* Forgets all; makes the table as large as `articles` ask for, up to a limit, as far as memory goes. */
void runut_pairs_clear(runut_pairs *self, size_t articles);

bool runut_pairs_find(const runut_pairs *self, size_t a, size_t b, runut_match *match);
void runut_pairs_keep(runut_pairs *self, size_t a, size_t b, const runut_match *match);

#endif
