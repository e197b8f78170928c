/* Both texts are cut into sentences. Those with the same words are paired, the k-th of one with the k-th of the other;
 * the longest rising row of these pairs (patience sorting) stood still, the other pairs have moved. Of what is left, an
 * older and a newer sentence that share most of their words are one that was reworded: candidates come from an index of
 * the words, the likest pairs are taken first. The rest was added or removed.
 *
 *     older   A  B  C  D          A–A stands still, D–D too
 *     newer   A  C' D  E  B       B–B moved, C–C' was reworded, E was added */
#include "relate/changes.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/slice.h"

enum { NONE = UINT32_MAX, MOST_HOLDERS = 24 };
static const float LEAST_ALIKE = .5f, LEAST_ALIKE_THERE = .25f; /* there: nothing else could be meant */

typedef struct sentence {
    runut_span span;
    uint32_t first, end; /* words */
    uint64_t hash;       /* of the words in order */
    uint32_t with;       /* the other text's sentence; NONE = none */
    bool still;          /* that pair stands in order */
} sentence;

typedef struct text {
    runut_changed_words words;
    RUNUT_VECTOR(sentence) sentences;
} text;

/* ---- sentences ---- */

static void add_sentence(runut_arena *arena, runut_slice body, runut_span span, text *out)
{
    uint32_t first = (uint32_t)out->words.size;
    uint64_t hash = 0;
    runut_changed_words_of(arena, body, span, &out->words);
    uint32_t end = (uint32_t)out->words.size;
    if (first == end)
        return;
    for (uint32_t i = first; i < end; i++)
        hash = (hash ^ out->words.at[i].hash) * 0x9E3779B97F4A7C15u;
    span = (runut_span){out->words.at[first].span.start, out->words.at[end - 1].span.end};
    RUNUT_PUSH(arena, out->sentences, ((sentence){span, first, end, hash, NONE, false}));
}

/* What stands between two sentences, line by line. */
static void add_between(runut_arena *arena, runut_slice body, size_t from, size_t to, text *out)
{
    while (from < to) {
        const char *end = memchr(body.at + from, '\n', to - from);
        size_t stop = end ? (size_t)(end - body.at) : to;
        add_sentence(arena, body, (runut_span){(uint32_t)from, (uint32_t)stop}, out);
        from = stop + 1;
    }
}

static text cut(runut_arena *arena, const runut_changed_text *from)
{
    text out = {0};
    size_t at = 0;
    for (size_t i = 0; i < from->sentences.size; i++) {
        runut_span s = from->sentences.at[i];
        if (s.start < at || s.end > from->body.size || s.start >= s.end)
            continue;
        add_between(arena, from->body, at, s.start, &out);
        add_sentence(arena, from->body, s, &out);
        at = s.end;
    }
    add_between(arena, from->body, at, from->body.size, &out);
    return out;
}

/* ---- what is the same ---- */

static void pair(text *older, text *newer, size_t a, size_t b, bool still)
{
    older->sentences.at[a].with = (uint32_t)b;
    newer->sentences.at[b].with = (uint32_t)a;
    older->sentences.at[a].still = newer->sentences.at[b].still = still;
}

static void pair_ends(text *older, text *newer)
{
    size_t from = 0, a = older->sentences.size, b = newer->sentences.size;
    for (; from < a && from < b && older->sentences.at[from].hash == newer->sentences.at[from].hash; from++)
        pair(older, newer, from, from, true);
    for (; a > from && b > from && older->sentences.at[a - 1].hash == newer->sentences.at[b - 1].hash; a--, b--)
        pair(older, newer, a - 1, b - 1, true);
}

typedef struct keyed {
    uint64_t hash;
    uint32_t at;
} keyed;

