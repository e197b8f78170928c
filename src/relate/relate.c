#include "relate/relate.h"
#include "relate/pair.h"
#include <stdlib.h>
struct runut_relater { uint32_t last; uint32_t settled; };
int runut_relater_new(runut_relater **self, runut_error *error) { (void)error; *self = calloc(1, sizeof(runut_relater)); return 0; }
void runut_relater_free(runut_relater *self) { free(self); }
int runut_relater_load(runut_relater *self, uint32_t article, runut_slice digest, uint32_t event, uint32_t story, uint32_t reuse_of, runut_error *error) { (void)digest; (void)event; (void)story; (void)reuse_of; (void)error; self->last = self->settled = article; return 0; }
int runut_relater_add(runut_relater *self, uint32_t article, runut_slice digest, runut_error *error) { (void)digest; (void)error; self->last = article; return 0; }
int runut_relater_settle(runut_relater *self, runut_arena *arena, runut_changes *changes, runut_error *error)
{
    (void)error;
    for (uint32_t i = self->settled + 1; i <= self->last; i++) {
        runut_relation *r = RUNUT_APPEND(arena, changes->relations);
        r->article = r->event = i;
        runut_event *e = RUNUT_APPEND(arena, changes->events);
        *e = (runut_event){.event = i, .story = i, .day = RUNUT_NO_DAY, .title = i, .articles = 1, .origins = 1};
    }
    self->settled = self->last;
    return 0;
}
