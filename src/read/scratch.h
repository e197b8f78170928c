/* Bytes that grow up to a limit, kept from one record to the next. */
#ifndef RUNUT_READ_SCRATCH_H
#define RUNUT_READ_SCRATCH_H

#include <stdbool.h>

#include "runut/slice.h"

typedef struct runut_scratch {
    char *at;
    size_t size, capacity;
} runut_scratch;

/* Forgets what it holds; gives memory back where it was a lot. */
void runut_scratch_reset(runut_scratch *self);
void runut_scratch_free(runut_scratch *self);

/* Room for `size` more bytes behind the last one; NULL when memory is out. */
char *runut_scratch_room(runut_scratch *self, size_t size);

bool runut_scratch_add(runut_scratch *self, runut_slice bytes);

static inline runut_slice runut_scratch_slice(const runut_scratch *self)
{
    return (runut_slice){self->at ? self->at : "", self->size};
}

#endif
