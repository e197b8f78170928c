/* Candidates for a page's authors; metadata_author*.c only. */
#ifndef RUNUT_CLEAN_METADATA_AUTHOR_H
#define RUNUT_CLEAN_METADATA_AUTHOR_H

#include "clean/metadata.h"

/* Where a name was found, and what it is called when it is chosen; the best evidence first. */
#define RUNUT_AUTHOR_SOURCES(X)                                                                                        \
    X(LABEL, "by-line") /* "Penulis: A B" */                                                                           \
    X(BY, "by-line")    /* "By A B" */                                                                                 \
    X(JSON_PERSON, "JSON-LD author")                                                                                   \
    X(REL, "rel=author or itemprop author")                                                                            \
    X(JSON_PLAIN, "JSON-LD author") /* a string, no object */                                                          \
    X(META_AUTHOR, "meta author")                                                                                      \
    X(META_ARTICLE, "meta article:author")                                                                             \
    X(META_LIBRARY, "meta dc.creator") /* Dublin Core and scholars' names */                                           \
    X(META_TOOL, "meta parsely-author and its like")                                                                   \
    X(TWITTER, "meta twitter:data1")                                                                                   \
    X(CLASS, "element of the author's class")                                                                          \
    X(DATED, "name beside the date") /* "A B, 4 April 2019", "A B | Outlet" */                                         \
    X(LONE, "name under the headline")                                                                                 \
    X(END, "by-line below the text")                                                                                   \
    X(BIO, "about the author")                                                                                         \
    X(FAR, "rel=author or itemprop author") /* not near the report */                                                  \
    X(JSON_ORG, "JSON-LD author")           /* an organization */                                                      \
    X(SITE, "name of the site")             /* one's own site */                                                       \
    X(EDITOR, "editor's line")

typedef enum runut_author_source {
#define RUNUT_AUTHOR_ENUM(id, from) RUNUT_AUTHOR_##id,
    RUNUT_AUTHOR_SOURCES(RUNUT_AUTHOR_ENUM)
#undef RUNUT_AUTHOR_ENUM
        RUNUT_AUTHOR_SOURCE_COUNT
} runut_author_source;

#define RUNUT_AUTHOR_BIT(id) ((uint32_t)1 << RUNUT_AUTHOR_##id)

/* Kinds of words in data/author_words.tsv. */
enum {
    RUNUT_AUTHOR_PROGRAM = 1u << 0,
    RUNUT_AUTHOR_DESK = 1u << 1,
    RUNUT_AUTHOR_ROLE = 1u << 2,
    RUNUT_AUTHOR_PREFIX = 1u << 3,
    RUNUT_AUTHOR_MID = 1u << 4,
    RUNUT_AUTHOR_TAIL = 1u << 5,
    RUNUT_AUTHOR_FURNITURE = 1u << 6,
    RUNUT_AUTHOR_HONORIFIC = 1u << 7,
    RUNUT_AUTHOR_DEGREE = 1u << 8
};

enum { RUNUT_AUTHOR_FEATURES = 64, RUNUT_AUTHOR_MOST = 24 };

typedef struct runut_author {
    runut_slice name;
    runut_slice key;  /* folded, without honorifics and degrees */
    uint32_t sources; /* set of runut_author_source */
    uint32_t block;   /* the first that shows it near the report; UINT32_MAX where none does */
    uint32_t rank;    /* how many its source named before it */
    uint32_t words, kinds;
    bool labelled; /* a by-line with a writer's label names it */
    float row[RUNUT_AUTHOR_FEATURES];
    float chance;
} runut_author;

typedef struct runut_authors {
    const runut_metadata *metadata;
    runut_arena *arena;
    runut_metadata_span body;
    runut_author at[RUNUT_AUTHOR_MOST];
    size_t size;
} runut_authors;

/* metadata_author_find.c: asks every source. */
void runut_authors_find(runut_authors *self);

/* metadata_author.c: candidates with their features; the trainer's view too. */
runut_authors *runut_authors_new(const runut_metadata *metadata, runut_metadata_span body);
const char *const *runut_author_feature_names(size_t *size);

/* metadata_author_names.c */

/* Kinds of the word or phrase as a whole, any case. */
uint32_t runut_author_kinds(runut_arena *arena, runut_slice word);

/* A name, tidied: without labels, roles in brackets, what follows it on its line; empty where it can be none. */
runut_slice runut_author_tidy(runut_arena *arena, runut_slice name);

/* The names in a list such as "A, B dan C", tidied; ", MD" and the like stay with theirs. */
void runut_author_split(runut_arena *arena, runut_slice text, runut_slices *names);

/* "Suryani, Ratna" as libraries write it: "Ratna Suryani"; else as it is. */
runut_slice runut_author_uninverted(runut_arena *arena, runut_slice name);

/* `name` with the degrees that follow it in `line`: "Ann Example, MD, PhD". */
runut_slice runut_author_with_degrees(runut_arena *arena, runut_slice line, runut_slice name);

/* Folded, without honorifics and degrees; `*words` is how many are left. */
runut_slice runut_author_key(runut_arena *arena, runut_slice name, uint32_t *words);

/* Does a word say what one does? */
bool runut_author_has_role(runut_arena *arena, runut_slice text);

/* A name and nothing else, by its form? */
bool runut_author_is_lone(runut_arena *arena, runut_slice text);

/* Is its first word a name of data/person_names.tsv? */
bool runut_author_has_given_name(runut_arena *arena, runut_slice name);

#endif
