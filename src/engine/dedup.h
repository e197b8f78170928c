/* Shared by dedup.c and dedup_line.c: records on their way through `dedup`. */
#ifndef RUNUT_ENGINE_DEDUP_H
#define RUNUT_ENGINE_DEDUP_H

#include "engine/seen.h"
#include "engine/worker.h"
#include "read/capture.h"
#include "read/json_line.h"
#include "relate/near_duplicates.h"

/* One record, as a line of JSON. */
typedef struct runut_dedup_record {
    runut_slice line; /* without its end */
    uint64_t number, byte;
    runut_json_line json;
    bool has_words; /* else there is nothing to compare: */
    runut_sketch sketch;
    uint64_t bands[RUNUT_SKETCH_BANDS];
    runut_slice name;         /* as a JSON value */
    uint64_t hash;            /* of the line and its place */
    const runut_error *error; /* why it is rejected, or NULL */
} runut_dedup_record;

/* What a worker has. */
typedef struct runut_dedup_worker {
    const runut_sketcher *sketcher;
    runut_worker cleaner;
    pthread_mutex_t *large; /* see worker.h */
    char *plain;            /* the text in hand, without escapes */
    size_t room;
} runut_dedup_worker;

/* Reads record->line, which is of `file`, and sketches its text; what the record gets lives in `arena`, which has a
 * guard. */
void runut_dedup_read(runut_dedup_worker *worker, runut_arena *arena, runut_slice file, runut_dedup_record *record);

/* The line that stands for a capture of another kind. RUNUT_OK, or RUNUT_ERR_INPUT with `error` set. `arena` has no
 * guard any more when it returns. */
int runut_dedup_clean(runut_dedup_worker *worker, runut_arena *arena, const runut_capture *capture, runut_slice *line,
                      runut_error *error);

/* The line as it goes out, its end and a NUL too, at the end of what is in `*out` (malloc). False when memory is out.
 */
bool runut_dedup_print(const runut_dedup_record *record, const runut_seen_answer *answer, runut_slice of, char **out,
                       size_t *room, size_t *size);

#endif