static int by_hash(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static keyed *sorted(runut_arena *arena, const text *of, size_t *count)
{
    keyed *out = runut_arena_alloc(arena, (of->sentences.size + 1) * sizeof *out);
    *count = 0;
    for (size_t i = 0; i < of->sentences.size; i++)
        if (of->sentences.at[i].with == NONE)
            out[(*count)++] = (keyed){of->sentences.at[i].hash, (uint32_t)i};
    if (*count > 1)
        qsort(out, *count, sizeof *out, by_hash);
    return out;
}

static void pair_equal(runut_arena *arena, text *older, text *newer)
{
    size_t a_count, b_count, i = 0, k = 0;
    const keyed *a = sorted(arena, older, &a_count), *b = sorted(arena, newer, &b_count);
    while (i < a_count && k < b_count) {
        if (a[i].hash == b[k].hash)
            pair(older, newer, a[i++].at, b[k++].at, false);
        else if (a[i].hash < b[k].hash)
            i++;
        else
            k++;
    }
}

/* The longest rising row of the newer sentences' partners (Fredman, "On computing the length of longest increasing
 * subsequences", 1975). */
static void mark_still(runut_arena *arena, text *older, text *newer)
{
    size_t count = newer->sentences.size, length = 0;
    uint32_t *last = runut_arena_alloc(arena, (count + 1) * sizeof *last);     /* of the best row of each length */
    uint32_t *before = runut_arena_alloc(arena, (count + 1) * sizeof *before); /* in its row */
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = length;
        if (newer->sentences.at[i].with == NONE)
            continue;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (newer->sentences.at[last[middle]].with < newer->sentences.at[i].with)
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? last[low - 1] : (uint32_t)NONE;
        last[low] = (uint32_t)i;
        length += low == length;
    }
    for (uint32_t i = length ? last[length - 1] : (uint32_t)NONE; i != NONE; i = before[i])
        newer->sentences.at[i].still = older->sentences.at[newer->sentences.at[i].with].still = true;
}

/* ---- what was reworded ---- */

typedef struct candidate {
    float alike;
    uint32_t a, b;
} candidate;

typedef RUNUT_VECTOR(candidate) candidates;

typedef struct holders {
    RUNUT_VECTOR(uint32_t) at; /* older sentences that have the word, one number for each time */
} holders;

typedef struct word_index {
    runut_map *numbers;
    RUNUT_VECTOR(holders) holders;
} word_index;

static runut_slice key_of(const runut_changed_word *word)
{
    return (runut_slice){(const char *)&word->hash, sizeof word->hash};
}

static word_index index_words(runut_arena *arena, const text *older)
{
    word_index out = {.numbers = runut_map_new(arena)};
    for (size_t i = 0; i < older->sentences.size; i++) {
        const sentence *s = &older->sentences.at[i];
        for (uint32_t w = s->first; w < s->end && s->with == NONE; w++) {
            bool is_new;
            uint32_t *number = runut_map_put(out.numbers, key_of(&older->words.at[w]), &is_new);
            if (is_new) {
                *number = (uint32_t)out.holders.size;
                (void)RUNUT_APPEND(arena, out.holders);
            }
            holders *h = &out.holders.at[*number];
            if (h->at.size < MOST_HOLDERS)
                RUNUT_PUSH(arena, h->at, (uint32_t)i);
        }
    }
    return out;
}

static float alike(const sentence *a, const sentence *b, uint32_t shared)
{
    return 2 * (float)shared / (float)(a->end - a->first + b->end - b->first);
}

/* `shared` has a 0 for each older sentence, and has it again afterwards. */
static void find_candidates(runut_arena *arena, const text *older, const text *newer, uint32_t b,
                            const word_index *index, uint32_t *shared, candidates *out)
{
    const sentence *s = &newer->sentences.at[b];
    RUNUT_VECTOR(uint32_t) seen = {0};
    for (uint32_t w = s->first; w < s->end; w++) {
        const uint32_t *number = runut_map_get(index->numbers, key_of(&newer->words.at[w]));
        const holders *h = number ? &index->holders.at[*number] : NULL;
        uint32_t before = NONE;
        for (size_t k = 0; h && k < h->at.size; k++) {
            uint32_t a = h->at.at[k];
            if (a == before)
                continue;
            before = a;
            if (shared[a]++ == 0)
                RUNUT_PUSH(arena, seen, a);
        }
    }
    for (size_t k = 0; k < seen.size; k++) {
        uint32_t a = seen.at[k];
        float like = alike(&older->sentences.at[a], s, shared[a]);
        if (like >= LEAST_ALIKE_THERE)
            RUNUT_PUSH(arena, *out, ((candidate){like < 1 ? like : 1, a, b}));
        shared[a] = 0;
    }
}

static int by_likeness(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->alike != y->alike)
        return x->alike > y->alike ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->a > y->a) - (x->a < y->a);
}

/* Do both stand between the same two neighbours, which are the same in both texts? */
static bool between_same(const text *older, const text *newer, uint32_t a, uint32_t b)
{
    uint32_t before = b ? newer->sentences.at[b - 1].with : NONE, after = NONE;
    bool last = b + 1 == newer->sentences.size;
    if (!last)
        after = newer->sentences.at[b + 1].with;
    bool begins = b == 0 ? a == 0 : before != NONE && before + 1 == a;
    bool ends = last ? a + 1 == older->sentences.size : after != NONE && after == a + 1;
    return begins && ends;
}

