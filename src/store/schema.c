#include "store/said.h"

#include <stdio.h>

/* Each step brings a store from its version to the next; PRAGMA user_version counts them. Never change a step that
 * was released: add one. */
static const char *const steps[] = {
    /* 0 → 1 */
    "CREATE TABLE article("
    " number INTEGER PRIMARY KEY," /* order of arrival */
    " hash BLOB NOT NULL UNIQUE,"
    " id TEXT NOT NULL UNIQUE,"
    " named INTEGER NOT NULL,"
    " file TEXT NOT NULL,"
    " url TEXT NOT NULL,"
    " language TEXT NOT NULL,"
    " headline TEXT NOT NULL,"
    " publisher TEXT NOT NULL,"
    " day INTEGER,"
    " event INTEGER NOT NULL DEFAULT 0,"
    " reuse_of INTEGER NOT NULL DEFAULT 0,"
    " relation TEXT NOT NULL DEFAULT '{}',"
    " record TEXT NOT NULL,"
    " digest BLOB NOT NULL,"
    " body TEXT NOT NULL);"
    "CREATE INDEX article_event ON article(event);"
    "CREATE INDEX article_day ON article(day);"
    "CREATE INDEX article_file ON article(file);"
    "CREATE TABLE name(key TEXT NOT NULL, kind INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES article(number),"
    " text TEXT NOT NULL, PRIMARY KEY(key, kind, article)) WITHOUT ROWID;"
    "CREATE INDEX name_article ON name(article);"
    "CREATE TABLE event(number INTEGER PRIMARY KEY, story INTEGER NOT NULL, day INTEGER, year INTEGER NOT NULL,"
    " month INTEGER NOT NULL, title INTEGER NOT NULL, articles INTEGER NOT NULL, origins TEXT NOT NULL);"
    "CREATE INDEX event_story ON event(story);"
    "CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO counter VALUES('generation', 0);"
    "CREATE VIRTUAL TABLE article_text USING fts5(headline, body, content='article', content_rowid='number',"
    " tokenize='runut');",
    /* 1 → 2: what came to another event than it was first told to be of, and the newest article at that time */
    "CREATE TABLE move(number INTEGER PRIMARY KEY, article INTEGER NOT NULL, old INTEGER NOT NULL,"
    " new INTEGER NOT NULL, newest INTEGER NOT NULL);"
    "CREATE INDEX move_article ON move(article);"
    "CREATE INDEX move_old ON move(old);"
    "CREATE TRIGGER article_moves AFTER UPDATE OF event ON article WHEN OLD.event <> 0 AND OLD.event <> NEW.event BEGIN"
    " INSERT INTO move(article, old, new, newest)"
    " VALUES(OLD.number, OLD.event, NEW.event, (SELECT max(number) FROM article)); END;",
    /* 2 → 3: what listings show and are sorted by, summed up as it is written (sum.c); distinct names; the capture's
     * other lines; when what was added */
    "ALTER TABLE event ADD COLUMN place INTEGER NOT NULL DEFAULT -2147483648;" /* day by which it is listed */
    "ALTER TABLE event ADD COLUMN publishers INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE event ADD COLUMN disagreements INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE event ADD COLUMN earliest INTEGER;" /* days of its reports */
    "ALTER TABLE event ADD COLUMN latest INTEGER;"
    "CREATE INDEX event_place ON event(place, number, earliest, latest);"
    "CREATE TABLE story(number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,"
    " events INTEGER NOT NULL, articles INTEGER NOT NULL, publishers INTEGER NOT NULL, origins INTEGER NOT NULL,"
    " disagreements INTEGER NOT NULL, title INTEGER NOT NULL, newest INTEGER NOT NULL, earliest INTEGER,"
    " latest INTEGER, languages TEXT NOT NULL, volume TEXT NOT NULL);"
    "CREATE INDEX story_new ON story(last, origins, newest, number, earliest, latest);"
    "CREATE INDEX story_origins ON story(origins, last, newest, number, earliest, latest);"
    "CREATE TABLE dispute(article INTEGER NOT NULL, about TEXT NOT NULL, PRIMARY KEY(article, about)) WITHOUT ROWID;"
    "CREATE TABLE value(kind INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL,"
    " articles INTEGER NOT NULL, PRIMARY KEY(kind, key, text)) WITHOUT ROWID;"
    "CREATE TABLE line(article INTEGER PRIMARY KEY, lines BLOB NOT NULL);"
    "CREATE TABLE arrival(first INTEGER PRIMARY KEY, at INTEGER NOT NULL);"
    "DROP INDEX article_event;"
    "CREATE INDEX article_event ON article(event, publisher, language, day);"
    "CREATE INDEX article_publisher ON article(publisher COLLATE NOCASE);"
    "CREATE INDEX article_language ON article(language COLLATE NOCASE);"
    "INSERT INTO counter SELECT 'lines', ifnull(max(number), 0) + 1 FROM article;"
    "INSERT INTO dispute SELECT DISTINCT a.number, ifnull(json_extract(d.value, '$.about'), '')"
    " FROM article a, json_each(a.relation, '$.disagreements') d;"
    "INSERT INTO value SELECT kind, key, text, fold(text), count(*) FROM name GROUP BY kind, key, text;"
    "INSERT INTO value SELECT 16, '', publisher, fold(publisher), count(*) FROM article WHERE publisher <> ''"
    " GROUP BY publisher;"
    "INSERT INTO value SELECT 17, '', language, fold(language), count(*) FROM article WHERE language <> ''"
    " GROUP BY language;",
    /* 3 → 4: who said what (said.c fills it) */
    "CREATE VIRTUAL TABLE said USING fts5(quotes, content='', columnsize=0, tokenize='runut');"
    "CREATE VIRTUAL TABLE said_mark USING fts5(marks, content='', columnsize=0, detail='none', tokenize='ascii');",
    /* 4 → 5: what was written of an article, to be known again (checksum.c) */
    "CREATE TABLE checksum(article INTEGER PRIMARY KEY, report INTEGER NOT NULL, lines INTEGER NOT NULL,"
    " names INTEGER NOT NULL, relation INTEGER NOT NULL);"
    "INSERT INTO checksum SELECT a.number, checksum(a.number, a.hash, a.id, a.named, a.file, a.url, a.language,"
    " a.headline, a.publisher, a.day, a.record, a.digest, a.body), checksum(l.lines),"
    " (SELECT checksums(n.key, n.kind, n.text) FROM name n WHERE n.article = a.number),"
    " checksum(a.event, a.reuse_of, a.relation) FROM article a LEFT JOIN line l ON l.article = a.number;",
    /* 5 → 6: which articles were found at one address, and which is a newer version of which (version.c; articles up to
     * number 'versions' were looked at) */
    "CREATE TABLE address(hash INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY(hash, article)) WITHOUT ROWID;"
    "CREATE INDEX address_article ON address(article);"
    "CREATE TABLE version(article INTEGER PRIMARY KEY, replaces INTEGER NOT NULL);"
    "CREATE INDEX version_replaces ON version(replaces);"
    "INSERT INTO address SELECT h, number FROM (SELECT address(url) AS h, number FROM article) WHERE h <> 0 ORDER BY "
    "1, 2;"
    "INSERT INTO counter VALUES('versions', 0);",
};
enum { NEWEST = sizeof steps / sizeof *steps, SUMMED = 3, SAID = 4 };

