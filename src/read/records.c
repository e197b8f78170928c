#include "read/records.h"

#include <json-c/json.h>
#include <string.h>

#include "base/slice.h"
#include "read/feed.h"
#include "read/feed_read.h"
#include "read/har.h"
#include "read/json_line.h"
#include "read/json_values.h"
#include "read/record.h"
#include "read/transcode.h"

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
static int read_record(runut_reading *self, runut_slice file, struct json_object *object, uint64_t record,
                       uint64_t byte)
{
    runut_error error;
    object = runut_record_within(object);
    if (self->on_lines)
        return hand_object(self, file, object, record);
    runut_capture capture = {.file = file, .record = record, .byte = byte};
    if (capture_record(self, object, &capture, &error) == RUNUT_OK)
        return runut_reading_deliver(self, &capture);
    runut_reading_reject(self, file, record, byte, &error);
    return RUNUT_OK;
}

/* What a WACZ has beside its web archive: a description, and a list of pages, which are in the archive. */
static bool is_about_archive(struct json_object *object)
{
    struct json_object *profile = NULL, *format = NULL;
    if (json_object_get_type(object) != json_type_object)
        return false;
    return (json_object_object_get_ex(object, "profile", &profile) && profile &&
            strcmp(json_object_get_string(profile), "data-package") == 0) ||
           (json_object_object_get_ex(object, "format", &format) && format &&
            strncmp(json_object_get_string(format), "json-pages-", 11) == 0);
}

/* A record, a feed, what a browser exports, or an answer that holds a list of records. */
static int read_object(runut_reading *self, runut_slice file, struct json_object *object, uint64_t record,
                       uint64_t byte)
{
    if (!self->on_lines && runut_feed_json_is(object))
        return runut_feed_read_object(self, object, file, 0, 0);
    if (is_about_archive(object)) {
        runut_reading_skip(self, RUNUT_SKIP_DATA);
        return RUNUT_OK;
    }
    if (!self->on_lines && runut_har_is(object))
        return runut_har_read(self, object, file);
    struct json_object *list = runut_record_list(object);
    if (!list)
        return read_record(self, file, object, record, byte);
    int code = RUNUT_OK;
    for (size_t i = 0; i < json_object_array_length(list) && code == RUNUT_OK; i++)
        code = read_record(self, file, json_object_array_get_idx(list, i), i + 1, byte);
    return code;
}

static int read_value(runut_reading *self, runut_slice file, runut_slice line, uint64_t record, uint64_t byte)
{
    runut_error error;
    if (runut_slice_starts(line, RUNUT_LITERAL("\xEF\xBB\xBF")))
        line = runut_slice_part(line, 3, line.size);
    struct json_object *object = runut_json_build(self->tokener, line, &error);
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
        code = read_value(self, file, line, record, byte);
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

/* JSON over any number of lines. An item of an array has a number; an object that stands alone is the file. */
static int read_values(runut_reading *self, runut_input *input, runut_slice file)
{
    runut_json_values values = {.input = input, .most = self->most};
    uint64_t record = 0;
    runut_slice mark = runut_slice_part(runut_input_ahead(input, 3), 0, 3);
    if (runut_slice_is(mark, "\xEF\xBB\xBF"))
        runut_input_take(input, 3);
    for (;;) {
        runut_slice value;
        runut_error error;
        uint64_t byte;
        bool end;
        int code = runut_json_values_next(&values, &value, &byte, &end, &error);
        if (end && code == RUNUT_OK)
            break;
        record++;
        if (code == RUNUT_OK)
            code = read_value(self, file, value, values.was_list || record > 1 ? record : 0, byte);
        else
            runut_reading_reject(self, file, record, error.byte, &error);
        if (end || code == RUNUT_ERR_STOPPED || code == RUNUT_ERR_MEMORY)
            return code == RUNUT_ERR_INPUT ? RUNUT_OK : code;
    }
    if (record == 0) {
        runut_error error;
        runut_error_set(&error, RUNUT_ERR_INPUT, "a list without records");
        runut_reading_reject(self, file, 0, 0, &error);
    }
    return RUNUT_OK;
}

/* Windows' shells write UTF-16. */
static int read_wide(runut_reading *reading, runut_input *input, runut_slice file)
{
    runut_error error;
    runut_input *text = runut_input_decoded(input, &error);
    int code = text ? runut_reading_input(reading, text, file) : RUNUT_ERR_MEMORY;
    runut_input_close(text);
    return code;
}

int runut_records_read_lines(runut_reading *reading, runut_input *input, runut_slice file)
{
    if (runut_transcoder_is_wide(runut_input_peek(input)))
        return read_wide(reading, input, file);
    return reading->on_lines ? hand_lines(reading, input, file) : read_json_lines(reading, input, file);
}

int runut_records_read_json(runut_reading *reading, runut_input *input, runut_slice file)
{
    if (runut_transcoder_is_wide(runut_input_peek(input)))
        return read_wide(reading, input, file);
    return read_values(reading, input, file);
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
    struct json_object *object = runut_json_build(reading->tokener, capture->bytes, &error);
    if (runut_feed_json_is(object)) {
        int code = runut_feed_read_object(reading, object, capture->file, capture->record, capture->byte);
        json_object_put(object);
        return code;
    }
    if (!is_article(object) || capture_record(reading, object, &made, &error) != RUNUT_OK) {
        json_object_put(object);
        runut_reading_skip(reading, RUNUT_SKIP_DATA);
        return RUNUT_OK;
    }
    if (made.url.size == 0)
        made.url = capture->url;
    int code = runut_reading_deliver(reading, &made);
    json_object_put(object);
    return code;
}
