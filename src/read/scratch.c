#include "read/scratch.h"

#include <stdlib.h>
#include <string.h>

enum { KEPT = 4 << 20 };

void runut_scratch_reset(runut_scratch *self)
{
    self->size = 0;
    if (self->capacity > KEPT)
        runut_scratch_free(self);
}

void runut_scratch_free(runut_scratch *self)
{
    free(self->at);
    *self = (runut_scratch){0};
}

char *runut_scratch_room(runut_scratch *self, size_t size)
{
    if (!self->at || self->capacity - self->size < size) {
        size_t capacity = self->capacity ? self->capacity : 4096;
        while (capacity - self->size < size)
            capacity *= 2;
        char *at = realloc(self->at, capacity);
        if (!at)
            return NULL;
        self->at = at;
        self->capacity = capacity;
    }
    return self->at + self->size;
}

bool runut_scratch_add(runut_scratch *self, runut_slice bytes)
{
    char *to = runut_scratch_room(self, bytes.size);
    if (to && bytes.size)
        memcpy(to, bytes.at, bytes.size);
    self->size += to ? bytes.size : 0;
    return to != NULL;
}
