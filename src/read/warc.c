/* A record is a header, a block of Content-Length bytes and two line ends; then comes the next one. Files are cut,
 * members of gzip damaged, lengths wrong, so the length is believed only where a record or the end of the file follows:
 * otherwise the block reaches to the next record, where there is one near. What cannot be saved is told once, and
 * reading goes on at the next record.
 *
 * Only what may be a report is held; a film of a gigabyte is passed over, and what looks like a record within it shows
 * that its length is wrong.
 *
 * Request, metadata and warcinfo records tell nothing of a report. A revisit says that a page was found unchanged: it
 * has no text, and its original, where it is in the file, is a capture of its own. They are counted. */
#define _GNU_SOURCE /* memmem */
#include "read/warc.h"

#include <string.h>

#include "base/error.h"
#include "base/slice.h"
#include "read/http.h"
#include "read/payload.h"

enum {
    MOST_HEADER = 1 << 20,
    MOST_HELD = 4 << 20, /* of what is no capture anyway */
    NEAR = 64 * 1024,    /* how far behind its end by length a block may reach */
    STEP = 64 * 1024
};

typedef enum record_type { WARC_OTHER, WARC_RESPONSE, WARC_RESOURCE, WARC_CONVERSION, WARC_REVISIT } record_type;

typedef struct warc_record {
    uint64_t number, byte, length;
    bool has_length, truncated;
    record_type type;
    runut_slice url, content_type, identified, date;
} warc_record;

typedef struct warc {
    runut_reading *reading;
    runut_input *input;
    runut_slice file;
    uint64_t records;
    bool lost; /* told already that here is no record */
} warc;

bool runut_warc_is(runut_slice start)
{
    return start.size > 7 && memcmp(start.at, "WARC/", 5) == 0 && runut_is_digit((unsigned char)start.at[5]) &&
           start.at[6] == '.';
}

static void reject(warc *self, uint64_t record, uint64_t byte, const char *why)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_INPUT, "%s", why);
    runut_reading_reject(self->reading, self->file, record, byte, &error);
}

/* ---- finding records ---- */

/* Offset of the next record in `text` behind a line end at or after `from`; SIZE_MAX = none. */
static size_t find_record(runut_slice text, size_t from)
{
    enum { MARK = 6, WINDOW = 4096 };
    while (text.size - from >= MARK) { /* step by step, since sanitizers look at all of what memmem is given */
        size_t size = text.size - from < WINDOW ? text.size - from : WINDOW;
        const char *found = memmem(text.at + from, size, "\nWARC/", MARK);
        size_t at = found ? (size_t)(found - text.at) + 1 : from + size - MARK + 1;
        if (found && runut_warc_is(runut_slice_part(text, at, text.size)))
            return at;
        from = at;
    }
    return SIZE_MAX;
}

/* Passes over bytes up to the next record; at most `most` of them. How many there were. */
static uint64_t seek_record(warc *self, uint64_t most)
{
    enum { OVERLAP = 9 /* "\nWARC/1.0" */ };
    uint64_t passed = 0;
    while (passed < most) {
        runut_slice there = runut_input_ahead(self->input, STEP);
        bool last = there.size < STEP || there.size > most - passed;
        there = runut_slice_part(there, 0, most - passed < there.size ? (size_t)(most - passed) : there.size);
        size_t found = find_record(there, 0);
        size_t size = found != SIZE_MAX ? found : last ? there.size : there.size - OVERLAP;
        runut_input_take(self->input, size);
        passed += size;
        if (found != SIZE_MAX || last)
            break;
    }
    return passed;
}

/* After a failure of the input: told; goes on with the next member of gzip. */
static bool recover(warc *self, uint64_t record)
{
    runut_error error = {0};
    if (runut_input_failure(self->input, &error) == RUNUT_OK)
        return false;
    if (!self->lost)
        runut_reading_reject(self->reading, self->file, record, error.byte, &error);
    self->lost = true;
    return runut_input_resume(self->input);
}

/* ---- header ---- */

static record_type type_of(runut_slice name)
{
    static const char *const names[] = {[WARC_RESPONSE] = "response",
                                        [WARC_RESOURCE] = "resource",
                                        [WARC_CONVERSION] = "conversion",
                                        [WARC_REVISIT] = "revisit"};
    for (record_type type = WARC_RESPONSE; type <= WARC_REVISIT; type++)
        if (runut_slice_equal_nocase(name, runut_slice_of(names[type])))
            return type;
    return WARC_OTHER;
}

static bool read_length(runut_slice text, uint64_t *length)
{
    *length = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!runut_is_digit((unsigned char)text.at[i]) || *length > UINT64_MAX / 100)
            return false;
        *length = *length * 10 + (uint64_t)(text.at[i] - '0');
    }
    return text.size > 0;
}

