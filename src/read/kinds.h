/* The table of kinds: how each is told by its first bytes, and who reads it. */
#ifndef RUNUT_READ_KINDS_H
#define RUNUT_READ_KINDS_H

#include <stdbool.h>

#include "read/reading.h"

typedef struct runut_kind {
    const char *name;
    bool (*is)(runut_slice start); /* `start`: 64 KiB or all there is */

    /* Hands every capture in `input` to the reading and tells what is broken. RUNUT_OK, RUNUT_ERR_STOPPED where a
     * callback stopped it, RUNUT_ERR_MEMORY. */
    int (*read)(runut_reading *reading, runut_input *input, runut_slice file);

    bool anywhere; /* may begin behind a damaged member of gzip: its records stand alone */
} runut_kind;

/* The first row that knows `start`; the last one, plain text, takes anything. */
const runut_kind *runut_kind_of(runut_slice start);

#endif
