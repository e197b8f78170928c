/* What reports have to do with each other: what `relate` hands to `store`. Articles, events and stories are numbers:
 * an article's is its number in the store (arrival order), events and stories are numbered by the relater and keep
 * their number for as long as they live. Spans are bytes in the article's body. */
#ifndef RUNUT_RELATE_RELATION_H
#define RUNUT_RELATE_RELATION_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/annotation.h"

typedef enum runut_reuse_kind { RUNUT_REPRINT, RUNUT_REWRITE, RUNUT_TRANSLATION } runut_reuse_kind;

typedef struct runut_aligned {
    runut_span here, there;
} runut_aligned;

typedef struct runut_reuse {
    uint32_t of; /* the article that the text was taken from */
    runut_reuse_kind kind;
    float share;                       /* 0..1 of this article's words that stand in the other */
    runut_slice why;                   /* "earlier by a day; credits FLORESKINI" */
    RUNUT_VECTOR(runut_aligned) spans; /* empty for a translation */
} runut_reuse;

typedef struct runut_disagreement {
    runut_slice about;              /* "dead" */
    bool development;               /* the value moved on with time, else a contradiction */
    runut_slice value, other_value; /* as printed */
    double number, other_number;    /* as numbers: "sembilan" and "nine" are both 9 */
    runut_span span, other_span;
    uint32_t with; /* the other article */
} runut_disagreement;

typedef RUNUT_VECTOR(runut_disagreement) runut_disagreements;
typedef RUNUT_VECTOR(runut_span) runut_spans;

typedef struct runut_relation {
    uint32_t article;
    uint32_t event;
    /* Told before, and that stands but for this: `disagreements` come to those told before, `novel` takes the place of
     * what was told where `has_novel`. */
    bool more, has_novel;
    runut_slice
        why; /* why it is of this event: "score .41 with 12: names, headline, 0 days apart"; empty = opened it */
    bool has_reuse;
    runut_reuse reuse;
    runut_disagreements disagreements;
    runut_spans novel; /* sentences that no earlier report of the event has */
} runut_relation;

typedef struct runut_event {
    uint32_t event;
    uint32_t story;
    runut_day day; /* RUNUT_NO_DAY = unknown, then year and month where known */
    int year, month;
    uint32_t title;    /* the article whose headline names it best */
    uint32_t articles; /* how many; 0 = the event is gone (merged into another) */
    /* Whom its news comes from, each once: the farthest source of a report that names any, else the outlet of a report
     * that took its text from nobody ("a12" where it names no outlet). The first 200 reports count. */
    runut_slices origins;
} runut_event;

/* What came of the articles added since the last time; nothing else in the store has to change. */
typedef struct runut_changes {
    RUNUT_VECTOR(runut_relation) relations;
    RUNUT_VECTOR(runut_event) events;
} runut_changes;

#endif
