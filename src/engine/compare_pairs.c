/* Pairs in, comparisons out: lines are read by one thread, parsed, annotated and compared by several, and delivered in
 * order (pool.h). Each line stands alone; a store is opened only when a line names an article of it, and then asked by
 * one thread at a time. */
#include <stdlib.h>

#include "engine/compare.h"
#include "engine/filter.h"
#include "engine/pool.h"
#include "read/input.h"
#include "read/json_line.h"
#include "read/record.h"
#include "runut/compare.h"

enum { SLOTS_PER_JOB = 4, MOST_JOBS = 1024, MOST_WEIGHT = 64 << 20, MOST_LINE = 64 << 20, MOST_DEPTH = 64 };

typedef struct pair_job {
    runut_filter_job base; /* its capture is the line */
    struct json_object *input, *id;
    struct json_object *output; /* held here until printed, so that nothing is lost where an arena is full */
    runut_side a, b;
} pair_job;

typedef struct comparing {
    const char *const *paths;
    int count;
    runut_pairs_options options;
    runut_on_filtered on_filtered;
    void *context;
    runut_filter_report *report;
    runut_pool *pool;
    pair_job *slots;
    size_t slot_count;
    runut_worker *workers;
    runut_comparer **comparers;
    size_t worker_count;
    pthread_mutex_t large, asking; /* asking: held while the store is asked */
    runut *store;
    int read_code;
    runut_error read_error;
} comparing;

/* ---- the reader's thread ---- */

/* False after a stop. */
static bool submit_error(comparing *self, const char *path, uint64_t record, uint64_t byte, const runut_error *error)
{
    ptrdiff_t number = runut_pool_next(self->pool);
    if (number < 0)
        return false;
    runut_filter_job *job = &self->slots[number].base;
    job->error = *error;
    runut_error_place(&job->error, runut_slice_of(path), record, byte);
    runut_pool_submit(self->pool, 0, true);
    return true;
}

static bool submit_line(comparing *self, const char *path, runut_slice line, uint64_t record, uint64_t byte)
{
    ptrdiff_t number = runut_pool_next(self->pool);
    if (number < 0)
        return false;
    runut_filter_job *job = &self->slots[number].base;
    runut_arena_reset(job->arena);
    *job = (runut_filter_job){.arena = job->arena, .text = {"", 0}};
    job->capture = (runut_capture){.file = runut_slice_of(path), .record = record, .byte = byte};
    if (RUNUT_ARENA_TRY(job->arena) == 0)
        job->capture.bytes = runut_arena_copy(job->arena, line);
    else
        runut_error_place(&job->error, job->capture.file, record,
                          (runut_error_set(&job->error, RUNUT_ERR_INPUT, "out of memory"), byte));
    runut_pool_submit(self->pool, 2 * line.size, job->error.code != 0);
    return true;
}

static bool is_blank(runut_slice line)
{
    return runut_slice_trim(line).size == 0;
}

static void read_lines(comparing *self, runut_input *input, const char *path)
{
    bool end = false;
    for (uint64_t record = 1;; record++) {
        runut_slice line;
        uint64_t byte = 0;
        runut_error error;
        int code = runut_input_line(input, MOST_LINE, &line, &byte, &end, &error);
        if (code == RUNUT_OK && end)
            return;
        if (code == RUNUT_OK && record == 1 && runut_slice_starts(line, RUNUT_LITERAL("\xEF\xBB\xBF")))
            line = runut_slice_part(line, 3, line.size);
        if (code == RUNUT_OK && is_blank(line))
            continue;
        bool going = code == RUNUT_OK ? submit_line(self, path, line, record, byte)
                                      : submit_error(self, path, record, end ? error.byte : byte, &error);
        if (!going) {
            self->read_code = RUNUT_ERR_STOPPED;
            return;
        }
        if (end)
            return;
    }
}

static void produce(void *context, runut_pool *pool)
{
    comparing *self = context;
    self->pool = pool;
    for (int i = 0; i < self->count && self->read_code == RUNUT_OK; i++) {
        runut_error error;
        runut_input *input = runut_input_open(self->paths[i], &error);
        if (!input) {
            if (!submit_error(self, self->paths[i], error.record, error.byte, &error))
                self->read_code = RUNUT_ERR_STOPPED;
            continue;
        }
        read_lines(self, input, self->paths[i]);
        runut_input_close(input);
    }
}

/* ---- a worker's thread ---- */

static int parse(pair_job *job)
{
    runut_slice line = job->base.capture.bytes;
    runut_error *error = &job->base.error;
    struct json_tokener *tokener = json_tokener_new_ex(MOST_DEPTH);
    if (!tokener)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    job->input = runut_json_build(tokener, line, error);
    json_tokener_free(tokener);
    if (!job->input)
        return RUNUT_ERR_INPUT;
    if (json_object_get_type(job->input) != json_type_object)
        return runut_error_set(error, RUNUT_ERR_INPUT, "not a JSON object");
    return RUNUT_OK;
}

