/* Is the store whole? From the bottom up, so that the first finding is the nearest to the cause:
 *
 *     file        SQLite's own check: pages, trees, indexes that agree with their tables
 *     schema      every table, index and trigger of the schema is there
 *     articles    each one by its number: it can be read, its text is UTF-8, what it says is JSON, its digest decodes,
 *                 and it is as it was written                                              (check_sums.c)
 *     references  whatever names an article, event or story names one that is there       (check_tables.c)
 *     sums        what listings show is what it sums up                                    (check_tables.c)
 *     index       the full text index holds the terms of the articles, and no others       (check_index.c)
 *
 * All is read in one transaction, by a connection that cannot write. A page that is damaged ends the query in hand, is
 * told, and the next query goes on; articles are looked up one by one, so that one that cannot be read hides no other.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/check_parts.h"

enum { MOST_TOLD = 100, LEAST_ROW = 64 };

static bool stopped(const runut_store_check *self)
{
    return self->stop && __atomic_load_n(self->stop, __ATOMIC_RELAXED);
}

static void tell(runut_store_check *self, const char *place, const char *what)
{
    if (self->on_finding)
        self->on_finding(self->context, self->part, place, what);
}

void runut_store_check_tell(runut_store_check *self, const char *place, const char *format, ...)
{
    char what[512];
    va_list args;
    self->findings++;
    if (++self->found > MOST_TOLD)
        return;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    tell(self, place, what);
}

void runut_store_check_part(runut_store_check *self, const char *part)
{
    char what[64];
    if (self->found > MOST_TOLD) {
        snprintf(what, sizeof what, "%llu more findings of this kind", (unsigned long long)(self->found - MOST_TOLD));
        tell(self, "", what);
    }
    self->part = part;
    self->found = 0;
}

void runut_store_check_progress(runut_store_check *self, uint64_t done, uint64_t of)
{
    if (self->on_progress)
        self->on_progress(self->context, self->part, done, of);
}

int runut_store_check_failed(runut_store_check *self, int code, const char *place)
{
    switch (code & 0xff) {
    case SQLITE_INTERRUPT:
        return runut_error_set(self->error, RUNUT_ERR_STOPPED, "stopped");
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
    case SQLITE_PERM:
    case SQLITE_FULL: /* of the folder for temporary files */
        return runut_store_fail(self->store, code, self->error);
    default:
        runut_store_check_tell(self, place, "cannot be read: %s", sqlite3_errmsg(self->store->db));
        return RUNUT_OK;
    }
}

bool runut_store_check_row(runut_store_check *self, sqlite3_stmt **s, const char *sql, int *code)
{
    int step = *s ? SQLITE_OK : sqlite3_prepare_v2(self->store->db, sql, -1, s, NULL);
    *code = RUNUT_OK;
    if (step == SQLITE_OK && (step = sqlite3_step(*s)) == SQLITE_ROW)
        return true;
    if (step != SQLITE_DONE)
        *code = runut_store_check_failed(self, step, "");
    sqlite3_finalize(*s);
    *s = NULL;
    return false;
}

/* ---- file and schema ---- */

/* "*** in database main ***" stands before SQLite's messages of a part; several come as lines of one row. */
static void tell_lines(runut_store_check *self, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n");
        if (size && strncmp(text, "***", 3) != 0)
            runut_store_check_tell(self, "", "%.*s", (int)(size < 400 ? size : 400), text);
        text += size + (text[size] == '\n');
    }
}

static int check_file(runut_store_check *self)
{
    sqlite3_stmt *s = NULL;
    int code;
    runut_store_check_part(self, "file");
    runut_store_check_progress(self, 0, 0);
    while (runut_store_check_row(self, &s, "PRAGMA integrity_check(100)", &code)) {
        const char *text = (const char *)sqlite3_column_text(s, 0);
        if (text && strcmp(text, "ok") != 0)
            tell_lines(self, text);
    }
    return code;
}

