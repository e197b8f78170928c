/* Inside of facts*.c: the words of data/facts.tsv that an article's language needs, and numbers as they are written. */
#ifndef RUNUT_RELATE_FACTS_H
#define RUNUT_RELATE_FACTS_H

#include "annotate/annotation.h"
#include "base/arena.h"

typedef enum runut_fact_kind { RUNUT_FACT_NUMBER, RUNUT_FACT_UNIT, RUNUT_FACT_SUBJECT, RUNUT_FACT_CUE } runut_fact_kind;

/* How a number word enters the number that it is part of. */
enum {
    RUNUT_NUMBER_ADD,
    RUNUT_NUMBER_TEEN,
    RUNUT_NUMBER_TIMES,
    RUNUT_NUMBER_SCALE,
    RUNUT_NUMBER_ORDINAL,
    RUNUT_NUMBER_ARTICLE
};

/* What a unit measures, and with which of them a subject goes. */
enum {
    RUNUT_FITS_COUNT = 1,
    RUNUT_FITS_MONEY = 2,
    RUNUT_FITS_PERCENT = 4,
    RUNUT_FITS_LENGTH = 8,
    RUNUT_FITS_DURATION = 16,
    RUNUT_FITS_TERM = 32, /* months, years */
    RUNUT_FITS_TIMES = 64,
    RUNUT_FITS_MINUTE = 128,
    RUNUT_FITS_OTHER = 256,
    RUNUT_SUBJECT_STRICT = 512,
    RUNUT_SUBJECT_TOLL = 1024,
    RUNUT_SUBJECT_STRONG = 2048,
    RUNUT_SUBJECT_WIDE = 4096,
    RUNUT_SUBJECT_STATE = 8192 /* says what became of those counted */
};

/* What a word does to a number beside it. */
enum {
    RUNUT_CUE_APPROXIMATE = 1,
    RUNUT_CUE_NEGATED = 2,
    RUNUT_CUE_BEFORE = 4,
    RUNUT_CUE_PART = 8,
    RUNUT_CUE_TO = 16,
    RUNUT_CUE_NAMELY = 32,
    RUNUT_CUE_AND = 64,
    RUNUT_CUE_CHANGE = 128,
    RUNUT_CUE_CLOCK = 256,
    RUNUT_CUE_ZONE = 512,
    RUNUT_CUE_AM = 1024,
    RUNUT_CUE_PM = 2048,
    RUNUT_CUE_LEVEL = 4096,
    RUNUT_CUE_ORDINAL_PREFIX = 8192,
    RUNUT_CUE_ORDINAL_SUFFIX = 16384
};

typedef struct runut_fact_word {
    uint64_t hash;
    uint32_t key;      /* hash of label; how a number word enters */
    uint32_t flags;    /* fits and subject flags; cues */
    double value;      /* number, or the unit's factor */
    runut_slice label; /* key as in the table */
} runut_fact_word;

typedef struct runut_fact_lexicon runut_fact_lexicon;

/* Words for articles in `language` (BCP 47), in `arena`. */
runut_fact_lexicon *runut_fact_lexicon_new(runut_arena *arena, runut_slice language);

/* The longest entry of `kind` that begins at token `at` (of `annotation`) and has one of the flags `fits`; `*length`
 * gets its number of tokens. NULL = none. */
const runut_fact_word *runut_fact_word_at(const runut_fact_lexicon *self, const runut_annotation *annotation, size_t at,
                                          runut_fact_kind kind, uint32_t fits, size_t *length);

/* One word alone. */
const runut_fact_word *runut_fact_word_find(const runut_fact_lexicon *self, runut_slice folded, runut_fact_kind kind,
                                            uint32_t fits);

/* Quick: may `word`, or a part of it that begins it, be an entry of `kind`, or the first word of one? */
bool runut_fact_word_may_begin(const runut_fact_lexicon *self, runut_slice word, runut_fact_kind kind);

/* The word itself for words and numbers, the mark for marks. */
runut_slice runut_fact_text(const runut_annotation *annotation, size_t token);

typedef struct runut_numeral {
    double value;
    size_t first, end; /* tokens */
    int decimals;      /* digits after the mark, 0 for words */
    bool digits;       /* in figures */
    bool plain;        /* figures without any mark or scale word: perhaps a year */
    bool article;      /* "a", "seorang": hardly a number */
    bool ordinal;
    bool range;    /* "10-15": two numbers, `value` is the first */
    bool clock;    /* "21:40": no number but for a time of day */
    bool scaled;   /* with a word such as "juta" */
    double second; /* of a range */
} runut_numeral;

/* Does this article write decimals with a comma? From its language and from the numbers that leave no doubt. */
bool runut_numeral_comma(const runut_annotation *annotation);

/* The number that begins at token `at`, in figures or words; false where there is none. */
bool runut_numeral_at(const runut_fact_lexicon *lexicon, const runut_annotation *annotation, bool comma, size_t at,
                      runut_numeral *out);

#endif
