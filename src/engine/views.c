/* Rows of the store as the JSON objects that docs/output.md describes. */
#include "engine/internal.h"

#include <stdio.h>
#include <string.h>

/* ---- filters ---- */

/* "2022", "2022-08" or "2022-08-15": its first day, or its last. */
static bool read_day(const char *text, bool last, runut_day *day)
{
    int y = 0, m = 0, d = 0, used = 0;
    size_t size = text ? strlen(text) : 0;
    *day = RUNUT_NO_DAY;
    if (!text)
        return true;
    if (sscanf(text, "%4d-%2d-%2d%n", &y, &m, &d, &used) == 3 && (size_t)used == size)
        *day = runut_day_of(y, m, d);
    else if (sscanf(text, "%4d-%2d%n", &y, &m, &used) == 2 && (size_t)used == size)
        *day = runut_day_of(y, m, last ? runut_month_days(y, m) : 1);
    else if (sscanf(text, "%4d%n", &y, &used) == 1 && (size_t)used == size)
        *day = last ? runut_day_of(y, 12, 31) : runut_day_of(y, 1, 1);
    return *day != RUNUT_NO_DAY;
}

int runut_view_filter(const runut_filter *filter, runut_store_filter *out, runut_error *error)
{
    static const runut_filter none;
    if (!filter)
        filter = &none;
    *out = (runut_store_filter){.words = runut_slice_of(filter->words),
                                .publisher = runut_slice_of(filter->publisher),
                                .language = runut_slice_of(filter->language),
                                .person = runut_slice_of(filter->person),
                                .place = runut_slice_of(filter->place),
                                .organization = runut_slice_of(filter->organization),
                                .limit = filter->limit};
    if (!read_day(filter->since, false, &out->since))
        return runut_error_set(error, RUNUT_ERR_USE, "'%s' is no day (YYYY, YYYY-MM or YYYY-MM-DD)", filter->since);
    if (!read_day(filter->until, true, &out->until))
        return runut_error_set(error, RUNUT_ERR_USE, "'%s' is no day (YYYY, YYYY-MM or YYYY-MM-DD)", filter->until);
    return RUNUT_OK;
}

/* ---- small pieces ---- */

static void put_number(struct json_object *to, const char *key, int64_t number)
{
    json_object_object_add(to, key, json_object_new_int64(number));
}

void runut_json_put(struct json_object *to, const char *key, runut_slice text)
{
    json_object_object_add(to, key, runut_json_text(text));
}

void runut_json_put_name(struct json_object *to, const char *key, char letter, uint32_t number)
{
    char text[16];
    snprintf(text, sizeof text, "%c%u", letter, number);
    json_object_object_add(to, key, number ? json_object_new_string(text) : NULL);
}

struct json_object *runut_json_parse(runut_slice text)
{
    struct json_tokener *tokener = json_tokener_new_ex(64);
    struct json_object *out = tokener ? json_tokener_parse_ex(tokener, text.at, (int)text.size) : NULL;
    if (tokener)
        json_tokener_free(tokener);
    return out ? out : json_object_new_object();
}

/* Moves `key` from one object to another. */
static void move(struct json_object *from, struct json_object *to, const char *key)
{
    json_object_object_add(to, key, json_object_get(json_object_object_get(from, key)));
}

/* How others name an article: its own id where the record had one, else its file. */
runut_slice runut_view_reference(const runut_row *row)
{
    return row->named || row->file.size == 0 || runut_slice_is(row->file, "-") ? row->id : row->file;
}

static int take_reference(void *context, const runut_row *row)
{
    *(struct json_object **)context = runut_json_text(runut_view_reference(row));
    return 0;
}

static struct json_object *reference_of(runut *self, int64_t number)
{
    struct json_object *out = NULL;
    runut_store_article_number(self->store, (uint32_t)number, take_reference, &out, NULL);
    return out;
}

/* ---- one article ---- */

/* Numbers of other articles → their references. */
static void name_others(runut *self, struct json_object *relation)
{
    struct json_object *reuse = json_object_object_get(relation, "reuse");
    if (reuse) {
        int64_t of = json_object_get_int64(json_object_object_get(reuse, "of"));
        json_object_object_add(reuse, "of", reference_of(self, of));
        runut_json_put_name(reuse, "ofArticle", 'a', (uint32_t)of);
    }
    struct json_object *list = json_object_object_get(relation, "disagreements");
    for (size_t i = 0; list && i < json_object_array_length(list); i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        struct json_object *with = json_object_object_get(one, "with"), *named = json_object_new_array();
        int64_t other = json_object_get_int64(json_object_array_get_idx(with, 0));
        json_object_array_add(named, reference_of(self, other));
        json_object_object_add(one, "with", named);
        runut_json_put_name(one, "withArticle", 'a', (uint32_t)other);
    }
}

