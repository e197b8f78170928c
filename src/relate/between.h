/* Two actors in one report: the sentence that tells best what they have to do with each other. */
#ifndef RUNUT_RELATE_BETWEEN_H
#define RUNUT_RELATE_BETWEEN_H

#include "relate/digest.h"

/* The keys of one actor's names, hashed as in runut_digest_name.key. */
typedef RUNUT_VECTOR(uint32_t) runut_actor;

typedef struct runut_relation_line {
    runut_span span;    /* the sentence */
    float weight;       /* how well it stands for the report; comparable between reports */
    uint32_t sentences; /* how many name both */
} runut_relation_line;

/* False where no sentence names both. Linear in the report's sentences and mentions. */
bool runut_between_find(runut_arena *arena, const runut_digest *digest, const runut_actor *one,
                        const runut_actor *other, runut_relation_line *found);

#endif
