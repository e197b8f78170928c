#include "engine/worker.h"

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
