/* Which blocks of a page are the report: a learned judgement.
 *
 *     tree ─ blocks_text.c ─ what each block's words are like (counts, cue phrases such as "read also")
 *          ─ blocks_context.c ─ where it stands (subtrees, ancestors, repetition, what is around it)
 *          ─ blocks_features.c ─ both as one row of numbers a block
 *          ─ blocks_model.c ─ boosted trees, trained by tools/train_blocks.py ─ probability of being body
 *
 * What carries most is context: how much running text shares a container with the block, and what the last heading
 * and the last cue before it said. All sums over subtrees come from prefix sums; all distances to ancestors are
 * handed down from parent to child; so the whole is linear in blocks and nodes. */
#ifndef RUNUT_CLEAN_BLOCKS_H
#define RUNUT_CLEAN_BLOCKS_H

#include "clean/html_tree.h"

/* Groups of cue phrases (data/page_cues.tsv). */
#define RUNUT_CUES(X)                                                                                                  \
    X(NONE, "")                                                                                                        \
    X(READ_ALSO, "read-also")                                                                                          \
    X(ADVERT, "advert")                                                                                                \
    X(SUBSCRIBE, "subscribe")                                                                                          \
    X(RIGHTS, "rights")                                                                                                \
    X(SHARE, "share")                                                                                                  \
    X(COMMENT, "comment")                                                                                              \
    X(LOGIN, "login")                                                                                                  \
    X(CREDIT, "credit")                                                                                                \
    X(SOURCE, "source")                                                                                                \
    X(BYLINE, "byline")                                                                                                \
    X(DATE, "date")                                                                                                    \
    X(TAGS, "tags")                                                                                                    \
    X(BIO, "bio")                                                                                                      \
    X(DISCLAIMER, "disclaimer")                                                                                        \
    X(BUY, "buy")

typedef enum runut_cue {
#define RUNUT_CUE_ENUM(id, name) RUNUT_CUE_##id,
    RUNUT_CUES(RUNUT_CUE_ENUM)
#undef RUNUT_CUE_ENUM
        RUNUT_CUE_COUNT
} runut_cue;

/* What a block's words are like. */
typedef struct runut_block_text {
    float words, short_words, upper_words, lower_words, capital_words;
    float digits, letters, commas, ends, marks; /* ends: sentence ends; marks: |, ©, », • and the like */
    float quotes;
    float in_title, in_description; /* share of its words that the title, the description has */
    float of_title;                 /* share of the title's words that it has */
    float good;                     /* running text, in words: 0 for menus and links */
    float score;                    /* Readability's paragraph score */
    bool ends_sentence, ends_colon, starts_lower, repeated;
    uint8_t leads;   /* the cue that it begins with */
    uint16_t holds;  /* set of cues within its first words */
    uint8_t heading; /* level of the heading element that it stands in, 0 = none */
    uint64_t hash;
} runut_block_text;

/* What plain_blocks.c knows of a line of a plain-text capture besides; pages have none of it. */
#define RUNUT_LINE_VALUES(X)                                                                                           \
    X(TEXTNESS, "textness")                                                                                            \
    X(MARGIN, "margin")                                                                                                \
    X(STATE, "state")                                                                                                  \
    X(DATELINE, "dateline")                                                                                            \
    X(COMMON, "common")                                                                                                \
    X(SHARED, "shared")                                                                                                \
    X(BLANK_BEFORE, "blank before")                                                                                    \
    X(BLANK_AFTER, "blank after")                                                                                      \
    X(WORDS, "words")                                                                                                  \
    X(STOP, "stop")                                                                                                    \
    X(SENTENCES, "sentences")                                                                                          \
    X(CAPTION, "caption")                                                                                              \
    X(BYLINE, "by-line")                                                                                               \
    X(DATE, "date")                                                                                                    \
    X(CUES, "cues")                                                                                                    \
    X(GAPS, "gaps")                                                                                                    \
    X(SEPARATORS, "separators")                                                                                        \
    X(REPEATED, "repeated")                                                                                            \
    X(LIST, "heads a list")                                                                                            \
    X(BEFORE, "textness before")                                                                                       \
    X(AFTER, "textness after")                                                                                         \
    X(SINCE, "body since")                                                                                             \
    X(LEFT, "body left")

enum {
#define RUNUT_LINE_VALUE(id, name) RUNUT_LINE_##id##_VALUE,
    RUNUT_LINE_VALUES(RUNUT_LINE_VALUE)
#undef RUNUT_LINE_VALUE
        RUNUT_LINE_VALUE_COUNT
};

typedef struct runut_block_line {
    float value[RUNUT_LINE_VALUE_COUNT];
} runut_block_line;

/* What is known of the page before its blocks are judged. */
typedef struct runut_block_hints {
    runut_slice title, description;
    uint32_t headline;             /* block of the headline; UINT32_MAX where none is known */
    const runut_block_line *lines; /* one a block of a plain-text capture; NULL for a page */
} runut_block_hints;

/* One per block, in the tree's arena. */
runut_block_text *runut_blocks_text(const runut_html_tree *tree, const runut_block_hints *hints);

/* The names and values of one block's features, in a fixed order. */
enum { RUNUT_BLOCKS_MOST_FEATURES = 320 };
typedef struct runut_block_row {
    size_t size;
    float value[RUNUT_BLOCKS_MOST_FEATURES];
    const char *name[RUNUT_BLOCKS_MOST_FEATURES]; /* filled where `named` */
    const char *part[RUNUT_BLOCKS_MOST_FEATURES];
    bool named;
} runut_block_row;

typedef struct runut_block_context runut_block_context;
runut_block_context *runut_blocks_context(const runut_html_tree *tree, const runut_block_text *texts,
                                          const runut_block_hints *hints);
void runut_blocks_row(const runut_block_context *context, size_t block, runut_block_row *row);

/* blocks_model.c: probability of being body for each block; in the tree's arena. */
float *runut_blocks_judge(const runut_html_tree *tree, const runut_block_text *texts, const runut_block_hints *hints);

#endif
