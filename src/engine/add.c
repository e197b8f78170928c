/* Adding: captures are read, then cleaned, annotated and digested by several threads, each a job of its own; they come
 * out in the order of the input into a batch, which is written and related in one transaction, and only then reported.
 * The batch is cut by count and size, never by time, so that the same input gives the same store, whatever the number
 * of threads.
 *
 *     read ─ known? ─→ job ─→ clean → annotate → digest → row ─┐
 *     the reader's thread       the workers' threads           ├─ batch → BEGIN, insert, relate, COMMIT → report
 *                                                              the caller's thread (add_write.c)
 *
 * The reader spares the work for captures that are stored already; it asks by a connection of its own. What it cannot
 * see yet (a capture that comes twice in a short time) the caller's thread finds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/map.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "engine/add.h"
#include "engine/pool.h"
#include "engine/recorded.h"
#include "engine/worker.h"
#include "read/read.h"

enum { JOBS_PER_WORKER = 8, MOST_WORKERS = 64, MOST_WEIGHT = 64 << 20, MOST_RECORD = 128 << 20 };

typedef struct job {
    runut_arena *arena; /* holds the capture and the row made of it */
    runut_capture capture;
    runut_prepared prepared;
    bool out_of_memory; /* there is none for a worker: nothing more can be done */
} job;

typedef struct adding {
    runut_batch batch;
    const runut_add_input *inputs;
    int count;
    runut_add_source source; /* gives the captures in the place of the inputs' paths; NULL = none */
    void *source_context;
    const runut_add_input *input; /* the one that is read */
    runut_pool *pool;
    runut_store *seen; /* the reader's connection; the caller's where all is done in one thread */
    job *jobs;
    size_t job_count;
    size_t worker_count;
    pthread_mutex_t large; /* held while an article has all memory that one may have */
    uint64_t taken;
    int code; /* of what ended the work */
    int read_code;
    runut_error read_error;
} adding;

static bool stopped(const adding *self)
{
    const volatile sig_atomic_t *stop = self->batch.options ? self->batch.options->stop : NULL;
    return stop && __atomic_load_n(stop, __ATOMIC_RELAXED); /* another thread may set it */
}

/* ---- the reader's thread ---- */

/* What stands behind the input's path in `file`, which was found there or below it. */
static runut_slice below(const runut_add_input *input, runut_slice file)
{
    runut_slice path = runut_slice_of(input->path);
    return runut_slice_starts(file, path) ? runut_slice_part(file, path.size, file.size) : RUNUT_LITERAL("");
}

static bool is_named(const runut_add_input *input)
{
    return input->name && *input->name;
}

/* Puts the input's name in the place of its path; a file's name may be any bytes, what is stored and told is UTF-8. */
static void name_file(const runut_add_input *input, runut_arena *arena, runut_slice *file)
{
    runut_slice rest = below(input, *file);
    if (is_named(input))
        *file = runut_arena_printf(arena, "%s%.*s", input->name, (int)rest.size, rest.at);
    *file = runut_utf8_repair(arena, *file);
}

static void name_error(const runut_add_input *input, runut_error *error)
{
    char rest[sizeof error->file];
    if (!is_named(input))
        return;
    snprintf(rest, sizeof rest, "%s", below(input, runut_slice_of(error->file)).at);
    size_t size = strlen(input->name), most = sizeof error->file - 1;
    size = size < most ? size : most;
    memcpy(error->file, input->name, size);
    snprintf(error->file + size, sizeof error->file - size, "%s", rest);
}

static job *next_job(adding *self, ptrdiff_t number)
{
    job *j = &self->jobs[number];
    runut_arena_reset(j->arena);
    j->prepared = (runut_prepared){.input = (int)(self->input - self->inputs)};
    j->out_of_memory = false;
    return j;
}

static int reject(const adding *self, job *j, const runut_capture *capture, const char *why)
{
    j->prepared.what = RUNUT_ADDED_REJECTED;
    runut_error_set(&j->prepared.error, RUNUT_ERR_INPUT, "%s", why);
    runut_error_place(&j->prepared.error, capture->file, capture->record, capture->byte);
    name_error(self->input, &j->prepared.error);
    return RUNUT_OK;
}

