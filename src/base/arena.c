#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A build with AddressSanitizer (meson tells) also sees reads and writes beyond what was handed out. */
#ifdef RUNUT_SANITIZED
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
enum { GAP = 0 };
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

enum { FIRST_CHUNK = 64 * 1024, ALIGNMENT = 16 };

typedef struct chunk {
    struct chunk *before;
    size_t size;
    size_t used;
    char at[] __attribute__((aligned(ALIGNMENT)));
} chunk;

struct runut_arena {
    chunk *last;
    size_t limit;
    size_t held; /* bytes in chunks */
    size_t used; /* bytes handed out */
    bool guarded;
    jmp_buf guard;
};

static chunk *chunk_new(size_t size, chunk *before)
{
    chunk *self = malloc(sizeof *self + size);
    if (self) {
        self->before = before;
        self->size = size;
        self->used = 0;
        ASAN_POISON_MEMORY_REGION(self->at, size);
    }
    return self;
}

runut_arena *runut_arena_new(size_t limit)
{
    runut_arena *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->limit = limit;
    self->last = chunk_new(FIRST_CHUNK, NULL);
    if (!self->last) {
        free(self);
        return NULL;
    }
    self->held = FIRST_CHUNK;
    return self;
}

static void chunk_free(chunk *self)
{
    ASAN_UNPOISON_MEMORY_REGION(self->at, self->size);
    free(self);
}

void runut_arena_free(runut_arena *self)
{
    if (!self)
        return;
    for (chunk *c = self->last, *before; c; c = before) {
        before = c->before;
        chunk_free(c);
    }
    free(self);
}

void runut_arena_reset(runut_arena *self)
{
    while (self->last->before) {
        chunk *before = self->last->before;
        chunk_free(self->last);
        self->last = before;
    }
    self->last->used = 0;
    ASAN_POISON_MEMORY_REGION(self->last->at, self->last->size);
    self->held = self->last->size;
    self->used = 0;
}

_Noreturn void runut_arena_fail(runut_arena *self)
{
    if (!self->guarded)
        abort(); /* a caller without RUNUT_ARENA_TRY is a bug in this program, not bad input */
    longjmp(self->guard, 1);
}

jmp_buf *runut_arena_guard(runut_arena *self)
{
    self->guarded = true;
    return &self->guard;
}

static void add_chunk(runut_arena *self, size_t wanted)
{
    size_t size = self->last->size * 2;
    if (size > 8u << 20)
        size = 8u << 20;
    if (size < wanted)
        size = wanted;
    if (size > self->limit - self->held)
        size = wanted;
    if (self->held > self->limit || wanted > self->limit - self->held)
        runut_arena_fail(self);
    chunk *c = chunk_new(size, self->last);
    if (!c)
        runut_arena_fail(self);
    self->last = c;
    self->held += size;
}

static size_t aligned(runut_arena *self, size_t size)
{
    if (size > SIZE_MAX / 2)
        runut_arena_fail(self);
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static void *take(runut_arena *self, size_t wanted)
{
    size_t size = aligned(self, wanted) + GAP;
    if (size > self->last->size - self->last->used)
        add_chunk(self, size);
    void *at = self->last->at + self->last->used;
    self->last->used += size;
    self->used += size;
    ASAN_UNPOISON_MEMORY_REGION(at, wanted);
    return at;
}

void *runut_arena_alloc(runut_arena *self, size_t size)
{
    return memset(take(self, size), 0, size);
}

void *runut_arena_grow(runut_arena *self, void *old, size_t old_size, size_t new_size)
{
    if (old && new_size <= old_size)
        return old;
    chunk *c = self->last;
    size_t before = aligned(self, old_size), after = aligned(self, new_size);
    bool is_last = old && (char *)old + before + GAP == c->at + c->used;
    if (is_last && after - before <= c->size - c->used) {
        c->used += after - before;
        self->used += after - before;
        ASAN_UNPOISON_MEMORY_REGION(old, new_size);
    } else {
        void *at = take(self, new_size);
        if (old_size)
            memcpy(at, old, old_size);
        old = at;
    }
    memset((char *)old + old_size, 0, new_size - old_size);
    return old;
}

runut_slice runut_arena_copy(runut_arena *self, runut_slice text)
{
    char *at = take(self, text.size + 1);
    if (text.size)
        memcpy(at, text.at, text.size);
    at[text.size] = '\0';
    return (runut_slice){at, text.size};
}

runut_slice runut_arena_printf(runut_arena *self, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0)
        return (runut_slice){"", 0};
    char *at = take(self, (size_t)size + 1);
    va_start(args, format);
    vsnprintf(at, (size_t)size + 1, format, args);
    va_end(args);
    return (runut_slice){at, (size_t)size};
}

size_t runut_arena_used(const runut_arena *self)
{
    return self->used;
}
