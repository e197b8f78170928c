/* Telling of the articles of one event: why they are in it, whom they took their text from, what they say otherwise
 * than others, what they are first to say. Each pair is looked at once: when the second of the two comes in, the first
 * one gets what it says otherwise as an addition. */
#include <stdlib.h>

#include "base/slice.h"
#include "relate/pair.h"
#include "relate/relater.h"

/* In a small event each is compared with each; in a large one with those nearest in time. */
enum { SMALL = 17, COMPARED_LARGE = 8, MOST_EARLIER = 16, MOST_LATER = 4, MOST_WHY = 12 };

static runut_digest *digest_of(runut_telling *t, size_t i)
{
    return runut_hand_digest(t->hand, t->places[i]);
}

static const runut_shelved *shelved(const runut_telling *t, size_t i)
{
    return &t->hand->shelf.articles.at[t->places[i]];
}

/* ---- reuse ---- */

static void tell_reuse(runut_telling *t, size_t i, runut_relation *out)
{
    const runut_shelved *a = shelved(t, i);
    uint32_t place = a->reuse_of ? runut_relater_place(t->hand->relater, a->reuse_of) : RUNUT_NO_PLACE;
    if (place == RUNUT_NO_PLACE)
        return;
    const runut_digest *digest = digest_of(t, i), *other = runut_hand_digest(t->hand, place);
    int who = runut_reuse_judge(t->hand->answer, digest, other, t->places[i] < place, &out->reuse);
    out->has_reuse = who < 0;
    out->reuse.of = a->reuse_of;
}

/* ---- why ---- */

typedef struct best {
    uint32_t place;
    float score;
} best;

static void try_one(const runut_telling *t, size_t i, uint32_t other, best *b)
{
    float score = other == t->places[i] ? -2 : runut_score(&t->hand->shelf, t->places[i], other);
    if (score > b->score)
        *b = (best){other, score};
}

/* The article of the event that speaks most for it: among the nearest, or else of an even sample. */
static best best_of(const runut_telling *t, size_t i)
{
    best b = {t->places[i], -2};
    const runut_shelved *a = shelved(t, i);
    for (size_t k = 0; k < a->near_count; k++)
        if (t->hand->shelf.articles.at[a->near[k].place].event == t->event)
            try_one(t, i, a->near[k].place, &b);
    size_t step = (t->count + MOST_WHY - 1) / MOST_WHY;
    for (size_t k = 0; k < t->count && b.place == t->places[i]; k += step)
        try_one(t, i, t->places[k], &b);
    return b;
}

static void tell_why(runut_telling *t, size_t i, runut_relation *out)
{
    const runut_shelf *shelf = &t->hand->shelf;
    best b = best_of(t, i);
    if (b.place == t->places[i])
        return;
    runut_match m = runut_score_match(shelf, t->places[i], b.place);
    int32_t days = runut_score_days(shelved(t, i), &shelf->articles.at[b.place]);
    runut_arena *arena = t->hand->answer;
    runut_slice apart = days < 0 ? (runut_slice){"day unknown", 11}
                                 : runut_arena_printf(arena, "%d day%s apart", (int)days, days == 1 ? "" : "s");
    out->why = runut_arena_printf(
        arena, "score %.2f with %u: names %.2f, words %.2f, headline %.2f, %u shared number%s, %.*s", (double)b.score,
        (unsigned)shelf->articles.at[b.place].article, (double)m.entity, (double)m.stem, (double)m.head,
        (unsigned)m.shared_numbers, m.shared_numbers == 1 ? "" : "s", (int)apart.size, apart.at);
}

/* ---- disagreements ---- */

/* Is one of them the newer version of the other? Then what it says otherwise is a correction. */
static bool are_versions(const runut_shelved *a, const runut_shelved *b)
{
    return a->replaced_by == b->article || b->replaced_by == a->article;
}

/* What `i` says otherwise than `k`; the digests go, the answer stays. */
static bool disagree(runut_telling *t, size_t i, size_t k, runut_relation *out)
{
    runut_arena *arena = t->hand->answer;
    runut_disagreements found = {0};
    runut_disagreements_find(t->hand->scratch, digest_of(t, i), digest_of(t, k), &found);
    for (size_t d = 0; d < found.size; d++) {
        runut_disagreement *one = RUNUT_APPEND(arena, out->disagreements);
        *one = found.at[d];
        one->with = shelved(t, k)->article;
        one->development |= are_versions(shelved(t, i), shelved(t, k));
        one->about = runut_arena_copy(arena, one->about);
        one->value = runut_arena_copy(arena, one->value);
        one->other_value = runut_arena_copy(arena, one->other_value);
    }
    return found.size != 0;
}

/* Compared with the nearest in time: those before it, then those after it. */
static void tell_disagreements(runut_telling *t, size_t i, runut_relation *out)
{
    size_t most = t->count <= SMALL ? t->count : COMPARED_LARGE, from = i > most ? i - most : 0;
    size_t end = from + most + 1 < t->count ? from + most + 1 : t->count;
    for (size_t k = from; k < end; k++)
        if (k != i && disagree(t, i, k, out) && !t->told[k])
            (void)disagree(t, k, i, &t->more[k]);
}

/* ---- novelty ---- */

static void tell_novelty(runut_telling *t, size_t i, runut_relation *out)
{
    const runut_digest *earlier[MOST_EARLIER];
    size_t from = i > MOST_EARLIER ? i - MOST_EARLIER : 0;
    for (size_t k = from; k < i; k++)
        earlier[k - from] = digest_of(t, k);
    runut_spans found = {0};
    runut_novelty_find(t->hand->scratch, digest_of(t, i), earlier, i - from, &found);
    for (size_t k = 0; k < found.size; k++)
        RUNUT_PUSH(t->hand->answer, out->novel, found.at[k]);
    out->has_novel = true;
}

/* An article that comes in late takes something of their novelty from the ones after it. */
static void tell_later(runut_telling *t, size_t i)
{
    for (size_t k = i + 1; k < t->count && k <= i + MOST_LATER; k++)
        if (!t->told[k] && !t->more[k].has_novel)
            tell_novelty(t, k, &t->more[k]);
}

/* ---- the whole ---- */

static void tell(runut_telling *t, size_t i)
{
    runut_relation *out = RUNUT_APPEND(t->hand->answer, t->relations);
    *out = (runut_relation){.article = shelved(t, i)->article, .event = t->event};
    tell_why(t, i, out);
    tell_reuse(t, i, out);
    tell_disagreements(t, i, out);
    tell_novelty(t, i, out);
    tell_later(t, i);
}

void runut_telling_articles(runut_telling *self)
{
    self->more = runut_arena_alloc(self->hand->scratch, (self->count + 1) * sizeof *self->more);
    for (size_t i = 0; i < self->count; i++)
        if (self->told[i])
            tell(self, i);
    for (size_t i = 0; i < self->count; i++) {
        runut_relation *more = &self->more[i];
        if (!more->has_novel && !more->disagreements.size)
            continue;
        more->article = shelved(self, i)->article;
        more->event = self->event;
        more->more = true;
        RUNUT_PUSH(self->hand->answer, self->relations, *more);
    }
}
