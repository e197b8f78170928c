/* Three vocabularies, one machine: of each open element it is known whether it is a line of the body, a field, or
 * something to be passed over with all that it holds. What stands in a line is its text, whatever elements are in it.
 */
#include "read/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "base/vector.h"
#include "read/record.h"
#include "read/xml.h"

enum { MOST_LINE = 1 << 20, ROOM = 1 << 20, MOST_AUTHORS = 64 };

typedef enum vocabulary { NONE, TRAFILATURA, TEI, NITF } vocabulary;

typedef enum meaning {
    NOTHING,
    RECORD,
    BODY, /* lines within it count */
    LINE,
    HIDDEN,
    TITLE,
    AUTHOR,
    PUBLISHER,
    DATE,
    FIELDS
} meaning;

typedef struct document {
    runut_reading *reading;
    runut_slice file;
    runut_xml *xml;
    runut_arena *arena; /* of one record */
    vocabulary kind;
    size_t depth, record_depth, body_depth, hidden_depth, line_depth, field_depth; /* 0 = not in one */
    meaning field;
    runut_buffer body, line, text;
    bool too_large;
    runut_capture capture;
    uint64_t records;
    int code;
} document;

static vocabulary kind_of(runut_slice name)
{
    return runut_slice_equal_nocase(name, RUNUT_LITERAL("doc"))     ? TRAFILATURA
           : runut_slice_equal_nocase(name, RUNUT_LITERAL("tei"))   ? TEI
           : runut_slice_equal_nocase(name, RUNUT_LITERAL("tei.2")) ? TEI
           : runut_slice_equal_nocase(name, RUNUT_LITERAL("nitf"))  ? NITF
                                                                    : NONE;
}

static runut_slice local(const char *name)
{
    const char *colon = strchr(name, ':');
    return runut_slice_of(colon ? colon + 1 : name);
}

static const struct {
    vocabulary kind;
    const char *name;
    meaning meaning;
} elements[] = {
    {TRAFILATURA, "main", BODY},
    {TRAFILATURA, "comments", HIDDEN},
    {TEI, "text", BODY},
    {TEI, "title", TITLE},
    {TEI, "author", AUTHOR},
    {TEI, "publisher", PUBLISHER},
    {TEI, "date", DATE},
    {TEI, "abstract", HIDDEN},
    {TEI, "creation", HIDDEN},
    {TEI, "encodingDesc", HIDDEN},
    {NITF, "body.content", BODY},
    {NITF, "hl1", TITLE},
    {NITF, "person", AUTHOR},
    {NITF, "byline", AUTHOR},
    {NITF, "title", TITLE},
    {NITF, "media", HIDDEN},
    {NITF, "identified-content", HIDDEN},
};

