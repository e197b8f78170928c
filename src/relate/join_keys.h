/* Keys on which an engine for large data can join articles, so that only likely pairs are compared: see docs/output.md
 * for what an equal key means. They depend on the one article alone. */
#ifndef RUNUT_RELATE_JOIN_KEYS_H
#define RUNUT_RELATE_JOIN_KEYS_H

#include "relate/digest.h"

typedef struct runut_join_keys {
    runut_slices fingerprint; /* RUNUT_JOIN_BANDS hexadecimal numbers; none where there are no words */
    runut_slices blocks;      /* "2024-05-06 KP", "2024-05-06 KP+kim jong un", "any KP+~summit"; distinct */
} runut_join_keys;

enum { RUNUT_JOIN_BANDS = 32 };

/* `digest` was made from `annotation`. Everything lives in `arena`. */
void runut_join_keys_make(runut_arena *arena, const runut_annotation *annotation, const runut_digest *digest,
                          runut_join_keys *keys);

#endif
