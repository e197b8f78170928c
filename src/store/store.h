/* The store: one SQLite file in WAL mode. The only folder that sees sqlite3.h.
 *
 * Every function returns RUNUT_OK or a negative code with `error` set: RUNUT_ERR_STORE (damaged, busy, newer schema),
 * RUNUT_ERR_IO (read-only, permission), RUNUT_ERR_FULL, RUNUT_ERR_BUSY, RUNUT_ERR_NOT_FOUND, RUNUT_ERR_STOPPED (a
 * callback returned non-zero). Slices handed to callbacks are valid until the callback returns. One connection per
 * thread. */
#ifndef RUNUT_STORE_STORE_H
#define RUNUT_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/error.h"
#include "relate/relation.h"

typedef struct runut_store runut_store;

/* Cuts text into index terms. `query`: the words of a search rather than an article's text. `emit` takes a term with
 * its place in `text`; `same_place` = another form (the stem) of the term before. Non-zero from emit = stop. */
typedef int (*runut_store_emit)(void *to, runut_slice term, uint32_t start, uint32_t end, bool same_place);
typedef int (*runut_store_terms)(void *context, runut_slice text, runut_slice language, bool query,
                                 runut_store_emit emit, void *to);

typedef struct runut_store_options {
    bool read_only;
    bool as_it_is;           /* read only, whatever its schema and state: to look for damage */
    bool alone;              /* as it is, and nobody else may open it meanwhile: to put another one in its place */
    runut_store_terms terms; /* required */
    void *terms_context;
} runut_store_options;

int runut_store_open(const char *path, const runut_store_options *options, runut_store **self, runut_error *error);
void runut_store_close(runut_store *self);

/* The same store once more, for reading by another thread; *again is NULL where the store is in memory only. */
int runut_store_open_again(const runut_store *self, runut_store **again, runut_error *error);

/* ---- questions ---- */

/* A question that is made of several: between the two, all see the store as it was at the first one, and the time limit
 * counts from the beginning. They may lie within one another; each ask that gave RUNUT_OK wants its asked. */
int runut_store_ask(runut_store *self, runut_error *error);
void runut_store_asked(runut_store *self);

/* What takes longer ends with RUNUT_ERR_TIME; 0 = no limit. */
void runut_store_time_limit(runut_store *self, unsigned milliseconds);

/* RUNUT_ERR_TIME where the time is over, for work between the store's answers. */
int runut_store_late(runut_store *self, runut_error *error);

/* ---- writing; all between begin and commit ---- */

/* Takes the write lock, waiting for another writer up to a minute. */
int runut_store_begin(runut_store *self, runut_error *error);
int runut_store_commit(runut_store *self, runut_error *error);
void runut_store_rollback(runut_store *self);

/* Counts the commits that changed relations; tells a writer that somebody else wrote in between. */
int runut_store_generation(runut_store *self, int64_t *generation, runut_error *error);
int runut_store_next_generation(runut_store *self, int64_t *generation, runut_error *error);

/* Kinds of values besides runut_name_kind's. */
enum { RUNUT_VALUE_PUBLISHER = 16, RUNUT_VALUE_LANGUAGE = 17 };

typedef struct runut_row_name {
    int kind;
    runut_slice key, text;
} runut_row_name;

enum { RUNUT_SAID_BETWEEN = 0x1f };

typedef struct runut_row {
    uint32_t number;  /* order of arrival, from 1; set by insert where it is 0 */
    runut_slice hash; /* 16 bytes: identity of the capture */
    runut_slice id;   /* as the record named itself, else the hash in hexadecimal */
    bool named;       /* the record named itself */
    runut_slice file, url, language, headline, publisher;
    runut_day day; /* dateInferred, RUNUT_NO_DAY = unknown */
    runut_slice body;
    runut_slice record; /* JSON: what the article says (export's keys but body and relations) */
    runut_slice digest;
    runut_slice quotes;   /* insert only: the words of the quotations, RUNUT_SAID_BETWEEN between them */
    runut_slice speakers; /* insert only: names of who says them and forms of these, in the same way */
    /* read only, set by queries: */
    uint32_t event, story, reuse_of;
    runut_slice relation; /* JSON */
    runut_slice snippet;  /* search only: the place found, words between \x01 and \x02 */
    bool passes;          /* records only: the filter lets it through */
} runut_row;

