/* Inside of the names module; nobody else includes this file.
 *
 *     names_lexicon.c   the tables as one trie over folded words; what stands at a token
 *     names_split.c     words that are two, words that are one together
 *     names_words.c     what is known of each token: its classes, how it is written elsewhere, what precedes it
 *     names_run.c       what the words of a run of tokens have in common
 *     names_score.c     how well a run of tokens reads as a person, an organization, a place, a role, a thing
 *     names_features.c  what the learned tagger sees of a token
 *     names_tagger.c    the learned opinion, for Indonesian
 *     names_segment.c   the best way to cut the sentences into such segments
 *     names_group.c     segments that mean the same one → names, canonical forms, keys
 *     names_role.c      "Presiden Rusia" of "Presiden Rusia Vladimir Putin"
 *     names.c           in this order */
#ifndef RUNUT_ANNOTATE_NAMES_PARTS_H
#define RUNUT_ANNOTATE_NAMES_PARTS_H

#include "annotate/stage.h"
#include "base/buffer.h"
#include "base/map.h"

/* ---- names_lexicon.c ---- */

/* Classes of words and phrases: bits. */
enum {
    NAMES_TITLE = 1u << 0,
    NAMES_HONORIFIC = 1u << 1,
    NAMES_RANK = 1u << 2,
    NAMES_FIELD = 1u << 3,
    NAMES_ORG_HEAD = 1u << 4,
    NAMES_ORG_TAIL = 1u << 5,
    NAMES_PLACE_HEAD = 1u << 6,
    NAMES_PLACE_TAIL = 1u << 7,
    NAMES_THING_HEAD = 1u << 8,
    NAMES_THING_TAIL = 1u << 9,
    NAMES_SAY = 1u << 10,
    NAMES_IN = 1u << 11,
    NAMES_PERSON_LINK = 1u << 12,
    NAMES_ORG_LINK = 1u << 13,
    NAMES_DEMONYM = 1u << 14,
    NAMES_COMMON = 1u << 15,
    NAMES_GIVEN = 1u << 16,
    NAMES_FAMILY = 1u << 17,
    NAMES_STOP = 1u << 18,      /* a stop word of the article's language */
    NAMES_TERRITORY = 1u << 19, /* a title that a place's name follows: "Gubernur Maluku" */
    NAMES_ADMIN = 1u << 20,     /* "Kabupaten Barru" is "Barru" */
    NAMES_CITE = 1u << 21,      /* whom a report quotes: "dilansir >X<", "the newspaper >X<" */
    NAMES_VERSUS = 1u << 22,    /* stands before a club */
    NAMES_CURRENCY = 1u << 24,  /* "dolar AS" is no place */
    NAMES_RELATIVE = 1u << 23,  /* "who": stands behind a person */
    NAMES_ARTICLE = 1u << 25,   /* "the": stands before bodies, places and things, hardly before a person */
    NAMES_OF = 1u << 26,        /* leads on inside of a body's or a place's name, or from an office to its place */
    NAMES_LOW_HEAD = 1u << 27,  /* begins a body's name although written small: "tribunal de Nanterre" */
    NAMES_LOW_PLACE = 1u << 28, /* the same of places: "río Júcar" */
    NAMES_ORG_ADJ = 1u << 29,   /* written small inside of a body's name: "Commission >européenne<" */
    NAMES_PLACE_END = 1u << 30, /* ends as places do: "Oberreitnau" */
    /* words that many names share: what they are in one says nothing of the next */
    NAMES_GENERAL = NAMES_COMMON | NAMES_ORG_HEAD | NAMES_PLACE_HEAD | NAMES_ORG_TAIL | NAMES_PLACE_TAIL | NAMES_FIELD |
                    NAMES_TITLE | NAMES_THING_HEAD | NAMES_THING_TAIL
};

/* What a name of the tables is. */
typedef enum names_known {
    NAMES_UNKNOWN,
    NAMES_COUNTRY,
    NAMES_WORLD, /* part of the world */
    NAMES_REGION,
    NAMES_CITY,
    NAMES_TOWN,
    NAMES_LISTED_PLACE,
    NAMES_LISTED_ORG,
    NAMES_LISTED_THING
} names_known;

typedef struct names_entry {
    uint32_t classes;
    uint8_t known; /* names_known */
    bool capitals; /* known only where it is written in capitals: "AS" */
    uint8_t key_size, full_size;
    uint32_t key, full; /* so many bytes behind the entry */
} names_entry;

/* The same in all languages and spellings. */
static inline runut_slice names_key(const names_entry *entry)
{
    return (runut_slice){(const char *)entry + entry->key, entry->key_size};
}

