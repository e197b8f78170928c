/* How likely two articles tell of one happening.
 *
 *     match  how alike the words are: .6 stems + .4 entities + .2 headline + .1 numbers in context, 0 … 1.3
 *     score  match less what speaks against it: hubness, numbers, days, and doubt about the day
 *
 * Hubness (after Conneau et al. 2018, CSLS): an article that is like many is only more like one of them than
 * others if it stands out; so each side's mean match with its two nearest is subtracted. */
#ifndef RUNUT_RELATE_SCORE_H
#define RUNUT_RELATE_SCORE_H

#include "relate/shared.h"
#include "relate/shelf.h"

/* Events: articles are joined while the mean score, counted as group.h says, is at least this. */
#define RUNUT_SCORE_JOIN (-.02f)

typedef struct runut_match {
    float stem, entity, head, context;
    float all;   /* the four, weighed */
    float place; /* share of the places in one's lead that are in the other's; -1 where one names none */
    float names; /* cosine of the names alone; a third of it where they share one name only: that may be a country */
    uint32_t shared_numbers;
} runut_match;

/* An article's stems and entities, ready to be compared with those of many others. */
typedef struct runut_ready {
    size_t article; /* place + 1, 0 = none */
    runut_probe stems, entities;
    uint16_t
        head_at[RUNUT_SHELF_MOST]; /* where each stem of the headline stands among the stems, plus one; 0 = nowhere */
} runut_ready;

/* The same whichever comes first; quicker where `a` is the same as the last time. */
runut_match runut_score_compare(const runut_shelf *shelf, size_t a, size_t b);

/* As above, out of shelf->pairs where it is there; else it is put there. */
runut_match runut_score_match(const runut_shelf *shelf, size_t a, size_t b);

/* The days between two articles: 0 where their days meet, -1 where one is undated. */
int32_t runut_score_days(const runut_shelved *a, const runut_shelved *b);

/* The score and what it is the sum of. */
typedef struct runut_score_parts {
    runut_match match;
    float stems, entities, head, context; /* the match */
    float hubness, numbers, days, doubt, place, names, edition;
    float score;
} runut_score_parts;

runut_score_parts runut_score_of(const runut_shelf *shelf, size_t a, size_t b);
float runut_score(const runut_shelf *shelf, size_t a, size_t b);

#endif
