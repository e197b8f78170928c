/* What digest.c (making) and digest_code.c (encoding, decoding) share. */
#ifndef RUNUT_RELATE_DIGEST_PARTS_H
#define RUNUT_RELATE_DIGEST_PARTS_H

#include "relate/digest.h"

enum { RUNUT_DIGEST_LEAD = 60 }; /* words of the body that count twice */

/* Fills `stems` from headline stems and tokens: it is not stored. `headline` is empty where there is no headline. */
void runut_digest_stems(runut_arena *arena, runut_digest *digest);

/* digester.c: what is remembered of a language; the tag's first part ("" = unknown). */
typedef struct runut_edition_words runut_edition_words;
typedef struct runut_common_words runut_common_words;
typedef struct runut_digest_words {
    runut_slice language;
    const struct runut_fact_lexicon *facts;
    const runut_edition_words *editions;
    const runut_common_words *common;
} runut_digest_words;

/* `digester` may be NULL; what is not remembered lives in `arena`. */
const runut_digest_words *runut_digester_words(runut_digester *digester, runut_arena *arena, runut_slice language);

/* Finds `editions`. */
const runut_edition_words *runut_edition_words_new(runut_arena *arena, runut_slice language);
void runut_digest_editions(runut_arena *arena, const runut_edition_words *words, const runut_annotation *annotation,
                           runut_digest *digest);

/* digest_common.c: is the word one that every text has? `hash`: runut_slice_hash of it. */
const runut_common_words *runut_common_words_new(runut_arena *arena, runut_slice language);
bool runut_common_words_have(const runut_common_words *self, runut_slice folded, uint64_t hash);

/* Sorts by term and adds up equal terms. */
void runut_weights_gather(runut_arena *arena, runut_weights *weights);

#endif
