#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { MOST_THREADS = 16 };

typedef struct labour {
    size_t count;
    atomic_size_t next;
    void (*work)(void *context, size_t thread, size_t item);
    void *context;
} labour;

typedef struct hand {
    labour *labour;
    size_t number;
    pthread_t thread;
} hand;

static void *run(void *context)
{
    hand *self = context;
    labour *l = self->labour;
    for (size_t item; (item = atomic_fetch_add(&l->next, 1)) < l->count;)
        l->work(l->context, self->number, item);
    return NULL;
}

void runut_parallel_run(size_t threads, size_t count, void (*work)(void *context, size_t thread, size_t item),
                        void *context)
{
    labour l = {.count = count, .work = work, .context = context};
    hand hands[MOST_THREADS];
    size_t started = 1;
    threads = threads < count ? threads : count;
    threads = threads < MOST_THREADS ? threads : MOST_THREADS;
    for (; started < threads; started++) {
        hands[started] = (hand){.labour = &l, .number = started};
        if (pthread_create(&hands[started].thread, NULL, run, &hands[started]) != 0)
            break;
    }
    hands[0] = (hand){.labour = &l};
    run(&hands[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(hands[i].thread, NULL);
}

struct runut_lock {
    pthread_mutex_t mutex;
};

runut_lock *runut_lock_new(void)
{
    runut_lock *self = calloc(1, sizeof *self);
    if (self && pthread_mutex_init(&self->mutex, NULL) != 0) {
        free(self);
        return NULL;
    }
    return self;
}

void runut_lock_free(runut_lock *self)
{
    if (!self)
        return;
    pthread_mutex_destroy(&self->mutex);
    free(self);
}

void runut_lock_take(runut_lock *self)
{
    pthread_mutex_lock(&self->mutex);
}

void runut_lock_give(runut_lock *self)
{
    pthread_mutex_unlock(&self->mutex);
}
