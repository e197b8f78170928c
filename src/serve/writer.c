#include "serve/writer.h"

#include <json-c/json.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/form.h"
#include "serve/handle.h"
#include "serve/news.h"
#include "serve/server.h"

enum {
    SMALL = 256 * 1024,
    MOST_UPLOADS = 64,   /* at one time, complete or not */
    LISTED_ITEMS = 10000 /* in one answer; what comes behind them is counted only */
};

struct runut_writer {
    runut_server *server;
    runut_uploads *uploads;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wakes;
    runut_request *first, *last;
    runut_upload *dropped;
    bool running;
    volatile sig_atomic_t stop; /* the engine looks at it too */
    runut_handle handle;
    atomic_ullong counts[3];
};

/* Uploads that are added together. */
typedef struct round {
    runut_writer *writer;
    runut_request *first; /* the first that is not answered yet */
    int end;              /* number of the input behind its last */
    runut_add_report report;
    struct json_object *items;
} round;

static int open_store(runut_writer *self, runut_error *error)
{
    const runut_server_options *options = &self->server->options;
    return runut_handle_open(&self->handle, options->store, 0, options->agencies, error);
}

/* ---- answers ---- */

static void put_text(struct json_object *to, const char *key, const char *text)
{
    char sound[2048]; /* names of members of archives are any bytes */
    if (!*text)
        return;
    runut_label_make(text, sound, sizeof sound);
    json_object_object_add(to, key, json_object_new_string(sound));
}

static struct json_object *item_of(const runut_added_article *a)
{
    static const char *const words[] = {"stored", "known", "rejected"};
    struct json_object *item = json_object_new_object();
    json_object_object_add(item, "status", json_object_new_string(words[a->what]));
    put_text(item, "file", a->file);
    if (a->record)
        json_object_object_add(item, "record", json_object_new_int64((int64_t)a->record));
    put_text(item, "id", a->id);
    put_text(item, "article", a->article);
    put_text(item, "headline", a->headline);
    if (a->error) {
        json_object_object_add(item, "byte", json_object_new_int64((int64_t)a->error->byte));
        put_text(item, "error", a->error->message);
    }
    return item;
}

static struct json_object *skipped_of(const runut_skipped *skipped)
{
    struct json_object *counts = json_object_new_object();
    for (int i = 0; i < RUNUT_SKIPS; i++)
        if (skipped->of[i])
            json_object_object_add(counts, runut_skip_word(i), json_object_new_int64((int64_t)skipped->of[i]));
    return counts;
}

static struct json_object *answer_of(round *self)
{
    const runut_add_report *r = &self->report;
    uint64_t all = r->stored + r->known + r->rejected;
    struct json_object *answer = json_object_new_object();
    json_object_object_add(answer, "stored", json_object_new_int64((int64_t)r->stored));
    json_object_object_add(answer, "known", json_object_new_int64((int64_t)r->known));
    json_object_object_add(answer, "rejected", json_object_new_int64((int64_t)r->rejected));
    json_object_object_add(answer, "skipped", skipped_of(&r->skipped));
    json_object_object_add(answer, "items", json_object_get(self->items));
    if (all > LISTED_ITEMS)
        json_object_object_add(answer, "unlisted", json_object_new_int64((int64_t)(all - LISTED_ITEMS)));
    return answer;
}

/* The status for what ended an adding. */
static unsigned status_of(const runut_error *error)
{
    switch (error->code) {
    case RUNUT_ERR_STOPPED:
    case RUNUT_ERR_MEMORY:
    case RUNUT_ERR_BUSY:
        return 503;
    case RUNUT_ERR_FULL:
        return 507;
    default:
        return 500;
    }
}

static void refuse(runut_request *request, const round *self, const runut_error *error)
{
    unsigned status = status_of(error);
    unsigned long long safe = self->report.stored;
    const char *why = status == 507                      ? "the disk is full"
                      : error->code == RUNUT_ERR_STOPPED ? "the server stops"
                                                         : error->message;
    runut_reply_problem(&request->reply, status, "%.300s (%llu of its captures %s stored)", why, safe,
                        safe == 1 ? "is" : "are");
    if (status == 503)
        runut_reply_field(&request->reply, "Retry-After", "5");
}

/* Answers the first upload, which is MHD's again then, and goes on to the next. */
static void answer(round *self, const runut_error *error)
{
    runut_request *request = self->first;
    self->first = request->next;
    runut_upload_clear(request->own);
    if (error)
        refuse(request, self, error);
    else
        runut_reply_json(&request->reply, answer_of(self));
    runut_server_answered(request);
    runut_news_wake(self->writer->server->news);
    json_object_put(self->items);
    self->items = json_object_new_array();
    self->report = (runut_add_report){0};
    if (self->first)
        self->end += ((runut_upload *)self->first->own)->count;
}

static void on_article(void *context, const runut_added_article *a)
{
    round *self = context;
    while (self->first->next && a->input >= self->end)
        answer(self, NULL);
    atomic_fetch_add(&self->writer->counts[a->what], 1);
    self->report.stored += a->what == RUNUT_ADDED_STORED;
    self->report.known += a->what == RUNUT_ADDED_KNOWN;
    self->report.rejected += a->what == RUNUT_ADDED_REJECTED;
    if (json_object_array_length(self->items) < LISTED_ITEMS)
        json_object_array_add(self->items, item_of(a));
}

static void on_skipped(void *context, const runut_skipped_file *file)
{
    round *self = context;
    while (self->first->next && file->input >= self->end)
        answer(self, NULL);
    runut_skipped_add(&self->report.skipped, &file->skipped);
}

