/* From events to stories: what happens to the same actors and places over months and years. Days and numbers do not
 * count here, names do: events are put together by average linkage over the likeness of their names (with a little of
 * the words). Rare names (a ship, a volcano, a company) weigh most, by their idf; that the mean over all pairs of
 * events must reach the threshold keeps a country that everybody names from chaining one story to the next. */
#include <stdlib.h>

#include "relate/group.h"
#include "relate/relater.h"

enum { LARGE = 48, MEMBERS = 4, SAMPLE = 12, LINKED = 8, AROUND = 24, NEAR_STORIES = 3, SAME_TIME = 3 };
static const float NAMES = .8f, WORDS = .2f, CHAIN = .16f, TOUCH_BELOW = .05f, UNLINKED = .06f, OTHER_PLACE = .3f;

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
    float sum = NAMES * m.names + WORDS * m.stem;
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

/* Another event and the two most alike articles of both. */
typedef struct neighbour {
    uint32_t event, here, there;
    float match;
} neighbour;

typedef RUNUT_VECTOR(neighbour) neighbours;

static int by_event(const void *a, const void *b)
{
    const neighbour *x = a, *y = b;
    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    if (x->match != y->match)
        return x->match > y->match ? -1 : 1;
    return x->here != y->here ? (x->here > y->here) - (x->here < y->here)
                              : (x->there > y->there) - (x->there < y->there);
}

static int by_match(const void *a, const void *b)
{
    const neighbour *x = a, *y = b;
    return x->match != y->match ? (x->match < y->match) - (x->match > y->match) : by_event(a, b);
}

static void note_neighbour(runut_relater *self, uint32_t event, uint32_t here, runut_near near, neighbours *out)
{
    uint32_t other = self->shelf.articles.at[near.place].event;
    if (other && other != event)
        RUNUT_PUSH(self->scratch, *out, ((neighbour){other, here, near.place, near.match}));
}

/* The events that articles of `event` were found near to, nearest first, AROUND at most. */
static neighbours events_around(runut_relater *self, uint32_t event)
{
    neighbours out = {0};
    uint32_t places[LINKED];
    size_t count = sample(self, event, LINKED, places), n = 0;
    for (size_t i = 0; i < count; i++) {
        const runut_shelved *a = &self->shelf.articles.at[places[i]];
        for (size_t k = 0; k < a->edge_count; k++)
            note_neighbour(self, event, places[i], self->shelf.edges.at[a->edges + k], &out);
        for (size_t k = 0; k < a->near_count; k++)
            note_neighbour(self, event, places[i], a->near[k], &out);
    }
    if (out.size > 1)
        qsort(out.at, out.size, sizeof *out.at, by_event);
    for (size_t i = 0; i < out.size; i++)
        if (n == 0 || out.at[n - 1].event != out.at[i].event)
            out.at[n++] = out.at[i];
    if (n > 1)
        qsort(out.at, n, sizeof *out.at, by_match);
    out.size = n < AROUND ? n : AROUND;
    return out;
}

/* ---- what an event is linked with; it keeps the best few, so that a story is not compared anew all over ---- */

static void unlink_from(runut_event_state *e, uint32_t other)
{
    size_t n = 0;
    for (size_t i = 0; i < e->link_count; i++)
        if (e->links[i].event != other)
            e->links[n++] = e->links[i];
    e->link_count = (uint8_t)n;
}

static void link_to(runut_event_state *e, uint32_t other, float likeness)
{
    bool full = e->link_count == RUNUT_EVENT_LINKS;
    if (full && e->links[RUNUT_EVENT_LINKS - 1].likeness >= likeness)
        return;
    size_t i = full ? RUNUT_EVENT_LINKS - 1 : e->link_count++;
    for (; i > 0 && e->links[i - 1].likeness < likeness; i--)
        e->links[i] = e->links[i - 1];
    e->links[i] = (runut_event_link){other, likeness};
}

/* Links a changed event with those around it; the stories of some of these are touched (NULL: of none). Two events are
 * compared whole only where their two most alike articles are enough alike. */
static void link_event(runut_relater *self, uint32_t event, uint32s *touched)
{
    runut_event_state *e = &self->events.at[event];
    neighbours around = events_around(self, event);
    size_t stories = 0;
    e->linked = true;
    for (size_t i = 0; i < e->link_count; i++)
        unlink_from(&self->events.at[e->links[i].event], event);
    e->link_count = 0;
    for (size_t i = 0; i < around.size; i++) {
        neighbour n = around.at[i];
        runut_event_state *other = &self->events.at[n.event];
        float score = likeness_of_articles(&self->shelf, n.here, n.there);
        if (score >= CHAIN - TOUCH_BELOW)
            score = likeness(self, event, n.event);
        unlink_from(other, event);
        if (score < CHAIN - TOUCH_BELOW)
            continue;
        unlink_from(e, n.event);
        link_to(e, n.event, score);
        link_to(other, event, score);
        if (touched && other->story && stories++ < NEAR_STORIES)
            RUNUT_PUSH(self->scratch, *touched, other->story);
    }
}

