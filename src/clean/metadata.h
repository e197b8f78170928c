/* What a page says of the report that it holds: headline, publisher, authors, date. JSON-LD, OpenGraph, meta, Dublin
 * Core, microdata and <time> are evidence, not truth: pages name the site as the title, 'admin' as the author, the day
 * of the last template change as the date. So each field is reconciled with what stands visibly on the page. */
#ifndef RUNUT_CLEAN_METADATA_H
#define RUNUT_CLEAN_METADATA_H

#include "clean/article.h"
#include "clean/html_tree.h"

typedef struct runut_metadata {
    const runut_html_tree *tree;
    /* from JSON-LD's article, or empty */
    runut_slice json_headline, json_published, json_modified, json_publisher, json_description, json_language,
        json_type;
    runut_slices json_authors; /* persons, and strings */
    uint32_t json_persons;     /* set of those of json_authors that are persons by their type */
    runut_slice json_desk;     /* an organization named as the author */
    bool json_article;
    runut_slice site; /* the site's name as JSON-LD's WebSite or Organization states it */
    /* titles as stated, best first, without site names where that is certain */
    runut_slices titles;
    RUNUT_VECTOR(const char *) titles_from; /* where each is from, static */
    runut_slice description;
    /* reconciled */
    runut_slice headline;
    uint32_t headline_block; /* UINT32_MAX where no block shows it */
    runut_slice publisher;
    const char *headline_from, *publisher_from; /* static */
} runut_metadata;

/* Reads the evidence and settles headline and publisher, which the judgement of blocks needs. */
runut_metadata *runut_metadata_read(const runut_html_tree *tree);

/* metadata_titles.c */
void runut_metadata_headline(runut_metadata *self);
void runut_metadata_publisher(runut_metadata *self);

/* How alike two short texts are, as bags of words: 0..1. */
float runut_metadata_alike(runut_slice a, runut_slice b);

/* Where the report begins and ends on the page: blocks [headline, first) and [end, …) are where by-lines stand. */
typedef struct runut_metadata_span {
    uint32_t first, end; /* of the body, in blocks */
} runut_metadata_span;

/* metadata_author.c, metadata_date.c: fill the article's fields. */
/* The first returns where the authors are from, static; "" where there are none. */
const char *runut_metadata_authors(const runut_metadata *self, runut_metadata_span body, runut_slices *authors);
void runut_metadata_date(const runut_metadata *self, runut_metadata_span body, runut_article *article);

#endif
