/* The ring is three counters that only grow: delivered ≤ taken ≤ produced. Slot number = counter modulo the ring's
 * size. Workers take the oldest job that nobody has; which of them are done is marked in the slot, and the caller
 * waits for the oldest one. One mutex guards all of it: what it guards is short beside a job. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "engine/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct slot {
    size_t weight;
    bool done;
} slot;

struct runut_pool {
    const runut_pool_plan *plan;
    bool threaded;
    pthread_mutex_t lock;
    pthread_cond_t room, work, done;
    uint64_t produced, taken, delivered;
    size_t weight; /* of the slots in the ring */
    bool finished; /* nothing more will be produced */
    bool stopped;
    slot *slots;
};

typedef struct worker {
    runut_pool *pool;
    size_t number;
    pthread_t thread;
} worker;

static bool has_room(const runut_pool *self)
{
    const runut_pool_plan *plan = self->plan;
    return self->produced - self->delivered < plan->slots && (!plan->most_weight || self->weight < plan->most_weight);
}

ptrdiff_t runut_pool_next(runut_pool *self)
{
    if (!self->threaded)
        return self->stopped ? RUNUT_POOL_STOPPED : 0;
    pthread_mutex_lock(&self->lock);
    while (!self->stopped && !has_room(self))
        pthread_cond_wait(&self->room, &self->lock);
    ptrdiff_t number = self->stopped ? RUNUT_POOL_STOPPED : (ptrdiff_t)(self->produced % self->plan->slots);
    pthread_mutex_unlock(&self->lock);
    return number;
}

void runut_pool_submit(runut_pool *self, size_t weight, bool done)
{
    const runut_pool_plan *plan = self->plan;
    if (!self->threaded) {
        if (!done)
            plan->work(plan->context, 0, 0);
        self->stopped = plan->deliver(plan->context, 0) != 0;
        return;
    }
    pthread_mutex_lock(&self->lock);
    self->slots[self->produced++ % plan->slots] = (slot){.weight = weight, .done = done};
    self->weight += weight;
    pthread_cond_signal(&self->work);
    if (done)
        pthread_cond_signal(&self->done);
    pthread_mutex_unlock(&self->lock);
}

/* The oldest job that nobody has; waits for one. False when there will be none. */
static bool take(runut_pool *self, size_t *number)
{
    bool found = false;
    pthread_mutex_lock(&self->lock);
    while (!self->stopped && !found && !(self->finished && self->taken == self->produced)) {
        if (self->taken == self->produced) {
            pthread_cond_wait(&self->work, &self->lock);
            continue;
        }
        *number = self->taken++ % self->plan->slots;
        found = !self->slots[*number].done;
    }
    pthread_mutex_unlock(&self->lock);
    return found;
}

static void *run_worker(void *argument)
{
    worker *me = argument;
    runut_pool *self = me->pool;
    for (size_t number; take(self, &number);) {
        self->plan->work(self->plan->context, me->number, number);
        pthread_mutex_lock(&self->lock);
        self->slots[number].done = true;
        if (number == self->delivered % self->plan->slots)
            pthread_cond_signal(&self->done);
        pthread_mutex_unlock(&self->lock);
    }
    return NULL;
}

/* Ends what waits: nothing more comes. */
static void finish(runut_pool *self, bool stop)
{
    pthread_mutex_lock(&self->lock);
    self->finished = true;
    self->stopped |= stop;
    pthread_cond_broadcast(&self->work);
    pthread_cond_broadcast(&self->room);
    pthread_cond_broadcast(&self->done);
    pthread_mutex_unlock(&self->lock);
}

static void *run_producer(void *argument)
{
    runut_pool *self = argument;
    self->plan->produce(self->plan->context, self);
    finish(self, false);
    return NULL;
}

/* The oldest slot once it is done; false when all were delivered. */
static bool wait_for_oldest(runut_pool *self, size_t *number)
{
    pthread_mutex_lock(&self->lock);
    for (;;) {
        *number = self->delivered % self->plan->slots;
        bool some = self->delivered < self->produced;
        if (some ? self->slots[*number].done : self->finished)
            break;
        pthread_cond_wait(&self->done, &self->lock);
    }
    bool found = self->delivered < self->produced;
    pthread_mutex_unlock(&self->lock);
    return found;
}

static int deliver(runut_pool *self)
{
    for (size_t number; wait_for_oldest(self, &number);) {
        if (self->plan->deliver(self->plan->context, number) != 0) {
            finish(self, true);
            return RUNUT_ERR_STOPPED;
        }
        pthread_mutex_lock(&self->lock);
        self->weight -= self->slots[number].weight;
        self->delivered++;
        if (self->taken < self->delivered) /* it was done from the start, and no worker has passed it yet */
            self->taken = self->delivered;
        pthread_cond_signal(&self->room);
        pthread_mutex_unlock(&self->lock);
    }
    return RUNUT_OK;
}

/* As many workers as can be had, one at least, then the producer. */
static int run_threads(runut_pool *self, worker *workers)
{
    size_t count = 0;
    pthread_t producer;
    int code = RUNUT_ERR_MEMORY;
    for (; count < self->plan->workers; count++) {
        workers[count] = (worker){.pool = self, .number = count};
        if (pthread_create(&workers[count].thread, NULL, run_worker, &workers[count]) != 0)
            break;
    }
    if (count && pthread_create(&producer, NULL, run_producer, self) == 0) {
        code = deliver(self);
        pthread_join(producer, NULL);
    } else {
        finish(self, true);
    }
    for (size_t i = 0; i < count; i++)
        pthread_join(workers[i].thread, NULL);
    return code;
}

static int run_threaded(runut_pool *self)
{
    worker *workers = calloc(self->plan->workers, sizeof *workers);
    self->slots = calloc(self->plan->slots, sizeof *self->slots);
    int code = RUNUT_ERR_MEMORY;
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->room, NULL);
    pthread_cond_init(&self->work, NULL);
    pthread_cond_init(&self->done, NULL);
    if (workers && self->slots)
        code = run_threads(self, workers);
    pthread_cond_destroy(&self->done);
    pthread_cond_destroy(&self->work);
    pthread_cond_destroy(&self->room);
    pthread_mutex_destroy(&self->lock);
    free(self->slots);
    free(workers);
    return code;
}

int runut_pool_run(const runut_pool_plan *plan, runut_error *error)
{
    runut_pool self = {.plan = plan, .threaded = plan->workers > 1};
    int code = RUNUT_OK;
    if (self.threaded)
        code = run_threaded(&self);
    else
        plan->produce(plan->context, &self);
    if (!self.threaded && self.stopped)
        code = RUNUT_ERR_STOPPED;
    if (code == RUNUT_ERR_MEMORY)
        runut_error_set(error, RUNUT_ERR_MEMORY, "cannot start threads");
    else if (code != RUNUT_OK)
        runut_error_set(error, code, "stopped");
    return code;
}

size_t runut_pool_cores(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (size_t)count : 1;
}

void runut_pool_size(size_t jobs, size_t most, size_t each, size_t *workers, size_t *slots)
{
    *workers = jobs ? jobs : runut_pool_cores();
    if (*workers > most)
        *workers = most;
    *slots = *workers > 1 ? each * *workers : 1;
}
