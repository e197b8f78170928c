#include "relate/pairs.h"

#include <string.h>

enum { LEAST = 1 << 10, MOST = 1 << 18, PER_ARTICLE = 64 };

void runut_pairs_init(runut_pairs *self, runut_heap *heap)
{
    *self = (runut_pairs){.heap = heap};
}

void runut_pairs_free(runut_pairs *self)
{
    runut_heap_free(self->heap, self->at, sizeof *self->at, self->count);
    self->at = NULL;
    self->count = 0;
}

void runut_pairs_clear(runut_pairs *self, size_t articles)
{
    size_t wanted = LEAST, got = 0;
    while (wanted < MOST && wanted < PER_ARTICLE * articles)
        wanted *= 2;
    if (wanted > self->count) {
        runut_pairs_free(self);
        self->at = runut_heap_grow(self->heap, NULL, sizeof *self->at, &got, wanted);
        self->count = self->at ? wanted : 0;
    }
    if (self->at)
        memset(self->at, 0, self->count * sizeof *self->at);
}

static runut_pair *slot(const runut_pairs *self, uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * 0x9e3779b97f4a7c15u;
    return &self->at[h >> 40 & (self->count - 1)];
}

bool runut_pairs_find(const runut_pairs *self, size_t a, size_t b, runut_match *match)
{
    uint32_t low = (uint32_t)(a < b ? a : b), high = (uint32_t)(a < b ? b : a);
    for (; self && low != high; self = self->before) {
        const runut_pair *p = self->at ? slot(self, low, high) : NULL;
        if (!p || p->a != low || p->b != high)
            continue;
        *match = p->match;
        return true;
    }
    return false;
}

void runut_pairs_keep(runut_pairs *self, size_t a, size_t b, const runut_match *match)
{
    uint32_t low = (uint32_t)(a < b ? a : b), high = (uint32_t)(a < b ? b : a);
    if (self->at && low != high)
        *slot(self, low, high) = (runut_pair){low, high, *match};
}
