#include "engine/worker.h"

#include <stdlib.h>

#define USUAL_ARENA ((size_t)256 << 20)

bool runut_worker_new(runut_worker *self)
{
    *self = (runut_worker){.arena = runut_arena_new(USUAL_ARENA)};
    return self->arena != NULL;
}

void runut_worker_free(runut_worker *self)
{
    runut_arena_free(self->arena);
    runut_annotator_free(self->annotator);
    runut_digester_free(self->digester);
}

bool runut_worker_keep(runut *self, size_t count)
{
    if (count <= self->worker_count)
        return true;
    runut_worker *workers = realloc(self->workers, count * sizeof *workers);
    if (!workers)
        return false;
    self->workers = workers;
    while (self->worker_count < count && runut_worker_new(&workers[self->worker_count]))
        self->worker_count++;
    return self->worker_count == count;
}

void runut_worker_drop(runut *self)
{
    for (size_t i = 0; i < self->worker_count; i++)
        runut_worker_free(&self->workers[i]);
    free(self->workers);
    self->workers = NULL;
    self->worker_count = 0;
}

int runut_worker_annotates(runut_worker *self, const runut_annotator *first, runut_error *error)
{
    int code = self->annotator ? RUNUT_OK : runut_annotator_like(first, &self->annotator, error);
    if (code == RUNUT_OK && !self->digester && !(self->digester = runut_digester_new()))
        code = runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    return code;
}

int runut_worker_run(const runut_worker *self, pthread_mutex_t *large,
                     int (*process)(const runut_worker *worker, void *context), void *context)
{
    int code = process(self, context);
    if (code != RUNUT_ERR_MEMORY)
        return code;
    pthread_mutex_lock(large);
    runut_arena_set_limit(self->arena, RUNUT_ARTICLE_ARENA);
    code = process(self, context);
    runut_arena_reset(self->arena);
    runut_arena_set_limit(self->arena, USUAL_ARENA);
    pthread_mutex_unlock(large);
    return code == RUNUT_ERR_MEMORY ? RUNUT_ERR_INPUT : code;
}
