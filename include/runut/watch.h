/* Watching: feeds, lists of links and pages are fetched, and what is new in them is added to the store. This is the one
 * part of runut that asks the network. */
#ifndef RUNUT_WATCH_H
#define RUNUT_WATCH_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "runut/engine.h"

typedef enum runut_watched {
    RUNUT_WATCHED_NEW,      /* an article is stored */
    RUNUT_WATCHED_VERSION,  /* an article is stored that is a newer version of another one */
    RUNUT_WATCHED_REJECTED, /* no article was found in it */
    RUNUT_WATCHED_MOVED,    /* for good: `message` is the new address, which is used from now on */
    RUNUT_WATCHED_GONE,     /* 404 or 410 */
    RUNUT_WATCHED_REFUSED,  /* robots.txt, a private address, too large, no report: not tried again as it is */
    RUNUT_WATCHED_FAILED    /* tried again later, see `retry` */
} runut_watched;

/* Everything is valid during the call only. */
typedef struct runut_watch_news {
    runut_watched what;
    const char *url;      /* of the page or feed */
    const char *source;   /* the feed, list or page that it was found by */
    const char *article;  /* "a12" of what was stored, else "" */
    const char *before;   /* the article of which it is a newer version, else "" */
    unsigned changes;     /* how many there are to that one */
    const char *headline; /* of what was stored, else "" */
    const char *message;  /* why not, else "" */
    unsigned status;      /* HTTP's, 0 = there was no answer */
    int64_t retry;        /* seconds since 1970; 0 = it is not tried again */
} runut_watch_news;

typedef struct runut_watch_report {
    uint64_t sources, unchanged; /* that were asked for; of these without anything new */
    uint64_t held;               /* sources that failed not long ago: left alone for now */
    uint64_t pages;              /* that were asked for */
    uint64_t stored, versions, rejected, failed;
    uint64_t waiting; /* pages that are left for the next pass */
    int64_t next;     /* when that is due, in seconds since 1970; 0 = there is nothing to do any more */
} runut_watch_report;

typedef struct runut_watch_options {
    const char *state;          /* the file that remembers what was seen; made where it is missing */
    bool once;                  /* one pass; else it goes on until it is stopped */
    bool allow_private;         /* also addresses of this machine and of private networks: all of them */
    const char *allow_networks; /* "10.1.0.0/16,fd00::/8": of them those of these networks; NULL = none */
    bool no_rechecks;           /* pages are fetched again on a feed's sign only */
    unsigned every;   /* seconds between two looks at a source, or its own `ttl` where that is longer; 0 = 900 */
    uint32_t delay;   /* milliseconds between two requests to one host, at least */
    unsigned timeout; /* seconds that one request may take; 0 = 30 */
    unsigned retry;   /* seconds until a failure is tried again, doubled with each; 0 = 60 */
    unsigned most;    /* pages that are fetched in one pass; 0 = 1000 */
    uint64_t seed;    /* of the jitter */
    unsigned jobs;    /* as in runut_add_options */
    const volatile sig_atomic_t *stop;                                             /* as in runut_add_options */
    void (*on_news)(void *context, const runut_watch_news *news);                  /* may be NULL */
    void (*on_pass)(void *context, runut *self, const runut_watch_report *report); /* after each pass; may be NULL */
    void *context;
} runut_watch_options;

/* Is it a list of networks for `allow_networks`? */
bool runut_watch_networks_good(const char *list);

/* Watches `operands`: addresses of feeds, lists of links (OPML, sitemaps) and pages, and files that hold such a list or
 * one address a line ('#' begins a comment). Failures of single feeds and pages are told and counted, and never end it.
 * RUNUT_OK after one pass with `once`; RUNUT_ERR_STOPPED; RUNUT_ERR_USE, RUNUT_ERR_IO or RUNUT_ERR_INPUT where an
 * operand makes no sense; codes of runut_add. `report` is of the last pass and may be NULL. */
int runut_watch(runut *self, const char *const *operands, int count, const runut_watch_options *options,
                runut_watch_report *report, runut_error *error);

#endif
