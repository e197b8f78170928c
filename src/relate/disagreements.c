#include "relate/relate.h"
#include "relate/pair.h"
void runut_disagreements_find(runut_arena *arena, const runut_digest *a, const runut_digest *b, runut_disagreements *out) { (void)arena; (void)a; (void)b; (void)out; }
