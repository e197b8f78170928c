/* From articles to events.
 *
 *   link    each new article is looked up in the index; the pairs found are scored and kept as edges, and each side
 *           notes its nearest (for hubness). Articles loaded from the store are linked when a new one comes near them.
 *   touch   new articles, and the events that one of them is nearly good enough for, are taken apart …
 *   group   … and put together by average linkage (group.c), so that a late article can bring two halves of an event
 *           together or show that one event was two. Large events stay whole.
 *   number  a group keeps the number of the event that most of it comes from.
 *
 * Finding and comparing are shared out among several hands (hand.c); what follows from it is done in order of place, so
 * that it is all one how many hands there are.
 *
 * Taking apart only what is near bounds the work for one article. A small store, where it is not yet known what words
 * are rare, is grouped as a whole each time; in a larger one everything (of the newest WINDOW articles) is grouped
 * again whenever the number of articles has grown by half. */
#include <stdlib.h>

#include "relate/group.h"
#include "relate/relater.h"

enum { LARGE = 48, SAMPLE = 12, SAMPLE_GROUP = 12, NEAR_EVENTS = 3, WINDOW = 2048, SMALL = 500, PART = 512 };
static const float EDGE = .1f, EDGE_ACROSS = .05f, LINK_BELOW = .25f, TOUCH_BELOW = .15f, CONTRAST = .8f, ALONE = .04f;

typedef RUNUT_VECTOR(uint32_t) uint32s;

/* ---- the lists of events ---- */

bool runut_events_reserve(runut_relater *self, uint32_t event)
{
    size_t wanted = (size_t)event + 1;
    if (wanted <= self->events.size)
        return true;
    size_t more = wanted - self->events.size;
    if (!RUNUT_LIST_RESERVE(&self->heap, self->events, more) ||
        !RUNUT_LIST_RESERVE(&self->heap, self->next_event, more))
        return false;
    while (self->events.size < wanted) {
        self->events.at[self->events.size++] = (runut_event_state){.first = RUNUT_NO_PLACE, .last = RUNUT_NO_PLACE};
        self->next_event.at[self->next_event.size++] = 0;
    }
    return true;
}

void runut_events_append(runut_relater *self, uint32_t event, uint32_t place)
{
    runut_event_state *e = &self->events.at[event];
    self->next.at[place] = RUNUT_NO_PLACE;
    if (e->first == RUNUT_NO_PLACE)
        e->first = place;
    else
        self->next.at[e->last] = place;
    e->last = place;
    e->articles++;
    self->shelf.articles.at[place].event = event;
}

void runut_events_mark_place(runut_relater *self, uint32_t place)
{
    if (self->changed.at[place])
        return;
    if (!RUNUT_LIST_RESERVE(&self->heap, self->changed_places, 1))
        runut_arena_fail(self->scratch);
    self->changed_places.at[self->changed_places.size++] = place;
    self->changed.at[place] = true;
}

void runut_events_mark(runut_relater *self, uint32_t event)
{
    if (event == 0 || self->events.at[event].changed)
        return;
    if (!RUNUT_LIST_RESERVE(&self->heap, self->changed_events, 1))
        runut_arena_fail(self->scratch);
    self->changed_events.at[self->changed_events.size++] = event;
    self->events.at[event].changed = true;
}

/* ---- link ---- */

static void weigh(runut_relater *self)
{
    size_t count = self->shelf.articles.size;
    if (count > SMALL && count < self->weighed + self->weighed / 2) {
        runut_shelf_weigh(&self->shelf, self->posted);
        return;
    }
    runut_index_weigh(&self->index);
    runut_shelf_weigh(&self->shelf, 0);
    runut_pairs_clear(&self->pairs, count);
    for (size_t i = 0; i < RUNUT_MOST_HANDS; i++)
        if (self->hands[i] && self->hands[i]->pairs.at)
            runut_pairs_clear(&self->hands[i]->pairs, 0);
    self->weighed = count;
}

static void note_pair(runut_relater *self, size_t a, size_t b, float match)
{
    runut_shelf_note(&self->shelf, a, (uint32_t)b, match);
    runut_shelf_note(&self->shelf, b, (uint32_t)a, match);
}

/* What was found for one article. */
typedef struct found {
    size_t place;
    uint32_t end; /* only articles before it are looked for */
    size_t lookup_count, count;
    runut_lookup lookups[RUNUT_SHELF_LOOKUPS];
    runut_candidate candidates[RUNUT_INDEX_CANDIDATES];
    runut_match matches[RUNUT_INDEX_CANDIDATES];
} found;