/* ---- the thread ---- */

/* The files of all uploads, one after another; the caller's. NULL when memory is out. */
static runut_add_input *inputs_of(const runut_request *first, int *count)
{
    *count = 0;
    for (const runut_request *r = first; r; r = r->next)
        *count += ((const runut_upload *)r->own)->count;
    runut_add_input *inputs = malloc(((size_t)*count + 1) * sizeof *inputs), *at = inputs;
    for (const runut_request *r = first; r && inputs; r = r->next) {
        const runut_upload *upload = r->own;
        memcpy(at, upload->inputs, (size_t)upload->count * sizeof *at);
        at += upload->count;
    }
    return inputs;
}

static uint64_t bytes_of(const runut_request *first)
{
    uint64_t bytes = 0;
    for (const runut_request *r = first; r; r = r->next)
        bytes += ((const runut_upload *)r->own)->bytes;
    return bytes;
}

static void add(runut_writer *self, runut_request *first)
{
    round r = {.writer = self, .first = first, .items = json_object_new_array()};
    runut_add_options options = {
        .on_article = on_article, .on_skipped = on_skipped, .context = &r, .stop = &self->stop};
    runut_error error;
    int count;
    runut_add_input *inputs = inputs_of(first, &count);
    r.end = ((runut_upload *)first->own)->count;
    options.jobs = bytes_of(first) <= SMALL ? 1 : 0; /* for a few reports threads cost more than they save */
    int code = inputs ? open_store(self, &error) : runut_error_set(&error, RUNUT_ERR_MEMORY, "out of memory");
    if (code == RUNUT_OK)
        code = runut_add_inputs(self->handle.store, inputs, count, &options, NULL, &error);
    while (r.first)
        answer(&r, code == RUNUT_OK ? NULL : &error);
    json_object_put(r.items);
    free(inputs);
}

/* Waits for uploads: all that are there by then. NULL where it is to end. */
static runut_request *take(runut_writer *self, runut_upload **dropped)
{
    pthread_mutex_lock(&self->lock);
    while (!self->first && !self->dropped && !self->stop)
        pthread_cond_wait(&self->wakes, &self->lock);
    runut_request *first = self->first;
    *dropped = self->dropped;
    self->first = self->last = NULL;
    self->dropped = NULL;
    pthread_mutex_unlock(&self->lock);
    return first;
}

static void free_all(runut_upload *first)
{
    for (runut_upload *next; first; first = next) {
        next = first->next;
        runut_upload_free(first);
    }
}

static void *work(void *context)
{
    runut_writer *self = context;
    for (;;) {
        runut_upload *dropped;
        runut_request *first = take(self, &dropped);
        free_all(dropped);
        if (first)
            add(self, first);
        else if (!dropped)
            return NULL;
    }
}

/* ---- its life ---- */

int runut_writer_start(runut_server *server, runut_writer **out, runut_error *error)
{
    runut_writer *self = calloc(1, sizeof *self);
    *out = self;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->server = server;
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->wakes, NULL);
    self->uploads = runut_uploads_new(server->options.store, MOST_UPLOADS, 4 * server->options.limits.upload);
    int code = self->uploads ? open_store(self, error) : runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    if (code == RUNUT_OK) {
        self->running = pthread_create(&self->thread, NULL, work, self) == 0;
        code = self->running ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_MEMORY, "no thread can be made");
    }
    if (code == RUNUT_OK)
        return RUNUT_OK;
    runut_writer_free(self);
    *out = NULL;
    return code;
}

runut_uploads *runut_writer_uploads(runut_writer *self)
{
    return self->uploads;
}

bool runut_writer_ask(runut_writer *self, runut_request *request)
{
    request->next = NULL;
    pthread_mutex_lock(&self->lock);
    bool takes = self->running && !self->stop;
    if (takes) {
        if (self->first)
            self->last->next = request;
        else
            self->first = request;
        self->last = request;
        pthread_cond_signal(&self->wakes);
    }
    pthread_mutex_unlock(&self->lock);
    return takes;
}

void runut_writer_discard(runut_writer *self, runut_upload *upload)
{
    pthread_mutex_lock(&self->lock);
    bool takes = self->running && !self->stop;
    if (takes) {
        upload->next = self->dropped;
        self->dropped = upload;
        pthread_cond_signal(&self->wakes);
    }
    pthread_mutex_unlock(&self->lock);
    if (!takes)
        runut_upload_free(upload);
}

void runut_writer_count(runut_writer *self, runut_writer_counts *counts)
{
    *counts = (runut_writer_counts){.stored = atomic_load(&self->counts[RUNUT_ADDED_STORED]),
                                    .known = atomic_load(&self->counts[RUNUT_ADDED_KNOWN]),
                                    .rejected = atomic_load(&self->counts[RUNUT_ADDED_REJECTED]),
                                    .waiting = runut_uploads_open(self->uploads)};
}

void runut_writer_stop(runut_writer *self)
{
    if (!self || !self->running)
        return;
    pthread_mutex_lock(&self->lock);
    __atomic_store_n(&self->stop, 1, __ATOMIC_RELAXED);
    pthread_cond_signal(&self->wakes);
    pthread_mutex_unlock(&self->lock);
    pthread_join(self->thread, NULL);
    self->running = false;
}

void runut_writer_free(runut_writer *self)
{
    if (!self)
        return;
    runut_writer_stop(self);
    runut_handle_close(&self->handle);
    runut_uploads_free(self->uploads);
    pthread_cond_destroy(&self->wakes);
    pthread_mutex_destroy(&self->lock);
    free(self);
}
