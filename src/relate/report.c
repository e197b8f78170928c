/* Telling what changed: the events one by one, shared out among the hands. What is told of an event comes from what the
 * shelf holds of each article; digests are needed for the articles that are told anew only. */
#include <stdlib.h>

#include "base/slice.h"
#include "relate/pair.h"
#include "relate/relater.h"

enum { MOST_TOLD = 40, MOST_TITLES = 12, MOST_ORIGINS = 200 };

static const runut_shelved *shelved(const runut_telling *t, size_t i)
{
    return &t->hand->shelf.articles.at[t->places[i]];
}

typedef struct timed {
    uint32_t place;
    runut_day day;
} timed;

/* In order of time; undated ones where their number falls, after the dated of no later arrival being unknowable: last.
 */
static int by_time(const void *a, const void *b)
{
    const timed *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Also says which articles are told anew: those that changed; all where one left and there are not many. */
static void order_by_time(runut_telling *t)
{
    const runut_relater *r = t->hand->relater;
    const runut_event_state *e = &r->events.at[t->event];
    runut_arena *scratch = t->hand->scratch;
    timed *all = runut_arena_alloc(scratch, (e->articles + 1) * sizeof *all);
    uint32_t *places = runut_arena_alloc(scratch, (e->articles + 1) * sizeof *places);
    bool *told = runut_arena_alloc(scratch, e->articles + 1);
    for (uint32_t p = e->first; p != RUNUT_NO_PLACE; p = r->next.at[p]) {
        const runut_shelved *a = &t->hand->shelf.articles.at[p];
        all[t->count++] = (timed){p, a->day_count ? a->days[0].low : INT32_MAX};
    }
    if (t->count > 1)
        qsort(all, t->count, sizeof *all, by_time);
    for (size_t i = 0; i < t->count; i++) {
        places[i] = all[i].place;
        told[i] = r->changed.at[places[i]] || (e->lost && e->articles <= MOST_TOLD);
    }
    t->places = places;
    t->told = told;
}

/* The day that most articles give for the happening (the earliest of equals); where none does, the earliest day of a
 * report; else month and year likewise. */
static void tell_day(const runut_telling *t, runut_event *out)
{
    size_t most = 0, count = t->count < MOST_TOLD ? t->count : MOST_TOLD;
    int day;
    out->day = RUNUT_NO_DAY;
    for (size_t i = 0; i < count; i++) {
        runut_day happened = shelved(t, i)->happened;
        size_t votes = 0;
        for (size_t k = 0; k < count && happened != RUNUT_NO_DAY; k++)
            votes += shelved(t, k)->happened == happened;
        if (votes > most || (votes && votes == most && happened < out->day)) {
            most = votes;
            out->day = happened;
        }
    }
    for (size_t i = 0; i < count && out->day == RUNUT_NO_DAY; i++)
        if (!shelved(t, i)->conflict)
            out->day = shelved(t, i)->published;
    for (size_t i = 0; i < count && out->day == RUNUT_NO_DAY && !out->year; i++) {
        out->year = shelved(t, i)->year;
        out->month = shelved(t, i)->month;
    }
    if (out->day != RUNUT_NO_DAY)
        runut_day_split(out->day, &out->year, &out->month, &day);
}

/* The headline that shares most with the others'; a report that has none is taken only where none has one. */
static uint32_t title_of(const runut_telling *t)
{
    const runut_shelf *shelf = &t->hand->shelf;
    size_t count = t->count < MOST_TITLES ? t->count : MOST_TITLES, best = 0;
    float sums[MOST_TITLES] = {0};
    for (size_t i = 0; i < count; i++) {
        sums[i] += shelved(t, i)->headline ? (float)count : 0;
        for (size_t k = 0; k < i; k++) {
            float head = runut_score_match(shelf, t->places[i], t->places[k]).head;
            sums[i] += head;
            sums[k] += head;
        }
    }
    for (size_t i = 1; i < count; i++)
        if (sums[i] > sums[best])
            best = i;
    return t->places[best];
}

/* Has the event a newer version of it too? */
static bool is_replaced(const runut_telling *t, const runut_shelved *a)
{
    uint32_t by = a->replaced_by ? runut_relater_place(t->hand->relater, a->replaced_by) : (uint32_t)RUNUT_NO_PLACE;
    return by != RUNUT_NO_PLACE && t->hand->shelf.articles.at[by].event == a->event;
}

/* Whom it took its text from, its own older versions aside; 0 = nobody. */
static uint32_t taken_from(const runut_telling *t, const runut_shelved *a)
{
    enum { MOST = 64 };
    uint32_t of = a->reuse_of, newer = of;
    for (int i = 0; i < MOST && newer; i++) {
        uint32_t place = runut_relater_place(t->hand->relater, newer);
        newer = place == RUNUT_NO_PLACE ? 0 : t->hand->shelf.articles.at[place].replaced_by;
        if (newer != a->article)
            continue;
        place = runut_relater_place(t->hand->relater, of);
        newer = of = t->hand->shelf.articles.at[place].reuse_of;
    }
    return of;
}

/* Whom report `i` has its news from; empty where it took its text from another report and names nobody, and where it is
 * an older version. */
static runut_slice origin_of(const runut_telling *t, size_t i)
{
    const runut_shelved *a = shelved(t, i);
    if (is_replaced(t, a) || (!a->source && taken_from(t, a)))
        return (runut_slice){"", 0};
    if (a->source || a->outlet)
        return runut_outlets_name(&t->hand->shelf.outlets, a->source ? a->source : a->outlet);
    return runut_arena_printf(t->hand->answer, "a%u", (unsigned)a->article);
}

/* Is the name among those before `end`? Equal numbers are seen at once. */
static bool is_known(const runut_event *out, const uint32_t *numbers, size_t i, runut_slice name)
{
    for (size_t k = 0; k < i; k++)
        if (numbers[k] && numbers[k] == numbers[i])
            return true;
    for (size_t k = 0; k < out->origins.size; k++)
        if (runut_slice_equal_nocase(out->origins.at[k], name) || runut_same_outlet(out->origins.at[k], name))
            return true;
    return false;
}

static void tell_origins(const runut_telling *t, runut_event *out)
{
    uint32_t numbers[MOST_ORIGINS] = {0};
    for (size_t i = 0; i < t->count && i < MOST_ORIGINS; i++) {
        runut_slice name = origin_of(t, i);
        const runut_shelved *a = shelved(t, i);
        if (name.size == 0)
            continue;
        numbers[i] = a->source ? a->source : a->outlet;
        if (!is_known(out, numbers, i, name))
            RUNUT_PUSH(t->hand->answer, out->origins, runut_arena_copy(t->hand->answer, name));
    }
}

/* What is told of one event. */
typedef struct told {
    runut_event event;
    RUNUT_VECTOR(runut_relation) relations;
} told;

static void tell_event(runut_hand *hand, void *context, size_t item)
{
    const runut_relater *r = hand->relater;
    told *out = (told *)context + item;
    runut_telling t = {.hand = hand, .event = r->changed_events.at[item]};
    const runut_event_state *e = &r->events.at[t.event];
    out->event = (runut_event){.event = t.event, .story = e->story, .day = RUNUT_NO_DAY, .articles = e->articles};
    if (e->articles == 0)
        return;
    runut_hand_tidy(hand);
    order_by_time(&t);
    tell_day(&t, &out->event);
    out->event.title = hand->shelf.articles.at[title_of(&t)].article;
    tell_origins(&t, &out->event);
    runut_telling_articles(&t);
    out->relations.at = t.relations.at;
    out->relations.size = t.relations.size;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Nothing is new any more. */
static void finish(runut_relater *self)
{
    for (size_t i = 0; i < self->changed_events.size; i++) {
        runut_event_state *e = &self->events.at[self->changed_events.at[i]];
        e->changed = e->lost = false;
    }
    for (size_t i = 0; i < self->changed_places.size; i++)
        self->changed.at[self->changed_places.at[i]] = false;
    self->changed_events.size = self->changed_places.size = 0;
    self->settled = self->shelf.articles.size;
}

void runut_report(runut_relater *self, runut_arena *arena, runut_changes *changes)
{
    size_t count = self->changed_events.size;
    if (count > 1)
        qsort(self->changed_events.at, count, sizeof *self->changed_events.at, by_number);
    told *all = runut_arena_alloc(self->scratch, (count + 1) * sizeof *all);
    runut_hands_run(self, true, count, tell_event, all);
    for (size_t i = 0; i < count; i++) {
        RUNUT_PUSH(arena, changes->events, all[i].event);
        for (size_t k = 0; k < all[i].relations.size; k++)
            RUNUT_PUSH(arena, changes->relations, all[i].relations.at[k]);
    }
    finish(self);
}
