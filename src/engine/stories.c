/* Events and stories as JSON: as listings show them, and one with all of its reports. */
#include "engine/internal.h"

#include <stdio.h>
#include <string.h>

struct json_object *runut_view_event(const runut_row_event *row)
{
    const runut_event *e = &row->event;
    struct json_object *out = json_object_new_object();
    char text[16] = "";
    runut_json_put_name(out, "event", 'e', e->event);
    runut_json_put_name(out, "story", 's', e->story);
    if (e->day != RUNUT_NO_DAY)
        runut_day_print(e->day, text);
    else if (e->year > 0 && e->month > 0)
        snprintf(text, sizeof text, "%04d-%02d", e->year % 10000, e->month % 100);
    else if (e->year > 0)
        snprintf(text, sizeof text, "%04d", e->year % 10000);
    runut_json_put(out, "date", runut_slice_of(text));
    runut_json_put(out, "headline", row->headline);
    runut_json_put_number(out, "articles", e->articles);
    json_object_object_add(out, "origins", runut_json_parse(row->origins));
    runut_json_put_number(out, "publishers", row->publishers);
    runut_json_put_number(out, "disagreements", row->disagreements);
    return out;
}

static int add_event(void *context, const runut_row_event *row)
{
    return json_object_array_add(context, runut_view_event(row));
}

typedef struct members {
    runut *runut;
    struct json_object *list;
    uint32_t event;
} members;

static int add_member(void *context, const runut_row *row)
{
    members *self = context;
    return json_object_array_add(self->list, runut_view_report(self->runut, row));
}

/* Puts the articles of the event into it, under "reports". */
static int put_members(runut *self, struct json_object *event, runut_error *error)
{
    uint32_t number = 0;
    runut_slice_number(
        runut_slice_part(runut_slice_of(json_object_get_string(json_object_object_get(event, "event"))), 1, 32),
        &number);
    members m = {self, json_object_new_array(), number};
    json_object_object_add(event, "reports", m.list);
    return runut_store_reports(self->store, number, add_member, &m, error);
}

static struct json_object *arrival_of(runut *self, uint32_t article)
{
    int64_t at = 0;
    return runut_store_arrival(self->store, article, &at, NULL) == RUNUT_OK ? runut_json_time(at) : NULL;
}

static void put_story(struct json_object *out, const runut_row_story *row)
{
    runut_json_put(out, "headline", row->headline);
    json_object_object_add(out, "firstDate", runut_json_day(row->first));
    json_object_object_add(out, "lastDate", runut_json_day(row->last));
}

static void put_counts(runut *self, struct json_object *out, const runut_row_story *row)
{
    runut_json_put_number(out, "articles", row->articles);
    runut_json_put_number(out, "publishers", row->publishers);
    runut_json_put_number(out, "origins", row->origins);
    runut_json_put_number(out, "disagreements", row->disagreements);
    json_object_object_add(out, "languages", runut_json_parse(row->languages));
    runut_json_put_name(out, "newest", 'a', row->newest);
    json_object_object_add(out, "newestAdded", arrival_of(self, row->newest));
    json_object_object_add(out, "volume", row->volume.size ? runut_json_parse(row->volume) : NULL);
}

struct json_object *runut_view_story(runut *self, const runut_row_story *row)
{
    struct json_object *out = json_object_new_object();
    runut_json_put_name(out, "story", 's', row->story);
    put_story(out, row);
    runut_json_put_number(out, "events", row->events);
    put_counts(self, out, row);
    return out;
}

static int visit_story(void *context, const runut_row_story *row)
{
    runut_listing_run *self = context;
    struct json_object *item = runut_view_story(self->runut, row);
    int stop = self->visit(self->context, item);
    json_object_put(item);
    return stop;
}

/* "new", which is what NULL means, or "origins". */
static int read_order(const char *order, bool *by_origins, runut_error *error)
{
    *by_origins = order && strcmp(order, "origins") == 0;
    if (!order || *by_origins || strcmp(order, "new") == 0)
        return RUNUT_OK;
    return runut_error_set(error, RUNUT_ERR_USE, "stories have no order '%s': new or origins", order);
}

int runut_stories(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error)
{
    runut_store_filter narrowed;
    runut_listing_run l = {self, visit, context, error, RUNUT_OK};
    int code = runut_view_filter(filter, &narrowed, error);
    if (code == RUNUT_OK)
        code = read_order(filter ? filter->order : NULL, &narrowed.by_origins, error);
    if (code == RUNUT_OK)
        code = runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    code = runut_store_stories(self->store, &narrowed, visit_story, &l, error);
    runut_store_asked(self->store);
    return code;
}

typedef struct one_story {
    runut *runut;
    struct json_object *answer;
} one_story;

static int take_story(void *context, const runut_row_story *row)
{
    one_story *self = context;
    put_story(self->answer, row);
    put_counts(self->runut, self->answer, row);
    return 0;
}

static int read_story(runut *self, uint32_t number, struct json_object *out, runut_error *error)
{
    one_story story = {self, out};
    struct json_object *events = json_object_new_array();
    int code = runut_store_story(self->store, number, take_story, &story, error);
    json_object_object_add(out, "events", events);
    if (code == RUNUT_OK)
        code = runut_store_events(self->store, number, add_event, events, error);
    for (size_t i = 0; i < json_object_array_length(events) && code == RUNUT_OK; i++)
        code = put_members(self, json_object_array_get_idx(events, i), error);
    return code;
}

int runut_story(runut *self, const char *name, struct json_object **answer, runut_error *error)
{
    uint32_t number;
    *answer = NULL;
    int code = runut_view_name(name, 's', "a story", &number, error);
    if (code == RUNUT_OK)
        code = runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    struct json_object *out = json_object_new_object();
    runut_json_put_name(out, "story", 's', number);
    code = read_story(self, number, out, error);
    runut_store_asked(self->store);
    if (code == RUNUT_OK)
        *answer = out;
    else
        json_object_put(out);
    return code;
}

static int take_event(void *context, const runut_row_event *row)
{
    *(struct json_object **)context = runut_view_event(row);
    return 0;
}

static int add_article(void *context, const runut_row *row)
{
    runut_listing_run *self = context;
    struct json_object *item = NULL;
    self->code = runut_view_article(self->runut, row, &item, self->error);
    return self->code == RUNUT_OK ? json_object_array_add(self->context, item) : self->code;
}

static int read_event(runut *self, uint32_t number, struct json_object **answer, runut_error *error)
{
    int code = runut_store_event(self->store, number, take_event, answer, error);
    if (code != RUNUT_OK)
        return code;
    struct json_object *reports = json_object_new_array();
    json_object_object_add(*answer, "reports", reports);
    runut_listing_run l = {self, NULL, reports, error, RUNUT_OK};
    runut_store_filter filter = {.since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY, .event = number};
    code = runut_store_articles(self->store, &filter, add_article, &l, error);
    return l.code != RUNUT_OK ? l.code : code;
}

int runut_event_of(runut *self, const char *name, struct json_object **answer, runut_error *error)
{
    uint32_t number;
    *answer = NULL;
    int code = runut_view_name(name, 'e', "an event", &number, error);
    if (code == RUNUT_OK)
        code = runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    code = read_event(self, number, answer, error);
    runut_store_asked(self->store);
    if (code != RUNUT_OK) {
        json_object_put(*answer);
        *answer = NULL;
    }
    return code;
}