static void look_up(runut_hand *hand, void *context, size_t item)
{
    found *f = (found *)context + item;
    f->lookup_count = runut_shelf_lookups(&hand->shelf, f->place, f->lookups);
}

static void find_candidates(runut_hand *hand, void *context, size_t item)
{
    found *f = (found *)context + item;
    f->count = runut_index_candidates(hand->shelf.index, &hand->tally, f->lookups, f->lookup_count, (uint32_t)f->place,
                                      f->end, f->candidates);
    for (size_t i = 0; i < f->count; i++) {
        if (i + 1 < f->count)
            runut_shelf_prefetch(&hand->shelf, f->candidates[i + 1].article);
        f->matches[i] = runut_score_compare(&hand->shelf, f->place, f->candidates[i].article);
    }
}

/* Keeps what was found as edges. */
static void keep_found(runut_relater *self, const found *f)
{
    runut_shelved *a = &self->shelf.articles.at[f->place];
    if (!RUNUT_LIST_RESERVE(&self->heap, self->shelf.edges, RUNUT_INDEX_CANDIDATES))
        runut_arena_fail(self->scratch);
    a->edges = self->shelf.edges.size;
    for (size_t i = 0; i < f->count; i++) {
        uint32_t other = f->candidates[i].article;
        float match = f->matches[i].all;
        if (match < (a->language == self->shelf.articles.at[other].language ? EDGE : EDGE_ACROSS))
            continue;
        runut_pairs_keep(&self->pairs, f->place, other, &f->matches[i]);
        self->shelf.edges.at[self->shelf.edges.size++] = (runut_near){other, match};
        note_pair(self, f->place, other, match);
    }
    a->edge_count = (uint32_t)(self->shelf.edges.size - a->edges);
    a->linked = true;
    self->work.candidates += f->count;
}

static void post(runut_relater *self, const found *f)
{
    for (size_t i = 0; i < f->lookup_count; i++)
        if (!runut_index_post(&self->index, f->lookups[i].term, (uint32_t)f->place))
            runut_arena_fail(self->scratch);
}

void runut_events_link_place(runut_relater *self, size_t place)
{
    found *f = runut_arena_alloc(self->scratch, sizeof *f);
    f->place = place;
    f->end = (uint32_t)self->shelf.articles.size;
    runut_hands_run(self, false, 1, look_up, f);
    runut_hands_run(self, false, 1, find_candidates, f);
    keep_found(self, f);
}

/* Old articles have no edges until a new one comes near; without them their hubness would not be known. */
static void link_around(runut_relater *self, size_t place)
{
    runut_shelved *a = &self->shelf.articles.at[place];
    for (size_t i = 0; i < a->near_count; i++)
        if (!self->shelf.articles.at[a->near[i].place].linked)
            runut_events_link_place(self, a->near[i].place);
}

/* Puts the articles from `from` to `end` into the index. New ones are looked up too, each among those that came before
 * it, so that it is all one whether they come alone or many at a time. */
static void link_part(runut_relater *self, size_t from, size_t end)
{
    found *all = runut_arena_alloc(self->scratch, (end - from) * sizeof *all), *first_new = all;
    for (size_t p = from; p < end; p++) {
        all[p - from].place = p;
        all[p - from].end = (uint32_t)p;
        first_new += p < self->settled;
    }
    runut_hands_run(self, false, end - from, look_up, all);
    for (size_t i = 0; i < end - from; i++)
        post(self, &all[i]);
    self->posted = end;
    size_t count = (size_t)(all + (end - from) - first_new);
    if (count)
        runut_hands_run(self, false, count, find_candidates, first_new);
    for (size_t i = 0; i < count; i++)
        if (!self->shelf.articles.at[first_new[i].place].linked)
            keep_found(self, &first_new[i]);
}

/* All matches anew, after much has been added: what is rare has changed. */
static void rescore(runut_relater *self, size_t from)
{
    runut_shelved *articles = self->shelf.articles.at;
    size_t count = self->shelf.articles.size;
    for (size_t p = from; p < count; p++)
        articles[p].near_count = 0;
    for (size_t p = from; p < count; p++) {
        if (!articles[p].linked)
            runut_events_link_place(self, p);
        runut_near *edges = self->shelf.edges.at + articles[p].edges;
        for (size_t i = 0; i < articles[p].edge_count; i++) {
            edges[i].match = runut_score_match(&self->shelf, p, edges[i].place).all;
            note_pair(self, p, edges[i].place, edges[i].match);
        }
    }
}

