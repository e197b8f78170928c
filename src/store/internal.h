/* Shared by the files of store/. */
#ifndef RUNUT_STORE_INTERNAL_H
#define RUNUT_STORE_INTERNAL_H

#include <sqlite3.h>

#include "store/store.h"

enum {
    SQL_GENERATION,
    SQL_NEXT_GENERATION,
    SQL_KNOWN,
    SQL_ID_TAKEN,
    SQL_INSERT,
    SQL_INSERT_TEXT,
    SQL_INSERT_NAME,
    SQL_RELATE,
    SQL_RELATE_MORE,
    SQL_RELATION,
    SQL_DIGEST,
    SQL_EVENT_PUT,
    SQL_EVENT_REMOVE,
    SQL_MOVES,
    SQL_MOVED_TO,
    SQL_EVENT_STORY,
    SQL_EVENT_OF,
    SQL_EVENT_SUM,
    SQL_STORY_EVENTS,
    SQL_STORY_TITLE,
    SQL_STORY_ORIGINS,
    SQL_STORY_ARTICLES,
    SQL_STORY_DAYS,
    SQL_STORY_PUT,
    SQL_STORY_REMOVE,
    SQL_STORY,
    SQL_UNDISPUTE,
    SQL_DISPUTE,
    SQL_VALUE,
    SQL_SAID,
    SQL_SAID_MARKS,
    SQL_SAID_WITH,
    SQL_CHECKSUM_PUT,
    SQL_CHECKSUM_LINES,
    SQL_CHECKSUM_RELATION,
    SQL_LINES_PUT,
    SQL_LINES,
    SQL_ARRIVAL_PUT,
    SQL_ARRIVAL,
    SQL_REPORT,
    SQL_REPORTS,
    SQL_REFERENCE,
    SQL_SNIPPET,
    SQL_EVENT_DIFFERS,
    SQL_STORY_DIFFERS,
    SQL_ADDRESS_PUT,
    SQL_UNJUDGED,
    SQL_JUDGED,
    SQL_SAME_ADDRESS,
    SQL_VERSION_PUT,
    SQL_VERSION_OF,
    SQL_VERSIONS,
    SQL_COUNT
};

/* The headline of an article, else how its text begins. */
#define RUNUT_TITLE(of)                                                                                                \
    "CASE WHEN " of ".headline <> '' THEN " of ".headline ELSE substr(" of ".body, 1, 80) || '…' END"

/* What listings show of an article: all but hash, body and digest; the columns that runut_store_read_report reads. */
#define RUNUT_REPORT_SELECT                                                                                            \
    "SELECT a.number, a.id, a.named, a.file, a.url, a.language, a.headline, a.publisher, a.day, a.record, a.relation," \
    " a.reuse_of, a.event, ifnull(e.story, 0) FROM article a LEFT JOIN event e ON e.number = a.event"

/* Of an article `a` what its checksums are made of (checksum.c). */
#define RUNUT_SUM_OF_REPORT                                                                                            \
    "checksum(a.number, a.hash, a.id, a.named, a.file, a.url, a.language, a.headline, a.publisher, a.day, a.record,"   \
    " a.digest, a.body)"
#define RUNUT_SUM_OF_RELATION "checksum(a.event, a.reuse_of, a.relation)"
#define RUNUT_SUM_OF_NAMES "(SELECT checksums(n.key, n.kind, n.text) FROM name n WHERE n.article = a.number)"

#define RUNUT_STORY_SELECT                                                                                             \
    "SELECT s.number, s.events, s.articles, s.publishers, s.origins, s.disagreements, s.first, s.last, s.title,"       \
    " s.newest, s.languages, s.volume, " RUNUT_TITLE("t") " FROM story s LEFT JOIN article t ON t.number = s.title"

typedef struct runut_store_numbers {
    uint32_t *at;
    size_t size, room;
} runut_store_numbers;

