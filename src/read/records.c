#include "read/records.h"

#include <json-c/json.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "read/feed.h"
#include "read/feed_read.h"
#include "read/record.h"

/* json-c crashes where it cannot copy a key (0.16 does not look at what strdup gives): what it usually needs is asked
 * for beforehand. */
static bool is_memory_for(runut_slice text)
{
    enum { TIMES = 4, LEAST = 64 * 1024 };
    void *volatile room = malloc(TIMES * text.size + LEAST);
    free(room);
    return room != NULL;
}

/* Parses `text` as one JSON value; NULL with error (byte = offset in `text`) where it is none. */
static struct json_object *parse_json(runut_reading *self, runut_slice text, runut_error *error)
{
    json_tokener_reset(self->tokener);
    runut_memory_watch();
    struct json_object *object = NULL;
    if (is_memory_for(text))
        object = json_tokener_parse_ex(self->tokener, text.at, (int)text.size);
    enum json_tokener_error state = json_tokener_get_error(self->tokener);
    size_t end = json_tokener_get_parse_end(self->tokener);
    runut_slice rest = runut_slice_trim(runut_slice_part(text, end, text.size));
    if (runut_memory_ran_out()) { /* json-c tells of broken JSON then, or leaves something out */
        json_object_put(object);
        runut_error_set(error, RUNUT_ERR_INPUT, "out of memory");
        return NULL;
    }
    if (state == json_tokener_success && rest.size == 0 && object)
        return object;
    json_object_put(object);
    runut_error_set(error, RUNUT_ERR_INPUT, "broken JSON: %s",
                    state == json_tokener_continue  ? "ends in the middle"
                    : state == json_tokener_success ? "more after the value"
                                                    : json_tokener_error_desc(state));
    if (error)
        error->byte = end;
    return NULL;
}

static int capture_record(runut_reading *self, struct json_object *object, runut_capture *capture, runut_error *error)
{
    runut_arena_reset(self->arena);
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_INPUT, "too many authors");
    return runut_record_capture(self->arena, object, capture, error);
}

/* The same for who wants lines. */
static int hand_object(runut_reading *self, runut_slice file, struct json_object *object, uint64_t record)
{
    size_t size = 0;
    uint64_t count;
    runut_error error;
    const char *text =
        json_object_to_json_string_length(object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &size);
    runut_lines lines = {.file = file, .record = record, .bytes = {text, size}};
    if (text)
        return self->on_lines(self->context, &lines, &count) ? RUNUT_ERR_STOPPED : RUNUT_OK;
    runut_error_set(&error, RUNUT_ERR_INPUT, "out of memory");
    runut_reading_reject(self, file, record, 0, &error);
    return RUNUT_OK;
}

/* One JSON record: to the callback, or rejected. */
static int read_object(runut_reading *self, runut_slice file, struct json_object *object, uint64_t record,
                       uint64_t byte)
{
    runut_error error;
    if (self->on_lines)
        return hand_object(self, file, object, record);
    if (runut_feed_json_is(object))
        return runut_feed_read_object(self, object, file);
    runut_capture capture = {.file = file, .record = record, .byte = byte};
    if (capture_record(self, object, &capture, &error) == RUNUT_OK)
        return runut_reading_deliver(self, &capture);
    runut_reading_reject(self, file, record, byte, &error);
    return RUNUT_OK;
}

static int read_json_line(runut_reading *self, runut_slice file, runut_slice line, uint64_t record, uint64_t byte)
{
    runut_error error;
    if (runut_slice_starts(line, RUNUT_LITERAL("\xEF\xBB\xBF")))
        line = runut_slice_part(line, 3, line.size);
    struct json_object *object = parse_json(self, line, &error);
    if (!object) {
        runut_reading_reject(self, file, record, byte + error.byte, &error);
        return RUNUT_OK;
    }
    int code = read_object(self, file, object, record, byte);
    json_object_put(object);
    return code;
}

