/* Sentences of two languages side by side.
 *
 * Anchors of a sentence: the values of its facts, the keys of its names, and its words that the other text has too as
 * they stand ("Basarnas", "1962", "magma"). Each sentence of `a` proposes the sentences of `b` with which it shares
 * most, rare anchors counting more; the heaviest chain of proposals that rises in both texts is kept (longest
 * increasing subsequence with weights, by a Fenwick tree of maxima: Fenwick 1994). A translation runs along one long
 * chain; two reports of one happening share anchors too, but in an order of their own. */
#include "relate/align.h"

#include <stdlib.h>

#include "base/slice.h"

enum { MOST_SENTENCES = 2000, PROPOSALS = 4, COMMON = 6 };

typedef struct anchor {
    uint32_t hash, sentence;
} anchor;

typedef RUNUT_VECTOR(anchor) anchors;

typedef struct proposal {
    uint32_t a, b;
    float weight, best; /* best: of the chain that ends here */
    int32_t before;
} proposal;

typedef RUNUT_VECTOR(proposal) proposals;

static uint32_t mix(uint32_t kind, uint64_t value)
{
    uint64_t h = (value ^ ((uint64_t)kind << 56)) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(h >> 32);
}

static uint32_t fact_anchor(const runut_fact *f)
{
    uint64_t bits;
    double value = f->value;
    memcpy(&bits, &value, sizeof bits);
    return mix(1, bits ^ (bits >> 23));
}

static int by_hash(const void *x, const void *y)
{
    const anchor *p = x, *q = y;
    return p->hash != q->hash ? (p->hash > q->hash) - (p->hash < q->hash)
                              : (p->sentence > q->sentence) - (p->sentence < q->sentence);
}

static int by_sentence(const void *x, const void *y)
{
    const anchor *p = x, *q = y;
    return p->sentence != q->sentence ? (p->sentence > q->sentence) - (p->sentence < q->sentence)
                                      : (p->hash > q->hash) - (p->hash < q->hash);
}

static anchors anchors_of(runut_arena *arena, const runut_digest *d, int (*order)(const void *, const void *))
{
    anchors out = {0};
    for (uint32_t s = 0; s < d->sentences.size && s < MOST_SENTENCES; s++)
        for (uint32_t t = d->sentences.at[s].first_token; t < d->sentences.at[s].end_token; t++)
            if (!d->tokens.at[t].common && d->tokens.at[t].span.end - d->tokens.at[t].span.start >= 3)
                RUNUT_PUSH(arena, out, ((anchor){d->tokens.at[t].hash, s}));
    for (size_t i = 0; i < d->facts.size; i++)
        if (d->facts.at[i].sentence < MOST_SENTENCES)
            RUNUT_PUSH(arena, out, ((anchor){fact_anchor(&d->facts.at[i]), d->facts.at[i].sentence}));
    for (size_t i = 0; i < d->mentions.size; i++)
        if (d->mentions.at[i].sentence < MOST_SENTENCES)
            RUNUT_PUSH(arena, out,
                       ((anchor){mix(2, d->names.at[d->mentions.at[i].name].key), d->mentions.at[i].sentence}));
    if (out.size > 1)
        qsort(out.at, out.size, sizeof *out.at, order);
    size_t n = 0;
    for (size_t i = 0; i < out.size; i++)
        if (n == 0 || by_hash(&out.at[n - 1], &out.at[i]) != 0)
            out.at[n++] = out.at[i];
    out.size = n;
    return out;
}

