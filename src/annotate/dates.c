#include "annotate/stage.h"
#include <stdlib.h>
struct runut_calendar { int unused; };
runut_calendar *runut_calendar_new(void) { return calloc(1, sizeof(runut_calendar)); }
void runut_calendar_free(runut_calendar *self) { free(self); }
void runut_dates_annotate(const runut_calendar *self, runut_arena *arena, runut_annotation *annotation) { (void)self; (void)arena; annotation->dates.inferred = annotation->dates.event = RUNUT_NO_DAY; }
