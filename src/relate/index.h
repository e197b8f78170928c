/* The index: dense numbers for terms, in how many articles each occurs, and which articles have it among their telling
 * ones.
 *
 *     hash ──slots──▶ term number ──▶ document frequency, idf, newest block of its posting list
 *                                                                  │
 *                        block of articles ◀── older, smaller block ◀──┘
 *
 * An article is looked up under its telling terms only, those that fewest articles have first; a long posting list is
 * read from its newest end up to a limit, and all lists together up to another, so the work for one article does not
 * grow with the index. */
#ifndef RUNUT_RELATE_INDEX_H
#define RUNUT_RELATE_INDEX_H

#include <stdint.h>

#include "base/arena.h"
#include "relate/heap.h"

enum { RUNUT_INDEX_CANDIDATES = 60, RUNUT_INDEX_READ = 200, RUNUT_INDEX_READ_ALL = 3000 };
enum { RUNUT_TALLY = 8192 }; /* a power of two, and more than twice RUNUT_INDEX_READ_ALL */

typedef struct runut_term {
    uint32_t hash;
    uint32_t articles; /* document frequency */
    uint32_t posting;  /* newest block: where it begins in `postings`, 0 = none */
    uint16_t filled;   /* of that block */
    float idf;         /* as of the last weighing */
    bool common, number;
} runut_term;

typedef struct runut_index {
    runut_heap *heap;
    RUNUT_LIST(runut_term) terms;
    /* Blocks, each twice as large as the one before it up to a limit: where the older one begins (0 = none), how many
     * articles there is room for, the articles. */
    RUNUT_LIST(uint32_t) postings;
    uint32_t *slots; /* term number + 1; a power of two of them */
    size_t slot_count;
    uint32_t articles;
    float idf_new; /* idf of a term that came after the last weighing */
} runut_index;

typedef struct runut_candidate {
    uint32_t article; /* place on the shelf */
    float overlap;
} runut_candidate;

/* A term to look up and its weight. */
typedef struct runut_lookup {
    uint32_t term;
    float weight;
} runut_lookup;

/* Where overlaps are summed up: an open-addressing table that is empty between two searches. All zeros at first. */
typedef struct runut_tally {
    uint32_t article[RUNUT_TALLY]; /* plus one; 0 = free */
    float overlap[RUNUT_TALLY];
    uint32_t touched[RUNUT_INDEX_READ_ALL];
    size_t touched_count;
} runut_tally;

void runut_index_init(runut_index *self, runut_heap *heap);
void runut_index_free(runut_index *self);

/* Makes room for `count` new terms; false when memory is out. Then runut_index_term cannot fail that often. */
bool runut_index_reserve(runut_index *self, size_t count);
uint32_t runut_index_term(runut_index *self, uint32_t hash, bool common);

/* Weighs all terms anew from the articles so far. */
void runut_index_weigh(runut_index *self);

/* Puts `article` into the posting list of `term`; false when memory is out. */
bool runut_index_post(runut_index *self, uint32_t term, uint32_t article);

/* The articles before `end` but `article` that share most with the terms given (which are put in another order), at
 * most RUNUT_INDEX_CANDIDATES into `out`, best first (equal ones: the newer first). */
size_t runut_index_candidates(const runut_index *self, runut_tally *tally, runut_lookup *lookups, size_t count,
                              uint32_t article, uint32_t end, runut_candidate *out);

#endif
