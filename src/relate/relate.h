/* The relater: an index of all articles that decides which tell of the same happening, who copied whom, what story an
 * event belongs to, and where reports disagree. Pure: no I/O, no clock; the same articles in the same order give the
 * same result, bit for bit. */
#ifndef RUNUT_RELATE_RELATE_H
#define RUNUT_RELATE_RELATE_H

#include "base/error.h"
#include "relate/digest.h"
#include "relate/relation.h"

typedef struct runut_relater runut_relater;

/* RUNUT_ERR_MEMORY on failure. */
int runut_relater_new(runut_relater **self, runut_error *error);
void runut_relater_free(runut_relater *self);

/* Takes in an article that was related before: its digest (copied) and where it stood. Articles come in order of
 * their number. `reuse_of`: the article that it took its text from, 0 = none. */
int runut_relater_load(runut_relater *self, uint32_t article, runut_slice digest, uint32_t event, uint32_t story,
                       uint32_t reuse_of, runut_error *error);

/* Takes in a new article. Candidates come from an inverted index, so the work is bounded however large the index. */
int runut_relater_add(runut_relater *self, uint32_t article, runut_slice digest, runut_error *error);

/* `by` is a newer version of `article`: in an event that has both, the older one is no origin. Both are there. `load`:
 * it was known before, so nothing is told anew. */
int runut_relater_replace(runut_relater *self, uint32_t article, uint32_t by, bool load, runut_error *error);

/* Where the digest of article number `article` can be had again: copies it into `arena`. Calls come from several
 * threads, never two at a time. */
typedef int (*runut_relater_fetch)(void *context, uint32_t article, runut_arena *arena, runut_slice *digest,
                                   runut_error *error);

/* From now on digests are held until they are settled only, and asked for when one is needed again (bounded work per
 * article). Without it all are held. */
void runut_relater_fetch_by(runut_relater *self, runut_relater_fetch fetch, void *context);

/* On how many threads settling may run, 1 at first; the result is the same. */
void runut_relater_threads(runut_relater *self, size_t threads);

/* Decides on everything added since the last call, repairs the clusters that were touched, and says what changed; the
 * result lives in `arena` and is good until the next call. New events and stories take the next free numbers, from 1.
 */
int runut_relater_settle(runut_relater *self, runut_arena *arena, runut_changes *changes, runut_error *error);

#endif
