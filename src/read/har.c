#include "read/har.h"

#include <json-c/json.h>

#include "base/slice.h"
#include "read/mime.h"
#include "read/payload.h"

static struct json_object *member(struct json_object *object, const char *name)
{
    return json_object_get_type(object) == json_type_object ? json_object_object_get(object, name) : NULL;
}

static runut_slice text_of(struct json_object *object, const char *name)
{
    struct json_object *value = member(object, name);
    return json_object_get_type(value) == json_type_string
               ? (runut_slice){json_object_get_string(value), (size_t)json_object_get_string_len(value)}
               : (runut_slice){"", 0};
}

bool runut_har_is(struct json_object *object)
{
    return json_object_get_type(member(member(object, "log"), "entries")) == json_type_array;
}

/* The text is UTF-8 whatever its type says, unless it is bytes in base64. */
static int read_entry(runut_reading *reading, runut_arena *arena, struct json_object *entry, runut_slice file,
                      uint64_t number)
{
    struct json_object *response = member(entry, "response"), *content = member(response, "content");
    int status = json_object_get_int(member(response, "status"));
    runut_capture capture = {.file = file,
                             .record = number,
                             .url = text_of(member(entry, "request"), "url"),
                             .bytes = text_of(content, "text")};
    runut_slice type = text_of(content, "mimeType"), end;
    if (status != 200 && status != 203) {
        runut_reading_skip(reading, RUNUT_SKIP_STATUS);
        return RUNUT_OK;
    }
    if (runut_slice_equal_nocase(text_of(content, "encoding"), RUNUT_LITERAL("base64"))) {
        if (runut_payload_of(type) == RUNUT_PAYLOAD_OTHER) {
            runut_reading_skip(reading, RUNUT_SKIP_TYPE);
            return RUNUT_OK;
        }
        runut_arena_reset(arena);
        if (RUNUT_ARENA_TRY(arena) != 0)
            return RUNUT_ERR_MEMORY;
        capture.bytes = runut_mime_base64(arena, capture.bytes);
        return runut_payload_deliver(reading, type, &capture);
    }
    runut_slice_field(&type, ';', &end);
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        return RUNUT_ERR_MEMORY;
    type = runut_arena_printf(arena, "%.*s; charset=utf-8", (int)end.size, end.at);
    return runut_payload_deliver(reading, type, &capture);
}

int runut_har_read(runut_reading *reading, struct json_object *object, runut_slice file)
{
    struct json_object *entries = member(member(object, "log"), "entries");
    runut_arena *arena = runut_arena_new(reading->most);
    int code = arena ? RUNUT_OK : RUNUT_ERR_MEMORY;
    for (size_t i = 0; i < json_object_array_length(entries) && code == RUNUT_OK; i++)
        code = read_entry(reading, arena, json_object_array_get_idx(entries, i), file, i + 1);
    runut_arena_free(arena);
    return code;
}
