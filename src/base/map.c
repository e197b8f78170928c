#include "base/map.h"

#include "base/slice.h"

/* Open addressing, linear probing, at most half full; a slot with a NULL key is free. */
typedef struct slot {
    runut_slice key;
    uint64_t hash;
    uint32_t value;
} slot;

struct runut_map {
    runut_arena *arena;
    slot *slots;
    size_t size, capacity;
};

runut_map *runut_map_new(runut_arena *arena)
{
    runut_map *self = runut_arena_alloc(arena, sizeof *self);
    self->arena = arena;
    self->capacity = 32;
    self->slots = runut_arena_alloc(arena, self->capacity * sizeof *self->slots);
    return self;
}

static slot *find(slot *slots, size_t capacity, runut_slice key, uint64_t hash)
{
    size_t i = (size_t)hash & (capacity - 1);
    while (slots[i].key.at && !(slots[i].hash == hash && runut_slice_equal(slots[i].key, key)))
        i = (i + 1) & (capacity - 1);
    return &slots[i];
}

static void grow(runut_map *self)
{
    size_t capacity = self->capacity * 2;
    slot *slots = runut_arena_alloc(self->arena, capacity * sizeof *slots);
    for (size_t i = 0; i < self->capacity; i++)
        if (self->slots[i].key.at)
            *find(slots, capacity, self->slots[i].key, self->slots[i].hash) = self->slots[i];
    self->slots = slots;
    self->capacity = capacity;
}

uint32_t *runut_map_put(runut_map *self, runut_slice key, bool *is_new)
{
    return runut_map_put_hashed(self, key, runut_slice_hash(key), is_new);
}

uint32_t *runut_map_put_hashed(runut_map *self, runut_slice key, uint64_t hash, bool *is_new)
{
    slot *s = find(self->slots, self->capacity, key, hash);
    bool missing = !s->key.at;
    if (missing && self->size * 2 >= self->capacity) {
        grow(self);
        s = find(self->slots, self->capacity, key, hash);
    }
    if (missing) {
        *s = (slot){{key.at ? key.at : "", key.size}, hash, 0};
        self->size++;
    }
    if (is_new)
        *is_new = missing;
    return &s->value;
}

uint32_t *runut_map_get(const runut_map *self, runut_slice key)
{
    slot *s = find(self->slots, self->capacity, key, runut_slice_hash(key));
    return s->key.at ? &s->value : NULL;
}

uint32_t *runut_map_get_hashed(const runut_map *self, runut_slice key, uint64_t hash)
{
    slot *s = find(self->slots, self->capacity, key, hash);
    return s->key.at ? &s->value : NULL;
}

size_t runut_map_size(const runut_map *self)
{
    return self->size;
}