/* What a new store has and this one has not. */
static int compare_schema(runut_store_check *self, sqlite3 *model)
{
    sqlite3_stmt *want = NULL, *have = NULL;
    int code = sqlite3_prepare_v2(self->store->db, "SELECT 1 FROM sqlite_schema WHERE type = ?1 AND name = ?2", -1,
                                  &have, NULL);
    if (code != SQLITE_OK)
        return runut_store_check_failed(self, code, "sqlite_schema");
    sqlite3_prepare_v2(model, "SELECT type, name FROM sqlite_schema", -1, &want, NULL);
    while (code == SQLITE_OK && want && sqlite3_step(want) == SQLITE_ROW) {
        const char *type = (const char *)sqlite3_column_text(want, 0),
                   *name = (const char *)sqlite3_column_text(want, 1);
        sqlite3_reset(have);
        sqlite3_bind_text(have, 1, type, -1, SQLITE_STATIC);
        sqlite3_bind_text(have, 2, name, -1, SQLITE_STATIC);
        int step = sqlite3_step(have);
        if (step == SQLITE_DONE)
            runut_store_check_tell(self, name, "this %s is not there", type);
        code = step == SQLITE_ROW || step == SQLITE_DONE ? SQLITE_OK : step;
    }
    sqlite3_finalize(want);
    int result = code == SQLITE_OK ? RUNUT_OK : runut_store_check_failed(self, code, "sqlite_schema");
    sqlite3_finalize(have);
    return result;
}

static int check_schema(runut_store_check *self)
{
    runut_store model = {.terms = self->store->terms};
    runut_store_check_part(self, "schema");
    int code = sqlite3_open_v2(":memory:", &model.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL);
    if (code == SQLITE_OK)
        code = runut_store_register_terms(&model);
    if (code == SQLITE_OK)
        code = runut_store_register_fold(&model);
    if (code == SQLITE_OK)
        code = runut_store_register_checksum(model.db);
    if (code == SQLITE_OK)
        code = runut_store_model(model.db);
    code = code == SQLITE_OK ? compare_schema(self, model.db)
                             : runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    sqlite3_close(model.db);
    runut_arena_free(model.scratch);
    return code;
}

/* ---- articles ---- */

/* The highest number of an article that any table knows: where the end of one is damaged, others tell. No more than fit
 * into the file. */
static int find_highest(runut_store_check *self)
{
    static const char *const where[] = {
        "SELECT max(number) FROM article", "SELECT max(number) FROM article INDEXED BY article_day",
        "SELECT max(id) FROM article_text_docsize", "SELECT max(article) FROM name INDEXED BY name_article",
        "SELECT max(article) FROM line"};
    int64_t pages = 0, size = 0, highest = 0;
    int code = RUNUT_OK;
    sqlite3_stmt *s = NULL;
    while (runut_store_check_row(self, &s, "PRAGMA page_count", &code))
        pages = sqlite3_column_int64(s, 0);
    while (code == RUNUT_OK && runut_store_check_row(self, &s, "PRAGMA page_size", &code))
        size = sqlite3_column_int64(s, 0);
    for (size_t i = 0; i < sizeof where / sizeof *where && code == RUNUT_OK; i++)
        while (runut_store_check_row(self, &s, where[i], &code)) {
            int64_t number = sqlite3_column_int64(s, 0);
            highest = number > highest && number <= pages * size / LEAST_ROW ? number : highest;
        }
    self->highest = highest < UINT32_MAX ? (uint32_t)highest : UINT32_MAX - 1;
    if (code != RUNUT_OK || !self->with_terms)
        return code;
    self->terms = calloc((size_t)self->highest + 1, sizeof *self->terms);
    self->said = calloc((size_t)self->highest + 1, RUNUT_SAID_SUMS * sizeof *self->said);
    return self->terms && self->said ? RUNUT_OK : runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
}