/* Copies the capture and asks whether it is stored already. */
static int take(adding *self, job *j, const runut_capture *capture)
{
    runut_prepared *p = &j->prepared;
    if (RUNUT_ARENA_TRY(j->arena) != 0)
        return reject(self, j, capture, "out of memory");
    runut_capture_copy(j->arena, capture, &j->capture);
    name_file(self->input, j->arena, &j->capture.file);
    p->file = j->capture.file;
    p->record = capture->record;
    p->hash = runut_capture_hash(j->arena, capture);
    p->id = runut_capture_name(j->arena, capture, p->hash);
    int code = self->seen ? runut_store_known(self->seen, p->hash, &p->row.number, &self->read_error) : RUNUT_OK;
    p->what = p->row.number ? RUNUT_ADDED_KNOWN : RUNUT_ADDED_STORED;
    return code;
}

static int on_capture(void *context, const runut_capture *capture)
{
    adding *self = context;
    ptrdiff_t number = stopped(self) ? RUNUT_POOL_STOPPED : runut_pool_next(self->pool);
    if (number < 0)
        return RUNUT_ERR_STOPPED;
    job *j = next_job(self, number);
    int code = take(self, j, capture);
    if (code == RUNUT_OK)
        runut_pool_submit(self->pool, capture->bytes.size, j->prepared.what != RUNUT_ADDED_STORED);
    return self->read_code = code;
}

static void on_reject(void *context, const runut_error *error)
{
    adding *self = context;
    ptrdiff_t number = runut_pool_next(self->pool);
    if (number < 0)
        return;
    job *j = next_job(self, number);
    j->prepared.what = RUNUT_ADDED_REJECTED;
    j->prepared.error = *error;
    j->prepared.record = error->record;
    name_error(self->input, &j->prepared.error);
    runut_pool_submit(self->pool, 0, true);
}

static void on_skipped(void *context, runut_slice file, const runut_skipped *skipped)
{
    adding *self = context;
    ptrdiff_t number = runut_pool_next(self->pool);
    if (number < 0)
        return;
    job *j = next_job(self, number);
    j->prepared.what = RUNUT_ADDED_KNOWN; /* nothing to be done */
    if (RUNUT_ARENA_TRY(j->arena) == 0) {
        j->prepared.file = runut_arena_copy(j->arena, file);
        name_file(self->input, j->arena, &j->prepared.file);
    }
    j->prepared.is_skipped = true;
    j->prepared.skipped = *skipped;
    runut_pool_submit(self->pool, 0, true);
}

static void produce(void *context, runut_pool *pool)
{
    static const runut_read_options options = {.on_skipped = on_skipped};
    adding *self = context;
    self->pool = pool;
    for (int i = 0; i < self->count && self->read_code == RUNUT_OK; i++) {
        runut_error reading; /* a path that cannot be read was told to on_reject */
        self->input = &self->inputs[i];
        int code = self->source ? self->source(self->source_context, on_capture, self)
                                : runut_read(self->input->path, &options, on_capture, on_reject, self, &reading);
        if (self->read_code != RUNUT_OK || (code != RUNUT_ERR_MEMORY && code != RUNUT_ERR_STOPPED))
            continue;
        self->read_code = code;
        self->read_error = reading;
    }
}

/* ---- a worker's thread ---- */

static void prepare_names(runut_arena *arena, runut_prepared *p, const runut_annotation *a)
{
    size_t count = a->names.size < RUNUT_MOST_NAMES ? a->names.size : RUNUT_MOST_NAMES;
    p->names = runut_arena_alloc(arena, (count + 1) * sizeof *p->names);
    for (int kind = RUNUT_PERSON; kind <= RUNUT_PLACE; kind++) /* in the order of the record */
        for (size_t i = 0; i < a->names.size && p->name_count < count; i++)
            if ((int)a->names.at[i].kind == kind)
                p->names[p->name_count++] = (runut_row_name){kind, runut_arena_copy(arena, a->names.at[i].key),
                                                             runut_arena_copy(arena, a->names.at[i].canonical)};
}

