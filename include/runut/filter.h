/* The filters: captures in, one result each out, one after another; no store.
 *
 *     const char *paths[] = {"saved-pages/"};
 *     runut_clean_options options = {.format = RUNUT_CLEAN_JSON};
 *     runut_clean_all(paths, 1, &options, print_result, stdout, NULL, &error);
 *
 * Threads are the call's own: it starts them, ends them before it returns, and calls back in the caller's thread only.
 * Any number of calls may run at the same time. Memory is bounded by a few captures a job, however many there are. The
 * results are in the order of the input and the same whatever the number of jobs; for clean and annotate a capture's
 * result depends on that capture alone, so an input may be split in any way. */
#ifndef RUNUT_FILTER_H
#define RUNUT_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runut/error.h"
#include "runut/skipped.h"

/* One capture's result; everything is valid during the call only. */
typedef struct runut_filtered {
    const char *file;
    uint64_t record;          /* from 1; 0 = the file as a whole */
    const char *text;         /* UTF-8, NUL-terminated */
    size_t size;              /* 0 where it was rejected, or there was nothing to write */
    const runut_error *error; /* file, record, byte and why where it was rejected, else NULL */
    bool more;                /* the next one follows at once: there is no need to flush */
} runut_filtered;

/* Called once for each capture, in the order of the input. Non-zero ends the work (RUNUT_ERR_STOPPED). */
typedef int (*runut_on_filtered)(void *context, const runut_filtered *result);

typedef struct runut_filter_report {
    uint64_t passed, rejected;
    runut_skipped skipped; /* what inputs held besides captures */
} runut_filter_report;

typedef enum runut_clean_format {
    RUNUT_CLEAN_JSON, /* an object with the keys of docs/output.md and a line end */
    RUNUT_CLEAN_TEXT, /* headline, blank line, paragraphs; no text where nothing was found */
    RUNUT_CLEAN_HTML, /* an <article> element, escaped */
    RUNUT_CLEAN_LINES /* for people: every line or block with its verdict, score and reason */
} runut_clean_format;

typedef struct runut_clean_options {
    runut_clean_format format;
    bool explain;  /* RUNUT_CLEAN_JSON: with "lines" and "from", which say how each line and field was judged */
    unsigned jobs; /* threads that work; 0 = one a core, 1 = none besides the caller's */
} runut_clean_options;

/* Cleans every capture of `paths` ("-" = standard input). Broken records are told and counted, and never stop the
 * others. `options`, `report` and `error` may be NULL. RUNUT_OK, RUNUT_ERR_STOPPED, or RUNUT_ERR_MEMORY. After a stop
 * it returns once the read in hand has ended. */
int runut_clean_all(const char *const *paths, int count, const runut_clean_options *options,
                    runut_on_filtered on_filtered, void *context, runut_filter_report *report, runut_error *error);

typedef struct runut_annotate_options {
    unsigned jobs;        /* as above */
    const char *agencies; /* a table of more agencies and outlets (docs/sources.md); NULL = none */
} runut_annotate_options;

/* Cleans and annotates every capture: an object each with what the article alone says, and the keys on which an engine
 * can join articles with one another. Also RUNUT_ERR_IO or RUNUT_ERR_USE where `agencies` cannot be read. */
int runut_annotate_all(const char *const *paths, int count, const runut_annotate_options *options,
                       runut_on_filtered on_filtered, void *context, runut_filter_report *report, runut_error *error);

typedef struct runut_dedup_options {
    double threshold;  /* the least similarity of duplicates, 0.3 to 1; 0 = 0.55, or 0.7 where contained */
    bool contained;    /* count the part that the shorter text shares, not that of both */
    bool drop;         /* leave duplicates out */
    const char *state; /* a folder that remembers what was seen (made where it is missing); NULL = none */
    unsigned memory;   /* MiB for what is remembered, more goes to disk; 0 = 1024 */
    unsigned jobs;     /* as above */
} runut_dedup_options;

typedef struct runut_dedup_report {
    uint64_t passed, rejected;
    uint64_t duplicates; /* of those passed; dropped ones too */
} runut_dedup_report;

/* Marks texts that are near-duplicates of one that came before: JSON Lines in, the same lines out, in order and as they
 * are but for "duplicateOf" and "similarity" (docs/dedup.md); captures of other kinds come out as runut_clean_all
 * prints them. One that is left out is told with size 0. Here a result depends on what came before it. With a state, a
 * run that was ended before it was complete is taken up by calling again with the same input, and tells the same from
 * the beginning. Also RUNUT_ERR_USE, RUNUT_ERR_IO (disk full, …), RUNUT_ERR_STORE (the state is damaged or in use). */
int runut_dedup_all(const char *const *paths, int count, const runut_dedup_options *options,
                    runut_on_filtered on_filtered, void *context, runut_dedup_report *report, runut_error *error);

#endif
