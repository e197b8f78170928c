/* Readers: anything that holds captures, told apart by content. */
#ifndef RUNUT_READ_READ_H
#define RUNUT_READ_READ_H

#include "base/error.h"
#include "read/capture.h"
#include "runut/skipped.h"

/* Called once for each capture; it is valid until the call returns. Non-zero stops the reading. */
typedef int (*runut_on_capture)(void *context, const runut_capture *capture);

/* Called for each input that could not be read (file, record and byte in `error`); the reading goes on. */
typedef void (*runut_on_reject)(void *context, const runut_error *error);

/* Lines of a file of JSON Lines as they are, with their ends. */
typedef struct runut_lines {
    runut_slice file;
    uint64_t record; /* of the first one, from 1 */
    uint64_t byte;   /* where it begins */
    runut_slice bytes;
} runut_lines;

/* Called with whole lines of JSON Lines, some tens at a time, as they come. Sets *count to how many they are. Non-zero
 * stops the reading. */
typedef int (*runut_on_lines)(void *context, const runut_lines *lines, uint64_t *count);

/* Called behind a file in which something was passed over; for a folder, behind it, with its own hidden files. */
typedef void (*runut_on_skipped)(void *context, runut_slice file, const runut_skipped *skipped);

typedef struct runut_read_options {
    size_t
        most_record; /* bytes of one record or one capture after decompression; larger ones are rejected. 0 = 64 MiB */
    runut_on_lines on_lines;     /* gets JSON Lines instead of on_capture; NULL = they are captures as all others */
    runut_on_skipped on_skipped; /* NULL = nobody asks */
} runut_read_options;

/* Reads `path`: a file, a folder (recursive, in byte order of names, hidden files left out, links not followed) or
 * "-" (standard input): any kind of the table in kinds.c (docs/inputs.md). Memory is bounded by one record. RUNUT_OK;
 * RUNUT_ERR_STOPPED when a callback stopped it; RUNUT_ERR_IO where `path` itself cannot be opened (also told to
 * on_reject); RUNUT_ERR_MEMORY. */
int runut_read(const char *path, const runut_read_options *options, runut_on_capture on_capture,
               runut_on_reject on_reject, void *context, runut_error *error);

#endif
