/* What one thread needs to clean and annotate, article after article. */
#ifndef RUNUT_ENGINE_WORKER_H
#define RUNUT_ENGINE_WORKER_H

#include <pthread.h>

#include "engine/internal.h"

typedef struct runut_worker {
    runut_arena *arena;         /* of the article in hand */
    runut_annotator *annotator; /* these two: NULL where only cleaning is wanted */
    runut_digester *digester;
} runut_worker;

/* Gives the worker its arena; false when memory is out. */
bool runut_worker_new(runut_worker *self);
void runut_worker_free(runut_worker *self);

/* Sees to it that the handle keeps `count` workers or more; false when memory is out. */
bool runut_worker_keep(runut *self, size_t count);
void runut_worker_drop(runut *self);

/* Gives it what annotating needs; `first` is the annotator whose tables it shares. */
int runut_worker_annotates(runut_worker *self, const runut_annotator *first, runut_error *error);

/* Runs `process` with what nearly every article needs less than. One that ends for lack of memory (RUNUT_ERR_MEMORY) is
 * done again, alone (`large` is held), with all that one may have: so the workers together hold that once, whatever
 * their number, and no result depends on it. What then still lacks memory ends with RUNUT_ERR_INPUT. */
int runut_worker_run(const runut_worker *self, pthread_mutex_t *large,
                     int (*process)(const runut_worker *worker, void *context), void *context);

#endif
