#include "read/read.h"

#include <errno.h>
#include <fts.h>
#include <json-c/json.h>
#include <string.h>
#include <sys/stat.h>

#include "base/slice.h"
#include "read/input.h"
#include "read/record.h"
#include "read/sniff.h"

enum { MOST_RECORD = 64 << 20, MOST_DEPTH = 64, RECORD_ARENA = 1 << 20 };

/* One call of runut_read. */
typedef struct reading {
    size_t most;
    runut_on_capture on_capture;
    runut_on_reject on_reject;
    runut_on_lines on_lines;
    void *context;
    runut_arena *arena; /* of one JSON record */
    struct json_tokener *tokener;
} reading;

static void reject(reading *self, const char *path, uint64_t record, uint64_t byte, runut_error *error)
{
    runut_error_place(error, runut_slice_of(path), record, byte);
    self->on_reject(self->context, error);
}

static int deliver(reading *self, const runut_capture *capture)
{
    return self->on_capture(self->context, capture) ? RUNUT_ERR_STOPPED : RUNUT_OK;
}

/* Parses `text` as one JSON value; NULL with error (byte = offset in `text`) where it is none. */
static struct json_object *parse_json(reading *self, runut_slice text, runut_error *error)
{
    json_tokener_reset(self->tokener);
    struct json_object *object = json_tokener_parse_ex(self->tokener, text.at, (int)text.size);
    enum json_tokener_error state = json_tokener_get_error(self->tokener);
    size_t end = json_tokener_get_parse_end(self->tokener);
    runut_slice rest = runut_slice_trim(runut_slice_part(text, end, text.size));
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

static int capture_record(reading *self, struct json_object *object, runut_capture *capture, runut_error *error)
{
    runut_arena_reset(self->arena);
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_INPUT, "too many authors");
    return runut_record_capture(self->arena, object, capture, error);
}

/* The same for who wants lines. */
static int hand_object(reading *self, const char *path, struct json_object *object, uint64_t record)
{
    size_t size = 0;
    uint64_t count;
    runut_error error;
    const char *text =
        json_object_to_json_string_length(object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &size);
    runut_lines lines = {.file = runut_slice_of(path), .record = record, .bytes = {text, size}};
    if (text)
        return self->on_lines(self->context, &lines, &count) ? RUNUT_ERR_STOPPED : RUNUT_OK;
    runut_error_set(&error, RUNUT_ERR_INPUT, "out of memory");
    reject(self, path, record, 0, &error);
    return RUNUT_OK;
}

/* One JSON record: to the callback, or rejected. */
static int read_object(reading *self, const char *path, struct json_object *object, uint64_t record, uint64_t byte)
{
    runut_error error;
    if (self->on_lines)
        return hand_object(self, path, object, record);
    runut_capture capture = {.file = runut_slice_of(path), .record = record, .byte = byte};
    if (capture_record(self, object, &capture, &error) == RUNUT_OK)
        return deliver(self, &capture);
    reject(self, path, record, byte, &error);
    return RUNUT_OK;
}

static int read_json_line(reading *self, const char *path, runut_slice line, uint64_t record, uint64_t byte)
{
    runut_error error;
    if (runut_slice_starts(line, RUNUT_LITERAL("\xEF\xBB\xBF")))
        line = runut_slice_part(line, 3, line.size);
    struct json_object *object = parse_json(self, line, &error);
    if (!object) {
        reject(self, path, record, byte + error.byte, &error);
        return RUNUT_OK;
    }
    int code = read_object(self, path, object, record, byte);
    json_object_put(object);
    return code;
}

static int read_json_lines(reading *self, runut_input *input, const char *path)
{
    uint64_t record = 0;
    for (;;) {
        runut_slice line;
        uint64_t byte;
        bool end;
        runut_error error;
        int code = runut_input_line(input, self->most, &line, &byte, &end, &error);
        if (code != RUNUT_OK) {
            reject(self, path, ++record, code == RUNUT_ERR_INPUT && !end ? byte : error.byte, &error);
            if (end)
                return RUNUT_OK;
            continue;
        }
        if (end)
            return RUNUT_OK;
        record++;
        if (runut_slice_trim(line).size == 0)
            continue;
        code = read_json_line(self, path, line, record, byte);
        if (code != RUNUT_OK)
            return code;
    }
}

/* The same for who wants the lines as they are. */
static int hand_lines(reading *self, runut_input *input, const char *path)
{
    runut_lines lines = {.file = runut_slice_of(path), .record = 1};
    for (bool end = false; !end;) {
        runut_error error;
        uint64_t count = 1;
        int code = runut_input_lines(input, self->most, &lines.bytes, &lines.byte, &end, &error);
        if (code != RUNUT_OK)
            reject(self, path, lines.record, code == RUNUT_ERR_INPUT && !end ? lines.byte : error.byte, &error);
        else if (!end && self->on_lines(self->context, &lines, &count))
            return RUNUT_ERR_STOPPED;
        lines.record += count;
    }
    return RUNUT_OK;
}

