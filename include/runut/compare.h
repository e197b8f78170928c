/* Two reports side by side: what they share, what only one has, where they contradict each other, and whether they tell
 * of one event. Answers are JSON objects as docs/output.md and docs/compare.md describe them. */
#ifndef RUNUT_COMPARE_H
#define RUNUT_COMPARE_H

#include "runut/engine.h"
#include "runut/filter.h"

/* Compares two reports: each an article of the store ("a12", an id, a file that was added) or else the path of a
 * capture on disk. `self` may be NULL: then there is no store. `agencies` as in runut_annotate_options. *answer is the
 * caller's (json_object_put). RUNUT_ERR_NOT_FOUND, RUNUT_ERR_USE, RUNUT_ERR_INPUT (the capture is broken), … */
int runut_compare(runut *self, const char *a, const char *b, const char *agencies, struct json_object **answer,
                  runut_error *error);

typedef struct runut_pairs_options {
    const char *store;    /* where pairs that name articles find them; opened when first needed. NULL = none */
    const char *agencies; /* as in runut_annotate_options */
    unsigned jobs;        /* threads that work; 0 = one a core, 1 = none besides the caller's */
} runut_pairs_options;

/* Compares the pairs of JSON Lines files ("-" = standard input): objects with `id`, `a` and `b`, where `a` and `b` are
 * articles with schema.org's keys or names of articles of the store. One object each, in the order of the input; a
 * broken line is told and counted, and never stops the others. Returns as runut_clean_all. */
int runut_compare_pairs(const char *const *paths, int count, const runut_pairs_options *options,
                        runut_on_filtered on_filtered, void *context, runut_filter_report *report, runut_error *error);

#endif