void runut_events_link(runut_relater *self)
{
    weigh(self);
    while (self->posted < self->shelf.articles.size) {
        size_t end = self->posted + PART < self->shelf.articles.size ? self->posted + PART : self->shelf.articles.size;
        link_part(self, self->posted, end);
    }
    for (size_t p = self->settled; p < self->shelf.articles.size; p++)
        link_around(self, p);
}

/* ---- touch ---- */

static float mean_with_event(const runut_relater *self, size_t place, uint32_t event)
{
    const runut_event_state *e = &self->events.at[event];
    size_t step = (e->articles + SAMPLE - 1) / SAMPLE, i = 0, count = 0;
    float sum = 0;
    for (uint32_t p = e->first; p != RUNUT_NO_PLACE; p = self->next.at[p], i++)
        if (p != place && i % step == 0) {
            sum += runut_score(&self->shelf, place, p);
            count++;
        }
    return count ? sum / (float)count : -1;
}

typedef struct touching {
    uint32_t event;
    float mean;
} touching;

/* Keeps the events with the best means, each once. */
static size_t keep_event(touching *best, size_t count, touching t)
{
    size_t i = count < NEAR_EVENTS ? count : NEAR_EVENTS;
    for (; i > 0 && best[i - 1].mean < t.mean; i--)
        if (i < NEAR_EVENTS)
            best[i] = best[i - 1];
    if (i < NEAR_EVENTS)
        best[i] = t;
    return count < NEAR_EVENTS ? count + 1 : NEAR_EVENTS;
}

static void touch_around(runut_relater *self, size_t place, uint32s *touched)
{
    const runut_shelved *a = &self->shelf.articles.at[place];
    touching best[NEAR_EVENTS];
    uint32_t seen[RUNUT_SHELF_NEAR];
    size_t count = 0, seen_count = 0;
    for (size_t i = 0; i < a->near_count; i++) {
        uint32_t event = self->shelf.articles.at[a->near[i].place].event;
        bool is_new = event != 0;
        for (size_t k = 0; k < seen_count; k++)
            is_new = is_new && seen[k] != event;
        if (!is_new)
            continue;
        seen[seen_count++] = event;
        /* the one most alike speaks for the event: where it is too far, all are */
        if (runut_score(&self->shelf, place, a->near[i].place) < RUNUT_SCORE_JOIN - TOUCH_BELOW)
            continue;
        float mean = mean_with_event(self, place, event);
        if (mean >= RUNUT_SCORE_JOIN - TOUCH_BELOW)
            count = keep_event(best, count, (touching){event, mean});
    }
    for (size_t i = 0; i < count; i++)
        RUNUT_PUSH(self->scratch, *touched, best[i].event);
    if (a->event)
        RUNUT_PUSH(self->scratch, *touched, a->event);
}

