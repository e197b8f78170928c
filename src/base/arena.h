/* One arena per article: every stage allocates from it, nothing is freed alone, all of it goes at once.
 *
 *     runut_arena *arena = runut_arena_new(64 << 20);
 *     if (RUNUT_ARENA_TRY(arena) == 0) {
 *         … any depth of calls, none of which checks an allocation …
 *     } else {
 *         … the record needed more than its limit, or memory ran out …
 *     }
 *     runut_arena_free(arena);
 *
 * Running out jumps (longjmp) to the innermost RUNUT_ARENA_TRY, so code in between must hold nothing that only
 * it can release: no FILE, no malloc'd block, no library handle. Such things live in long-lived contexts.
 * Local variables changed after RUNUT_ARENA_TRY and read in its else branch must be volatile. */
#ifndef RUNUT_BASE_ARENA_H
#define RUNUT_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

#include "runut/slice.h"

typedef struct runut_arena runut_arena;

/* `limit`: the most bytes the arena may hold. NULL when memory is out. */
runut_arena *runut_arena_new(size_t limit);
void runut_arena_free(runut_arena *self);

/* Another limit from now on; what is held already stays. */
void runut_arena_set_limit(runut_arena *self, size_t limit);

/* Forgets everything, keeps a chunk of moderate size for the next record. */
void runut_arena_reset(runut_arena *self);

/* Zeroed, aligned for any type, valid until reset or free. Never NULL. */
void *runut_arena_alloc(runut_arena *self, size_t size);

/* The same, but what is in it is not said: for what is written before it is read. */
void *runut_arena_take(runut_arena *self, size_t size);

/* Grows `old` (of `old_size` bytes as it was asked for, may be NULL) to `new_size`; in place where that can be. The old
 * block is gone, as with realloc. */
void *runut_arena_grow(runut_arena *self, void *old, size_t old_size, size_t new_size);

runut_slice runut_arena_copy(runut_arena *self, runut_slice text);
runut_slice runut_arena_printf(runut_arena *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Bytes handed out since the last reset. */
size_t runut_arena_used(const runut_arena *self);

/* Leaves to the innermost RUNUT_ARENA_TRY; for limits that the arena cannot see. */
_Noreturn void runut_arena_fail(runut_arena *self);

jmp_buf *runut_arena_guard(runut_arena *self);
#define RUNUT_ARENA_TRY(arena) setjmp(*runut_arena_guard(arena))

#endif