/* The number of the article of that hash; 0 = none. */
int runut_store_known(runut_store *self, runut_slice hash, uint32_t *number, runut_error *error);

/* Inserts row and names, sets row->number. Where another article has the same id, the hash's beginning is put to it. */
int runut_store_insert(runut_store *self, runut_row *row, const runut_row_name *names, size_t count,
                       runut_error *error);

/* What is inserted from now on did not arrive now: the time is noted by the caller, if at all. */
void runut_store_keep_arrivals(runut_store *self);

/* Keeps the capture's other lines, as the caller packs them. */
int runut_store_put_lines(runut_store *self, uint32_t article, runut_slice lines, runut_error *error);

/* What the article's disagreements are about, instead of what was told before. */
int runut_store_dispute(runut_store *self, uint32_t article, const runut_slices *about, runut_error *error);

/* Where an article stands now; `relation` is JSON. reuse_of: 0 = none. */
int runut_store_relate(runut_store *self, uint32_t article, uint32_t event, uint32_t reuse_of, runut_slice relation,
                       runut_error *error);

/* Another `relation`; where the article stands is left as it is. */
int runut_store_relate_more(runut_store *self, uint32_t article, runut_slice relation, runut_error *error);

/* The relation, the digest of an article, copied into `arena`. RUNUT_ERR_NOT_FOUND. */
int runut_store_relation(runut_store *self, uint32_t article, runut_arena *arena, runut_slice *relation,
                         runut_error *error);
int runut_store_digest(runut_store *self, uint32_t article, runut_arena *arena, runut_slice *digest,
                       runut_error *error);

/* Articles that were not looked at yet and have an older one at their address, in order, in `arena`, under its guard;
 * all have been looked at. */
int runut_store_unjudged(runut_store *self, runut_arena *arena, uint32_t **out, size_t *count, runut_error *error);
int runut_store_judged(runut_store *self, runut_error *error);

/* Those of lower number that were found at the address of an article, the newest `most` of them first. */
int runut_store_same_address(runut_store *self, uint32_t article, uint32_t most, runut_arena *arena, uint32_t **out,
                             size_t *count, runut_error *error);

/* `article` is a newer version of `replaces`, and of no other. */
int runut_store_version_put(runut_store *self, uint32_t article, uint32_t replaces, runut_error *error);

/* Writes the event, or removes it where it has no article left. `origins`: its origins as a JSON array. */
int runut_store_event_put(runut_store *self, const runut_event *event, runut_slice origins, runut_error *error);

/* ---- reading ---- */

/* What a listing is narrowed to; empty or 0 = not narrowed. */
typedef struct runut_store_filter {
    runut_slice words;                       /* full text, FTS5 terms joined by AND, "…" a phrase */
    runut_day since, until;                  /* of dateInferred; RUNUT_NO_DAY = open */
    runut_slice publisher, language;         /* equal, ASCII case aside */
    runut_slice person, place, organization; /* part of a name, case aside */
    uint32_t event, story;
    uint32_t limit;  /* 0 = all */
    bool by_origins; /* runut_store_stories: those of the most origins first */
    runut_slice by,
        about; /* by_time: words of the name of somebody who is quoted (folded, no accents), full text of what is */
    runut_slice numbers; /* records, list, by_time: JSON array, no other articles are looked at; empty = all are */
} runut_store_filter;

typedef int (*runut_on_row)(void *context, const runut_row *row);

/* Articles in order of arrival, best match first where `words` are given. */
int runut_store_articles(runut_store *self, const runut_store_filter *filter, runut_on_row on_row, void *context,
                         runut_error *error);

/* Every article in order of arrival, whether the filter lets it through or not: `passes` says it.
 * Hash, url, body, relation and digest are not read. */
int runut_store_records(runut_store *self, const runut_store_filter *filter, runut_on_row on_row, void *context,
                        runut_error *error);

/* The same for those of `numbers`; the filter is that of the last runut_store_by_time. */
int runut_store_records_listed(runut_store *self, runut_slice numbers, runut_on_row on_row, void *context,
                               runut_error *error);

typedef int (*runut_on_number)(void *context, uint32_t number);

/* The earliest reports of an event, `most` at the most. */
int runut_store_earliest(runut_store *self, uint32_t event, uint32_t most, runut_on_number on_number, void *context,
                         runut_error *error);