/* The value at the first of these keys that is a string with something in it, untrimmed. */
static runut_slice body_of(struct json_object *article)
{
    static const char *const keys[] = {"articleBody", "text", "maintext"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct json_object *value = json_object_object_get(article, keys[i]);
        if (json_object_get_type(value) != json_type_string)
            continue;
        runut_slice text = {json_object_get_string(value), (size_t)json_object_get_string_len(value)};
        if (!is_blank(text))
            return text;
    }
    return (runut_slice){"", 0};
}

static int ask_store(comparing *self, pair_job *job, struct json_object *name, runut_side *side)
{
    runut_error *error = &job->base.error;
    int code = RUNUT_OK;
    if (!self->options.store)
        return runut_error_set(error, RUNUT_ERR_INPUT, "names an article, but there is no store");
    pthread_mutex_lock(&self->asking);
    if (!self->store)
        code = runut_open(self->options.store, RUNUT_READ_ONLY, &self->store, error);
    if (code == RUNUT_OK)
        code = runut_stored_find(self->store->store, job->base.arena, runut_slice_of(json_object_get_string(name)),
                                 &side->stored, error);
    pthread_mutex_unlock(&self->asking);
    return code == RUNUT_OK ? code : (error->code = RUNUT_ERR_INPUT);
}

/* Runs under a RUNUT_ARENA_TRY of the job's arena. */
static int read_record(pair_job *job, struct json_object *article, runut_side *side)
{
    side->capture = (runut_capture){.file = job->base.capture.file, .record = job->base.capture.record};
    int code = runut_record_capture(job->base.arena, article, &side->capture, &job->base.error);
    if (code == RUNUT_OK && side->capture.kind == RUNUT_CAPTURE_ARTICLE)
        side->given = body_of(article);
    return code;
}

static int take_side(comparing *self, pair_job *job, const char *key, runut_side *side)
{
    struct json_object *value = json_object_object_get(job->input, key);
    enum json_type type = json_object_get_type(value);
    *side = (runut_side){0};
    if (type == json_type_string || type == json_type_int)
        return ask_store(self, job, value, side);
    if (type != json_type_object)
        return runut_error_set(&job->base.error, RUNUT_ERR_INPUT, "neither an article nor the name of one");
    if (RUNUT_ARENA_TRY(job->base.arena) != 0)
        return runut_error_set(&job->base.error, RUNUT_ERR_INPUT, "out of memory");
    return read_record(job, value, side);
}

typedef struct task {
    comparing *self;
    pair_job *job;
    runut_comparer *comparer;
} task;

static int process(const runut_worker *w, void *context)
{
    const task *t = context;
    pair_job *job = t->job;
    runut_arena_reset(w->arena);
    job->base.error = (runut_error){0};
    if (RUNUT_ARENA_TRY(w->arena) != 0)
        return runut_error_set(&job->base.error, RUNUT_ERR_MEMORY, "needs more memory than one pair may have");
    int code = runut_side_prepare(w, &job->a, &job->base.error);
    if (code == RUNUT_OK)
        code = runut_side_prepare(w, &job->b, &job->base.error);
    if (code != RUNUT_OK)
        return code;
    runut_comparison *comparison =
        runut_compare_digests(t->comparer, w->arena, job->a.digest, job->b.digest, &job->a.words, &job->b.words);
    job->output = runut_comparison_json(w->arena, comparison, &job->a, &job->b, false);
    return job->output ? RUNUT_OK : runut_error_set(&job->base.error, RUNUT_ERR_MEMORY, "out of memory");
}

/* Puts `id` before all else. */
static struct json_object *line_of(const pair_job *job)
{
    struct json_object *id = NULL, *line = json_object_new_object();
    if (json_object_object_get_ex(job->input, "id", &id))
        json_object_object_add(line, "id", json_object_get(id));
    json_object_object_foreach(job->output, key, value) json_object_object_add(line, key, json_object_get(value));
    return line;
}

static int print(pair_job *job)
{
    size_t size = 0;
    struct json_object *line = line_of(job);
    json_object_put(job->output);
    job->output = line;
    const char *text =
        json_object_to_json_string_length(line, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &size);
    if (!text || RUNUT_ARENA_TRY(job->base.arena) != 0)
        return runut_error_set(&job->base.error, RUNUT_ERR_INPUT, "out of memory");
    char *at = runut_arena_alloc(job->base.arena, size + 2);
    memcpy(at, text, size);
    at[size] = '\n';
    job->base.text = (runut_slice){at, size + 1};
    return RUNUT_OK;
}