static void fill(sqlite3_stmt *s, runut_row *row)
{
    *row = (runut_row){.number = (uint32_t)sqlite3_column_int64(s, 0),
                       .hash = runut_store_column(s, 1),
                       .id = runut_store_column(s, 2),
                       .file = runut_store_column(s, 3),
                       .url = runut_store_column(s, 4),
                       .language = runut_store_column(s, 5),
                       .headline = runut_store_column(s, 6),
                       .publisher = runut_store_column(s, 7),
                       .record = runut_store_column(s, 8),
                       .relation = runut_store_column(s, 9),
                       .digest = runut_store_column(s, 10),
                       .body = runut_store_column(s, 11),
                       .named = sqlite3_column_int(s, 12) != 0,
                       .day = sqlite3_column_type(s, 13) == SQLITE_NULL ? RUNUT_NO_DAY : sqlite3_column_int(s, 13)};
}

static const char row_sql[] = "SELECT number, hash, id, file, url, language, headline, publisher, record, relation,"
                              " digest, body, named, day FROM article WHERE number >= ?1 ORDER BY number LIMIT 1";
static const char lines_sql[] = "SELECT lines FROM line WHERE article = ?1";

/* Tells of the articles `from` to `to`, which cannot be read. */
static void tell_unreadable(runut_store_check *self, uint32_t from, uint32_t to, const char *why)
{
    char place[40];
    if (from == to)
        snprintf(place, sizeof place, "a%u", from);
    else
        snprintf(place, sizeof place, "a%u to a%u", from, to);
    runut_store_check_tell(self, place, "cannot be read: %s", why);
}

/* The article in hand, with its lines where they can be read. */
static int take(runut_store_check *self, sqlite3_stmt *s, sqlite3_stmt *of_lines, runut_store_judge judge,
                void *context, uint32_t *number)
{
    runut_row row;
    runut_slice lines = {"", 0};
    char place[16];
    fill(s, &row);
    *number = row.number;
    snprintf(place, sizeof place, "a%u", row.number);
    self->counts.articles++;
    sqlite3_bind_int64(of_lines, 1, row.number);
    int step = sqlite3_step(of_lines), code = RUNUT_OK;
    if (step == SQLITE_ROW)
        lines = runut_store_column(of_lines, 0);
    else if (step != SQLITE_DONE)
        code = runut_store_check_failed(self, step, place);
    if (code == RUNUT_OK)
        code = runut_store_check_sums(self, row.number);
    if (code == RUNUT_OK)
        code = judge(context, self, &row, lines);
    sqlite3_reset(of_lines);
    if (code == RUNUT_OK && self->terms && row.number <= self->highest)
        code = runut_store_check_terms(self, &row);
    runut_store_check_progress(self, row.number, self->highest);
    return code;
}

static int each_article(runut_store_check *self, sqlite3_stmt *s, sqlite3_stmt *of_lines, runut_store_judge judge,
                        void *context)
{
    uint32_t bad = 0; /* the first of those that cannot be read */
    char why[200] = "";
    int code = RUNUT_OK;
    for (uint32_t number = 1; number <= self->highest && code == RUNUT_OK; number++) {
        if (stopped(self))
            return runut_store_check_failed(self, SQLITE_INTERRUPT, "");
        sqlite3_reset(s);
        sqlite3_bind_int64(s, 1, number);
        int step = sqlite3_step(s);
        if (step == SQLITE_INTERRUPT || step == SQLITE_NOMEM || step == SQLITE_BUSY)
            return runut_store_check_failed(self, step, "");
        if (bad && (step == SQLITE_ROW || step == SQLITE_DONE))
            tell_unreadable(self, bad, number - 1, why);
        if (step == SQLITE_DONE)
            return RUNUT_OK;
        if (step == SQLITE_ROW) {
            bad = 0;
            code = take(self, s, of_lines, judge, context, &number);
            continue;
        }
        bad = bad ? bad : number;
        snprintf(why, sizeof why, "%s", sqlite3_errmsg(self->store->db));
    }
    if (bad)
        tell_unreadable(self, bad, self->highest, why);
    return code;
}

