#include "relate/index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vector.h"

/* A store of five articles knows little of how rare a word is. So the index behaves as if it had seen BACKGROUND
 * articles more, half of which have every common word and none any other word. */
static const float BACKGROUND = 20, COMMON_SHARE = .5f;

void runut_index_init(runut_index *self, runut_heap *heap)
{
    *self = (runut_index){.heap = heap, .idf_new = 1};
}

void runut_index_free(runut_index *self)
{
    RUNUT_LIST_FREE(self->heap, self->terms);
    RUNUT_LIST_FREE(self->heap, self->postings);
    runut_heap_free(self->heap, self->slots, sizeof *self->slots, self->slot_count);
}

static size_t first_slot(const runut_index *self, uint32_t hash)
{
    return (hash * 2654435761u) & (self->slot_count - 1);
}

static void put_slot(runut_index *self, uint32_t number)
{
    size_t i = first_slot(self, self->terms.at[number].hash);
    while (self->slots[i])
        i = (i + 1) & (self->slot_count - 1);
    self->slots[i] = number + 1;
}

static bool grow_slots(runut_index *self, size_t wanted)
{
    size_t count = self->slot_count ? self->slot_count : 1024, got = 0;
    while (count < wanted)
        count *= 2;
    uint32_t *slots = runut_heap_grow(self->heap, NULL, sizeof *slots, &got, count);
    if (!slots)
        return false;
    runut_heap_free(self->heap, self->slots, sizeof *slots, self->slot_count);
    memset(slots, 0, count * sizeof *slots);
    self->slots = slots;
    self->slot_count = count;
    for (size_t i = 0; i < self->terms.size; i++)
        put_slot(self, (uint32_t)i);
    return true;
}

bool runut_index_reserve(runut_index *self, size_t count)
{
    if (!RUNUT_LIST_RESERVE(self->heap, self->terms, count))
        return false;
    size_t wanted = (self->terms.size + count) * 2;
    return wanted <= self->slot_count || grow_slots(self, wanted);
}

uint32_t runut_index_term(runut_index *self, uint32_t hash, bool common)
{
    size_t i = first_slot(self, hash);
    for (; self->slots[i]; i = (i + 1) & (self->slot_count - 1))
        if (self->terms.at[self->slots[i] - 1].hash == hash)
            break;
    if (!self->slots[i]) {
        self->terms.at[self->terms.size++] = (runut_term){.hash = hash, .idf = self->idf_new};
        self->slots[i] = (uint32_t)self->terms.size;
    }
    self->terms.at[self->slots[i] - 1].common |= common;
    return self->slots[i] - 1;
}

static float idf(float articles, float with, bool common)
{
    return logf((articles + BACKGROUND + 1) / (with + (common ? COMMON_SHARE * BACKGROUND : 0) + .5f));
}

void runut_index_weigh(runut_index *self)
{
    float articles = (float)self->articles;
    for (size_t i = 0; i < self->terms.size; i++) {
        runut_term *t = &self->terms.at[i];
        float value = idf(articles, (float)t->articles, t->common);
        t->idf = value > 0 ? value : 0;
    }
    self->idf_new = idf(articles, 1, false);
}

enum { OLDER, ROOM, BLOCK_HEAD, LEAST_ROOM = 2, MOST_ROOM = 62 };

static bool new_block(runut_index *self, runut_term *t)
{
    uint32_t room = t->posting ? 2 * self->postings.at[t->posting + ROOM] + BLOCK_HEAD : LEAST_ROOM;
    room = room < MOST_ROOM ? room : MOST_ROOM;
    size_t size = self->postings.size + (self->postings.size == 0); /* 0 means none */
    if (size + BLOCK_HEAD + room > UINT32_MAX || !RUNUT_LIST_RESERVE(self->heap, self->postings, BLOCK_HEAD + room + 1))
        return false;
    self->postings.at[size + OLDER] = t->posting;
    self->postings.at[size + ROOM] = room;
    t->posting = (uint32_t)size;
    t->filled = 0;
    self->postings.size = size + BLOCK_HEAD + room;
    return true;
}

