/* A window of text moves over the table: it holds the row that is being read, which ends at the first line end outside
 * of quotation marks. Where a mark is never closed the row would be all the rest: then only its first line is given up,
 * and reading goes on behind that. */
#include "read/csv.h"

#include <stdlib.h>

#include "base/slice.h"
#include "read/csv_columns.h"
#include "read/transcode.h"

enum { MOST_UNCLOSED = 100, ROOM = 1 << 20 };

typedef struct table {
    runut_reading *reading;
    runut_input *input;
    runut_slice file;
    runut_transcoder *transcoder;
    runut_slice raw;     /* bytes that were not decoded yet */
    bool last, ended;    /* no more bytes; no more text */
    runut_error failure; /* of the input */
    char *at;
    size_t start, end, capacity;
    uint64_t place;      /* of `start` in the text */
    uint64_t byte;       /* the same in the file */
    size_t look;         /* what of the row was looked at */
    bool quoted, begins; /* in marks; at the beginning of a field */
    bool wrapped;        /* there is a line end in the marks */
    runut_csv_columns columns;
    runut_arena *arena;
    uint64_t record;
    unsigned unclosed;
} table;

/* ---- text ---- */

static bool grow(table *self, size_t size)
{
    if (self->start && self->capacity - self->end < size) {
        memmove(self->at, self->at + self->start, self->end - self->start);
        self->end -= self->start;
        self->start = 0;
    }
    if (self->capacity - self->end >= size)
        return true;
    size_t capacity = self->capacity * 2 > self->end + size ? self->capacity * 2 : self->end + size;
    char *at = realloc(self->at, capacity);
    if (!at)
        return false;
    self->at = at;
    self->capacity = capacity;
    return true;
}

/* One more piece of text; *got: there was one. False when memory is out. */
static bool fetch(table *self, bool *got)
{
    runut_slice text = {"", 0};
    uint64_t byte;
    *got = false;
    while (!self->ended && text.size == 0) {
        if (runut_transcoder_next(self->transcoder, &self->raw, self->last, &text))
            continue;
        self->ended = self->last;
        if (self->ended || runut_input_block(self->input, &self->raw, &byte, &self->failure) == RUNUT_OK) {
            self->last |= self->raw.size == 0;
            continue;
        }
        self->raw = (runut_slice){"", 0};
        self->last = true;
    }
    if (text.size == 0)
        return true;
    *got = true;
    if (!grow(self, text.size))
        return false;
    memcpy(self->at + self->end, text.at, text.size);
    self->end += text.size;
    return true;
}

/* ---- rows ---- */

typedef enum row_end { ROW_MORE, ROW_WHOLE, ROW_UNCLOSED } row_end;

/* Goes on in marks. One that closes them before anything but a delimiter was meant to open others, where the first one
 * stands in another line. */
static row_end look_in_marks(table *self, runut_slice text)
{
    const char *from = text.at + self->look, *mark = memchr(from, '"', text.size - self->look);
    size_t end = mark ? (size_t)(mark - text.at) : text.size;
    self->wrapped |= memchr(from, '\n', end - self->look) != NULL;
    self->look = end;
    if (!mark || (end + 1 == text.size && !self->ended))
        return ROW_MORE;
    char next = end + 1 < text.size ? text.at[end + 1] : '\n';
    self->quoted = next == '"';
    self->look += 1 + self->quoted;
    bool apart = next == self->columns.delimiter || next == '\n' || next == '\r' || !self->columns.delimiter;
    return self->quoted || apart || !self->wrapped ? ROW_WHOLE : ROW_UNCLOSED;
}

/* Looks on for the end of the row; *size: of the row, *whole: with its line end. */
static row_end look_on(table *self, size_t *size, size_t *whole)
{
    const char *text = self->at ? self->at + self->start : "";
    size_t all = self->end - self->start;
    while (self->look < all) {
        char c = text[self->look];
        if (self->quoted) {
            row_end end = look_in_marks(self, (runut_slice){text, all});
            if (end != ROW_WHOLE)
                return end;
            continue;
        }
        if (c == '\r' && self->look + 1 == all && !self->ended)
            return ROW_MORE;
        if (c == '\n' || c == '\r') {
            *size = self->look;
            *whole = self->look + 1 + (c == '\r' && self->look + 1 < all && text[self->look + 1] == '\n');
            return ROW_WHOLE;
        }
        self->quoted = c == '"' && self->begins;
        self->wrapped &= !self->quoted;
        self->begins = c == self->columns.delimiter;
        self->look++;
    }
    return ROW_MORE;
}

