#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
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

/* Small blocks share chunks; a block of LARGE bytes or more has one of its own, so that a vector of millions grows by
 * realloc and leaves no smaller copies of itself behind. */
enum { FIRST_CHUNK = 64 * 1024, LARGE = 256 * 1024, MOST_CHUNK = 8 << 20, ALIGNMENT = 16 };

/* A chunk that a reset may keep: what an article usually needs is not asked of the system again for the next one. */
enum { MOST_KEPT = 1 << 20 };

typedef struct chunk {
    struct chunk *before;
    struct chunk *after; /* of large ones only */
    size_t size;
    size_t used;
    char at[] __attribute__((aligned(ALIGNMENT)));
} chunk;

struct runut_arena {
    chunk *last;  /* of those that are shared */
    chunk *large; /* newest of those that are not */
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

void runut_arena_set_limit(runut_arena *self, size_t limit)
{
    self->limit = limit;
}

static void chunk_free(chunk *self)
{
    ASAN_UNPOISON_MEMORY_REGION(self->at, self->size);
    free(self);
}

/* Down to the one that `stop` comes after. */
static void free_chunks(chunk *from, const chunk *stop)
{
    for (chunk *before; from != stop; from = before) {
        before = from->before;
        chunk_free(from);
    }
}

void runut_arena_free(runut_arena *self)
{
    if (!self)
        return;
    free_chunks(self->large, NULL);
    free_chunks(self->last, NULL);
    free(self);
}

void runut_arena_reset(runut_arena *self)
{
    chunk *kept = self->last;
    while (kept->before && kept->size > MOST_KEPT)
        kept = kept->before;
    free_chunks(self->large, NULL);
    free_chunks(self->last, kept);
    free_chunks(kept->before, NULL);
    kept->before = NULL;
    self->large = NULL;
    self->last = kept;
    kept->used = 0;
    ASAN_POISON_MEMORY_REGION(kept->at, kept->size);
    self->held = kept->size;
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

/* Counts `size` more bytes, or leaves. */
static void hold(runut_arena *self, size_t size)
{
    if (self->held > self->limit || size > self->limit - self->held)
        runut_arena_fail(self);
    self->held += size;
}

static void add_chunk(runut_arena *self, size_t wanted)
{
    size_t size = self->last->size * 2;
    if (size > MOST_CHUNK)
        size = MOST_CHUNK;
    if (size < wanted || self->held > self->limit || size > self->limit - self->held)
        size = wanted;
    hold(self, size);
    chunk *c = chunk_new(size, self->last);
    if (!c)
        runut_arena_fail(self);
    self->last = c;
}

static size_t aligned(runut_arena *self, size_t size)
{
    if (size > SIZE_MAX / 2)
        runut_arena_fail(self);
    return ((size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1)) + GAP;
}

/* Zeroed by the system, so that what is never written to costs nothing. */
static void *take_large(runut_arena *self, size_t size)
{
    hold(self, size);
    chunk *c = calloc(1, sizeof *c + size);
    if (!c)
        runut_arena_fail(self);
    c->size = c->used = size;
    c->before = self->large;
    if (c->before)
        c->before->after = c;
    self->large = c;
    self->used += size;
    return c->at;
}

static void *take_small(runut_arena *self, size_t size)
{
    if (size > self->last->size - self->last->used)
        add_chunk(self, size);
    void *at = self->last->at + self->last->used;
    self->last->used += size;
    self->used += size;
    ASAN_UNPOISON_MEMORY_REGION(at, size);
    return at;
}

static char *take(runut_arena *self, size_t wanted)
{
    size_t size = aligned(self, wanted);
    char *at = size >= LARGE ? take_large(self, size) : take_small(self, size);
    ASAN_POISON_MEMORY_REGION(at + wanted, size - wanted);
    return at;
}

void *runut_arena_alloc(runut_arena *self, size_t size)
{
    char *at = take(self, size);
    return aligned(self, size) < LARGE ? memset(at, 0, size) : at;
}

void *runut_arena_take(runut_arena *self, size_t size)
{
    return take(self, size);
}

/* A large block that grows. */
static char *grow_large(runut_arena *self, char *old, size_t old_size, size_t new_size)
{
    size_t size = aligned(self, new_size);
    chunk *c = (chunk *)(void *)(old - offsetof(chunk, at));
    hold(self, size - c->size);
    ASAN_UNPOISON_MEMORY_REGION(c->at, c->size);
    c = realloc(c, sizeof *c + size);
    if (!c)
        runut_arena_fail(self);
    if (c->before)
        c->before->after = c;
    *(c->after ? &c->after->before : &self->large) = c;
    self->used += size - c->size;
    c->size = c->used = size;
    memset(c->at + old_size, 0, size - old_size);
    ASAN_POISON_MEMORY_REGION(c->at + new_size, size - new_size);
    return c->at;
}

/* A small block that grows where it is, being the last one; false where it cannot. */
static bool grow_here(runut_arena *self, const char *old, size_t old_size, size_t new_size)
{
    chunk *c = self->last;
    size_t before = aligned(self, old_size), after = aligned(self, new_size);
    if (GAP || after >= LARGE || old + before != c->at + c->used || after - before > c->size - c->used)
        return false;
    c->used += after - before;
    self->used += after - before;
    return true;
}

void *runut_arena_grow(runut_arena *self, void *old, size_t old_size, size_t new_size)
{
    if (old && new_size <= old_size)
        return old;
    if (old && aligned(self, old_size) >= LARGE)
        return grow_large(self, old, old_size, new_size);
    char *at = old;
    if (!old || !grow_here(self, old, old_size, new_size)) {
        at = take(self, new_size);
        if (old_size)
            memcpy(at, old, old_size);
        if (old)
            ASAN_POISON_MEMORY_REGION(old, old_size);
    }
    memset(at + old_size, 0, new_size - old_size);
    return at;
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
    char text[128]; /* most are short: formatted once */
    va_list args;
    va_start(args, format);
    int size = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (size < 0)
        return (runut_slice){"", 0};
    if ((size_t)size < sizeof text)
        return runut_arena_copy(self, (runut_slice){text, (size_t)size});
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
