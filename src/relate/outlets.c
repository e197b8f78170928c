#include "relate/outlets.h"

#include <string.h>

#include "base/slice.h"

void runut_outlets_init(runut_outlets *self, runut_heap *heap)
{
    *self = (runut_outlets){.heap = heap};
}

void runut_outlets_free(runut_outlets *self)
{
    RUNUT_LIST_FREE(self->heap, self->names);
    RUNUT_LIST_FREE(self->heap, self->text);
    runut_heap_free(self->heap, self->slots, sizeof *self->slots, self->slot_count);
}

runut_slice runut_outlets_name(const runut_outlets *self, uint32_t number)
{
    if (number == 0)
        return (runut_slice){"", 0};
    const runut_outlet *o = &self->names.at[number - 1];
    return (runut_slice){self->text.at + o->start, o->size};
}

/* The slot that holds the name, or the free one where it belongs. */
static uint32_t *slot_of(const runut_outlets *self, runut_slice name, uint32_t hash)
{
    size_t i = hash & (self->slot_count - 1);
    while (self->slots[i] && !(self->names.at[self->slots[i] - 1].hash == hash &&
                               runut_slice_equal(runut_outlets_name(self, self->slots[i]), name)))
        i = (i + 1) & (self->slot_count - 1);
    return &self->slots[i];
}

static bool grow(runut_outlets *self)
{
    size_t count = self->slot_count ? 2 * self->slot_count : 64, got = 0;
    uint32_t *slots = runut_heap_grow(self->heap, NULL, sizeof *slots, &got, count);
    if (!slots)
        return false;
    memset(slots, 0, count * sizeof *slots);
    runut_heap_free(self->heap, self->slots, sizeof *self->slots, self->slot_count);
    self->slots = slots;
    self->slot_count = count;
    for (uint32_t number = 1; number <= self->names.size; number++)
        *slot_of(self, runut_outlets_name(self, number), self->names.at[number - 1].hash) = number;
    return true;
}

bool runut_outlets_number(runut_outlets *self, runut_slice name, uint32_t *number)
{
    *number = 0;
    if (name.size == 0)
        return true;
    if (2 * (self->names.size + 1) > self->slot_count && !grow(self))
        return false;
    uint32_t hash = (uint32_t)runut_slice_hash(name), *slot = slot_of(self, name, hash);
    if (*slot == 0) {
        if (!RUNUT_LIST_RESERVE(self->heap, self->names, 1) || !RUNUT_LIST_RESERVE(self->heap, self->text, name.size))
            return false;
        memcpy(self->text.at + self->text.size, name.at, name.size);
        self->names.at[self->names.size++] = (runut_outlet){self->text.size, (uint32_t)name.size, hash};
        self->text.size += name.size;
        *slot = (uint32_t)self->names.size;
    }
    *number = *slot;
    return true;
}
