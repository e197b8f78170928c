/* Shared by printed_date.c and printed_time.c: a date line as words, numbers and marks. */
#ifndef RUNUT_CLEAN_PRINTED_DATE_H
#define RUNUT_CLEAN_PRINTED_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"

typedef enum runut_date_kind { RUNUT_DATE_END, RUNUT_DATE_NUMBER, RUNUT_DATE_WORD, RUNUT_DATE_MARK } runut_date_kind;

typedef struct runut_date_token {
    runut_date_kind kind;
    runut_slice text; /* as printed */
    runut_slice word; /* words: folded, as the tables have them */
    uint32_t value;   /* numbers: their value, at most 999999999; marks: the code point */
    uint32_t digits;  /* numbers: how many */
    bool spaced;      /* white space before it */
} runut_date_token;

/* The line's tokens; reading at or beyond `size` gives an END token. */
typedef struct runut_date_tokens {
    runut_date_token *at;
    size_t size;
    runut_slice language;
} runut_date_tokens;

static inline const runut_date_token *runut_date_at(const runut_date_tokens *self, size_t i)
{
    static const runut_date_token end = {.kind = RUNUT_DATE_END, .text = {"", 0}, .word = {"", 0}};
    return i < self->size ? &self->at[i] : &end;
}

static inline bool runut_date_mark(const runut_date_tokens *self, size_t i, uint32_t code)
{
    const runut_date_token *t = runut_date_at(self, i);
    return t->kind == RUNUT_DATE_MARK && t->value == code;
}

/* Is token `i` a word that data/clock.tsv lists under `kind`? `value` (may be NULL) gets the table's value. */
bool runut_date_word(const runut_date_tokens *self, size_t i, const char *kind, runut_slice *value);

typedef struct runut_time {
    int hour, minute, second; /* second -1: not stated */
    char zone[8];             /* "+07:00", "Z", or empty */
} runut_time;

/* A time of day that begins at token `i`, with its half of the day and zone: the token after it, 0 where there is
 * none. `month` and `day` decide about daylight saving for zones such as ET. */
size_t runut_printed_time(const runut_date_tokens *self, size_t i, int year, int month, int day, runut_time *time);

#endif
