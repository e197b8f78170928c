/* The way back from a place in text that was made of other text to where it came from. Only the newest changes are
 * known: what is told of older places is where they would be if nothing had changed since. */
#ifndef RUNUT_READ_PLACES_H
#define RUNUT_READ_PLACES_H

#include <stddef.h>
#include <stdint.h>

enum { RUNUT_PLACES = 1 << 15 };

typedef struct runut_places {
    struct {
        uint64_t to, from;
    } at[RUNUT_PLACES]; /* a ring: from `to` on, text stands `from - to` bytes away, until the next one */
    size_t count;       /* put in so far */
} runut_places;

/* What comes at `to` is made of what stands at `from`; both never smaller than before. */
static inline void runut_places_put(runut_places *self, uint64_t to, uint64_t from)
{
    if (self->count) {
        size_t last = (self->count - 1) % RUNUT_PLACES;
        if (self->at[last].from - self->at[last].to == from - to)
            return;
    }
    size_t next = self->count++ % RUNUT_PLACES;
    self->at[next].to = to;
    self->at[next].from = from;
}

static inline uint64_t runut_places_find(const runut_places *self, uint64_t to)
{
    size_t oldest = self->count > RUNUT_PLACES ? self->count - RUNUT_PLACES : 0, low = oldest, high = self->count;
    while (low < high) { /* the first one behind `to` */
        size_t middle = low + (high - low) / 2;
        if (self->at[middle % RUNUT_PLACES].to <= to)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return to;
    size_t i = (low > oldest ? low - 1 : oldest) % RUNUT_PLACES;
    uint64_t from = self->at[i].from + to - self->at[i].to;
    return to < self->at[i].to && from > self->at[i].from ? 0 : from;
}

#endif
