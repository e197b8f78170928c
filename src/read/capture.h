/* A capture: the bytes as found, with where they come from. What `read` hands to `clean`. */
#ifndef RUNUT_READ_CAPTURE_H
#define RUNUT_READ_CAPTURE_H

#include <stdint.h>

#include "base/vector.h"

typedef enum runut_capture_kind {
    RUNUT_CAPTURE_TEXT,   /* `bytes` is a plain-text capture: headline, boilerplate and all */
    RUNUT_CAPTURE_HTML,   /* `bytes` is a page */
    RUNUT_CAPTURE_ARTICLE /* `bytes` is clean body text already; the fields below are what the record states */
} runut_capture_kind;

/* Every slice is valid for as long as the reader says (until its callback returns). Empty = not stated. */
typedef struct runut_capture {
    runut_capture_kind kind;
    runut_slice file; /* path as given or found; "-" for standard input */
    uint64_t record;  /* number of the record in the file, from 1; 0 where the file is one capture */
    uint64_t byte;    /* where the record begins in the (decompressed) file */
    runut_slice bytes;
    runut_slice charset; /* as the container declares it (HTTP header), if it does */
    runut_slice id;      /* as the record names itself */
    runut_slice url;
    runut_slice publisher;
    runut_slice headline;
    runut_slice date_published;
    runut_slice date_modified; /* when the report was changed last */
    runut_slice date_captured; /* when it was fetched, as the archive says */
    runut_slice language;      /* BCP 47, as stated */
    runut_slices authors;
    /* What only lines of our own say (`runut clean`, `runut export`), so that they lose nothing on their way. */
    runut_slice found;      /* the file that the record was made from */
    runut_slice page_kind;  /* "article", "listing", "other" */
    runut_slice standfirst; /* `abstract` */
    runut_slice date_from;  /* `datePublishedFrom` */
    runut_slices credits;   /* `creditText`: lines that name whom the news is from */
} runut_capture;

/* `to` and all that it holds live in `arena`. */
void runut_capture_copy(runut_arena *arena, const runut_capture *from, runut_capture *to);

#endif
