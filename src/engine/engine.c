/* The engine: opens what the stages need and answers questions; the only folder that knows every stage. */
#include <stdlib.h>

#include "engine/worker.h"
#include "relate/compare.h"

static const size_t WORDS_ARENA = (size_t)1 << 30; /* most bytes, used only when needed */

enum { AS_IT_IS = 1 << 16, ALONE = 1 << 17 }; /* besides the public flags */

static int open_parts(runut *self, const char *path, int flags, runut_error *error)
{
    self->arena = runut_arena_new(RUNUT_ARTICLE_ARENA);
    self->words = runut_arena_new(WORDS_ARENA);
    if (!self->arena || !self->words)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_store_options options = {.read_only = (flags & RUNUT_READ_ONLY) != 0,
                                   .as_it_is = (flags & AS_IT_IS) != 0,
                                   .alone = (flags & ALONE) != 0,
                                   .terms = runut_index_terms,
                                   .terms_context = self};
    return runut_store_open(path, &options, &self->store, error);
}

static int open_with(const char *path, int flags, runut **out, runut_error *error)
{
    runut *self = calloc(1, sizeof *self);
    *out = NULL;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int code = open_parts(self, path, flags, error);
    if (code == RUNUT_OK)
        *out = self;
    else
        runut_close(self);
    return code;
}

int runut_open(const char *path, int flags, runut **out, runut_error *error)
{
    return open_with(path, flags & RUNUT_READ_ONLY, out, error);
}

int runut_open_as_it_is(const char *path, bool alone, runut **out, runut_error *error)
{
    return open_with(path, alone ? AS_IT_IS | ALONE : AS_IT_IS, out, error);
}

void runut_close(runut *self)
{
    if (!self)
        return;
    runut_store_close(self->store);
    runut_worker_drop(self);
    runut_annotator_free(self->annotator);
    runut_annotator_free(self->tokenizer);
    runut_relater_free(self->relater);
    runut_comparer_free(self->comparer);
    runut_arena_free(self->arena);
    runut_arena_free(self->words);
    free(self);
}

int runut_counts(runut *self, struct json_object **answer, runut_error *error)
{
    runut_store_counts counts;
    *answer = NULL;
    int code = runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    code = runut_store_count(self->store, &counts, error);
    runut_store_asked(self->store);
    if (code != RUNUT_OK)
        return code;
    *answer = json_object_new_object();
    json_object_object_add(*answer, "articles", json_object_new_int64((int64_t)counts.articles));
    json_object_object_add(*answer, "events", json_object_new_int64((int64_t)counts.events));
    json_object_object_add(*answer, "stories", json_object_new_int64((int64_t)counts.stories));
    return RUNUT_OK;
}
