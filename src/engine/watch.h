/* Shared by the files that watch: what is to be fetched (watch_queue.c), what came (watch_answer.c, watch_feed.c), and
 * what of it goes into the store (watch_take.c). */
#ifndef RUNUT_ENGINE_WATCH_H
#define RUNUT_ENGINE_WATCH_H

#include "engine/add.h"
#include "fetch/crew.h"
#include "runut/watch.h"
#include "store/watch.h"

/* Addresses host by host, so that one that must be waited for holds up no other. */
typedef struct runut_watch_queue runut_watch_queue;

runut_watch_queue *runut_watch_queue_new(runut_arena *arena);
/* `url` must outlive the queue; false where it is no address. */
bool runut_watch_queue_put(runut_watch_queue *self, runut_arena *scratch, runut_slice url);

/* An address of the queue, which it belongs to; `order`: in which it was put in. */
typedef struct runut_watch_task {
    runut_slice url;
    uint64_t order;
    uint32_t host;
    struct runut_watch_task *next;
} runut_watch_task;

/* The next one whose host may be asked now, and of which nothing is under way. NULL: in *wait milliseconds there may be
 * one; UINT64_MAX = not before something is done. Each that is taken is done, or goes back, in time. */
runut_watch_task *runut_watch_queue_take(runut_watch_queue *self, runut_fetcher *fetcher, uint64_t *wait);
void runut_watch_queue_done(runut_watch_queue *self, const runut_watch_task *task);
/* Its host is asked for it again, first of all. */
void runut_watch_queue_back(runut_watch_queue *self, runut_watch_task *task);
bool runut_watch_queue_is_empty(const runut_watch_queue *self);

/* A capture on its way into the store. */
typedef struct runut_watch_taken {
    runut_capture capture;
    runut_watch_page page; /* as it is to be remembered when it is stored */
    char name[16];         /* of the article */
    uint64_t order;        /* of the task that it came of */
    size_t number;         /* of those taken */
} runut_watch_taken;

typedef struct runut_watch_run {
    runut *runut;
    const runut_watch_options *options;
    runut_watch_report *report;
    runut_error *error;
    runut_watch_state *state;
    runut_fetcher *fetcher;
    runut_crew *crew;
    runut_visit_answer *visit; /* of the task in hand */
    uint64_t order;            /* likewise */
    int64_t run;
    runut_arena *arena; /* of the queue */
    runut_arena *item;  /* of the address, or the item of a feed, in hand */
    runut_arena *clean; /* of a text that is being looked at */
    runut_watch_queue *queue;
    uint64_t queued;
    runut_arena *taken_arena;
    RUNUT_VECTOR(runut_watch_taken) taken;
    size_t taken_bytes, told; /* told: of `taken`, while they are added */
    int code;                 /* of what ends the work */
} runut_watch_run;

/* ---- watch.c ---- */
int64_t runut_watch_now(void);
bool runut_watch_stopped(const runut_watch_run *self);

/* A feed, list or page is to be looked at in this pass, unless it was before. Under the guard of self->item. */
void runut_watch_add_source(runut_watch_run *self, runut_slice url);

void runut_watch_tell(runut_watch_run *self, const runut_watch_news *news);

/* When something that failed for the n-th time in a row is tried again. */
int64_t runut_watch_retry(const runut_watch_run *self, runut_slice url, uint32_t failures);

/* ---- watch_work.c ---- */

/* What is done for an address: a question is made of it, and its answer is taken. */
typedef struct runut_watch_kind {
    void (*ask)(runut_watch_run *self, runut_slice url, runut_fetch_request *request);
    void (*take)(runut_watch_run *self, runut_slice url);
} runut_watch_kind;

/* Works off the queue, several hosts at a time, and adds what was taken. */
void runut_watch_work(runut_watch_run *self, const runut_watch_kind *kind);

/* ---- watch_answer.c ---- */
extern const runut_watch_kind runut_watch_sources, runut_watch_pages;

/* ---- watch_feed.c ---- */

/* Is it a feed or a list of links? */
bool runut_watch_is_feed(runut_slice bytes);

/* Takes all items of a feed, or all links of a list; what is wrong with it is told. *lists is set where it leads to
 * feeds; *ttl to the seconds that it asks to be left alone. */
void runut_watch_take_feed(runut_watch_run *self, runut_slice source, runut_slice base, runut_slice bytes,
                           runut_slice charset, bool *lists, uint32_t *ttl);

/* ---- watch_take.c ---- */

/* Takes a capture for the page, where its text is another than the one that is stored. Under the guard of self->item:
 * all is copied. */
void runut_watch_take(runut_watch_run *self, const runut_capture *capture, const runut_watch_page *page);

/* Adds what was taken to the store, remembers it and tells it. */
void runut_watch_flush(runut_watch_run *self);
void runut_watch_flush_if_many(runut_watch_run *self);

#endif
