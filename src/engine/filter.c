/* The filters: a reader fills the slots of a ring with captures, workers clean, annotate and write each, the caller
 * gets the results in order.
 *
 *     read ─ copy of the capture ─→ slot ─→ runut_clean ─┬─→ runut_filter_write ────┬─→ on_filtered
 *                                                        └─→ runut_filter_annotate ─┘
 *     the reader's thread                   the workers' threads                      the caller's thread
 *
 * Each slot has an arena for its capture and its result, each worker one for the article; both are reset for every
 * capture. Annotators share their tables; each worker has caches of its own. json-c objects never leave the function
 * that made them, so no thread sees another one's. */
#include "engine/filter.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/error.h"
#include "clean/clean.h"
#include "engine/internal.h"
#include "engine/pool.h"
#include "engine/worker.h"
#include "read/read.h"

enum { SLOTS_PER_JOB = 4, MOST_JOBS = 1024, MOST_WEIGHT = 64 << 20 };

typedef struct filtering {
    runut_clean_options options;
    bool annotate;
    const char *agencies; /* annotate: a table of more of them */
    const char *const *paths;
    int count;
    runut_on_filtered on_filtered;
    void *context;
    runut_filter_report *report;
    runut_pool *pool;
    runut_filter_job *slots;
    size_t slot_count;
    runut_worker *workers;
    size_t worker_count;
    pthread_mutex_t large; /* held while an article has all memory that one may have */
    int read_code;         /* of the reading as a whole; the reader's until the pool has ended */
    runut_error read_error;
    runut_skipped skipped; /* likewise */
} filtering;

/* ---- the reader's thread ---- */

static int on_capture(void *context, const runut_capture *capture)
{
    filtering *self = context;
    ptrdiff_t number = runut_pool_next(self->pool);
    if (number < 0)
        return RUNUT_ERR_STOPPED;
    runut_filter_job *job = &self->slots[number];
    runut_arena_reset(job->arena);
    job->error = (runut_error){0};
    job->text = (runut_slice){"", 0};
    if (RUNUT_ARENA_TRY(job->arena) == 0) {
        runut_capture_copy(job->arena, capture, &job->capture);
    } else {
        runut_error_set(&job->error, RUNUT_ERR_INPUT, "out of memory");
        runut_error_place(&job->error, capture->file, capture->record, capture->byte);
    }
    runut_pool_submit(self->pool, capture->bytes.size, job->error.code != 0);
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    filtering *self = context;
    ptrdiff_t number = runut_pool_next(self->pool);
    if (number < 0)
        return;
    runut_filter_job *job = &self->slots[number];
    job->error = *error;
    job->text = (runut_slice){"", 0};
    runut_pool_submit(self->pool, 0, true);
}

static void on_skipped(void *context, runut_slice file, const runut_skipped *skipped)
{
    filtering *self = context;
    (void)file;
    runut_skipped_add(&self->skipped, skipped);
}

static void produce(void *context, runut_pool *pool)
{
    static const runut_read_options options = {.on_skipped = on_skipped};
    filtering *self = context;
    self->pool = pool;
    for (int i = 0; i < self->count && self->read_code == RUNUT_OK; i++) {
        runut_error error;
        int code = runut_read(self->paths[i], &options, on_capture, on_reject, self, &error);
        if (code == RUNUT_ERR_MEMORY)
            self->read_error = error;
        if (code == RUNUT_ERR_MEMORY || code == RUNUT_ERR_STOPPED) /* a path that cannot be read was told already */
            self->read_code = code;
    }
}

/* ---- a worker's thread ---- */

typedef struct task {
    const filtering *self;
    runut_filter_job *job;
} task;

static int process(const runut_worker *w, void *context)
{
    const task *t = context;
    runut_filter_job *job = t->job;
    runut_article article;
    job->error = (runut_error){0};
    runut_arena_reset(w->arena);
    if (RUNUT_ARENA_TRY(w->arena) != 0)
        return runut_error_set(&job->error, RUNUT_ERR_MEMORY, "needs more memory than one article may have");
    if (RUNUT_ARENA_TRY(job->arena) != 0)
        return runut_error_set(&job->error, RUNUT_ERR_MEMORY, "needs more memory than one article may have");
    int code = runut_clean(w->arena, &job->capture, &article, &job->error);
    if (code != RUNUT_OK)
        return code;
    return w->annotator ? runut_filter_annotate(job, w->arena, w->annotator, w->digester, &article)
                        : runut_filter_write(job, &article, &t->self->options);
}