static bool is_line(runut_slice name)
{
    static const char *const names[] = {"p",    "head", "item", "ab", "l",  "quote",
                                        "code", "row",  "hl2",  "tr", "li", "pre"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (runut_slice_is(name, names[i]))
            return true;
    return false;
}

static meaning meaning_of(const document *self, runut_slice name)
{
    if (self->body_depth && is_line(name))
        return LINE;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (elements[i].kind == self->kind && runut_slice_is(name, elements[i].name))
            return elements[i].meaning;
    return NOTHING;
}

static runut_slice attribute(document *self, const char *const *attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (runut_slice_is(local(attributes[0]), name))
            return runut_arena_copy(self->arena, runut_slice_trim(runut_slice_of(attributes[1])));
    return (runut_slice){"", 0};
}

static void state(runut_slice *field, runut_slice text)
{
    if (field->size == 0)
        *field = text;
}

/* ---- one record ---- */

static void begin(document *self, vocabulary kind, const char *const *attributes)
{
    runut_arena_reset(self->arena);
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return;
    self->kind = kind;
    self->record_depth = self->depth;
    self->body_depth = self->hidden_depth = self->line_depth = self->field_depth = 0;
    self->too_large = false;
    self->body = runut_buffer_new(self->arena, self->reading->most);
    self->line = runut_buffer_new(self->arena, self->reading->most);
    self->text = runut_buffer_new(self->arena, MOST_LINE);
    self->capture = (runut_capture){.kind = RUNUT_CAPTURE_ARTICLE,
                                    .file = self->file,
                                    .record = ++self->records,
                                    .byte = runut_xml_byte(self->xml)};
    if (kind != TRAFILATURA)
        return;
    runut_capture *c = &self->capture;
    c->headline = attribute(self, attributes, "title");
    c->url = attribute(self, attributes, "url");
    state(&c->url, attribute(self, attributes, "source"));
    c->publisher = attribute(self, attributes, "sitename");
    state(&c->publisher, attribute(self, attributes, "hostname"));
    c->id = attribute(self, attributes, "id");
    c->language = attribute(self, attributes, "language");
    c->date_published = runut_record_date(self->arena, attribute(self, attributes, "date"));
    runut_record_authors(self->arena, attribute(self, attributes, "author"), &c->authors);
}

/* White space is one blank. */
static void put_text(runut_buffer *out, runut_slice text)
{
    for (runut_slice word; (text = runut_slice_trim(text)).size;) {
        size_t end = 0;
        while (end < text.size && !runut_is_space((unsigned char)text.at[end]))
            end++;
        word = runut_slice_part(text, 0, end);
        if (out->size)
            runut_buffer_byte(out, ' ');
        runut_buffer_add(out, word);
        text = runut_slice_part(text, end, text.size);
    }
}

static void end_line(document *self)
{
    runut_buffer plain = runut_buffer_new(self->arena, self->reading->most);
    put_text(&plain, runut_buffer_slice(&self->line));
    if (plain.size && self->body.size)
        runut_buffer_byte(&self->body, '\n');
    runut_buffer_add(&self->body, runut_buffer_slice(&plain));
    self->line = runut_buffer_new(self->arena, self->reading->most);
}

static void push_author(document *self, runut_slice name)
{
    if (runut_slice_starts_nocase(name, RUNUT_LITERAL("By ")))
        name = runut_slice_trim(runut_slice_part(name, 3, name.size));
    for (size_t i = 0; i < self->capture.authors.size; i++)
        if (runut_slice_equal(self->capture.authors.at[i], name))
            return;
    if (self->capture.authors.size < MOST_AUTHORS)
        runut_record_authors(self->arena, name, &self->capture.authors);
}

static void end_field(document *self)
{
    runut_buffer plain = runut_buffer_new(self->arena, MOST_LINE);
    put_text(&plain, runut_buffer_slice(&self->text));
    runut_slice text = runut_buffer_slice(&plain);
    runut_capture *c = &self->capture;
    if (text.size && self->field == TITLE)
        state(&c->headline, text);
    else if (text.size && self->field == AUTHOR)
        push_author(self, text);
    else if (text.size && self->field == PUBLISHER)
        state(&c->publisher, text);
    else if (text.size && self->field == DATE)
        state(&c->date_published, runut_record_date(self->arena, text));
    self->text = runut_buffer_new(self->arena, MOST_LINE);
    self->field_depth = 0;
}

static void end_record(document *self)
{
    runut_error error;
    end_line(self);
    self->capture.bytes = runut_buffer_slice(&self->body);
    self->record_depth = 0;
    self->kind = NONE;
    if (self->capture.bytes.size) {
        self->code = runut_reading_deliver(self->reading, &self->capture);
        if (self->code != RUNUT_OK)
            runut_xml_stop(self->xml);
        return;
    }
    runut_error_set(&error, RUNUT_ERR_INPUT, "a document without text");
    runut_reading_reject(self->reading, self->file, self->capture.record, self->capture.byte, &error);
}

/* "20250902T100000+0700", as NITF writes it. */
static runut_slice packed_date(document *self, runut_slice text)
{
    if (text.size < 8 || memchr(text.at, '-', 8 < text.size ? 8 : text.size))
        return text;
    return runut_arena_printf(self->arena, "%.4s-%.2s-%.2s", text.at, text.at + 4, text.at + 6);
}

/* What stands in attributes. */
static void read_attributes(document *self, runut_slice name, const char *const *attributes)
{
    runut_capture *c = &self->capture;
    if (self->kind == TEI && runut_slice_is(name, "ptr"))
        state(&c->url, attribute(self, attributes, "target"));
    else if (self->kind == TEI && runut_slice_is(name, "date"))
        state(&c->date_published, attribute(self, attributes, "when"));
    else if (self->kind == TEI && runut_slice_is(name, "TEI"))
        state(&c->language, attribute(self, attributes, "lang"));
    else if (self->kind == NITF && runut_slice_is(name, "pubdata")) {
        state(&c->publisher, attribute(self, attributes, "name"));
        state(&c->url, attribute(self, attributes, "ex-ref"));
        state(&c->date_published, packed_date(self, attribute(self, attributes, "date.publication")));
    } else if (self->kind == NITF && runut_slice_is(name, "date.issue"))
        state(&c->date_published, packed_date(self, attribute(self, attributes, "norm")));
    else if (self->kind == NITF && runut_slice_is(name, "doc-id"))
        state(&c->id, attribute(self, attributes, "id-string"));
}

/* ---- events ---- */

static void open_element(document *self, runut_slice name, const char *const *attributes)
{
    meaning what = meaning_of(self, name);
    read_attributes(self, name, attributes);
    if (self->kind == TEI && runut_slice_is(name, "div") &&
        runut_slice_is(attribute(self, attributes, "type"), "comments"))
        what = HIDDEN;
    if (what == HIDDEN) {
        self->hidden_depth = self->depth;
    } else if (what == BODY) {
        self->body_depth = self->depth;
    } else if (what == LINE) {
        end_line(self);
        self->line_depth = self->line_depth ? self->line_depth : self->depth;
    } else if (what > LINE && !self->field_depth && !self->body_depth) {
        self->field = what;
        self->field_depth = self->depth;
    } else if (self->line_depth && (runut_slice_is(name, "lb") || runut_slice_is(name, "cell"))) {
        runut_buffer_byte(&self->line, ' ');
    }
}

static void give_up(document *self)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_INPUT, "a document larger than the limit for one record");
    runut_reading_reject(self->reading, self->file, self->capture.record, self->capture.byte, &error);
    self->too_large = true;
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
    document *self = context;
    self->depth++;
    if (!self->record_depth) {
        vocabulary kind = kind_of(local(name));
        if (kind != NONE)
            begin(self, kind, attributes);
        return;
    }
    if (self->too_large || self->hidden_depth)
        return;
    if (RUNUT_ARENA_TRY(self->arena) == 0)
        open_element(self, local(name), attributes);
    else
        give_up(self);
}

