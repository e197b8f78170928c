/* Sums: what listings show of an event and a story (counts, days, languages, …) stands in its row and is made anew
 * before each commit for those that the transaction touched. A listing then reads rows in the order of an index,
 * however large the store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

enum { MOST_BUCKETS = 40 };

/* ---- what was touched ---- */

static int put(runut_store_numbers *numbers, uint32_t number, runut_error *error)
{
    if (numbers->size && numbers->at[numbers->size - 1] == number)
        return RUNUT_OK;
    if (numbers->size == numbers->room) {
        size_t room = numbers->room ? 2 * numbers->room : 256;
        uint32_t *at = realloc(numbers->at, room * sizeof *at);
        if (!at)
            return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
        numbers->at = at;
        numbers->room = room;
    }
    numbers->at[numbers->size++] = number;
    return RUNUT_OK;
}

int runut_store_touch_event(runut_store *self, uint32_t event, runut_error *error)
{
    return event ? put(&self->events, event, error) : RUNUT_OK;
}

int runut_store_touch_story(runut_store *self, uint32_t story, runut_error *error)
{
    return story ? put(&self->stories, story, error) : RUNUT_OK;
}

void runut_store_untouch(runut_store *self)
{
    self->events.size = self->stories.size = 0;
    self->arrived = false;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Each once, in order. */
static void tidy(runut_store_numbers *numbers)
{
    size_t size = 0;
    if (numbers->size)
        qsort(numbers->at, numbers->size, sizeof *numbers->at, by_number);
    for (size_t i = 0; i < numbers->size; i++)
        if (i == 0 || numbers->at[i] != numbers->at[i - 1])
            numbers->at[size++] = numbers->at[i];
    numbers->size = size;
}

/* ---- events ---- */

/* The day by which it is listed: the last one that it may have happened on. */
static runut_day place_of(sqlite3_stmt *s)
{
    int year = sqlite3_column_int(s, 2), month = sqlite3_column_int(s, 3);
    if (sqlite3_column_type(s, 1) != SQLITE_NULL)
        return sqlite3_column_int(s, 1);
    if (year <= 0)
        return RUNUT_NO_DAY;
    return month > 0 ? runut_day_of(year, month, runut_month_days(year, month)) : runut_day_of(year, 12, 31);
}

static int sum_event(runut_store *self, uint32_t event, runut_error *error)
{
    sqlite3_stmt *of = runut_store_statement(self, SQL_EVENT_STORY, error);
    if (!of)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(of, 1, event);
    int step = sqlite3_step(of);
    uint32_t story = step == SQLITE_ROW ? (uint32_t)sqlite3_column_int64(of, 0) : 0;
    runut_day place = step == SQLITE_ROW ? place_of(of) : RUNUT_NO_DAY;
    sqlite3_reset(of);
    if (step != SQLITE_ROW)
        return step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
    sqlite3_stmt *s = runut_store_statement(self, SQL_EVENT_SUM, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, event);
    sqlite3_bind_int(s, 2, place);
    int code = runut_store_step(self, s, error);
    return code == RUNUT_OK ? runut_store_touch_story(self, story, error) : code;
}

/* ---- stories ---- */

/* Runs the query `which` for one story and leaves it at its first row; NULL with *code set where there is none. */
static sqlite3_stmt *ask(runut_store *self, int which, uint32_t story, int *code, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, which, error);
    *code = RUNUT_ERR_STORE;
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, story);
    int step = sqlite3_step(s);
    *code = step == SQLITE_ROW || step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
    if (step == SQLITE_ROW)
        return s;
    sqlite3_reset(s);
    return NULL;
}

typedef struct volume {
    char text[MOST_BUCKETS * 12 + 64];
    size_t size;
    int64_t counts[MOST_BUCKETS];
    int used;
} volume;

typedef struct sums {
    int64_t values[9];          /* as SQL_STORY_PUT takes them, from 2 on */
    runut_day earliest, latest; /* of its reports */
    int64_t dated;              /* reports that have one */
    volume volume;
} sums;

enum { FIRST, LAST, EVENTS, ARTICLES, PUBLISHERS, ORIGINS, DISAGREEMENTS, TITLE, NEWEST };

static int64_t day_or_none(sqlite3_stmt *s, int at)
{
    return sqlite3_column_type(s, at) == SQLITE_NULL ? RUNUT_NO_DAY : sqlite3_column_int64(s, at);
}