/* wget writes <http://…>. */
static runut_slice bare_url(runut_slice url)
{
    bool marked = url.size > 1 && url.at[0] == '<' && url.at[url.size - 1] == '>';
    return marked ? runut_slice_part(url, 1, url.size - 1) : url;
}

static void read_field(warc_record *record, runut_slice name, runut_slice value)
{
    if (runut_slice_equal_nocase(name, RUNUT_LITERAL("WARC-Type")))
        record->type = type_of(value);
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("WARC-Target-URI")))
        record->url = bare_url(value);
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("Content-Type")))
        record->content_type = value;
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("WARC-Identified-Payload-Type")))
        record->identified = value;
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("WARC-Date")))
        record->date = value;
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("WARC-Truncated")))
        record->truncated = true;
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("Content-Length")))
        record->has_length = read_length(value, &record->length);
}

/* Offset behind the header that begins here; SIZE_MAX = it has no end before the next record. */
static size_t header_size(warc *self)
{
    for (size_t line = 0, looked = 0; looked < MOST_HEADER;) {
        runut_slice there = runut_input_ahead(self->input, looked + 1);
        if (there.size <= looked)
            break;
        const char *end = memchr(there.at + looked, '\n', there.size - looked);
        looked = end ? (size_t)(end - there.at) + 1 : there.size;
        if (!end)
            continue;
        if (looked - line == 1 || (looked - line == 2 && there.at[line] == '\r'))
            return looked;
        if (line && runut_warc_is(runut_slice_part(there, line, looked)))
            break;
        line = looked;
    }
    return SIZE_MAX;
}

static int no_record(warc *self, const warc_record *record, const char *why)
{
    if (runut_input_failure(self->input, NULL) == RUNUT_OK) {
        reject(self, record->number, record->byte, why);
        self->lost = true;
    } else { /* told when all that came before it is taken */
        runut_input_take(self->input, runut_input_ahead(self->input, 0).size);
    }
    return RUNUT_ERR_INPUT;
}

/* Takes the header: its bytes are kept in the reading's scratch. RUNUT_ERR_INPUT where it was rejected. */
static int read_header(warc *self, warc_record *record)
{
    runut_scratch *kept = &self->reading->header;
    size_t size = header_size(self);
    if (size == SIZE_MAX) {
        runut_input_take(self->input, 5);
        return no_record(self, record, "record header without an end");
    }
    runut_scratch_reset(kept);
    runut_slice rest = {runut_input_ahead(self->input, size).at, size}, name, value;
    if (!runut_scratch_add(kept, rest))
        return RUNUT_ERR_MEMORY;
    runut_input_take(self->input, size);
    rest = runut_scratch_slice(kept);
    runut_http_field(&rest, &name, &value); /* the version */
    while (runut_http_field(&rest, &name, &value))
        read_field(record, name, value);
    return record->has_length ? RUNUT_OK : no_record(self, record, "record without a sound Content-Length");
}

/* ---- block ---- */

static bool is_line_end(char byte)
{
    return byte == '\r' || byte == '\n';
}

/* Does a record, or the end of the file, follow at `end`? Asks for no more bytes than that takes. */
static bool ends_well(warc *self, size_t end)
{
    runut_slice there = runut_input_ahead(self->input, end + 4);
    if (there.size < end)
        return false;
    runut_slice behind = runut_slice_part(there, end, end + 4);
    if (runut_slice_is(behind, "\r\n\r\n"))
        return true;
    there = runut_input_ahead(self->input, end + 16);
    while (end < there.size && is_line_end(there.at[end]))
        end++;
    return end == there.size ? runut_input_failure(self->input, NULL) == RUNUT_OK
                             : runut_warc_is(runut_slice_part(there, end, there.size));
}

/* The block that begins here, and how many bytes are to be taken for it; false where it is cut off by the end of the
 * file. */
static bool find_block(warc *self, uint64_t length, runut_slice *block, size_t *whole)
{
    size_t size = (size_t)length;
    *whole = size;
    if (!ends_well(self, size)) {
        runut_slice there = runut_input_ahead(self->input, size + NEAR);
        size_t next = find_record(runut_slice_part(there, 0, size + NEAR), 0);
        *whole = next != SIZE_MAX ? next : size < there.size ? size : there.size;
        if (next == SIZE_MAX && there.size < size)
            return false;
        for (size = *whole; next != SIZE_MAX && size && next - size < 4 && is_line_end(there.at[size - 1]); size--)
            continue;
    }
    *block = runut_slice_part(runut_input_ahead(self->input, size), 0, size);
    return true;
}

/* ---- what a record holds ---- */