/* An object or an array of objects, over any number of lines. */
static int read_json(reading *self, runut_slice bytes, const char *path)
{
    runut_error error;
    if (runut_slice_starts(bytes, RUNUT_LITERAL("\xEF\xBB\xBF")))
        bytes = runut_slice_part(bytes, 3, bytes.size);
    struct json_object *value = parse_json(self, bytes, &error);
    if (!value) {
        reject(self, path, 0, error.byte, &error);
        return RUNUT_OK;
    }
    int code = RUNUT_OK;
    if (json_object_get_type(value) == json_type_array)
        for (size_t i = 0; i < json_object_array_length(value) && code == RUNUT_OK; i++)
            code = read_object(self, path, json_object_array_get_idx(value, i), i + 1, 0);
    else
        code = read_object(self, path, value, 0, 0);
    json_object_put(value);
    return code;
}

static int read_whole(reading *self, runut_input *input, const char *path, runut_format format)
{
    runut_slice bytes;
    runut_error error;
    if (runut_input_all(input, self->most, &bytes, &error) != RUNUT_OK) {
        reject(self, path, 0, error.byte, &error);
        return RUNUT_OK;
    }
    if (format == RUNUT_FORMAT_JSON)
        return read_json(self, bytes, path);
    runut_capture capture = {.kind = format == RUNUT_FORMAT_HTML ? RUNUT_CAPTURE_HTML : RUNUT_CAPTURE_TEXT,
                             .file = runut_slice_of(path),
                             .bytes = bytes};
    return deliver(self, &capture);
}

static int read_file(reading *self, const char *path, runut_error *error)
{
    runut_input *input = runut_input_open(path, error);
    if (!input) {
        self->on_reject(self->context, error);
        return RUNUT_ERR_IO;
    }
    runut_format format = runut_sniff(runut_input_peek(input));
    bool lines = format == RUNUT_FORMAT_JSON_LINES;
    int code = !lines           ? read_whole(self, input, path, format)
               : self->on_lines ? hand_lines(self, input, path)
                                : read_json_lines(self, input, path);
    runut_input_close(input);
    return code;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void reject_entry(reading *self, const FTSENT *entry, const char *why)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_IO, "%s", why);
    reject(self, entry->fts_path, 0, 0, &error);
}

static int read_entry(reading *self, FTS *tree, FTSENT *entry)
{
    runut_error error;
    bool hidden = entry->fts_level > 0 && entry->fts_name[0] == '.';
    switch (entry->fts_info) {
    case FTS_D:
        if (hidden || entry->fts_level > MOST_DEPTH)
            fts_set(tree, entry, FTS_SKIP);
        if (!hidden && entry->fts_level > MOST_DEPTH)
            reject_entry(self, entry, "folders nested too deeply");
        return RUNUT_OK;
    case FTS_F:
        if (!hidden && read_file(self, entry->fts_path, &error) == RUNUT_ERR_STOPPED)
            return RUNUT_ERR_STOPPED;
        return RUNUT_OK;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        reject_entry(self, entry, strerror(entry->fts_errno));
        return RUNUT_OK;
    case FTS_SLNONE:
        reject_entry(self, entry, "symbolic link to nothing");
        return RUNUT_OK;
    case FTS_DC:
        reject_entry(self, entry, "symbolic link back to a folder above");
        return RUNUT_OK;
    case FTS_DEFAULT:
        if (!hidden)
            reject_entry(self, entry, "neither a file nor a folder");
        return RUNUT_OK;
    default:
        return RUNUT_OK;
    }
}

static int read_folder(reading *self, const char *path, runut_error *error)
{
    char *const paths[] = {(char *)path, NULL};
    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!tree) {
        int code = runut_error_set(error, RUNUT_ERR_IO, "%s", strerror(errno));
        runut_error_place(error, runut_slice_of(path), 0, 0);
        return code;
    }
    int code = RUNUT_OK;
    for (FTSENT *entry; code == RUNUT_OK && (entry = fts_read(tree));)
        code = read_entry(self, tree, entry);
    fts_close(tree);
    return code;
}

int runut_read(const char *path, const runut_read_options *options, runut_on_capture on_capture,
               runut_on_reject on_reject, void *context, runut_error *error)
{
    reading self = {.most = options && options->most_record ? options->most_record : MOST_RECORD,
                    .on_capture = on_capture,
                    .on_reject = on_reject,
                    .on_lines = options ? options->on_lines : NULL,
                    .context = context,
                    .arena = runut_arena_new(RECORD_ARENA),
                    .tokener = json_tokener_new_ex(MOST_DEPTH)};
    struct stat status;
    int code;
    if (!self.arena || !self.tokener)
        code = runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    else if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        code = read_folder(&self, path, error);
    else
        code = read_file(&self, path, error);
    if (self.tokener)
        json_tokener_free(self.tokener);
    runut_arena_free(self.arena);
    return code;
}
