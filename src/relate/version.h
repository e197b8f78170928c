/* Two texts that were found at one address: the same report, edited, or another report that took its place? */
#ifndef RUNUT_RELATE_VERSION_H
#define RUNUT_RELATE_VERSION_H

#include "relate/compare.h"

/* Runs under the caller's RUNUT_ARENA_TRY. Both have their stems. The answer is the same whichever is `a`. */
bool runut_version_judge(runut_comparer *comparer, runut_arena *arena, const runut_digest *a, const runut_digest *b);

#endif
