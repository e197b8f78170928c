/* Alignment of two texts of one language: seed, chain, keep.
 *
 *     a:  … [menteri pertahanan ri suryadi] wirakusuma [menilai pertahanan siber] …
 *     b:  … [menteri pertahanan ri suryadi] [menilai pertahanan siber] …
 *            └ seeds: runs of SEED equal stems, some of them saying something
 *
 * Seeds are found through a table of hashed runs and sorted; seeds that lie near each other in both texts are chained
 * to a span (after Sanchez-Perez, Sidorov & Gelbukh 2014, who cluster sentence pairs by maximal gaps); short and thin
 * spans are dropped. A run that occurs often in the other text seeds nothing beyond its first places: it is a formula,
 * and that keeps the number of seeds linear. */
#include "relate/align.h"

#include <stdlib.h>

#include "base/slice.h"

enum { SEED = 4, PLACES = 4, GAP = 14, LEAST_WORDS = 6, ROUNDS = 3 };

bool runut_same_language(const runut_digest *a, const runut_digest *b)
{
    runut_slice x = a->language, y = b->language, first = x, second = y;
    runut_slice_field(&x, '-', &first);
    runut_slice_field(&y, '-', &second);
    return runut_slice_equal(first, second);
}

typedef struct seed {
    uint32_t a, b;
} seed;

typedef RUNUT_VECTOR(seed) seeds;

/* Hash table of the runs of `b`: heads by hash, then chains of equal hashes, first places first. */
typedef struct runs {
    uint32_t *head, *next, *hash;
    uint32_t mask;
} runs;

static bool run_hash(const runut_digest *d, uint32_t at, uint32_t *hash)
{
    uint32_t h = 2166136261u, content = 0;
    for (uint32_t i = at; i < at + SEED; i++) {
        h = (h ^ d->tokens.at[i].stem) * 2654435761u;
        h ^= h >> 15;
        content += !d->tokens.at[i].common;
    }
    *hash = h;
    return content >= 2;
}

static runs index_runs(runut_arena *arena, const runut_digest *b)
{
    uint32_t size = (uint32_t)b->tokens.size, slots = 64;
    while (slots < 2 * size)
        slots *= 2;
    runs self = {.mask = slots - 1};
    self.head = runut_arena_alloc(arena, slots * sizeof *self.head);
    self.next = runut_arena_alloc(arena, (size + 1) * sizeof *self.next);
    self.hash = runut_arena_alloc(arena, (size + 1) * sizeof *self.hash);
    for (uint32_t i = size >= SEED ? size - SEED + 1 : 0; i-- > 0;) {
        if (!run_hash(b, i, &self.hash[i]))
            continue;
        uint32_t *head = &self.head[self.hash[i] & self.mask];
        self.next[i] = *head;
        *head = i + 1;
    }
    return self;
}

static int by_a(const void *x, const void *y)
{
    const seed *p = x, *q = y;
    return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

static int by_b(const void *x, const void *y)
{
    const seed *p = x, *q = y;
    return p->b != q->b ? (p->b > q->b) - (p->b < q->b) : (p->a > q->a) - (p->a < q->a);
}

static seeds find_seeds(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    seeds out = {0};
    if (a->tokens.size < SEED || b->tokens.size < SEED)
        return out;
    runs table = index_runs(arena, b);
    for (uint32_t i = 0; i + SEED <= a->tokens.size; i++) {
        uint32_t hash;
        if (!run_hash(a, i, &hash))
            continue;
        uint32_t places = 0, steps = 0;
        for (uint32_t j = table.head[hash & table.mask]; j && places < PLACES && steps < 4 * PLACES;
             j = table.next[j - 1], steps++)
            if (table.hash[j - 1] == hash) {
                RUNUT_PUSH(arena, out, ((seed){i, j - 1}));
                places++;
            }
    }
    return out;
}

/* Words of `at[0..size)`, sorted by `a`, that the seeds cover. */
static uint32_t covered(const seed *at, size_t size)
{
    uint32_t words = 0, end = 0;
    for (size_t i = 0; i < size; i++) {
        uint32_t from = at[i].a > end ? at[i].a : end;
        if (at[i].a + SEED > from)
            words += at[i].a + SEED - from;
        end = at[i].a + SEED > end ? at[i].a + SEED : end;
    }
    return words;
}

/* The two texts and what is found in them so far. */
typedef struct aligner {
    runut_arena *arena;
    const runut_digest *a, *b;
    runut_alignment *out;
} aligner;

static bool same_word(const aligner *self, uint32_t i, uint32_t k)
{
    return self->a->tokens.at[i].stem == self->b->tokens.at[k].stem;
}

/* Seeds need content words; at the ends of a span plain ones may follow. */
static void extend(const aligner *self, runut_aligned_words *s)
{
    for (int n = 0; n < SEED && s->a > 0 && s->b > 0 && same_word(self, s->a - 1, s->b - 1); n++) {
        s->a--;
        s->b--;
        s->matched++;
    }
    for (int n = 0; n < SEED && s->a_end < self->a->tokens.size && s->b_end < self->b->tokens.size &&
                    same_word(self, s->a_end, s->b_end);
         n++) {
        s->a_end++;
        s->b_end++;
        s->matched++;
    }
}

static void keep(const aligner *self, seed *at, size_t size)
{
    qsort(at, size, sizeof *at, by_a);
    runut_aligned_words span = {at[0].a, 0, UINT32_MAX, 0, covered(at, size)};
    for (size_t i = 0; i < size; i++) {
        span.a_end = at[i].a + SEED > span.a_end ? at[i].a + SEED : span.a_end;
        span.b_end = at[i].b + SEED > span.b_end ? at[i].b + SEED : span.b_end;
        span.b = at[i].b < span.b ? at[i].b : span.b;
    }
    uint32_t longer = span.a_end - span.a > span.b_end - span.b ? span.a_end - span.a : span.b_end - span.b;
    if (span.matched >= LEAST_WORDS && span.matched * 3 >= longer) {
        extend(self, &span);
        RUNUT_PUSH(self->arena, self->out->spans, span);
    }
}

/* Splits seeds at gaps, by turns in `a` and in `b`; what stays whole in both is one span. `round` bounds the depth. */
static void chain(const aligner *self, seed *at, size_t size, int round)
{
    bool in_a = round % 2 == 0;
    qsort(at, size, sizeof *at, in_a ? by_a : by_b);
    size_t start = 0;
    for (size_t i = 1; i <= size; i++) {
        uint32_t gap = i == size ? UINT32_MAX : in_a ? at[i].a - at[i - 1].a : at[i].b - at[i - 1].b;
        if (gap <= SEED + GAP)
            continue;
        bool whole = start == 0 && i == size;
        if (round >= 2 * ROUNDS || (whole && round > 0))
            keep(self, at + start, i - start);
        else
            chain(self, at + start, i - start, round + 1);
        start = i;
    }
}

static int by_place(const void *x, const void *y)
{
    const runut_aligned_words *p = x, *q = y;
    return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->matched < q->matched) - (p->matched > q->matched);
}