static void release(pair_job *job)
{
    json_object_put(job->input);
    json_object_put(job->output);
    job->input = job->output = NULL;
}

/* "a: …" */
static int say_side(pair_job *job, const char *key, int code)
{
    runut_error *error = &job->base.error, said = *error;
    if (code == RUNUT_OK)
        return code;
    runut_error_set(error, said.code, "%s: %.500s", key, said.message);
    return code;
}

static int compare(comparing *self, size_t worker, pair_job *job)
{
    task t = {self, job, self->comparers[worker]};
    int code = parse(job);
    if (code == RUNUT_OK)
        code = say_side(job, "a", take_side(self, job, "a", &job->a));
    if (code == RUNUT_OK)
        code = say_side(job, "b", take_side(self, job, "b", &job->b));
    if (code == RUNUT_OK)
        code = runut_worker_run(&self->workers[worker], &self->large, process, &t);
    return code == RUNUT_OK ? print(job) : code;
}

static void work(void *context, size_t worker, size_t slot)
{
    comparing *self = context;
    pair_job *job = &self->slots[slot];
    int code = compare(self, worker, job);
    if (code != RUNUT_OK) {
        const runut_capture *line = &job->base.capture;
        job->base.error.code = code;
        runut_error_place(&job->base.error, line->file, line->record, line->byte + job->base.error.byte);
    }
    release(job);
}

/* ---- the caller's thread ---- */

static int deliver(void *context, size_t slot)
{
    comparing *self = context;
    const runut_filter_job *job = &self->slots[slot].base;
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

static int make_workers(comparing *self, runut_error *error)
{
    int code = RUNUT_OK;
    for (size_t i = 0; i < self->worker_count && code == RUNUT_OK; i++) {
        runut_worker *w = &self->workers[i];
        self->comparers[i] = runut_comparer_new();
        if (!runut_worker_new(w) || !self->comparers[i])
            return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
        if (i == 0)
            code = runut_annotator_open(&w->annotator, self->options.agencies, error);
        if (code == RUNUT_OK)
            code = runut_worker_annotates(w, self->workers[0].annotator, error);
    }
    return code;
}

static int make_room(comparing *self, runut_error *error)
{
    self->slots = calloc(self->slot_count, sizeof *self->slots);
    self->workers = calloc(self->worker_count, sizeof *self->workers);
    self->comparers = calloc(self->worker_count, sizeof *self->comparers);
    bool good = self->slots && self->workers && self->comparers;
    for (size_t i = 0; good && i < self->slot_count; i++)
        good = (self->slots[i].base.arena = runut_arena_new(RUNUT_ARTICLE_ARENA)) != NULL;
    return good ? make_workers(self, error) : runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
}

static void free_room(comparing *self)
{
    for (size_t i = 0; self->slots && i < self->slot_count; i++)
        runut_arena_free(self->slots[i].base.arena);
    for (size_t i = self->workers ? self->worker_count : 0; i-- > 0;) /* the first last: it has the tables */
        runut_worker_free(&self->workers[i]);
    for (size_t i = 0; self->comparers && i < self->worker_count; i++)
        runut_comparer_free(self->comparers[i]);
    free(self->slots);
    free(self->workers);
    free(self->comparers);
    runut_close(self->store);
}

static int run(comparing *self, runut_error *error)
{
    const runut_pool_plan plan = {.workers = self->worker_count,
                                  .slots = self->slot_count,
                                  .most_weight = MOST_WEIGHT,
                                  .context = self,
                                  .produce = produce,
                                  .work = work,
                                  .deliver = deliver};
    int code = make_room(self, error);
    return code == RUNUT_OK ? runut_pool_run(&plan, error) : code;
}

int runut_compare_pairs(const char *const *paths, int count, const runut_pairs_options *options,
                        runut_on_filtered on_filtered, void *context, runut_filter_report *report, runut_error *error)
{
    runut_filter_report own;
    runut_error ignored;
    comparing self = {.paths = paths, .count = count, .on_filtered = on_filtered, .context = context};
    self.options = options ? *options : (runut_pairs_options){0};
    self.report = report ? report : &own;
    *self.report = (runut_filter_report){0};
    runut_pool_size(self.options.jobs, MOST_JOBS, SLOTS_PER_JOB, &self.worker_count, &self.slot_count);
    pthread_mutex_init(&self.large, NULL);
    pthread_mutex_init(&self.asking, NULL);
    int code = run(&self, error ? error : &ignored);
    free_room(&self);
    pthread_mutex_destroy(&self.large);
    pthread_mutex_destroy(&self.asking);
    return code;
}
