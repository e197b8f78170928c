/* From events to stories: what happens to the same actors and places over months and years. Days and numbers do not
 * count here, names do: events are put together by average linkage over the likeness of their names (with a little of
 * the words). Rare names (a ship, a volcano, a company) weigh most, by their idf; that the mean over all pairs of
 * events must reach the threshold keeps a country that everybody names from chaining one story to the next. */
#include <stdlib.h>

#include "relate/group.h"
#include "relate/relater.h"

enum { LARGE = 48, MEMBERS = 4, LINKED = 8, NEAR_STORIES = 6, SAME_TIME = 3 };
static const float NAMES = .8f, WORDS = .2f, CHAIN = .16f, TOUCH_BELOW = .05f, OTHER_PLACE = .3f;

typedef RUNUT_VECTOR(uint32_t) uint32s;

/* ---- the lists of stories ---- */

bool runut_stories_reserve(runut_relater *self, uint32_t story)
{
    size_t wanted = (size_t)story + 1;
    if (wanted <= self->stories.size)
        return true;
    if (!RUNUT_LIST_RESERVE(&self->heap, self->stories, wanted - self->stories.size))
        return false;
    while (self->stories.size < wanted)
        self->stories.at[self->stories.size++] = (runut_story_state){0, 0, 0};
    return true;
}

void runut_stories_append(runut_relater *self, uint32_t story, uint32_t event)
{
    runut_story_state *s = &self->stories.at[story];
    self->next_event.at[event] = 0;
    if (s->first == 0)
        s->first = event;
    else
        self->next_event.at[s->last] = event;
    s->last = event;
    s->events++;
    self->events.at[event].story = story;
}

/* ---- how alike ---- */

/* An even sample of an event's articles. */
static size_t sample(const runut_relater *self, uint32_t event, size_t most, uint32_t *out)
{
    const runut_event_state *e = &self->events.at[event];
    size_t step = (e->articles + most - 1) / most, count = 0, i = 0;
    for (uint32_t p = e->first; p != RUNUT_NO_PLACE && count < most; p = self->next.at[p], i++)
        if (i % step == 0)
            out[count++] = p;
    return count;
}

/* Like things at one time in two places (two earthquakes) share the offices that speak of them, but no story. */
static float likeness_of_articles(const runut_shelf *shelf, uint32_t a, uint32_t b)
{
    runut_match m = runut_score_match(shelf, a, b);
    float sum = NAMES * runut_score_names(shelf, a, b) + WORDS * m.stem;
    int32_t days = runut_score_days(&shelf->articles.at[a], &shelf->articles.at[b]);
    return m.place >= 0 && m.place < OTHER_PLACE && days >= 0 && days <= SAME_TIME ? sum / 2 : sum;
}

static float likeness(const runut_relater *self, uint32_t a, uint32_t b)
{
    uint32_t in_a[MEMBERS], in_b[MEMBERS];
    size_t na = sample(self, a, MEMBERS, in_a), nb = sample(self, b, MEMBERS, in_b);
    float sum = 0;
    for (size_t i = 0; i < na; i++)
        for (size_t j = 0; j < nb; j++)
            sum += likeness_of_articles(&self->shelf, in_a[i], in_b[j]);
    return na && nb ? sum / (float)(na * nb) : 0;
}

/* ---- touch ---- */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void sort_distinct(uint32s *list)
{
    size_t n = 0;
    if (list->size > 1)
        qsort(list->at, list->size, sizeof *list->at, by_number);
    for (size_t i = 0; i < list->size; i++)
        if (n == 0 || list->at[n - 1] != list->at[i])
            list->at[n++] = list->at[i];
    list->size = n;
}

/* The events that articles of `event` were found near to, ascending. */
static uint32s events_around(runut_relater *self, uint32_t event)
{
    uint32s out = {0};
    uint32_t places[LINKED];
    size_t count = sample(self, event, LINKED, places);
    for (size_t i = 0; i < count; i++) {
        const runut_shelved *a = &self->shelf.articles.at[places[i]];
        for (size_t k = 0; k < a->edge_count; k++)
            RUNUT_PUSH(self->scratch, out, self->shelf.articles.at[self->shelf.edges.at[a->edges + k].place].event);
        for (size_t k = 0; k < a->near_count; k++)
            RUNUT_PUSH(self->scratch, out, self->shelf.articles.at[a->near[k].place].event);
    }
    sort_distinct(&out);
    return out;
}

typedef RUNUT_VECTOR(runut_link) link_list;