/* What a short form stands for, as printed: "Korea Utara". */
static inline runut_slice names_full(const names_entry *entry)
{
    return (runut_slice){(const char *)entry + entry->full, entry->full_size};
}

typedef struct names_lexicon names_lexicon;
names_lexicon *runut_names_lexicon_new(void); /* NULL = out of memory */
void runut_names_lexicon_free(names_lexicon *self);

/* The language as the tables know it: an index, 0 = none of them. */
uint32_t runut_names_language(const names_lexicon *self, runut_slice language);

enum { NAMES_PHRASE_MOST = 10 }; /* tokens of the longest phrase looked for */

typedef struct names_match {
    uint32_t end; /* token behind the phrase */
    const names_entry *entry;
} names_match;

/* Where the phrases go on that a word begins, in the language's part of the tables and in everybody's; 0 = nowhere. */
typedef struct names_start {
    uint32_t own, any;
} names_start;

/* Fetches into the cache what the next call will look at, soon. */
void runut_names_start_soon(const names_lexicon *self, uint32_t language, uint64_t hash);

/* `hash`: runut_slice_hash of the word's normal form. */
names_start runut_names_start(const names_lexicon *self, uint32_t language, runut_slice word, uint64_t hash);

/* All phrases of the lexicon that begin at token `start`, whose word is `at`: at most `most`, shortest first. `words`
 * are the tokens' normal forms, empty for marks; no phrase goes beyond `end`. */
size_t runut_names_match(const names_lexicon *self, names_start at, const runut_slice *words, uint32_t start,
                         uint32_t end, names_match *matches, size_t most);

/* A whole phrase, its words joined by one blank; NULL = not known. */
const names_entry *runut_names_find(const names_lexicon *self, uint32_t language, runut_slice phrase);

/* Classes of a whole phrase. */
uint32_t runut_names_classes(const names_lexicon *self, uint32_t language, runut_slice phrase);

/* Classes that the word's ending gives it: "Stadtverwaltung", "Oberreitnau". */
uint32_t runut_names_ending(const names_lexicon *self, uint32_t language, runut_slice word);

/* Folded, hyphens and full stops as blanks, one apostrophe; `folded` itself where nothing changes. */
runut_slice runut_names_normal(runut_arena *arena, runut_slice folded);

/* ---- names_split.c ---- */

struct names_text;

/* Puts a copy of the tokens in their place where some word is two, or some words are one. */
void runut_names_split(struct names_text *self);

/* ---- names_words.c ---- */

/* Begins with a letter of a script without capitals. */
bool runut_names_caseless(runut_slice text);

/* Only small ASCII letters behind the first one. */
bool runut_names_plain(runut_slice text);

typedef struct names_word {
    runut_slice normal;   /* folded, hyphens and full stops as blanks; empty for marks */
    runut_slice base;     /* a known place's nominative, where the word is a case of it; else empty */
    uint32_t number;      /* of the normal form, 1 + …; 0 = a mark */
    uint32_t classes;     /* of the word alone */
    uint32_t phrases;     /* of all phrases that begin here, the word itself among them */
    uint32_t first_match; /* into matches */
    uint8_t match_count;
    uint8_t title_end;     /* tokens of the longest title, honorific or rank that begins here */
    bool capital;          /* may begin a name */
    bool weak;             /* capitalized because a sentence begins, as far as one can tell */
    bool shout;            /* stands in a sentence of capitals, where capitals say nothing */
    bool caseless;         /* of a script without capitals */
    bool lower_elsewhere;  /* is also written small in this article */
    bool upper_elsewhere;  /* is also capitalized within a sentence */
    uint8_t title_before;  /* names_title */
    uint8_t place_before;  /* a preposition of place stands right before */
    bool quoted;           /* a quotation mark stands right before */
    bool dateline;         /* before the dash of a dateline */
    bool article_before;   /* an article stands right before */
    bool headed;           /* inside of a run that a body's head began, behind an "of" */
    bool inside;           /* inside of a run that a body's head began */
    bool article_in;       /* a preposition of place and an article stand right before */
    bool territory_before; /* a title that a place follows stands right before: "Bupati" */
    bool suffixed;         /* "Ankara'da": an ending behind an apostrophe, which ends a name */
    uint8_t office;        /* names_office */
} names_word;

typedef enum names_title {
    NAMES_NO_TITLE,
    NAMES_TITLE_FAR, /* in the same clause, a comma between */
    NAMES_TITLE_RUN, /* in the same run of capitalized words */
    NAMES_TITLE_NEXT /* right before */
} names_title;

/* "alcalde de >San Roque<": what an office is of, not who holds it. */
typedef enum names_office { NAMES_NO_OFFICE, NAMES_OFFICE_OF, NAMES_OFFICE_OF_THE } names_office;

