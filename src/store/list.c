/* Listings, a page at a time. Each order is that of an index, and a page begins behind a place in it, so that the
 * thousandth page costs what the first one does. What is listed is a number and its place; what is shown of it is read
 * for those of the page alone (show.c). */
#include <stdlib.h>

#include "store/select.h"

typedef struct shape {
    const char *columns, *from, *behind, *order;
    const char *narrowed[2]; /* around the conditions on articles */
    int keys;
} shape;

#define WITH_STORY(of)                                                                                                 \
    {                                                                                                                  \
        of " IN (SELECT e.story FROM article a JOIN event e ON e.number = a.event WHERE ", ")"                         \
    }
#define WITH_EVENT(of)                                                                                                 \
    {                                                                                                                  \
        of " IN (SELECT a.event FROM article a WHERE ", ")"                                                            \
    }

static const shape shapes[] = {
    [RUNUT_STORIES_NEW] = {"s.number, s.last, s.origins, s.newest, s.number", "story s",
                           "(s.last, s.origins, s.newest, s.number) < (?, ?, ?, ?)",
                           "s.last DESC, s.origins DESC, s.newest DESC, s.number DESC", WITH_STORY("s.number"), 4},
    [RUNUT_STORIES_ORIGINS] = {"s.number, s.origins, s.last, s.newest, s.number", "story s",
                               "(s.origins, s.last, s.newest, s.number) < (?, ?, ?, ?)",
                               "s.origins DESC, s.last DESC, s.newest DESC, s.number DESC", WITH_STORY("s.number"), 4},
    [RUNUT_EVENTS_NEW] = {"v.number, v.place, v.number", "event v", "(v.place, v.number) < (?, ?)",
                          "v.place DESC, v.number DESC", WITH_EVENT("v.number"), 2},
    [RUNUT_EVENTS_OLD] = {"v.number, v.place, v.number", "event v", "(v.place, v.number) > (?, ?)", "v.place, v.number",
                          WITH_EVENT("v.number"), 2},
    [RUNUT_ARTICLES_ARRIVAL] = {"a.number, a.number", "article a", "a.number > ?", "a.number", {"", ""}, 1},
    [RUNUT_ARTICLES_NEW] = {"a.number, a.number", "article a", "a.number < ?", "a.number DESC", {"", ""}, 1},
    [RUNUT_FOUND_BEST] = {"a.number",
                          "article_text JOIN article a ON a.number = article_text.rowid",
                          "a.number <= ?",
                          "bm25(article_text, 4.0, 1.0), a.number",
                          {"", ""},
                          2},
    [RUNUT_FOUND_NEW] = {"a.number, ifnull(a.day, -2147483648), a.number",
                         "article_text JOIN article a ON a.number = article_text.rowid",
                         "(ifnull(a.day, -2147483648), a.number) < (?, ?)",
                         "ifnull(a.day, -2147483648) DESC, a.number DESC",
                         {"", ""},
                         2},
};

int runut_store_place_keys(runut_store_order order)
{
    return shapes[order].keys;
}

static void behind(runut_select *q, const shape *as, const runut_place *after)
{
    runut_select_add(q, " AND ");
    runut_select_add(q, as->behind);
    for (int i = 0; i < as->keys; i++)
        runut_select_number(q, after->key[i]);
}

static void narrow(runut_select *q, const shape *as, const runut_store_filter *filter)
{
    if (!runut_select_narrows(filter))
        return;
    runut_select_add(q, " AND ");
    runut_select_add(q, as->narrowed[0]);
    runut_select_conditions(q, filter);
    runut_select_add(q, as->narrowed[1]);
}

static int take(runut_store *self, sqlite3_stmt *s, int keys, uint32_t most, runut_listed *out, uint32_t *count,
                runut_error *error)
{
    int step = SQLITE_ROW;
    while (*count < most && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_listed *one = &out[(*count)++];
        *one = (runut_listed){.number = (uint32_t)sqlite3_column_int64(s, 0)};
        for (int i = 0; i < keys; i++)
            one->place.key[i] = sqlite3_column_int64(s, i + 1);
    }
    return step == SQLITE_ROW || step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
}

/* `also`: one condition more. */
static int run(runut_store *self, const shape *as, const runut_store_filter *filter, const char *also,
               const runut_place *after, uint32_t most, runut_listed *out, uint32_t *count, runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    if (filter->words.size && !(q.words = runut_select_words(filter->words)))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    q.apart = as != &shapes[RUNUT_FOUND_NEW];
    runut_select_add(&q, "SELECT ");
    runut_select_add(&q, as->columns);
    runut_select_add(&q, " FROM ");
    runut_select_add(&q, as->from);
    runut_select_add(&q, " WHERE ");
    runut_select_add(&q, also);
    narrow(&q, as, filter);
    if (after)
        behind(&q, as, after);
    runut_select_add(&q, " ORDER BY ");
    runut_select_add(&q, as->order);
    runut_select_limit(&q, most);
    int code = runut_select_prepare(self, &q, &s, error);
    if (code == RUNUT_OK) {
        code = take(self, s, as->keys, most, out, count, error);
        sqlite3_finalize(s);
    }
    free(q.words);
    return code;
}

/* Those with a day, then those without. */
static int list_old(runut_store *self, const runut_store_filter *filter, const runut_place *after, uint32_t most,
                    runut_listed *out, uint32_t *count, runut_error *error)
{
    const shape *as = &shapes[RUNUT_EVENTS_OLD];
    bool undated = after && after->key[0] == RUNUT_NO_DAY;
    int code = RUNUT_OK;
    if (!undated)
        code = run(self, as, filter, "v.place > -2147483648", after, most, out, count, error);
    if (code == RUNUT_OK && *count < most)
        code = run(self, as, filter, "v.place = -2147483648", undated ? after : NULL, most, out, count, error);
    return code;
}

/* The best matches are sorted anew for each page: a place is a count, of the articles that were there for the first
 * page. */
static int list_best(runut_store *self, const runut_store_filter *filter, const runut_place *after, uint32_t most,
                     runut_listed *out, uint32_t *count, runut_error *error)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    int64_t newest = after ? after->key[0] : UINT32_MAX, skip = after ? after->key[1] : 0;
    if (!(q.words = runut_select_words(filter->words)))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_select_add(&q, "SELECT a.number, min(?, (SELECT max(number) FROM article)) FROM article_text JOIN article a"
                         " ON a.number = article_text.rowid WHERE ");
    runut_select_number(&q, newest);
    runut_select_conditions(&q, filter);
    runut_select_add(&q, " AND a.number <= ? ORDER BY bm25(article_text, 4.0, 1.0), a.number LIMIT ? OFFSET ?");
    runut_select_number(&q, newest);
    runut_select_number(&q, most);
    runut_select_number(&q, skip);
    int code = runut_select_prepare(self, &q, &s, error);
    if (code == RUNUT_OK) {
        code = take(self, s, 1, most, out, count, error);
        sqlite3_finalize(s);
    }
    for (uint32_t i = 0; i < *count; i++)
        out[i].place.key[1] = skip + i + 1;
    free(q.words);
    return code;
}

int runut_store_list(runut_store *self, runut_store_order order, const runut_store_filter *filter,
                     const runut_place *after, uint32_t most, runut_listed *out, uint32_t *count, runut_error *error)
{
    *count = 0;
    if (order == RUNUT_EVENTS_OLD)
        return list_old(self, filter, after, most, out, count, error);
    if (order == RUNUT_FOUND_BEST)
        return list_best(self, filter, after, most, out, count, error);
    return run(self, &shapes[order], filter, "1", after, most, out, count, error);
}
