/* What `dedup` has seen: of every text that was new the sketch and its name, and an index of their band keys. Memory is
 * bounded, the rest lies in files; with a folder all of it outlives the process (seen_state.c). */
#ifndef RUNUT_ENGINE_SEEN_H
#define RUNUT_ENGINE_SEEN_H

#include <stdbool.h>

#include "base/error.h"
#include "relate/near_duplicates.h"

typedef struct runut_seen runut_seen;

typedef struct runut_seen_options {
    const char *folder; /* NULL = forgotten in the end */
    size_t memory;      /* bytes */
    double threshold;
    bool contained;
} runut_seen_options;

/* RUNUT_ERR_IO, RUNUT_ERR_STORE where the folder is damaged, in use, or no such folder; RUNUT_ERR_MEMORY. */
int runut_seen_open(const runut_seen_options *options, runut_seen **out, runut_error *error);
void runut_seen_close(runut_seen *self);

typedef struct runut_seen_text {
    const runut_sketch *sketch;
    const uint64_t *bands;
    runut_slice name; /* what others are told to be a duplicate of */
    uint64_t line;    /* hash of the record and its place: to know it again when a run is taken up that was ended */
} runut_seen_text;

typedef struct runut_seen_answer {
    uint32_t first;      /* number of the first text that this one is a duplicate of; 0 = it is none */
    uint32_t thousandth; /* similarity to the nearest one seen */
} runut_seen_answer;

/* Was it seen? And remembers it. */
int runut_seen_look(runut_seen *self, const runut_seen_text *text, runut_seen_answer *answer, runut_error *error);

/* The name of the text `number`; valid until the next call. */
int runut_seen_name(runut_seen *self, uint32_t number, runut_slice *name, runut_error *error);

/* The run is complete: what was remembered is safe, and none of it will be known as the same record again. */
int runut_seen_finish(runut_seen *self, runut_error *error);

#endif
