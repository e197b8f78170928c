#include "store/set.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/slice.h"

enum { BUSY_MILLISECONDS = 60000 };

#define STORY_LANGUAGES                                                                                                \
    "(SELECT json_group_array(language) FROM (SELECT a.language AS language FROM event e JOIN article a"               \
    " ON a.event = e.number WHERE e.story = ?1 AND a.language <> '' GROUP BY 1 ORDER BY count(*) DESC, 1))"

static const char *const sql[SQL_COUNT] = {
    [SQL_GENERATION] = "SELECT value FROM counter WHERE name = 'generation'",
    [SQL_NEXT_GENERATION] = "UPDATE counter SET value = value + 1 WHERE name = 'generation'",
    [SQL_KNOWN] = "SELECT number FROM article WHERE hash = ?1",
    [SQL_ID_TAKEN] = "SELECT 1 FROM article WHERE id = ?1",
    [SQL_INSERT] =
        "INSERT INTO article(hash, id, named, file, url, language, headline, publisher, day, record, digest, body,"
        " number) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [SQL_INSERT_TEXT] = "INSERT INTO article_text(rowid, headline, body) VALUES(?1, ?2, ?3)",
    [SQL_INSERT_NAME] = "INSERT OR IGNORE INTO name(key, kind, article, text) VALUES(?1, ?2, ?3, ?4)",
    [SQL_RELATE] = "UPDATE article SET event = ?2, reuse_of = ?3, relation = ?4 WHERE number = ?1",
    [SQL_RELATE_MORE] = "UPDATE article SET relation = ?2 WHERE number = ?1",
    [SQL_RELATION] = "SELECT relation FROM article WHERE number = ?1",
    [SQL_DIGEST] = "SELECT digest FROM article WHERE number = ?1",
    [SQL_EVENT_PUT] = "INSERT INTO event(number, story, day, year, month, title, articles, origins)"
                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(number) DO UPDATE SET story = ?2, day = ?3,"
                      " year = ?4, month = ?5, title = ?6, articles = ?7, origins = ?8",
    [SQL_EVENT_REMOVE] = "DELETE FROM event WHERE number = ?1",
    [SQL_MOVES] = "SELECT old, new, newest FROM move WHERE article = ?1 ORDER BY number",
    [SQL_EVENT_STORY] = "SELECT story, day, year, month FROM event WHERE number = ?1",
    [SQL_EVENT_OF] = "SELECT event FROM article WHERE number = ?1",
    [SQL_EVENT_SUM] =
        "UPDATE event SET place = ?2, (publishers, earliest, latest) = (SELECT " RUNUT_PUBLISHERS ","
        " min(day), max(day) FROM article a WHERE event = ?1), disagreements = (SELECT count(DISTINCT d.about)"
        " FROM article a JOIN dispute d ON d.article = a.number WHERE a.event = ?1) WHERE number = ?1",
    [SQL_STORY_EVENTS] = "SELECT min(day), max(day), count(*), sum(articles), sum(disagreements), max(title),"
                         " max(json_array_length(origins)) FROM event WHERE story = ?1",
    [SQL_STORY_TITLE] = "SELECT title FROM event WHERE story = ?1 ORDER BY day IS NULL, day DESC, number DESC LIMIT 1",
    [SQL_STORY_ORIGINS] = "SELECT count(DISTINCT o.value) FROM event e, json_each(e.origins) o WHERE e.story = ?1",
    [SQL_STORY_ARTICLES] = "SELECT " RUNUT_PUBLISHERS ", max(a.number), min(a.day), max(a.day),"
                           " count(a.day) FROM event e JOIN article a ON a.event = e.number WHERE e.story = ?1",
    [SQL_STORY_DAYS] = "SELECT a.day, count(*) FROM event e JOIN article a ON a.event = e.number"
                       " WHERE e.story = ?1 AND a.day IS NOT NULL GROUP BY a.day ORDER BY a.day",
    [SQL_STORY_PUT] =
        "INSERT OR REPLACE INTO story(number, first, last, events, articles, publishers, origins, disagreements,"
        " title, newest, volume, earliest, latest, languages) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
        " ?12, ?13, " STORY_LANGUAGES ")",
    [SQL_STORY_REMOVE] = "DELETE FROM story WHERE number = ?1",
    [SQL_UNDISPUTE] = "DELETE FROM dispute WHERE article = ?1",
    [SQL_DISPUTE] = "INSERT OR IGNORE INTO dispute VALUES(?1, ?2)",
    [SQL_VALUE] = "INSERT INTO value(kind, key, text, folded, articles) VALUES(?1, ?2, ?3, ?4, 1)"
                  " ON CONFLICT DO UPDATE SET articles = articles + 1",
    [SQL_SAID] = "INSERT INTO said(rowid, quotes) VALUES(?1, ?2)",
    [SQL_SAID_MARKS] = "INSERT INTO said_mark(rowid, marks) VALUES(?1, ?2)",
    [SQL_SAID_WITH] = "SELECT rowid FROM said_mark WHERE said_mark MATCH ?1 LIMIT ?2",
    [SQL_CHECKSUM_PUT] =
        "INSERT INTO checksum SELECT a.number, " RUNUT_SUM_OF_REPORT ", checksum(NULL), " RUNUT_SUM_OF_NAMES
        ", " RUNUT_SUM_OF_RELATION " FROM article a WHERE a.number = ?1",
    [SQL_CHECKSUM_LINES] = "UPDATE checksum SET lines = checksum(?2) WHERE article = ?1",
    [SQL_CHECKSUM_RELATION] = "UPDATE checksum SET relation = (SELECT " RUNUT_SUM_OF_RELATION
                              " FROM article a WHERE a.number = ?1) WHERE article = ?1",
    [SQL_LINES_PUT] = "INSERT INTO line(article, lines) VALUES(?1, ?2)",
    [SQL_LINES] = "SELECT l.lines, ?1 >= (SELECT value FROM counter WHERE name = 'lines')"
                  " FROM article a LEFT JOIN line l ON l.article = a.number WHERE a.number = ?1",
    [SQL_ARRIVAL_PUT] = "INSERT OR IGNORE INTO arrival(first, at) VALUES(?1, ?2)",
    [SQL_ARRIVAL] = "SELECT at FROM arrival WHERE first <= ?1 ORDER BY first DESC LIMIT 1",
    [SQL_REPORT] = RUNUT_REPORT_SELECT " WHERE a.number = ?1",
    [SQL_REPORTS] = RUNUT_REPORT_SELECT " WHERE a.event = ?1 ORDER BY a.number",
    [SQL_REFERENCE] = "SELECT id, named, file FROM article WHERE number = ?1",
    [SQL_STORY] = RUNUT_STORY_SELECT " WHERE s.number = ?1",
    [SQL_SNIPPET] = "SELECT snippet(article_text, 1, char(1), char(2), '…', 24) FROM article_text"
                    " WHERE article_text MATCH ?1 AND rowid = ?2",
    [SQL_EVENT_DIFFERS] =
        "SELECT CASE WHEN e.articles <> a.n THEN 'articles' WHEN e.place <> ?2 THEN 'place'"
        " WHEN e.publishers <> a.p THEN 'publishers' WHEN e.earliest IS NOT a.f THEN 'earliest'"
        " WHEN e.latest IS NOT a.l THEN 'latest' WHEN e.disagreements <> (SELECT count(DISTINCT d.about)"
        " FROM article a JOIN dispute d ON d.article = a.number WHERE a.event = ?1) THEN 'disagreements' END"
        " FROM event e, (SELECT count(*) AS n, " RUNUT_PUBLISHERS " AS p, min(day) AS f,"
        " max(day) AS l FROM article a WHERE event = ?1) a WHERE e.number = ?1",
    [SQL_STORY_DIFFERS] =
        "SELECT CASE WHEN first <> ?2 THEN 'first' WHEN last <> ?3 THEN 'last' WHEN events <> ?4 THEN 'events'"
        " WHEN articles <> ?5 THEN 'articles' WHEN publishers <> ?6 THEN 'publishers' WHEN origins <> ?7 THEN 'origins'"
        " WHEN disagreements <> ?8 THEN 'disagreements' WHEN title <> ?9 THEN 'title' WHEN newest <> ?10 THEN 'newest'"
        " WHEN volume <> ?11 THEN 'volume' WHEN earliest IS NOT ?12 THEN 'earliest' WHEN latest IS NOT ?13 THEN "
        "'latest'"
        " WHEN languages <> " STORY_LANGUAGES " THEN 'languages' END FROM story WHERE number = ?1",
    [SQL_ADDRESS_PUT] = "INSERT OR IGNORE INTO address(hash, article) VALUES(?1, ?2)",
    [SQL_UNJUDGED] =
        "SELECT d.article FROM address d WHERE d.article > (SELECT value FROM counter WHERE name = 'versions')"
        " AND EXISTS (SELECT 1 FROM address o WHERE o.hash = d.hash AND o.article < d.article)"
        " ORDER BY d.article",
    [SQL_JUDGED] = "UPDATE counter SET value = (SELECT ifnull(max(number), 0) FROM article) WHERE name = 'versions'",
    [SQL_SAME_ADDRESS] = "SELECT o.article FROM address d JOIN address o ON o.hash = d.hash AND o.article < d.article"
                         " WHERE d.article = ?1 ORDER BY o.article DESC LIMIT ?2",
    [SQL_VERSION_PUT] = "INSERT INTO version(article, replaces) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET replaces = ?2",
    [SQL_VERSION_OF] = "SELECT (SELECT replaces FROM version WHERE article = ?1),"
                       " (SELECT article FROM version WHERE replaces = ?1)",
    [SQL_VERSIONS] = "SELECT article, replaces FROM version ORDER BY article",
    [SQL_MOVED_TO] = "SELECT new FROM move WHERE old = ?1 ORDER BY number DESC LIMIT 1",
};

