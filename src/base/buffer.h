/* Bytes that grow, in an arena, up to a maximum set at birth; what goes beyond is cut and `full` says so. */
#ifndef RUNUT_BASE_BUFFER_H
#define RUNUT_BASE_BUFFER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct runut_buffer {
    runut_arena *arena;
    char *at;
    size_t size, capacity, maximum;
    bool full;
} runut_buffer;

runut_buffer runut_buffer_new(runut_arena *arena, size_t maximum);
void runut_buffer_add(runut_buffer *self, runut_slice text);
void runut_buffer_byte(runut_buffer *self, char byte);
void runut_buffer_text(runut_buffer *self, const char *text);
void runut_buffer_code(runut_buffer *self, uint32_t code); /* one code point as UTF-8; U+FFFD for what is none */

/* What was written so far; valid until the next write. */
static inline runut_slice runut_buffer_slice(const runut_buffer *self)
{
    return (runut_slice){self->at ? self->at : "", self->size};
}

#endif
