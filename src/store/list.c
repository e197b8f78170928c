/* Listings, a page at a time. Each order is that of an index, and a page begins behind a place in it, so that the
 * thousandth page costs what the first one does. What is listed is a number and its place; what is shown of it is read
 * for those of the page alone (show.c).
 *
 * A filter asks something of articles: the set of those that pass is found first (set.c). Where they are few, what they
 * belong to is sorted; where they are many, the listing is walked in its order and each thing on the way is asked
 * whether it has one of them, for soon the page is full. Days that shut out most of what is on the way are asked of the
 * index itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "store/set.h"

enum { FEW = 2000, MOST_JSON = FEW * 11 + 2, MOST_WEIGHED = 8000, TINY = 200 };

typedef struct shape {
    const char *columns, *from, *behind, *order;
    const char *few, *many; /* where one of the articles of a JSON array, of the set, has to do with it; many is open */
    const char *days;       /* what has the days of its reports */
    int keys;
} shape;

#define LISTED "json_each(?) l JOIN article a ON a.number = l.value"
#define REPORTS "article a INDEXED BY article_event"
#define STORY_FEW "s.number IN (SELECT e.story FROM " LISTED " JOIN event e ON e.number = a.event WHERE 1"
#define STORY_MANY                                                                                                     \
    "EXISTS (SELECT 1 FROM event e CROSS JOIN " REPORTS " ON a.event = e.number WHERE e.story = s.number"              \
    " AND passes(a.number)"
#define EVENT_FEW "v.number IN (SELECT a.event FROM " LISTED " WHERE 1"
#define EVENT_MANY "EXISTS (SELECT 1 FROM " REPORTS " WHERE a.event = v.number AND passes(a.number)"
#define ARTICLE_FEW "(a.number IN (SELECT value FROM json_each(?))"
#define ARTICLE_MANY "(passes(a.number)"

static const shape shapes[] = {
    [RUNUT_STORIES_NEW] = {"s.number, s.last, s.origins, s.newest, s.number", "story s",
                           "(s.last, s.origins, s.newest, s.number) < (?, ?, ?, ?)",
                           "s.last DESC, s.origins DESC, s.newest DESC, s.number DESC", STORY_FEW, STORY_MANY, "s", 4},
    [RUNUT_STORIES_ORIGINS] = {"s.number, s.origins, s.last, s.newest, s.number", "story s",
                               "(s.origins, s.last, s.newest, s.number) < (?, ?, ?, ?)",
                               "s.origins DESC, s.last DESC, s.newest DESC, s.number DESC", STORY_FEW, STORY_MANY, "s",
                               4},
    [RUNUT_EVENTS_NEW] = {"v.number, v.place, v.number", "event v", "(v.place, v.number) < (?, ?)",
                          "v.place DESC, v.number DESC", EVENT_FEW, EVENT_MANY, "v", 2},
    [RUNUT_EVENTS_OLD] = {"v.number, v.place, v.number", "event v", "(v.place, v.number) > (?, ?)", "v.place, v.number",
                          EVENT_FEW, EVENT_MANY, "v", 2},
    [RUNUT_ARTICLES_ARRIVAL] = {"a.number, a.number", "article a", "a.number > ?", "a.number", ARTICLE_FEW,
                                ARTICLE_MANY, NULL, 1},
    [RUNUT_ARTICLES_NEW] = {"a.number, a.number", "article a", "a.number < ?", "a.number DESC", ARTICLE_FEW,
                            ARTICLE_MANY, NULL, 1},
    [RUNUT_FOUND_BEST] = {.keys = 2}, /* list_best */
    [RUNUT_FOUND_NEW] = {"a.number, ifnull(a.day, -2147483648), a.number", "article a", "(a.day, a.number) < (?, ?)",
                         "a.day DESC, a.number DESC", ARTICLE_FEW, ARTICLE_MANY, NULL, 2},
};

