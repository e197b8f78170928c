/* Upkeep of a store: is it whole? docs/upkeep.md says what is looked at. */
#ifndef RUNUT_UPKEEP_H
#define RUNUT_UPKEEP_H

#include <signal.h>
#include <stdint.h>

#include "runut/error.h"

/* Something that is broken. All strings: valid during the call. */
typedef struct runut_finding {
    const char *part;  /* "file", "schema", "articles", "references", "sums" or "index" */
    const char *place; /* "a12", "e7", "s3", a table, a value; "" = the part as a whole. May hold any bytes. */
    const char *what;  /* in words; may hold any bytes */
} runut_finding;

typedef struct runut_check_options {
    void (*on_finding)(void *context, const runut_finding *finding); /* may be NULL */
    /* Called now and then: so many of `of` are looked at (of = 0: not known). May be NULL. */
    void (*on_progress)(void *context, const char *part, uint64_t done, uint64_t of);
    void *context;
    const volatile sig_atomic_t *stop; /* where set and not 0: return RUNUT_ERR_STOPPED. May be NULL. */
} runut_check_options;

typedef struct runut_check_report {
    uint64_t articles, events, stories; /* that can be read */
    uint64_t findings;                  /* 0 = the store is whole */
} runut_check_report;

/* Looks at all that the store at `path` holds, as it is at one moment; others may read and write meanwhile. Nothing is
 * changed. What is broken is told to on_finding (100 of one part at the most, then how many more there are) and is no
 * error: those are a file that is no store, holds nothing, or is of another schema (RUNUT_ERR_STORE), one that cannot
 * be opened (RUNUT_ERR_IO), RUNUT_ERR_MEMORY and RUNUT_ERR_STOPPED. `options` and `report` may be NULL. */
int runut_check(const char *path, const runut_check_options *options, runut_check_report *report, runut_error *error);

#endif
