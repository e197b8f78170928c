/* Reading: listings, and what is asked for by its name. */
#include "store/select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

#define ROW_COLUMNS                                                                                                    \
    "a.number, a.hash, a.id, a.named, a.file, a.url, a.language, a.headline, a.publisher, a.day, a.body, a.record,"    \
    " a.event, a.reuse_of, a.relation, ifnull(e.story, 0)"

static void read_row(sqlite3_stmt *s, runut_row *row)
{
    *row = (runut_row){.number = (uint32_t)sqlite3_column_int64(s, 0),
                       .hash = runut_store_column(s, 1),
                       .body = runut_store_column(s, 10),
                       .record = runut_store_column(s, 11),
                       .event = (uint32_t)sqlite3_column_int64(s, 12),
                       .reuse_of = (uint32_t)sqlite3_column_int64(s, 13),
                       .relation = runut_store_column(s, 14),
                       .story = (uint32_t)sqlite3_column_int64(s, 15),
                       .snippet = sqlite3_column_count(s) > 16 ? runut_store_column(s, 16) : (runut_slice){"", 0}};
    runut_store_read_head(s, 2, row);
}

int runut_store_articles(runut_store *self, const runut_store_filter *filter, runut_on_row on_row, void *context,
                         runut_error *error)
{
    runut_select q = {0};
    if (filter->words.size && !(q.words = runut_select_words(filter->words)))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_select_add(&q, "SELECT " ROW_COLUMNS);
    runut_select_add(
        &q, q.words ? ", snippet(article_text, 1, char(1), char(2), '…', 24) FROM article_text JOIN article a ON"
                      " a.number = article_text.rowid"
                    : " FROM article a");
    runut_select_add(&q, " LEFT JOIN event e ON e.number = a.event WHERE ");
    runut_select_conditions(&q, filter);
    runut_select_add(&q, q.words ? " ORDER BY bm25(article_text, 4.0, 1.0), a.number" : " ORDER BY a.number");
    runut_select_limit(&q, filter->limit);
    sqlite3_stmt *s;
    int code = runut_select_prepare(self, &q, &s, error);
    if (code == RUNUT_OK)
        code = runut_select_rows(self, s, read_row, on_row, context, NULL, error);
    free(q.words);
    return code;
}

static void read_record(sqlite3_stmt *s, runut_row *row)
{
    *row = (runut_row){.number = (uint32_t)sqlite3_column_int64(s, 0),
                       .id = runut_store_column(s, 1),
                       .named = sqlite3_column_int(s, 2) != 0,
                       .file = runut_store_column(s, 3),
                       .language = runut_store_column(s, 4),
                       .headline = runut_store_column(s, 5),
                       .publisher = runut_store_column(s, 6),
                       .day = sqlite3_column_type(s, 7) == SQLITE_NULL ? RUNUT_NO_DAY : sqlite3_column_int(s, 7),
                       .record = runut_store_column(s, 8),
                       .reuse_of = (uint32_t)sqlite3_column_int64(s, 9),
                       .event = (uint32_t)sqlite3_column_int64(s, 10),
                       .story = (uint32_t)sqlite3_column_int64(s, 11),
                       .passes = sqlite3_column_int(s, 12) != 0};
}

#define RECORD_COLUMNS                                                                                                 \
    "SELECT a.number, a.id, a.named, a.file, a.language, a.headline, a.publisher, a.day, a.record, a.reuse_of,"        \
    " a.event, ifnull(e.story, 0), "

int runut_store_records_listed(runut_store *self, runut_slice numbers, runut_on_row on_row, void *context,
                               runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    runut_select_add(&q,
                     RECORD_COLUMNS "passes(a.number) FROM json_each(?) l CROSS JOIN article a ON a.number = l.value"
                                    " LEFT JOIN event e ON e.number = a.event");
    runut_select_text(&q, numbers);
    int code = runut_select_prepare(self, &q, &s, error);
    return code == RUNUT_OK ? runut_select_rows(self, s, read_record, on_row, context, NULL, error) : code;
}

