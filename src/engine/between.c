/* What two actors have to do with each other: the events whose reports name both in one sentence, in order of time,
 * each with the sentence that says it best. */
#include "engine/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "relate/between.h"

enum { MOST_NAMES = 64, MOST_WORDS = 8 };

/* One of the two: what was asked for, and the names of the store that it means. */
typedef struct actor {
    const char *asked;
    runut_slice folded;
    runut_slice known; /* the key that the annotator gives it; empty = none */
    bool person;       /* ... or it knows none: a part of a person's name will do */
    runut_actor keys;
    struct json_object *names, *list; /* for the answer; keys for the store */
} actor;

/* The best line of one event so far. */
typedef struct line {
    uint32_t event, article;
    runut_day day, first; /* of the report quoted; the earliest of those found */
    float weight;
    uint32_t reports;
    struct json_object *quoted;
} line;

typedef struct timeline {
    runut *runut;
    actor actors[2];
    actor *asking;
    RUNUT_VECTOR(line) lines;
    runut_error *error;
    int code;
} timeline;

/* ---- who is meant ---- */

/* Is every word of `part` a word of `key`? Both are folded, parted by blanks. */
static bool has_words(runut_slice key, runut_slice part)
{
    for (size_t at = 0; at < part.size;) {
        size_t end = at;
        while (end < part.size && part.at[end] != ' ')
            end++;
        bool found = false;
        for (size_t k = 0; k + (end - at) <= key.size && !found; k++)
            found = memcmp(key.at + k, part.at + at, end - at) == 0 && (k == 0 || key.at[k - 1] == ' ') &&
                    (k + end - at == key.size || key.at[k + end - at] == ' ');
        if (!found)
            return false;
        at = end + 1;
    }
    return part.size > 0;
}

/* The name in the index of names: the words alone are annotated as if somebody wrote them. */
static void look_up(timeline *self, actor *a)
{
    runut_article article = {.body = runut_slice_of(a->asked)};
    const runut_annotation *said = runut_annotate(self->runut->annotator, self->runut->arena, &article);
    a->folded = runut_utf8_plain(self->runut->arena, runut_utf8_fold(self->runut->arena, article.body));
    a->person = true;
    for (size_t i = 0; i < said->mentions.size; i++) {
        runut_span span = said->mentions.at[i].span;
        const runut_name *name = &said->names.at[said->mentions.at[i].name];
        if (span.start == 0 && span.end == article.body.size) {
            a->known = runut_arena_copy(self->runut->arena, name->key);
            a->person = name->kind == RUNUT_PERSON;
        }
    }
}

static void add_name(timeline *self, actor *a, const runut_row_actor *row)
{
    struct json_object *one = json_object_new_object();
    RUNUT_PUSH(self->runut->arena, a->keys, (uint32_t)runut_slice_hash(row->key));
    runut_json_put(one, "name", row->text);
    runut_json_put(one, "key", row->key);
    json_object_object_add(one, "articles", json_object_new_int64(row->articles));
    json_object_array_add(a->names, one);
    json_object_array_add(a->list, runut_json_text(row->key));
}

/* A guard of its own: nothing may jump over the store's query. */
static int take_name(void *context, const runut_row_actor *row)
{
    timeline *self = context;
    actor *a = self->asking;
    bool same = runut_slice_equal(row->key, a->known) || runut_slice_equal(row->key, a->folded) ||
                runut_slice_equal_nocase(row->text, runut_slice_of(a->asked));
    bool part = a->person && row->kind == RUNUT_PERSON && has_words(row->key, a->folded);
    if ((!same && !part) || a->keys.size == MOST_NAMES)
        return 0;
    if (RUNUT_ARENA_TRY(self->runut->arena) != 0)
        return self->code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    add_name(self, a, row);
    return 0;
}

static int find_actor(timeline *self, actor *a, const char *asked)
{
    *a = (actor){.asked = asked, .names = json_object_new_array(), .list = json_object_new_array()};
    if (RUNUT_ARENA_TRY(self->runut->arena) != 0)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    look_up(self, a);
    size_t first = 0;
    while (first < a->folded.size && a->folded.at[first] != ' ')
        first++;
    runut_slice part = a->person ? runut_slice_part(a->folded, 0, first) : (runut_slice){"", 0};
    self->asking = a;
    int code = runut_store_actors(self->runut->store, a->known.size ? a->known : a->folded, runut_slice_of(asked), part,
                                  take_name, self, self->error);
    if (self->code != RUNUT_OK)
        return self->code;
    if (code == RUNUT_OK && a->keys.size == 0)
        return runut_error_set(self->error, RUNUT_ERR_NOT_FOUND, "no report names '%s'", asked);
    return code;
}

