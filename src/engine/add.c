/* Adding: captures are read, cleaned, annotated and digested one at a time into a batch; a batch is written and related
 * in one transaction, and only then reported. The batch is cut by count and size, never by time, so that the same input
 * gives the same store.
 *
 *     capture → article → annotation → prepared row ─┐  (arena of the article, reset each time)
 *                                                    ├─ batch (its own arena) → BEGIN, insert, relate, COMMIT → report
 *     rejected, or known from before ────────────────┘ */
#include <string.h>

#include "base/buffer.h"
#include "clean/clean.h"
#include "engine/internal.h"
#include "read/read.h"

enum {
    BATCH_ARTICLES = 512,
    BATCH_BYTES = 32 << 20,
    BATCH_ARENA = 512 << 20,
    MOST_NAMES = 512,
    MOST_RECORD = 128 << 20,
    JSON_PLAIN = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE
};

/* What happened to one capture, with the row to write where it is new. */
typedef struct prepared {
    runut_added what;
    runut_slice file, hash, id;
    uint64_t record;
    runut_error error;
    runut_row row;
    runut_row_name *names;
    size_t name_count;
} prepared;

typedef struct adding {
    runut *runut;
    const runut_add_options *options;
    runut_add_report *report;
    runut_error *error;
    int code; /* of what ended the reading */
    runut_arena *arena;
    struct json_object *record; /* in hand; here, so that it is released when the batch's arena is full too */
    RUNUT_VECTOR(prepared) batch;
    size_t bytes;
    uint64_t read;
} adding;

static void prepare_names(runut_arena *arena, prepared *p, const runut_annotation *a)
{
    size_t count = a->names.size < MOST_NAMES ? a->names.size : MOST_NAMES;
    p->names = runut_arena_alloc(arena, (count + 1) * sizeof *p->names);
    for (size_t i = 0; i < count; i++)
        p->names[p->name_count++] =
            (runut_row_name){(int)a->names.at[i].kind, runut_arena_copy(arena, a->names.at[i].key),
                             runut_arena_copy(arena, a->names.at[i].canonical)};
}

/* The row of a cleaned and annotated article, copied into the batch's arena. */
static int prepare_row(adding *self, prepared *p, const runut_article *article, const runut_annotation *a,
                       runut_slice digest)
{
    runut_arena *arena = self->arena;
    size_t size = 0;
    json_object_put(self->record);
    self->record = runut_record_of(article, a);
    const char *text = json_object_to_json_string_length(self->record, JSON_PLAIN, &size);
    if (!text || size > MOST_RECORD || digest.size > MOST_RECORD)
        return runut_error_set(&p->error, RUNUT_ERR_INPUT, "says more than one article may (%zu MiB)", size >> 20);
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
                         .record = runut_arena_copy(arena, (runut_slice){text, size}),
                         .digest = runut_arena_copy(arena, digest)};
    json_object_put(self->record);
    self->record = NULL;
    prepare_names(arena, p, a);
    return RUNUT_OK;
}

/* Clean, annotate, digest; the article's arena is free again afterwards. */
static int process(adding *self, prepared *p, const runut_capture *capture)
{
    runut_arena *arena = self->runut->arena;
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        return runut_error_set(&p->error, RUNUT_ERR_INPUT, "needs more memory than one article may have");
    runut_article article;
    int code = runut_clean(arena, capture, &article, &p->error);
    if (code != RUNUT_OK)
        return code;
    if (article.body.size == 0)
        return runut_error_set(&p->error, RUNUT_ERR_INPUT, "no article text found");
    runut_annotation *a = runut_annotate(self->runut->annotator, arena, &article);
    runut_slice digest = runut_digest_encode(arena, runut_digest_make(arena, a));
    return prepare_row(self, p, &article, a, digest);
}

/* ---- writing a batch ---- */

static int load_digest(void *context, const runut_row *row)
{
    adding *self = context;
    self->code = runut_relater_load(self->runut->relater, row->number, row->digest, row->event, row->story,
                                    row->reuse_of, self->error);
    self->runut->last_related = row->number;
    return self->code;
}