int runut_store_version(runut_store *self, int *version, runut_error *error)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(self->db, "PRAGMA user_version", -1, &s, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *version = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return code == SQLITE_ROW ? RUNUT_OK : runut_store_fail(self, code, error);
}

static int run_steps(runut_store *self, int version, runut_error *error)
{
    bool unsummed = version < SUMMED, unsaid = version < SAID;
    for (; version < NEWEST; version++) {
        char set[64];
        snprintf(set, sizeof set, "PRAGMA user_version = %d", version + 1);
        int code = sqlite3_exec(self->db, steps[version], NULL, NULL, NULL);
        if (code == SQLITE_OK)
            code = sqlite3_exec(self->db, set, NULL, NULL, NULL);
        if (code != SQLITE_OK)
            return runut_store_fail(self, code, error);
    }
    int code = unsaid ? runut_said_fill(self, error) : RUNUT_OK;
    return code == RUNUT_OK && unsummed ? runut_store_sum_all(self, error) : code;
}

int runut_store_newest(void)
{
    return NEWEST;
}

int runut_store_model(sqlite3 *db)
{
    int code = SQLITE_OK;
    for (int i = 0; i < NEWEST && code == SQLITE_OK; i++)
        code = sqlite3_exec(db, steps[i], NULL, NULL, NULL);
    return code;
}

int runut_store_migrate(runut_store *self, bool read_only, runut_error *error)
{
    int version = 0;
    int code = runut_store_version(self, &version, error);
    if (code != RUNUT_OK || version == NEWEST)
        return code;
    if (version > NEWEST || version < 0)
        return runut_error_set(error, RUNUT_ERR_STORE, "%s: written by a newer runut (schema %d, this one knows %d)",
                               self->path, version, NEWEST);
    if (read_only && version == 0)
        return runut_error_set(error, RUNUT_ERR_STORE, "%s: holds nothing yet", self->path);
    if (read_only)
        return runut_error_set(error, RUNUT_ERR_STORE,
                               "%s: schema %d is older than this runut's %d and the store is "
                               "open for reading only",
                               self->path, version, NEWEST);
    code = runut_store_begin(self, error);
    if (code == RUNUT_OK)
        code = runut_store_version(self, &version, error); /* another process may have been quicker */
    if (code == RUNUT_OK)
        code = run_steps(self, version, error);
    if (code == RUNUT_OK)
        return runut_store_commit(self, error);
    runut_store_rollback(self);
    return code;
}