/* Numbers of the articles that pass the filter. `by_day`: the earliest first, of one day what was taken from another
 * report last, undated ones behind all; else in order of arrival. */
int runut_store_find(runut_store *self, const runut_store_filter *filter, bool by_day, runut_on_number on_number,
                     void *context, runut_error *error);

/* How often the term stands in the articles' texts; counts no further than `most`. */
int runut_store_count_term(runut_store *self, runut_slice term, uint32_t most, uint32_t *count, runut_error *error);

/* Numbers of the articles whose text has one of the phrases. */
int runut_store_find_phrases(runut_store *self, const runut_slice *phrases, size_t count, runut_on_number on_number,
                             void *context, runut_error *error);

/* Numbers of the articles that may have other prints of a quotation: some several times. */
int runut_store_find_prints(runut_store *self, runut_slice text, runut_on_number on_number, void *context,
                            runut_error *error);

/* Numbers of the articles that mention a name whose key has every one of `parts` in it or,
 * where `keys` (a JSON array) is not empty, is one of those. Eight parts at most count. */
int runut_store_find_named(runut_store *self, const runut_slice *parts, size_t count, runut_slice keys,
                           runut_on_number on_number, void *context, runut_error *error);

/* One article by number ("12", "a12"), id, beginning of an id (8 or more characters), or file. RUNUT_ERR_NOT_FOUND;
 * RUNUT_ERR_USE where several fit. */
int runut_store_article(runut_store *self, runut_slice name, runut_on_row on_row, void *context, runut_error *error);
int runut_store_article_number(runut_store *self, uint32_t number, runut_on_row on_row, void *context,
                               runut_error *error);

/* Numbers, digests and places of the articles after number `after`, in order. Only those fields of the row are set. */
int runut_store_digests(runut_store *self, uint32_t after, runut_on_row on_row, void *context, runut_error *error);

/* A name of the store: whom its articles mention. */
typedef struct runut_row_actor {
    runut_slice key, text; /* text: as one of the articles prints it */
    int kind;
    uint32_t articles;
} runut_row_actor;
typedef int (*runut_on_row_actor)(void *context, const runut_row_actor *row);

/* Names whose key is `key`, whose text is `text` (ASCII case aside), or whose key has `part` in it (empty: none such),
 * the one of the most articles first. Reads all names. */
int runut_store_actors(runut_store *self, runut_slice key, runut_slice text, runut_slice part,
                       runut_on_row_actor on_row, void *context, runut_error *error);

/* Articles that pass the filter and mention a name of each of the two lists of keys (JSON arrays), by event and in
 * order of arrival. Their hash, relation and record are not read. */
int runut_store_between(runut_store *self, runut_slice one, runut_slice other, const runut_store_filter *filter,
                        runut_on_row on_row, void *context, runut_error *error);

typedef struct runut_row_event {
    runut_event event;    /* but for its origins */
    runut_slice origins;  /* JSON array of names */
    runut_slice headline; /* of the title article */
    runut_slice language;
    uint32_t publishers;
    uint32_t disagreements; /* facts on which its reports differ */
} runut_row_event;
typedef int (*runut_on_row_event)(void *context, const runut_row_event *row);

/* Events of a story (0 = all), oldest first, undated ones last. */
int runut_store_events(runut_store *self, uint32_t story, runut_on_row_event on_row, void *context, runut_error *error);
int runut_store_event(runut_store *self, uint32_t number, runut_on_row_event on_row, void *context, runut_error *error);

typedef struct runut_row_story {
    uint32_t story, events, articles, publishers, origins, disagreements;
    runut_day first, last; /* days of its events; RUNUT_NO_DAY = none is known */
    uint32_t title;        /* the article whose headline stands for it: the newest event's */
    uint32_t newest;       /* the article that arrived last */
    runut_slice headline;
    runut_slice languages; /* JSON array, the most frequent first */
    runut_slice volume;    /* JSON, as docs/output.md describes it; empty = no report has a day */
} runut_row_story;
typedef int (*runut_on_row_story)(void *context, const runut_row_story *row);

/* Stories, the one with the newest event first; only those with an article that passes the filter. */
int runut_store_stories(runut_store *self, const runut_store_filter *filter, runut_on_row_story on_row, void *context,
                        runut_error *error);
int runut_store_story(runut_store *self, uint32_t number, runut_on_row_story on_row, void *context, runut_error *error);

