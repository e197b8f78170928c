/* Who took the text from whom, in the store: each article from one other at most, never in a circle. */
#include <stdlib.h>

#include "relate/pair.h"
#include "relate/relater.h"

enum { MOST_PARENTS = 8, MOST_STEPS = 64 };
static const float PARENT_MATCH = .25f;

uint32_t runut_relater_place(const runut_relater *self, uint32_t article)
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
    for (size_t steps = 0; of && steps < MOST_STEPS; steps++) {
        if (of == self->shelf.articles.at[child].article)
            return true;
        uint32_t place = runut_relater_place(self, of);
        of = place == RUNUT_NO_PLACE ? 0 : self->shelf.articles.at[place].reuse_of;
    }
    return of != 0;
}

typedef struct parent {
    size_t child, place;
    float share;
} parent;

/* What was found for one new article. */
typedef struct family {
    size_t count;
    parent parents[MOST_PARENTS];
} family;

static int larger_share_first(const void *a, const void *b)
{
    const parent *x = a, *y = b;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The article of the two that took its text from the other, if any. */
static bool judge(runut_hand *hand, size_t a, size_t b, parent *out)
{
    runut_reuse reuse = {0};
    const runut_digest *x = runut_hand_digest(hand, a), *y = runut_hand_digest(hand, b);
    int who = runut_reuse_judge(hand->scratch, x, y, a < b, &reuse);
    *out = who < 0 ? (parent){a, b, reuse.share} : (parent){b, a, reuse.share};
    return who != 0;
}

/* Looks for parents, or children, among the nearest of a new article. */
static void find(runut_hand *hand, void *context, size_t item)
{
    size_t place = hand->relater->settled + item;
    const runut_shelved *a = &hand->shelf.articles.at[place];
    family *out = (family *)context + item;
    runut_hand_tidy(hand);
    for (size_t i = 0; i < a->near_count && i < MOST_PARENTS && a->near[i].match >= PARENT_MATCH; i++)
        out->count += judge(hand, place, a->near[i].place, &out->parents[out->count]);
    if (out->count > 1)
        qsort(out->parents, out->count, sizeof *out->parents, larger_share_first);
}

static void adopt(runut_relater *self, const parent *found)
{
    runut_shelved *child = &self->shelf.articles.at[found->child];
    if (child->reuse_of || closes_circle(self, found->child, found->place))
        return;
    child->reuse_of = self->shelf.articles.at[found->place].article;
    runut_events_mark_place(self, (uint32_t)found->child);
    runut_events_mark(self, child->event);
}

void runut_parents_find(runut_relater *self)
{
    size_t count = self->shelf.articles.size - self->settled;
    family *families = runut_arena_alloc(self->scratch, count * sizeof *families);
    runut_hands_run(self, false, count, find, families);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < families[i].count; k++)
            adopt(self, &families[i].parents[k]);
}