/* Links an event with those around it; the stories of some of these are touched. */
static void link_event(runut_relater *self, uint32_t event, link_list *links, uint32s *touched)
{
    uint32s around = events_around(self, event);
    size_t stories = 0;
    for (size_t i = 0; i < around.size; i++) {
        uint32_t other = around.at[i];
        if (other == event || other == 0)
            continue;
        float score = likeness(self, event, other);
        if (score < CHAIN - TOUCH_BELOW)
            continue;
        RUNUT_PUSH(self->scratch, *links, ((runut_link){event, other, score}));
        if (touched && self->events.at[other].story && stories++ < NEAR_STORIES)
            RUNUT_PUSH(self->scratch, *touched, self->events.at[other].story);
    }
}

/* ---- group ---- */

typedef struct local {
    const runut_relater *self;
    const uint32s *events;
} local;

static float score_events(const void *context, uint32_t a, uint32_t b)
{
    const local *l = context;
    return likeness(l->self, l->events->at[a], l->events->at[b]);
}

static uint32_t local_of(const uint32s *events, uint32_t event)
{
    const uint32_t *at = events->size ? bsearch(&event, events->at, events->size, sizeof event, by_number) : NULL;
    return at ? (uint32_t)(at - events->at) : RUNUT_NO_PLACE;
}

static void renumber_links(link_list *links, const uint32s *events)
{
    size_t n = 0;
    for (size_t i = 0; i < links->size; i++) {
        runut_link l = links->at[i];
        l.a = local_of(events, l.a);
        l.b = local_of(events, l.b);
        if (l.a != RUNUT_NO_PLACE && l.b != RUNUT_NO_PLACE)
            links->at[n++] = l;
    }
    links->size = n;
}

/* Large stories begin as one group, all else alone. */
static uint32_t *starts(runut_relater *self, const uint32s *events)
{
    uint32_t *start = runut_arena_alloc(self->scratch, (events->size + 1) * sizeof *start);
    uint32_t *first = runut_arena_alloc(self->scratch, self->stories.size * sizeof *first);
    for (uint32_t i = 0; i < events->size; i++) {
        uint32_t story = self->events.at[events->at[i]].story;
        start[i] = i;
        if (!story || self->stories.at[story].events <= LARGE)
            continue;
        if (!first[story])
            first[story] = i + 1;
        start[i] = first[story] - 1;
    }
    return start;
}

/* First what can fail, then what must be done whole. */
static void commit(runut_relater *self, const uint32s *events, const uint32_t *group)
{
    uint32_t *old = runut_arena_alloc(self->scratch, (events->size + 1) * sizeof *old);
    for (size_t i = 0; i < events->size; i++)
        old[i] = self->events.at[events->at[i]].story;
    uint32_t next = (uint32_t)self->stories.size;
    uint32_t *story = runut_group_number(self->scratch, events->size, group, old, &next);
    if (!runut_stories_reserve(self, next - 1))
        runut_arena_fail(self->scratch);
    for (size_t i = 0; i < events->size; i++)
        if (story[group[i]] != old[i])
            runut_events_mark(self, events->at[i]);
    for (size_t i = 0; i < events->size; i++)
        if (old[i])
            self->stories.at[old[i]] = (runut_story_state){0, 0, 0};
    for (size_t i = 0; i < events->size; i++)
        runut_stories_append(self, story[group[i]], events->at[i]);
}

/* Events that are gone leave their story. */
static void drop_gone(runut_relater *self, uint32_t story)
{
    uint32_t event = self->stories.at[story].first;
    self->stories.at[story] = (runut_story_state){0, 0, 0};
    for (uint32_t next; event; event = next) {
        next = self->next_event.at[event];
        if (self->events.at[event].articles)
            runut_stories_append(self, story, event);
        else
            self->events.at[event].story = 0;
    }
}

void runut_stories_settle(runut_relater *self)
{
    uint32s touched = {0}, events = {0};
    link_list links = {0};
    for (size_t i = 0; i < self->changed_events.size; i++) {
        uint32_t event = self->changed_events.at[i];
        if (self->events.at[event].story)
            RUNUT_PUSH(self->scratch, touched, self->events.at[event].story);
        if (self->events.at[event].articles) {
            RUNUT_PUSH(self->scratch, events, event);
            link_event(self, event, &links, &touched);
        }
    }
    sort_distinct(&touched);
    for (size_t i = 0; i < touched.size; i++) {
        drop_gone(self, touched.at[i]);
        for (uint32_t e = self->stories.at[touched.at[i]].first; e; e = self->next_event.at[e])
            RUNUT_PUSH(self->scratch, events, e);
    }
    sort_distinct(&events);
    for (size_t i = 0; i < events.size; i++)
        if (!self->events.at[events.at[i]].changed)
            link_event(self, events.at[i], &links, NULL);
    renumber_links(&links, &events);
    local l = {self, &events};
    runut_grouping g = {.count = events.size,
                        .start = starts(self, &events),
                        .links = links.at,
                        .link_count = links.size,
                        .threshold = CHAIN,
                        .score = score_events,
                        .context = &l};
    commit(self, &events, runut_group(self->scratch, &g));
}