static void put_part(runut_buffer *out, runut_slice text)
{
    if (text.size == 0)
        return;
    if (runut_buffer_slice(out).size)
        runut_buffer_byte(out, RUNUT_SAID_BETWEEN);
    runut_buffer_add(out, text);
}

static void put_once(runut_buffer *out, runut_map *there, runut_slice text)
{
    bool is_new;
    runut_map_put(there, text, &is_new);
    if (is_new)
        put_part(out, text);
}

/* All that the article calls the names in `speaking`. */
static void put_forms(runut_arena *arena, runut_buffer *out, runut_map *speaking, const runut_annotation *a)
{
    runut_map *there = runut_map_new(arena);
    bool *speaks = runut_arena_alloc(arena, a->names.size + 1);
    for (size_t i = 0; i < a->names.size; i++) {
        speaks[i] = runut_map_get(speaking, a->names.at[i].canonical) != NULL;
        if (speaks[i])
            put_once(out, there, a->names.at[i].key);
    }
    for (size_t i = 0; i < a->mentions.size; i++) {
        const runut_mention *m = &a->mentions.at[i];
        runut_slice form = runut_slice_part(a->body, m->span.start, m->span.end);
        if (speaks[m->name] && runut_slice_find(a->names.at[m->name].canonical, form, 0) == SIZE_MAX)
            put_once(out, there, form);
    }
}

/* What is quoted, and whom it is given to. */
static void prepare_said(runut_arena *arena, runut_prepared *p, const runut_annotation *a)
{
    runut_buffer quotes = runut_buffer_new(arena, MOST_RECORD), speakers = runut_buffer_new(arena, MOST_RECORD);
    runut_map *speaking = NULL;
    for (size_t i = 0; i < a->statements.size; i++) {
        const runut_statement *s = &a->statements.at[i];
        if (s->indirect)
            continue;
        put_part(&quotes, runut_slice_part(a->body, s->span.start, s->span.end));
        if (s->speaker.size && !speaking)
            speaking = runut_map_new(arena);
        if (s->speaker.size)
            put_once(&speakers, speaking, s->speaker);
    }
    if (speaking)
        put_forms(arena, &speakers, speaking, a);
    p->row.quotes = runut_buffer_slice(&quotes);
    p->row.speakers = runut_buffer_slice(&speakers);
}

/* The row of a cleaned and annotated article, copied into the job's arena. */
static int prepare_row(job *j, const runut_article *article, const runut_annotation *a, runut_slice digest)
{
    runut_arena *arena = j->arena;
    runut_prepared *p = &j->prepared;
    runut_slice record = runut_record_of(arena, article, a);
    if (record.size > MOST_RECORD || digest.size > MOST_RECORD)
        return runut_error_set(&p->error, RUNUT_ERR_INPUT, "says more than one article may (%zu MiB)",
                               record.size >> 20);
    p->row = (runut_row){.hash = p->hash,
                         .id = p->id,
                         .named = article->id.size != 0,
                         .file = p->file,
                         .url = runut_arena_copy(arena, article->url),
                         .language = runut_arena_copy(arena, a->language),
                         .headline = runut_arena_copy(arena, article->headline),
                         .publisher = runut_arena_copy(arena, article->publisher),
                         .day = a->dates.inferred,
                         .body = runut_arena_copy(arena, article->body),
                         .record = record,
                         .digest = runut_arena_copy(arena, digest)};
    p->lines = runut_lines_pack(arena, article);
    prepare_names(arena, p, a);
    prepare_said(arena, p, a);
    return RUNUT_OK;
}