/* From its events; *found = false: it has none any more. */
static int sum_of_events(runut_store *self, uint32_t story, sums *out, bool *found, runut_error *error)
{
    int code;
    sqlite3_stmt *s = ask(self, SQL_STORY_EVENTS, story, &code, error);
    *found = s && sqlite3_column_int64(s, 2) > 0;
    if (s) {
        out->values[FIRST] = day_or_none(s, 0);
        out->values[LAST] = day_or_none(s, 1);
        out->values[EVENTS] = sqlite3_column_int64(s, 2);
        out->values[ARTICLES] = sqlite3_column_int64(s, 3);
        out->values[DISAGREEMENTS] = sqlite3_column_int64(s, 4);
        out->values[TITLE] = sqlite3_column_int64(s, 5);
        out->values[ORIGINS] = sqlite3_column_int64(s, 6);
        sqlite3_reset(s);
    }
    static const struct {
        int which, field;
    } more[] = {{SQL_STORY_TITLE, TITLE}, {SQL_STORY_ORIGINS, ORIGINS}};
    bool several = *found && out->values[EVENTS] > 1; /* most stories are one event */
    for (size_t i = 0; i < 2 && several && code == RUNUT_OK; i++)
        if ((s = ask(self, more[i].which, story, &code, error))) {
            out->values[more[i].field] = sqlite3_column_int64(s, 0);
            sqlite3_reset(s);
        }
    return code;
}

/* How many reports there are of every so many days; the days come in order. */
static int count_days(runut_store *self, uint32_t story, const sums *of, int64_t step_days, volume *out,
                      runut_error *error)
{
    int code, step = SQLITE_ROW;
    sqlite3_stmt *s = ask(self, SQL_STORY_DAYS, story, &code, error);
    for (; s && step == SQLITE_ROW; step = sqlite3_step(s)) {
        int64_t at = ((int64_t)sqlite3_column_int(s, 0) - of->earliest) / step_days;
        if (at < 0 || at >= MOST_BUCKETS)
            continue;
        out->counts[at] += sqlite3_column_int64(s, 1);
        out->used = (int)at + 1;
    }
    if (s)
        sqlite3_reset(s);
    return code == RUNUT_OK && s && step != SQLITE_DONE ? runut_store_fail(self, step, error) : code;
}

/* {"from": DAY, "step": DAYS, "counts": [...]}; empty where no report has a day. */
static int read_volume(runut_store *self, uint32_t story, sums *of, runut_error *error)
{
    volume *out = &of->volume;
    char from[11];
    *out = (volume){.counts = {of->dated}, .used = 1}; /* of one day */
    if (of->earliest == RUNUT_NO_DAY)
        return RUNUT_OK;
    int64_t days = ((int64_t)of->latest - of->earliest + MOST_BUCKETS) / MOST_BUCKETS;
    if (of->latest > of->earliest) {
        out->counts[0] = 0;
        int code = count_days(self, story, of, days, out, error);
        if (code != RUNUT_OK)
            return code;
    }
    runut_day_print(of->earliest, from);
    out->size = (size_t)snprintf(out->text, sizeof out->text, "{\"from\":\"%s\",\"step\":%lld,\"counts\":[", from,
                                 (long long)days);
    for (int i = 0; i < out->used; i++)
        out->size += (size_t)snprintf(out->text + out->size, sizeof out->text - out->size, i ? ",%lld" : "%lld",
                                      (long long)out->counts[i]);
    out->size += (size_t)snprintf(out->text + out->size, sizeof out->text - out->size, "]}");
    return RUNUT_OK;
}

static int sum_of_articles(runut_store *self, uint32_t story, sums *out, runut_error *error)
{
    int code;
    out->earliest = out->latest = RUNUT_NO_DAY;
    sqlite3_stmt *s = ask(self, SQL_STORY_ARTICLES, story, &code, error);
    if (s) {
        out->values[PUBLISHERS] = sqlite3_column_int64(s, 0);
        out->values[NEWEST] = sqlite3_column_int64(s, 1);
        out->earliest = (runut_day)day_or_none(s, 2);
        out->latest = (runut_day)day_or_none(s, 3);
        out->dated = sqlite3_column_int64(s, 4);
        sqlite3_reset(s);
    }
    return code == RUNUT_OK ? read_volume(self, story, out, error) : code;
}