static bool is_web(runut_slice url)
{
    static const char *const schemes[] = {"http:", "https:", "ftp:", "file:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (runut_slice_starts_nocase(url, runut_slice_of(schemes[i])))
            return true;
    return url.size == 0;
}

/* A record of archived HTTP holds a message; others hold the thing itself. */
static bool is_message(const warc_record *record)
{
    return record->type == WARC_RESPONSE ||
           runut_slice_starts_nocase(record->content_type, RUNUT_LITERAL("application/http"));
}

/* May its block, of which `start` is the beginning, be a report? */
static bool is_wanted(const warc_record *record, runut_slice start)
{
    runut_http http;
    if (record->type == WARC_OTHER || record->type == WARC_REVISIT || !is_web(record->url))
        return false;
    if (!is_message(record))
        return runut_payload_of(record->content_type) != RUNUT_PAYLOAD_OTHER;
    if (record->content_type.size &&
        !runut_slice_starts_nocase(record->content_type, RUNUT_LITERAL("application/http")))
        return false; /* DNS and the like */
    if (!runut_http_read(start, &http))
        return true; /* to be told as broken */
    return runut_payload_of_message(&http, record->identified) != RUNUT_PAYLOAD_OTHER;
}

/* Counts what is not wanted. */
static void skip(warc *self, const warc_record *record, runut_slice start)
{
    runut_http http;
    runut_skip what = RUNUT_SKIP_TYPE;
    if (record->type == WARC_REVISIT)
        what = RUNUT_SKIP_REVISIT;
    else if (record->type == WARC_OTHER || !is_web(record->url))
        what = RUNUT_SKIP_RECORD;
    else if (is_message(record) && runut_http_read(start, &http) && http.status != 200 && http.status != 203)
        what = RUNUT_SKIP_STATUS;
    runut_reading_skip(self->reading, what);
}

static int deliver(warc *self, const warc_record *record, runut_slice block)
{
    runut_capture capture = {.file = self->file,
                             .record = record->number,
                             .byte = record->byte,
                             .url = record->url,
                             .bytes = block,
                             .date_captured = record->date};
    if (!is_wanted(record, block)) {
        skip(self, record, block);
        return RUNUT_OK;
    }
    if (is_message(record))
        return runut_payload_deliver_message(self->reading, block, record->identified, record->truncated, &capture);
    return runut_payload_deliver(self->reading, record->content_type, &capture);
}

/* Too long to be held. */
static void pass_over(warc *self, const warc_record *record)
{
    runut_slice start = runut_input_ahead(self->input, STEP);
    if ((uint64_t)start.size > record->length)
        start.size = (size_t)record->length;
    bool wanted = is_wanted(record, start);
    uint64_t passed = seek_record(self, record->length);
    if (passed < record->length && runut_input_failure(self->input, NULL) != RUNUT_OK)
        return; /* told when all is taken */
    if (passed < record->length)
        reject(self, record->number, record->byte, "record longer than its file or its member");
    else if (wanted)
        reject(self, record->number, record->byte, "record larger than the limit");
    else
        skip(self, record, (runut_slice){"", 0});
}

static int read_record(warc *self)
{
    warc_record record = {.number = ++self->records, .byte = runut_input_at(self->input)};
    runut_slice block;
    size_t whole;
    int code = read_header(self, &record);
    if (code != RUNUT_OK)
        return code == RUNUT_ERR_MEMORY ? code : RUNUT_OK;
    bool other = record.type == WARC_OTHER || record.type == WARC_REVISIT;
    if (record.length > (other ? MOST_HELD : self->reading->most)) {
        pass_over(self, &record);
        return RUNUT_OK;
    }
    if (find_block(self, record.length, &block, &whole)) {
        self->lost = false;
        code = deliver(self, &record, block);
    } else if (runut_input_failure(self->input, NULL) == RUNUT_OK) {
        reject(self, record.number, record.byte, "record ends in the middle");
    }
    runut_input_take(self->input, whole);
    return code;
}

int runut_warc_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    warc self = {.reading = reading, .input = input, .file = file};
    for (;;) {
        int code = RUNUT_OK;
        runut_slice there = runut_input_ahead(input, 1);
        if (there.size && is_line_end(there.at[0])) {
            runut_input_take(input, 1);
            continue;
        }
        if (there.size && runut_warc_is(runut_input_ahead(input, 8))) {
            code = read_record(&self);
        } else if (there.size) {
            if (!self.lost)
                reject(&self, self.records, runut_input_at(input), "here no record begins");
            self.lost = true;
            seek_record(&self, UINT64_MAX);
        }
        if (code != RUNUT_OK)
            return code;
        if (runut_input_ahead(input, 1).size == 0 && !recover(&self, self.records))
            return RUNUT_OK;
    }
}
