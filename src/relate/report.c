/* Telling what changed. */
#include <stdlib.h>

#include "base/slice.h"
#include "relate/align.h"
#include "relate/pair.h"
#include "relate/relater.h"

enum { MOST_TOLD = 40, MOST_COMPARED = 16, MOST_WHY = 24, MOST_PARENTS = 8, MOST_ORIGINS = 200 };
static const float PARENT_MATCH = .25f;

/* Digests decoded for one event, by position among its articles. */
typedef struct telling {
    runut_relater *self;
    runut_arena *arena; /* the caller's */
    runut_changes *changes;
    uint32_t event;
    const uint32_t *places; /* of the event, in order of time */
    size_t count;
    runut_digest **digests; /* NULL = not yet decoded */
} telling;

static runut_digest *digest_at(runut_relater *self, size_t place)
{
    runut_digest *digest;
    if (runut_digest_decode(self->scratch, runut_shelf_bytes(&self->shelf, place), true, &digest, NULL) != RUNUT_OK)
        runut_arena_fail(self->scratch); /* it was decoded before: memory is damaged */
    runut_align_prepare(self->scratch, digest);
    return digest;
}

static runut_digest *digest_of(telling *t, size_t i)
{
    if (!t->digests[i])
        t->digests[i] = digest_at(t->self, t->places[i]);
    return t->digests[i];
}

/* ---- reuse ---- */

/* Place of an article number; RUNUT_NO_PLACE where it is not there. */
static uint32_t place_of(const runut_relater *self, uint32_t article)
{
    size_t low = 0, high = self->shelf.articles.size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->shelf.articles.at[middle].article < article)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < self->shelf.articles.size && self->shelf.articles.at[low].article == article;
    return found ? (uint32_t)low : RUNUT_NO_PLACE;
}

/* Would `child` taking from `parent` close a circle? */
static bool closes_circle(const runut_relater *self, size_t child, size_t parent)
{
    uint32_t of = self->shelf.articles.at[parent].reuse_of;
    for (size_t steps = 0; of && steps < 64; steps++) {
        if (of == self->shelf.articles.at[child].article)
            return true;
        uint32_t place = place_of(self, of);
        of = place == RUNUT_NO_PLACE ? 0 : self->shelf.articles.at[place].reuse_of;
    }
    return of != 0;
}

typedef struct parent {
    size_t child, place;
    float share;
} parent;

/* The article of the two that took its text from the other, if any. */
static bool judge(runut_relater *self, size_t a, const runut_digest *digest, size_t b, parent *out)
{
    runut_reuse reuse = {0};
    int who = runut_reuse_judge(self->scratch, digest, digest_at(self, b), a < b, &reuse);
    *out = who < 0 ? (parent){a, b, reuse.share} : (parent){b, a, reuse.share};
    return who != 0;
}