/* Makes the relater agree with the store: loads all where this is the first batch or somebody else wrote. */
static int sync_relater(adding *self)
{
    runut *r = self->runut;
    int64_t generation = 0;
    int code = runut_store_generation(r->store, &generation, self->error);
    if (code != RUNUT_OK || (r->relater && generation == r->generation))
        return code;
    runut_relater_free(r->relater);
    r->relater = NULL;
    r->last_related = 0;
    code = runut_relater_new(&r->relater, self->error);
    if (code == RUNUT_OK)
        code = runut_store_digests(r->store, 0, load_digest, self, self->error);
    return code;
}

static int insert(adding *self, prepared *p)
{
    bool known = false;
    int code = runut_store_known(self->runut->store, p->hash, &known, self->error);
    if (code != RUNUT_OK)
        return code;
    if (known) { /* twice in this batch, or another writer was quicker */
        p->what = RUNUT_ADDED_KNOWN;
        return RUNUT_OK;
    }
    code = runut_store_insert(self->runut->store, &p->row, p->names, p->name_count, self->error);
    if (code == RUNUT_OK)
        code = runut_relater_add(self->runut->relater, p->row.number, p->row.digest, self->error);
    if (code == RUNUT_OK)
        self->runut->last_related = p->row.number;
    return code;
}

static int write_relation(adding *self, const runut_relation *relation)
{
    struct json_object *record = runut_record_of_relation(relation);
    runut_slice text = runut_slice_of(json_object_to_json_string_ext(record, JSON_PLAIN));
    int code = runut_store_relate(self->runut->store, relation->article, relation->event,
                                  relation->has_reuse ? relation->reuse.of : 0, text, self->error);
    json_object_put(record);
    return code;
}

static int write_event(adding *self, const runut_event *event)
{
    struct json_object *names = runut_json_texts(&event->origins);
    runut_slice text = runut_slice_of(json_object_to_json_string_ext(names, JSON_PLAIN));
    int code = runut_store_event_put(self->runut->store, event, text, self->error);
    json_object_put(names);
    return code;
}

static int write_relations(adding *self)
{
    runut_changes changes = {0};
    runut_arena *arena = self->runut->arena;
    runut_arena_reset(arena);
    int code = runut_relater_settle(self->runut->relater, arena, &changes, self->error);
    for (size_t i = 0; i < changes.relations.size && code == RUNUT_OK; i++)
        code = write_relation(self, &changes.relations.at[i]);
    for (size_t i = 0; i < changes.events.size && code == RUNUT_OK; i++)
        code = write_event(self, &changes.events.at[i]);
    if (code == RUNUT_OK)
        code = runut_store_next_generation(self->runut->store, &self->runut->generation, self->error);
    return code;
}

static int write_batch(adding *self)
{
    int code = sync_relater(self);
    for (size_t i = 0; i < self->batch.size && code == RUNUT_OK; i++)
        if (self->batch.at[i].what == RUNUT_ADDED_STORED)
            code = insert(self, &self->batch.at[i]);
    return code == RUNUT_OK ? write_relations(self) : code;
}

static bool has_new(const adding *self)
{
    for (size_t i = 0; i < self->batch.size; i++)
        if (self->batch.at[i].what == RUNUT_ADDED_STORED)
            return true;
    return false;
}

static int transact(adding *self)
{
    runut *r = self->runut;
    int code = runut_store_begin(r->store, self->error);
    if (code != RUNUT_OK)
        return code;
    if (RUNUT_ARENA_TRY(r->arena) == 0)
        code = write_batch(self);
    else
        code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory while relating");
    if (code == RUNUT_OK)
        code = runut_store_commit(r->store, self->error);
    if (code == RUNUT_OK)
        return RUNUT_OK;
    runut_store_rollback(r->store);
    runut_relater_free(r->relater); /* it has articles that the store has not */
    r->relater = NULL;
    return code;
}

static const char *text(runut_arena *arena, runut_slice slice)
{
    return runut_arena_copy(arena, slice).at;
}