static void take(table *self, size_t size)
{
    self->start += size;
    self->place += size;
    self->byte = runut_transcoder_byte(self->transcoder, self->place);
    self->look = 0;
    self->quoted = false;
    self->begins = true;
}

/* Up to the first line end: what is left of a row that has no end. */
static void give_up_line(table *self)
{
    const char *text = self->at ? self->at + self->start : "";
    size_t all = self->end - self->start;
    const char *end = all ? memchr(text, '\n', all) : NULL;
    take(self, end ? (size_t)(end - text) + 1 : all);
}

typedef enum row_found { FOUND, NONE_LEFT, UNCLOSED, TOO_LONG, NO_MEMORY } row_found;

/* The next row, in the window until more is asked for. */
static row_found next_row(table *self, runut_slice *row, size_t *whole)
{
    for (;;) {
        size_t size;
        bool got, ended = self->ended;
        row_end end = look_on(self, &size, whole);
        if (end == ROW_WHOLE) {
            *row = (runut_slice){self->at ? self->at + self->start : "", size};
            return FOUND;
        }
        if (end == ROW_UNCLOSED)
            return UNCLOSED;
        size_t all = self->end - self->start;
        if (all > self->reading->most)
            return TOO_LONG;
        if (!fetch(self, &got))
            return NO_MEMORY;
        if (got || ended != self->ended)
            continue;
        *row = (runut_slice){all ? self->at + self->start : "", all};
        *whole = all;
        return all == 0 ? NONE_LEFT : self->quoted ? UNCLOSED : FOUND;
    }
}

static void reject(table *self, runut_error *error)
{
    runut_reading_reject(self->reading, self->file, self->record, self->byte, error);
}

/* ---- captures ---- */

/* Under the guard of `arena`: the row as a capture, or what is wrong with it. */
static int read_row(table *self, runut_slice row, runut_capture *capture, runut_error *error)
{
    runut_slice *fields = runut_arena_alloc(self->arena, self->columns.count * sizeof *fields);
    size_t count = 0;
    for (bool more = true; more; count++) {
        runut_slice field = runut_csv_field(self->arena, &row, self->columns.delimiter, &more);
        if (count < self->columns.count)
            fields[count] = field;
    }
    if (count != self->columns.count)
        return runut_error_set(error, RUNUT_ERR_INPUT, "a row of %zu field%s, where the first row has %zu", count,
                               count == 1 ? "" : "s", self->columns.count);
    if (!runut_csv_capture(self->arena, &self->columns, fields, capture))
        return runut_error_set(error, RUNUT_ERR_INPUT, "a row without text");
    return RUNUT_OK;
}

static int take_row(table *self, runut_slice row)
{
    runut_error error;
    runut_capture capture = {
        .file = self->file, .record = self->record, .byte = self->byte, .charset = RUNUT_LITERAL("utf-8")};
    runut_arena_reset(self->arena);
    int code = RUNUT_ARENA_TRY(self->arena) == 0
                   ? read_row(self, row, &capture, &error)
                   : runut_error_set(&error, RUNUT_ERR_INPUT, "a row that needs more memory than one may have");
    if (code == RUNUT_OK)
        return runut_reading_deliver(self->reading, &capture);
    reject(self, &error);
    return RUNUT_OK;
}

/* A row that has no end: its first line is told, reading goes on behind it. That takes looking at all the rest, and so
 * is not done without end. */
static bool skip_broken(table *self, row_found found)
{
    runut_error error;
    self->record++;
    if (found == TOO_LONG)
        runut_error_set(&error, RUNUT_ERR_INPUT, "row longer than %zu MiB, the limit for one record",
                        self->reading->most >> 20);
    else
        runut_error_set(&error, RUNUT_ERR_INPUT, "a quotation mark that nothing closes");
    reject(self, &error);
    give_up_line(self);
    self->unclosed += self->ended || found == TOO_LONG; /* all the rest was looked at for it */
    if (self->unclosed < MOST_UNCLOSED)
        return true;
    runut_error_set(&error, RUNUT_ERR_INPUT, "too many rows without end: the rest was not read");
    reject(self, &error);
    return false;
}

static int tell_empty(table *self)
{
    runut_error error;
    if (self->record == 0) {
        runut_error_set(&error, RUNUT_ERR_INPUT, "a table without rows");
        reject(self, &error);
    }
    return RUNUT_OK;
}

static int read_rows(table *self)
{
    runut_slice row;
    size_t whole;
    for (;;) {
        row_found found = next_row(self, &row, &whole);
        if (found == NO_MEMORY)
            return RUNUT_ERR_MEMORY;
        if (found == NONE_LEFT)
            return tell_empty(self);
        if (found != FOUND) {
            if (!skip_broken(self, found))
                return RUNUT_OK;
            continue;
        }
        bool blank = runut_slice_trim(row).size == 0;
        self->record += !blank;
        int code = blank ? RUNUT_OK : take_row(self, row);
        if (code != RUNUT_OK)
            return code;
        take(self, whole);
    }
}

