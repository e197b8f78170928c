/* Inside of facts*.c: the walk over an article's tokens, and the number in hand. */
#ifndef RUNUT_RELATE_FACTS_FIND_H
#define RUNUT_RELATE_FACTS_FIND_H

#include "base/slice.h"
#include "relate/digest.h"
#include "relate/facts.h"

enum { RUNUT_FACTS_RECENT = 3 };

typedef struct runut_fact_finder {
    runut_arena *arena;
    const runut_annotation *annotation;
    const runut_fact_lexicon *lexicon;
    runut_digest *digest;
    size_t word;    /* digest token at or after the number */
    size_t mention; /* annotation mention at or after the number */
    bool comma;
    uint32_t recent[RUNUT_FACTS_RECENT]; /* `fits` of the last facts, newest first */
} runut_fact_finder;

typedef struct runut_fact_found {
    runut_numeral number;
    size_t lead; /* first token: the number's, or that of a currency before it */
    runut_span span;
    const runut_fact_word *unit, *subject;
    uint32_t fits;
    runut_fact fact;
} runut_fact_found;

static inline const runut_token *token(const runut_fact_finder *self, size_t i)
{
    return &self->annotation->tokens.at[i];
}

static inline bool in_sentence(const runut_fact_finder *self, size_t i, size_t of)
{
    return i < self->annotation->tokens.size && token(self, i)->sentence == token(self, of)->sentence;
}

static inline bool is_text(const runut_fact_finder *self, size_t i, const char *text)
{
    return runut_slice_is(runut_fact_text(self->annotation, i), text);
}

static inline bool touches(const runut_fact_finder *self, size_t left, size_t right)
{
    return token(self, left)->span.end == token(self, right)->span.start;
}

static inline bool is_cue(const runut_fact_finder *self, size_t i, uint32_t cues)
{
    size_t length;
    return runut_fact_word_at(self->lexicon, self->annotation, i, RUNUT_FACT_CUE, cues, &length) != NULL;
}

/* A cue that ends right before token `at`, one to three words long. */
static inline bool cue_before(const runut_fact_finder *self, size_t at, uint32_t cues)
{
    for (size_t back = 1; back <= 3 && back <= at && in_sentence(self, at - back, at); back++) {
        size_t length;
        if (runut_fact_word_at(self->lexicon, self->annotation, at - back, RUNUT_FACT_CUE, cues, &length) &&
            length == back)
            return true;
    }
    return false;
}

/* facts_time.c */

/* The month that token `i` names, 0 = none. */
int runut_fact_month(const runut_fact_finder *self, size_t i);

/* "15/8", "15/8/2022". */
bool runut_fact_slashed(runut_slice text, uint32_t *day, uint32_t *month);

/* Is the number at token `i` the day of a date with a month? */
bool runut_fact_date(const runut_fact_finder *self, size_t i, uint32_t *day, uint32_t *month);

/* "Sabtu (25/5)", "Selasa, 21 Ogos", "Wednesday (Nov. 23)": fills `f` with the weekday that a date is said to be. */
bool runut_fact_weekday(const runut_fact_finder *self, size_t i, uint32_t day, uint32_t month, runut_fact_found *f);

/* Is the number half of a time of day with a blank in it ("8: 00 am")? */
bool runut_fact_torn_clock(const runut_fact_finder *self, const runut_fact_found *f);

/* A time of day: "21:40", "pukul 21.40", "9.40 malam", "2 p.m.", "5.47am". */
bool runut_fact_clock(const runut_fact_finder *self, runut_fact_found *f);

/* A range is a score ("2-1") unless it counts something: days, percent, years. */
bool runut_fact_score(const runut_fact_finder *self, runut_fact_found *f);

/* facts_subject.c: what the number counts. */
void runut_fact_subject(const runut_fact_finder *self, runut_fact_found *f);

#endif
