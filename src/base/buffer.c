#include "base/buffer.h"

#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"

runut_buffer runut_buffer_new(runut_arena *arena, size_t maximum)
{
    return (runut_buffer){.arena = arena, .maximum = maximum};
}

void runut_buffer_add(runut_buffer *self, runut_slice text)
{
    if (text.size > self->maximum - self->size) {
        text.size = self->maximum - self->size;
        self->full = true;
    }
    if (text.size == 0)
        return;
    size_t wanted = self->size + text.size;
    if (wanted > self->capacity) {
        size_t capacity = self->capacity ? self->capacity * 2 : 64;
        if (capacity < wanted)
            capacity = wanted;
        self->at = runut_arena_grow(self->arena, self->at, self->capacity, capacity);
        self->capacity = capacity;
    }
    memcpy(self->at + self->size, text.at, text.size);
    self->size = wanted;
}

void runut_buffer_byte(runut_buffer *self, char byte)
{
    if (self->size < self->capacity && self->size < self->maximum)
        self->at[self->size++] = byte;
    else
        runut_buffer_add(self, (runut_slice){&byte, 1});
}

void runut_buffer_text(runut_buffer *self, const char *text)
{
    runut_buffer_add(self, runut_slice_of(text));
}

void runut_buffer_code(runut_buffer *self, uint32_t code)
{
    char bytes[4];
    runut_buffer_add(self, (runut_slice){bytes, runut_utf8_encode(code, bytes)});
}