static void work(void *context, size_t worker, size_t slot)
{
    filtering *self = context;
    task t = {self, &self->slots[slot]};
    int code = runut_worker_run(&self->workers[worker], &self->large, process, &t);
    if (code == RUNUT_OK)
        return;
    t.job->error.code = code;
    runut_error_place(&t.job->error, t.job->capture.file, t.job->capture.record, t.job->capture.byte);
}

/* ---- the caller's thread ---- */

static int deliver(void *context, size_t slot)
{
    filtering *self = context;
    const runut_filter_job *job = &self->slots[slot];
    bool failed = job->error.code != RUNUT_OK;
    runut_filtered result = {.file = failed ? job->error.file : job->capture.file.at,
                             .record = failed ? job->error.record : job->capture.record,
                             .text = failed ? "" : job->text.at,
                             .size = failed ? 0 : job->text.size,
                             .error = failed ? &job->error : NULL};
    self->report->passed += !failed;
    self->report->rejected += failed;
    return self->on_filtered(self->context, &result);
}

static bool make_room(filtering *self)
{
    self->slots = calloc(self->slot_count, sizeof *self->slots);
    self->workers = calloc(self->worker_count, sizeof *self->workers);
    bool good = self->slots && self->workers;
    for (size_t i = 0; good && i < self->slot_count; i++)
        good = (self->slots[i].arena = runut_arena_new(RUNUT_ARTICLE_ARENA)) != NULL;
    for (size_t i = 0; good && i < self->worker_count; i++)
        good = runut_worker_new(&self->workers[i]);
    return good;
}

static int make_annotators(filtering *self, runut_error *error)
{
    int code = runut_annotator_open(&self->workers[0].annotator, self->agencies, error);
    for (size_t i = 0; i < self->worker_count && code == RUNUT_OK; i++)
        code = runut_worker_annotates(&self->workers[i], self->workers[0].annotator, error);
    return code;
}

static void free_room(filtering *self)
{
    for (size_t i = 0; self->slots && i < self->slot_count; i++)
        runut_arena_free(self->slots[i].arena);
    for (size_t i = self->workers ? self->worker_count : 0; i-- > 0;) /* the first last: it has the tables */
        runut_worker_free(&self->workers[i]);
    free(self->slots);
    free(self->workers);
}

static int run(filtering *self, runut_error *error)
{
    const runut_pool_plan plan = {.workers = self->worker_count,
                                  .slots = self->slot_count,
                                  .most_weight = MOST_WEIGHT,
                                  .context = self,
                                  .produce = produce,
                                  .work = work,
                                  .deliver = deliver};
    if (!make_room(self))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int code = self->annotate ? make_annotators(self, error) : RUNUT_OK;
    if (code == RUNUT_OK)
        code = runut_pool_run(&plan, error);
    if (code == RUNUT_OK && self->read_code != RUNUT_OK) {
        code = self->read_code;
        if (error)
            *error = self->read_error;
    }
    return code;
}

static int filter(filtering *self, unsigned jobs, runut_filter_report *report, runut_error *error)
{
    runut_filter_report own;
    self->report = report ? report : &own;
    *self->report = (runut_filter_report){0};
    runut_pool_size(jobs, MOST_JOBS, SLOTS_PER_JOB, &self->worker_count, &self->slot_count);
    pthread_mutex_init(&self->large, NULL);
    int code = run(self, error);
    self->report->skipped = self->skipped;
    free_room(self);
    pthread_mutex_destroy(&self->large);
    return code;
}

int runut_clean_all(const char *const *paths, int count, const runut_clean_options *options,
                    runut_on_filtered on_filtered, void *context, runut_filter_report *report, runut_error *error)
{
    filtering self = {.paths = paths, .count = count, .on_filtered = on_filtered, .context = context};
    if (options)
        self.options = *options;
    return filter(&self, self.options.jobs, report, error);
}

int runut_annotate_all(const char *const *paths, int count, const runut_annotate_options *options,
                       runut_on_filtered on_filtered, void *context, runut_filter_report *report, runut_error *error)
{
    filtering self = {.paths = paths,
                      .count = count,
                      .on_filtered = on_filtered,
                      .context = context,
                      .annotate = true,
                      .agencies = options ? options->agencies : NULL};
    return filter(&self, options ? options->jobs : 0, report, error);
}
