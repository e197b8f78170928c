/* Which sentence of one text holds the content words of a sentence of the other. */
#include "base/slice.h"
#include "relate/align.h"

/* Sentences by content stem: an open-addressing table of stems, each with a chain of the sentences that have it, in
 * order. */
typedef struct stem {
    uint32_t hash, first, last; /* nodes + 1; first 0 = free */
} stem;

typedef struct node {
    uint32_t sentence, next; /* node + 1, 0 = none */
} node;

struct runut_stem_places {
    stem *stems;
    node *nodes;
    uint32_t mask, node_count;
};

static stem *find(const struct runut_stem_places *self, uint32_t hash)
{
    uint32_t i = (hash * 2654435761u) >> 7 & self->mask;
    while (self->stems[i].first && self->stems[i].hash != hash)
        i = (i + 1) & self->mask;
    return &self->stems[i];
}

static void put(struct runut_stem_places *self, uint32_t hash, uint32_t sentence)
{
    stem *s = find(self, hash);
    if (s->first && self->nodes[s->last - 1].sentence == sentence)
        return;
    self->nodes[self->node_count++] = (node){sentence, 0};
    if (s->first)
        self->nodes[s->last - 1].next = self->node_count;
    else
        *s = (stem){hash, self->node_count, 0};
    s->last = self->node_count;
}

static struct runut_stem_places *places_of(runut_arena *arena, const runut_digest *d)
{
    struct runut_stem_places *self = runut_arena_alloc(arena, sizeof *self);
    uint32_t content = 0;
    for (size_t s = 0; s < d->sentences.size; s++)
        for (uint32_t t = d->sentences.at[s].first_token; t < d->sentences.at[s].end_token; t++)
            content += !d->tokens.at[t].common;
    self->mask = 63;
    while (self->mask < 2 * content)
        self->mask = 2 * self->mask + 1;
    self->stems = runut_arena_alloc(arena, ((size_t)self->mask + 1) * sizeof *self->stems);
    self->nodes = runut_arena_alloc(arena, ((size_t)content + 1) * sizeof *self->nodes);
    for (uint32_t s = 0; s < d->sentences.size; s++)
        for (uint32_t t = d->sentences.at[s].first_token; t < d->sentences.at[s].end_token; t++)
            if (!d->tokens.at[t].common)
                put(self, d->tokens.at[t].stem, s);
    return self;
}

void runut_align_prepare(runut_arena *arena, runut_digest *digest)
{
    digest->stem_places = places_of(arena, digest);
}

/* Counts per sentence of `b`, cleared after each sentence of `a` by going over `touched`. */
typedef struct tally {
    uint32_t *count;
    RUNUT_VECTOR(uint32_t) touched;
} tally;

static void tally_stem(runut_arena *arena, tally *t, const struct runut_stem_places *places, uint32_t hash)
{
    enum { MOST = 12 };
    uint32_t n = find(places, hash)->first;
    for (size_t i = 0; n && i < MOST; i++, n = places->nodes[n - 1].next) {
        uint32_t sentence = places->nodes[n - 1].sentence;
        if (t->count[sentence]++ == 0)
            RUNUT_PUSH(arena, t->touched, sentence);
    }
}

static runut_sentence_match best_of(tally *t, uint32_t sentences, uint32_t content)
{
    runut_sentence_match best = {UINT32_MAX, 0, content};
    uint32_t most = 0;
    for (size_t i = 0; i < t->touched.size; i++) {
        uint32_t s = t->touched.at[i];
        uint32_t next = s + 1 < sentences ? t->count[s + 1] : 0, together = t->count[s] * 2 + next;
        if (together > most) {
            most = together;
            best.with = s;
            best.part = (float)(t->count[s] + next / 2) / (float)content;
        }
    }
    best.part = best.part > 1 ? 1 : best.part;
    for (size_t i = 0; i < t->touched.size; i++)
        t->count[t->touched.at[i]] = 0;
    t->touched.size = 0;
    return best;
}

runut_sentence_match *runut_align_sentences(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    enum { MOST_WORDS = 200 };
    runut_sentence_match *out = runut_arena_alloc(arena, (a->sentences.size + 1) * sizeof *out);
    const struct runut_stem_places *places = b->stem_places ? b->stem_places : places_of(arena, b);
    tally t = {.count = runut_arena_alloc(arena, (b->sentences.size + 1) * sizeof *t.count)};
    for (size_t s = 0; s < a->sentences.size; s++) {
        uint32_t content = 0, end = a->sentences.at[s].end_token;
        for (uint32_t k = a->sentences.at[s].first_token; k < end && content < MOST_WORDS; k++)
            if (!a->tokens.at[k].common) {
                content++;
                tally_stem(arena, &t, places, a->tokens.at[k].stem);
            }
        out[s] = content ? best_of(&t, (uint32_t)b->sentences.size, content) : (runut_sentence_match){UINT32_MAX, 0, 0};
    }
    return out;
}
