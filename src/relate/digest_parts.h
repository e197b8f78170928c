/* What digest.c (making) and digest_code.c (encoding, decoding) share. */
#ifndef RUNUT_RELATE_DIGEST_PARTS_H
#define RUNUT_RELATE_DIGEST_PARTS_H

#include "relate/digest.h"

enum { RUNUT_DIGEST_LEAD = 60 }; /* words of the body that count twice */

/* Fills `stems` from headline stems and tokens: it is not stored. `headline` is empty where there is no headline. */
void runut_digest_stems(runut_arena *arena, runut_digest *digest);

/* Finds `editions`. */
void runut_digest_editions(runut_arena *arena, const runut_annotation *annotation, runut_digest *digest);

/* Sorts by term and adds up equal terms. */
void runut_weights_gather(runut_weights *weights);

#endif