/* One question in hand. */
typedef struct asking {
    runut_store *store;
    const shape *as;
    const runut_store_filter *filter;
    bool narrows, few;
    char numbers[MOST_JSON]; /* where few: those that pass, a JSON array */
    runut_listed *out;
    uint32_t most, *count;
    runut_error *error;
} asking;

int runut_store_place_keys(runut_store_order order)
{
    return shapes[order].keys;
}

static void list_few(asking *self)
{
    const runut_set *set = &self->store->set;
    size_t size = 0;
    self->few = set->count < FEW;
    if (!self->few)
        return;
    self->numbers[size++] = '[';
    for (uint32_t number = 0; (number = runut_set_next(set, number));)
        size += (size_t)snprintf(self->numbers + size, sizeof self->numbers - size, size > 1 ? ",%u" : "%u", number);
    memcpy(self->numbers + size, "]", 2);
}

/* Names that are asked of each article. */
static void add_common(const asking *self, runut_select *q)
{
    const runut_store_filter *f = self->filter;
    const runut_slice texts[] = {
        [RUNUT_PERSON] = f->person, [RUNUT_ORGANIZATION] = f->organization, [RUNUT_PLACE] = f->place};
    for (int kind = RUNUT_PERSON; kind <= RUNUT_PLACE; kind++)
        if (self->store->set.common[kind])
            runut_select_common(q, kind, texts[kind]);
}

static void behind(runut_select *q, const shape *as, const runut_place *after)
{
    runut_select_add(q, " AND ");
    runut_select_add(q, as->behind);
    for (int i = 0; i < as->keys; i++)
        runut_select_number(q, after->key[i]);
}

/* Its reports are of these days, or there is none that could be. */
static void among_days(runut_select *q, const char *of, const char *column, const char *sign, runut_day day)
{
    const char *const parts[] = {" AND ", of, column, sign};
    if (day == RUNUT_NO_DAY)
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        runut_select_add(q, parts[i]);
    runut_select_number(q, day);
}

static void narrow(const asking *self, runut_select *q)
{
    if (!self->narrows)
        return;
    runut_select_add(q, " AND ");
    runut_select_add(q, self->few ? self->as->few : self->as->many);
    if (self->few)
        runut_select_text(q, runut_slice_of(self->numbers));
    add_common(self, q);
    runut_select_add(q, ")");
    if (self->few || !self->as->days)
        return;
    among_days(q, self->as->days, ".latest", " >= ?", self->filter->since);
    among_days(q, self->as->days, ".earliest", " <= ?", self->filter->until);
}

static int take(const asking *self, sqlite3_stmt *s, int keys)
{
    int step = SQLITE_ROW;
    while (*self->count < self->most && (step = sqlite3_step(s)) == SQLITE_ROW) {
        runut_listed *one = &self->out[(*self->count)++];
        *one = (runut_listed){.number = (uint32_t)sqlite3_column_int64(s, 0)};
        for (int i = 0; i < keys; i++)
            one->place.key[i] = sqlite3_column_int64(s, i + 1);
    }
    return step == SQLITE_ROW || step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self->store, step, self->error);
}

/* `also`: one condition more. */
static int run(const asking *self, const char *also, const runut_place *after)
{
    const shape *as = self->as;
    runut_select q = {0};
    sqlite3_stmt *s;
    const char *const parts[] = {"SELECT ", as->columns, " FROM ", as->from, " WHERE ", also};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        runut_select_add(&q, parts[i]);
    narrow(self, &q);
    if (after)
        behind(&q, as, after);
    runut_select_add(&q, " ORDER BY ");
    runut_select_add(&q, as->order);
    runut_select_limit(&q, self->most - *self->count);
    int code = runut_select_prepare(self->store, &q, &s, self->error);
    if (code == RUNUT_OK) {
        code = take(self, s, as->keys);
        sqlite3_finalize(s);
    }
    return code;
}