static int add_move(void *context, const runut_row_move *row)
{
    struct json_object *one = json_object_new_object();
    runut_json_put_name(one, "from", 'e', row->old);
    runut_json_put_name(one, "to", 'e', row->now);
    runut_json_put_name(one, "newest", 'a', row->newest);
    return json_object_array_add(context, one);
}

int runut_view_article(runut *self, const runut_row *row, struct json_object **answer, runut_error *error)
{
    static const char *const said[] = {"inLanguage",  "kind",         "headline",       "abstract",
                                       "publisher",   "author",       "datePublished",  "datePublishedFrom",
                                       "creditText",  "dateInferred", "dateConfidence", "dateEvidence",
                                       "dateConflict"};
    static const char *const more[] = {"sources", "sourceEvidence", "quotes",        "reported",
                                       "refused", "people",         "organizations", "places"};
    struct json_object *out = json_object_new_object();
    struct json_object *record = runut_json_parse(row->record), *relation = runut_json_parse(row->relation);
    if (!out)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    name_others(self, relation);
    runut_json_put_name(out, "article", 'a', row->number);
    runut_json_put(out, "id", row->id);
    runut_json_put(out, "file", row->file);
    runut_json_put(out, "url", row->url);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        move(record, out, said[i]);
    runut_json_put(out, "articleBody", row->body);
    runut_json_put_name(out, "event", 'e', row->event);
    move(record, out, "eventDate");
    runut_json_put_name(out, "story", 's', row->story);
    move(relation, out, "why");
    struct json_object *moves = json_object_new_array();
    json_object_object_add(out, "moved", moves);
    int code = runut_store_moves(self->store, row->number, add_move, moves, error);
    move(relation, out, "reuse");
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        move(record, out, more[i]);
    move(relation, out, "disagreements");
    move(relation, out, "novel");
    if (row->snippet.size)
        runut_json_put(out, "snippet", row->snippet);
    json_object_put(record);
    json_object_put(relation);
    *answer = code == RUNUT_OK ? out : NULL;
    if (code != RUNUT_OK)
        json_object_put(out);
    return code;
}

/* ---- listings of articles ---- */

typedef struct listing {
    runut *runut;
    runut_visit visit;
    void *context;
    runut_error *error;
    int code;
} listing;

static int visit_row(void *context, const runut_row *row)
{
    listing *self = context;
    struct json_object *item = NULL;
    self->code = runut_view_article(self->runut, row, &item, self->error);
    if (self->code == RUNUT_OK && self->visit(self->context, item))
        self->code = runut_error_set(self->error, RUNUT_ERR_STOPPED, "stopped");
    json_object_put(item);
    return self->code;
}

static int list_articles(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error)
{
    runut_store_filter narrowed;
    listing l = {self, visit, context, error, RUNUT_OK};
    int code = runut_view_filter(filter, &narrowed, error);
    if (code == RUNUT_OK)
        code = runut_store_articles(self->store, &narrowed, visit_row, &l, error);
    return l.code != RUNUT_OK ? l.code : code;
}

int runut_search(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error)
{
    if (!filter || !filter->words || !*filter->words)
        return runut_error_set(error, RUNUT_ERR_USE, "nothing to search for");
    return list_articles(self, filter, visit, context, error);
}

int runut_export(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error)
{
    return list_articles(self, filter, visit, context, error);
}

static int take_article(void *context, const runut_row *row)
{
    listing *self = context;
    return self->code = runut_view_article(self->runut, row, self->context, self->error);
}

int runut_article_of(runut *self, const char *name, struct json_object **answer, runut_error *error)
{
    *answer = NULL;
    listing l = {self, NULL, answer, error, RUNUT_OK};
    return runut_store_article(self->store, runut_slice_of(name), take_article, &l, error);
}

/* ---- events and stories ---- */

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
    put_number(out, "articles", e->articles);
    json_object_object_add(out, "origins", runut_json_parse(row->origins));
    put_number(out, "publishers", row->publishers);
    return out;
}

static int add_event(void *context, const runut_row_event *row)
{
    return json_object_array_add(context, runut_view_event(row));
}

