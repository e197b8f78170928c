/* The digest: all that relating needs of one article, so that neither body nor annotation is read again. Made from an
 * annotation, kept by the store as bytes, decoded into an arena. The same article gives the same bytes, always. */
#ifndef RUNUT_RELATE_DIGEST_H
#define RUNUT_RELATE_DIGEST_H

#include "annotate/annotation.h"
#include "base/error.h"

/* A feature and how often it occurs; vectors are sorted by `term` (the low 32 bits of XXH3 of its text). */
typedef struct runut_weight {
    uint32_t term;
    float weight;
} runut_weight;
typedef RUNUT_VECTOR(runut_weight) runut_weights;

/* One word or number of the body, in order; marks of punctuation are left out. */
typedef struct runut_digest_token {
    uint32_t hash; /* of the folded form */
    uint32_t stem; /* of the stem */
    runut_span span;
    bool common; /* a word of data/stopwords.tsv: it says little of what the text is about */
} runut_digest_token;

typedef struct runut_digest_sentence {
    runut_span span;
    uint32_t first_token, end_token;
} runut_digest_sentence;

/* A number in its context: "17 tewas", "Rp7,2 miliar", "magnitudo 6,1", "pukul 21.40", "nine hours". */
typedef struct runut_fact {
    double value;
    uint32_t unit; /* hash of the unit, the same in every language ("IDR", "metre", "time of day"); 0 = a count */
    uint32_t
        subject; /* hash of what is counted, the same in every language where known ("dead", "missing"); 0 = unknown */
    uint32_t context[4]; /* stems of the three content words nearest to it, nearest first, 0-padded; then the key of the
                          * name nearest to it in its sentence, or 0 */
    uint32_t sentence;
    runut_span span;   /* number and unit */
    runut_slice text;  /* as printed */
    runut_slice about; /* short label for people: "dead", "orang tewas" */
    bool approximate;  /* "more than", "sekitar" */
    bool ordinal;
    uint8_t nature; /* bits below */
} runut_fact;

enum {
    RUNUT_FACT_STRICT = 1, /* the subject is one that an event has one value of: other values disagree */
    RUNUT_FACT_TOLL = 2,   /* moves on with time: the dead, the missing */
    RUNUT_FACT_WIDE = 4,   /* said of many things (a height, a price): only the same words make it the same fact */
    RUNUT_FACT_ASIDE = 8   /* of an earlier time, a part of the whole, or denied: never set against another report's */
};

/* Where a name stands, in order: the sentence and which of `names`. */
typedef struct runut_digest_mention {
    uint32_t name, sentence;
} runut_digest_mention;

typedef struct runut_digest_name {
    runut_name_kind kind;
    uint32_t key; /* hash of runut_name.key */
    uint32_t mentions;
    bool in_headline;
    runut_slice text; /* canonical form, as printed */
} runut_digest_name;

typedef struct runut_digest_quote {
    runut_span span;
    uint32_t first_token, end_token;
    uint32_t speaker; /* hash of the speaker's key, 0 = unknown */
    runut_slice speaker_text;
} runut_digest_quote;

/* How far the day of the happening can be trusted: not; as the day of the page; as told by the text. */
typedef enum runut_certainty { RUNUT_VAGUE, RUNUT_LIKELY, RUNUT_SURE } runut_certainty;

typedef struct runut_digest {
    runut_slice language;
    runut_slice headline;
    runut_slice publisher;
    runut_slices sources; /* normalized names, nearest first */
    runut_day published;  /* RUNUT_NO_DAY = unknown */
    bool date_conflict;
    runut_day event;           /* RUNUT_NO_DAY = unknown; then year and month, where known */
    runut_certainty certainty; /* of `event` */
    int event_year, event_month;
    RUNUT_VECTOR(runut_day) candidates; /* where the dates contradict each other: the days it may be of */
    RUNUT_VECTOR(runut_day) mentioned;  /* days that the body mentions, ascending */
    /* stems: of headline (counted three times), body, and the first sixty words of the body once more. entities: words
     * of names, names as a whole, and numbers. headline_stems: of the headline, else of the first sentence.
     * numbers_in_context: a number with the content word before or after it. */
    runut_weights stems, entities, headline_stems, numbers_in_context;
    RUNUT_VECTOR(uint32_t) numbers;     /* hashes of the distinct numbers of headline and body, ascending */
    RUNUT_VECTOR(uint32_t) lead;        /* entities of the headline and the first sentences, ascending */
    RUNUT_VECTOR(uint32_t) lead_places; /* those of them that are of a place narrower than a country */
    /* Which one of a row it is, where the headline or the first sentences say so ("14th festival", "60 years of ties"):
     * the kind of row << 16 | number, ascending. */
    RUNUT_VECTOR(uint32_t) editions;
    RUNUT_VECTOR(runut_digest_token) tokens;
    RUNUT_VECTOR(runut_digest_sentence) sentences;
    RUNUT_VECTOR(runut_fact) facts;
    RUNUT_VECTOR(runut_digest_name) names;
    RUNUT_VECTOR(runut_digest_mention) mentions;
    RUNUT_VECTOR(runut_digest_quote) quotes;
    const struct runut_stem_places *stem_places; /* see align.h; NULL = not made */
} runut_digest;

/* What making digests needs of data/, language by language, so that it is read once. One per thread. */
typedef struct runut_digester runut_digester;
runut_digester *runut_digester_new(void); /* NULL = out of memory */
void runut_digester_free(runut_digester *self);

/* Runs under the caller's RUNUT_ARENA_TRY; `digester` NULL: the tables are read anew. */
runut_digest *runut_digest_make(runut_digester *digester, runut_arena *arena, const runut_annotation *annotation);
runut_slice runut_digest_encode(runut_arena *arena, const runut_digest *digest);

/* RUNUT_ERR_STORE where the bytes are damaged or of another version. `stems` is left empty where `plain`: comparing two
 * articles word by word needs no vectors. */
int runut_digest_decode(runut_arena *arena, runut_slice bytes, bool plain, runut_digest **digest, runut_error *error);

#endif