static bool overlap(const runut_actor *one, const runut_actor *other)
{
    for (size_t i = 0; i < one->size; i++)
        for (size_t k = 0; k < other->size; k++)
            if (one->at[i] == other->at[k])
                return true;
    return false;
}

/* ---- lines ---- */

static struct json_object *quotation_of(const runut_row *row, runut_span span)
{
    struct json_object *out = json_object_new_object();
    runut_json_put(out, "text", runut_slice_part(row->body, span.start, span.end));
    runut_json_put_name(out, "article", 'a', row->number);
    runut_json_put(out, "id", row->id);
    runut_json_put(out, "file", row->file);
    runut_json_put(out, "url", row->url);
    runut_json_put(out, "publisher", row->publisher);
    runut_json_put(out, "inLanguage", row->language);
    json_object_object_add(out, "dateInferred", runut_json_day(row->day));
    return runut_json_span(out, span);
}

/* Who copied had it second; among equals the report that came first. */
static bool better(const line *l, const runut_row *row, float weight)
{
    if (!l->quoted || weight != l->weight)
        return !l->quoted || weight > l->weight;
    return row->day != RUNUT_NO_DAY && (l->day == RUNUT_NO_DAY || row->day < l->day);
}

static void take_sentence(timeline *self, const runut_row *row, const runut_relation_line *found)
{
    line *l = self->lines.size ? &self->lines.at[self->lines.size - 1] : NULL;
    float weight = found->weight - (row->reuse_of ? 1.f : 0.f);
    if (!l || l->event != row->event) {
        l = RUNUT_APPEND(self->runut->arena, self->lines);
        *l = (line){.event = row->event, .day = RUNUT_NO_DAY, .first = RUNUT_NO_DAY};
    }
    l->reports++;
    if (row->day != RUNUT_NO_DAY && (l->first == RUNUT_NO_DAY || row->day < l->first))
        l->first = row->day;
    if (!better(l, row, weight))
        return;
    json_object_put(l->quoted);
    l->quoted = quotation_of(row, found->span);
    l->weight = weight;
    l->day = row->day;
    l->article = row->number;
}

static int take_report(void *context, const runut_row *row)
{
    timeline *self = context;
    runut_arena *scratch = self->runut->words;
    runut_digest *digest;
    runut_relation_line found;
    runut_arena_reset(scratch);
    if (RUNUT_ARENA_TRY(scratch) != 0)
        return self->code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    self->code = runut_digest_decode(scratch, row->digest, true, &digest, self->error);
    if (self->code != RUNUT_OK ||
        !runut_between_find(scratch, digest, &self->actors[0].keys, &self->actors[1].keys, &found))
        return self->code;
    if (RUNUT_ARENA_TRY(self->runut->arena) != 0)
        return self->code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    take_sentence(self, row, &found);
    return 0;
}

/* ---- the answer ---- */

static int take_event(void *context, const runut_row_event *row)
{
    struct json_object *event = runut_view_event(row);
    const runut_event *e = &row->event;
    runut_day day = e->day;
    if (day == RUNUT_NO_DAY && e->year > 0)
        day = runut_day_of(e->year, e->month > 0 ? e->month : 12,
                           e->month > 0 ? runut_month_days(e->year, e->month) : 31);
    json_object_object_add(event, "sortBy", json_object_new_int64(day));
    *(struct json_object **)context = event;
    return 0;
}

static int64_t sort_day(struct json_object *event)
{
    int64_t day = json_object_get_int64(json_object_object_get(event, "sortBy"));
    return day == RUNUT_NO_DAY ? INT64_MAX : day;
}

static int by_day(const void *a, const void *b)
{
    struct json_object *x = *(struct json_object *const *)a, *y = *(struct json_object *const *)b;
    int64_t i = sort_day(x), k = sort_day(y);
    if (i != k)
        return i < k ? -1 : 1;
    i = json_object_get_int64(json_object_object_get(x, "number"));
    k = json_object_get_int64(json_object_object_get(y, "number"));
    return i < k ? -1 : i > k;
}

/* What the report that is quoted says of its sources, and of its day where that is in doubt. */
static int take_record(void *context, const runut_row *row)
{
    static const char *const said[] = {"sources", "dateConflict"};
    struct json_object *quoted = context, *record = runut_json_parse(row->record);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        json_object_object_add(quoted, said[i], json_object_get(json_object_object_get(record, said[i])));
    json_object_put(record);
    return 0;
}

