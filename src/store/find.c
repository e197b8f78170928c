/* Finding: which articles could answer a question, and which names are meant. */
#include <stdlib.h>

#include "base/slice.h"
#include "store/select.h"

static int each_number(runut_store *self, runut_select *q, runut_on_number on_number, void *context, runut_error *error)
{
    sqlite3_stmt *s;
    int step = SQLITE_ROW, code = runut_select_prepare(self, q, &s, error);
    if (code != RUNUT_OK)
        return code;
    while (code == RUNUT_OK && (step = sqlite3_step(s)) == SQLITE_ROW)
        if (on_number(context, (uint32_t)sqlite3_column_int64(s, 0)))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    if (code == RUNUT_OK && step != SQLITE_DONE)
        code = runut_store_fail(self, step, error);
    sqlite3_finalize(s);
    return code;
}

int runut_store_find(runut_store *self, const runut_store_filter *filter, bool by_day, runut_on_number on_number,
                     void *context, runut_error *error)
{
    runut_select q = {0};
    if (filter->words.size && !(q.words = runut_select_words(filter->words)))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_select_add(&q, q.words ? "SELECT a.number FROM article_text JOIN article a ON a.number = article_text.rowid"
                                 : "SELECT a.number FROM article a");
    runut_select_add(&q, " WHERE ");
    runut_select_conditions(&q, filter);
    runut_select_add(&q, by_day ? " ORDER BY a.day IS NULL, a.day, a.reuse_of <> 0, a.number" : " ORDER BY a.number");
    runut_select_limit(&q, filter->limit);
    int code = each_number(self, &q, on_number, context, error);
    free(q.words);
    return code;
}

int runut_store_earliest(runut_store *self, uint32_t event, uint32_t most, runut_on_number on_number, void *context,
                         runut_error *error)
{
    runut_select q = {0};
    runut_select_add(&q, "SELECT number FROM article WHERE event = ? ORDER BY day IS NULL, day, number LIMIT ?");
    runut_select_number(&q, event);
    runut_select_number(&q, most);
    return each_number(self, &q, on_number, context, error);
}

/* "…" OR "…", marks of quotation left out */
static char *any_of(const runut_slice *phrases, size_t count)
{
    size_t size = 1;
    for (size_t i = 0; i < count; i++)
        size += phrases[i].size + 6;
    char *out = malloc(size), *end = out;
    if (!out)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (end > out) {
            memcpy(end, " OR ", 4);
            end += 4;
        }
        *end++ = '"';
        for (size_t k = 0; k < phrases[i].size; k++) {
            char c = phrases[i].at[k];
            *end++ = c == '"' || c == '\0' ? ' ' : c;
        }
        *end++ = '"';
    }
    *end = '\0';
    return out;
}