/* What the system said of the disk; SQLite's own word where it said nothing. */
static int fail_disk(runut_store *self, int code, runut_error *error)
{
    const char *path = self->path ? self->path : "store";
    int system = sqlite3_system_errno(self->db);
    if (!system && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EIO || errno == ENOMEM))
        system = errno; /* a statement that was not reset yet */
    if (code == SQLITE_IOERR_NOMEM || system == ENOMEM)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "%s: out of memory", path);
    if ((code & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG))
        return runut_error_set(error, RUNUT_ERR_FULL, "%s: disk full (%s)", path, strerror(system));
    if (system)
        return runut_error_set(error, RUNUT_ERR_IO, "%s: %s (%s)", path, sqlite3_errmsg(self->db), strerror(system));
    return runut_error_set(error, RUNUT_ERR_IO, "%s: %s", path, sqlite3_errmsg(self->db));
}

int runut_store_fail(runut_store *self, int code, runut_error *error)
{
    const char *path = self->path ? self->path : "store";
    switch (code & 0xff) {
    case SQLITE_FULL:
        return runut_error_set(error, RUNUT_ERR_FULL, "%s: disk full", path);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return fail_disk(self, code, error);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return runut_error_set(error, RUNUT_ERR_IO, "%s: %s", path, sqlite3_errmsg(self->db));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return runut_error_set(
            error, RUNUT_ERR_BUSY,
            "%s: another program has been writing to it for more than %d seconds; nothing is changed,"
            " try again when it has ended",
            path, BUSY_MILLISECONDS / 1000);
    case SQLITE_NOMEM:
        return runut_error_set(error, RUNUT_ERR_MEMORY, "%s: out of memory", path);
    case SQLITE_INTERRUPT:
        return runut_error_set(error, RUNUT_ERR_TIME, "this takes longer than %u ms, which is the limit", self->limit);
    case SQLITE_NOTADB:
        return runut_error_set(error, RUNUT_ERR_STORE, "%s: not a runut store", path);
    default:
        return runut_error_set(error, RUNUT_ERR_STORE, "%s: %s", path, sqlite3_errmsg(self->db));
    }
}