/* ---- listings, page by page (list.c) ---- */

typedef enum runut_store_order {
    RUNUT_STORIES_NEW,      /* day of the last event, origins, newest article; the greatest first */
    RUNUT_STORIES_ORIGINS,  /* origins, day of the last event, newest article */
    RUNUT_EVENTS_NEW,       /* newest day first, undated ones last */
    RUNUT_EVENTS_OLD,       /* oldest day first, undated ones last */
    RUNUT_ARTICLES_ARRIVAL, /* in order of arrival */
    RUNUT_ARTICLES_NEW,     /* the other way round */
    RUNUT_FOUND_BEST,       /* best match first; the filter has words */
    RUNUT_FOUND_NEW         /* newest day first, undated ones last */
} runut_store_order;

/* Where something stands in its order. */
enum { RUNUT_PLACE_KEYS = 4 };
typedef struct runut_place {
    int64_t key[RUNUT_PLACE_KEYS];
} runut_place;

typedef struct runut_listed {
    uint32_t number; /* of a story, an event or an article */
    runut_place place;
} runut_listed;

/* How many keys a place of this order has. */
int runut_store_place_keys(runut_store_order order);

/* The first `most` behind the place `after` (NULL = from the beginning) that pass the filter, or have an article that
 * does, into `out`; *count: how many there are. A place stays good when what stood there is gone. */
int runut_store_list(runut_store *self, runut_store_order order, const runut_store_filter *filter,
                     const runut_place *after, uint32_t most, runut_listed *out, uint32_t *count, runut_error *error);

/* Articles that pass the filter in order of time: day (INT32_MAX = none), whether the text was taken from another
 * report, number. The first `most` at `from` (NULL = from the beginning) or behind it. */
int runut_store_by_time(runut_store *self, const runut_store_filter *filter, const runut_place *from, uint32_t most,
                        runut_listed *out, uint32_t *count, runut_error *error);

/* An article as listings show it: without hash, body and digest. */
int runut_store_report(runut_store *self, uint32_t number, runut_on_row on_row, void *context, runut_error *error);

/* The same for all articles of an event, in order of arrival. */
int runut_store_reports(runut_store *self, uint32_t event, runut_on_row on_row, void *context, runut_error *error);

/* Only `id`, `named` and `file` of it are read. */
int runut_store_reference(runut_store *self, uint32_t number, runut_on_row on_row, void *context, runut_error *error);

/* The place where `words` stand in the article, copied into `arena`; empty where they do not. */
int runut_store_snippet(runut_store *self, uint32_t number, runut_slice words, runut_arena *arena, runut_slice *snippet,
                        runut_error *error);

/* When it was added, in seconds since 1970; 0 = not known. */
int runut_store_arrival(runut_store *self, uint32_t article, int64_t *at, runut_error *error);

/* What runut_store_put_lines was given, copied into `arena`; *kept = false: the article is older than such lines. */
int runut_store_lines(runut_store *self, uint32_t article, runut_arena *arena, bool *kept, runut_slice *lines,
                      runut_error *error);

/* Values of a kind that have a word beginning with `begins` (case and accents aside), those of the most articles first.
 * A key's texts are one value, told as most articles print it. */
int runut_store_values(runut_store *self, int kind, runut_slice begins, uint32_t most, runut_on_row_actor on_row,
                       void *context, runut_error *error);

/* An article that came to another event, when article `newest` was the newest one. */
typedef struct runut_row_move {
    uint32_t old, now, newest;
} runut_row_move;
typedef int (*runut_on_row_move)(void *context, const runut_row_move *row);

/* The moves of an article, in order. */
int runut_store_moves(runut_store *self, uint32_t article, runut_on_row_move on_row, void *context, runut_error *error);

/* Of which article it is a newer version, and which is a newer version of it; 0 = none. */
int runut_store_version_of(runut_store *self, uint32_t article, uint32_t *replaces, uint32_t *replaced_by,
                           runut_error *error);

/* All that are newer versions of another one, in order; non-zero ends it. */
typedef int (*runut_on_version)(void *context, uint32_t article, uint32_t replaces);
int runut_store_versions(runut_store *self, runut_on_version on_version, void *context, runut_error *error);

typedef struct runut_store_counts {
    uint64_t articles, events, stories;
} runut_store_counts;
int runut_store_count(runut_store *self, runut_store_counts *counts, runut_error *error);

#endif