/* Articles that pass a filter, see set.h. */
typedef struct runut_set {
    uint8_t *bits, *next; /* next: of the condition in hand */
    size_t room;          /* numbers below it have a bit */
    uint32_t newest;      /* article of the store */
    uint32_t count;
    uint64_t key; /* of the filter and the store's generation */
    bool whole;
    bool common[RUNUT_PLACE + 1];
} runut_set;

struct runut_store {
    sqlite3 *db;
    sqlite3_stmt *statements[SQL_COUNT]; /* prepared when first used */
    runut_store_terms terms;
    void *terms_context;
    runut_slice text_language; /* of the article being indexed */
    char *path;
    runut_arena *scratch;                /* for folding; made when first needed */
    runut_store_numbers events, stories; /* whose sums are out of date, in this transaction */
    runut_set set;
    uint32_t asking;  /* questions within one another */
    unsigned limit;   /* milliseconds that a question may take; 0 = any */
    int64_t deadline; /* of the question in hand, monotonic */
    bool began;       /* the question in hand has begun a transaction */
    bool keeps_arrivals;
    bool arrived; /* this transaction's time of arrival is written */
};

/* What went wrong in SQLite, as our code and words. */
int runut_store_fail(runut_store *self, int code, runut_error *error);

/* The prepared statement `which`, reset; NULL with error set. */
sqlite3_stmt *runut_store_statement(runut_store *self, int which, runut_error *error);

/* Runs a statement that gives no row. */
int runut_store_step(runut_store *self, sqlite3_stmt *statement, runut_error *error);

void runut_store_bind(sqlite3_stmt *statement, int at, runut_slice text);
runut_slice runut_store_column(sqlite3_stmt *statement, int at);

/* id, named, file, url, language, headline, publisher and day, the columns from `at` on. */
void runut_store_read_head(sqlite3_stmt *statement, int at, runut_row *row);

/* An arena for what lives no longer than a function, empty; NULL where memory is out. */
runut_arena *runut_store_scratch(runut_store *self);

/* `text` folded, without accents; NULL where memory is out. Valid until the next call. */
bool runut_store_fold(runut_store *self, runut_slice text, runut_slice *folded);

/* ---- sum.c: what listings show of events and stories, kept up to date ---- */

/* Its sums have to be made anew before the transaction is committed. */
int runut_store_touch_event(runut_store *self, uint32_t event, runut_error *error);
int runut_store_touch_story(runut_store *self, uint32_t story, runut_error *error);
int runut_store_sum(runut_store *self, runut_error *error);
void runut_store_untouch(runut_store *self);

/* Of all events and stories. */
int runut_store_sum_all(runut_store *self, runut_error *error);

/* What of the sums in its row is not what it sums up: *what = NULL: all is. Days are days (check.c sees to it). */
int runut_store_event_differs(runut_store *self, uint32_t event, const char **what, runut_error *error);
int runut_store_story_differs(runut_store *self, uint32_t story, const char **what, runut_error *error);

/* The schema that a new store has, as a store in memory. */
int runut_store_model(sqlite3 *db);
int runut_store_newest(void);

/* PRAGMA user_version. */
int runut_store_version(runut_store *self, int *version, runut_error *error);
int runut_store_migrate(runut_store *self, bool read_only, runut_error *error);
int runut_store_register_terms(runut_store *self);
int runut_store_register_checksum(sqlite3 *db);
int runut_store_register_fold(runut_store *self); /* and address(url), see version.c */
int runut_store_register_address(runut_store *self);

/* version.c: notes at which address the article was found. */
int runut_store_address_put(runut_store *self, uint32_t article, runut_slice url, runut_error *error);

/* Outlets of the articles `a` of an event: one of which the event has a newer version is not counted. */
#define RUNUT_PUBLISHERS                                                                                               \
    "count(DISTINCT CASE WHEN NOT EXISTS (SELECT 1 FROM version v JOIN article n ON n.number = v.article"              \
    " WHERE v.replaces = a.number AND n.event = a.event) THEN nullif(a.publisher, '') END)"

#endif
