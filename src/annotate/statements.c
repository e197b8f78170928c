#include "annotate/stage.h"
#include <stdlib.h>
struct runut_cues {
    int unused;
};
runut_cues *runut_cues_new(void)
{
    return calloc(1, sizeof(runut_cues));
}
void runut_cues_free(runut_cues *self)
{
    free(self);
}
void runut_statements_annotate(const runut_cues *self, runut_arena *arena, runut_annotation *annotation)
{
    (void)self;
    (void)arena;
    (void)annotation;
}