/* Bodies stay where they are: they are most of the store. */
int runut_store_records(runut_store *self, const runut_store_filter *filter, runut_on_row on_row, void *context,
                        runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    char *words = filter->words.size ? runut_select_words(filter->words) : NULL;
    if (filter->words.size && !words)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_select_add(&q, RECORD_COLUMNS);
    if (words) {
        runut_select_add(&q, "a.number IN (SELECT rowid FROM article_text WHERE article_text MATCH ?) AND ");
        runut_select_text(&q, runut_slice_of(words));
    }
    runut_select_conditions(&q, filter);
    runut_select_add(&q, " FROM article a LEFT JOIN event e ON e.number = a.event");
    if (filter->numbers.size) {
        runut_select_add(&q, " WHERE a.number IN (SELECT value FROM json_each(?))");
        runut_select_text(&q, filter->numbers);
    }
    runut_select_add(&q, " ORDER BY a.number");
    int code = runut_select_prepare(self, &q, &s, error);
    if (code == RUNUT_OK)
        code = runut_select_rows(self, s, read_record, on_row, context, NULL, error);
    free(words);
    return code;
}

static int one_row(runut_store *self, runut_select *q, runut_on_row on_row, void *context, uint32_t *count,
                   runut_error *error)
{
    sqlite3_stmt *s;
    *count = 0;
    int code = runut_select_prepare(self, q, &s, error);
    return code == RUNUT_OK ? runut_select_rows(self, s, read_row, on_row, context, count, error) : code;
}

int runut_store_article_number(runut_store *self, uint32_t number, runut_on_row on_row, void *context,
                               runut_error *error)
{
    runut_select q = {0};
    uint32_t count;
    runut_select_add(&q, "SELECT " ROW_COLUMNS
                         " FROM article a LEFT JOIN event e ON e.number = a.event WHERE a.number = ?");
    runut_select_number(&q, number);
    int code = one_row(self, &q, on_row, context, &count, error);
    return code == RUNUT_OK && count == 0 ? runut_error_set(error, RUNUT_ERR_NOT_FOUND, "no article a%u", number)
                                          : code;
}

/* "12" or "a12". */
static bool article_number(runut_slice name, uint32_t *number)
{
    if (name.size && (name.at[0] == 'a' || name.at[0] == 'A'))
        name = runut_slice_part(name, 1, name.size);
    return name.size < 10 && runut_slice_number(name, number) && *number > 0;
}

/* Which article is meant by an id, the beginning of one, or a file? Its number, 0 = none. */
static int find_number(runut_store *self, runut_slice name, uint32_t *number, runut_error *error)
{
    static const char *const ways[] = {
        "SELECT number FROM article WHERE id = ?1",
        "SELECT number FROM article WHERE file = ?1 LIMIT 2",
        "SELECT number FROM article WHERE length(?1) >= 8 AND id >= ?1 AND id < ?1 || char(1114111) LIMIT 2",
    };
    *number = 0;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && *number == 0; i++) {
        runut_select q = {0};
        sqlite3_stmt *s;
        runut_select_add(&q, ways[i]);
        runut_select_text(&q, name);
        int code = runut_select_prepare(self, &q, &s, error);
        if (code != RUNUT_OK)
            return code;
        if (sqlite3_step(s) == SQLITE_ROW)
            *number = (uint32_t)sqlite3_column_int64(s, 0);
        bool several = *number && sqlite3_step(s) == SQLITE_ROW;
        sqlite3_finalize(s);
        if (several)
            return runut_error_set(error, RUNUT_ERR_USE, "%.*s: several articles fit", (int)name.size, name.at);
    }
    return RUNUT_OK;
}

int runut_store_article(runut_store *self, runut_slice name, runut_on_row on_row, void *context, runut_error *error)
{
    uint32_t number = 0;
    int code = find_number(self, name, &number, error);
    if (code == RUNUT_OK && number == 0)
        article_number(name, &number);
    if (code == RUNUT_OK && number)
        code = runut_store_article_number(self, number, on_row, context, error);
    if (code == RUNUT_OK && number == 0)
        code = RUNUT_ERR_NOT_FOUND;
    if (code == RUNUT_ERR_NOT_FOUND)
        runut_error_set(error, RUNUT_ERR_NOT_FOUND, "no article '%.*s'", (int)name.size, name.at);
    return code;
}