static int make_sums(runut_store *self, uint32_t story, sums *out, bool *found, runut_error *error)
{
    *out = (sums){.values = {0}};
    int code = sum_of_events(self, story, out, found, error);
    return code == RUNUT_OK && *found ? sum_of_articles(self, story, out, error) : code;
}

/* As SQL_STORY_PUT and SQL_STORY_DIFFERS take them. */
static void bind_sums(sqlite3_stmt *s, const sums *of)
{
    for (int i = 0; i < 9; i++)
        sqlite3_bind_int64(s, i + 2, of->values[i]);
    runut_store_bind(s, 11, (runut_slice){of->volume.text, of->volume.size});
    if (of->earliest == RUNUT_NO_DAY) {
        sqlite3_bind_null(s, 12);
        sqlite3_bind_null(s, 13);
        return;
    }
    sqlite3_bind_int(s, 12, of->earliest);
    sqlite3_bind_int(s, 13, of->latest);
}

static int sum_story(runut_store *self, uint32_t story, runut_error *error)
{
    sums out;
    bool found;
    int code = make_sums(self, story, &out, &found, error);
    if (code != RUNUT_OK)
        return code;
    sqlite3_stmt *s = runut_store_statement(self, found ? SQL_STORY_PUT : SQL_STORY_REMOVE, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, story);
    if (found)
        bind_sums(s, &out);
    return runut_store_step(self, s, error);
}

/* ---- are they right? ---- */

/* The row's one value, a name of static life; "row" where there is no row. */
static int what_differs(runut_store *self, sqlite3_stmt *s, const char **what, runut_error *error)
{
    static const char *const names[] = {"articles",      "place",  "publishers", "earliest", "latest",
                                        "disagreements", "first",  "last",       "events",   "origins",
                                        "title",         "newest", "volume",     "languages"};
    int step = sqlite3_step(s), code = RUNUT_OK;
    const char *name = step == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
    *what = step == SQLITE_DONE ? "row" : NULL;
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            *what = names[i];
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        code = runut_store_fail(self, step, error);
    sqlite3_reset(s);
    return code;
}

int runut_store_event_differs(runut_store *self, uint32_t event, const char **what, runut_error *error)
{
    int code;
    sqlite3_stmt *s = ask(self, SQL_EVENT_STORY, event, &code, error);
    *what = NULL;
    if (!s)
        return code;
    runut_day place = place_of(s);
    sqlite3_reset(s);
    if (!(s = runut_store_statement(self, SQL_EVENT_DIFFERS, error)))
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, event);
    sqlite3_bind_int(s, 2, place);
    return what_differs(self, s, what, error);
}

int runut_store_story_differs(runut_store *self, uint32_t story, const char **what, runut_error *error)
{
    sums out;
    bool found;
    int code = make_sums(self, story, &out, &found, error);
    *what = NULL;
    if (code != RUNUT_OK || !found)
        return code;
    sqlite3_stmt *s = runut_store_statement(self, SQL_STORY_DIFFERS, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, story);
    bind_sums(s, &out);
    return what_differs(self, s, what, error);
}

/* ---- the whole ---- */

int runut_store_sum(runut_store *self, runut_error *error)
{
    int code = RUNUT_OK;
    tidy(&self->events);
    for (size_t i = 0; i < self->events.size && code == RUNUT_OK; i++)
        code = sum_event(self, self->events.at[i], error);
    tidy(&self->stories);
    for (size_t i = 0; i < self->stories.size && code == RUNUT_OK; i++)
        code = sum_story(self, self->stories.at[i], error);
    return code;
}

int runut_store_sum_all(runut_store *self, runut_error *error)
{
    sqlite3_stmt *s;
    int step = SQLITE_DONE, code = sqlite3_prepare_v2(self->db, "SELECT number FROM event", -1, &s, NULL);
    if (code != SQLITE_OK)
        return runut_store_fail(self, code, error);
    code = RUNUT_OK;
    while (code == RUNUT_OK && (step = sqlite3_step(s)) == SQLITE_ROW)
        code = runut_store_touch_event(self, (uint32_t)sqlite3_column_int64(s, 0), error);
    sqlite3_finalize(s);
    if (code == RUNUT_OK && step != SQLITE_DONE)
        code = runut_store_fail(self, step, error);
    return code;
}
