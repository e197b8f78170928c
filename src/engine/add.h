/* Shared by add.c (captures to prepared rows) and add_write.c (rows to the store). */
#ifndef RUNUT_ENGINE_ADD_H
#define RUNUT_ENGINE_ADD_H

#include "engine/internal.h"
#include "read/read.h"

enum { RUNUT_BATCH_ARTICLES = 512, RUNUT_BATCH_BYTES = 32 << 20, RUNUT_BATCH_ARENA = 512 << 20 };

/* What came of one capture, with the row to write where it is new. */
typedef struct runut_prepared {
    runut_added what;
    int input;
    runut_slice file, hash, id;
    uint64_t record;
    runut_error error;
    bool is_skipped; /* no capture: what was passed over in `file` */
    runut_skipped skipped;
    runut_row row;
    runut_slice lines; /* packed, see lines.c */
    runut_row_name *names;
    size_t name_count;
} runut_prepared;

/* The batch in hand: what is written in one transaction. */
typedef struct runut_batch {
    runut *runut;
    const runut_add_options *options;
    runut_add_report *report;
    runut_error *error;
    runut_arena *arena; /* of what is in the batch */
    RUNUT_VECTOR(runut_prepared) rows;
    size_t bytes;
    size_t threads;             /* for relating */
    int code;                   /* of a callback of the store */
    struct json_object *parsed; /* a relation in hand */
} runut_batch;

bool runut_batch_is_full(const runut_batch *self);

/* Writes and relates the batch in one transaction, then reports it; the batch is empty afterwards. */
int runut_batch_flush(runut_batch *self);

/* Hands every capture to `on_capture` in order, until that returns non-zero. */
typedef int (*runut_add_source)(void *context, runut_on_capture on_capture, void *to);

/* As runut_add_inputs, from captures in memory: they and what they hold stay as they are until it returns. */
int runut_add_from(runut *self, runut_add_source source, void *context, const runut_add_options *options,
                   runut_add_report *report, runut_error *error);

#endif