int runut_store_digests(runut_store *self, uint32_t after, runut_on_row on_row, void *context, runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    runut_select_add(
        &q, "SELECT a.number, a.digest, a.event, ifnull(e.story, 0), a.reuse_of FROM article a LEFT JOIN event e"
            " ON e.number = a.event WHERE a.number > ? ORDER BY a.number");
    runut_select_number(&q, after);
    int code = runut_select_prepare(self, &q, &s, error);
    if (code != RUNUT_OK)
        return code;
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_row row = {.number = (uint32_t)sqlite3_column_int64(s, 0),
                         .digest = runut_store_column(s, 1),
                         .event = (uint32_t)sqlite3_column_int64(s, 2),
                         .story = (uint32_t)sqlite3_column_int64(s, 3),
                         .reuse_of = (uint32_t)sqlite3_column_int64(s, 4)};
        if (on_row(context, &row)) {
            sqlite3_finalize(s);
            return RUNUT_ERR_STOPPED; /* the callback has set the error */
        }
    }
    code = step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
    sqlite3_finalize(s);
    return code;
}

static runut_day day_column(sqlite3_stmt *s, int at)
{
    return sqlite3_column_type(s, at) == SQLITE_NULL ? RUNUT_NO_DAY : sqlite3_column_int(s, at);
}

static int each_event(runut_store *self, runut_select *q, runut_on_row_event on_row, void *context, uint32_t *count,
                      runut_error *error)
{
    sqlite3_stmt *s;
    int code = runut_select_prepare(self, q, &s, error), step;
    if (code != RUNUT_OK)
        return code;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_row_event row = {
            .event = {.event = (uint32_t)sqlite3_column_int64(s, 0),
                      .story = (uint32_t)sqlite3_column_int64(s, 1),
                      .day = day_column(s, 2),
                      .year = sqlite3_column_int(s, 3),
                      .month = sqlite3_column_int(s, 4),
                      .title = (uint32_t)sqlite3_column_int64(s, 5),
                      .articles = (uint32_t)sqlite3_column_int64(s, 6)},
            .origins = runut_store_column(s, 7),
            .headline = runut_store_column(s, 8),
            .language = runut_store_column(s, 9),
            .publishers = (uint32_t)sqlite3_column_int64(s, 10),
            .disagreements = (uint32_t)sqlite3_column_int64(s, 11),
        };
        ++*count;
        if (on_row(context, &row)) {
            sqlite3_finalize(s);
            return runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
        }
    }
    code = step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
    sqlite3_finalize(s);
    return code;
}

#define EVENT_COLUMNS                                                                                                  \
    "SELECT e.number, e.story, e.day, e.year, e.month, e.title, e.articles, e.origins, " RUNUT_TITLE(                  \
        "t") ","                                                                                                       \
             " ifnull(t.language, ''), e.publishers, e.disagreements, e.place FROM event e LEFT JOIN article t ON "    \
             "t.number = e.title"

int runut_store_events(runut_store *self, uint32_t story, runut_on_row_event on_row, void *context, runut_error *error)
{
    runut_select q = {0};
    uint32_t count = 0;
    runut_select_add(&q, EVENT_COLUMNS);
    if (story) {
        runut_select_add(&q, " WHERE e.story = ?");
        runut_select_number(&q, story);
    }
    runut_select_add(&q, " ORDER BY CASE WHEN e.year = 0 THEN 9999 ELSE e.year END, e.month, e.day, e.number");
    int code = each_event(self, &q, on_row, context, &count, error);
    if (code == RUNUT_OK && story && count == 0)
        return runut_error_set(error, RUNUT_ERR_NOT_FOUND, "no story s%u", story);
    return code;
}

/* No event of this number; where its reports came to another one, that is said. */
static int no_event(runut_store *self, uint32_t number, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_MOVED_TO, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, number);
    uint32_t now = sqlite3_step(s) == SQLITE_ROW ? (uint32_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    if (now)
        return runut_error_set(error, RUNUT_ERR_NOT_FOUND, "no event e%u any more: its reports came to e%u", number,
                               now);
    return runut_error_set(error, RUNUT_ERR_NOT_FOUND, "no event e%u", number);
}

int runut_store_moves(runut_store *self, uint32_t article, runut_on_row_move on_row, void *context, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_MOVES, error);
    int step = SQLITE_ROW, code = RUNUT_OK;
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    while (code == RUNUT_OK && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_row_move row = {(uint32_t)sqlite3_column_int64(s, 0), (uint32_t)sqlite3_column_int64(s, 1),
                              (uint32_t)sqlite3_column_int64(s, 2)};
        if (on_row(context, &row))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    }
    if (code == RUNUT_OK && step != SQLITE_DONE)
        code = runut_store_fail(self, step, error);
    sqlite3_reset(s);
    return code;
}