bool runut_index_post(runut_index *self, uint32_t term, uint32_t article)
{
    runut_term *t = &self->terms.at[term];
    if ((!t->posting || t->filled == self->postings.at[t->posting + ROOM]) && !new_block(self, t))
        return false;
    self->postings.at[t->posting + BLOCK_HEAD + t->filled++] = article;
    return true;
}

static float *overlap_of(runut_tally *tally, uint32_t article)
{
    uint32_t i = article * 2654435761u >> 19 & (RUNUT_TALLY - 1);
    while (tally->article[i] && tally->article[i] != article + 1)
        i = (i + 1) & (RUNUT_TALLY - 1);
    if (!tally->article[i]) {
        tally->article[i] = article + 1;
        tally->overlap[i] = 0;
        tally->touched[tally->touched_count++] = i;
    }
    return &tally->overlap[i];
}

/* Adds `weight` to every article of the list before `end` but `article`, newest first, as far as the limits go; how
 * many were read. */
static size_t read_postings(const runut_index *self, runut_tally *tally, const runut_lookup *lookup, uint32_t article,
                            uint32_t end, size_t most)
{
    const runut_term *t = &self->terms.at[lookup->term];
    size_t read = 0;
    for (uint32_t b = t->posting; b && read < most; b = self->postings.at[b + OLDER]) {
        const uint32_t *articles = self->postings.at + b + BLOCK_HEAD;
        __builtin_prefetch(self->postings.at + self->postings.at[b + OLDER]);
        for (size_t k = b == t->posting ? t->filled : self->postings.at[b + ROOM]; k-- > 0 && read < most;) {
            if (articles[k] >= end || articles[k] == article)
                continue;
            read++;
            *overlap_of(tally, articles[k]) += lookup->weight;
        }
    }
    return read;
}

static bool is_better(runut_candidate a, runut_candidate b)
{
    return a.overlap > b.overlap || (a.overlap == b.overlap && a.article > b.article);
}

static int best_first(const void *a, const void *b)
{
    const runut_candidate *x = a, *y = b;
    return is_better(*x, *y) ? -1 : is_better(*y, *x);
}

/* Keeps the best in a heap whose root is the worst kept. */
static size_t keep(runut_candidate *heap, size_t size, runut_candidate c)
{
    size_t i;
    if (size < RUNUT_INDEX_CANDIDATES) {
        for (i = size++; i > 0 && is_better(heap[(i - 1) / 2], c); i = (i - 1) / 2)
            heap[i] = heap[(i - 1) / 2];
        heap[i] = c;
        return size;
    }
    if (!is_better(c, heap[0]))
        return size;
    for (i = 0;;) {
        size_t child = 2 * i + 1;
        if (child >= size)
            break;
        if (child + 1 < size && is_better(heap[child], heap[child + 1]))
            child++;
        if (is_better(heap[child], c))
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = c;
    return size;
}

/* Sorts by insertion, terms that few articles have first: there are few lookups. */
static void rarest_first(const runut_index *self, runut_lookup *lookups, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        runut_lookup moved = lookups[i];
        uint32_t articles = self->terms.at[moved.term].articles;
        size_t to = i;
        for (; to > 0 && self->terms.at[lookups[to - 1].term].articles > articles; to--)
            lookups[to] = lookups[to - 1];
        lookups[to] = moved;
    }
}

size_t runut_index_candidates(const runut_index *self, runut_tally *tally, runut_lookup *lookups, size_t count,
                              uint32_t article, uint32_t end, runut_candidate *out)
{
    size_t read = 0, size = 0;
    rarest_first(self, lookups, count);
    for (size_t i = 0; i < count && read < RUNUT_INDEX_READ_ALL; i++) {
        size_t left = RUNUT_INDEX_READ_ALL - read;
        if (lookups[i].weight > 0)
            read += read_postings(self, tally, &lookups[i], article, end,
                                  left < RUNUT_INDEX_READ ? left : RUNUT_INDEX_READ);
    }
    for (size_t i = 0; i < tally->touched_count; i++) {
        uint32_t slot = tally->touched[i];
        size = keep(out, size, (runut_candidate){tally->article[slot] - 1, tally->overlap[slot]});
        tally->article[slot] = 0;
    }
    tally->touched_count = 0;
    if (size > 1)
        qsort(out, size, sizeof *out, best_first);
    return size;
}
