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
    SQL_COUNT
};

struct runut_store {
    sqlite3 *db;
    sqlite3_stmt *statements[SQL_COUNT]; /* prepared when first used */
    runut_store_terms terms;
    void *terms_context;
    runut_slice text_language; /* of the article being indexed */
    char *path;
};

/* What went wrong in SQLite, as our code and words. */
int runut_store_fail(runut_store *self, int code, runut_error *error);

/* The prepared statement `which`, reset; NULL with error set. */
sqlite3_stmt *runut_store_statement(runut_store *self, int which, runut_error *error);

/* Runs a statement that gives no row. */
int runut_store_step(runut_store *self, sqlite3_stmt *statement, runut_error *error);

void runut_store_bind(sqlite3_stmt *statement, int at, runut_slice text);
runut_slice runut_store_column(sqlite3_stmt *statement, int at);

int runut_store_migrate(runut_store *self, bool read_only, runut_error *error);
int runut_store_register_terms(runut_store *self);

#endif