/* Those with a day, then those without: `dated` and `undated` are the conditions. */
static int in_two(const asking *self, const char *dated, const char *undated, const runut_place *after)
{
    bool second = after && after->key[0] == RUNUT_NO_DAY;
    int code = RUNUT_OK;
    if (!second)
        code = run(self, dated, after);
    if (code != RUNUT_OK || *self->count == self->most)
        return code;
    /* of one place, the numbers alone tell what is behind */
    asking rest = *self;
    shape as = *self->as;
    as.behind = strchr(as.behind, '<') ? "? = -2147483648 AND +number < ?" : "? = -2147483648 AND +number > ?";
    as.order = strchr(self->as->behind, '<') ? "number DESC" : "number";
    rest.as = &as;
    return run(&rest, undated, second ? after : NULL);
}

/* Articles in order of arrival: the set has that order. */
static int from_set(const asking *self, bool ascending, const runut_place *after)
{
    const runut_set *set = &self->store->set;
    uint32_t number = after ? (uint32_t)after->key[0] : ascending ? 0 : UINT32_MAX;
    if (after && (after->key[0] < 0 || after->key[0] > UINT32_MAX))
        return RUNUT_OK;
    while (*self->count < self->most) {
        number = ascending ? runut_set_next(set, number) : runut_set_before(set, number);
        if (number == 0)
            break;
        self->out[(*self->count)++] = (runut_listed){number, {{number}}};
    }
    return RUNUT_OK;
}

/* ---- the best matches ---- */

/* The least number that is still weighed: of a great many matches only the newest ones are. */
static uint32_t weighed_from(const runut_set *set, uint32_t newest)
{
    uint32_t number = newest + 1;
    for (int i = 0; i < MOST_WEIGHED; i++) {
        uint32_t before = runut_set_before(set, number);
        if (before == 0)
            return 0;
        number = before;
    }
    return number;
}

static int list_weighed(const asking *self, uint32_t from, uint32_t newest, int64_t skip)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    char *words = runut_select_words(self->filter->words);
    if (!words)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    runut_select_add(&q, "SELECT t.rowid FROM article_text t WHERE t.article_text MATCH ? AND t.rowid BETWEEN ? AND ? "
                         "AND passes(t.rowid)");
    runut_select_text(&q, runut_slice_of(words));
    runut_select_number(&q, from);
    runut_select_number(&q, newest);
    if (self->store->set.count < TINY) {
        runut_select_add(&q, " AND t.rowid IN (SELECT value FROM json_each(?))");
        runut_select_text(&q, runut_slice_of(self->numbers));
    }
    runut_select_add(&q, " ORDER BY bm25(article_text, 4.0, 1.0), t.rowid LIMIT ? OFFSET ?");
    runut_select_number(&q, self->most);
    runut_select_number(&q, skip);
    int code = runut_select_prepare(self->store, &q, &s, self->error);
    if (code == RUNUT_OK) {
        code = take(self, s, 0);
        sqlite3_finalize(s);
    }
    free(words);
    return code;
}

/* A place is a count, of the articles that were there for the first page: what is added changes what words weigh. Of a
 * great many matches the newest are weighed, the others follow in their order. */
static int list_best(const asking *self, const runut_place *after)
{
    const runut_set *set = &self->store->set;
    int64_t skip = after && after->key[1] > 0 ? after->key[1] : 0;
    bool known = after && after->key[0] >= 0 && after->key[0] < set->newest;
    uint32_t newest = known ? (uint32_t)after->key[0] : set->newest;
    uint32_t from = weighed_from(set, newest);
    int code = set->count && (skip < MOST_WEIGHED || from == 0) ? list_weighed(self, from, newest, skip) : RUNUT_OK;
    int64_t left = skip - MOST_WEIGHED;
    for (uint32_t number = from; number && code == RUNUT_OK && *self->count < self->most;) {
        number = runut_set_before(set, number);
        if (number && left-- <= 0)
            self->out[(*self->count)++] = (runut_listed){.number = number};
    }
    for (uint32_t i = 0; i < *self->count; i++)
        self->out[i].place = (runut_place){{newest, skip + i + 1}};
    return code;
}

/* ---- the whole ---- */

/* ---- in order of time ---- */