sqlite3_stmt *runut_store_statement(runut_store *self, int which, runut_error *error)
{
    if (!self->statements[which]) {
        int code =
            sqlite3_prepare_v3(self->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, &self->statements[which], NULL);
        if (code != SQLITE_OK) {
            runut_store_fail(self, code, error);
            return NULL;
        }
    }
    sqlite3_reset(self->statements[which]);
    return self->statements[which];
}

int runut_store_step(runut_store *self, sqlite3_stmt *statement, runut_error *error)
{
    int code = sqlite3_step(statement);
    int result = code == SQLITE_DONE || code == SQLITE_ROW ? RUNUT_OK : runut_store_fail(self, code, error);
    sqlite3_reset(statement);
    return result;
}

void runut_store_bind(sqlite3_stmt *statement, int at, runut_slice text)
{
    sqlite3_bind_text64(statement, at, text.at ? text.at : "", text.size, SQLITE_STATIC, SQLITE_UTF8);
}

runut_slice runut_store_column(sqlite3_stmt *statement, int at)
{
    const void *bytes = sqlite3_column_blob(statement, at);
    return (runut_slice){bytes ? bytes : "", (size_t)sqlite3_column_bytes(statement, at)};
}

void runut_store_read_head(sqlite3_stmt *s, int at, runut_row *row)
{
    row->id = runut_store_column(s, at);
    row->named = sqlite3_column_int(s, at + 1) != 0;
    row->file = runut_store_column(s, at + 2);
    row->url = runut_store_column(s, at + 3);
    row->language = runut_store_column(s, at + 4);
    row->headline = runut_store_column(s, at + 5);
    row->publisher = runut_store_column(s, at + 6);
    row->day = sqlite3_column_type(s, at + 7) == SQLITE_NULL ? RUNUT_NO_DAY : sqlite3_column_int(s, at + 7);
}