typedef enum names_label {
    NAMES_OTHER,
    NAMES_PERSON,
    NAMES_ORG,
    NAMES_PLACE,
    NAMES_ROLE,
    NAMES_THING,
    NAMES_LABELS
} names_label;

typedef struct names_segment {
    uint32_t first, end; /* tokens */
    names_label label;
    float score;
} names_segment;

typedef RUNUT_VECTOR(names_segment) names_segments;
typedef RUNUT_VECTOR(names_match) names_matches;

/* Votes of clear mentions for what a word of this article stands for. */
typedef struct names_votes {
    float of[NAMES_LABELS];
} names_votes;

typedef struct names_tagger names_tagger;
typedef struct names_tagging names_tagging;
enum { NAMES_TAGS = 3 /* person, organization, place */ };

typedef struct names_text {
    const names_lexicon *lexicon;
    const names_tagger *tagger; /* NULL = not for this language */
    const names_tagging *tags;  /* its opinion; NULL before it was asked */
    bool led;                   /* by the tagger, as far as the rules do not speak against it */
    runut_arena *arena;
    runut_annotation *annotation;
    const runut_token *tokens;
    uint32_t count;
    uint32_t language;
    uint32_t block_end; /* no segment goes beyond */
    bool of;            /* the tables know the language's words for "of" */
    bool glues;         /* the language glues a body's head to its end: "Waddenfonds" */
    bool nouns;         /* the language writes its nouns with capitals */
    names_word *words;
    names_matches matches;
    runut_map *index; /* normal word -> number; votes are by that number */
    RUNUT_VECTOR(names_votes) votes;
    bool voted;
    names_segments segments;
    struct names_readings *readings; /* names_score.c: runs that were looked at already */
} names_text;

void runut_names_words(names_text *self);

/* The known name that the tokens [first, end) are, as written; NULL = none. */
const names_entry *runut_names_known(const names_text *self, uint32_t first, uint32_t end);

/* Is the token one of the marks? */
bool runut_names_is_one_of(const names_text *self, uint32_t token, const char *marks);
static inline bool runut_names_mark(const names_text *self, uint32_t token, const char *marks)
{
    return token < self->count && self->tokens[token].kind == RUNUT_TOKEN_MARK &&
           runut_names_is_one_of(self, token, marks);
}
runut_slice runut_names_text(const names_text *self, uint32_t first, uint32_t end);

/* ---- names_score.c ---- */

/* Before each decoding. */
void runut_names_score_begin(names_text *self);

/* Scores of [first, end) under every label but NAMES_OTHER; 0 means: as good as no name at all. */
void runut_names_score(const names_text *self, uint32_t first, uint32_t end, float scores[NAMES_LABELS]);

/* What it means that `next` stands right behind `before`; `title`: what stands before `next`. */
float runut_names_follows(names_label before, names_label next, names_title title);

/* ---- names_features.c ---- */

enum { NAMES_FEATURES_MOST = 112, NAMES_BUCKET_BITS = 18 };
typedef struct names_features {
    uint32_t buckets[NAMES_FEATURES_MOST];
    uint32_t size;
} names_features;

/* What features need of every token, computed once. */
typedef struct names_view names_view;
names_view *runut_names_view(const names_text *self);

/* Is the token near enough to a capital to be looked at? */
bool runut_names_in_view(const names_text *self, uint32_t i);

void runut_names_features(const names_text *text, const names_view *views, uint32_t i, names_features *out);

/* ---- names_tagger.c ---- */

struct names_tagging {
    const names_tagger *of;
    uint8_t *labels;              /* the best sequence: 0 none, 1 begins a person, 2 goes on with it, 3 … 6 */
    bool *seen;                   /* was the token looked at? */
    float (*begins)[NAMES_TAGS];  /* how well a name begins here, against no name */
    float (*goes_on)[NAMES_TAGS]; /* how well names go on: sums over all tokens before */
};

names_tagger *runut_names_tagger_new(void); /* NULL = out of memory */
void runut_names_tagger_free(names_tagger *self);

/* Asks the tagger about the text. */
names_tagging *runut_names_tag(const names_tagger *self, const names_text *text);

/* The score of tokens [first, end) as a name of this label, against no name. */
float runut_names_tagged(const names_tagging *self, uint32_t first, uint32_t end, names_label label);

/* ---- names_segment.c ---- */

void runut_names_segment(names_text *self);

/* ---- names_group.c ---- */

/* Makes names and mentions of the annotation out of the segments. */
void runut_names_group(names_text *self);

/* ---- names_role.c ---- */

/* The function that the text gives the person of tokens [first, end); empty where it gives none. Nothing before token
 * `least` belongs to it. */
runut_slice runut_names_role(const names_text *self, uint32_t least, uint32_t first, uint32_t end);

#endif