/* Clean, annotate, digest; the worker's arena is free again afterwards. */
static int process(const runut_worker *w, void *context)
{
    job *j = context;
    runut_error *error = &j->prepared.error;
    *error = (runut_error){0};
    runut_arena_reset(w->arena);
    if (RUNUT_ARENA_TRY(w->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "needs more memory than one article may have");
    if (RUNUT_ARENA_TRY(j->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "needs more memory than one article may have");
    runut_article article;
    int code = runut_clean(w->arena, &j->capture, &article, error);
    if (code != RUNUT_OK)
        return code;
    if (article.body.size == 0)
        return runut_error_set(error, RUNUT_ERR_INPUT, "no article text found");
    runut_annotation *a = runut_annotate(w->annotator, w->arena, &article);
    runut_slice digest = runut_digest_encode(w->arena, runut_digest_make(w->digester, w->arena, a));
    return prepare_row(j, &article, a, digest);
}

static void work(void *context, size_t number, size_t slot)
{
    adding *self = context;
    runut_worker *w = &self->batch.runut->workers[number];
    job *j = &self->jobs[slot];
    int code = runut_worker_annotates(w, self->batch.runut->annotator, &j->prepared.error);
    j->out_of_memory = code != RUNUT_OK;
    if (code == RUNUT_OK)
        code = runut_worker_run(w, &self->large, process, j);
    if (code == RUNUT_OK)
        return;
    j->prepared.what = RUNUT_ADDED_REJECTED;
    j->prepared.error.code = code;
    runut_error_place(&j->prepared.error, j->capture.file, j->capture.record, j->capture.byte);
}

/* ---- the caller's thread ---- */

static void keep_row(runut_arena *arena, runut_prepared *p)
{
    runut_row *row = &p->row;
    runut_slice *const parts[] = {&row->url,    &row->language, &row->headline, &row->publisher, &row->body,
                                  &row->record, &row->digest,   &row->quotes,   &row->speakers};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i] = runut_arena_copy(arena, *parts[i]);
    row->hash = p->hash;
    row->id = p->id;
    row->file = p->file;
    p->lines = runut_arena_copy(arena, p->lines);
    const runut_row_name *names = p->names;
    p->names = runut_arena_alloc(arena, (p->name_count + 1) * sizeof *names);
    for (size_t i = 0; i < p->name_count; i++)
        p->names[i] = (runut_row_name){names[i].kind, runut_arena_copy(arena, names[i].key),
                                       runut_arena_copy(arena, names[i].text)};
}

/* Copies what came of a job into the batch, without the row where the capture is stored already. */
static int put_into_batch(runut_batch *batch, const job *j)
{
    uint32_t known = 0;
    if (RUNUT_ARENA_TRY(batch->arena) != 0)
        return runut_error_set(batch->error, RUNUT_ERR_MEMORY, "out of memory");
    runut_prepared *p = RUNUT_APPEND(batch->arena, batch->rows);
    *p = j->prepared;
    p->file = p->error.code ? runut_utf8_repair(batch->arena, runut_slice_of(p->error.file)) : p->file;
    p->file = runut_arena_copy(batch->arena, p->file);
    p->hash = runut_arena_copy(batch->arena, p->hash);
    p->id = runut_arena_copy(batch->arena, p->id);
    if (p->what != RUNUT_ADDED_STORED)
        return RUNUT_OK;
    int code = runut_store_known(batch->runut->store, p->hash, &known, batch->error);
    if (code != RUNUT_OK)
        return code;
    if (known) {
        p->what = RUNUT_ADDED_KNOWN;
        p->row = (runut_row){.number = known};
        return RUNUT_OK;
    }
    keep_row(batch->arena, p);
    batch->bytes += p->row.body.size + p->row.digest.size + p->row.record.size;
    return RUNUT_OK;
}

static int deliver(void *context, size_t slot)
{
    adding *self = context;
    runut_batch *batch = &self->batch;
    const job *j = &self->jobs[slot];
    if (j->out_of_memory) {
        *batch->error = j->prepared.error;
        return self->code = RUNUT_ERR_MEMORY;
    }
    self->code = put_into_batch(batch, j);
    self->taken++;
    if (self->code == RUNUT_OK && batch->options && batch->options->on_progress)
        batch->options->on_progress(batch->options->context, self->taken);
    if (self->code == RUNUT_OK && runut_batch_is_full(batch))
        self->code = runut_batch_flush(batch);
    if (self->code == RUNUT_OK && stopped(self))
        self->code = RUNUT_ERR_STOPPED;
    return self->code;
}

/* ---- the whole ---- */

/* Several threads have a connection for the reader. */
static int make_room(adding *self)
{
    runut *r = self->batch.runut;
    bool alone = self->worker_count == 1;
    self->jobs = calloc(self->job_count, sizeof *self->jobs);
    bool good = self->jobs && runut_worker_keep(r, self->worker_count) &&
                (self->batch.arena = runut_arena_new(RUNUT_BATCH_ARENA));
    for (size_t i = 0; good && i < self->job_count; i++)
        good = (self->jobs[i].arena = runut_arena_new(RUNUT_ARTICLE_ARENA)) != NULL;
    self->seen = alone ? r->store : NULL;
    if (!good)
        return runut_error_set(self->batch.error, RUNUT_ERR_MEMORY, "out of memory");
    return alone ? RUNUT_OK : runut_store_open_again(r->store, &self->seen, self->batch.error);
}

static void free_room(adding *self)
{
    for (size_t i = 0; self->jobs && i < self->job_count; i++)
        runut_arena_free(self->jobs[i].arena);
    if (self->worker_count > 1)
        runut_store_close(self->seen);
    free(self->jobs);
    runut_arena_free(self->batch.arena);
}

static int run(adding *self)
{
    const runut_pool_plan plan = {.workers = self->worker_count,
                                  .slots = self->job_count,
                                  .most_weight = MOST_WEIGHT,
                                  .context = self,
                                  .produce = produce,
                                  .work = work,
                                  .deliver = deliver};
    runut_error pool;
    int code = runut_pool_run(&plan, &pool);
    if (code == RUNUT_ERR_MEMORY) {
        *self->batch.error = pool;
        return code;
    }
    if (self->code == RUNUT_OK && self->read_code != RUNUT_OK) {
        self->code = self->read_code;
        *self->batch.error = self->read_error;
    }
    if (self->code != RUNUT_OK && self->code != RUNUT_ERR_STOPPED)
        return self->code;
    code = runut_batch_flush(&self->batch);
    if (code == RUNUT_OK && self->code == RUNUT_ERR_STOPPED)
        return runut_error_set(self->batch.error, RUNUT_ERR_STOPPED, "stopped");
    return code;
}

/* The whole of it; what is read is set in `a`. */
static int add(adding a, runut *self, const runut_add_options *options, runut_add_report *report, runut_error *error)
{
    runut_add_report sum = {0};
    runut_error own;
    a.batch = (runut_batch){
        .runut = self, .options = options, .report = report ? report : &sum, .error = error ? error : &own};
    *a.batch.report = sum;
    runut_pool_size(options ? options->jobs : 0, MOST_WORKERS, JOBS_PER_WORKER, &a.worker_count, &a.job_count);
    a.batch.threads = a.worker_count;
    pthread_mutex_init(&a.large, NULL);
    int code = runut_annotator_ready(self, a.batch.error);
    if (code == RUNUT_OK)
        code = make_room(&a);
    if (code == RUNUT_OK)
        code = run(&a);
    free_room(&a);
    pthread_mutex_destroy(&a.large);
    return code;
}

int runut_add_inputs(runut *self, const runut_add_input *inputs, int count, const runut_add_options *options,
                     runut_add_report *report, runut_error *error)
{
    return add((adding){.inputs = inputs, .count = count}, self, options, report, error);
}

int runut_add_from(runut *self, runut_add_source source, void *context, const runut_add_options *options,
                   runut_add_report *report, runut_error *error)
{
    static const runut_add_input none = {"", NULL};
    const adding a = {.inputs = &none, .count = 1, .source = source, .source_context = context};
    return add(a, self, options, report, error);
}

int runut_add(runut *self, const char *const *paths, int count, const runut_add_options *options,
              runut_add_report *report, runut_error *error)
{
    runut_add_input *inputs = calloc((size_t)count + 1, sizeof *inputs);
    if (!inputs)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    for (int i = 0; i < count; i++)
        inputs[i].path = paths[i];
    int code = runut_add_inputs(self, inputs, count, options, report, error);
    free(inputs);
    return code;
}
