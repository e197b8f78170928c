/* Articles in the formats of other programs: a table, a page to hand out, a feed (docs/export.md). JSON Lines are
 * runut_export's. */
#ifndef RUNUT_EXPORT_H
#define RUNUT_EXPORT_H

#include <stddef.h>

#include "runut/engine.h"

typedef enum runut_export_format {
    RUNUT_EXPORT_CSV,  /* RFC 4180, an article a row, in order of arrival */
    RUNUT_EXPORT_HTML, /* one page: stories, their events, the reports of each */
    RUNUT_EXPORT_ATOM  /* RFC 4287, an article an entry, those that came last first */
} runut_export_format;

typedef struct runut_export_options {
    int indonesian; /* HTML: in Indonesian; else English */
} runut_export_options;

/* Takes the next bytes, which are valid during the call. Non-zero ends the export (RUNUT_ERR_STOPPED). */
typedef int (*runut_export_put)(void *context, const char *bytes, size_t size);

/* Writes the articles that the filter wants, `filter->limit` at most. Memory is that of one event at a time (CSV, Atom:
 * a page of articles). Each question is a read of its own: articles that are added meanwhile may be in or not.
 * `filter` and `options` may be NULL. RUNUT_OK, RUNUT_ERR_USE, RUNUT_ERR_STORE, RUNUT_ERR_MEMORY, RUNUT_ERR_STOPPED. */
int runut_export_as(runut *self, runut_export_format format, const runut_filter *filter,
                    const runut_export_options *options, runut_export_put put, void *context, runut_error *error);

/* ---- an Atom feed by hand, as a server makes it ---- */

typedef struct runut_atom runut_atom;

typedef struct runut_atom_feed {
    const char *kind, *id; /* what the feed's id is made of: the same for ever */
    const char *title;
    const char *self, *page;  /* the feed's address, and that of a page with the same; NULL = none */
    const char *article_page; /* the address of an article's page but for its name ("http://…/articles/"); NULL = the
                                 address where it was published */
} runut_atom_feed;

/* The texts of `feed` are borrowed until runut_atom_free. NULL when memory is out. */
runut_atom *runut_atom_new(const runut_atom_feed *feed);
void runut_atom_free(runut_atom *self);

/* When an article last changed: the time when it was added, else its day; "2026-01-02T03:04:05Z". */
void runut_atom_updated(struct json_object *article, char out[32]);

/* The feed's head, an entry, its end. `article`: as a page of articles has it, or as export has it; an entry without
 * `summary` has the article's text as content where `article` has that. */
void runut_atom_begin(runut_atom *self, const char *updated);
void runut_atom_entry(runut_atom *self, struct json_object *article, const char *summary);
void runut_atom_end(runut_atom *self);

/* Takes what was written since (malloc'd, the caller's, may be NULL where *size is 0). RUNUT_ERR_MEMORY where memory
 * ran out on the way. */
int runut_atom_take(runut_atom *self, char **bytes, size_t *size);

#endif
