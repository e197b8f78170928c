#include "read/record.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/slice.h"
#include "base/url.h"
#include "read/record_keys.h"
#include "read/rfc_date.h"

enum { MOST_AUTHORS = 64 };

/* What of an object stands for it: a name, what WordPress and the New York Times wrap texts in, MongoDB's wrappers. */
static struct json_object *inner_of(struct json_object *object)
{
    static const char *const keys[] = {"name", "rendered", "main", "$oid", "$date", "$numberLong", "domain", "title"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct json_object *inner = json_object_object_get(object, keys[i]);
        if (inner)
            return inner;
    }
    return NULL;
}

/* A string, or a number as it stands; an array stands for its first item. "None" is nothing. */
static runut_slice text_of(struct json_object *value)
{
    if (json_object_get_type(value) == json_type_array && json_object_array_length(value) > 0)
        value = json_object_array_get_idx(value, 0);
    for (int i = 0; i < 2 && json_object_get_type(value) == json_type_object; i++)
        value = inner_of(value);
    runut_slice text = {"", 0};
    if (json_object_get_type(value) == json_type_string)
        text = (runut_slice){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
    else if (json_object_get_type(value) == json_type_int) /* an id may be a number */
        text = runut_slice_of(json_object_get_string(value));
    text = runut_slice_trim(text);
    return runut_record_is_missing(text) ? (runut_slice){"", 0} : text;
}

static runut_slice field_of(struct json_object *object, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        runut_slice text = text_of(json_object_object_get(object, keys[i]));
        if (text.size)
            return text;
    }
    return (runut_slice){"", 0};
}
#define COUNT(...) (sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
#define FIELD(object, ...) field_of((object), (const char *const[]){__VA_ARGS__}, COUNT(__VA_ARGS__))
#define LISTED(object, keys) field_of((object), (keys).names, (keys).count)

/* ---- dates ---- */

/* Seconds, or milliseconds as pandas writes them, since 1970. */
static runut_slice from_epoch(runut_arena *arena, runut_slice digits)
{
    char room[16] = "";
    struct tm tm;
    memcpy(room, digits.at, digits.size);
    long long number = strtoll(room, NULL, 10);
    time_t time = (time_t)(digits.size > 11 ? number / 1000 : number);
    if (!gmtime_r(&time, &tm))
        return digits;
    return runut_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                              tm.tm_hour, tm.tm_min, tm.tm_sec);
}

runut_slice runut_record_date(runut_arena *arena, runut_slice text)
{
    text = runut_slice_trim(text);
    size_t digits = 0;
    if (runut_record_is_missing(text))
        return (runut_slice){"", 0};
    while (digits < text.size && runut_is_digit((unsigned char)text.at[digits]))
        digits++;
    bool whole = digits == text.size || runut_slice_is(runut_slice_part(text, digits, text.size), ".0");
    if (whole && (digits == 9 || digits == 10 || digits == 12 || digits == 13))
        return from_epoch(arena, runut_slice_part(text, 0, digits));
    return runut_rfc_date(arena, text);
}

/* ---- authors ---- */

static void push_author(runut_arena *arena, runut_slice name, runut_slices *authors)
{
    name = runut_slice_trim(name);
    if (name.size && authors->size < MOST_AUTHORS && !runut_record_is_missing(name))
        RUNUT_PUSH(arena, *authors, name);
}

/* A list as Python prints it: ['Rina Sari', "Budi d'Arc"]. */
static bool push_printed(runut_arena *arena, runut_slice text, runut_slices *authors)
{
    if (text.size < 4 || text.at[0] != '[' || text.at[text.size - 1] != ']' || !strchr("'\"", text.at[1]))
        return false;
    for (size_t at = 1; at < text.size;) {
        char mark = text.at[at];
        const char *end = mark == '\'' || mark == '"' ? memchr(text.at + at + 1, mark, text.size - at - 1) : NULL;
        size_t stop = end ? (size_t)(end - text.at) : at;
        if (end)
            push_author(arena, runut_slice_part(text, at + 1, stop), authors);
        at = stop + 1;
    }
    return true;
}

void runut_record_authors(runut_arena *arena, runut_slice text, runut_slices *authors)
{
    text = runut_slice_trim(text);
    if (push_printed(arena, text, authors))
        return;
    for (runut_slice name; runut_slice_field(&text, ';', &name);)
        push_author(arena, name, authors);
}

static void read_authors(runut_arena *arena, struct json_object *object, runut_slices *authors)
{
    static const char *const keys[] = {"author", "authors", "byline", "creator"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys && authors->size == 0; k++) {
        struct json_object *value = json_object_object_get(object, keys[k]);
        if (json_object_get_type(value) != json_type_array)
            runut_record_authors(arena, text_of(value), authors);
        else
            for (size_t i = 0; i < json_object_array_length(value) && i < MOST_AUTHORS; i++)
                runut_record_authors(arena, text_of(json_object_array_get_idx(value, i)), authors);
    }
}

/* A line or a list of them. */
static void read_credits(runut_arena *arena, struct json_object *object, runut_slices *credits)
{
    struct json_object *value = json_object_object_get(object, "creditText");
    if (json_object_get_type(value) != json_type_array) {
        if (text_of(value).size)
            RUNUT_PUSH(arena, *credits, text_of(value));
        return;
    }
    for (size_t i = 0; i < json_object_array_length(value) && i < 64; i++)
        if (text_of(json_object_array_get_idx(value, i)).size)
            RUNUT_PUSH(arena, *credits, text_of(json_object_array_get_idx(value, i)));
}

/* A line of `runut clean` for a page that holds no report: "articleBody": null. */
static bool is_without_body(struct json_object *object)
{
    struct json_object *body = NULL;
    return json_object_object_get_ex(object, "articleBody", &body) && !body && json_object_object_get(object, "kind");
}

