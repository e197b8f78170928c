/* Jobs done by several threads and delivered in the order in which they came.
 *
 *     producer (a thread) ── ring of slots ── workers (threads)
 *                                 └── deliver (the caller's thread), oldest first
 *
 * Slots belong to the caller and are used again and again, each by one thread at a time: by the producer between next
 * and submit, then by one worker, then by the caller. With one worker nothing is started: the caller's thread does all.
 */
#ifndef RUNUT_ENGINE_POOL_H
#define RUNUT_ENGINE_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct runut_pool runut_pool;

typedef struct runut_pool_plan {
    size_t workers;     /* from 1 */
    size_t slots;       /* of the ring, from 1 */
    size_t most_weight; /* no new slot is handed out while those in the ring weigh more than this; 0 = no limit */
    void *context;
    /* Takes slots (runut_pool_next) and hands them in (runut_pool_submit) until there is no more, or no slot. */
    void (*produce)(void *context, runut_pool *pool);
    void (*work)(void *context, size_t worker, size_t slot);
    int (*deliver)(void *context, size_t slot); /* non-zero = stop: what was not delivered yet never is */
} runut_pool_plan;

enum { RUNUT_POOL_STOPPED = -1 };

/* The number of a free slot; waits for one. RUNUT_POOL_STOPPED after a stop. */
ptrdiff_t runut_pool_next(runut_pool *self);

/* Hands in the slot that next gave; `done`: there is nothing to work on, it only takes its turn. */
void runut_pool_submit(runut_pool *self, size_t weight, bool done);

/* RUNUT_OK when all was delivered; RUNUT_ERR_STOPPED; RUNUT_ERR_MEMORY where threads could not be started. */
int runut_pool_run(const runut_pool_plan *plan, runut_error *error);

/* Cores that this process may use; from 1. */
size_t runut_pool_cores(void);

/* How many workers and slots a plan gets: `jobs` workers (0 = one a core, `most` at most), and `each` slots for each
 * of them, or one for a worker that is alone. */
void runut_pool_size(size_t jobs, size_t most, size_t each, size_t *workers, size_t *slots);

#endif
