/* The relater's inside, for relate.c, events*.c, stories.c and report.c. */
#ifndef RUNUT_RELATE_RELATER_H
#define RUNUT_RELATE_RELATER_H

#include "relate/pairs.h"
#include "relate/relate.h"

enum { RUNUT_NO_PLACE = UINT32_MAX };

/* Another event and how alike the two are (stories.c). */
typedef struct runut_event_link {
    uint32_t event;
    float likeness;
} runut_event_link;

enum { RUNUT_EVENT_LINKS = 8 };

/* An event by its number. Its articles hang together by runut_relater.next, in order of place. */
typedef struct runut_event_state {
    uint32_t first, last; /* places; RUNUT_NO_PLACE = no article (any more) */
    uint32_t articles;
    uint32_t story;
    bool changed; /* since the last report */
    bool linked;  /* links were looked for */
    uint8_t link_count;
    runut_event_link links[RUNUT_EVENT_LINKS]; /* best first */
} runut_event_state;

/* A story by its number; its events hang together by runut_relater.next_event. */
typedef struct runut_story_state {
    uint32_t first, last; /* events; 0 = none */
    uint32_t events;
} runut_story_state;

struct runut_relater {
    runut_heap heap;
    runut_index index;
    runut_shelf shelf;
    runut_pairs pairs;
    RUNUT_LIST(runut_event_state) events;  /* [0] is not used */
    RUNUT_LIST(runut_story_state) stories; /* [0] is not used */
    RUNUT_LIST(uint32_t) next;             /* per place: the event's next article */
    RUNUT_LIST(uint32_t) next_event;       /* per event: the story's next event */
    RUNUT_LIST(bool) changed;              /* per place: its relation has to be told anew */
    RUNUT_LIST(uint32_t) changed_places;   /* those of `changed` */
    RUNUT_LIST(uint32_t) changed_events;   /* those with runut_event_state.changed */
    RUNUT_LIST(float) overlap;             /* per place: zeros, for runut_index_candidates */
    runut_arena *scratch;
    size_t settled;  /* places before it were told */
    size_t posted;   /* places before it are in the index */
    size_t weighed;  /* articles at the last weighing */
    size_t repaired; /* articles at the last repair of everything */
};

/* ---- events.c: all run under the scratch arena's RUNUT_ARENA_TRY and leave by it when memory is out ---- */

/* Puts every article into the index; finds and scores the candidates of the new ones. */
void runut_events_link(runut_relater *self);

/* Finds and scores the candidates of one article. */
void runut_events_link_place(runut_relater *self, size_t place);

/* Puts articles into events: the new ones and those of the events that they touch. */
void runut_events_settle(runut_relater *self);

/* Notes that an article's relation, an event has to be told anew. They leave by the scratch arena when memory is out.
 */
void runut_events_mark_place(runut_relater *self, uint32_t place);
void runut_events_mark(runut_relater *self, uint32_t event);

/* Makes room for event number `event`; false when memory is out. */
bool runut_events_reserve(runut_relater *self, uint32_t event);

/* Hangs `place` at the end of `event`. */
void runut_events_append(runut_relater *self, uint32_t event, uint32_t place);

/* ---- stories.c ---- */

void runut_stories_settle(runut_relater *self);
bool runut_stories_reserve(runut_relater *self, uint32_t story);

/* Hangs `event` at the end of `story`. */
void runut_stories_append(runut_relater *self, uint32_t story, uint32_t event);

/* ---- report.c ---- */

/* Finds what each new article was taken from. */
void runut_report_reuse(runut_relater *self);

/* Says in `arena` what changed. */
void runut_report(runut_relater *self, runut_arena *arena, runut_changes *changes);

#endif