static size_t first_of(const anchors *in, uint32_t hash)
{
    size_t low = 0, high = in->size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->at[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Adds what sentence `s` of `a` shares with each of `b`'s sentences to `weight`. */
static void weigh(const anchors *b, uint32_t hash, float *weight, uint32_t *touched, size_t *count)
{
    size_t first = first_of(b, hash), end = first;
    while (end < b->size && b->at[end].hash == hash && end - first <= COMMON)
        end++;
    if (end - first > COMMON)
        return;
    for (size_t i = first; i < end; i++) {
        if (weight[b->at[i].sentence] == 0)
            touched[(*count)++] = b->at[i].sentence;
        weight[b->at[i].sentence] += 1.0f / (float)(end - first);
    }
}

static uint32_t words_of(const runut_digest *d, uint32_t s)
{
    return d->sentences.at[s].end_token - d->sentences.at[s].first_token;
}

/* How well the lengths of two sentences go together: 1 where alike, down to .25. */
static float fit(const runut_digest *a, uint32_t s, const runut_digest *b, uint32_t t)
{
    float x = (float)words_of(a, s) + 3, y = (float)words_of(b, t) + 3;
    float ratio = x < y ? x / y : y / x;
    return ratio < .25f ? .25f : ratio;
}

/* The PROPOSALS heaviest of the touched sentences; clears the weights. */
static void propose(runut_arena *arena, const runut_digest *a, uint32_t s, const runut_digest *b, float *weight,
                    const uint32_t *touched, size_t count, proposals *out)
{
    proposal best[PROPOSALS + 1];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        proposal p = {s, touched[i], weight[touched[i]] * fit(a, s, b, touched[i]), 0, -1};
        weight[touched[i]] = 0;
        size_t at = n < PROPOSALS ? n++ : PROPOSALS;
        for (; at > 0 && (best[at - 1].weight < p.weight || (best[at - 1].weight == p.weight && best[at - 1].b > p.b));
             at--)
            best[at] = best[at - 1];
        best[at] = p;
    }
    /* Falling in `b`: no two proposals of one sentence can follow each other in a chain. */
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (best[k].b > best[i].b) {
                proposal swap = best[i];
                best[i] = best[k];
                best[k] = swap;
            }
    for (size_t i = 0; i < n; i++)
        if (best[i].weight >= .3f)
            RUNUT_PUSH(arena, *out, best[i]);
}

static proposals proposals_of(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    proposals out = {0};
    anchors in_a = anchors_of(arena, a, by_sentence), in_b = anchors_of(arena, b, by_hash);
    float *weight = runut_arena_alloc(arena, MOST_SENTENCES * sizeof *weight);
    uint32_t *touched = runut_arena_alloc(arena, MOST_SENTENCES * sizeof *touched);
    for (size_t i = 0; i < in_a.size;) {
        uint32_t s = in_a.at[i].sentence;
        size_t count = 0;
        for (; i < in_a.size && in_a.at[i].sentence == s; i++)
            weigh(&in_b, in_a.at[i].hash, weight, touched, &count);
        propose(arena, a, s, b, weight, touched, count, &out);
    }
    return out;
}

/* Index of the end of the heaviest chain, -1 where there is none. */
static int32_t chain(runut_arena *arena, proposals *all)
{
    int32_t *tree = runut_arena_alloc(arena, (MOST_SENTENCES + 1) * sizeof *tree); /* best end so far, plus one */
    int32_t last = -1;
    for (size_t i = 0; i < all->size; i++) {
        proposal *p = &all->at[i];
        for (uint32_t k = p->b; k > 0; k -= k & -k) /* sentences before p->b: 1 … p->b in the tree */
            if (tree[k] && (p->before < 0 || all->at[tree[k] - 1].best > all->at[p->before].best))
                p->before = tree[k] - 1;
        p->best = p->weight + (p->before >= 0 ? all->at[p->before].best : 0);
        for (uint32_t k = p->b + 1; k <= MOST_SENTENCES; k += k & -k)
            if (!tree[k] || all->at[tree[k] - 1].best < p->best)
                tree[k] = (int32_t)i + 1;
        if (last < 0 || p->best > all->at[last].best)
            last = (int32_t)i;
    }
    return last;
}

/* A sentence without anchors between two links goes along where just one lies between them in `b` too. */
static uint32_t between(const runut_digest *a, const proposal *left, const proposal *right)
{
    return right->a - left->a == 2 && right->b - left->b == 2 ? words_of(a, left->a + 1) : 0;
}

runut_parallel runut_align_parallel(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    runut_parallel out = {.sentences = (uint32_t)a->sentences.size};
    proposals all = proposals_of(arena, a, b);
    uint32_t words = 0, total = 0;
    float weight = 0;
    for (int32_t i = chain(arena, &all); i >= 0; i = all.at[i].before) {
        const proposal *p = &all.at[i];
        words += words_of(a, p->a) + (p->before >= 0 ? between(a, &all.at[p->before], p) : 0);
        weight += p->weight;
        out.chained++;
    }
    for (uint32_t s = 0; s < a->sentences.size && s < MOST_SENTENCES; s++)
        total += words_of(a, s);
    out.covered = total ? (float)words / (float)total : 0;
    out.anchors = out.chained ? weight / (float)out.chained : 0;
    return out;
}

void runut_align_parallel_known(runut_arena *arena, const runut_digest *a, const runut_digest *b, bool *known)
{
    proposals all = proposals_of(arena, a, b);
    int32_t after = -1;
    for (int32_t i = chain(arena, &all); i >= 0; after = i, i = all.at[i].before) {
        known[all.at[i].a] = true;
        if (after >= 0 && between(a, &all.at[i], &all.at[after]))
            known[all.at[i].a + 1] = true;
    }
    for (size_t i = 0; i < all.size; i++)
        if (all.at[i].weight >= 2)
            known[all.at[i].a] = true;
}

const runut_sentence_pair *runut_align_parallel_pairs(runut_arena *arena, const runut_digest *a, const runut_digest *b,
                                                      size_t *count)
{
    proposals all = proposals_of(arena, a, b);
    int32_t last = chain(arena, &all);
    size_t n = 0;
    for (int32_t i = last; i >= 0; i = all.at[i].before)
        n++;
    runut_sentence_pair *out = runut_arena_alloc(arena, (n + 1) * sizeof *out);
    *count = n;
    for (int32_t i = last; i >= 0; i = all.at[i].before)
        out[--n] = (runut_sentence_pair){all.at[i].a, all.at[i].b};
    return out;
}
