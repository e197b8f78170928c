/* A row an article. Spreadsheets take a cell that begins with one of = + - @ TAB CR for a formula, also where their
 * fullwidth forms, blanks or quotation marks stand there: such a text gets an apostrophe before it (OWASP, CSV
 * Injection). Since marks are looked past, a text that begins with an apostrophe itself gets a second one where it
 * would be taken for a guarded one, and taking one away gives every text back. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "base/xml_writer.h"
#include "engine/export.h"

typedef struct table {
    runut_xml row; /* bytes that grow; a CSV needs none of its escapes */
    const runut_export_out *out;
    bool stopped;
} table;

/* ---- cells ---- */

static bool is_formula_sign(uint32_t code)
{
    return code == '=' || code == '+' || code == '-' || code == '@' || code == '\t' || code == '\r' || code == 0xFF1D ||
           code == 0xFF0B || code == 0xFF0D || code == 0xFF20;
}

/* What a spreadsheet may pass over before a formula. */
static bool is_passed_over(uint32_t code)
{
    return code == '"' || code == '\'' || code < 0x20 || code == 0xFEFF || (code >= 0x200B && code <= 0x200F) ||
           runut_code_is_space(code);
}

static bool is_formula(runut_slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code = runut_utf8_next(text, &at);
        if (is_formula_sign(code))
            return true;
        if (!is_passed_over(code))
            return false;
    }
    return false;
}

static void put_quoted(runut_xml *out, runut_slice text)
{
    runut_xml_put(out, "\"");
    for (size_t at = 0; at < text.size;) {
        const char *quote = memchr(text.at + at, '"', text.size - at);
        size_t end = quote ? (size_t)(quote - text.at) : text.size;
        runut_xml_bytes(out, text.at + at, end - at);
        if (end < text.size)
            runut_xml_put(out, "\"\"");
        at = end + 1;
    }
    runut_xml_put(out, "\"");
}

/* Text of captures; numbers of our own go out as they are. */
static void put_text(runut_xml *out, const char *bytes, size_t size)
{
    runut_slice text = {bytes, size};
    bool formula = is_formula(text);
    bool quoted = formula || memchr(bytes, '"', size) || memchr(bytes, ',', size) || memchr(bytes, '\n', size) ||
                  memchr(bytes, '\r', size) || (size && (bytes[0] == ' ' || bytes[size - 1] == ' '));
    if (!quoted) {
        runut_xml_bytes(out, bytes, size);
        return;
    }
    runut_xml guarded = {0};
    if (formula)
        runut_xml_put(&guarded, "'");
    runut_xml_bytes(&guarded, bytes, size);
    out->failed |= guarded.failed;
    put_quoted(out, (runut_slice){guarded.at ? guarded.at : "", guarded.size});
    free(guarded.at);
}

/* ---- columns ---- */

typedef enum form { TEXT, NUMBER, TEXTS, NAMES, SPEECH, DISAGREEMENTS, REUSE } form;