/* `phase`: 0 = dated, 1 = undated ones of their own, 2 = undated ones that were taken from others. */
static int by_time(const asking *self, int phase, const runut_place *from)
{
    static const char *const conditions[] = {"(a.day, a.reuse_of <> 0, a.number) >= (?, ?, ?) AND a.day >= ?",
                                             "a.day IS NULL AND a.reuse_of = 0 AND a.number >= ?",
                                             "a.day IS NULL AND a.reuse_of <> 0 AND a.number >= ?"};
    runut_select q = {0};
    sqlite3_stmt *s;
    runut_select_add(&q, "SELECT a.number, ifnull(a.day, 2147483647), a.reuse_of <> 0, a.number"
                         " FROM article a INDEXED BY article_day WHERE ");
    runut_select_add(&q, conditions[phase]);
    for (int i = phase ? 2 : 0; i < 3; i++)
        runut_select_number(&q, from->key[i]);
    if (!phase)
        runut_select_number(&q, from->key[0]);
    if (self->narrows)
        runut_select_add(&q, " AND passes(a.number)");
    runut_select_add(&q, phase ? " ORDER BY a.number" : " ORDER BY a.day, a.reuse_of <> 0, a.number");
    runut_select_limit(&q, self->most - *self->count);
    int code = runut_select_prepare(self->store, &q, &s, self->error);
    if (code == RUNUT_OK) {
        code = take(self, s, 3);
        sqlite3_finalize(s);
    }
    return code;
}

int runut_store_by_time(runut_store *self, const runut_store_filter *filter, const runut_place *from, uint32_t most,
                        runut_listed *out, uint32_t *count, runut_error *error)
{
    static const runut_place beginning = {{INT32_MIN, 0, 0}};
    asking *a = malloc(sizeof *a);
    *count = 0;
    if (!a)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    *a = (asking){.store = self,
                  .narrows =
                      runut_select_narrows(filter) || filter->numbers.size || filter->by.size || filter->about.size,
                  .out = out,
                  .most = most,
                  .count = count,
                  .error = error};
    from = from ? from : &beginning;
    int phase = from->key[0] < INT32_MAX ? 0 : from->key[1] ? 2 : 1;
    int code = runut_set_find(self, filter, true, error); /* also where nothing is asked: see records_listed */
    for (; phase < 3 && code == RUNUT_OK && *count < most; phase++) {
        code = by_time(a, phase, from);
        from = &beginning;
    }
    free(a);
    return code;
}

static int list(asking *self, runut_store_order order, const runut_place *after)
{
    const runut_set *set = &self->store->set;
    bool best = order == RUNUT_FOUND_BEST;
    int code = self->narrows ? runut_set_find(self->store, self->filter, best, self->error) : RUNUT_OK;
    if (code != RUNUT_OK)
        return code;
    if (self->narrows)
        list_few(self);
    bool arrival = order == RUNUT_ARTICLES_ARRIVAL || order == RUNUT_ARTICLES_NEW;
    if (arrival && self->narrows && !runut_set_each(set))
        return from_set(self, order == RUNUT_ARTICLES_ARRIVAL, after);
    if (order == RUNUT_EVENTS_OLD)
        return in_two(self, "v.place > -2147483648", "v.place = -2147483648", after);
    if (order == RUNUT_FOUND_NEW)
        return in_two(self, "a.day IS NOT NULL", "a.day IS NULL", after);
    return best ? list_best(self, after) : run(self, "1", after);
}

int runut_store_list(runut_store *self, runut_store_order order, const runut_store_filter *filter,
                     const runut_place *after, uint32_t most, runut_listed *out, uint32_t *count, runut_error *error)
{
    asking *a = malloc(sizeof *a);
    *count = 0;
    if (!a)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    *a = (asking){.store = self,
                  .as = &shapes[order],
                  .filter = filter,
                  .narrows = runut_select_narrows(filter),
                  .out = out,
                  .most = most,
                  .count = count,
                  .error = error};
    int code = list(a, order, after);
    free(a);
    return code;
}
