/* Passages, found as dense places in the plot of two texts against each other.
 *
 *     b │        · .              a hit: a content word that stands at i in `a` and at k in `b`. Where a passage was
 *       │      .:·'  ·            taken over, hits lie close together, along a line where the order was kept, in a
 *       │  ·  .·:'                cloud where it was not; elsewhere they are thin.
 *       │    ·        ·
 *       └──────────── a           support → clusters → the best stretch of each → those dense enough
 *
 * 1. A hit stays where at least SUPPORT others lie within REACH words of it in both texts.
 * 2. Hits within GAP words of each other in both texts make a cluster (single linkage, union by the smaller number).
 * 3. A cluster has thin edges: words that any two texts of one subject share. So the stretch of `b`, then that of `a`,
 *    with the greatest sum is taken, by turns (Bentley 1984, after Kadane): a word that is held counts its weight, one
 *    that is not costs as much as makes a stretch half as dense as the whole come out at nothing. A word is the lighter
 *    the more often it stands in both texts.
 * 4. Where most of the held words stand in long equal runs the passage is verbatim: then only runs count.
 * 5. What is short or thin is dropped; so is, of two that overlap, the lighter one.
 *
 * The numbers were set on one half of the PAN-13 text alignment corpus; docs/compare.md tells how they do on the other.
 * Work and memory are linear: a word that stands in more than PLACES places of `b` makes no hit, and every look around
 * a hit has a limit. */
#include "relate/passages.h"

#include <math.h>
#include <stdlib.h>

#include "base/slice.h"

enum {
    PLACES = 32,
    SUPPORT = 3,
    REACH = 25,
    GAP = 45,
    LOOK = 400, /* hits that are looked at beside one */
    ROUNDS = 4,
    STRETCHES = 4,     /* of one cluster */
    RUN = 16,          /* words of a long equal run */
    TO_SENTENCE = 8,   /* words that a passage grows by to end with its sentence */
    LEAST_BYTES = 150, /* of a passage that is less than half of both texts */
    LEAST_WORDS = 10
};
static const float VERBATIM = .6f;                     /* of the held words in long runs */
static const float LEAST_WEIGHT = 5;                   /* of its held words */
static const float LEAST_HELD = .4f, MEAN_HELD = .52f; /* content words: on either side, and on average */
static const float HALF = .5f, STRICT = .7f, PRICE = .8f, LEAST_PRICE = .1f;
static const float OVER_A = .3f, OVER_B = .5f; /* of a passage that may lie in others */

typedef struct hit {
    uint32_t a, b;
    uint32_t cluster; /* a hit of the same cluster with a smaller number, itself in the first one */
    float weight;
    bool run; /* in a long equal run */
} hit;

typedef RUNUT_VECTOR(hit) hits;

typedef struct weighed {
    runut_passage passage;
    float weight;
} weighed;

typedef struct finder {
    runut_arena *arena;
    const runut_digest *a, *b;
    hits hits;
    float *a_value, *b_value; /* per token: what it adds to a stretch */
    RUNUT_VECTOR(weighed) found;
} finder;

