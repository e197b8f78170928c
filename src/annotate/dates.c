/* When was this written, and when did it happen? Reads every expression of time, then weighs days against them. */
#include "annotate/dates.h"
#include "base/slice.h"

void runut_dates_annotate(const runut_calendar *self, runut_arena *arena, runut_annotation *annotation)
{
    runut_scan scan = {.calendar = self,
                       .arena = arena,
                       .annotation = annotation,
                       .text = annotation->body,
                       .tokens = annotation->tokens.at,
                       .count = (uint32_t)annotation->tokens.size};
    annotation->dates.inferred = annotation->dates.event = RUNUT_NO_DAY;
    scan.english = runut_slice_starts(annotation->language, RUNUT_LITERAL("en"));
    runut_dates_tag(&scan);
    runut_dates_read(&scan);
    runut_dates_known(&scan);
    runut_dates_link(&scan);
    runut_dates_solve(&scan);
    runut_dates_tell(&scan);
}
