#include "read/record.h"

#include <json-c/json.h>

#include "base/slice.h"
#include "read/rfc_date.h"

/* The value of the first of `keys` that holds text; an object stands for its `name`, an array for its first item. */
static runut_slice text_of(struct json_object *value)
{
    if (json_object_get_type(value) == json_type_array && json_object_array_length(value) > 0)
        value = json_object_array_get_idx(value, 0);
    if (json_object_get_type(value) == json_type_object)
        value = json_object_object_get(value, "name");
    switch (json_object_get_type(value)) {
    case json_type_string:
        return (runut_slice){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
    case json_type_int: /* an id may be a number */
        return runut_slice_of(json_object_get_string(value));
    default:
        return (runut_slice){"", 0};
    }
}

static runut_slice field(struct json_object *object, const char *const *keys)
{
    for (; *keys; keys++) {
        runut_slice text = runut_slice_trim(text_of(json_object_object_get(object, *keys)));
        if (text.size)
            return text;
    }
    return (runut_slice){"", 0};
}
#define FIELD(object, ...) field((object), (const char *const[]){__VA_ARGS__, NULL})

/* One name, or several with ';' between them (trafilatura). */
static void push_authors(runut_arena *arena, runut_slice text, runut_slices *authors)
{
    for (runut_slice name; runut_slice_field(&text, ';', &name);) {
        name = runut_slice_trim(name);
        if (name.size)
            RUNUT_PUSH(arena, *authors, name);
    }
}

static void read_authors(runut_arena *arena, struct json_object *object, runut_slices *authors)
{
    struct json_object *value = json_object_object_get(object, "author");
    if (!value)
        value = json_object_object_get(object, "authors");
    if (json_object_get_type(value) == json_type_array)
        for (size_t i = 0; i < json_object_array_length(value) && i < 64; i++)
            push_authors(arena, text_of(json_object_array_get_idx(value, i)), authors);
    else
        push_authors(arena, text_of(value), authors);
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

static bool is_address(runut_slice text)
{
    return runut_slice_starts_nocase(text, RUNUT_LITERAL("http://")) ||
           runut_slice_starts_nocase(text, RUNUT_LITERAL("https://"));
}

int runut_record_capture(runut_arena *arena, struct json_object *object, runut_capture *capture, runut_error *error)
{
    if (json_object_get_type(object) != json_type_object)
        return runut_error_set(error, RUNUT_ERR_INPUT, "not a JSON object");
    runut_slice body = FIELD(object, "articleBody", "text", "maintext");
    runut_slice page = FIELD(object, "html");
    if (body.size == 0 && page.size == 0 && !is_without_body(object))
        return runut_error_set(error, RUNUT_ERR_INPUT, "neither articleBody (or text) nor html");
    capture->kind = page.size && !body.size ? RUNUT_CAPTURE_HTML : RUNUT_CAPTURE_ARTICLE;
    capture->bytes = page.size && !body.size ? page : body;
    capture->id = FIELD(object, "id", "@id", "identifier");
    capture->url = FIELD(object, "url", "source-url");
    if (capture->url.size == 0 && is_address(FIELD(object, "source"))) /* trafilatura's JSON */
        capture->url = FIELD(object, "source");
    capture->publisher = FIELD(object, "publisher", "sitename", "source-hostname", "hostname", "source_domain");
    capture->headline = FIELD(object, "headline", "title", "name");
    capture->date_published = runut_rfc_date(arena, FIELD(object, "datePublished", "date", "date_publish"));
    capture->date_modified = runut_rfc_date(arena, FIELD(object, "dateModified", "date_modify"));
    capture->date_captured = runut_rfc_date(arena, FIELD(object, "dateCaptured"));
    capture->language = FIELD(object, "inLanguage", "language");
    capture->found = FIELD(object, "file");
    capture->page_kind = FIELD(object, "kind");
    capture->standfirst = FIELD(object, "abstract");
    capture->date_from = FIELD(object, "datePublishedFrom");
    read_authors(arena, object, &capture->authors);
    read_credits(arena, object, &capture->credits);
    return RUNUT_OK;
}
