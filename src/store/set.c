/* Which articles pass a filter: a set of bits, made of one index scan for each condition and kept until the store or
 * the question changes, so that the pages behind the first one cost less still. In SQL it is passes(number). */
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "store/said.h"
#include "store/set.h"

enum { COMMON = 50000 };

static bool has(const runut_set *set, uint32_t number)
{
    return number < set->room && (set->bits[number >> 3] >> (number & 7) & 1);
}

static void passes(sqlite3_context *context, int count, sqlite3_value **values)
{
    const runut_store *self = sqlite3_user_data(context);
    (void)count;
    sqlite3_result_int(context, has(&self->set, (uint32_t)sqlite3_value_int64(values[0])));
}

int runut_set_register(runut_store *self)
{
    return sqlite3_create_function_v2(self->db, "passes", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, self, passes, NULL, NULL,
                                      NULL);
}

void runut_set_free(runut_set *self)
{
    free(self->bits);
    free(self->next);
}

/* ---- making it ---- */

/* What one question is made of. */
typedef struct making {
    runut_store *store;
    runut_set *set;
    bool first; /* no condition has been asked yet */
    bool all;   /* frequent names too */
    runut_error *error;
} making;

/* Room for articles up to the newest one. */
static int make_room(making *self)
{
    runut_store *store = self->store;
    sqlite3_stmt *s;
    int code = sqlite3_prepare_v2(store->db, "SELECT ifnull(max(number), 0) FROM article", -1, &s, NULL);
    if (code != SQLITE_OK)
        return runut_store_fail(store, code, self->error);
    int step = sqlite3_step(s);
    size_t newest = step == SQLITE_ROW ? (size_t)sqlite3_column_int64(s, 0) : 0, size = newest / 8 + 1;
    sqlite3_finalize(s);
    if (step != SQLITE_ROW)
        return runut_store_fail(store, step, self->error);
    free(self->set->bits);
    free(self->set->next);
    *self->set =
        (runut_set){.bits = calloc(size, 1), .next = calloc(size, 1), .room = 8 * size, .newest = (uint32_t)newest};
    return self->set->bits && self->set->next ? RUNUT_OK
                                              : runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
}

/* Leaves in the set those that the query gives too. */
static int intersect(making *self, runut_select *q)
{
    runut_set *set = self->set;
    sqlite3_stmt *s;
    int step = SQLITE_DONE, code = runut_select_prepare(self->store, q, &s, self->error);
    if (code != RUNUT_OK)
        return code;
    memset(set->next, 0, set->room / 8);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        uint64_t number = (uint64_t)sqlite3_column_int64(s, 0);
        if (number < set->room)
            set->next[number >> 3] |= (uint8_t)(1u << (number & 7));
    }
    sqlite3_finalize(s);
    if (step != SQLITE_DONE)
        return runut_store_fail(self->store, step, self->error);
    for (size_t i = 0; i < set->room / 8; i++)
        set->bits[i] = self->first ? set->next[i] : set->bits[i] & set->next[i];
    self->first = false;
    return RUNUT_OK;
}

static int by_text(making *self, const char *sql, runut_slice text)
{
    runut_select q = {0};
    if (text.size == 0)
        return RUNUT_OK;
    runut_select_add(&q, sql);
    runut_select_text(&q, text);
    return intersect(self, &q);
}

static int by_number(making *self, const char *sql, uint32_t number)
{
    runut_select q = {0};
    if (number == 0)
        return RUNUT_OK;
    runut_select_add(&q, sql);
    runut_select_number(&q, number);
    return intersect(self, &q);
}

static int by_days(making *self, runut_day since, runut_day until)
{
    runut_select q = {0};
    if (since == RUNUT_NO_DAY && until == RUNUT_NO_DAY)
        return RUNUT_OK;
    runut_select_add(&q, "SELECT number FROM article WHERE day BETWEEN ? AND ?");
    runut_select_number(&q, since == RUNUT_NO_DAY ? INT32_MIN : since);
    runut_select_number(&q, until == RUNUT_NO_DAY ? INT32_MAX : until);
    return intersect(self, &q);
}

/* `expression` is freed; NULL where memory is out. */
static int by_expression(making *self, const char *sql, char *expression)
{
    if (!expression)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    int code = *expression ? by_text(self, sql, runut_slice_of(expression))
                           : runut_error_set(self->error, RUNUT_ERR_USE, "nothing to search for");
    free(expression);
    return code;
}

static int by_words(making *self, runut_slice words)
{
    static const char sql[] = "SELECT rowid FROM article_text WHERE article_text MATCH ?";
    return words.size ? by_expression(self, sql, runut_select_words(words)) : RUNUT_OK;
}

static int by_said(making *self, runut_slice by, runut_slice about)
{
    int code = RUNUT_OK;
    if (by.size)
        code = by_expression(self, "SELECT rowid FROM said_mark WHERE said_mark MATCH ?", runut_said_by(by));
    if (code == RUNUT_OK && about.size)
        code = by_expression(self, "SELECT rowid FROM said WHERE said MATCH ?", runut_select_words(about));
    return code;
}

#define NAMED "FROM value v WHERE v.kind = ? AND (v.key = ? OR instr(v.folded, fold(?)))"

