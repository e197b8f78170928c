/* The same words of somebody, printed in several reports: who had them first, and what later prints changed. */
#ifndef RUNUT_RELATE_SAYINGS_H
#define RUNUT_RELATE_SAYINGS_H

#include "base/arena.h"
#include "base/day.h"
#include "base/slice.h"
#include "base/vector.h"

/* One quotation, or a sentence of indirect speech, as one report has it. */
typedef struct runut_saying {
    runut_slice text;
    runut_slice speaker; /* a name's key, or a description as printed; empty = nobody known */
    bool named;          /* `speaker` is a name: another name is another person */
    runut_day day;       /* of the report; RUNUT_NO_DAY comes last */
    bool copy;           /* the report was taken from another one: of one day it comes later */
    uint32_t article;
    uint32_t start; /* in that article */
} runut_saying;

typedef enum runut_saying_change {
    RUNUT_SAYING_FIRST,     /* nobody had these words before */
    RUNUT_SAYING_SAME,      /* word for word */
    RUNUT_SAYING_SHORTENED, /* words left out, none put in */
    RUNUT_SAYING_FULLER,    /* words more than the first print has */
    RUNUT_SAYING_ALTERED
} runut_saying_change;

/* Words of this print and those of the first one that stand in their place; either may be empty. Spans are bytes of the
 * two texts. */
typedef struct runut_saying_difference {
    runut_slice here, first;
} runut_saying_difference;

typedef RUNUT_VECTOR(runut_saying_difference) runut_saying_differences;

typedef struct runut_saying_link {
    uint32_t first; /* index of the first print; its own where that is this one */
    runut_saying_change change;
    bool other_speaker; /* the first print gives the words to somebody else */
    runut_saying_differences differences;
} runut_saying_link;

/* One link for each saying, and in *order (NULL = not wanted) the indices from the earliest to the latest. A pure
 * function of what it is given; about linear in the number of words. */
runut_saying_link *runut_sayings_join(runut_arena *arena, const runut_saying *sayings, size_t count, uint32_t **order);

#endif
