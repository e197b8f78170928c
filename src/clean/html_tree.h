/* A page as blocks of text and the elements that they stand in.
 *
 *     <body><div id=main><h1>A</h1><p>b <i>c</i><br><br>d</div>        nodes  body─div─h1
 *                                                                                   └─p
 *                                                                      blocks  "A" (h1)  "b c" (p)  "d" (p)
 *
 * One pass over the tokens with a stack of open elements. Every element that is not inline, unknown ones too, ends a
 * block where it opens and where it closes; so do <hr> and two <br> in a row. Inline elements leave no node, only
 * counts (how much of a block is link, is bold) and marks. The stack is capped: deeper elements still end blocks but
 * get no node, so every step costs at most a constant and the whole is linear. Nodes are in document order and the
 * blocks of a subtree are a range [first, end), so that sums over any subtree are two look-ups in prefix sums.
 *
 * Marks are spans that say something of the report itself: itemprop, rel=author, <time>, class words such as
 * "byline". They are evidence for metadata*.c. */
#ifndef RUNUT_CLEAN_HTML_TREE_H
#define RUNUT_CLEAN_HTML_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"
#include "clean/html_tags.h"

enum {
    RUNUT_HTML_MOST_DEPTH = 200,
    RUNUT_HTML_MOST_NODES = 1 << 17, /* further elements only end blocks */
    RUNUT_HTML_MOST_MARKS = 4000,
    RUNUT_HTML_MOST_METAS = 500,
    RUNUT_HTML_MOST_SCRIPTS = 400,
    RUNUT_HTML_LONG_SCRIPT = 300 /* bytes */
};

/* Groups of class, id and role words (data/page_classes.tsv names them); a set is a uint32_t. */
#define RUNUT_CLASS_GROUPS(X)                                                                                          \
    X(COMMENT, "comment")                                                                                              \
    X(RELATED, "related")                                                                                              \
    X(SHARE, "share")                                                                                                  \
    X(SIDEBAR, "sidebar")                                                                                              \
    X(FOOTER, "footer")                                                                                                \
    X(NAV, "nav")                                                                                                      \
    X(HEADER, "header")                                                                                                \
    X(AD, "ad")                                                                                                        \
    X(SUBSCRIBE, "subscribe")                                                                                          \
    X(AUTHOR, "author")                                                                                                \
    X(CAPTION, "caption")                                                                                              \
    X(BODY, "body")                                                                                                    \
    X(ARTICLE, "article")                                                                                              \
    X(TAGS, "tags")                                                                                                    \
    X(DATE, "date")                                                                                                    \
    X(POPULAR, "popular")                                                                                              \
    X(TITLE, "title")                                                                                                  \
    X(POPUP, "popup")                                                                                                  \
    X(PAGER, "pager")                                                                                                  \
    X(WIDGET, "widget")                                                                                                \
    X(SUMMARY, "summary")                                                                                              \
    X(META, "meta")                                                                                                    \
    X(HIDDEN, "hidden")                                                                                                \
    X(CARD, "card")                                                                                                    \
    X(LOGO, "logo")                                                                                                    \
    X(IMAGE, "image")                                                                                                  \
    X(QUOTE, "quote")                                                                                                  \
    X(BIO, "bio")                                                                                                      \
    X(CONTENTS, "contents")                                                                                            \
    X(LEGAL, "legal")                                                                                                  \
    X(PROMO, "promo")                                                                                                  \
    X(FORM, "form")

typedef enum runut_class_group {
#define RUNUT_CLASS_ENUM(id, name) RUNUT_CLASS_##id,
    RUNUT_CLASS_GROUPS(RUNUT_CLASS_ENUM)
#undef RUNUT_CLASS_ENUM
        RUNUT_CLASS_COUNT
} runut_class_group;

#define RUNUT_CLASS_BIT(id) ((uint32_t)1 << RUNUT_CLASS_##id)

typedef struct runut_html_node {
    uint32_t parent;     /* itself for the root, which is node 0 */
    uint32_t first, end; /* its blocks, descendants' included */
    uint32_t classes;    /* set of groups */
    uint32_t signature;  /* hash of tag and class text */
    uint8_t tag;         /* runut_html_tag */
    uint8_t depth;
    bool embed; /* a post of another site, shown inside the report */
} runut_html_node;

typedef struct runut_html_block {
    runut_slice text; /* white space collapsed; a single <br> is '\n' */
    uint32_t node;
    uint32_t bytes;      /* that are no white space */
    uint32_t link_bytes; /* of them inside <a href> */
    uint32_t bold_bytes; /* inside b, strong, em, i, small */
    uint32_t links;
    uint32_t breaks; /* single <br> inside */
    uint32_t images; /* images since the block before */
} runut_html_block;

typedef struct runut_html_mark {
    uint8_t tag;
    bool author_rel;      /* rel=author, or a link to an author's page */
    uint32_t classes;     /* the element's own groups */
    uint32_t block;       /* the block that was open or next when the element opened */
    uint32_t node;        /* innermost node around it */
    uint32_t start, end;  /* of its text in the tree's text */
    runut_slice itemprop; /* raw */
    runut_slice value;    /* datetime, content, or alt */
} runut_html_mark;

typedef struct runut_html_meta {
    runut_slice name, content;
} runut_html_meta;

typedef struct runut_html_tree {
    runut_arena *arena;
    RUNUT_VECTOR(runut_html_node) nodes;
    RUNUT_VECTOR(runut_html_block) blocks;
    RUNUT_VECTOR(runut_html_mark) marks;
    RUNUT_VECTOR(runut_html_meta) metas; /* name, property, itemprop or http-equiv, in order */
    runut_slices json;                   /* application/ld+json scripts, raw */
    runut_slices scripts;                /* all long ones, raw, those included; in order */
    runut_slice text;                    /* of all blocks, '\n' between them */
    runut_slice title, language, canonical;
} runut_html_tree;

runut_html_tree *runut_html_tree_new(runut_arena *arena, runut_slice html);

/* The text inside a mark: within one block or across several. */
runut_slice runut_html_mark_text(const runut_html_tree *self, const runut_html_mark *mark);

/* The content of the first meta of that name (any case) that is not empty; an empty slice where there is none. */
runut_slice runut_html_meta_named(const runut_html_tree *self, const char *name);

/* html_classes.c: the groups that the words of a class, id or role attribute belong to. Remembers what it has seen. */
typedef struct runut_html_classes runut_html_classes;
runut_html_classes *runut_html_classes_new(runut_arena *arena);
uint32_t runut_html_classes_of(runut_html_classes *self, runut_slice words);

#endif
