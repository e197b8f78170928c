/* Shared by seen.c and seen_state.c. */
#ifndef RUNUT_ENGINE_SEEN_STATE_H
#define RUNUT_ENGINE_SEEN_STATE_H

#include "engine/keys.h"
#include "engine/seen.h"
#include "engine/spool.h"

/* What is kept of a text. */
typedef struct runut_seen_record {
    runut_sketch sketch;
    uint64_t name; /* offset */
    uint32_t name_size;
    uint32_t first; /* of the texts that are one: its own number where it is new */
} runut_seen_record;

/* What was said of a record of this run. */
typedef struct runut_seen_said {
    uint64_t line;
    runut_seen_answer answer;
} runut_seen_said;

struct runut_seen {
    runut_seen_options options;
    char *folder; /* NULL = none */
    int lock;
    runut_spool *records, *names;
    runut_spool *journal; /* of the table of keys, as far as it is in no run; NULL without a folder */
    runut_spool *said;    /* in this run; as above */
    runut_keys *keys;
    uint32_t journal_number, said_number; /* of their files */
    uint64_t replayed;                    /* answers of the run that was ended that were given again */
    uint64_t to_replay;
    uint64_t unsafe; /* texts since the last commit */
    char *name;
    size_t name_room;
};

/* Opens all that is in the folder, or what goes without one. */
int runut_seen_state_open(runut_seen *self, runut_error *error);

/* Makes all that was remembered safe; `finished`: and begins a new run. */
int runut_seen_state_commit(runut_seen *self, bool finished, runut_error *error);

/* The records that come now are not those of the run that was ended: what it said beyond `replayed` is forgotten. What
 * it saw stays seen. */
int runut_seen_state_part(runut_seen *self, runut_error *error);

/* The table of keys went into a run: the journal begins anew. */
int runut_seen_state_flushed(runut_seen *self, runut_error *error);

#endif
