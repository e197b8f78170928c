/* The library: open a store, add captures, ask what they tell.
 *
 *     runut *r;
 *     runut_error error;
 *     const char *paths[] = {"saved-pages/"};
 *     if (runut_open("runut.db", 0, &r, &error) == RUNUT_OK) {
 *         runut_add(r, paths, 1, NULL, NULL, &error);
 *         runut_stories(r, NULL, print_item, stdout, &error);
 *         runut_close(r);
 *     }
 *
 * Every function returns RUNUT_OK or a negative runut_code and fills `error` (which may be NULL). Answers are JSON
 * objects (json-c), whose keys docs/output.md lists; schema.org's NewsArticle names are used wherever one fits. One
 * runut belongs to one thread; any number of them, in any number of processes, may have the same store open. */
#ifndef RUNUT_ENGINE_H
#define RUNUT_ENGINE_H

#include <signal.h>
#include <stdint.h>

#include "runut/error.h"
#include "runut/skipped.h"

struct json_object;
typedef struct runut runut;

#define RUNUT_VERSION "0.1.0"

enum { RUNUT_READ_ONLY = 1 };

/* Opens the store at `path`, making it where it does not exist (not with RUNUT_READ_ONLY). *self is NULL on failure. */
int runut_open(const char *path, int flags, runut **self, runut_error *error);
void runut_close(runut *self);

/* Articles that are added from now on know the agencies and outlets of the table at `path` too (docs/sources.md).
 * RUNUT_ERR_IO, RUNUT_ERR_USE where the table is broken (error->record is the line), or RUNUT_ERR_MEMORY: then nothing
 * has changed. */
int runut_use_agencies(runut *self, const char *path, runut_error *error);

/* ---- adding ---- */

typedef enum runut_added {
    RUNUT_ADDED_STORED,  /* new, and safe on disk */
    RUNUT_ADDED_KNOWN,   /* the same capture was there before */
    RUNUT_ADDED_REJECTED /* `error` says file, record, byte and why */
} runut_added;

typedef struct runut_added_article {
    runut_added what;
    int input;        /* which of the inputs it was in, from 0; they come in their order */
    const char *file; /* all strings: valid during the call */
    uint64_t record;
    const char *id;      /* "" where rejected */
    const char *article; /* "a12": how commands name it; "" where rejected; where known, the one stored before */
    const char *headline;
    const char *replaces; /* "a7", of which it is a newer version; "" = none */
    const runut_error *error;
} runut_added_article;

/* What a file held besides reports, told behind them; only where there was something. */
typedef struct runut_skipped_file {
    int input;
    const char *file; /* valid during the call */
    runut_skipped skipped;
} runut_skipped_file;

typedef struct runut_add_options {
    /* Called for every capture; for a stored one after the transaction that holds it was committed. May be NULL. */
    void (*on_article)(void *context, const runut_added_article *article);
    /* Called in the order of the input, after what came before it. May be NULL. */
    void (*on_skipped)(void *context, const runut_skipped_file *file);
    /* Called now and then while captures are read. May be NULL. */
    void (*on_progress)(void *context, uint64_t read);
    void *context;
    /* Where set and not 0: finish the record in hand, commit, return RUNUT_ERR_STOPPED. May be NULL. */
    const volatile sig_atomic_t *stop;
    unsigned jobs; /* threads that clean and annotate; 0 = one a core, 1 = none besides the caller's */
} runut_add_options;

typedef struct runut_add_report {
    uint64_t stored, known, rejected;
    runut_skipped skipped;
} runut_add_report;

/* Reads every capture of `paths` ("-" = standard input) into the store and relates it to all others. Broken records are
 * told to on_article and counted; only a failing store or lack of memory ends the call (RUNUT_ERR_STORE, RUNUT_ERR_IO,
 * RUNUT_ERR_MEMORY); what was told as stored stays. `options` and `report` may be NULL. */
int runut_add(runut *self, const char *const *paths, int count, const runut_add_options *options,
              runut_add_report *report, runut_error *error);

/* What is read from `path` and told and stored as `name`: an upload in a temporary file, say. A name is a label, and
 * never opened; what stands below a folder has it before its own. NULL or "" = the path itself. */
typedef struct runut_add_input {
    const char *path, *name;
} runut_add_input;

/* As runut_add. */
int runut_add_inputs(runut *self, const runut_add_input *inputs, int count, const runut_add_options *options,
                     runut_add_report *report, runut_error *error);

/* ---- asking ---- */

