/* Passages: stretches of two texts of one language that go together, word for word, reworded or shuffled. */
#ifndef RUNUT_RELATE_PASSAGES_H
#define RUNUT_RELATE_PASSAGES_H

#include "base/arena.h"
#include "relate/digest.h"

typedef struct runut_passage {
    uint32_t a, a_end, b, b_end; /* tokens */
    float a_held, b_held;        /* share of its content words that stand in the other's part, 0..1 */
    bool verbatim;               /* for the most part in the same order, without a gap */
} runut_passage;

typedef RUNUT_VECTOR(runut_passage) runut_passages;

/* By `a`; of passages that would overlap much, in `a` or in `b`, the weightiest stays. Linear in the two texts, but for
 * sorting their words. */
runut_passages runut_passages_find(runut_arena *arena, const runut_digest *a, const runut_digest *b);

/* Where tokens [first, end) stand, end > first; with the marks around them where they are whole sentences. */
runut_span runut_passage_bytes(const runut_digest *digest, uint32_t first, uint32_t end);

#endif
