/* Which documents have this key? For keys that are hashes, of any number of documents, in bounded memory.
 *
 *     add ─→ table in memory ─→ (full) sorted run on disk ─→ (eight of a size) merged run
 *     find ─→ runs, oldest first (a filter tells most that lack the key), then the table
 *
 * What find says does not depend on what is in memory and what on disk. The merge tree is that of O'Neil et al. (1996),
 * the filters are Bloom's (1970) in blocks of a cache line (Putze, Sanders and Singler 2007). */
#ifndef RUNUT_ENGINE_KEYS_H
#define RUNUT_ENGINE_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* An entry: 34 bits of a key above 30 of a document's number (from 1). Sorted by both. */
enum { RUNUT_KEY_DOCUMENT_BITS = 30, RUNUT_KEY_SAME = 4 };
#define RUNUT_KEY_MOST_DOCUMENTS (((uint32_t)1 << RUNUT_KEY_DOCUMENT_BITS) - 2)

typedef struct runut_keys runut_keys;

/* The documents that have a key: the first ones, in order. */
typedef struct runut_key_hits {
    uint32_t count;
    uint32_t documents[RUNUT_KEY_SAME];
} runut_key_hits;

/* What a run is known by in its folder. */
typedef struct runut_key_run_name {
    uint32_t number, level;
    uint64_t count, filter; /* entries; bytes of the filter */
} runut_key_run_name;

/* `folder`: where runs are files named run-N (none is deleted there: see garbage), NULL = nameless temporary ones.
 * `memory`: bytes for the table and the filters. */
int runut_keys_new(const char *folder, size_t memory, runut_keys **out, runut_error *error);
void runut_keys_free(runut_keys *self);

/* Takes up a run that an earlier process wrote, oldest first, before anything is added. */
int runut_keys_open_run(runut_keys *self, const runut_key_run_name *name, runut_error *error);

int runut_keys_find(runut_keys *self, const uint64_t *keys, size_t count, runut_key_hits *hits, runut_error *error);

/* `document`: not below those added before, at most RUNUT_KEY_MOST_DOCUMENTS. A key that has RUNUT_KEY_SAME documents
 * gets no more: that is the caller's to see. *entry (may be NULL): for runut_keys_put. */
int runut_keys_add(runut_keys *self, uint64_t key, uint32_t document, uint64_t *entry, runut_error *error);
int runut_keys_put(runut_keys *self, uint64_t entry, runut_error *error);

/* How often the table was written as a run so far, be it that it was full. */
uint64_t runut_keys_flushes(const runut_keys *self);

/* Writes the table as a run, safe on the disk where there is a folder, and empties it. */
int runut_keys_flush(runut_keys *self, runut_error *error);

/* The runs, oldest first; NULL behind the last one. */
const runut_key_run_name *runut_keys_run(const runut_keys *self, size_t number);

#endif