static int put_lines(timeline *self, struct json_object *events)
{
    for (size_t i = 0; i < self->lines.size; i++) {
        line *l = &self->lines.at[i];
        struct json_object *event = NULL;
        int code = runut_store_article_number(self->runut->store, l->article, take_record, l->quoted, self->error);
        if (code == RUNUT_OK)
            code = runut_store_event(self->runut->store, l->event, take_event, &event, self->error);
        if (code != RUNUT_OK)
            return code;
        if (sort_day(event) == INT64_MAX && l->first != RUNUT_NO_DAY)
            json_object_object_add(event, "sortBy", json_object_new_int64(l->first));
        json_object_object_add(event, "firstReport", runut_json_day(l->first));
        json_object_object_add(event, "number", json_object_new_int64(l->event));
        json_object_object_add(event, "reportsOfBoth", json_object_new_int64(l->reports));
        json_object_object_add(event, "quoted", l->quoted);
        l->quoted = NULL;
        json_object_array_add(events, event);
    }
    json_object_array_sort(events, by_day);
    return RUNUT_OK;
}

/* Only the newest `limit`; without what sorting needed. */
static void tidy(struct json_object *events, uint32_t limit)
{
    size_t size = json_object_array_length(events);
    if (limit && size > limit)
        json_object_array_del_idx(events, 0, size - limit);
    for (size_t i = 0; i < json_object_array_length(events); i++) {
        json_object_object_del(json_object_array_get_idx(events, i), "sortBy");
        json_object_object_del(json_object_array_get_idx(events, i), "number");
    }
}

static struct json_object *actors_of(timeline *self)
{
    struct json_object *out = json_object_new_array();
    for (int i = 0; i < 2; i++) {
        struct json_object *one = json_object_new_object();
        runut_json_put(one, "asked", runut_slice_of(self->actors[i].asked));
        json_object_object_add(one, "names", json_object_get(self->actors[i].names));
        json_object_array_add(out, one);
    }
    return out;
}

static int answer_with(timeline *self, const runut_filter *filter, struct json_object **answer)
{
    runut_store_filter narrowed;
    int code = runut_view_filter(filter, &narrowed, self->error);
    if (code != RUNUT_OK)
        return code;
    narrowed.words = (runut_slice){"", 0};
    code = runut_store_between(self->runut->store, runut_slice_of(json_object_to_json_string(self->actors[0].list)),
                               runut_slice_of(json_object_to_json_string(self->actors[1].list)), &narrowed, take_report,
                               self, self->error);
    if (self->code != RUNUT_OK)
        return self->code;
    if (code != RUNUT_OK)
        return code;
    struct json_object *out = json_object_new_object(), *events = json_object_new_array();
    json_object_object_add(out, "actors", actors_of(self));
    json_object_object_add(out, "events", events);
    code = put_lines(self, events);
    tidy(events, narrowed.limit);
    if (code == RUNUT_OK)
        *answer = out;
    else
        json_object_put(out);
    return code;
}

int runut_between(runut *self, const char *one, const char *other, const runut_filter *filter,
                  struct json_object **answer, runut_error *error)
{
    timeline *t = calloc(1, sizeof *t);
    *answer = NULL;
    if (!t)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    t->runut = self;
    t->error = error;
    runut_arena_reset(self->arena);
    int code = runut_annotator_ready(self, error);
    if (code == RUNUT_OK)
        code = runut_store_ask(self->store, error);
    bool asked = code == RUNUT_OK;
    if (code == RUNUT_OK)
        code = find_actor(t, &t->actors[0], one);
    if (code == RUNUT_OK)
        code = find_actor(t, &t->actors[1], other);
    if (code == RUNUT_OK && overlap(&t->actors[0].keys, &t->actors[1].keys))
        code = runut_error_set(error, RUNUT_ERR_USE, "'%s' and '%s' are the same name here", one, other);
    if (code == RUNUT_OK)
        code = answer_with(t, filter, answer);
    if (asked)
        runut_store_asked(self->store);
    for (size_t i = 0; i < t->lines.size; i++)
        json_object_put(t->lines.at[i].quoted);
    for (int i = 0; i < 2; i++) {
        json_object_put(t->actors[i].names);
        json_object_put(t->actors[i].list);
    }
    free(t);
    runut_arena_reset(self->arena);
    runut_arena_reset(self->words);
    return code;
}
