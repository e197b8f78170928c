#include "store/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/slice.h"

enum { VERSION = 2, BUSY_MILLISECONDS = 10000 };

enum {
    SOURCE_GET,
    SOURCE_PUT,
    PAGE_GET,
    PAGE_PUT,
    PENDING,
    WAITING,
    DUE,
    EARLIEST,
    NEXT_RUN,
    ROBOTS_GET,
    ROBOTS_PUT,
    ROBOTS_TIDY,
    STATEMENTS
};

struct runut_watch_state {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    char *path;
    int lock; /* the file once more: held as long as the watcher lives */
};

static const char schema[] =
    "CREATE TABLE source(url TEXT PRIMARY KEY, moved TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,"
    " run INTEGER NOT NULL, hold INTEGER NOT NULL, due INTEGER NOT NULL, ttl INTEGER NOT NULL,"
    " failures INTEGER NOT NULL, status INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE page(number INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, source TEXT NOT NULL, etag TEXT NOT NULL,"
    " modified TEXT NOT NULL, item INTEGER NOT NULL, text INTEGER NOT NULL, article TEXT NOT NULL,"
    " pending INTEGER NOT NULL, hold INTEGER NOT NULL, failures INTEGER NOT NULL, status INTEGER NOT NULL);"
    "CREATE INDEX page_pending ON page(number) WHERE pending;"
    "PRAGMA user_version = 1;";

/* Pages that are looked at again, and robots.txt. */
static const char schema_2[] =
    "ALTER TABLE page ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE page ADD COLUMN again INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX page_again ON page(again) WHERE again;"
    "CREATE TABLE robots(origin TEXT PRIMARY KEY, text TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;"
    "PRAGMA user_version = 2;";

static const char *const sql[STATEMENTS] = {
    [SOURCE_GET] =
        "SELECT url, moved, etag, modified, run, hold, due, failures, status, ttl FROM source WHERE url = ?1",
    [SOURCE_PUT] = "INSERT OR REPLACE INTO source(url, moved, etag, modified, run, hold, due, failures, status, ttl)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [PAGE_GET] = "SELECT number, url, source, etag, modified, item, text, article, pending, hold, failures, status,"
                 " looks, again FROM page WHERE url = ?1",
    [PAGE_PUT] =
        "INSERT INTO page(url, source, etag, modified, item, text, article, pending, hold, failures, status,"
        " looks, again)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT(url) DO UPDATE SET source = ?2,"
        " etag = ?3, modified = ?4, item = ?5, text = ?6, article = ?7, pending = ?8, hold = ?9,"
        " failures = ?10, status = ?11, looks = ?12, again = ?13",
    [PENDING] = "SELECT url FROM (SELECT p.url AS url, 0 AS late, p.number AS number FROM page p JOIN source s"
                " ON s.url = p.source WHERE p.pending AND p.hold <= ?2 AND s.run = ?1 UNION ALL"
                " SELECT p.url, 1, p.number FROM page p JOIN source s ON s.url = p.source WHERE p.again AND"
                " p.again <= ?2 AND NOT p.pending AND s.run = ?1) ORDER BY late, number LIMIT ?3",
    [WAITING] = "SELECT p.url FROM page p JOIN source s ON s.url = p.source WHERE p.pending AND s.run = ?1"
                " LIMIT ?3",
    [DUE] = "SELECT url FROM source WHERE run = ?1 AND due <= ?2 AND hold <= ?2 AND status <> 410 LIMIT ?3",
    [EARLIEST] = "SELECT min(at) FROM (SELECT max(due, hold) AS at FROM source WHERE run = ?1 AND status <> 410"
                 " UNION ALL SELECT p.hold FROM page p JOIN source s ON s.url = p.source WHERE p.pending"
                 " AND s.run = ?1 UNION ALL SELECT p.again FROM page p JOIN source s ON s.url = p.source WHERE p.again"
                 " AND NOT p.pending AND s.run = ?1)",
    [ROBOTS_GET] = "SELECT text, until FROM robots WHERE origin = ?1",
    [ROBOTS_PUT] = "INSERT OR REPLACE INTO robots(origin, text, until) VALUES(?1, ?2, ?3)",
    [ROBOTS_TIDY] = "DELETE FROM robots WHERE until < ?1",
    [NEXT_RUN] = "SELECT ifnull(max(run), 0) + 1 FROM source",
};