int runut_store_event(runut_store *self, uint32_t number, runut_on_row_event on_row, void *context, runut_error *error)
{
    runut_select q = {0};
    uint32_t count = 0;
    runut_select_add(&q, EVENT_COLUMNS " WHERE e.number = ?");
    runut_select_number(&q, number);
    int code = each_event(self, &q, on_row, context, &count, error);
    return code == RUNUT_OK && count == 0 ? no_event(self, number, error) : code;
}

static int each_story(runut_store *self, sqlite3_stmt *s, runut_on_row_story on_row, void *context, uint32_t *count,
                      runut_error *error)
{
    int code = RUNUT_OK, step = SQLITE_ROW;
    while (code == RUNUT_OK && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_row_story row = {.story = (uint32_t)sqlite3_column_int64(s, 0),
                               .events = (uint32_t)sqlite3_column_int64(s, 1),
                               .articles = (uint32_t)sqlite3_column_int64(s, 2),
                               .publishers = (uint32_t)sqlite3_column_int64(s, 3),
                               .origins = (uint32_t)sqlite3_column_int64(s, 4),
                               .disagreements = (uint32_t)sqlite3_column_int64(s, 5),
                               .first = sqlite3_column_int(s, 6),
                               .last = sqlite3_column_int(s, 7),
                               .title = (uint32_t)sqlite3_column_int64(s, 8),
                               .newest = (uint32_t)sqlite3_column_int64(s, 9),
                               .languages = runut_store_column(s, 10),
                               .volume = runut_store_column(s, 11),
                               .headline = runut_store_column(s, 12)};
        ++*count;
        if (on_row(context, &row))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    }
    return code == RUNUT_OK && step != SQLITE_DONE ? runut_store_fail(self, step, error) : code;
}

int runut_store_stories(runut_store *self, const runut_store_filter *filter, runut_on_row_story on_row, void *context,
                        runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    uint32_t count = 0;
    if (filter->words.size && !(q.words = runut_select_words(filter->words)))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_select_add(&q, RUNUT_STORY_SELECT);
    if (runut_select_narrows(filter)) {
        runut_select_add(&q, " WHERE s.number IN (SELECT e.story FROM article a JOIN event e ON e.number = a.event");
        runut_select_add(&q, q.words ? " JOIN article_text ON article_text.rowid = a.number WHERE " : " WHERE ");
        runut_select_conditions(&q, filter);
        runut_select_add(&q, ")");
    }
    runut_select_add(&q, filter->by_origins ? " ORDER BY s.origins DESC, s.last DESC, s.newest DESC, s.number DESC"
                                            : " ORDER BY s.last DESC, s.number DESC");
    runut_select_limit(&q, filter->limit);
    int code = runut_select_prepare(self, &q, &s, error);
    if (code == RUNUT_OK) {
        code = each_story(self, s, on_row, context, &count, error);
        sqlite3_finalize(s);
    }
    free(q.words);
    return code;
}

int runut_store_story(runut_store *self, uint32_t number, runut_on_row_story on_row, void *context, runut_error *error)
{
    uint32_t count = 0;
    sqlite3_stmt *s = runut_store_statement(self, SQL_STORY, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, number);
    int code = each_story(self, s, on_row, context, &count, error);
    sqlite3_reset(s);
    return code == RUNUT_OK && count == 0 ? runut_error_set(error, RUNUT_ERR_NOT_FOUND, "no story s%u", number) : code;
}

int runut_store_count(runut_store *self, runut_store_counts *counts, runut_error *error)
{
    sqlite3_stmt *s;
    runut_select q = {0};
    runut_select_add(&q, "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM event),"
                         " (SELECT count(*) FROM story)");
    int code = runut_select_prepare(self, &q, &s, error);
    if (code != RUNUT_OK)
        return code;
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW)
        *counts = (runut_store_counts){(uint64_t)sqlite3_column_int64(s, 0), (uint64_t)sqlite3_column_int64(s, 1),
                                       (uint64_t)sqlite3_column_int64(s, 2)};
    sqlite3_finalize(s);
    return step == SQLITE_ROW ? RUNUT_OK : runut_store_fail(self, step, error);
}
