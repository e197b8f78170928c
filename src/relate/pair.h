/* Decisions on two articles of one event; pure functions of two digests. */
#ifndef RUNUT_RELATE_PAIR_H
#define RUNUT_RELATE_PAIR_H

#include "relate/digest.h"
#include "relate/relation.h"

/* Facts of a body, for runut_digest_make. */
struct runut_fact_lexicon;
void runut_facts_find(runut_arena *arena, const struct runut_fact_lexicon *lexicon, const runut_annotation *annotation,
                      runut_digest *digest);

/* Did one of the two take its text from the other? 0 = no; -1 = `a` took it from `b`, 1 = `b` took it from `a`; `reuse`
 * is filled but for `of`, `here` being the taker. `a_first`: `a` came in before `b` (the last tie-breaker). */
int runut_reuse_judge(runut_arena *arena, const runut_digest *a, const runut_digest *b, bool a_first,
                      runut_reuse *reuse);

/* Values that `a` and `b` give differently for the same fact, seen from `a`; `with` is left 0. */
void runut_disagreements_find(runut_arena *arena, const runut_digest *a, const runut_digest *b,
                              runut_disagreements *out);

/* Sentences of `a` that none of the `count` earlier reports has. */
void runut_novelty_find(runut_arena *arena, const runut_digest *a, const runut_digest *const *earlier, size_t count,
                        runut_spans *out);

/* Are these two names of one outlet? ("Kabar Sini", "KABARSINI.COM") */
bool runut_same_outlet(runut_slice a, runut_slice b);

#endif