int runut_store_check_articles(runut_store_check *self, runut_store_judge judge, void *context)
{
    sqlite3_stmt *s = NULL, *of_lines = NULL;
    sqlite3 *db = self->store->db;
    runut_store_check_part(self, "articles");
    int code = find_highest(self);
    if (code != RUNUT_OK)
        return code;
    int prepared = sqlite3_prepare_v2(db, row_sql, -1, &s, NULL);
    if (prepared == SQLITE_OK && sqlite3_prepare_v2(db, lines_sql, -1, &of_lines, NULL) != SQLITE_OK)
        sqlite3_prepare_v2(db, "SELECT NULL WHERE ?1 IS NULL", -1, &of_lines, NULL); /* the table is gone: told */
    code = prepared == SQLITE_OK ? each_article(self, s, of_lines, judge, context)
                                 : runut_store_check_failed(self, prepared, "article");
    sqlite3_finalize(s);
    sqlite3_finalize(of_lines);
    return code;
}

/* ---- the whole ---- */

static int on_opcodes(void *context)
{
    return stopped(context);
}

int runut_store_check_begin(runut_store_check *self)
{
    enum { OPCODES = 10000 };
    runut_store *store = self->store;
    const char *path = store->path;
    sqlite3_exec(store->db, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
    sqlite3_progress_handler(store->db, OPCODES, on_opcodes, self);
    self->part = "file";
    int version = 0, tables = 0, code = sqlite3_exec(store->db, "BEGIN; SELECT 1 FROM sqlite_schema", NULL, NULL, NULL);
    int kind = code & 0xff;
    if (kind == SQLITE_NOTADB || kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_PERM ||
        kind == SQLITE_NOMEM || kind == SQLITE_BUSY)
        return runut_store_fail(store, code, self->error);
    if (code != SQLITE_OK)
        return RUNUT_OK; /* damaged: SQLite's check says where */
    code = runut_store_version(store, &version, self->error);
    if (code != RUNUT_OK)
        return code;
    sqlite3_stmt *s = NULL;
    while (runut_store_check_row(self, &s, "SELECT count(*) FROM sqlite_schema", &code))
        tables = sqlite3_column_int(s, 0);
    if (code != RUNUT_OK || version == runut_store_newest())
        return code;
    if (version == 0 && tables == 0)
        return runut_error_set(self->error, RUNUT_ERR_STORE, "%s: holds nothing yet", path);
    if (version <= 0)
        return runut_error_set(self->error, RUNUT_ERR_STORE, "%s: not a runut store", path);
    if (version > runut_store_newest())
        return runut_error_set(self->error, RUNUT_ERR_STORE,
                               "%s: written by a newer runut (schema %d, this one knows %d)", path, version,
                               runut_store_newest());
    return runut_error_set(self->error, RUNUT_ERR_STORE,
                           "%s: schema %d is older than this runut's %d; the next `runut add` brings it up to date",
                           path, version, runut_store_newest());
}

static int check_parts(runut_store_check *self, runut_store_judge judge, void *context)
{
    int code = check_file(self);
    if (code == RUNUT_OK)
        code = check_schema(self);
    if (code == RUNUT_OK)
        code = runut_store_check_articles(self, judge, context);
    if (code == RUNUT_OK)
        code = runut_store_check_tables(self);
    if (code == RUNUT_OK)
        code = runut_store_check_index(self);
    runut_store_check_part(self, "");
    return code;
}

void runut_store_check_end(runut_store_check *self)
{
    sqlite3 *db = self->store->db;
    runut_store_check_sums_end(self);
    free(self->terms);
    free(self->said);
    self->terms = self->said = NULL;
    sqlite3_progress_handler(db, 0, NULL, NULL);
    if (!sqlite3_get_autocommit(db))
        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}

int runut_store_check_all(runut_store_check *self, runut_store_judge judge, void *context)
{
    self->with_terms = true;
    int code = runut_store_check_begin(self);
    if (code == RUNUT_OK)
        code = check_parts(self, judge, context);
    runut_store_check_end(self);
    return code;
}