static void pair_reworded(runut_arena *arena, text *older, text *newer)
{
    candidates all = {0};
    word_index index = index_words(arena, older);
    uint32_t *shared = runut_arena_alloc(arena, (older->sentences.size + 1) * sizeof *shared);
    for (size_t b = 0; b < newer->sentences.size; b++)
        if (newer->sentences.at[b].with == NONE)
            find_candidates(arena, older, newer, (uint32_t)b, &index, shared, &all);
    if (all.size > 1)
        qsort(all.at, all.size, sizeof *all.at, by_likeness);
    for (size_t i = 0; i < all.size; i++) {
        const candidate *c = &all.at[i];
        bool is_free = older->sentences.at[c->a].with == NONE && newer->sentences.at[c->b].with == NONE;
        if (is_free && (c->alike >= LEAST_ALIKE || between_same(older, newer, c->a, c->b)))
            pair(older, newer, c->a, c->b, false);
    }
}

/* ---- telling ---- */

typedef struct telling {
    runut_arena *arena;
    const text *older, *newer;
    runut_change_list *out;
    size_t passed; /* older sentences before it are told */
    uint32_t here; /* end of the newer text's sentence before */
} telling;

static void tell_removed(telling *self, size_t end)
{
    for (; self->passed < end; self->passed++) {
        const sentence *s = &self->older->sentences.at[self->passed];
        if (s->with == NONE)
            RUNUT_PUSH(
                self->arena, *self->out,
                ((runut_change){.kind = RUNUT_CHANGE_REMOVED, .here = {self->here, self->here}, .there = s->span}));
    }
}

/* Behind what of the older text a sentence stands that was added. */
static uint32_t place_in_older(const telling *self)
{
    return self->passed ? self->older->sentences.at[self->passed - 1].span.end : 0;
}

/* What moved as one piece is told as one. */
static bool joins(const telling *self, const sentence *b, const sentence *a)
{
    const runut_change *last = self->out->size ? &self->out->at[self->out->size - 1] : NULL;
    const sentence *before = b > self->newer->sentences.at ? b - 1 : NULL;
    return last && last->kind == RUNUT_CHANGE_MOVED && before && last->here.end == before->span.end &&
           a > self->older->sentences.at && last->there.end == (a - 1)->span.end;
}

static void tell(telling *self, const sentence *b)
{
    const text *o = self->older;
    const sentence *a = b->with == NONE ? NULL : &o->sentences.at[b->with];
    bool same = a && a->hash == b->hash;
    if (a && (b->still || (!same && b->with >= self->passed)))
        tell_removed(self, b->with);
    if (b->still && b->with + 1 > self->passed)
        self->passed = b->with + 1;
    runut_change change = {.kind = !a     ? RUNUT_CHANGE_ADDED
                                   : same ? RUNUT_CHANGE_MOVED
                                          : RUNUT_CHANGE_REWORDED,
                           .here = b->span};
    change.there = a ? a->span : (runut_span){place_in_older(self), place_in_older(self)};
    self->here = b->span.end;
    if (same && b->still)
        return;
    if (same && joins(self, b, a)) {
        self->out->at[self->out->size - 1].here.end = b->span.end;
        self->out->at[self->out->size - 1].there.end = a->span.end;
        return;
    }
    if (change.kind == RUNUT_CHANGE_REWORDED)
        runut_changed_words_compare(self->arena, o->words.at + a->first, a->end - a->first,
                                    self->newer->words.at + b->first, b->end - b->first, &change);
    RUNUT_PUSH(self->arena, *self->out, change);
}

void runut_changes_find(runut_arena *arena, const runut_changed_text *older, const runut_changed_text *newer,
                        runut_change_list *out)
{
    text a = cut(arena, older), b = cut(arena, newer);
    telling t = {.arena = arena, .older = &a, .newer = &b, .out = out};
    *out = (runut_change_list){0};
    pair_ends(&a, &b);
    pair_equal(arena, &a, &b);
    mark_still(arena, &a, &b);
    pair_reworded(arena, &a, &b);
    for (size_t i = 0; i < b.sentences.size; i++)
        tell(&t, &b.sentences.at[i]);
    tell_removed(&t, a.sentences.size);
}