/* Is the name, or part of one, so frequent that its articles are not worth listing? "a", say. */
static int weigh_name(making *self, int kind, runut_slice text)
{
    runut_select q = {0};
    sqlite3_stmt *s;
    runut_select_add(&q, "SELECT sum(v.articles) " NAMED);
    runut_select_number(&q, kind);
    runut_select_text(&q, text);
    runut_select_text(&q, text);
    int code = runut_select_prepare(self->store, &q, &s, self->error);
    if (code != RUNUT_OK)
        return code;
    int step = sqlite3_step(s);
    self->set->common[kind] = step == SQLITE_ROW && sqlite3_column_int64(s, 0) > COMMON;
    sqlite3_finalize(s);
    return step == SQLITE_ROW ? RUNUT_OK : runut_store_fail(self->store, step, self->error);
}

static int by_name(making *self, int kind, runut_slice text)
{
    runut_select q = {0};
    if (text.size == 0)
        return RUNUT_OK;
    int code = self->all ? RUNUT_OK : weigh_name(self, kind, text);
    if (code != RUNUT_OK || self->set->common[kind])
        return code;
    runut_select_add(&q, "SELECT n.article FROM (SELECT v.key, v.kind, v.text " NAMED ") v CROSS JOIN name n"
                         " ON n.key = v.key AND n.kind = v.kind WHERE n.text = v.text");
    runut_select_number(&q, kind);
    runut_select_text(&q, text);
    runut_select_text(&q, text);
    return intersect(self, &q);
}

static int make(making *self, const runut_store_filter *f)
{
    int code = make_room(self);
    if (code == RUNUT_OK)
        code = by_text(self, "SELECT value FROM json_each(?)", f->numbers);
    if (code == RUNUT_OK)
        code = by_number(self, "SELECT number FROM article WHERE event = ?", f->event);
    if (code == RUNUT_OK)
        code = by_number(self, "SELECT a.number FROM event e JOIN article a ON a.event = e.number WHERE e.story = ?",
                         f->story);
    if (code == RUNUT_OK)
        code = by_text(self, "SELECT number FROM article WHERE publisher = ? COLLATE NOCASE", f->publisher);
    if (code == RUNUT_OK)
        code = by_text(self, "SELECT number FROM article WHERE language = ? COLLATE NOCASE", f->language);
    if (code == RUNUT_OK)
        code = by_days(self, f->since, f->until);
    if (code == RUNUT_OK)
        code = by_words(self, f->words);
    if (code == RUNUT_OK)
        code = by_said(self, f->by, f->about);
    if (code == RUNUT_OK)
        code = by_name(self, RUNUT_PERSON, f->person);
    if (code == RUNUT_OK)
        code = by_name(self, RUNUT_ORGANIZATION, f->organization);
    if (code == RUNUT_OK)
        code = by_name(self, RUNUT_PLACE, f->place);
    if (code == RUNUT_OK && self->first) /* nothing but names that are asked of each article */
        memset(self->set->bits, 0xff, self->set->room / 8);
    return code;
}

/* ---- asking for it ---- */

static uint64_t key_of(const runut_store_filter *f, int64_t generation)
{
    const runut_slice texts[] = {f->words,        f->publisher, f->language, f->person, f->place,
                                 f->organization, f->numbers,   f->by,       f->about};
    uint64_t parts[9 + 5] = {(uint64_t)generation, (uint64_t)f->since, (uint64_t)f->until, f->event, f->story};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        parts[5 + i] = runut_slice_hash(texts[i]);
    return runut_slice_hash((runut_slice){(const char *)parts, sizeof parts});
}

static uint32_t count(const runut_set *set)
{
    uint32_t out = 0;
    for (size_t i = 0; i < set->room / 8; i++)
        out += (uint32_t)__builtin_popcount(set->bits[i]);
    return out;
}

int runut_set_find(runut_store *self, const runut_store_filter *filter, bool all, runut_error *error)
{
    int64_t generation = 0;
    int code = runut_store_generation(self, &generation, error);
    if (code != RUNUT_OK)
        return code;
    uint64_t key = key_of(filter, generation) ^ all;
    if (self->set.whole && self->set.key == key)
        return RUNUT_OK;
    making m = {.store = self, .set = &self->set, .first = true, .all = all, .error = error};
    self->set.whole = false;
    code = make(&m, filter);
    if (code != RUNUT_OK)
        return code;
    self->set.key = key;
    self->set.count = count(&self->set);
    self->set.whole = true;
    return RUNUT_OK;
}

bool runut_set_each(const runut_set *self)
{
    return self->common[RUNUT_PERSON] || self->common[RUNUT_ORGANIZATION] || self->common[RUNUT_PLACE];
}

uint32_t runut_set_next(const runut_set *self, uint32_t after)
{
    for (size_t i = (size_t)after + 1; i < self->room; i++) {
        if (self->bits[i >> 3] == 0)
            i |= 7;
        else if (has(self, (uint32_t)i))
            return (uint32_t)i;
    }
    return 0;
}

uint32_t runut_set_before(const runut_set *self, uint32_t before)
{
    for (size_t i = before < self->room ? before : self->room; i-- > 1;) {
        if (self->bits[i >> 3] == 0)
            i &= ~(size_t)7;
        else if (has(self, (uint32_t)i))
            return (uint32_t)i;
    }
    return 0;
}
