/* A record is a line "URL IP DATE TYPE LENGTH" (version 2 has more fields before the length), as many bytes, and a line
 * end. The first record, "filedesc://…", shows which by its own line. URLs may hold blanks, so fields are counted from
 * the end.
 */
#define _GNU_SOURCE /* memrchr */
#include "read/arc.h"

#include <string.h>

#include "base/error.h"
#include "base/slice.h"
#include "read/payload.h"

enum { MOST_LINE = 64 * 1024, MOST_FIELDS = 9 };

typedef struct arc {
    runut_reading *reading;
    runut_input *input;
    runut_slice file;
    uint64_t records;
    size_t fields; /* behind the URL */
    bool lost;
} arc;

typedef struct arc_record {
    uint64_t number, byte, length;
    runut_slice url, type; /* in the reading's scratch */
} arc_record;

bool runut_arc_is(runut_slice start)
{
    return runut_slice_starts(start, RUNUT_LITERAL("filedesc://"));
}

static void reject(arc *self, const arc_record *record, const char *why)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_INPUT, "%s", why);
    runut_reading_reject(self->reading, self->file, record->number, record->byte, &error);
}

static bool read_length(runut_slice text, uint64_t *length)
{
    *length = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!runut_is_digit((unsigned char)text.at[i]) || i > 17)
            return false;
        *length = *length * 10 + (uint64_t)(text.at[i] - '0');
    }
    return text.size > 0;
}

static size_t count_blanks(runut_slice line)
{
    size_t count = 0;
    for (size_t i = 0; i < line.size; i++)
        count += line.at[i] == ' ';
    return count;
}

/* False where `line` is no header. */
static bool read_line(runut_slice line, size_t fields, arc_record *record)
{
    runut_slice parts[MOST_FIELDS];
    for (size_t i = fields; i-- > 0;) {
        const char *blank = line.size ? memrchr(line.at, ' ', line.size) : NULL;
        if (!blank)
            return false;
        size_t at = (size_t)(blank - line.at);
        parts[i] = runut_slice_part(line, at + 1, line.size);
        line = runut_slice_part(line, 0, at);
    }
    record->url = line;
    record->type = parts[2];
    return runut_slice_find(line, RUNUT_LITERAL(":"), 0) != SIZE_MAX && parts[1].size >= 8 &&
           runut_is_digit((unsigned char)parts[1].at[0]) && read_length(parts[fields - 1], &record->length);
}

/* The next line, kept in the reading's scratch and taken; cut where it is very long. RUNUT_ERR_MEMORY. */
static int take_line(arc *self, runut_slice *line)
{
    runut_scratch *kept = &self->reading->header;
    size_t size = 0;
    const char *end = NULL;
    while (!end && size < MOST_LINE) {
        runut_slice there = runut_input_ahead(self->input, size + 1);
        if (there.size <= size)
            break;
        end = memchr(there.at + size, '\n', there.size - size);
        size = end ? (size_t)(end - there.at) + 1 : there.size;
    }
    runut_scratch_reset(kept);
    if (!runut_scratch_add(kept, (runut_slice){runut_input_ahead(self->input, 0).at, size}))
        return RUNUT_ERR_MEMORY;
    runut_input_take(self->input, size);
    *line = runut_slice_trim(runut_scratch_slice(kept));
    return RUNUT_OK;
}

static int read_block(arc *self, const arc_record *record)
{
    size_t size = (size_t)record->length;
    if (record->length > self->reading->most) {
        if (runut_payload_of(record->type) == RUNUT_PAYLOAD_OTHER)
            runut_reading_skip(self->reading, RUNUT_SKIP_TYPE);
        else
            reject(self, record, "record larger than the limit");
        runut_input_skip(self->input, record->length);
        return RUNUT_OK;
    }
    runut_slice block = runut_slice_part(runut_input_ahead(self->input, size), 0, size);
    int code = RUNUT_OK;
    runut_capture capture = {.file = self->file, .record = record->number, .byte = record->byte, .url = record->url};
    if (block.size < size && runut_input_failure(self->input, NULL) == RUNUT_OK)
        reject(self, record, "record ends in the middle");
    else if (block.size == size && !runut_arc_is(record->url))
        code = runut_payload_deliver_message(self->reading, block, record->type, false, &capture);
    runut_input_take(self->input, block.size);
    return code;
}

static int read_record(arc *self)
{
    arc_record record = {.number = self->records + 1, .byte = runut_input_at(self->input)};
    runut_slice line;
    if (take_line(self, &line) != RUNUT_OK)
        return RUNUT_ERR_MEMORY;
    if (line.size == 0)
        return RUNUT_OK;
    if (runut_arc_is(line))
        self->fields = count_blanks(line) >= MOST_FIELDS ? MOST_FIELDS : 4;
    if (read_line(line, self->fields, &record)) {
        self->records++;
        self->lost = false;
        return read_block(self, &record);
    }
    if (!self->lost)
        reject(self, &record, "here no record begins");
    self->lost = true;
    return RUNUT_OK;
}

int runut_arc_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    arc self = {.reading = reading, .input = input, .file = file, .fields = 4};
    runut_error error = {0};
    int code = RUNUT_OK;
    while (code == RUNUT_OK) {
        if (runut_input_ahead(input, 1).size) {
            code = read_record(&self);
        } else if (runut_input_failure(input, &error) != RUNUT_OK) {
            if (!self.lost)
                runut_reading_reject(reading, file, self.records, error.byte, &error);
            self.lost = true;
            if (!runut_input_resume(input))
                break;
        } else {
            break;
        }
    }
    return code;
}
