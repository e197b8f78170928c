/* Records in, the same records out, marked where an earlier one has their text.
 *
 *     read ─ lines as they are ─→ slot ─→ scan, sketch ─→ seen before? ─→ line with two keys more ─→ on_filtered
 *     the reader's thread         the workers' threads    the caller's thread, in order
 *
 * All that depends on what came before happens in the caller's thread, one record after another: so the number of jobs
 * changes nothing. JSON is not parsed (read/json_line.h). */
#include "engine/dedup.h"

#include <stdlib.h>

#include "base/error.h"
#include "engine/internal.h"
#include "engine/pool.h"
#include "read/read.h"
#include "runut/filter.h"

enum { SLOTS_PER_JOB = 4, MOST_JOBS = 1024, MOST_WEIGHT = 64 << 20, MOST_LINES = 256, MEMORY = 1024 };

typedef struct slot {
    runut_arena *arena; /* holds all of the below */
    runut_capture capture;
    bool is_capture;
    runut_lines lines;
    runut_dedup_record *records;
    size_t count;
    runut_error error; /* of the whole slot */
} slot;

typedef struct deduping {
    runut_dedup_options options;
    const char *const *paths;
    int count;
    runut_on_filtered on_filtered;
    void *context;
    runut_dedup_report *report;
    runut_pool *pool;
    slot *slots;
    size_t slot_count;
    runut_dedup_worker *workers;
    size_t worker_count;
    runut_sketcher *sketcher;
    pthread_mutex_t large;
    runut_seen *seen;
    char *out;
    size_t out_room;
    int code; /* why the work was ended: the caller's thread */
    runut_error failure;
    int read_code; /* the reader's until the pool has ended */
    runut_error read_error;
} deduping;

/* ---- the reader's thread ---- */

static slot *next_slot(deduping *self)
{
    ptrdiff_t number = runut_pool_next(self->pool);
    if (number < 0)
        return NULL;
    slot *s = &self->slots[number];
    runut_arena_reset(s->arena);
    *s = (slot){.arena = s->arena};
    return s;
}

/* Cuts the next line off, its end too; false when nothing is left. */
static bool next_line(runut_slice *rest, runut_slice *line)
{
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->at, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->at) : rest->size;
    *line = runut_slice_part(*rest, 0, size);
    *rest = runut_slice_part(*rest, size + (end != NULL), rest->size);
    return true;
}

/* Cuts off what a slot gets: MOST_LINES lines at most. */
static runut_slice cut_lines(runut_slice *rest, uint64_t *count)
{
    runut_slice all = *rest, line;
    for (*count = 0; *count < MOST_LINES && next_line(rest, &line); ++*count)
        continue;
    return runut_slice_part(all, 0, all.size - rest->size);
}

static int submit_lines(deduping *self, const runut_lines *lines, uint64_t count)
{
    slot *s = next_slot(self);
    if (!s)
        return RUNUT_ERR_STOPPED;
    s->lines = *lines;
    if (RUNUT_ARENA_TRY(s->arena) == 0) {
        s->lines.file = runut_arena_copy(s->arena, lines->file);
        s->lines.bytes = runut_arena_copy(s->arena, lines->bytes);
        s->records = runut_arena_alloc(s->arena, (size_t)count * sizeof *s->records);
    } else {
        runut_error_set(&s->error, RUNUT_ERR_INPUT, "out of memory");
        runut_error_place(&s->error, lines->file, lines->record, lines->byte);
    }
    runut_pool_submit(self->pool, lines->bytes.size, s->error.code != 0);
    return 0;
}

static int on_lines(void *context, const runut_lines *lines, uint64_t *count)
{
    runut_lines part = *lines;
    runut_slice rest = lines->bytes;
    uint64_t size;
    for (*count = 0; rest.size; *count += size) {
        part.bytes = cut_lines(&rest, &size);
        part.record = lines->record + *count;
        part.byte = lines->byte + (uint64_t)(part.bytes.at - lines->bytes.at);
        if (submit_lines(context, &part, size))
            return RUNUT_ERR_STOPPED;
    }
    return 0;
}

