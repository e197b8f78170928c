#include "base/vector.h"

void *runut_vector_grow(runut_arena *arena, void *old, size_t item, size_t *capacity)
{
    size_t before = *capacity;
    size_t after = before ? before * 2 : 8;
    *capacity = after;
    return runut_arena_grow(arena, old, before * item, after * item);
}