static int larger_share_first(const void *a, const void *b)
{
    const parent *x = a, *y = b;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Best parent of new article `place` among its nearest; those of them that took from it learn of it too. */
static void find_parent(runut_relater *self, size_t place)
{
    runut_shelved *a = &self->shelf.articles.at[place];
    parent found[MOST_PARENTS];
    size_t count = 0;
    runut_digest *digest = NULL;
    for (size_t i = 0; i < a->near_count && i < MOST_PARENTS; i++) {
        if (a->near[i].match < PARENT_MATCH)
            continue;
        digest = digest ? digest : digest_at(self, place);
        count += judge(self, place, digest, a->near[i].place, &found[count]);
    }
    qsort(found, count, sizeof *found, larger_share_first);
    for (size_t i = 0; i < count; i++) {
        runut_shelved *child = &self->shelf.articles.at[found[i].child];
        uint32_t of = self->shelf.articles.at[found[i].place].article;
        if (child->reuse_of || closes_circle(self, found[i].child, found[i].place))
            continue;
        child->reuse_of = of;
        runut_events_mark_place(self, (uint32_t)found[i].child);
        runut_events_mark(self, child->event);
    }
}

void runut_report_reuse(runut_relater *self)
{
    for (size_t p = self->settled; p < self->shelf.articles.size; p++) {
        runut_arena_reset(self->scratch);
        find_parent(self, p);
    }
}

static void tell_reuse(telling *t, size_t i, runut_relation *out)
{
    const runut_shelved *a = &t->self->shelf.articles.at[t->places[i]];
    uint32_t place = a->reuse_of ? place_of(t->self, a->reuse_of) : RUNUT_NO_PLACE;
    if (place == RUNUT_NO_PLACE)
        return;
    int who =
        runut_reuse_judge(t->arena, digest_of(t, i), digest_at(t->self, place), t->places[i] < place, &out->reuse);
    out->has_reuse = who < 0;
    out->reuse.of = a->reuse_of;
}

/* ---- why ---- */

static void tell_why(telling *t, size_t i, runut_relation *out)
{
    const runut_shelf *shelf = &t->self->shelf;
    size_t best = i, step = (t->count + MOST_WHY - 1) / MOST_WHY;
    float best_score = -2;
    for (size_t k = 0; k < t->count; k += step) {
        float score = k == i ? -2 : runut_score(shelf, t->places[i], t->places[k]);
        if (score > best_score) {
            best = k;
            best_score = score;
        }
    }
    if (best == i)
        return;
    runut_match m = runut_score_match(shelf, t->places[i], t->places[best]);
    int32_t days = runut_score_days(&shelf->articles.at[t->places[i]], &shelf->articles.at[t->places[best]]);
    runut_slice apart = days < 0 ? (runut_slice){"day unknown", 11}
                                 : runut_arena_printf(t->arena, "%d day%s apart", (int)days, days == 1 ? "" : "s");
    out->why = runut_arena_printf(
        t->arena, "score %.2f with %u: names %.2f, words %.2f, headline %.2f, %u shared number%s, %.*s",
        (double)best_score, (unsigned)shelf->articles.at[t->places[best]].article, (double)m.entity, (double)m.stem,
        (double)m.head, (unsigned)m.shared_numbers, m.shared_numbers == 1 ? "" : "s", (int)apart.size, apart.at);
}

/* ---- one article ---- */

/* Compared with the nearest in time: those before it, then those after it. */
static void tell_disagreements(telling *t, size_t i, runut_relation *out)
{
    size_t from = i > MOST_COMPARED ? i - MOST_COMPARED : 0;
    size_t end = from + MOST_COMPARED + 1 < t->count ? from + MOST_COMPARED + 1 : t->count;
    for (size_t k = from; k < end; k++) {
        if (k == i)
            continue;
        runut_disagreements found = {0};
        runut_disagreements_find(t->arena, digest_of(t, i), digest_of(t, k), &found);
        for (size_t d = 0; d < found.size; d++) {
            runut_disagreement *one = RUNUT_APPEND(t->arena, out->disagreements);
            *one = found.at[d];
            one->with = t->self->shelf.articles.at[t->places[k]].article;
            one->about = runut_arena_copy(t->arena, one->about); /* the digests go, the answer stays */
            one->value = runut_arena_copy(t->arena, one->value);
            one->other_value = runut_arena_copy(t->arena, one->other_value);
        }
    }
}

static void tell_novelty(telling *t, size_t i, runut_relation *out)
{
    const runut_digest *earlier[2 * MOST_COMPARED];
    size_t from = i > 2 * MOST_COMPARED ? i - 2 * MOST_COMPARED : 0;
    for (size_t k = from; k < i; k++)
        earlier[k - from] = digest_of(t, k);
    runut_novelty_find(t->arena, digest_of(t, i), earlier, i - from, &out->novel);
}

static void tell_article(telling *t, size_t i)
{
    runut_relation *out = RUNUT_APPEND(t->arena, t->changes->relations);
    out->article = t->self->shelf.articles.at[t->places[i]].article;
    out->event = t->event;
    tell_why(t, i, out);
    tell_reuse(t, i, out);
    tell_disagreements(t, i, out);
    tell_novelty(t, i, out);
}

/* ---- the event ---- */

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

static void order_by_time(telling *t)
{
    const runut_event_state *e = &t->self->events.at[t->event];
    timed *all = runut_arena_alloc(t->self->scratch, (e->articles + 1) * sizeof *all);
    uint32_t *places = runut_arena_alloc(t->self->scratch, (e->articles + 1) * sizeof *places);
    for (uint32_t p = e->first; p != RUNUT_NO_PLACE; p = t->self->next.at[p]) {
        const runut_shelved *a = &t->self->shelf.articles.at[p];
        all[t->count++] = (timed){p, a->day_count ? a->days[0].low : INT32_MAX};
    }
    qsort(all, t->count, sizeof *all, by_time);
    for (size_t i = 0; i < t->count; i++)
        places[i] = all[i].place;
    t->places = places;
    t->digests = runut_arena_alloc(t->self->scratch, (t->count + 1) * sizeof *t->digests);
}

/* The day that most articles give for the happening (the earliest of equals); where none does, the earliest day of a
 * report; else month and year likewise. */
static void tell_day(telling *t, runut_event *out)
{
    size_t most = 0;
    out->day = RUNUT_NO_DAY;
    size_t count = t->count < MOST_TOLD ? t->count : MOST_TOLD;
    for (size_t i = 0; i < count; i++) {
        const runut_digest *d = digest_of(t, i);
        size_t votes = 0;
        for (size_t k = 0; k < count; k++)
            votes += d->event != RUNUT_NO_DAY && digest_of(t, k)->event == d->event;
        if (votes > most || (votes && votes == most && d->event < out->day)) {
            most = votes;
            out->day = d->event;
        }
    }
    for (size_t i = 0; i < count && out->day == RUNUT_NO_DAY; i++)
        if (!digest_of(t, i)->date_conflict)
            out->day = digest_of(t, i)->published;
    for (size_t i = 0; i < count && out->day == RUNUT_NO_DAY && !out->year; i++) {
        out->year = digest_of(t, i)->event_year;
        out->month = digest_of(t, i)->event_month;
    }
    int day;
    if (out->day != RUNUT_NO_DAY)
        runut_day_split(out->day, &out->year, &out->month, &day);
}

/* The headline that shares most with the others; a report that has none is taken only where none has one. */
static uint32_t title_of(telling *t)
{
    const runut_shelf *shelf = &t->self->shelf;
    size_t count = t->count < MOST_WHY ? t->count : MOST_WHY, best = 0;
    float best_sum = -1;
    for (size_t i = 0; i < count; i++) {
        float sum = digest_of(t, i)->headline.size ? (float)count : 0;
        for (size_t k = 0; k < count; k++)
            sum += k == i ? 0 : runut_score_match(shelf, t->places[i], t->places[k]).head;
        if (sum > best_sum) {
            best = i;
            best_sum = sum;
        }
    }
    return shelf->articles.at[t->places[best]].article;
}

/* Reports that lean on nobody, and each last source once. */
/* Whom report `i` has its news from; empty where it took its text from another report and names nobody. */
static runut_slice origin_of(telling *t, size_t i)
{
    const runut_shelved *a = &t->self->shelf.articles.at[t->places[i]];
    const runut_digest *d = digest_of(t, i);
    if (d->sources.size)
        return d->sources.at[d->sources.size - 1];
    if (a->reuse_of)
        return (runut_slice){"", 0};
    return d->publisher.size ? d->publisher : runut_arena_printf(t->arena, "a%u", (unsigned)a->article);
}

static void tell_origins(telling *t, runut_event *out)
{
    for (size_t i = 0; i < t->count && i < MOST_ORIGINS; i++) {
        runut_slice name = origin_of(t, i);
        bool known = name.size == 0;
        for (size_t k = 0; k < out->origins.size && !known; k++)
            known = runut_slice_equal_nocase(out->origins.at[k], name) || runut_same_outlet(out->origins.at[k], name);
        if (!known)
            RUNUT_PUSH(t->arena, out->origins, runut_arena_copy(t->arena, name));
    }
}

static void tell_event(runut_relater *self, runut_arena *arena, runut_changes *changes, uint32_t event)
{
    const runut_event_state *e = &self->events.at[event];
    telling t = {.self = self, .arena = arena, .changes = changes, .event = event};
    runut_arena_reset(self->scratch);
    runut_event *out = RUNUT_APPEND(arena, changes->events);
    *out = (runut_event){.event = event, .story = e->story, .day = RUNUT_NO_DAY, .articles = e->articles};
    if (e->articles == 0)
        return;
    order_by_time(&t);
    tell_day(&t, out);
    out->title = title_of(&t);
    tell_origins(&t, out);
    for (size_t i = 0; i < t.count; i++)
        if (t.count <= MOST_TOLD || self->changed.at[t.places[i]])
            tell_article(&t, i);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void runut_report(runut_relater *self, runut_arena *arena, runut_changes *changes)
{
    qsort(self->changed_events.at, self->changed_events.size, sizeof *self->changed_events.at, by_number);
    for (size_t i = 0; i < self->changed_events.size; i++)
        tell_event(self, arena, changes, self->changed_events.at[i]);
    for (size_t i = 0; i < self->changed_events.size; i++)
        self->events.at[self->changed_events.at[i]].changed = false;
    for (size_t i = 0; i < self->changed_places.size; i++)
        self->changed.at[self->changed_places.at[i]] = false;
    self->changed_events.size = self->changed_places.size = 0;
    self->settled = self->shelf.articles.size;
}
