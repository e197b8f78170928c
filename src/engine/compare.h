/* Shared by compare.c, compare_pairs.c and the files beside them: two reports on their way to being compared. */
#ifndef RUNUT_ENGINE_COMPARE_H
#define RUNUT_ENGINE_COMPARE_H

#include "engine/worker.h"
#include "relate/compare.h"

/* An article as the store has it, copied. */
typedef struct runut_stored {
    uint32_t number, event, story; /* number 0 = it is not of the store */
    runut_slice id, file, body, digest, relation;
} runut_stored;

/* One of the two. Everything lives in arenas. */
typedef struct runut_side {
    runut_stored stored;
    runut_capture capture;      /* where it is not of the store */
    runut_slice given;          /* the body as the record gives it: offsets are of this; empty = as cleaned */
    const runut_digest *digest; /* these set by runut_side_prepare */
    runut_slice body;
    runut_worded words;
} runut_side;

/* Copies the article named `name` into `arena`. A RUNUT_ARENA_TRY of the caller's is no guard any more afterwards. */
int runut_stored_find(runut_store *store, runut_arena *arena, runut_slice name, runut_stored *out, runut_error *error);

/* Cleans, annotates and digests the capture, or decodes what the store has. Runs under a RUNUT_ARENA_TRY of the
 * worker's arena. */
int runut_side_prepare(const runut_worker *worker, runut_side *side, runut_error *error);

/* The comparison as JSON, without `id`. `texts`: with the words themselves and what the two reports are, for one pair;
 * else with offsets only. NULL = out of memory; allocates nothing in an arena but for what is made before the object.
 */
struct json_object *runut_comparison_json(runut_arena *arena, const runut_comparison *comparison, const runut_side *a,
                                          const runut_side *b, bool texts);

/* 'a' or 'b': that one is a newer version of the other; 0: neither. Both are looked for in the store, if there is one.
 */
int runut_version_newer(runut *self, uint32_t a, uint32_t b, char *newer, runut_error *error);

#endif
