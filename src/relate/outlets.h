/* The names of outlets and sources, each kept once and known by a number from then on. */
#ifndef RUNUT_RELATE_OUTLETS_H
#define RUNUT_RELATE_OUTLETS_H

#include <stdint.h>

#include "relate/heap.h"
#include "runut/slice.h"

typedef struct runut_outlet {
    uint64_t start;
    uint32_t size, hash;
} runut_outlet;

typedef struct runut_outlets {
    runut_heap *heap;
    RUNUT_LIST(runut_outlet) names;
    RUNUT_LIST(char) text;
    uint32_t *slots; /* number; a power of two of them, half of them free */
    size_t slot_count;
} runut_outlets;

void runut_outlets_init(runut_outlets *self, runut_heap *heap);
void runut_outlets_free(runut_outlets *self);

/* The number of a name, from 1; 0 for the empty one. False when memory is out. */
bool runut_outlets_number(runut_outlets *self, runut_slice name, uint32_t *number);

/* Valid until the next name is numbered. */
runut_slice runut_outlets_name(const runut_outlets *self, uint32_t number);

#endif