static int fail(runut_watch_state *self, int code, runut_error *error)
{
    runut_code as = RUNUT_ERR_STORE;
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        as = RUNUT_ERR_IO;
        break;
    case SQLITE_NOMEM:
        as = RUNUT_ERR_MEMORY;
        break;
    default:
        break;
    }
    return runut_error_set(error, as, "%s: %s", self->path, self->db ? sqlite3_errmsg(self->db) : sqlite3_errstr(code));
}

static int run(runut_watch_state *self, const char *text, runut_error *error)
{
    int code = sqlite3_exec(self->db, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? RUNUT_OK : fail(self, code, error);
}

static int read_version(runut_watch_state *self, int *version, runut_error *error)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(self->db, "PRAGMA user_version", -1, &s, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
        *version = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return code == SQLITE_ROW ? RUNUT_OK : fail(self, code, error);
}

static int migrate(runut_watch_state *self, runut_error *error)
{
    int version = 0;
    int code = runut_watch_begin(self, error);
    if (code == RUNUT_OK)
        code = read_version(self, &version, error);
    if (code == RUNUT_OK && version == 0)
        code = run(self, schema, error);
    if (code == RUNUT_OK && version < 2)
        code = run(self, schema_2, error);
    if (code == RUNUT_OK && version > VERSION)
        code = runut_error_set(error, RUNUT_ERR_STORE, "%s: written by a newer runut", self->path);
    if (code == RUNUT_OK)
        return runut_watch_commit(self, error);
    runut_watch_rollback(self);
    return code;
}

/* Two watchers would fetch all twice, and forget what the other one saw. The lock goes with the process. */
static int take_lock(runut_watch_state *self, runut_error *error)
{
    self->lock = open(self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (self->lock < 0)
        return runut_error_set(error, RUNUT_ERR_IO, "%s: %s", self->path, strerror(errno));
    if (flock(self->lock, LOCK_EX | LOCK_NB) == 0)
        return RUNUT_OK;
    return errno == EWOULDBLOCK
               ? runut_error_set(error, RUNUT_ERR_STORE, "%s: another `runut watch` is at work with it", self->path)
               : runut_error_set(error, RUNUT_ERR_IO, "%s: %s", self->path, strerror(errno));
}

int runut_watch_open(const char *path, runut_watch_state **out, runut_error *error)
{
    runut_watch_state *self = calloc(1, sizeof *self);
    *out = NULL;
    if (self)
        self->lock = -1;
    if (!self || !(self->path = strdup(path))) {
        free(self);
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    }
    int code = take_lock(self, error);
    if (code == RUNUT_OK) {
        code = sqlite3_open_v2(path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
        code = code == SQLITE_OK ? RUNUT_OK : fail(self, code, error);
    }
    if (code == RUNUT_OK)
        sqlite3_busy_timeout(self->db, BUSY_MILLISECONDS);
    if (code == RUNUT_OK)
        code = run(self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", error);
    if (code == RUNUT_OK)
        code = migrate(self, error);
    if (code == RUNUT_OK)
        *out = self;
    else
        runut_watch_close(self);
    return code;
}

void runut_watch_close(runut_watch_state *self)
{
    if (!self)
        return;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(self->statements[i]);
    sqlite3_close(self->db);
    if (self->lock >= 0)
        close(self->lock);
    free(self->path);
    free(self);
}

int runut_watch_begin(runut_watch_state *self, runut_error *error)
{
    return run(self, "BEGIN IMMEDIATE", error);
}

int runut_watch_commit(runut_watch_state *self, runut_error *error)
{
    return run(self, "COMMIT", error);
}

void runut_watch_rollback(runut_watch_state *self)
{
    sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- rows ---- */

static sqlite3_stmt *statement(runut_watch_state *self, int which, runut_error *error)
{
    if (!self->statements[which]) {
        int code = sqlite3_prepare_v2(self->db, sql[which], -1, &self->statements[which], NULL);
        if (code != SQLITE_OK) {
            fail(self, code, error);
            return NULL;
        }
    }
    sqlite3_reset(self->statements[which]);
    return self->statements[which];
}

static void bind(sqlite3_stmt *s, int at, runut_slice text)
{
    sqlite3_bind_text64(s, at, text.at ? text.at : "", text.size, SQLITE_STATIC, SQLITE_UTF8);
}

/* Its guard is the caller's, so the statement is left to be reset by its next use. */
static runut_slice column(sqlite3_stmt *s, int at, runut_arena *arena)
{
    const void *text = sqlite3_column_text(s, at);
    return runut_arena_copy(arena, (runut_slice){text ? text : "", (size_t)sqlite3_column_bytes(s, at)});
}

static int finish(runut_watch_state *self, sqlite3_stmt *s, runut_error *error)
{
    int code = sqlite3_step(s);
    int result = code == SQLITE_DONE ? RUNUT_OK : fail(self, code, error);
    sqlite3_reset(s);
    return result;
}

int runut_watch_source_get(runut_watch_state *self, runut_arena *arena, runut_slice url, runut_watch_source *source,
                           runut_error *error)
{
    sqlite3_stmt *s = statement(self, SOURCE_GET, error);
    if (!s)
        return RUNUT_ERR_STORE;
    runut_slice none = {"", 0};
    *source = (runut_watch_source){.url = url, .moved = none, .etag = none, .modified = none};
    bind(s, 1, url);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *source = (runut_watch_source){.url = column(s, 0, arena),
                                       .moved = column(s, 1, arena),
                                       .etag = column(s, 2, arena),
                                       .modified = column(s, 3, arena),
                                       .run = sqlite3_column_int64(s, 4),
                                       .hold = sqlite3_column_int64(s, 5),
                                       .due = sqlite3_column_int64(s, 6),
                                       .failures = (uint32_t)sqlite3_column_int64(s, 7),
                                       .status = (uint32_t)sqlite3_column_int64(s, 8),
                                       .ttl = (uint32_t)sqlite3_column_int64(s, 9)};
    int result = code == SQLITE_ROW || code == SQLITE_DONE ? RUNUT_OK : fail(self, code, error);
    sqlite3_reset(s);
    return result;
}

int runut_watch_source_put(runut_watch_state *self, const runut_watch_source *source, runut_error *error)
{
    sqlite3_stmt *s = statement(self, SOURCE_PUT, error);
    if (!s)
        return RUNUT_ERR_STORE;
    bind(s, 1, source->url);
    bind(s, 2, source->moved);
    bind(s, 3, source->etag);
    bind(s, 4, source->modified);
    sqlite3_bind_int64(s, 5, source->run);
    sqlite3_bind_int64(s, 6, source->hold);
    sqlite3_bind_int64(s, 7, source->due);
    sqlite3_bind_int64(s, 8, source->failures);
    sqlite3_bind_int64(s, 9, source->status);
    sqlite3_bind_int64(s, 10, source->ttl);
    return finish(self, s, error);
}

int runut_watch_page_get(runut_watch_state *self, runut_arena *arena, runut_slice url, runut_watch_page *page,
                         runut_error *error)
{
    sqlite3_stmt *s = statement(self, PAGE_GET, error);
    if (!s)
        return RUNUT_ERR_STORE;
    runut_slice none = {"", 0};
    *page = (runut_watch_page){.url = url, .source = none, .etag = none, .modified = none, .article = none};
    bind(s, 1, url);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *page = (runut_watch_page){.number = sqlite3_column_int64(s, 0),
                                   .url = column(s, 1, arena),
                                   .source = column(s, 2, arena),
                                   .etag = column(s, 3, arena),
                                   .modified = column(s, 4, arena),
                                   .item = (uint64_t)sqlite3_column_int64(s, 5),
                                   .text = (uint64_t)sqlite3_column_int64(s, 6),
                                   .article = column(s, 7, arena),
                                   .pending = sqlite3_column_int(s, 8) != 0,
                                   .hold = sqlite3_column_int64(s, 9),
                                   .failures = (uint32_t)sqlite3_column_int64(s, 10),
                                   .status = (uint32_t)sqlite3_column_int64(s, 11),
                                   .looks = (uint32_t)sqlite3_column_int64(s, 12),
                                   .again = sqlite3_column_int64(s, 13)};
    int result = code == SQLITE_ROW || code == SQLITE_DONE ? RUNUT_OK : fail(self, code, error);
    sqlite3_reset(s);
    return result;
}

int runut_watch_page_put(runut_watch_state *self, const runut_watch_page *page, runut_error *error)
{
    sqlite3_stmt *s = statement(self, PAGE_PUT, error);
    if (!s)
        return RUNUT_ERR_STORE;
    bind(s, 1, page->url);
    bind(s, 2, page->source);
    bind(s, 3, page->etag);
    bind(s, 4, page->modified);
    sqlite3_bind_int64(s, 5, (int64_t)page->item);
    sqlite3_bind_int64(s, 6, (int64_t)page->text);
    bind(s, 7, page->article);
    sqlite3_bind_int64(s, 8, page->pending);
    sqlite3_bind_int64(s, 9, page->hold);
    sqlite3_bind_int64(s, 10, page->failures);
    sqlite3_bind_int64(s, 11, page->status);
    sqlite3_bind_int64(s, 12, page->looks);
    sqlite3_bind_int64(s, 13, page->again);
    return finish(self, s, error);
}

static int visit_all(runut_watch_state *self, sqlite3_stmt *s, runut_watch_visit visit, void *context,
                     runut_error *error)
{
    int code = SQLITE_DONE, stop = 0;
    while (!stop && (code = sqlite3_step(s)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(s, 0);
        stop = visit(context, (runut_slice){text ? text : "", (size_t)sqlite3_column_bytes(s, 0)});
    }
    int result = stop ? RUNUT_ERR_STOPPED : code == SQLITE_DONE ? RUNUT_OK : fail(self, code, error);
    sqlite3_reset(s);
    return result;
}

static int visit_some(runut_watch_state *self, int which, int64_t pass, int64_t now, uint32_t most,
                      runut_watch_visit visit, void *context, runut_error *error)
{
    sqlite3_stmt *s = statement(self, which, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, pass);
    sqlite3_bind_int64(s, 2, now);
    sqlite3_bind_int64(s, 3, most);
    return visit_all(self, s, visit, context, error);
}

int runut_watch_pending(runut_watch_state *self, int64_t pass, int64_t now, uint32_t most, runut_watch_visit visit,
                        void *context, runut_error *error)
{
    return visit_some(self, PENDING, pass, now, most, visit, context, error);
}

int runut_watch_waiting(runut_watch_state *self, int64_t pass, runut_watch_visit visit, void *context,
                        runut_error *error)
{
    return visit_some(self, WAITING, pass, 0, UINT32_MAX, visit, context, error);
}

int runut_watch_robots_get(runut_watch_state *self, runut_arena *arena, runut_slice origin, runut_slice *text,
                           int64_t *until, runut_error *error)
{
    sqlite3_stmt *s = statement(self, ROBOTS_GET, error);
    *until = 0;
    *text = (runut_slice){"", 0};
    if (!s)
        return RUNUT_ERR_STORE;
    bind(s, 1, origin);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        *text = column(s, 0, arena);
        *until = sqlite3_column_int64(s, 1);
    }
    int result = code == SQLITE_ROW || code == SQLITE_DONE ? RUNUT_OK : fail(self, code, error);
    sqlite3_reset(s);
    return result;
}

int runut_watch_robots_put(runut_watch_state *self, runut_slice origin, runut_slice text, int64_t until,
                           runut_error *error)
{
    sqlite3_stmt *s = statement(self, ROBOTS_PUT, error);
    if (!s)
        return RUNUT_ERR_STORE;
    bind(s, 1, origin);
    bind(s, 2, text);
    sqlite3_bind_int64(s, 3, until);
    return finish(self, s, error);
}

int runut_watch_robots_tidy(runut_watch_state *self, int64_t now, runut_error *error)
{
    sqlite3_stmt *s = statement(self, ROBOTS_TIDY, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, now);
    return finish(self, s, error);
}

int runut_watch_due(runut_watch_state *self, int64_t pass, int64_t now, runut_watch_visit visit, void *context,
                    runut_error *error)
{
    return visit_some(self, DUE, pass, now, UINT32_MAX, visit, context, error);
}

static int number(runut_watch_state *self, sqlite3_stmt *s, int64_t *out, runut_error *error)
{
    int code = sqlite3_step(s);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    int result = code == SQLITE_ROW ? RUNUT_OK : fail(self, code, error);
    sqlite3_reset(s);
    return result;
}

int runut_watch_earliest(runut_watch_state *self, int64_t pass, int64_t *time, runut_error *error)
{
    sqlite3_stmt *s = statement(self, EARLIEST, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, pass);
    return number(self, s, time, error);
}

int runut_watch_next_run(runut_watch_state *self, int64_t *pass, runut_error *error)
{
    sqlite3_stmt *s = statement(self, NEXT_RUN, error);
    return s ? number(self, s, pass, error) : RUNUT_ERR_STORE;
}