int runut_store_count_term(runut_store *self, runut_slice term, uint32_t most, uint32_t *count, runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    int code = sqlite3_exec(self->db,
                            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_term"
                            " USING fts5vocab(main, article_text, instance)",
                            NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return runut_store_fail(self, code, error);
    runut_select_add(&q, "SELECT count(*) FROM (SELECT 1 FROM temp.article_term WHERE term = ? LIMIT ?)");
    runut_select_text(&q, term);
    runut_select_number(&q, most);
    code = runut_select_prepare(self, &q, &s, error);
    if (code != RUNUT_OK)
        return code;
    int step = sqlite3_step(s);
    *count = step == SQLITE_ROW ? (uint32_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return step == SQLITE_ROW ? RUNUT_OK : runut_store_fail(self, step, error);
}

int runut_store_find_phrases(runut_store *self, const runut_slice *phrases, size_t count, runut_on_number on_number,
                             void *context, runut_error *error)
{
    runut_select q = {0};
    if (count == 0)
        return RUNUT_OK;
    if (!(q.words = any_of(phrases, count)))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_select_add(&q, "SELECT rowid FROM article_text WHERE article_text MATCH ? ORDER BY rowid");
    runut_select_text(&q, runut_slice_of(q.words));
    int code = each_number(self, &q, on_number, context, error);
    free(q.words);
    return code;
}

int runut_store_find_named(runut_store *self, const runut_slice *parts, size_t count, runut_slice keys,
                           runut_on_number on_number, void *context, runut_error *error)
{
    enum { MOST_PARTS = 8 };
    runut_select q = {0};
    runut_select_add(&q, "SELECT DISTINCT n.article FROM (SELECT DISTINCT key FROM value WHERE kind < 3 AND ");
    if (keys.size) {
        runut_select_add(&q, "key IN (SELECT value FROM json_each(?))");
        runut_select_text(&q, keys);
    }
    for (size_t i = 0; keys.size == 0 && i < count && i < MOST_PARTS; i++) {
        runut_select_add(&q, i ? " AND instr(key, ?)" : "instr(key, ?)");
        runut_select_text(&q, parts[i]);
    }
    runut_select_add(&q, ") v CROSS JOIN name n ON n.key = v.key");
    return each_number(self, &q, on_number, context, error);
}

int runut_store_actors(runut_store *self, runut_slice key, runut_slice text, runut_slice part,
                       runut_on_row_actor on_row, void *context, runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    runut_select_add(&q, "SELECT key, kind, text, count(*) FROM name WHERE key = ? OR text = ? COLLATE NOCASE");
    runut_select_text(&q, key);
    runut_select_text(&q, text);
    if (part.size) {
        runut_select_add(&q, " OR instr(key, ?)");
        runut_select_text(&q, part);
    }
    runut_select_add(&q, " GROUP BY key, kind ORDER BY 4 DESC, key, kind");
    int step = SQLITE_ROW, code = runut_select_prepare(self, &q, &s, error);
    if (code != RUNUT_OK)
        return code;
    while (code == RUNUT_OK && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_row_actor row = {runut_store_column(s, 0), runut_store_column(s, 2), sqlite3_column_int(s, 1),
                               (uint32_t)sqlite3_column_int64(s, 3)};
        if (on_row(context, &row))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    }
    if (code == RUNUT_OK && step != SQLITE_DONE)
        code = runut_store_fail(self, step, error);
    sqlite3_finalize(s);
    return code;
}

static void read_between(sqlite3_stmt *s, runut_row *row)
{
    *row = (runut_row){.number = (uint32_t)sqlite3_column_int64(s, 0),
                       .body = runut_store_column(s, 9),
                       .digest = runut_store_column(s, 10),
                       .reuse_of = (uint32_t)sqlite3_column_int64(s, 11),
                       .event = (uint32_t)sqlite3_column_int64(s, 12),
                       .story = (uint32_t)sqlite3_column_int64(s, 13)};
    runut_store_read_head(s, 1, row);
}

#define MENTIONS_ONE "a.number IN (SELECT article FROM name WHERE key IN (SELECT value FROM json_each(?))) AND "
int runut_store_between(runut_store *self, runut_slice one, runut_slice other, const runut_store_filter *filter,
                        runut_on_row on_row, void *context, runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    runut_select_add(
        &q,
        "SELECT a.number, a.id, a.named, a.file, a.url, a.language, a.headline, a.publisher, a.day, a.body, a.digest,"
        " a.reuse_of, a.event, ifnull(e.story, 0) FROM article a LEFT JOIN event e ON e.number = a.event"
        " WHERE " MENTIONS_ONE MENTIONS_ONE);
    runut_select_text(&q, one);
    runut_select_text(&q, other);
    runut_select_conditions(&q, filter);
    runut_select_add(&q, " ORDER BY a.event, a.number");
    int code = runut_select_prepare(self, &q, &s, error);
    return code == RUNUT_OK ? runut_select_rows(self, s, read_between, on_row, context, NULL, error) : code;
}