static const struct column {
    const char *name, *key; /* the column's; the article's, NULL = the same */
    form form;
} columns[] = {
    {"article", NULL, TEXT},
    {"id", NULL, TEXT},
    {"file", NULL, TEXT},
    {"url", NULL, TEXT},
    {"inLanguage", NULL, TEXT},
    {"kind", NULL, TEXT},
    {"headline", NULL, TEXT},
    {"abstract", NULL, TEXT},
    {"publisher", NULL, TEXT},
    {"author", NULL, TEXTS},
    {"datePublished", NULL, TEXT},
    {"dateInferred", NULL, TEXT},
    {"dateConfidence", NULL, NUMBER},
    {"event", NULL, TEXT},
    {"eventDate", NULL, TEXT},
    {"story", NULL, TEXT},
    {"reuseOf", "ofArticle", REUSE},
    {"reuseKind", "kind", REUSE},
    {"reuseShare", "share", REUSE},
    {"sources", NULL, TEXTS},
    {"people", NULL, NAMES},
    {"organizations", NULL, NAMES},
    {"places", NULL, NAMES},
    {"quotes", NULL, SPEECH},
    {"reported", NULL, SPEECH},
    {"disagreements", NULL, DISAGREEMENTS},
    {"articleBody", NULL, TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void put_part(runut_xml *to, const char *text)
{
    runut_xml_put(to, text ? text : "");
}

/* "[12-34] " */
static void put_span(runut_xml *to, struct json_object *one)
{
    char span[64];
    struct json_object *start = json_object_object_get(one, "start"), *end = json_object_object_get(one, "end");
    if (!start || !end)
        return;
    snprintf(span, sizeof span, "[%lld-%lld] ", (long long)json_object_get_int64(start),
             (long long)json_object_get_int64(end));
    runut_xml_put(to, span);
}

static void put_speech(runut_xml *to, struct json_object *one)
{
    put_span(to, one);
    const char *speaker = runut_export_text(one, "speaker");
    put_part(to, speaker);
    put_part(to, speaker ? ": " : "");
    put_part(to, runut_export_text(one, "text"));
}

static void put_disagreement(runut_xml *to, struct json_object *one)
{
    put_span(to, one);
    put_part(to, runut_export_text(one, "about"));
    put_part(to, ": ");
    put_part(to, runut_export_text(one, "value"));
    put_part(to, " / ");
    put_part(to, runut_export_text(one, "otherValue"));
    put_part(to, " (");
    put_part(to, runut_export_text(one, "withArticle"));
    put_part(to, ")");
}

static void put_list(runut_xml *to, struct json_object *list, form as)
{
    size_t count = json_object_get_type(list) == json_type_array ? json_object_array_length(list) : 0;
    for (size_t i = 0; i < count; i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        runut_xml_put(to, i == 0 ? "" : as == TEXTS || as == NAMES ? "; " : "\n");
        if (as == TEXTS)
            put_part(to, json_object_get_string(one));
        else if (as == NAMES)
            put_part(to, runut_export_text(one, "name"));
        else if (as == SPEECH)
            put_speech(to, one);
        else
            put_disagreement(to, one);
    }
}

static void put_cell(runut_xml *row, const struct column *column, struct json_object *article)
{
    const char *key = column->key ? column->key : column->name;
    if (column->form == REUSE)
        article = json_object_object_get(article, "reuse");
    struct json_object *value = article ? json_object_object_get(article, key) : NULL;
    enum json_type type = json_object_get_type(value);
    if (type == json_type_string) {
        put_text(row, json_object_get_string(value), (size_t)json_object_get_string_len(value));
    } else if (type == json_type_array) {
        runut_xml cell = {0};
        put_list(&cell, value, column->form);
        row->failed |= cell.failed;
        put_text(row, cell.at ? cell.at : "", cell.size);
        free(cell.at);
    } else if (type == json_type_double || type == json_type_int) {
        runut_xml_put(row, json_object_get_string(value));
    }
}

/* ---- rows ---- */

static int end_row(table *self)
{
    runut_xml_put(&self->row, "\r\n");
    if (!self->row.failed)
        self->stopped = self->out->put(self->out->context, self->row.at, self->row.size) != 0;
    self->row.size = 0;
    return self->row.failed || self->stopped;
}

static int put_row(void *context, struct json_object *article)
{
    table *self = context;
    for (size_t i = 0; i < COLUMNS; i++) {
        runut_xml_put(&self->row, i ? "," : "");
        put_cell(&self->row, &columns[i], article);
    }
    return end_row(self);
}

int runut_export_csv(runut *store, const runut_filter *filter, const runut_export_out *out, runut_error *error)
{
    table self = {.out = out};
    for (size_t i = 0; i < COLUMNS; i++) {
        runut_xml_put(&self.row, i ? "," : "");
        runut_xml_put(&self.row, columns[i].name);
    }
    int code = RUNUT_ERR_STOPPED;
    if (end_row(&self) == 0)
        code = runut_export(store, filter, put_row, &self, error);
    if (self.row.failed)
        code = runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    free(self.row.at);
    return code;
}