static uint32_t sentence_of(const runut_digest *d, uint32_t token)
{
    size_t low = 0, high = d->sentences.size;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (d->sentences.at[middle].first_token <= token)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

runut_span runut_passage_bytes(const runut_digest *d, uint32_t first, uint32_t end)
{
    runut_span out = {d->tokens.at[first].span.start, d->tokens.at[end - 1].span.end};
    if (!d->sentences.size)
        return out;
    const runut_digest_sentence *s = &d->sentences.at[sentence_of(d, first)];
    const runut_digest_sentence *t = &d->sentences.at[sentence_of(d, end - 1)];
    if (s->first_token == first && s->span.start < out.start)
        out.start = s->span.start;
    if (t->end_token == end && t->span.end > out.end)
        out.end = t->span.end;
    return out;
}

static uint32_t apart(uint32_t x, uint32_t y)
{
    return x > y ? x - y : y - x;
}

/* ---- hits ---- */

typedef struct word {
    uint32_t stem, at;
} word;

static int by_stem(const void *x, const void *y)
{
    const word *p = x, *q = y;
    return p->stem != q->stem ? (p->stem > q->stem) - (p->stem < q->stem) : (p->at > q->at) - (p->at < q->at);
}

/* The content words, by stem. */
static size_t words_of(runut_arena *arena, const runut_digest *d, word **out)
{
    word *words = *out = runut_arena_alloc(arena, (d->tokens.size + 1) * sizeof *words);
    size_t n = 0;
    for (uint32_t i = 0; i < d->tokens.size; i++)
        if (!d->tokens.at[i].common)
            words[n++] = (word){d->tokens.at[i].stem, i};
    if (n > 1)
        qsort(words, n, sizeof *words, by_stem);
    return n;
}

static size_t same_stems(const word *at, size_t size)
{
    size_t n = 1;
    while (n < size && at[n].stem == at[0].stem)
        n++;
    return n;
}

static int by_place(const void *x, const void *y)
{
    const hit *p = x, *q = y;
    return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

static bool same_word(const finder *self, size_t i, size_t k)
{
    return i < self->a->tokens.size && k < self->b->tokens.size &&
           self->a->tokens.at[i].hash == self->b->tokens.at[k].hash;
}

static bool in_run(const finder *self, size_t i, size_t k)
{
    size_t words = same_word(self, i, k);
    for (size_t n = 1; words && words < RUN && n <= i && n <= k && same_word(self, i - n, k - n); n++)
        words++;
    for (size_t n = 1; words && words < RUN && same_word(self, i + n, k + n); n++)
        words++;
    return words >= RUN;
}

static void add_hits(finder *self, const word *x, size_t n, const word *y, size_t m)
{
    float weight = 1 / sqrtf(sqrtf((float)n * (float)m));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            RUNUT_PUSH(self->arena, self->hits, ((hit){x[i].at, y[k].at, 0, weight, in_run(self, x[i].at, y[k].at)}));
}

static void find_hits(finder *self)
{
    word *x, *y;
    size_t n = words_of(self->arena, self->a, &x), m = words_of(self->arena, self->b, &y);
    for (size_t i = 0, k = 0; i < n && k < m;) {
        size_t of_a = same_stems(x + i, n - i), of_b = same_stems(y + k, m - k);
        if (x[i].stem == y[k].stem && of_b <= PLACES)
            add_hits(self, x + i, of_a, y + k, of_b);
        bool next_a = x[i].stem <= y[k].stem, next_b = y[k].stem <= x[i].stem;
        i += next_a ? of_a : 0;
        k += next_b ? of_b : 0;
    }
    if (self->hits.size > 1)
        qsort(self->hits.at, self->hits.size, sizeof *self->hits.at, by_place);
}

/* ---- support ---- */

/* Words of `a` near hit `i`, on the side that `step` goes to, whose hits are near in `b` too; `least` are enough. */
static uint32_t near_words(const hits *all, size_t i, int step, uint32_t least)
{
    const hit *h = &all->at[i];
    uint32_t last = h->a, count = 0;
    size_t looked = 0;
    for (size_t k = i + (size_t)step; k < all->size && looked < LOOK && count < least; k += (size_t)step, looked++) {
        const hit *other = &all->at[k];
        if (apart(other->a, h->a) > REACH)
            break;
        if (other->a != last && other->b != h->b && apart(other->b, h->b) <= REACH) {
            last = other->a;
            count++;
        }
    }
    return count;
}

static void keep_supported(finder *self)
{
    hits *all = &self->hits;
    bool *keep = runut_arena_alloc(self->arena, all->size + 1);
    size_t n = 0;
    for (size_t i = 0; i < all->size; i++) {
        uint32_t before = near_words(all, i, -1, SUPPORT);
        keep[i] = before >= SUPPORT || before + near_words(all, i, 1, SUPPORT - before) >= SUPPORT;
    }
    for (size_t i = 0; i < all->size; i++)
        if (keep[i])
            all->at[n++] = all->at[i];
    all->size = n;
}

/* ---- clusters ---- */

static uint32_t first_of(hits *all, uint32_t i)
{
    while (all->at[i].cluster != i)
        i = all->at[i].cluster = all->at[all->at[i].cluster].cluster;
    return i;
}

static int by_cluster(const void *x, const void *y)
{
    const hit *p = x, *q = y;
    return p->cluster != q->cluster ? (p->cluster > q->cluster) - (p->cluster < q->cluster) : by_place(x, y);
}

static void cluster(hits *all)
{
    for (uint32_t i = 0; i < all->size; i++)
        all->at[i].cluster = i;
    for (uint32_t i = 0; i < all->size; i++)
        for (uint32_t k = i + 1; k < all->size && k - i <= LOOK && all->at[k].a - all->at[i].a <= GAP; k++) {
            if (apart(all->at[k].b, all->at[i].b) > GAP)
                continue;
            uint32_t x = first_of(all, i), y = first_of(all, k);
            all->at[x < y ? y : x].cluster = x < y ? x : y;
        }
    for (uint32_t i = 0; i < all->size; i++)
        all->at[i].cluster = first_of(all, i);
    if (all->size > 1)
        qsort(all->at, all->size, sizeof *all->at, by_cluster);
}

/* ---- the best stretch of a cluster ---- */

/* Narrows [*first, *end) to the stretch of the greatest sum; the sum. */
static float best_stretch(const float *value, uint32_t *first, uint32_t *end)
{
    float sum = 0, best = 0;
    uint32_t from = *first, best_first = *first, best_end = *first;
    for (uint32_t i = *first; i < *end; i++) {
        sum += value[i];
        if (sum <= 0) {
            sum = 0;
            from = i + 1;
        }
        if (sum > best) {
            best = sum;
            best_first = from;
            best_end = i + 1;
        }
    }
    *first = best_first;
    *end = best_end;
    return best;
}

/* Of the content words in [first, end), those that are held. */
static float held(const runut_digest *d, const float *value, uint32_t first, uint32_t end)
{
    uint32_t words = 0, found = 0;
    for (uint32_t i = first; i < end; i++) {
        words += !d->tokens.at[i].common;
        found += value[i] > 0;
    }
    return words ? (float)found / (float)words : 0;
}

/* What a content word that is not held costs, in a passage of which `share` is held. */
static float price(float share, bool verbatim)
{
    float part = (verbatim ? STRICT : HALF) * (share < .97f ? share : .97f);
    float cost = PRICE * part / (1 - part);
    return cost > LEAST_PRICE ? cost : LEAST_PRICE;
}

static bool inside(const runut_passage *p, const hit *h)
{
    return h->a >= p->a && h->a < p->a_end && h->b >= p->b && h->b < p->b_end;
}

static void fill_values(const runut_digest *d, uint32_t first, uint32_t end, float cost, float *value)
{
    for (uint32_t i = first; i < end; i++)
        value[i] = d->tokens.at[i].common ? 0 : -cost;
}

/* Do most of the held words of `a` stand in long runs? `at` are in order of `a`. */
static bool is_verbatim(const runut_passage *p, const hit *at, size_t size)
{
    uint32_t words = 0, runs = 0;
    for (size_t i = 0; i < size;) {
        bool in = false, run = false;
        uint32_t place = at[i].a;
        for (; i < size && at[i].a == place; i++)
            if (inside(p, &at[i])) {
                in = true;
                run |= at[i].run;
            }
        words += in;
        runs += run;
    }
    return (float)runs >= VERBATIM * (float)words;
}

/* All of the cluster. */
static runut_passage extent(const hit *at, size_t size)
{
    runut_passage p = {.a = at[0].a, .a_end = at[size - 1].a + 1, .b = UINT32_MAX};
    for (size_t i = 0; i < size; i++) {
        p.b = at[i].b < p.b ? at[i].b : p.b;
        p.b_end = at[i].b >= p.b_end ? at[i].b + 1 : p.b_end;
    }
    return p;
}

/* The weight of what is left. */
static float narrow(finder *self, const hit *at, size_t size, runut_passage *p)
{
    float a_cost = LEAST_PRICE, b_cost = LEAST_PRICE, weight = 0;
    for (int round = 0; round < ROUNDS; round++) {
        fill_values(self->b, p->b, p->b_end, b_cost, self->b_value);
        for (size_t i = 0; i < size; i++)
            if (inside(p, &at[i]) && (!p->verbatim || at[i].run) && at[i].weight > self->b_value[at[i].b])
                self->b_value[at[i].b] = at[i].weight;
        best_stretch(self->b_value, &p->b, &p->b_end);
        fill_values(self->a, p->a, p->a_end, a_cost, self->a_value);
        for (size_t i = 0; i < size; i++)
            if (inside(p, &at[i]) && (!p->verbatim || at[i].run) && at[i].weight > self->a_value[at[i].a])
                self->a_value[at[i].a] = at[i].weight;
        weight = best_stretch(self->a_value, &p->a, &p->a_end);
        p->verbatim = is_verbatim(p, at, size);
        p->a_held = held(self->a, self->a_value, p->a, p->a_end);
        p->b_held = held(self->b, self->b_value, p->b, p->b_end);
        a_cost = price(p->a_held, p->verbatim);
        b_cost = price(p->b_held, p->verbatim);
    }
    return weight;
}

/* ---- whole passages ---- */

/* A passage that is not verbatim begins and ends with a sentence where one begins or ends near. */
static void to_sentences(const runut_digest *d, uint32_t *first, uint32_t *end)
{
    if (!d->sentences.size)
        return;
    uint32_t start = d->sentences.at[sentence_of(d, *first)].first_token;
    uint32_t stop = d->sentences.at[sentence_of(d, *end - 1)].end_token;
    if (start < *first && *first - start <= TO_SENTENCE)
        *first = start;
    if (stop > *end && stop - *end <= TO_SENTENCE)
        *end = stop;
}

static bool same_stem(const finder *self, uint32_t i, uint32_t k)
{
    return self->a->tokens.at[i].stem == self->b->tokens.at[k].stem;
}

/* Hits are content words; at the ends common ones may go along. */
static void extend(const finder *self, runut_passage *p)
{
    if (!p->verbatim) {
        to_sentences(self->a, &p->a, &p->a_end);
        to_sentences(self->b, &p->b, &p->b_end);
    }
    for (; p->a > 0 && p->b > 0 && same_stem(self, p->a - 1, p->b - 1); p->a--)
        p->b--;
    for (; p->a_end < self->a->tokens.size && p->b_end < self->b->tokens.size && same_stem(self, p->a_end, p->b_end);
         p->a_end++)
        p->b_end++;
}

static bool is_long(const runut_digest *d, uint32_t first, uint32_t end)
{
    runut_span span = runut_passage_bytes(d, first, end);
    return span.end - span.start >= LEAST_BYTES;
}

static bool is_good(const finder *self, const runut_passage *p, float weight)
{
    if (p->a >= p->a_end || p->b >= p->b_end || weight < LEAST_WEIGHT)
        return false;
    if (p->a_held < LEAST_HELD || p->b_held < LEAST_HELD || (p->a_held + p->b_held) / 2 < MEAN_HELD)
        return false;
    uint32_t in_a = p->a_end - p->a, in_b = p->b_end - p->b;
    bool most = 2 * in_a >= self->a->tokens.size || 2 * in_b >= self->b->tokens.size;
    return (is_long(self->a, p->a, p->a_end) && is_long(self->b, p->b, p->b_end)) ||
           (most && in_a >= LEAST_WORDS && in_b >= LEAST_WORDS);
}

/* Moves the hits that lie outside of the passage, in both texts, to the front; how many. */
static size_t leave_out(const runut_passage *p, hit *at, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++)
        if ((at[i].a < p->a || at[i].a >= p->a_end) && (at[i].b < p->b || at[i].b >= p->b_end))
            at[n++] = at[i];
    return n;
}

/* Passages that lie near each other make one cluster: what the best stretch leaves is looked through again. */
static void take_cluster(finder *self, hit *at, size_t size)
{
    for (int stretch = 0; stretch < STRETCHES && size > 0; stretch++) {
        runut_passage p = extent(at, size);
        float weight = narrow(self, at, size, &p);
        if (!is_good(self, &p, weight))
            return;
        extend(self, &p);
        RUNUT_PUSH(self->arena, self->found, ((weighed){p, weight}));
        size = leave_out(&p, at, size);
    }
}

/* ---- one passage for one place ---- */

static int by_start(const void *x, const void *y)
{
    const runut_passage *p = x, *q = y;
    return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

static int heaviest_first(const void *x, const void *y)
{
    const weighed *p = x, *q = y;
    return p->weight != q->weight ? (p->weight < q->weight) - (p->weight > q->weight)
                                  : by_start(&p->passage, &q->passage);
}

static uint32_t taken_in(const bool *taken, uint32_t first, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t i = first; i < end; i++)
        n += taken[i];
    return n;
}

static runut_passages choose(finder *self)
{
    runut_passages out = {0};
    bool *in_a = runut_arena_alloc(self->arena, self->a->tokens.size + 1);
    bool *in_b = runut_arena_alloc(self->arena, self->b->tokens.size + 1);
    if (self->found.size > 1)
        qsort(self->found.at, self->found.size, sizeof *self->found.at, heaviest_first);
    for (size_t i = 0; i < self->found.size; i++) {
        const runut_passage *p = &self->found.at[i].passage;
        if ((float)taken_in(in_a, p->a, p->a_end) > OVER_A * (float)(p->a_end - p->a) ||
            (float)taken_in(in_b, p->b, p->b_end) > OVER_B * (float)(p->b_end - p->b))
            continue;
        memset(in_a + p->a, true, p->a_end - p->a);
        memset(in_b + p->b, true, p->b_end - p->b);
        RUNUT_PUSH(self->arena, out, *p);
    }
    if (out.size > 1)
        qsort(out.at, out.size, sizeof *out.at, by_start);
    return out;
}

runut_passages runut_passages_find(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    finder self = {.arena = arena, .a = a, .b = b};
    self.a_value = runut_arena_alloc(arena, (a->tokens.size + 1) * sizeof *self.a_value);
    self.b_value = runut_arena_alloc(arena, (b->tokens.size + 1) * sizeof *self.b_value);
    find_hits(&self);
    keep_supported(&self);
    cluster(&self.hits);
    for (size_t i = 0, end; i < self.hits.size; i = end) {
        for (end = i + 1; end < self.hits.size && self.hits.at[end].cluster == self.hits.at[i].cluster; end++)
            continue;
        take_cluster(&self, self.hits.at + i, end - i);
    }
    return choose(&self);
}