/* ---- group ---- */

typedef struct local {
    const runut_relater *self;
    const uint32s *events;
} local;

/* What two events are linked by; where they are not among each other's best, or were never near, they are taken to be
 * little alike. */
static float score_events(const void *context, uint32_t a, uint32_t b)
{
    const local *l = context;
    uint32_t event = l->events->at[a], other = l->events->at[b];
    const runut_event_state *e = &l->self->events.at[event], *o = &l->self->events.at[other];
    for (size_t i = 0; i < e->link_count; i++)
        if (e->links[i].event == other)
            return e->links[i].likeness;
    for (size_t i = 0; i < o->link_count; i++)
        if (o->links[i].event == event)
            return o->links[i].likeness;
    return UNLINKED;
}

static uint32_t local_of(const uint32s *events, uint32_t event)
{
    const uint32_t *at = events->size ? bsearch(&event, events->at, events->size, sizeof event, by_number) : NULL;
    return at ? (uint32_t)(at - events->at) : RUNUT_NO_PLACE;
}

typedef RUNUT_VECTOR(runut_link) link_list;

static bool holds(const runut_event_state *e, uint32_t other)
{
    for (size_t i = 0; i < e->link_count; i++)
        if (e->links[i].event == other)
            return true;
    return false;
}

/* The links among the events, each once. */
static link_list collect_links(runut_relater *self, const uint32s *events)
{
    link_list out = {0};
    for (uint32_t i = 0; i < events->size; i++) {
        uint32_t event = events->at[i];
        const runut_event_state *e = &self->events.at[event];
        for (size_t k = 0; k < e->link_count; k++) {
            uint32_t other = e->links[k].event, j = local_of(events, other);
            if (j != RUNUT_NO_PLACE && (event < other || !holds(&self->events.at[other], event)))
                RUNUT_PUSH(self->scratch, out, ((runut_link){i, j, e->links[k].likeness}));
        }
    }
    return out;
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

/* Events that came from the store have no links yet; without them their story would fall apart. */
static void link_loaded(runut_relater *self, const uint32s *events)
{
    for (size_t i = 0; i < events->size; i++) {
        uint32_t event = events->at[i], places[LINKED];
        if (self->events.at[event].linked)
            continue;
        size_t count = sample(self, event, LINKED, places);
        for (size_t k = 0; k < count; k++)
            if (!self->shelf.articles.at[places[k]].linked)
                runut_events_link_place(self, places[k]);
        link_event(self, event, NULL);
    }
}

/* An event without articles is linked with none. */
static void unlink_event(runut_relater *self, uint32_t event)
{
    runut_event_state *e = &self->events.at[event];
    for (size_t i = 0; i < e->link_count; i++)
        unlink_from(&self->events.at[e->links[i].event], event);
    e->link_count = 0;
}

void runut_stories_settle(runut_relater *self)
{
    uint32s touched = {0}, events = {0};
    for (size_t i = 0; i < self->changed_events.size; i++) {
        uint32_t event = self->changed_events.at[i];
        if (self->events.at[event].story)
            RUNUT_PUSH(self->scratch, touched, self->events.at[event].story);
        if (self->events.at[event].articles) {
            RUNUT_PUSH(self->scratch, events, event);
            link_event(self, event, &touched);
        } else {
            unlink_event(self, event);
        }
    }
    sort_distinct(&touched);
    for (size_t i = 0; i < touched.size; i++) {
        drop_gone(self, touched.at[i]);
        for (uint32_t e = self->stories.at[touched.at[i]].first; e; e = self->next_event.at[e])
            RUNUT_PUSH(self->scratch, events, e);
    }
    sort_distinct(&events);
    link_loaded(self, &events);
    link_list links = collect_links(self, &events);
    local l = {self, &events};
    runut_grouping g = {.count = events.size,
                        .start = starts(self, &events),
                        .links = links.at,
                        .link_count = links.size,
                        .sample = SAMPLE,
                        .threshold = CHAIN,
                        .score = score_events,
                        .context = &l};
    commit(self, &events, runut_group(self->scratch, &g));
}
