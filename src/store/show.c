/* What listings show of one thing, asked for by its number: statements that stay prepared, and of an article only what
 * is needed (bodies are most of the store). */
#include <stdlib.h>

#include "store/select.h"

static void read_report(sqlite3_stmt *s, runut_row *row)
{
    *row = (runut_row){.number = (uint32_t)sqlite3_column_int64(s, 0),
                       .record = runut_store_column(s, 9),
                       .relation = runut_store_column(s, 10),
                       .reuse_of = (uint32_t)sqlite3_column_int64(s, 11),
                       .event = (uint32_t)sqlite3_column_int64(s, 12),
                       .story = (uint32_t)sqlite3_column_int64(s, 13)};
    runut_store_read_head(s, 1, row);
}

static void read_reference(sqlite3_stmt *s, runut_row *row)
{
    *row = (runut_row){
        .id = runut_store_column(s, 0), .named = sqlite3_column_int(s, 1) != 0, .file = runut_store_column(s, 2)};
}

static int each(runut_store *self, int which, uint32_t number, void (*read)(sqlite3_stmt *s, runut_row *row),
                runut_on_row on_row, void *context, uint32_t *count, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, which, error);
    int step = SQLITE_ROW, code = RUNUT_OK;
    *count = 0;
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, number);
    while (code == RUNUT_OK && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_row row;
        read(s, &row);
        ++*count;
        if (on_row(context, &row))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    }
    if (code == RUNUT_OK && step != SQLITE_DONE)
        code = runut_store_fail(self, step, error);
    sqlite3_reset(s);
    return code;
}

static int one(runut_store *self, int which, uint32_t number, void (*read)(sqlite3_stmt *s, runut_row *row),
               runut_on_row on_row, void *context, runut_error *error)
{
    uint32_t count;
    int code = each(self, which, number, read, on_row, context, &count, error);
    return code == RUNUT_OK && count == 0 ? runut_error_set(error, RUNUT_ERR_NOT_FOUND, "no article a%u", number)
                                          : code;
}

int runut_store_report(runut_store *self, uint32_t number, runut_on_row on_row, void *context, runut_error *error)
{
    return one(self, SQL_REPORT, number, read_report, on_row, context, error);
}

int runut_store_reports(runut_store *self, uint32_t event, runut_on_row on_row, void *context, runut_error *error)
{
    uint32_t count;
    return each(self, SQL_REPORTS, event, read_report, on_row, context, &count, error);
}

int runut_store_reference(runut_store *self, uint32_t number, runut_on_row on_row, void *context, runut_error *error)
{
    return one(self, SQL_REFERENCE, number, read_reference, on_row, context, error);
}

/* A copy of the first column of the only row; empty where there is none. */
static int copy_value(runut_store *self, sqlite3_stmt *s, runut_arena *arena, runut_slice *value, runut_error *error)
{
    int step = sqlite3_step(s);
    *value = (runut_slice){"", 0};
    if (step == SQLITE_ROW)
        *value = runut_arena_copy(arena, runut_store_column(s, 0));
    int code = step == SQLITE_ROW || step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
    sqlite3_reset(s);
    return code;
}

int runut_store_snippet(runut_store *self, uint32_t number, runut_slice words, runut_arena *arena, runut_slice *snippet,
                        runut_error *error)
{
    char *expression = runut_select_words(words);
    sqlite3_stmt *s = expression ? runut_store_statement(self, SQL_SNIPPET, error) : NULL;
    if (!s) {
        free(expression);
        return expression ? RUNUT_ERR_STORE : runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    }
    sqlite3_bind_text(s, 1, expression, -1, free);
    sqlite3_bind_int64(s, 2, number);
    return copy_value(self, s, arena, snippet, error);
}

int runut_store_arrival(runut_store *self, uint32_t article, int64_t *at, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_ARRIVAL, error);
    *at = 0;
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW)
        *at = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
}

int runut_store_lines(runut_store *self, uint32_t article, runut_arena *arena, bool *kept, runut_slice *lines,
                      runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_LINES, error);
    *kept = false;
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    if (sqlite3_step(s) == SQLITE_ROW)
        *kept = sqlite3_column_int(s, 1) != 0;
    sqlite3_reset(s);
    return copy_value(self, s, arena, lines, error);
}

/* A word of it begins so. */
#define BEGINS "(folded >= ?1 AND folded < ?1 || char(1114111) OR instr(folded, ' ' || ?1))"

/* The most frequent texts, more than are wanted, then what they are texts of: to sum up all first would take longer. */
#define FREQUENT_VALUES                                                                                                \
    "WITH frequent AS (SELECT key, text, articles FROM value WHERE kind = ?2 AND " BEGINS                              \
    " ORDER BY articles DESC, text LIMIT 4 * ?3)"                                                                      \
    " SELECT key, text, CASE WHEN key = '' THEN articles ELSE (SELECT sum(v.articles) FROM value v WHERE v.kind = ?2"  \
    " AND v.key = frequent.key) END AS n, max(articles) FROM frequent"                                                 \
    " GROUP BY key, CASE WHEN key = '' THEN text ELSE '' END ORDER BY n DESC, text LIMIT ?3"

int runut_store_values(runut_store *self, int kind, runut_slice begins, uint32_t most, runut_on_row_actor on_row,
                       void *context, runut_error *error)
{
    runut_slice folded;
    sqlite3_stmt *s;
    if (!runut_store_fold(self, begins, &folded))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int step = SQLITE_ROW, code = sqlite3_prepare_v2(self->db, FREQUENT_VALUES, -1, &s, NULL);
    if (code != SQLITE_OK)
        return runut_store_fail(self, code, error);
    runut_store_bind(s, 1, folded);
    sqlite3_bind_int(s, 2, kind);
    sqlite3_bind_int64(s, 3, most);
    code = RUNUT_OK;
    while (code == RUNUT_OK && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_row_actor row = {runut_store_column(s, 0), runut_store_column(s, 1), kind,
                               (uint32_t)sqlite3_column_int64(s, 2)};
        if (on_row(context, &row))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    }
    if (code == RUNUT_OK && step != SQLITE_DONE)
        code = runut_store_fail(self, step, error);
    sqlite3_finalize(s);
    return code;
}
