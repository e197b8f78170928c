/* Reading what can be read of a damaged store, so that it can be written anew. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/check_parts.h"

int runut_store_salvage(runut_store_check *self, runut_store_judge take, void *context)
{
    int code = runut_store_check_begin(self);
    return code == RUNUT_OK ? runut_store_check_articles(self, take, context) : code;
}

/* ---- what the new store cannot make again ---- */

static int put(runut_store_check *self, runut_store *to, const char *sql, int64_t one, int64_t two)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(to->db, sql, -1, &s, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_int64(s, 1, one);
        sqlite3_bind_int64(s, 2, two);
        code = sqlite3_step(s);
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RUNUT_OK : runut_store_fail(to, code, self->error);
}

/* Each row of `from`, as the two values of `into`. */
static int copy(runut_store_check *self, runut_store *to, const char *from, const char *into)
{
    sqlite3_stmt *s = NULL;
    int code;
    while (runut_store_check_row(self, &s, from, &code)) {
        code = put(self, to, into, sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1));
        if (code != RUNUT_OK)
            break;
    }
    sqlite3_finalize(s);
    return code;
}

static const struct {
    const char *part, *from, *into;
} rest[] = {
    {"arrival", "SELECT first, at FROM arrival ORDER BY first",
     "INSERT OR REPLACE INTO arrival SELECT ?1, ?2 WHERE ?1 BETWEEN 1 AND (SELECT max(number) FROM article)"},
    {"counter", "SELECT value, 0 FROM counter WHERE name = 'lines'",
     "UPDATE counter SET value = ?1 + ?2 WHERE name = 'lines'"},
    {"counter", "SELECT value, 1 FROM counter WHERE name = 'generation'",
     "UPDATE counter SET value = max(value, ?1) + ?2 WHERE name = 'generation'"},
};

int runut_store_salvage_rest(runut_store_check *self, runut_store *to)
{
    int code = runut_store_begin(to, self->error);
    if (code != RUNUT_OK)
        return code;
    for (size_t i = 0; i < sizeof rest / sizeof *rest && code == RUNUT_OK; i++) {
        runut_store_check_part(self, rest[i].part);
        code = copy(self, to, rest[i].from, rest[i].into);
    }
    runut_store_check_part(self, "");
    if (code == RUNUT_OK)
        return runut_store_commit(to, self->error);
    runut_store_rollback(to);
    return code;
}

/* ---- sealing ---- */

int runut_store_seal(runut_store *self, runut_error *error)
{
    sqlite3_stmt *s = NULL;
    int busy = 1, code = sqlite3_prepare_v2(self->db, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &s, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
        busy = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    if (code != SQLITE_ROW)
        return runut_store_fail(self, code, error);
    if (busy)
        return runut_error_set(error, RUNUT_ERR_STORE, "%s: another program has it open", self->path);
    sqlite3_db_config(self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return RUNUT_OK;
}