/* In this mode SQLite locks the file as a whole when it is first read, and keeps it locked. */
static int take_alone(runut_store *self, runut_error *error)
{
    enum { SOON = 3000 };
    if (sqlite3_db_readonly(self->db, "main") == 1)
        return runut_error_set(error, RUNUT_ERR_IO, "%s: may not be written", self->path);
    sqlite3_busy_timeout(self->db, SOON);
    int code = sqlite3_exec(self->db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA schema_version; BEGIN EXCLUSIVE; COMMIT",
                            NULL, NULL, NULL);
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return runut_error_set(error, RUNUT_ERR_STORE, "%s: another program has it open", self->path);
    if ((code & 0xff) == SQLITE_CORRUPT)
        return runut_error_set(error, RUNUT_ERR_STORE, "%s: too damaged to be replaced in its place (%s); use --to",
                               self->path, sqlite3_errmsg(self->db));
    return code == SQLITE_OK ? RUNUT_OK : runut_store_fail(self, code, error);
}

static int configure(runut_store *self, const runut_store_options *options, runut_error *error)
{
    bool read_only = options->read_only;
    sqlite3_busy_timeout(self->db, BUSY_MILLISECONDS);
    int code = runut_store_register_terms(self);
    if (code == SQLITE_OK)
        code = runut_store_register_fold(self);
    if (code == SQLITE_OK)
        code = runut_store_register_checksum(self->db);
    if (code == SQLITE_OK)
        code = runut_set_register(self);
    if (code == SQLITE_OK && options->alone)
        return take_alone(self, error);
    if (code == SQLITE_OK && options->as_it_is) /* no statement that reads a page: each may be damaged */
        return RUNUT_OK;
    if (code == SQLITE_OK && !read_only)
        code = sqlite3_exec(self->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code =
            sqlite3_exec(self->db, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;",
                         NULL, NULL, NULL);
    if (code == SQLITE_OK) /* readers are many, and the system keeps the file's pages for all of them */
        code = sqlite3_exec(self->db, read_only ? "PRAGMA cache_size = -16384;" : "PRAGMA cache_size = -65536;", NULL,
                            NULL, NULL);
    return code == SQLITE_OK ? runut_store_migrate(self, read_only, error) : runut_store_fail(self, code, error);
}

/* The path as an URI of a file that nobody changes. NULL: out of memory. */
static char *immutable_uri(const char *path)
{
    char *uri = malloc(3 * strlen(path) + 32), *at = uri;
    if (!uri)
        return NULL;
    at += sprintf(at, "file:");
    for (; *path; path++)
        if (*path == '%' || *path == '?' || *path == '#')
            at += sprintf(at, "%%%02x", (unsigned char)*path);
        else
            *at++ = *path;
    strcpy(at, "?immutable=1");
    return uri;
}

/* WAL mode wants to write into the folder, even to read. Where that cannot be, and all is in the file itself, it is
 * read as it stands. */
static int open_where_nothing_can_be_written(runut_store *self)
{
    enum { FLAGS = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE };
    int code = sqlite3_exec(self->db, "PRAGMA schema_version", NULL, NULL, NULL), kind = code & 0xff;
    if (kind != SQLITE_CANTOPEN && kind != SQLITE_READONLY)
        return SQLITE_OK; /* what else is wrong is told later */
    char *uri = immutable_uri(self->path), *log = malloc(strlen(self->path) + sizeof "-wal");
    struct stat of;
    if (log)
        sprintf(log, "%s-wal", self->path);
    bool whole = log && (stat(log, &of) != 0 || of.st_size == 0);
    if (uri && whole) {
        sqlite3_close(self->db);
        self->db = NULL;
        code = sqlite3_open_v2(uri, &self->db, FLAGS, NULL);
    }
    free(uri);
    free(log);
    return code;
}

/* Did another file take this one's name while we waited for it (runut_rebuild)? Then what lies beside it is that
 * one's: closing must not touch it. */
static bool was_replaced(runut_store *self)
{
    int moved = 0;
    sqlite3_file_control(self->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved)
        sqlite3_db_config(self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return moved != 0;
}

/* A FIFO would be waited for, a device be read without an end. */
static int refuse_what_is_no_file(const char *path, runut_error *error)
{
    struct stat of;
    if (stat(path, &of) != 0 || S_ISREG(of.st_mode))
        return RUNUT_OK; /* SQLite tells what else is wrong */
    return runut_error_set(error, RUNUT_ERR_IO, "%s: %s, not a store", path,
                           S_ISDIR(of.st_mode) ? "a folder" : "no file");
}

static int open_once(const char *path, const runut_store_options *options, runut_store **out, runut_error *error)
{
    runut_store *self = calloc(1, sizeof *self);
    *out = NULL;
    if (self && refuse_what_is_no_file(path, error) != RUNUT_OK) {
        free(self);
        return RUNUT_ERR_IO;
    }
    if (!self || !(self->path = strdup(path))) {
        free(self);
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    }
    self->terms = options->terms;
    self->terms_context = options->terms_context;
    int flags =
        options->read_only || options->as_it_is ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (options->alone)
        flags = SQLITE_OPEN_READWRITE;
    int code = sqlite3_open_v2(path, &self->db, flags | SQLITE_OPEN_EXRESCODE, NULL);
    if (code == SQLITE_OK && (options->as_it_is || options->read_only) && !options->alone)
        code = open_where_nothing_can_be_written(self);
    if (code != SQLITE_OK)
        code = runut_store_fail(self, code, error);
    else
        code = configure(self, options, error);
    if (code == RUNUT_OK)
        *out = self;
    else
        runut_store_close(self);
    return code;
}

int runut_store_open(const char *path, const runut_store_options *options, runut_store **out, runut_error *error)
{
    enum { TIMES = 3 };
    int code = open_once(path, options, out, error);
    for (int i = 0; code == RUNUT_OK && was_replaced(*out); i++) {
        runut_store_close(*out);
        *out = NULL;
        if (i == TIMES)
            return runut_error_set(error, RUNUT_ERR_STORE, "%s: was replaced while it was opened", path);
        code = open_once(path, options, out, error);
    }
    return code;
}

int runut_store_open_again(const runut_store *self, runut_store **again, runut_error *error)
{
    const char *path = sqlite3_db_filename(self->db, "main");
    *again = NULL;
    if (!path || !*path)
        return RUNUT_OK;
    runut_store_options options = {.read_only = true, .terms = self->terms, .terms_context = self->terms_context};
    return runut_store_open(path, &options, again, error);
}

void runut_store_close(runut_store *self)
{
    if (!self)
        return;
    for (int i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(self->statements[i]);
    sqlite3_close(self->db);
    runut_arena_free(self->scratch);
    runut_set_free(&self->set);
    free(self->events.at);
    free(self->stories.at);
    free(self->path);
    free(self);
}

/* ---- questions ---- */

static int64_t now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int is_late(void *context)
{
    const runut_store *self = context;
    return self->asking && now_milliseconds() > self->deadline;
}

void runut_store_time_limit(runut_store *self, unsigned milliseconds)
{
    enum { OPCODES = 4000 };
    self->limit = milliseconds;
    sqlite3_progress_handler(self->db, milliseconds ? OPCODES : 0, milliseconds ? is_late : NULL, self);
}

int runut_store_late(runut_store *self, runut_error *error)
{
    return self->limit && is_late(self) ? runut_store_fail(self, SQLITE_INTERRUPT, error) : RUNUT_OK;
}

int runut_store_ask(runut_store *self, runut_error *error)
{
    if (self->asking++)
        return RUNUT_OK;
    self->deadline = now_milliseconds() + self->limit;
    if (!sqlite3_get_autocommit(self->db))
        return RUNUT_OK;
    int code = sqlite3_exec(self->db, "BEGIN", NULL, NULL, NULL);
    self->began = code == SQLITE_OK;
    if (self->began)
        return RUNUT_OK;
    self->asking--;
    return runut_store_fail(self, code, error);
}

void runut_store_asked(runut_store *self)
{
    if (--self->asking > 0 || !self->began)
        return;
    self->began = false;
    if (!sqlite3_get_autocommit(self->db))
        sqlite3_exec(self->db, "COMMIT", NULL, NULL, NULL);
}

/* ---- transactions ---- */

static int execute(runut_store *self, const char *text, runut_error *error)
{
    int code = sqlite3_exec(self->db, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? RUNUT_OK : runut_store_fail(self, code, error);
}

int runut_store_begin(runut_store *self, runut_error *error)
{
    return execute(self, "BEGIN IMMEDIATE", error);
}

int runut_store_commit(runut_store *self, runut_error *error)
{
    int code = runut_store_sum(self, error);
    if (code == RUNUT_OK)
        code = execute(self, "COMMIT", error);
    if (code == RUNUT_OK)
        runut_store_untouch(self);
    return code;
}

void runut_store_rollback(runut_store *self)
{
    runut_store_untouch(self);
    if (!sqlite3_get_autocommit(self->db))
        sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
}