static bool has_any(struct json_object *object, const runut_record_keys *keys)
{
    for (size_t i = 0; i < keys->count; i++) {
        enum json_type type = json_object_get_type(json_object_object_get(object, keys->names[i]));
        if (type == json_type_string || type == json_type_object)
            return true;
    }
    return false;
}

static bool is_record(struct json_object *object)
{
    return has_any(object, &runut_record_texts) || has_any(object, &runut_record_pages);
}

struct json_object *runut_record_list(struct json_object *object)
{
    static const char *const keys[] = {"articles", "results", "items",   "hits",  "docs",     "documents", "rows",
                                       "data",     "news",    "entries", "posts", "response", "@graph"};
    for (int depth = 0; depth < 3; depth++) {
        struct json_object *inner = NULL;
        if (json_object_get_type(object) != json_type_object || is_record(object))
            return NULL;
        for (size_t i = 0; i < sizeof keys / sizeof *keys && !inner; i++) {
            struct json_object *value = json_object_object_get(object, keys[i]);
            if (json_object_get_type(value) == json_type_array && json_object_array_length(value) &&
                json_object_get_type(json_object_array_get_idx(value, 0)) == json_type_object)
                return value;
            if (json_object_get_type(value) == json_type_object)
                inner = value;
        }
        object = inner;
    }
    return NULL;
}

struct json_object *runut_record_within(struct json_object *object)
{
    static const char *const keys[] = {"_source", "row", "article", "attributes", "doc"};
    if (json_object_get_type(object) != json_type_object)
        return object;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct json_object *inner = json_object_object_get(object, keys[i]);
        if (json_object_get_type(inner) == json_type_object && is_record(inner))
            return inner;
    }
    return object;
}

/* NewsAPI and its like: "… [+1234 chars]". */
static bool is_cut(runut_slice body)
{
    enum { LOOK = 24 };
    runut_slice end = runut_slice_part(body, body.size > LOOK ? body.size - LOOK : 0, body.size);
    return end.size && end.at[end.size - 1] == ']' && runut_slice_find(end, RUNUT_LITERAL("[+"), 0) != SIZE_MAX &&
           runut_slice_find(end, RUNUT_LITERAL(" chars]"), 0) != SIZE_MAX;
}

/* Markup, where the key may hold either. */
static bool is_markup(runut_slice body)
{
    return body.at[0] == '<' && runut_slice_find(body, RUNUT_LITERAL("</"), 0) != SIZE_MAX;
}

/* Text, or the page; RUNUT_ERR_INPUT where there is neither. */
static int find_body(struct json_object *object, runut_capture *capture, runut_error *error)
{
    const runut_record_keys *texts = &runut_record_texts;
    runut_slice body = field_of(object, texts->names, runut_record_plain), page = {"", 0};
    if (body.size == 0) {
        runut_slice either = field_of(object, texts->names + runut_record_plain, texts->count - runut_record_plain);
        *(either.size && is_markup(either) ? &page : &body) = either;
    }
    if (page.size == 0)
        page = LISTED(object, runut_record_pages);
    bool is_page = page.size && (!body.size || is_cut(body));
    capture->kind = is_page ? RUNUT_CAPTURE_HTML : RUNUT_CAPTURE_ARTICLE;
    capture->bytes = is_page ? page : body;
    if (body.size == 0 && page.size == 0 && !is_without_body(object))
        return runut_error_set(error, RUNUT_ERR_INPUT, "neither articleBody (or text) nor html");
    if (!is_page && is_cut(body))
        return runut_error_set(error, RUNUT_ERR_INPUT, "teaser only, link: %.*s",
                               (int)runut_slice_part(capture->url, 0, 400).size, capture->url.at);
    return RUNUT_OK;
}

int runut_record_capture(runut_arena *arena, struct json_object *object, runut_capture *capture, runut_error *error)
{
    if (json_object_get_type(object) != json_type_object)
        return runut_error_set(error, RUNUT_ERR_INPUT, "not a JSON object");
    capture->id = LISTED(object, runut_record_ids);
    capture->url = LISTED(object, runut_record_urls);
    if (capture->url.size == 0 && runut_url_is_web(FIELD(object, "source"))) /* trafilatura's JSON */
        capture->url = FIELD(object, "source");
    if (find_body(object, capture, error) != RUNUT_OK)
        return RUNUT_ERR_INPUT;
    capture->publisher = FIELD(object, "publisher", "sitename", "source-hostname", "hostname", "source_domain",
                               "site_name", "publication", "outlet", "media_name", "domain", "source");
    if (runut_url_is_web(capture->publisher))
        capture->publisher = (runut_slice){"", 0};
    capture->headline = FIELD(object, "headline", "title", "name", "webTitle", "heading");
    capture->date_published =
        runut_record_date(arena, FIELD(object, "datePublished", "date", "date_publish", "publish_date", "published",
                                       "publishedAt", "published_at", "published_date", "publication_date",
                                       "date_published", "pubDate", "pub_date", "webPublicationDate", "timestamp"));
    capture->date_modified = runut_record_date(arena, FIELD(object, "dateModified", "date_modify"));
    capture->date_captured = runut_record_date(arena, FIELD(object, "dateCaptured"));
    capture->language = FIELD(object, "inLanguage", "language", "lang");
    capture->found = FIELD(object, "file");
    capture->page_kind = FIELD(object, "kind");
    capture->standfirst = FIELD(object, "abstract");
    capture->date_from = FIELD(object, "datePublishedFrom");
    read_authors(arena, object, &capture->authors);
    read_credits(arena, object, &capture->credits);
    return RUNUT_OK;
}