static int on_capture(void *context, const runut_capture *capture)
{
    slot *s = next_slot(context);
    if (!s)
        return RUNUT_ERR_STOPPED;
    s->is_capture = true;
    if (RUNUT_ARENA_TRY(s->arena) == 0) {
        runut_capture_copy(s->arena, capture, &s->capture);
        s->records = runut_arena_alloc(s->arena, sizeof *s->records);
    } else {
        runut_error_set(&s->error, RUNUT_ERR_INPUT, "out of memory");
        runut_error_place(&s->error, capture->file, capture->record, capture->byte);
    }
    runut_pool_submit(((deduping *)context)->pool, capture->bytes.size, s->error.code != 0);
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    slot *s = next_slot(context);
    if (!s)
        return;
    s->error = *error;
    runut_pool_submit(((deduping *)context)->pool, 0, true);
}

static void produce(void *context, runut_pool *pool)
{
    deduping *self = context;
    const runut_read_options options = {.on_lines = on_lines};
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

static void read_lines(runut_dedup_worker *worker, slot *s)
{
    runut_slice rest = s->lines.bytes, line;
    uint64_t number = s->lines.record;
    for (; next_line(&rest, &line); number++) {
        uint64_t byte = s->lines.byte + (uint64_t)(line.at - s->lines.bytes.at);
        if (line.size && line.at[line.size - 1] == '\r')
            line.size--;
        if (runut_slice_trim(line).size == 0)
            continue;
        runut_dedup_record *record = &s->records[s->count];
        record->line = line;
        record->number = number;
        record->byte = byte;
        runut_dedup_read(worker, s->arena, s->lines.file, record);
        s->count++;
    }
}

static void read_capture(runut_dedup_worker *worker, slot *s)
{
    runut_slice line = {"", 0};
    if (runut_dedup_clean(worker, s->arena, &s->capture, &line, &s->error) != RUNUT_OK) {
        runut_error_place(&s->error, s->capture.file, s->capture.record, s->capture.byte);
        return;
    }
    if (RUNUT_ARENA_TRY(s->arena) != 0)
        return;
    s->records[0] = (runut_dedup_record){
        .line = runut_slice_part(line, 0, line.size - 1), .number = s->capture.record, .byte = s->capture.byte};
    runut_dedup_read(worker, s->arena, s->capture.file, &s->records[0]);
    s->count = 1;
}

static void work(void *context, size_t worker, size_t number)
{
    deduping *self = context;
    slot *s = &self->slots[number];
    if (s->is_capture)
        read_capture(&self->workers[worker], s);
    else if (RUNUT_ARENA_TRY(s->arena) == 0)
        read_lines(&self->workers[worker], s);
    else
        runut_error_set(&s->error, RUNUT_ERR_INPUT, "needs more memory than lines may have");
}

/* ---- the caller's thread ---- */

static int end(deduping *self, int code)
{
    self->code = code;
    return code;
}

/* What is known of the record; RUNUT_OK, or why the work cannot go on. */
static int judge(deduping *self, const runut_dedup_record *record, runut_seen_answer *answer, runut_slice *of)
{
    *answer = (runut_seen_answer){0};
    *of = (runut_slice){"", 0};
    if (!record->has_words)
        return RUNUT_OK;
    runut_seen_text text = {&record->sketch, record->bands, record->name, record->hash};
    int code = runut_seen_look(self->seen, &text, answer, &self->failure);
    if (code == RUNUT_OK && answer->first)
        code = runut_seen_name(self->seen, answer->first, of, &self->failure);
    return code;
}

static int tell(deduping *self, runut_slice file, const runut_dedup_record *record, bool more)
{
    runut_seen_answer answer;
    runut_slice of;
    runut_filtered result = {
        .file = file.at, .record = record->number, .text = "", .error = record->error, .more = more};
    if (!record->error) {
        int code = judge(self, record, &answer, &of);
        if (code != RUNUT_OK)
            return end(self, code);
        bool dropped = answer.first && self->options.drop;
        if (!dropped && !runut_dedup_print(record, &answer, of, &self->out, &self->out_room, &result.size))
            return end(self, runut_error_set(&self->failure, RUNUT_ERR_MEMORY, "out of memory"));
        result.text = dropped ? "" : self->out;
        self->report->duplicates += answer.first != 0;
    }
    self->report->passed += !record->error;
    self->report->rejected += record->error != NULL;
    return self->on_filtered(self->context, &result) ? end(self, RUNUT_ERR_STOPPED) : RUNUT_OK;
}

static int deliver(void *context, size_t number)
{
    deduping *self = context;
    slot *s = &self->slots[number];
    for (size_t i = 0; i < s->count; i++)
        if (tell(self, s->is_capture ? s->capture.file : s->lines.file, &s->records[i],
                 i + 1 < s->count || s->error.code))
            return RUNUT_ERR_STOPPED;
    if (s->error.code == RUNUT_OK)
        return 0;
    runut_filtered result = {.file = s->error.file, .record = s->error.record, .text = "", .error = &s->error};
    self->report->rejected++;
    return self->on_filtered(self->context, &result) ? end(self, RUNUT_ERR_STOPPED) : 0;
}

/* ---- the whole ---- */

static bool make_room(deduping *self)
{
    self->slots = calloc(self->slot_count, sizeof *self->slots);
    self->workers = calloc(self->worker_count, sizeof *self->workers);
    self->sketcher = runut_sketcher_new();
    bool good = self->slots && self->workers && self->sketcher;
    for (size_t i = 0; good && i < self->slot_count; i++)
        good = (self->slots[i].arena = runut_arena_new(RUNUT_ARTICLE_ARENA)) != NULL;
    for (size_t i = 0; good && i < self->worker_count; i++) {
        self->workers[i] = (runut_dedup_worker){.sketcher = self->sketcher, .large = &self->large};
        good = runut_worker_new(&self->workers[i].cleaner);
    }
    return good;
}

static void free_room(deduping *self)
{
    for (size_t i = 0; self->slots && i < self->slot_count; i++)
        runut_arena_free(self->slots[i].arena);
    for (size_t i = 0; self->workers && i < self->worker_count; i++) {
        runut_worker_free(&self->workers[i].cleaner);
        free(self->workers[i].plain);
    }
    runut_sketcher_free(self->sketcher);
    free(self->slots);
    free(self->workers);
    free(self->out);
}

/* The code that counts, of the several ways to end. */
static int outcome(deduping *self, int code, runut_error *error)
{
    bool failed = self->code != RUNUT_OK && self->code != RUNUT_ERR_STOPPED;
    if (failed && error)
        *error = self->failure;
    if (failed)
        return self->code;
    if (code == RUNUT_OK && self->read_code != RUNUT_OK) {
        code = self->read_code;
        if (error)
            *error = self->read_error;
    }
    return code == RUNUT_OK ? runut_seen_finish(self->seen, error) : code;
}

static int run(deduping *self, runut_error *error)
{
    const runut_pool_plan plan = {.workers = self->worker_count,
                                  .slots = self->slot_count,
                                  .most_weight = MOST_WEIGHT,
                                  .context = self,
                                  .produce = produce,
                                  .work = work,
                                  .deliver = deliver};
    const runut_seen_options options = {.folder = self->options.state,
                                        .memory = (size_t)self->options.memory << 20,
                                        .threshold = self->options.threshold,
                                        .contained = self->options.contained};
    if (!make_room(self))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int code = runut_seen_open(&options, &self->seen, error);
    if (code == RUNUT_OK)
        code = outcome(self, runut_pool_run(&plan, error), error);
    return code;
}

static int set_options(deduping *self, const runut_dedup_options *options, runut_error *error)
{
    if (options)
        self->options = *options;
    if (self->options.threshold == 0)
        self->options.threshold = self->options.contained ? 0.7 : 0.55;
    if (self->options.memory == 0)
        self->options.memory = MEMORY;
    if (!(self->options.threshold >= 0.3 && self->options.threshold <= 1))
        return runut_error_set(error, RUNUT_ERR_USE, "the threshold is a number from 0.3 to 1");
    runut_pool_size(self->options.jobs, MOST_JOBS, SLOTS_PER_JOB, &self->worker_count, &self->slot_count);
    return RUNUT_OK;
}

int runut_dedup_all(const char *const *paths, int count, const runut_dedup_options *options,
                    runut_on_filtered on_filtered, void *context, runut_dedup_report *report, runut_error *error)
{
    runut_dedup_report own;
    deduping self = {.paths = paths,
                     .count = count,
                     .on_filtered = on_filtered,
                     .context = context,
                     .report = report ? report : &own};
    *self.report = (runut_dedup_report){0};
    int code = set_options(&self, options, error);
    if (code != RUNUT_OK)
        return code;
    pthread_mutex_init(&self.large, NULL);
    code = run(&self, error);
    runut_seen_close(self.seen);
    free_room(&self);
    pthread_mutex_destroy(&self.large);
    return code;
}
