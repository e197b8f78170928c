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

/* "s3" or "3". */
int runut_view_name(const char *name, char letter, const char *what, uint32_t *number, runut_error *error)
{
    runut_slice text = runut_slice_of(name);
    if (text.size && runut_lower((unsigned char)text.at[0]) == letter)
        text = runut_slice_part(text, 1, text.size);
    if (runut_slice_number(text, number) && *number > 0)
        return RUNUT_OK;
    return runut_error_set(error, RUNUT_ERR_USE, "'%s' does not name %s: use %c and a number, such as %c1", name, what,
                           letter, letter);
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
    if (filter->event && runut_view_name(filter->event, 'e', "an event", &out->event, error) != RUNUT_OK)
        return RUNUT_ERR_USE;
    if (filter->story && runut_view_name(filter->story, 's', "a story", &out->story, error) != RUNUT_OK)
        return RUNUT_ERR_USE;
    if (!read_day(filter->since, false, &out->since))
        return runut_error_set(error, RUNUT_ERR_USE, "'%s' is no day (YYYY, YYYY-MM or YYYY-MM-DD)", filter->since);
    if (!read_day(filter->until, true, &out->until))
        return runut_error_set(error, RUNUT_ERR_USE, "'%s' is no day (YYYY, YYYY-MM or YYYY-MM-DD)", filter->until);
    return RUNUT_OK;
}

/* ---- small pieces ---- */

void runut_json_put_number(struct json_object *to, const char *key, int64_t number)
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
void runut_json_move(struct json_object *from, struct json_object *to, const char *key)
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
    runut_store_reference(self->store, (uint32_t)number, take_reference, &out, NULL);
    return out;
}

/* ---- one article ---- */

void runut_view_name_reuse(runut *self, struct json_object *relation)
{
    struct json_object *reuse = json_object_object_get(relation, "reuse");
    if (!reuse)
        return;
    int64_t of = json_object_get_int64(json_object_object_get(reuse, "of"));
    json_object_object_add(reuse, "of", reference_of(self, of));
    runut_json_put_name(reuse, "ofArticle", 'a', (uint32_t)of);
}

/* Numbers of other articles → their references. */
static void name_others(runut *self, struct json_object *relation)
{
    runut_view_name_reuse(self, relation);
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

/* Which other versions there are, and what is different from the one before. */
static int put_version(runut *self, uint32_t article, struct json_object *out, runut_error *error)
{
    uint32_t replaces = 0;
    struct json_object *changes = NULL;
    int code = runut_version_put(self, article, out, &replaces, error);
    if (code == RUNUT_OK && replaces)
        code = runut_version_changes(self, article, replaces, &changes, error);
    json_object_object_add(out, "changes", changes);
    return code;
}

int runut_view_article(runut *self, const runut_row *row, struct json_object **answer, runut_error *error)
{
    static const char *const said[] = {"inLanguage",     "kind",         "headline",      "abstract",
                                       "publisher",      "author",       "datePublished", "datePublishedFrom",
                                       "dateModified",   "dateCaptured", "creditText",    "dateInferred",
                                       "dateConfidence", "dateEvidence", "dateConflict"};
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
        runut_json_move(record, out, said[i]);
    runut_json_put(out, "articleBody", row->body);
    runut_json_put_name(out, "event", 'e', row->event);
    runut_json_move(record, out, "eventDate");
    runut_json_put_name(out, "story", 's', row->story);
    runut_json_move(relation, out, "why");
    struct json_object *moves = json_object_new_array();
    json_object_object_add(out, "moved", moves);
    int code = runut_store_moves(self->store, row->number, add_move, moves, error);
    runut_json_move(relation, out, "reuse");
    if (code == RUNUT_OK)
        code = put_version(self, row->number, out, error);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        runut_json_move(record, out, more[i]);
    runut_json_move(relation, out, "disagreements");
    runut_json_move(relation, out, "novel");
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

static int visit_row(void *context, const runut_row *row)
{
    runut_listing_run *self = context;
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
    runut_listing_run l = {self, visit, context, error, RUNUT_OK};
    int code = runut_view_filter(filter, &narrowed, error);
    if (code == RUNUT_OK)
        code = runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    code = runut_store_articles(self->store, &narrowed, visit_row, &l, error);
    runut_store_asked(self->store);
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
    runut_listing_run *self = context;
    return self->code = runut_view_article(self->runut, row, self->context, self->error);
}

int runut_article_of(runut *self, const char *name, struct json_object **answer, runut_error *error)
{
    *answer = NULL;
    runut_listing_run l = {self, NULL, answer, error, RUNUT_OK};
    int code = runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    code = runut_store_article(self->store, runut_slice_of(name), take_article, &l, error);
    runut_store_asked(self->store);
    return code;
}
