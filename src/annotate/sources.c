#include "annotate/stage.h"
#include <stdlib.h>
struct runut_agencies { int unused; };
runut_agencies *runut_agencies_new(void) { return calloc(1, sizeof(runut_agencies)); }
void runut_agencies_free(runut_agencies *self) { free(self); }
void runut_sources_annotate(const runut_agencies *self, runut_arena *arena, runut_annotation *annotation) { (void)self; (void)arena; (void)annotation; }
