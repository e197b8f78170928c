/* What the watcher remembers of feeds and pages: a small SQLite file of its own, so that a pass that finds nothing new
 * leaves the store untouched. Losing it costs requests, never articles. */
#ifndef RUNUT_STORE_WATCH_H
#define RUNUT_STORE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* A feed, a list of links or a page that is looked at again and again. Times are seconds since 1970. */
typedef struct runut_watch_source {
    runut_slice url;            /* as it was named */
    runut_slice moved;          /* where it has moved for good; empty = nowhere */
    runut_slice etag, modified; /* of the last answer */
    int64_t run;                /* the pass in which it was looked for last */
    int64_t hold;               /* not before: it failed, or asked to be left alone */
    int64_t due;                /* when a watcher that goes on looks again */
    uint32_t ttl;               /* seconds; what the feed asks for */
    uint32_t failures;          /* in a row */
    uint32_t status;            /* HTTP's, of the last answer; 410: not asked again */
} runut_watch_source;

typedef struct runut_watch_page {
    int64_t number; /* 0 = new */
    runut_slice url, source;
    runut_slice etag, modified;
    uint64_t item;       /* hash of what the feed says of it; 0 = not known */
    uint64_t text;       /* hash of its text when it was stored last; 0 = never */
    runut_slice article; /* "a12": the newest version that is stored */
    bool pending;        /* to be fetched */
    int64_t hold;
    uint32_t failures, status;
    uint32_t looks; /* how often it was looked at again since it was told of last */
    int64_t again;  /* when it is looked at again without being told of; 0 = never */
} runut_watch_page;

typedef struct runut_watch_state runut_watch_state;

/* RUNUT_ERR_STORE where another process has it open. */
int runut_watch_open(const char *path, runut_watch_state **self, runut_error *error);
void runut_watch_close(runut_watch_state *self);

/* What follows is one transaction until the commit; RUNUT_ERR_STORE where another watcher has the file. */
int runut_watch_begin(runut_watch_state *self, runut_error *error);
int runut_watch_commit(runut_watch_state *self, runut_error *error);
void runut_watch_rollback(runut_watch_state *self);

/* The number of a new pass: larger than all before. */
int runut_watch_next_run(runut_watch_state *self, int64_t *run, runut_error *error);

/* By its url; what is not known yet has the url alone. Texts live in `arena`. */
int runut_watch_source_get(runut_watch_state *self, runut_arena *arena, runut_slice url, runut_watch_source *source,
                           runut_error *error);
int runut_watch_source_put(runut_watch_state *self, const runut_watch_source *source, runut_error *error);
int runut_watch_page_get(runut_watch_state *self, runut_arena *arena, runut_slice url, runut_watch_page *page,
                         runut_error *error);
int runut_watch_page_put(runut_watch_state *self, const runut_watch_page *page, runut_error *error);

typedef int (*runut_watch_visit)(void *context, runut_slice url);

/* The addresses of pages that wait to be fetched, then those that are to be looked at again, those found first first,
 * of sources of the pass `run`. */
int runut_watch_pending(runut_watch_state *self, int64_t run, int64_t now, uint32_t most, runut_watch_visit visit,
                        void *context, runut_error *error);

/* All that wait to be fetched, however long. */
int runut_watch_waiting(runut_watch_state *self, int64_t run, runut_watch_visit visit, void *context,
                        runut_error *error);

/* robots.txt of a host, as text; *until = 0: it is not known. */
int runut_watch_robots_get(runut_watch_state *self, runut_arena *arena, runut_slice origin, runut_slice *text,
                           int64_t *until, runut_error *error);
int runut_watch_robots_put(runut_watch_state *self, runut_slice origin, runut_slice text, int64_t until,
                           runut_error *error);
/* Forgets those that hold no longer. */
int runut_watch_robots_tidy(runut_watch_state *self, int64_t now, runut_error *error);

/* The addresses of sources of the pass that are due. */
int runut_watch_due(runut_watch_state *self, int64_t run, int64_t now, runut_watch_visit visit, void *context,
                    runut_error *error);

/* The earliest time at which a source is due or a page may be fetched, among sources of the pass; 0 = there is none. */
int runut_watch_earliest(runut_watch_state *self, int64_t run, int64_t *time, runut_error *error);

#endif
