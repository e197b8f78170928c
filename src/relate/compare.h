/* Two reports side by side: a pure function of two digests. No index, no store: how rare a word is comes from the
 * language at large (background.h), so that the same two records get the same answer in any process. */
#ifndef RUNUT_RELATE_COMPARE_H
#define RUNUT_RELATE_COMPARE_H

#include "relate/letters.h"
#include "relate/pair.h"

/* What speaks for or against the two being one event: the weights add up to the score. */
typedef struct runut_reason {
    const char *what; /* "words", "names", "headline", "numbers in context", "days", …; static */
    float weight;
    runut_slice text; /* what was found: "Kim Jong Un, Rusia", "3 days apart"; may be empty */
} runut_reason;

typedef enum runut_paired_kind { RUNUT_VERBATIM, RUNUT_REWORDED, RUNUT_TRANSLATED } runut_paired_kind;

typedef struct runut_paired {
    runut_span a, b; /* bytes of the bodies */
    runut_paired_kind kind;
} runut_paired;

typedef struct runut_comparison {
    float similarity; /* 0..1 */
    bool same_event, same_story;
    float score, needed; /* of one event, and what makes it one */
    float story, story_needed;
    int32_t days;                       /* between them, -1 = unknown */
    RUNUT_VECTOR(runut_reason) reasons; /* heaviest first */
    RUNUT_VECTOR(runut_span) words;     /* in `a`: words that both have, the most telling first */
    int taker;                          /* -1: `a` took its text from `b`, 1: `b` from `a`, 0: neither */
    runut_reuse reuse;                  /* where one did; `here` is the taker */
    float a_share, b_share;             /* of the words of each that stand in `shared` */
    RUNUT_VECTOR(runut_paired) shared;  /* in order of `a` */
    /* Of one language, outside of what both have word for word: a sentence of `a` and the one of `b` that says it most
     * nearly, in order of `a`. */
    RUNUT_VECTOR(runut_paired) sentences;
    runut_spans only_a, only_b;        /* sentences that the other does not have */
    runut_disagreements disagreements; /* of one event only; seen from `a` */
} runut_comparison;

/* What comparing needs of data/, and room to work in. One per thread; NULL = out of memory. */
typedef struct runut_comparer runut_comparer;
runut_comparer *runut_comparer_new(void);
void runut_comparer_free(runut_comparer *self);

/* The result lives in `arena` and points into the digests. `a` and `b` have their stems. `a_words`, `b_words`: the
 * texts as the annotator cuts them, which similarity looks at, or NULL. Runs under the caller's RUNUT_ARENA_TRY. */
runut_comparison *runut_compare_digests(runut_comparer *self, runut_arena *arena, const runut_digest *a,
                                        const runut_digest *b, const runut_worded *a_words,
                                        const runut_worded *b_words);

/* compare_sentences.c: fills `sentences`, once `shared` is there. */
void runut_compare_sentences(runut_arena *arena, const runut_digest *a, const runut_digest *b, runut_comparison *c);

#endif