/* What listings show of a member; the whole article is one question further. */
static struct json_object *member_of(runut *self, const runut_row *row)
{
    static const char *const said[] = {"inLanguage",   "headline",     "publisher",    "author", "datePublished",
                                       "dateInferred", "dateEvidence", "dateConflict", "sources"};
    struct json_object *out = json_object_new_object(), *record = runut_json_parse(row->record),
                       *relation = runut_json_parse(row->relation);
    name_others(self, relation);
    runut_json_put_name(out, "article", 'a', row->number);
    runut_json_put(out, "id", row->id);
    runut_json_put(out, "file", row->file);
    runut_json_put(out, "url", row->url);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        move(record, out, said[i]);
    move(relation, out, "reuse");
    json_object_put(record);
    json_object_put(relation);
    return out;
}

typedef struct members {
    runut *runut;
    struct json_object *list;
} members;

static int add_member(void *context, const runut_row *row)
{
    members *self = context;
    return json_object_array_add(self->list, member_of(self->runut, row));
}

/* Puts the articles of the event into it, under "reports". */
static int put_members(runut *self, struct json_object *event, runut_error *error)
{
    uint32_t number = 0;
    runut_slice_number(
        runut_slice_part(runut_slice_of(json_object_get_string(json_object_object_get(event, "event"))), 1, 32),
        &number);
    members m = {self, json_object_new_array()};
    json_object_object_add(event, "reports", m.list);
    runut_store_filter filter = {.since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY, .event = number};
    return runut_store_articles(self->store, &filter, add_member, &m, error);
}

/* "s3" or "3". */
static int read_name(const char *name, char letter, const char *what, uint32_t *number, runut_error *error)
{
    runut_slice text = runut_slice_of(name);
    if (text.size && runut_lower((unsigned char)text.at[0]) == letter)
        text = runut_slice_part(text, 1, text.size);
    if (runut_slice_number(text, number) && *number > 0)
        return RUNUT_OK;
    return runut_error_set(error, RUNUT_ERR_USE, "'%s' does not name %s: use %c and a number, such as %c1", name, what,
                           letter, letter);
}

static struct json_object *story_of(const runut_row_story *row)
{
    struct json_object *out = json_object_new_object();
    runut_json_put_name(out, "story", 's', row->story);
    runut_json_put(out, "headline", row->headline);
    json_object_object_add(out, "firstDate", runut_json_day(row->first));
    json_object_object_add(out, "lastDate", runut_json_day(row->last));
    put_number(out, "events", row->events);
    put_number(out, "articles", row->articles);
    put_number(out, "publishers", row->publishers);
    return out;
}

static int visit_story(void *context, const runut_row_story *row)
{
    listing *self = context;
    struct json_object *item = story_of(row);
    int stop = self->visit(self->context, item);
    json_object_put(item);
    return stop;
}

int runut_stories(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error)
{
    runut_store_filter narrowed;
    listing l = {self, visit, context, error, RUNUT_OK};
    int code = runut_view_filter(filter, &narrowed, error);
    return code == RUNUT_OK ? runut_store_stories(self->store, &narrowed, visit_story, &l, error) : code;
}

int runut_story(runut *self, const char *name, struct json_object **answer, runut_error *error)
{
    uint32_t number;
    *answer = NULL;
    int code = read_name(name, 's', "a story", &number, error);
    if (code != RUNUT_OK)
        return code;
    struct json_object *out = json_object_new_object(), *events = json_object_new_array();
    runut_json_put_name(out, "story", 's', number);
    json_object_object_add(out, "events", events);
    code = runut_store_events(self->store, number, add_event, events, error);
    for (size_t i = 0; i < json_object_array_length(events) && code == RUNUT_OK; i++)
        code = put_members(self, json_object_array_get_idx(events, i), error);
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
    listing *self = context;
    struct json_object *item = NULL;
    self->code = runut_view_article(self->runut, row, &item, self->error);
    return self->code == RUNUT_OK ? json_object_array_add(self->context, item) : self->code;
}

int runut_event_of(runut *self, const char *name, struct json_object **answer, runut_error *error)
{
    uint32_t number;
    *answer = NULL;
    int code = read_name(name, 'e', "an event", &number, error);
    if (code == RUNUT_OK)
        code = runut_store_event(self->store, number, take_event, answer, error);
    if (code != RUNUT_OK)
        return code;
    struct json_object *reports = json_object_new_array();
    json_object_object_add(*answer, "reports", reports);
    listing l = {self, NULL, reports, error, RUNUT_OK};
    runut_store_filter filter = {.since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY, .event = number};
    code = runut_store_articles(self->store, &filter, add_article, &l, error);
    if (code != RUNUT_OK) {
        json_object_put(*answer);
        *answer = NULL;
    }
    return code;
}
