/* The relater's inside, for relate.c, events*.c, stories.c and report.c. */
#ifndef RUNUT_RELATE_RELATER_H
#define RUNUT_RELATE_RELATER_H

#include "base/parallel.h"
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
    bool lost;    /* an article, since then */
    bool linked;  /* links were looked for */
    uint8_t link_count;
    runut_event_link links[RUNUT_EVENT_LINKS]; /* best first */
} runut_event_state;

/* A story by its number; its events hang together by runut_relater.next_event. */
typedef struct runut_story_state {
    uint32_t first, last; /* events; 0 = none */
    uint32_t events;
} runut_story_state;

enum { RUNUT_MOST_HANDS = 8, RUNUT_DESK = 1024 };

/* What one thread works with. */
typedef struct runut_hand {
    runut_relater *relater;
    runut_arena *scratch;
    runut_arena *answer;         /* what it tells; good until the next settling */
    runut_arena *desk;           /* holds decoded digests: */
    uint32_t places[RUNUT_DESK]; /* place + 1, by open addressing */
    runut_digest *digests[RUNUT_DESK];
    size_t digest_count;
    runut_pairs pairs;
    runut_shelf shelf; /* the relater's, but with the matches of this hand */
    runut_ready ready;
    runut_tally tally; /* for runut_index_candidates */
    uint64_t fetched;
    int code; /* of what went wrong, RUNUT_OK = nothing did */
    runut_error error;
} runut_hand;

/* How much was done, for tests and benchmarks. */
typedef struct runut_work {
    uint64_t candidates; /* found and compared */
    uint64_t grouped;    /* articles put into events, the same one each time that it was touched */
    uint64_t fetched;    /* digests asked for */
} runut_work;

struct runut_relater {
    runut_heap heap;
    runut_work work;
    runut_index index;
    runut_shelf shelf;
    runut_pairs pairs;
    runut_ready ready;
    RUNUT_LIST(runut_event_state) events;  /* [0] is not used */
    RUNUT_LIST(runut_story_state) stories; /* [0] is not used */
    RUNUT_LIST(uint32_t) next;             /* per place: the event's next article */
    RUNUT_LIST(uint32_t) next_event;       /* per event: the story's next event */
    RUNUT_LIST(bool) changed;              /* per place: its relation has to be told anew */
    RUNUT_LIST(uint32_t) changed_places;   /* those of `changed` */
    RUNUT_LIST(uint32_t) changed_events;   /* those with runut_event_state.changed */
    runut_arena *scratch;
    runut_hand *hands[RUNUT_MOST_HANDS]; /* made when they are needed */
    size_t threads;
    runut_relater_fetch fetch; /* NULL = all digests are held */
    void *fetch_context;
    runut_lock *fetch_lock;
    int failed; /* code of what a hand met with; RUNUT_OK = memory was out, if anything was */
    runut_error error;
    size_t settled;  /* places before it were told */
    size_t posted;   /* places before it are in the index */
    size_t weighed;  /* articles at the last weighing */
    size_t repaired; /* articles at the last repair of everything */
};

/* ---- hand.c ---- */

/* What to do with item `item` of a piece of work; leaves by the hand's arenas when something is wrong. */
typedef void (*runut_task)(runut_hand *hand, void *context, size_t item);

/* Does a piece of work on all hands; leaves by the scratch arena where one of them failed. What the hands told before
 * is forgotten where `afresh`. */
void runut_hands_run(runut_relater *self, bool afresh, size_t count, runut_task task, void *context);
void runut_hands_free(runut_relater *self);

/* The digest of an article, decoded and prepared for alignment; good until runut_hand_tidy. */
runut_digest *runut_hand_digest(runut_hand *self, size_t place);

/* Empties the desk where there is much on it. */
void runut_hand_tidy(runut_hand *self);

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

/* ---- parents.c ---- */

/* Finds what each new article was taken from. */
void runut_parents_find(runut_relater *self);

/* Place of an article number; RUNUT_NO_PLACE where it is not there. */
uint32_t runut_relater_place(const runut_relater *self, uint32_t article);

/* ---- report_article.c ---- */

/* An event being told. */
typedef struct runut_telling {
    runut_hand *hand;
    uint32_t event;
    const uint32_t *places; /* of the event, in order of time */
    size_t count;
    const bool *told;     /* which of them are told anew */
    runut_relation *more; /* what comes to the others */
    RUNUT_VECTOR(runut_relation) relations;
} runut_telling;

/* Tells of every article for which something changed. */
void runut_telling_articles(runut_telling *self);

/* ---- report.c ---- */

/* Says in `arena` what changed. */
void runut_report(runut_relater *self, runut_arena *arena, runut_changes *changes);

#endif
