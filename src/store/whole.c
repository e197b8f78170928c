#include "store/whole.h"

#include "store/internal.h"

static void read_article(sqlite3_stmt *s, runut_row *row)
{
    *row = (runut_row){.number = (uint32_t)sqlite3_column_int64(s, 0),
                       .hash = runut_store_column(s, 1),
                       .record = runut_store_column(s, 10),
                       .digest = runut_store_column(s, 11),
                       .body = runut_store_column(s, 12),
                       .event = (uint32_t)sqlite3_column_int64(s, 13),
                       .relation = runut_store_column(s, 14)};
    runut_store_read_head(s, 2, row);
}

/* Why the reading ended: at the end, by whoever was told, or by SQLite's `step`. */
static int ended(runut_store *self, int told, int step, runut_error *error)
{
    if (told)
        return runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    return step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
}

int runut_store_whole_articles(runut_store *self, runut_on_whole_article on_article, void *context, runut_error *error)
{
    static const char sql[] = "SELECT a.number, a.hash, a.id, a.named, a.file, a.url, a.language, a.headline,"
                              " a.publisher, a.day, a.record, a.digest, a.body, a.event, a.relation, l.lines"
                              " FROM article a LEFT JOIN line l ON l.article = a.number ORDER BY a.number";
    sqlite3_stmt *s = NULL;
    int step = sqlite3_prepare_v2(self->db, sql, -1, &s, NULL), told = 0;
    while (s && told == 0 && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_row row;
        read_article(s, &row);
        told = on_article(context, &row, runut_store_column(s, 15));
    }
    int code = ended(self, told, step, error);
    sqlite3_finalize(s);
    return code;
}

/* The numbers come first; where there is a text it is the last. */
static const struct {
    const char *select, *insert;
    int numbers;
    bool text;
} tables[] = {
    [RUNUT_WHOLE_EVENT] = {"SELECT number, story, day, year, month, title, articles, origins FROM event"
                           " ORDER BY number",
                           NULL, 7, true},
    [RUNUT_WHOLE_VERSION] = {"SELECT article, replaces FROM version ORDER BY article", NULL, 2, false},
    [RUNUT_WHOLE_MOVE] = {"SELECT number, article, old, new, newest FROM move ORDER BY number",
                          "INSERT INTO move(number, article, old, new, newest) VALUES(?1, ?2, ?3, ?4, ?5)", 5, false},
    [RUNUT_WHOLE_ARRIVAL] = {"SELECT first, at FROM arrival ORDER BY first",
                             "INSERT INTO arrival(first, at) VALUES(?1, ?2)", 2, false},
    [RUNUT_WHOLE_COUNTER] = {"SELECT value, name FROM counter ORDER BY name",
                             "UPDATE counter SET value = ?1 WHERE name = ?2", 1, true},
};

static int64_t number_at(sqlite3_stmt *s, int at)
{
    return sqlite3_column_type(s, at) == SQLITE_NULL ? INT64_MIN : sqlite3_column_int64(s, at);
}

int runut_store_whole_rows(runut_store *self, runut_whole table, runut_on_whole_row on_row, void *context,
                           runut_error *error)
{
    sqlite3_stmt *s = NULL;
    int step = sqlite3_prepare_v2(self->db, tables[table].select, -1, &s, NULL), told = 0;
    while (s && told == 0 && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_whole_row row = {.text = {"", 0}};
        for (int i = 0; i < tables[table].numbers; i++)
            row.numbers[i] = number_at(s, i);
        if (tables[table].text)
            row.text = runut_store_column(s, tables[table].numbers);
        told = on_row(context, &row);
    }
    int code = ended(self, told, step, error);
    sqlite3_finalize(s);
    return code;
}

int runut_store_whole_put(runut_store *self, runut_whole table, const runut_whole_row *row, runut_error *error)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(self->db, tables[table].insert, -1, &s, NULL);
    if (code != SQLITE_OK)
        return runut_store_fail(self, code, error);
    for (int i = 0; i < tables[table].numbers; i++)
        sqlite3_bind_int64(s, i + 1, row->numbers[i]);
    if (tables[table].text)
        runut_store_bind(s, tables[table].numbers + 1, row->text);
    code = sqlite3_step(s);
    sqlite3_finalize(s);
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        return runut_error_set(error, RUNUT_ERR_INPUT, "there is one of this number already");
    if (code == SQLITE_DONE && sqlite3_changes(self->db) == 0)
        return runut_error_set(error, RUNUT_ERR_INPUT, "this runut has no such counter");
    return code == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, code, error);
}
