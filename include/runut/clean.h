/* Cleaning alone: captures in, clean articles out, one after another; no store.
 *
 *     const char *paths[] = {"saved-pages/"};
 *     runut_clean_options options = {.format = RUNUT_CLEAN_JSON};
 *     runut_clean_all(paths, 1, &options, print_article, stdout, NULL, &error);
 *
 * Threads are the call's own: it starts them, ends them before it returns, and calls back in the caller's thread only.
 * Any number of calls may run at the same time. Memory is bounded by a few captures a job, however many there are. */
#ifndef RUNUT_CLEAN_H
#define RUNUT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runut/error.h"

typedef enum runut_clean_format {
    RUNUT_CLEAN_JSON, /* an object with the keys of docs/output.md and a line end */
    RUNUT_CLEAN_TEXT, /* headline, blank line, paragraphs; no text where nothing was found */
    RUNUT_CLEAN_HTML, /* an <article> element, escaped */
    RUNUT_CLEAN_LINES /* for people: every line or block with its verdict, score and reason */
} runut_clean_format;

typedef struct runut_clean_options {
    runut_clean_format format;
    bool explain;  /* RUNUT_CLEAN_JSON: with "lines" and "from", which say how each line and field was judged */
    unsigned jobs; /* threads that clean; 0 = one a core, 1 = none besides the caller's */
} runut_clean_options;

/* One capture's result; everything is valid during the call only. */
typedef struct runut_cleaned {
    const char *file;
    uint64_t record;          /* from 1; 0 = the file as a whole */
    const char *text;         /* UTF-8, NUL-terminated */
    size_t size;              /* 0 where it was rejected, or there was nothing to write */
    const runut_error *error; /* file, record, byte and why where it was rejected, else NULL */
} runut_cleaned;

/* Called once for each capture, in the order of the input. Non-zero ends the work (RUNUT_ERR_STOPPED). */
typedef int (*runut_on_cleaned)(void *context, const runut_cleaned *result);

typedef struct runut_clean_report {
    uint64_t cleaned, rejected;
} runut_clean_report;

/* Cleans every capture of `paths` ("-" = standard input). Broken records are told and counted, and never stop the
 * others. The results are the same whatever the number of jobs. `options`, `report` and `error` may be NULL.
 * RUNUT_OK, RUNUT_ERR_STOPPED, or RUNUT_ERR_MEMORY. After a stop it returns once the read in hand has ended. */
int runut_clean_all(const char *const *paths, int count, const runut_clean_options *options,
                    runut_on_cleaned on_cleaned, void *context, runut_clean_report *report, runut_error *error);

#endif