static void close_element(document *self)
{
    if (self->hidden_depth) {
        self->hidden_depth = self->hidden_depth == self->depth ? 0 : self->hidden_depth;
    } else if (self->field_depth == self->depth) {
        end_field(self);
    } else if (self->body_depth && self->line_depth == self->depth) {
        end_line(self);
        self->line_depth = 0;
    } else if (self->body_depth == self->depth) {
        end_line(self);
        self->body_depth = 0;
    }
}

static void on_end(void *context, const char *name)
{
    document *self = context;
    (void)name;
    bool ends = self->record_depth && self->record_depth == self->depth;
    if (self->record_depth && !self->too_large) {
        if (RUNUT_ARENA_TRY(self->arena) != 0) {
            give_up(self);
        } else {
            close_element(self);
            if (ends)
                end_record(self);
        }
    }
    if (ends)
        self->record_depth = 0;
    self->depth--;
}

static void on_text(void *context, runut_slice text)
{
    document *self = context;
    if (!self->record_depth || self->too_large || self->hidden_depth)
        return;
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        give_up(self);
    else if (self->field_depth)
        runut_buffer_add(&self->text, text);
    else if (self->body_depth)
        runut_buffer_add(&self->line, text);
}

/* ---- the file ---- */

bool runut_document_is(runut_slice start)
{
    char room[32];
    runut_slice root = runut_xml_root(start, room);
    return kind_of(root) != NONE || runut_slice_equal_nocase(root, RUNUT_LITERAL("teicorpus")) ||
           runut_slice_equal_nocase(root, RUNUT_LITERAL("corpus"));
}

static int push_all(document *self, runut_input *input, runut_error *error)
{
    int code = RUNUT_OK;
    for (bool last = false; code == RUNUT_OK && !last;) {
        runut_slice bytes = {"", 0};
        uint64_t byte;
        code = runut_input_block(input, &bytes, &byte, error);
        last = bytes.size == 0;
        if (code == RUNUT_OK)
            code = runut_xml_push(self->xml, bytes, last, error);
    }
    return code;
}

int runut_document_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    static const runut_xml_events events = {on_start, on_end, on_text};
    document self = {.reading = reading, .file = file, .arena = runut_arena_new(8 * reading->most + ROOM)};
    runut_error error;
    self.xml = runut_xml_new(runut_input_peek(input), (runut_slice){"", 0}, &events, &self);
    int code = self.arena && self.xml ? push_all(&self, input, &error) : RUNUT_ERR_MEMORY;
    if (code == RUNUT_ERR_STOPPED) {
        code = self.code;
    } else if (code != RUNUT_OK && code != RUNUT_ERR_MEMORY) {
        runut_reading_reject(reading, file, self.records, error.byte, &error);
        code = RUNUT_OK;
    } else if (code == RUNUT_OK && self.records == 0) {
        runut_error_set(&error, RUNUT_ERR_INPUT, "XML without a document of a kind that is read");
        runut_reading_reject(reading, file, 0, 0, &error);
    }
    runut_xml_free(self.xml);
    runut_arena_free(self.arena);
    return code;
}

bool runut_document_is_other(runut_slice start)
{
    char room[32] = "";
    runut_slice text = runut_slice_trim(runut_slice_part(start, 0, 256));
    return (runut_slice_starts(text, RUNUT_LITERAL("<?xml")) ||
            runut_slice_starts(text, RUNUT_LITERAL("\xEF\xBB\xBF<?xml")) ||
            runut_slice_starts_nocase(text, RUNUT_LITERAL("<svg"))) &&
           runut_is_alpha((unsigned char)runut_xml_root(start, room).at[0]);
}

int runut_document_read_other(runut_reading *reading, runut_input *input, runut_slice file)
{
    char room[32];
    runut_error error;
    runut_slice root = runut_xml_root(runut_input_peek(input), room);
    runut_error_set(&error, RUNUT_ERR_INPUT, "XML, but no page, feed or report: its first element is '%.*s'",
                    (int)root.size, root.at);
    runut_reading_reject(reading, file, 0, 0, &error);
    return RUNUT_OK;
}
