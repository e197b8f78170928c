#include "annotate/stage.h"
#include <stdlib.h>
struct runut_names { int unused; };
runut_names *runut_names_new(void) { return calloc(1, sizeof(runut_names)); }
void runut_names_free(runut_names *self) { free(self); }
void runut_names_annotate(const runut_names *self, runut_arena *arena, runut_annotation *annotation) { (void)self; (void)arena; (void)annotation; }