/* JSON Lines as captures. */
static int read_json_lines(runut_reading *self, runut_input *input, runut_slice file)
{
    uint64_t record = 0;
    for (;;) {
        runut_slice line;
        uint64_t byte;
        bool end;
        runut_error error;
        int code = runut_input_line(input, self->most, &line, &byte, &end, &error);
        if (code != RUNUT_OK) {
            runut_reading_reject(self, file, ++record, code == RUNUT_ERR_INPUT && !end ? byte : error.byte, &error);
            if (end)
                return RUNUT_OK;
            continue;
        }
        if (end)
            return RUNUT_OK;
        record++;
        if (runut_slice_trim(line).size == 0)
            continue;
        code = read_json_line(self, file, line, record, byte);
        if (code != RUNUT_OK)
            return code;
    }
}

/* The same for who wants the lines as they are. */
static int hand_lines(runut_reading *self, runut_input *input, runut_slice file)
{
    runut_lines lines = {.file = file, .record = 1};
    for (bool end = false; !end;) {
        runut_error error;
        uint64_t count = 1;
        int code = runut_input_lines(input, self->most, &lines.bytes, &lines.byte, &end, &error);
        if (code != RUNUT_OK)
            runut_reading_reject(self, file, lines.record, code == RUNUT_ERR_INPUT && !end ? lines.byte : error.byte,
                                 &error);
        else if (!end && self->on_lines(self->context, &lines, &count))
            return RUNUT_ERR_STOPPED;
        lines.record += count;
    }
    return RUNUT_OK;
}

static int read_json(runut_reading *self, runut_slice bytes, runut_slice file)
{
    runut_error error;
    if (runut_slice_starts(bytes, RUNUT_LITERAL("\xEF\xBB\xBF")))
        bytes = runut_slice_part(bytes, 3, bytes.size);
    struct json_object *value = parse_json(self, bytes, &error);
    if (!value) {
        runut_reading_reject(self, file, 0, error.byte, &error);
        return RUNUT_OK;
    }
    int code = RUNUT_OK;
    if (json_object_get_type(value) == json_type_array)
        for (size_t i = 0; i < json_object_array_length(value) && code == RUNUT_OK; i++)
            code = read_object(self, file, json_object_array_get_idx(value, i), i + 1, 0);
    else
        code = read_object(self, file, value, 0, 0);
    json_object_put(value);
    return code;
}

int runut_records_read_lines(runut_reading *reading, runut_input *input, runut_slice file)
{
    return reading->on_lines ? hand_lines(reading, input, file) : read_json_lines(reading, input, file);
}

int runut_records_read_json(runut_reading *reading, runut_input *input, runut_slice file)
{
    runut_slice bytes;
    runut_error error;
    if (runut_input_all(input, reading->most, &bytes, &error) == RUNUT_OK)
        return read_json(reading, bytes, file);
    runut_reading_reject(reading, file, 0, error.byte, &error);
    return RUNUT_OK;
}

/* Has it text and what it is called? A 'text' or 'html' alone is a part of a page, or a comment. */
static bool is_article(struct json_object *object)
{
    static const char *const names[] = {"headline", "title"};
    if (json_object_get_type(object) != json_type_object)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (json_object_object_get(object, names[i]))
            return true;
    return json_object_object_get(object, "articleBody") != NULL;
}

int runut_records_deliver_json(runut_reading *reading, const runut_capture *capture)
{
    runut_error error;
    runut_capture made = {.file = capture->file, .record = capture->record, .byte = capture->byte};
    struct json_object *object = parse_json(reading, capture->bytes, &error);
    if (!is_article(object) || capture_record(reading, object, &made, &error) != RUNUT_OK) {
        json_object_put(object);
        runut_reading_skip(reading);
        return RUNUT_OK;
    }
    if (made.url.size == 0)
        made.url = capture->url;
    int code = runut_reading_deliver(reading, &made);
    json_object_put(object);
    return code;
}