/* Where spans overlap in `a`, a little is cut off the later one; of two that cover each other the one with more words
 * in seeds stays. */
static void drop_overlaps(runut_alignment *out)
{
    size_t n = 0;
    for (size_t i = 0; i < out->spans.size; i++) {
        runut_aligned_words *last = n ? &out->spans.at[n - 1] : NULL, s = out->spans.at[i];
        uint32_t over = last && s.a < last->a_end ? last->a_end - s.a : 0;
        if (over && over <= 2 * SEED && s.matched >= LEAST_WORDS + over && s.b_end - s.b > over) {
            s.a += over;
            s.b += over;
            s.matched -= over;
            over = 0;
        }
        if (!over)
            out->spans.at[n++] = s;
        else if (s.matched > last->matched)
            *last = s;
    }
    out->spans.size = n;
}

/* Words inside of spans; those outside of quotation marks also as a share of all such words. */
static void measure(runut_arena *arena, const runut_digest *d, const runut_alignment *alignment, bool of_a,
                    uint32_t *words, float *told)
{
    char *mark = runut_arena_alloc(arena, d->tokens.size + 1);
    uint32_t outside = 0, both = 0;
    for (size_t i = 0; i < alignment->spans.size; i++) {
        const runut_aligned_words *s = &alignment->spans.at[i];
        for (uint32_t k = of_a ? s->a : s->b, end = of_a ? s->a_end : s->b_end; k < end; k++)
            mark[k] |= 1;
    }
    for (size_t i = 0; i < d->quotes.size; i++)
        for (uint32_t k = d->quotes.at[i].first_token; k < d->quotes.at[i].end_token && k < d->tokens.size; k++)
            mark[k] |= 2;
    for (size_t k = 0; k < d->tokens.size; k++) {
        *words += mark[k] & 1;
        outside += !(mark[k] & 2);
        both += mark[k] == 1;
    }
    *told = outside ? (float)both / (float)outside : 0;
}

runut_alignment runut_align(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    runut_alignment out = {0};
    seeds found = find_seeds(arena, a, b);
    aligner self = {arena, a, b, &out};
    if (found.size)
        chain(&self, found.at, found.size, 0);
    if (out.spans.size > 1)
        qsort(out.spans.at, out.spans.size, sizeof *out.spans.at, by_place);
    drop_overlaps(&out);
    measure(arena, a, &out, true, &out.a_words, &out.a_told);
    measure(arena, b, &out, false, &out.b_words, &out.b_told);
    return out;
}

/* ---- long runs ---- */

/* Hash of the run that begins at a word, never 0. */
static uint32_t long_run(const runut_digest *d, size_t at)
{
    uint32_t h = 2166136261u;
    for (size_t i = at; i < at + RUNUT_ALIGN_RUN; i++) {
        h = (h ^ d->tokens.at[i].hash) * 2654435761u;
        h ^= h >> 15;
    }
    return h ? h : 1;
}

/* The place of a hash in a table of `mask` + 1 slots, or a free one. */
static uint32_t *slot_of(uint32_t *slots, size_t mask, uint32_t hash)
{
    size_t i = hash & mask;
    while (slots[i] && slots[i] != hash)
        i = (i + 1) & mask;
    return &slots[i];
}

float runut_align_runs(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    size_t capacity = 64, words = 0, until = 0;
    while (capacity < 2 * b->tokens.size)
        capacity *= 2;
    uint32_t *slots = runut_arena_alloc(arena, capacity * sizeof *slots);
    for (size_t i = 0; i + RUNUT_ALIGN_RUN <= b->tokens.size; i++) {
        uint32_t hash = long_run(b, i);
        *slot_of(slots, capacity - 1, hash) = hash;
    }
    for (size_t i = 0; i + RUNUT_ALIGN_RUN <= a->tokens.size; i++)
        if (*slot_of(slots, capacity - 1, long_run(a, i))) {
            words += i + RUNUT_ALIGN_RUN - (until > i ? until : i);
            until = i + RUNUT_ALIGN_RUN;
        }
    return a->tokens.size ? (float)words / (float)a->tokens.size : 0;
}