/* What a listing is narrowed to. NULL or 0 = not narrowed; strings are UTF-8. */
typedef struct runut_filter {
    const char *words;                         /* full text; "…" = phrase */
    const char *since, *until;                 /* days: YYYY-MM-DD, YYYY-MM or YYYY, both inclusive */
    const char *publisher, *language;          /* whole value */
    const char *person, *place, *organization; /* part of a name */
    uint32_t limit;
    const char *by, *about;    /* runut_quotes: words of the speaker's name; words of the quotation, in any form */
    int reported;              /* runut_quotes: indirect speech too */
    const char *event, *story; /* "e7", "s3": its articles only */
    const char *order;         /* of a page and of runut_stories, see runut_page; NULL = its first */
    const char *after;         /* runut_page: `next` of the page before */
} runut_filter;

/* Takes one answer; the object is borrowed (json_object_get keeps it). Non-zero ends the listing (RUNUT_ERR_STOPPED).
 */
typedef int (*runut_visit)(void *context, struct json_object *item);

/* Stories, newest first; articles that match `filter->words`, best first; all articles in order of arrival. */
int runut_stories(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error);
int runut_search(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error);
int runut_export(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error);

/* What was said, first prints in order of time, undated ones last; each with the later prints of the same words, which
 * may lie outside of the filter. `filter->words` has no meaning here. */
int runut_quotes(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error);

typedef enum runut_listing {
    RUNUT_LIST_STORIES,  /* orders: "new" (day of the last event; of one day the most origins first), "origins" */
    RUNUT_LIST_EVENTS,   /* "new" (newest day first), "old" (oldest first); undated ones last */
    RUNUT_LIST_ARTICLES, /* "arrival", "new" (the other way round) */
    RUNUT_LIST_FOUND,    /* what runut_search finds: "best", "new" (newest day first) */
    RUNUT_LIST_QUOTES    /* "time" */
} runut_listing;

enum { RUNUT_PAGE_MOST = 200 };

/* One page of a listing: {"items", "next"}. `filter->limit` is the size of the page (0 = 20, RUNUT_PAGE_MOST at most);
 * `next` goes into `filter->after` for the page behind it and is null on the last one. It names the place of the last
 * item, not a count, so that nothing is listed twice or left out while articles are added; what changes its own place
 * in the order meanwhile (a story with news moves to the front) is listed where it is now. The best matches of a search
 * are those among the articles that were there for the first page. In order of arrival an article's name ("a13") may
 * stand for a cursor: what came after it. RUNUT_ERR_USE for a cursor that is broken, or of
 * another listing, order or filter. *page is the caller's (json_object_put). */
int runut_page(runut *self, runut_listing what, const runut_filter *filter, struct json_object **page,
               runut_error *error);

/* {"items": [{"value", "articles"}]}: the values of "publisher", "language", "person", "place" or "organization" that
 * have a word beginning with `begins` (NULL or "" = all), those of the most articles first; `limit` 0 = 20, at most
 * RUNUT_PAGE_MOST. RUNUT_ERR_USE where `of` is something else. */
int runut_values(runut *self, const char *of, const char *begins, unsigned limit, struct json_object **answer,
                 runut_error *error);

/* {"lines": [{"at", "text", "role", "why"}]}: the capture's lines that are no part of the body; `at` is the byte of
 * articleBody before which one stood. "lines" is null where they were not kept: articles of an older store. `name` as
 * for runut_article_of. */
int runut_lines_of(runut *self, const char *name, struct json_object **answer, runut_error *error);

/* Grows with every commit, whoever made it. */
int runut_generation(runut *self, int64_t *generation, runut_error *error);

/* Each question after it ends with RUNUT_ERR_TIME when it takes longer; 0 = no limit. Adding has none. */
void runut_time_limit(runut *self, unsigned milliseconds);

/* One story ("s3") with its events in order and their articles; one event ("e7") with reuse tree, origins, statements,
 * disagreements and what each report adds; one article ("a12", an id, the beginning of one, or a file). *answer is the
 * caller's (json_object_put). RUNUT_ERR_NOT_FOUND where there is none, RUNUT_ERR_USE for a name of no such form. */
int runut_story(runut *self, const char *name, struct json_object **answer, runut_error *error);
int runut_event_of(runut *self, const char *name, struct json_object **answer, runut_error *error);
int runut_article_of(runut *self, const char *name, struct json_object **answer, runut_error *error);

/* The dated timeline of two actors: {"actors", "events"}, where each event has the sentence that says best what they
 * have to do with each other. An actor is a person, an organization or a place, named in any form and language that a
 * report prints, or by a part of a person's name. `filter` narrows the reports; its `words` and `limit` (newest events)
 * count. RUNUT_ERR_NOT_FOUND where no report names one of them; RUNUT_ERR_USE where both are the same. */
int runut_between(runut *self, const char *one, const char *other, const runut_filter *filter,
                  struct json_object **answer, runut_error *error);

/* {"articles", "events", "stories"}: how many are stored. */
int runut_counts(runut *self, struct json_object **answer, runut_error *error);

#endif