/* ---- the file ---- */

/* "sep=;" before the names, as spreadsheets write it. */
static bool is_separator_line(runut_slice line)
{
    line = runut_slice_trim(line);
    return line.size == 5 && runut_slice_starts_nocase(line, RUNUT_LITERAL("sep="));
}

static int read_names(table *self)
{
    runut_slice row;
    size_t whole;
    row_found found = next_row(self, &row, &whole);
    if (found == FOUND && is_separator_line(row)) {
        take(self, whole);
        found = next_row(self, &row, &whole);
    }
    if (found == NO_MEMORY)
        return RUNUT_ERR_MEMORY;
    if (found == FOUND && runut_csv_columns_find(row, &self->columns)) {
        take(self, whole);
        return RUNUT_OK;
    }
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_INPUT, "a table without names in its first row");
    reject(self, &error);
    return RUNUT_ERR_INPUT;
}

/* The first lines as text: UTF-16 is decoded. */
static runut_slice first_lines(runut_transcoder *transcoder, runut_slice start)
{
    runut_slice text = {"", 0};
    runut_transcoder_next(transcoder, &start, false, &text);
    return text;
}

/* What a table may begin with, in `transcoder`'s memory where it was UTF-16. */
static runut_slice text_of(runut_slice start, runut_transcoder **transcoder)
{
    enum { LOOKED_AT = 8192 };
    runut_slice text = runut_slice_part(start, 0, LOOKED_AT);
    bool wide = text.size && memchr(text.at, '\0', text.size);
    *transcoder = NULL;
    if (text.size && (text.at[0] == '<' || text.at[0] == '{' || text.at[0] == '['))
        return (runut_slice){"", 0};
    *transcoder = wide ? runut_transcoder_new(text, (runut_slice){"", 0}) : NULL;
    if (*transcoder)
        return first_lines(*transcoder, text);
    return runut_slice_starts(text, RUNUT_LITERAL("\xEF\xBB\xBF")) ? runut_slice_part(text, 3, text.size) : text;
}

bool runut_csv_is(runut_slice start)
{
    runut_csv_columns columns;
    runut_transcoder *transcoder;
    runut_slice line = {"", 0}, text = text_of(start, &transcoder);
    runut_slice_line(&text, &line);
    if (is_separator_line(line))
        runut_slice_line(&text, &line);
    bool is = line.size && runut_csv_columns_find(line, &columns);
    runut_transcoder_free(transcoder);
    return is;
}

static size_t count_of(runut_slice line, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < line.size; i++)
        count += line.at[i] == byte;
    return count;
}

bool runut_csv_is_without_texts(runut_slice start)
{
    enum { MANY = 10 };
    runut_transcoder *transcoder;
    runut_slice first = {"", 0}, second = {"", 0}, text = text_of(start, &transcoder);
    runut_slice_line(&text, &first);
    runut_slice_line(&text, &second);
    size_t tabs = count_of(first, '\t'); /* no names at all, as GDELT's */
    bool is = runut_csv_columns_known(first) || (tabs >= MANY && tabs == count_of(second, '\t'));
    runut_transcoder_free(transcoder);
    return is;
}

int runut_csv_read_without_texts(runut_reading *reading, runut_input *input, runut_slice file)
{
    runut_error error;
    (void)input;
    runut_error_set(&error, RUNUT_ERR_INPUT,
                    "a table without the reports' texts: no column is called text, articleBody or the like");
    runut_reading_reject(reading, file, 0, 0, &error);
    return RUNUT_OK;
}

int runut_csv_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    table self = {.reading = reading, .input = input, .file = file, .raw = {"", 0}, .begins = true};
    self.transcoder = runut_transcoder_new(runut_input_peek(input), (runut_slice){"", 0});
    self.arena = runut_arena_new(2 * reading->most + ROOM);
    int code = self.transcoder && self.arena ? read_names(&self) : RUNUT_ERR_MEMORY;
    if (code == RUNUT_OK)
        code = read_rows(&self);
    if (self.failure.code && code == RUNUT_OK) {
        uint64_t byte = self.failure.byte;
        runut_reading_reject(reading, file, self.record + 1, byte, &self.failure);
    }
    runut_transcoder_free(self.transcoder);
    runut_arena_free(self.arena);
    free(self.at);
    return code == RUNUT_ERR_INPUT ? RUNUT_OK : code;
}
