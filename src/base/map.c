#include "base/map.h"

#include "base/slice.h"

/* Open addressing, linear probing, at most half full. Beside each slot stands a byte of its key's hash, 0 where it is
 * free: most look-ups fail, and the bytes alone tell so. */
typedef struct slot {
    runut_slice key;
    uint64_t hash;
    uint32_t value;
} slot;

struct runut_map {
    runut_arena *arena;
    slot *slots;
    uint8_t *marks;
    size_t size, capacity;
};

static void make_room(runut_map *self, size_t capacity)
{
    self->capacity = capacity;
    self->slots = runut_arena_take(self->arena, capacity * sizeof *self->slots);
    self->marks = runut_arena_alloc(self->arena, capacity);
}

runut_map *runut_map_new_for(runut_arena *arena, size_t count)
{
    runut_map *self = runut_arena_alloc(arena, sizeof *self);
    size_t capacity = 32;
    while (capacity < 2 * count)
        capacity *= 2;
    self->arena = arena;
    make_room(self, capacity);
    return self;
}

runut_map *runut_map_new(runut_arena *arena)
{
    return runut_map_new_for(arena, 0);
}

static uint8_t mark_of(uint64_t hash)
{
    return (uint8_t)(hash >> 56 | 1);
}

/* Where `key` stands, or the free place where it belongs. */
static inline size_t find(const runut_map *self, runut_slice key, uint64_t hash)
{
    size_t i = (size_t)hash & (self->capacity - 1);
    for (uint8_t mark = mark_of(hash); self->marks[i]; i = (i + 1) & (self->capacity - 1))
        if (self->marks[i] == mark && self->slots[i].hash == hash && runut_slice_equal(self->slots[i].key, key))
            break;
    return i;
}

static void grow(runut_map *self)
{
    size_t capacity = self->capacity;
    slot *old = self->slots;
    const uint8_t *marks = self->marks;
    make_room(self, capacity * 2);
    for (size_t k = 0; k < capacity; k++) {
        if (!marks[k])
            continue;
        size_t i = find(self, old[k].key, old[k].hash);
        self->slots[i] = old[k];
        self->marks[i] = marks[k];
    }
}

uint32_t *runut_map_put(runut_map *self, runut_slice key, bool *is_new)
{
    return runut_map_put_hashed(self, key, runut_slice_hash(key), is_new);
}

uint32_t *runut_map_put_hashed(runut_map *self, runut_slice key, uint64_t hash, bool *is_new)
{
    size_t i = find(self, key, hash);
    bool missing = !self->marks[i];
    if (missing && self->size * 2 >= self->capacity) {
        grow(self);
        i = find(self, key, hash);
    }
    if (missing) {
        self->slots[i] = (slot){{key.at ? key.at : "", key.size}, hash, 0};
        self->marks[i] = mark_of(hash);
        self->size++;
    }
    if (is_new)
        *is_new = missing;
    return &self->slots[i].value;
}

uint32_t *runut_map_get(const runut_map *self, runut_slice key)
{
    return runut_map_get_hashed(self, key, runut_slice_hash(key));
}

uint32_t *runut_map_get_hashed(const runut_map *self, runut_slice key, uint64_t hash)
{
    size_t i = find(self, key, hash);
    return self->marks[i] ? &self->slots[i].value : NULL;
}

size_t runut_map_size(const runut_map *self)
{
    return self->size;
}
