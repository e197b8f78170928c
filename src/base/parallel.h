/* One piece of work on several threads, for code that is otherwise single-threaded. */
#ifndef RUNUT_BASE_PARALLEL_H
#define RUNUT_BASE_PARALLEL_H

#include <stddef.h>

/* Calls work(context, thread, item) for the items 0 … count-1, each once, on at most `threads` threads at a time, the
 * caller's among them; returns when all are done. Items are handed out in order. `thread` (below `threads`) is never
 * the same for two calls at one time. Where no thread can be made, fewer do the work. */
void runut_parallel_run(size_t threads, size_t count, void (*work)(void *context, size_t thread, size_t item),
                        void *context);

/* Held by one thread at a time. NULL when memory is out. */
typedef struct runut_lock runut_lock;
runut_lock *runut_lock_new(void);
void runut_lock_free(runut_lock *self);
void runut_lock_take(runut_lock *self);
void runut_lock_give(runut_lock *self);

#endif
