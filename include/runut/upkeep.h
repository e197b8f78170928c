/* Upkeep of a store: is it whole? docs/upkeep.md says what is looked at. */
#ifndef RUNUT_UPKEEP_H
#define RUNUT_UPKEEP_H

#include <signal.h>
#include <stddef.h>
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

typedef struct runut_rebuild_options {
    const char *to;                                                 /* a new file; NULL = in the place of the old one */
    void (*on_lost)(void *context, const runut_finding *finding);   /* what cannot be taken over; may be NULL */
    void (*on_progress)(void *context, uint64_t done, uint64_t of); /* articles; may be NULL */
    void *context;
    const volatile sig_atomic_t *stop; /* where set and not 0: return RUNUT_ERR_STOPPED. May be NULL. */
} runut_rebuild_options;

typedef struct runut_rebuild_report {
    uint64_t articles; /* of the new store */
    uint64_t lost;     /* what was told to on_lost, and what is counted there */
} runut_rebuild_report;

/* Makes a new store of the articles of the one at `path`, as far as they can be read: index, relations and sums are
 * made again, as if all articles were added at once. Their numbers stay; those of events and stories may become others.
 * It takes the old one's place when it is complete, whole (runut_check) and safe on the disk, and not before; in any
 * other case the old store is as it was. Nobody else may have the store open (RUNUT_ERR_STORE), unless `to` is given: a
 * file that must not be there yet (RUNUT_ERR_USE). Other errors as for runut_check. */
int runut_rebuild(const char *path, const runut_rebuild_options *options, runut_rebuild_report *report,
                  runut_error *error);

/* ---- a whole store as JSON Lines ---- */

/* Takes the next bytes; other than 0 = no more of them. */
typedef int (*runut_write)(void *context, const char *bytes, size_t size);

struct runut;

/* Hands on all that the store holds and cannot make again, as it is at one moment, as JSON Lines (docs/upkeep.md): what
 * runut_import makes the same store of. RUNUT_ERR_STOPPED where `write` wants no more. */
int runut_export_whole(struct runut *self, runut_write write, void *context, runut_error *error);

typedef struct runut_import_options {
    void (*on_progress)(void *context, uint64_t done, uint64_t of); /* articles; may be NULL */
    void *context;
    const volatile sig_atomic_t *stop; /* where set and not 0: return RUNUT_ERR_STOPPED. May be NULL. */
} runut_import_options;

typedef struct runut_import_report {
    uint64_t articles, events; /* of the new store */
} runut_import_report;

/* Makes the store `to`, of which there must be none yet (RUNUT_ERR_USE), of what runut_export_whole wrote: the file
 * `from`, or standard input for "-", packed or not. It takes its name when it is complete, whole (runut_check) and safe
 * on the disk, and not before. RUNUT_ERR_INPUT with line (error->record) and byte where the file is broken, cut off, or
 * of a newer format; other errors as for runut_check. `options` and `report` may be NULL. */
int runut_import(const char *from, const char *to, const runut_import_options *options, runut_import_report *report,
                 runut_error *error);

#endif
