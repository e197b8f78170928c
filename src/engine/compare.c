/* One pair: articles of the store, or captures on disk. */
#include "engine/compare.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "read/read.h"
#include "runut/compare.h"

/* What comparing one pair needs beside the two. */
typedef struct bench {
    runut_worker worker;
    bool borrowed; /* the annotator is the store handle's */
    runut_comparer *comparer;
    runut_arena *arena; /* of what the two were made from */
    runut_side a, b;
    runut_comparison *comparison;
    char newer; /* version: 'a', 'b' or 0 */
} bench;

typedef struct taking {
    runut_arena *arena;
    runut_side *side;
    size_t captures;
    bool full;
    runut_error *error;
} taking;

static int on_capture(void *context, const runut_capture *capture)
{
    taking *self = context;
    if (self->captures++ > 0)
        return RUNUT_ERR_STOPPED;
    if (RUNUT_ARENA_TRY(self->arena) == 0)
        runut_capture_copy(self->arena, capture, &self->side->capture);
    else
        self->full = true;
    return RUNUT_OK;
}

static void on_reject(void *context, const runut_error *error)
{
    *((taking *)context)->error = *error;
}

static int take_file(bench *self, const char *path, runut_side *side, runut_error *error)
{
    runut_error reading = {0};
    taking t = {.arena = self->arena, .side = side, .error = error};
    error->code = RUNUT_OK;
    int code = runut_read(path, NULL, on_capture, on_reject, &t, &reading);
    if (t.full)
        code = runut_error_set(error, RUNUT_ERR_INPUT, "needs more memory than one article may have");
    else if (t.captures > 1)
        code = runut_error_set(error, RUNUT_ERR_USE, "holds more than one capture: compare wants two reports");
    else if (t.captures == 1)
        return RUNUT_OK;
    else if (error->code == RUNUT_OK)
        code = runut_error_set(error, RUNUT_ERR_INPUT, "holds no capture");
    else
        return error->code;
    runut_error_place(error, runut_slice_of(path), 0, 0);
    return code;
}

/* An article of the store, else a file. */
static int take_side(bench *self, runut *r, const char *name, runut_side *side, runut_error *error)
{
    int code = RUNUT_ERR_NOT_FOUND;
    if (r)
        code = runut_stored_find(r->store, self->arena, runut_slice_of(name), &side->stored, error);
    bool unknown = code == RUNUT_ERR_NOT_FOUND || code == RUNUT_ERR_USE;
    if (!unknown)
        return code;
    if (access(name, F_OK) == 0)
        return take_file(self, name, side, error);
    if (code == RUNUT_ERR_USE)
        return code;
    return runut_error_set(error, RUNUT_ERR_NOT_FOUND, "'%.400s' is neither an article of the store nor a file", name);
}

static int compare(const runut_worker *w, bench *self, runut_error *error)
{
    runut_arena_reset(w->arena);
    if (RUNUT_ARENA_TRY(w->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_INPUT, "needs more memory than one pair may have");
    int code = runut_side_prepare(w, &self->a, error);
    if (code != RUNUT_OK) {
        runut_error_place(error, self->a.capture.file, self->a.capture.record, 0);
        return code;
    }
    code = runut_side_prepare(w, &self->b, error);
    if (code != RUNUT_OK) {
        runut_error_place(error, self->b.capture.file, self->b.capture.record, 0);
        return code;
    }
    self->comparison =
        runut_compare_digests(self->comparer, w->arena, self->a.digest, self->b.digest, &self->a.words, &self->b.words);
    return RUNUT_OK;
}

/* The store's own annotator serves where no further agencies are given: what it has loaded (dictionaries) takes longer
 * to load than two reports to compare. */
static int open_bench(bench *self, runut *r, const char *agencies, runut_error *error)
{
    self->arena = runut_arena_new(RUNUT_ARTICLE_ARENA);
    self->comparer = runut_comparer_new();
    if (!self->arena || !self->comparer || !runut_worker_new(&self->worker) ||
        !(self->worker.digester = runut_digester_new()))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_arena_set_limit(self->worker.arena, RUNUT_ARTICLE_ARENA);
    self->borrowed = r && !agencies;
    if (!self->borrowed)
        return runut_annotator_open(&self->worker.annotator, agencies, error);
    int code = runut_annotator_ready(r, error);
    self->worker.annotator = r->annotator;
    return code;
}

static void close_bench(bench *self)
{
    if (self->borrowed)
        self->worker.annotator = NULL;
    runut_worker_free(&self->worker);
    runut_comparer_free(self->comparer);
    runut_arena_free(self->arena);
}

static int answer_of(bench *self, struct json_object **answer, runut_error *error)
{
    if (RUNUT_ARENA_TRY(self->worker.arena) != 0)
        return runut_error_set(error, RUNUT_ERR_INPUT, "needs more memory than one pair may have");
    *answer = runut_comparison_json(self->worker.arena, self->comparison, &self->a, &self->b, true);
    if (!*answer)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_json_put(*answer, "newer", (runut_slice){&self->newer, self->newer != 0});
    return RUNUT_OK;
}

/* On the bench, as one question. */
static int compare_sides(bench *self, runut *r, const char *a, const char *b, struct json_object **answer,
                         runut_error *error)
{
    int code = take_side(self, r, a, &self->a, error);
    if (code == RUNUT_OK)
        code = take_side(self, r, b, &self->b, error);
    if (code == RUNUT_OK && r)
        code = runut_store_late(r->store, error);
    if (code == RUNUT_OK && r)
        code = runut_version_newer(r, self->a.stored.number, self->b.stored.number, &self->newer, error);
    if (code == RUNUT_OK)
        code = compare(&self->worker, self, error);
    return code == RUNUT_OK ? answer_of(self, answer, error) : code;
}

int runut_compare(runut *r, const char *a, const char *b, const char *agencies, struct json_object **answer,
                  runut_error *error)
{
    bench self = {0};
    runut_error own;
    error = error ? error : &own;
    *answer = NULL;
    int code = open_bench(&self, r, agencies, error);
    if (code == RUNUT_OK && r)
        code = runut_store_ask(r->store, error);
    bool asked = code == RUNUT_OK && r;
    if (code == RUNUT_OK)
        code = compare_sides(&self, r, a, b, answer, error);
    if (asked)
        runut_store_asked(r->store);
    close_bench(&self);
    return code;
}
