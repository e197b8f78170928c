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

/* Decides on everything added since the last call, repairs the clusters that were touched, and says what changed; the
 * result lives in `arena`. New events and stories take the next free numbers, from 1. */
int runut_relater_settle(runut_relater *self, runut_arena *arena, runut_changes *changes, runut_error *error);

#endif
