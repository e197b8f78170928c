#include "relate/heap.h"

#include <stdint.h>
#include <stdlib.h>

void *runut_heap_grow(runut_heap *self, void *old, size_t item, size_t *capacity, size_t wanted)
{
    if (old && wanted <= *capacity)
        return old;
    size_t after = *capacity + *capacity / 2 + 16;
    if (after < wanted)
        after = wanted;
    if (after > SIZE_MAX / 2 / item || (after - *capacity) * item > self->limit - self->used)
        after = wanted; /* the last bit may still fit */
    if (after > SIZE_MAX / 2 / item || (after - *capacity) * item > self->limit - self->used)
        return NULL;
    void *at = realloc(old, after * item);
    if (!at)
        return NULL;
    self->used += (after - *capacity) * item;
    *capacity = after;
    return at;
}

void runut_heap_free(runut_heap *self, void *at, size_t item, size_t capacity)
{
    free(at);
    self->used -= capacity * item;
}
