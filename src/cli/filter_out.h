/* What the filters share: what goes in, and results printed as they come. */
#ifndef RUNUT_CLI_FILTER_OUT_H
#define RUNUT_CLI_FILTER_OUT_H

#include "cli.h"
#include "runut/filter.h"

typedef struct filter_in {
    const char *const *paths;
    int count;
} filter_in;

/* The operands, else standard input; CLI_USAGE where that is a terminal. */
int filter_in_of(const cli *self, const char *command, filter_in *in);

typedef struct filter_out {
    const char *between; /* what stands between two articles */
    bool clean;          /* for people: without control characters */
    bool any;            /* something was printed */
} filter_out;

/* A runut_on_filtered whose context is a filter_out. */
int filter_out_print(void *context, const runut_filtered *result);

/* The exit status. */
int filter_out_status(int code, const runut_filter_report *report, const runut_error *error);

#endif