static int by_place(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void sort_distinct(uint32s *list)
{
    size_t n = 0;
    if (list->size > 1)
        qsort(list->at, list->size, sizeof *list->at, by_place);
    for (size_t i = 0; i < list->size; i++)
        if (n == 0 || list->at[n - 1] != list->at[i])
            list->at[n++] = list->at[i];
    list->size = n;
}

/* The places to group, ascending: those in no event and those of touched events. */
static uint32s touched_places(runut_relater *self, const uint32s *touched)
{
    uint32s places = {0};
    for (size_t p = self->settled; p < self->shelf.articles.size; p++)
        if (self->shelf.articles.at[p].event == 0)
            RUNUT_PUSH(self->scratch, places, (uint32_t)p);
    for (size_t i = 0; i < touched->size; i++)
        for (uint32_t p = self->events.at[touched->at[i]].first; p != RUNUT_NO_PLACE; p = self->next.at[p])
            RUNUT_PUSH(self->scratch, places, p);
    sort_distinct(&places);
    return places;
}

/* ---- group ---- */

typedef struct local {
    const runut_relater *self;
    const uint32_t *places;
} local;

static float score_places(const void *context, uint32_t a, uint32_t b)
{
    const local *l = context;
    return runut_score(&l->self->shelf, l->places[a], l->places[b]);
}

/* Number of `place` among the places, RUNUT_NO_PLACE where it is not. */
static uint32_t local_of(const uint32s *places, uint32_t place)
{
    const uint32_t *at = places->size ? bsearch(&place, places->at, places->size, sizeof place, by_place) : NULL;
    return at ? (uint32_t)(at - places->at) : RUNUT_NO_PLACE;
}

/* Scores of the pairs that are linked and not in one group from the beginning. */
static void collect_links(runut_relater *self, const uint32s *places, runut_grouping *g)
{
    RUNUT_VECTOR(runut_link) links = {0};
    for (uint32_t i = 0; i < places->size; i++) {
        const runut_shelved *a = &self->shelf.articles.at[places->at[i]];
        for (size_t k = 0; k < a->edge_count; k++) {
            uint32_t j = local_of(places, self->shelf.edges.at[a->edges + k].place);
            if (j == RUNUT_NO_PLACE || g->start[i] == g->start[j])
                continue;
            float score = runut_score(&self->shelf, places->at[i], places->at[j]);
            if (score >= RUNUT_SCORE_JOIN - LINK_BELOW)
                RUNUT_PUSH(self->scratch, links, ((runut_link){i, j, score}));
        }
    }
    g->links = links.at;
    g->link_count = links.size;
}

/* Large events begin as one group, all else alone. */
static uint32_t *starts(runut_relater *self, const uint32s *places)
{
    uint32_t *start = runut_arena_alloc(self->scratch, (places->size + 1) * sizeof *start);
    for (uint32_t i = 0; i < places->size; i++) {
        uint32_t event = self->shelf.articles.at[places->at[i]].event;
        bool large = event && self->events.at[event].articles > LARGE;
        start[i] = large ? local_of(places, self->events.at[event].first) : i;
    }
    return start;
}

/* ---- number ---- */

/* The event number of each group (by its lowest thing). */
static uint32_t *number_groups(runut_relater *self, const uint32s *places, const uint32_t *group)
{
    uint32_t *old = runut_arena_alloc(self->scratch, (places->size + 1) * sizeof *old);
    for (size_t i = 0; i < places->size; i++)
        old[i] = self->shelf.articles.at[places->at[i]].event;
    uint32_t next = (uint32_t)self->events.size;
    uint32_t *event = runut_group_number(self->scratch, places->size, group, old, &next);
    if (!runut_events_reserve(self, next - 1))
        runut_arena_fail(self->scratch);
    return event;
}

/* First what can fail, then what must be done whole. */
static void commit(runut_relater *self, const uint32s *places, const uint32_t *group, const uint32_t *event)
{
    for (size_t i = 0; i < places->size; i++) {
        uint32_t p = places->at[i], old = self->shelf.articles.at[p].event, now = event[group[i]];
        if (old == now && p < self->settled)
            continue;
        runut_events_mark_place(self, p);
        runut_events_mark(self, now);
        runut_events_mark(self, old);
        if (old && old != now)
            self->events.at[old].lost = true;
    }
    for (size_t i = 0; i < places->size; i++) {
        uint32_t old = self->shelf.articles.at[places->at[i]].event;
        if (old) {
            self->events.at[old].first = self->events.at[old].last = RUNUT_NO_PLACE;
            self->events.at[old].articles = 0;
        }
    }
    for (size_t i = 0; i < places->size; i++)
        runut_events_append(self, event[group[i]], places->at[i]);
}

/* ---- the whole ---- */

/* The edges of articles that were loaded and never linked: taken apart without them, they would not come together. */
static void link_places(runut_relater *self, const uint32s *places)
{
    for (size_t i = 0; i < places->size; i++) {
        const runut_shelved *a = &self->shelf.articles.at[places->at[i]];
        if (!a->linked && self->events.at[a->event].articles <= LARGE)
            runut_events_link_place(self, places->at[i]);
    }
}

void runut_events_settle(runut_relater *self)
{
    size_t count = self->shelf.articles.size;
    bool all = count <= SMALL || count >= self->repaired + self->repaired / 2;
    size_t from = all && count > WINDOW ? count - WINDOW : 0;
    uint32s touched = {0};
    if (all)
        rescore(self, from);
    for (size_t p = all ? from : self->settled; p < count; p++)
        if (!all)
            touch_around(self, p, &touched);
        else if (self->shelf.articles.at[p].event)
            RUNUT_PUSH(self->scratch, touched, self->shelf.articles.at[p].event);
    sort_distinct(&touched);
    uint32s places = touched_places(self, &touched);
    link_places(self, &places);
    local l = {self, places.at};
    runut_grouping g = {.count = places.size,
                        .start = starts(self, &places),
                        .sample = SAMPLE_GROUP,
                        .threshold = RUNUT_SCORE_JOIN,
                        .contrast = CONTRAST,
                        .alone = ALONE,
                        .score = score_places,
                        .context = &l};
    collect_links(self, &places, &g);
    uint32_t *group = runut_group(self->scratch, &g);
    self->work.grouped += places.size;
    commit(self, &places, group, number_groups(self, &places, group));
    if (all)
        self->repaired = count;
}
