/* One sorted run of entries on disk: the entries, the first one of every page, a filter. */
#ifndef RUNUT_ENGINE_KEY_RUN_H
#define RUNUT_ENGINE_KEY_RUN_H

#include "engine/keys.h"

typedef struct runut_key_run {
    runut_key_run_name name;
    int fd;
    uint64_t *fences;
    size_t pages;
    uint8_t *filter; /* NULL = there is none */
} runut_key_run;

/* Writes a run of up to `most` entries, one after another in order. `filter`: bytes that its filter may have. */
typedef struct runut_key_run_writer runut_key_run_writer;
int runut_key_run_begin(const char *folder, uint32_t number, uint32_t level, uint64_t most, uint64_t filter,
                        runut_key_run_writer **out, runut_error *error);
int runut_key_run_put(runut_key_run_writer *self, uint64_t entry, runut_error *error);
/* Ends it: safe on the disk where it has a name. The writer is gone, also on failure. */
int runut_key_run_end(runut_key_run_writer *self, runut_key_run *run, runut_error *error);
void runut_key_run_abandon(runut_key_run_writer *self);

int runut_key_run_open(const char *folder, const runut_key_run_name *name, runut_key_run *run, runut_error *error);
void runut_key_run_close(runut_key_run *self);

/* Looks `count` keys up, and adds what it finds to `hits`. */
int runut_key_run_find(const runut_key_run *self, const uint64_t *keys, size_t count, runut_key_hits *hits,
                       runut_error *error);

/* Merges `count` runs, given oldest first, into one. */
int runut_key_run_merge(const runut_key_run *runs, size_t count, const char *folder, uint32_t number, uint64_t filter,
                        runut_key_run *out, runut_error *error);

static inline uint64_t runut_key_part(uint64_t key)
{
    return key >> RUNUT_KEY_DOCUMENT_BITS;
}

static inline void runut_key_hit(runut_key_hits *hits, uint64_t entry)
{
    if (hits->count < RUNUT_KEY_SAME)
        hits->documents[hits->count++] = (uint32_t)(entry & (((uint64_t)1 << RUNUT_KEY_DOCUMENT_BITS) - 1));
}

#endif