static void report(adding *self, const prepared *p)
{
    self->report->stored += p->what == RUNUT_ADDED_STORED;
    self->report->known += p->what == RUNUT_ADDED_KNOWN;
    self->report->rejected += p->what == RUNUT_ADDED_REJECTED;
    if (!self->options || !self->options->on_article)
        return;
    bool stored = p->what == RUNUT_ADDED_STORED;
    runut_added_article a = {
        .what = p->what,
        .file = text(self->arena, p->file),
        .record = p->record,
        .id = text(self->arena, p->id),
        .article = stored ? runut_arena_printf(self->arena, "a%u", p->row.number).at : "",
        .headline = text(self->arena, p->row.headline),
        .error = p->what == RUNUT_ADDED_REJECTED ? &p->error : NULL,
    };
    self->options->on_article(self->options->context, &a);
}

static int flush(adding *self)
{
    int code = has_new(self) ? transact(self) : RUNUT_OK;
    if (code == RUNUT_OK && RUNUT_ARENA_TRY(self->arena) != 0)
        code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < self->batch.size && code == RUNUT_OK; i++)
        report(self, &self->batch.at[i]);
    memset(&self->batch, 0, sizeof self->batch);
    self->bytes = 0;
    runut_arena_reset(self->arena);
    return code;
}

/* ---- taking captures in ---- */

static bool stopped(const adding *self)
{
    return self->options && self->options->stop && *self->options->stop;
}

static int full(adding *self)
{
    self->read++;
    if (self->options && self->options->on_progress)
        self->options->on_progress(self->options->context, self->read);
    if (self->batch.size >= BATCH_ARTICLES || self->bytes >= BATCH_BYTES)
        self->code = flush(self);
    if (self->code == RUNUT_OK && stopped(self))
        self->code = RUNUT_ERR_STOPPED;
    return self->code;
}

static prepared *next(adding *self, runut_slice file, uint64_t record)
{
    prepared *p = RUNUT_APPEND(self->arena, self->batch);
    p->file = runut_arena_copy(self->arena, file);
    p->record = record;
    return p;
}

static int take(adding *self, const runut_capture *capture)
{
    bool known = false;
    prepared *p = next(self, capture->file, capture->record);
    p->hash = runut_capture_hash(self->arena, capture);
    p->id = runut_capture_name(self->arena, capture, p->hash);
    self->code = runut_store_known(self->runut->store, p->hash, &known, self->error);
    if (self->code != RUNUT_OK)
        return self->code;
    if (known) {
        p->what = RUNUT_ADDED_KNOWN;
    } else if (process(self, p, capture) != RUNUT_OK) {
        p->what = RUNUT_ADDED_REJECTED;
        runut_error_place(&p->error, capture->file, capture->record, capture->byte);
    }
    self->bytes += p->row.body.size + p->row.digest.size + p->row.record.size;
    return RUNUT_OK;
}

static int on_capture(void *context, const runut_capture *capture)
{
    adding *self = context;
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return self->code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    return take(self, capture) == RUNUT_OK ? full(self) : self->code;
}

static void on_reject(void *context, const runut_error *error)
{
    adding *self = context;
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return;
    prepared *p = next(self, runut_slice_of(error->file), error->record);
    p->what = RUNUT_ADDED_REJECTED;
    p->error = *error;
}

int runut_add(runut *self, const char *const *paths, int count, const runut_add_options *options,
              runut_add_report *report, runut_error *error)
{
    runut_add_report sum = {0};
    runut_error own;
    adding a = {.runut = self, .options = options, .report = report ? report : &sum, .error = error ? error : &own};
    *a.report = sum;
    a.arena = runut_arena_new(BATCH_ARENA);
    if (!a.arena)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    for (int i = 0; i < count && a.code == RUNUT_OK; i++) {
        runut_error reading; /* a path that cannot be read was told to on_reject */
        int code = runut_read(paths[i], NULL, on_capture, on_reject, &a, &reading);
        if (a.code == RUNUT_OK && code == RUNUT_ERR_MEMORY) {
            a.code = code;
            *a.error = reading;
        }
    }
    if (a.code == RUNUT_OK || a.code == RUNUT_ERR_STOPPED) {
        int code = flush(&a);
        if (code != RUNUT_OK)
            a.code = code;
        else if (a.code == RUNUT_ERR_STOPPED)
            runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    }
    json_object_put(a.record);
    runut_arena_free(a.arena);
    return a.code;
}
