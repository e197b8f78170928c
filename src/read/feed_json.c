#include <json-c/json.h>

#include "base/slice.h"
#include "read/feed.h"
#include "read/rfc_date.h"

enum { MOST_AUTHORS = 64, ITEM_ARENA = 64 << 10 };

static struct json_object *member(struct json_object *object, const char *name)
{
    return json_object_get_type(object) == json_type_object ? json_object_object_get(object, name) : NULL;
}

static runut_slice text_of(struct json_object *object, const char *name)
{
    struct json_object *value = member(object, name);
    switch (json_object_get_type(value)) {
    case json_type_string:
        return runut_slice_trim(
            (runut_slice){json_object_get_string(value), (size_t)json_object_get_string_len(value)});
    case json_type_int: /* an id may be a number */
    case json_type_double:
        return runut_slice_of(json_object_get_string(value));
    default:
        return (runut_slice){"", 0};
    }
}

bool runut_feed_json_is(struct json_object *object)
{
    runut_slice version = text_of(object, "version");
    return runut_slice_find_nocase(version, RUNUT_LITERAL("jsonfeed.org/version"), 0) != SIZE_MAX &&
           json_object_get_type(member(object, "items")) == json_type_array;
}

/* Version 1.1 has a list, version 1 one object. */
static void read_authors(runut_arena *arena, struct json_object *object, runut_slices *authors)
{
    struct json_object *list = member(object, "authors");
    runut_slice name = text_of(member(object, "author"), "name");
    for (size_t i = 0; json_object_get_type(list) == json_type_array && i < json_object_array_length(list); i++) {
        runut_slice one = text_of(json_object_array_get_idx(list, i), "name");
        if (one.size && authors->size < MOST_AUTHORS)
            RUNUT_PUSH(arena, *authors, one);
    }
    if (authors->size == 0 && name.size)
        RUNUT_PUSH(arena, *authors, name);
}

static int read_item(runut_arena *arena, struct json_object *object, struct json_object *root, const runut_feed *feed,
                     uint64_t number, runut_on_item on_item, void *context)
{
    runut_slice html = text_of(object, "content_html");
    runut_feed_item item = {.number = number,
                            .title = text_of(object, "title"),
                            .link = text_of(object, "url"),
                            .guid = text_of(object, "id"),
                            .language = text_of(object, "language"),
                            .content = html.size ? html : text_of(object, "content_text"),
                            .content_plain = html.size == 0,
                            .summary = text_of(object, "summary"),
                            .summary_plain = true};
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        return RUNUT_ERR_MEMORY;
    item.published = runut_rfc_date(arena, text_of(object, "date_published"));
    item.updated = runut_rfc_date(arena, text_of(object, "date_modified"));
    if (item.link.size == 0)
        item.link = text_of(object, "external_url");
    if (item.link.size == 0 && runut_slice_starts_nocase(item.guid, RUNUT_LITERAL("http")))
        item.link = item.guid;
    read_authors(arena, object, &item.authors);
    if (item.authors.size == 0)
        read_authors(arena, root, &item.authors);
    return on_item(context, feed, &item) ? RUNUT_ERR_STOPPED : RUNUT_OK;
}

int runut_feed_json_read(struct json_object *object, runut_on_item on_item, void *context)
{
    runut_feed feed = {.kind = RUNUT_FEED_JSON,
                       .title = text_of(object, "title"),
                       .link = text_of(object, "home_page_url"),
                       .language = text_of(object, "language")};
    struct json_object *items = member(object, "items");
    runut_arena *arena = runut_arena_new(ITEM_ARENA);
    int code = arena ? RUNUT_OK : RUNUT_ERR_MEMORY;
    for (size_t i = 0; code == RUNUT_OK && i < json_object_array_length(items); i++)
        code = read_item(arena, json_object_array_get_idx(items, i), object, &feed, i + 1, on_item, context);
    runut_arena_free(arena);
    return code;
}
