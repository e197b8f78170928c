/* What an article says: what `annotate` hands to `relate`. Every span is bytes [start, end) into the article's body
 * unless it says otherwise; everything lives in the article's arena. */
#ifndef RUNUT_ANNOTATE_ANNOTATION_H
#define RUNUT_ANNOTATE_ANNOTATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"
#include "base/vector.h"
#include "clean/article.h"

typedef struct runut_span {
    uint32_t start, end;
} runut_span;

typedef enum runut_token_kind { RUNUT_TOKEN_WORD, RUNUT_TOKEN_NUMBER, RUNUT_TOKEN_MARK } runut_token_kind;

/* A word ("Jong-Un", "anti-Rusia", "didn't"), a number with its inner marks ("1.204", "6,1", "15/8", "06.12"), or
 * one mark of punctuation (also each bracket and quotation mark). White space is no token. */
typedef struct runut_token {
    runut_span span;
    runut_token_kind kind;
    bool upper;          /* begins with an upper-case letter */
    bool all_upper;      /* two letters or more, all upper case */
    bool sentence_start; /* first word of its sentence (opening marks aside) */
    bool plain;          /* a word of ASCII letters, small behind the first: no need to look closer */
    uint32_t sentence;   /* index into sentences */
    runut_slice folded;  /* words and numbers: NFKC, case folded */
    runut_slice stem;    /* words: stem in the article's language, folded; else = folded */
    uint64_t hash;       /* runut_slice_hash of `folded`: every stage looks every word up */
} runut_token;

typedef RUNUT_VECTOR(runut_token) runut_tokens;

typedef struct runut_sentence {
    runut_span span;
    uint32_t paragraph; /* number of the body's line */
    uint32_t first_token, end_token;
} runut_sentence;

/* ---- dates ---- */

/* One expression of time and what it says, for dateEvidence. */
typedef struct runut_date_evidence {
    runut_span span;  /* in the body; {0,0} where `text` stands elsewhere (by-line, metadata) */
    runut_slice text; /* as printed: "Senin (15/8)" */
    runut_slice says; /* in English: "15 August on a Monday: 2011, 2016, 2022" */
} runut_date_evidence;

typedef struct runut_date_candidate {
    runut_day day;
    float weight;        /* 0..1 */
    runut_slice reasons; /* "year 2024 from …; weekday does not fit" */
} runut_date_candidate;

typedef struct runut_dates {
    runut_day inferred;          /* best day of the report; RUNUT_NO_DAY = unknown */
    float confidence;            /* 0..1 */
    runut_day event;             /* day of the happening that it reports; RUNUT_NO_DAY = unknown */
    int event_year, event_month; /* 0 = unknown; set also where the day is not known */
    RUNUT_VECTOR(runut_date_evidence) evidence;
    bool conflict;             /* the evidence cannot all hold: `candidates` says what is possible */
    runut_slice conflict_text; /* one English sentence: what contradicts what */
    RUNUT_VECTOR(runut_date_candidate) candidates;
    /* Days that the body mentions, resolved as well as could be: for relate's event time. */
    RUNUT_VECTOR(struct {
        runut_span span;
        runut_day day;
    })
    mentioned;
} runut_dates;

/* ---- names ---- */

typedef enum runut_name_kind { RUNUT_PERSON, RUNUT_ORGANIZATION, RUNUT_PLACE } runut_name_kind;

typedef struct runut_mention {
    runut_span span;
    uint32_t name; /* index into names */
} runut_mention;

typedef struct runut_name {
    runut_name_kind kind;
    runut_slice canonical; /* the longest, best known form in this article: "Kim Jong Un" */
    runut_slice key;       /* the same across articles, spellings and languages where known: "kim jong un", "KP" */
    runut_slice role;      /* "Presiden Rusia" where the text says so: words of the body */
    runut_span role_span;
    float confidence;
    uint32_t mentions; /* how many */
} runut_name;

/* ---- statements and sources ---- */

typedef struct runut_statement {
    runut_span span;         /* the words, without the marks */
    bool indirect;           /* `reported`: no quotation marks */
    runut_slice speaker;     /* canonical name, or the description as printed; empty = unknown */
    int32_t speaker_name;    /* index into names, -1 = none */
    runut_span speaker_span; /* where the speaker is named */
    runut_span cue;          /* "kata", "said" */
    runut_slice via;         /* who carries the words, canonical; empty = nobody named */
    const char *why;         /* static: how the speaker was found */
} runut_statement;

/* Words in quotation marks that are no statement, and why. */
typedef struct runut_refusal {
    runut_span span;
    const char *why; /* static: "scare quotes", "title of a work" */
} runut_refusal;

typedef struct runut_source {
    runut_slice name; /* to be shown: "Reuters"; the best known form that the article prints */
    runut_slice key;  /* the same for all forms of a name, across articles: "KCNA" for "Korean Central News Agency" */
    runut_span span;  /* the credit in the body; {0,0} where `text` stands outside of it (a credit line) */
    runut_slice text; /* the credit as printed: "seperti dikutip dari Reuters" */
    bool agency;      /* a news agency rather than another outlet */
} runut_source;

typedef struct runut_annotation {
    const runut_article *article;
    runut_slice body;     /* = article->body */
    runut_slice language; /* BCP 47, decided: "id", "en", "ms"; "und" = unknown */
    float language_confidence;
    RUNUT_VECTOR(runut_sentence) sentences;
    runut_tokens tokens;
    runut_tokens headline_tokens; /* spans are into article->headline */
    runut_dates dates;
    RUNUT_VECTOR(runut_name) names;
    RUNUT_VECTOR(runut_mention) mentions; /* in order of start; none overlap */
    RUNUT_VECTOR(runut_statement) statements;
    RUNUT_VECTOR(runut_refusal) refusals;
    RUNUT_VECTOR(runut_source) sources; /* nearest first: ["Reuters", "KCNA"] */
} runut_annotation;

#endif
