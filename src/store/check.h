/* Is the store whole? Looks at everything and tells what is broken; a damaged page is a finding too. */
#ifndef RUNUT_STORE_CHECK_H
#define RUNUT_STORE_CHECK_H

#include <signal.h>

#include "store/store.h"

/* What of an article has a checksum (checksum.c). */
enum { RUNUT_SUM_REPORT, RUNUT_SUM_LINES, RUNUT_SUM_NAMES, RUNUT_SUM_RELATION, RUNUT_SUMS };

enum { RUNUT_SAID_SUMS = 3 };

typedef struct runut_store_check {
    runut_store *store; /* opened as it is */
    void (*on_finding)(void *context, const char *part, const char *place, const char *what);
    void (*on_progress)(void *context, const char *part, uint64_t done, uint64_t of);
    void *context;
    const volatile sig_atomic_t *stop; /* NULL = none */
    runut_error *error;                /* of what ends the check */
    uint64_t findings;
    runut_store_counts counts; /* of what could be read */
    /* its own: */
    bool with_terms;
    const char *part;
    uint64_t found;        /* in this part */
    uint32_t highest;      /* article that any table knows */
    uint64_t *terms;       /* per article: of what the index should hold, less what it does hold */
    uint64_t *said;        /* per article: of what the index of quotations should hold, less what it does hold */
    uint64_t words[2];     /* of all headlines, of all bodies */
    bool fits[RUNUT_SUMS]; /* of the article in hand: is it as it was written, as far as its checksums tell? */
    struct sqlite3_stmt *sums[RUNUT_SUMS + 1];
} runut_store_check;

/* One more finding of the part in hand. */
void runut_store_check_tell(runut_store_check *self, const char *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What the article in hand quotes, whom it is given to, and all forms of their names (as in runut_row): the index of
 * quotations must hold it. */
int runut_store_check_said(runut_store_check *self, const runut_row *row, runut_slice quotes, runut_slice speakers,
                           runut_slice forms);

/* Tells that a checksum of the article in hand does not fit, unless there are findings beyond `before` that say why. */
void runut_store_check_fit(runut_store_check *self, const char *place, int which, uint64_t before);

/* The row of an article, and its other lines; what is broken in it is told by runut_store_check_tell. What is not
 * RUNUT_OK ends the reading. */
typedef int (*runut_store_judge)(void *context, runut_store_check *check, const runut_row *row, runut_slice lines);

/* The whole; `judge` looks at what an article says. Findings are no error. */
int runut_store_check_all(runut_store_check *self, runut_store_judge judge, void *context);

/* The articles alone, those that can be read, in order of their numbers, to be written anew (salvage.c). */
int runut_store_salvage(runut_store_check *self, runut_store_judge take, void *context);

/* What was read is let go; after runut_store_salvage, whatever it gave. */
void runut_store_check_end(runut_store_check *self);

/* Takes over what `to` cannot make again: when articles came, since when lines are kept, and a generation beyond. Told
 * and left out as above. */
int runut_store_salvage_rest(runut_store_check *self, runut_store *to);

/* All that was committed is in the file itself and safe on the disk, and closing leaves what lies beside it alone.
 * RUNUT_ERR_STORE where others have it open. */
int runut_store_seal(runut_store *self, runut_error *error);

#endif
