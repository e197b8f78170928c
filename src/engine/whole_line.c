/* A line of a whole store, read where it stands: runut_json_check has found it sound, so its members are told by their
 * quotation marks and brackets, and what is kept as JSON is kept byte for byte. */
#include <string.h>

#include "base/utf8.h"
#include "engine/whole.h"
#include "read/json_line.h"

const runut_whole_key runut_whole_keys[RUNUT_LINE_KINDS][RUNUT_WHOLE_KEYS + 1] = {
    [RUNUT_LINE_HEADER] = {{"runut", RUNUT_VALUE_TEXT},
                           {"format", RUNUT_VALUE_COUNT},
                           {"articles", RUNUT_VALUE_COUNT},
                           {"events", RUNUT_VALUE_COUNT}},
    [RUNUT_LINE_ARTICLE] = {[RUNUT_ARTICLE_NUMBER] = {"article", RUNUT_VALUE_NUMBER},
                            [RUNUT_ARTICLE_ID] = {"id", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_NAMED] = {"named", RUNUT_VALUE_BOOL},
                            [RUNUT_ARTICLE_HASH] = {"hash", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_FILE] = {"file", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_URL] = {"url", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_LANGUAGE] = {"inLanguage", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_HEADLINE] = {"headline", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_PUBLISHER] = {"publisher", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_DAY] = {"dateInferred", RUNUT_VALUE_DAY},
                            [RUNUT_ARTICLE_EVENT] = {"event", RUNUT_VALUE_NUMBER},
                            [RUNUT_ARTICLE_BODY] = {"articleBody", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_RECORD] = {"record", RUNUT_VALUE_OBJECT},
                            [RUNUT_ARTICLE_RELATION] = {"relation", RUNUT_VALUE_OBJECT},
                            [RUNUT_ARTICLE_DIGEST] = {"digest", RUNUT_VALUE_TEXT},
                            [RUNUT_ARTICLE_LINES] = {"lines", RUNUT_VALUE_OBJECT}},
    [RUNUT_LINE_EVENT] = {{"event", RUNUT_VALUE_NUMBER},
                          {"story", RUNUT_VALUE_NUMBER},
                          {"day", RUNUT_VALUE_DAY},
                          {"year", RUNUT_VALUE_COUNT},
                          {"month", RUNUT_VALUE_COUNT},
                          {"title", RUNUT_VALUE_NUMBER},
                          {"articles", RUNUT_VALUE_NUMBER},
                          {"origins", RUNUT_VALUE_OBJECT}},
    [RUNUT_LINE_VERSION] = {{"version", RUNUT_VALUE_NUMBER}, {"replaces", RUNUT_VALUE_NUMBER}},
    [RUNUT_LINE_MOVE] = {{"move", RUNUT_VALUE_NUMBER},
                         {"article", RUNUT_VALUE_NUMBER},
                         {"from", RUNUT_VALUE_NUMBER},
                         {"to", RUNUT_VALUE_NUMBER},
                         {"newest", RUNUT_VALUE_NUMBER}},
    [RUNUT_LINE_ARRIVAL] = {{"arrival", RUNUT_VALUE_NUMBER}, {"at", RUNUT_VALUE_COUNT}},
    [RUNUT_LINE_COUNTER] = {{"counter", RUNUT_VALUE_TEXT}, {"value", RUNUT_VALUE_COUNT}},
    [RUNUT_LINE_END] = {{"lines", RUNUT_VALUE_COUNT}, {"checksum", RUNUT_VALUE_TEXT}},
};

/* ---- members ---- */

static size_t skip_blanks(runut_slice line, size_t at)
{
    while (at < line.size && (line.at[at] == ' ' || line.at[at] == '\t' || line.at[at] == '\r' || line.at[at] == '\n'))
        at++;
    return at;
}

/* Behind the string that begins here. */
static size_t skip_string(runut_slice line, size_t at)
{
    for (at++; at < line.size && line.at[at] != '"'; at++)
        at += line.at[at] == '\\';
    return at < line.size ? at + 1 : line.size;
}

static size_t skip_value(runut_slice line, size_t at)
{
    size_t depth = 0;
    if (line.at[at] == '"')
        return skip_string(line, at);
    if (line.at[at] != '{' && line.at[at] != '[') {
        while (at < line.size && !strchr(",}] \t\r\n", line.at[at]))
            at++;
        return at;
    }
    do {
        char c = line.at[at];
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at = c == '"' ? skip_string(line, at) : at + 1;
    } while (depth && at < line.size);
    return at;
}

typedef struct member {
    runut_slice key, value; /* as they stand there, the key without its marks */
} member;

/* The next one from *at on, which begins behind the opening brace. */
static bool next_member(runut_slice line, size_t *at, member *out)
{
    *at = skip_blanks(line, *at);
    if (*at < line.size && line.at[*at] == ',')
        *at = skip_blanks(line, *at + 1);
    if (*at >= line.size || line.at[*at] != '"')
        return false;
    size_t end = skip_string(line, *at);
    out->key = runut_slice_part(line, *at + 1, end - 1);
    *at = skip_blanks(line, end);
    *at = skip_blanks(line, *at + 1); /* the colon */
    end = skip_value(line, *at);
    out->value = runut_slice_part(line, *at, end);
    *at = end;
    return true;
}

/* ---- values ---- */

static bool read_count(runut_slice raw, int64_t *number)
{
    enum { MOST_DIGITS = 15 };
    *number = 0;
    if (raw.size == 0 || raw.size > MOST_DIGITS || (raw.size > 1 && raw.at[0] == '0'))
        return false;
    for (size_t i = 0; i < raw.size; i++) {
        if (raw.at[i] < '0' || raw.at[i] > '9')
            return false;
        *number = *number * 10 + (raw.at[i] - '0');
    }
    return true;
}

static bool read_text(runut_arena *arena, runut_slice raw, runut_slice *text)
{
    *text = (runut_slice){"", 0};
    if (runut_slice_is(raw, "null"))
        return true;
    if (raw.at[0] != '"')
        return false;
    raw = runut_slice_part(raw, 1, raw.size - 1);
    char *room = runut_arena_take(arena, raw.size + 1);
    *text = (runut_slice){room, runut_json_unescape(raw, room)};
    return true;
}

static bool read_day(runut_arena *arena, runut_slice raw, int64_t *day)
{
    char again[11];
    runut_slice text;
    *day = RUNUT_NO_DAY;
    if (!read_text(arena, raw, &text))
        return false;
    if (text.size == 0)
        return true;
    runut_day read = runut_day_parse(text);
    if (read == RUNUT_NO_DAY)
        return false;
    runut_day_print(read, again);
    *day = read;
    return runut_slice_is(text, again);
}

static bool read_value(runut_arena *arena, runut_whole_type type, runut_slice raw, runut_whole_value *out)
{
    *out = (runut_whole_value){.text = {"", 0}};
    switch (type) {
    case RUNUT_VALUE_TEXT:
        return read_text(arena, raw, &out->text);
    case RUNUT_VALUE_COUNT:
        return read_count(raw, &out->number);
    case RUNUT_VALUE_NUMBER:
        return read_count(raw, &out->number) && out->number >= 1 && out->number <= INT32_MAX;
    case RUNUT_VALUE_BOOL:
        out->number = runut_slice_is(raw, "true");
        return out->number || runut_slice_is(raw, "false");
    case RUNUT_VALUE_DAY:
        return read_day(arena, raw, &out->number);
    case RUNUT_VALUE_OBJECT:
        out->text = raw.at[0] == '{' || raw.at[0] == '[' ? raw : (runut_slice){"", 0};
        return out->text.size || runut_slice_is(raw, "null");
    }
    return false;
}

/* ---- the line ---- */

static int broken(runut_slice line, runut_slice at, runut_error *error)
{
    error->byte = (uint64_t)(at.at - line.at);
    return RUNUT_ERR_INPUT;
}

static int count_keys(const runut_whole_key *keys)
{
    int count = 0;
    while (count < RUNUT_WHOLE_KEYS && keys[count].name)
        count++;
    return count;
}

static int read_members(runut_arena *arena, runut_slice line, size_t at, runut_whole_line *out, runut_error *error)
{
    const runut_whole_key *keys = runut_whole_keys[out->kind];
    int count = count_keys(keys);
    bool there[RUNUT_WHOLE_KEYS] = {0};
    for (member m; next_member(line, &at, &m);) {
        int k = 0;
        while (k < count && !runut_slice_is(m.key, keys[k].name))
            k++;
        if (k == count || there[k]) {
            runut_error_set(error, RUNUT_ERR_INPUT,
                            k == count ? "a key that this runut does not know: '%.*s'" : "twice: '%.*s'",
                            (int)(m.key.size < 60 ? m.key.size : 60), m.key.at);
            return broken(line, m.key, error);
        }
        there[k] = true;
        if (!read_value(arena, keys[k].type, m.value, &out->values[k])) {
            runut_error_set(error, RUNUT_ERR_INPUT, "'%s' has a value that it cannot have", keys[k].name);
            return broken(line, m.value, error);
        }
    }
    for (int k = 0; k < count; k++)
        if (!there[k])
            return runut_error_set(error, RUNUT_ERR_INPUT, "'%s' is missing", keys[k].name);
    return RUNUT_OK;
}

int runut_whole_line_read(runut_arena *arena, runut_slice line, runut_whole_line *out, runut_error *error)
{
    member first;
    *out = (runut_whole_line){0};
    if (!runut_utf8_valid(line))
        return runut_error_set(error, RUNUT_ERR_INPUT, "no UTF-8");
    int code = runut_json_check(line, error);
    if (code != RUNUT_OK)
        return code;
    size_t start = skip_blanks(line, 0), at = start + 1;
    if (line.at[start] != '{' || !next_member(line, &at, &first))
        return runut_error_set(error, RUNUT_ERR_INPUT, "no line of a whole store");
    while (out->kind < RUNUT_LINE_KINDS && !runut_slice_is(first.key, runut_whole_keys[out->kind][0].name))
        out->kind++;
    if (out->kind == RUNUT_LINE_KINDS)
        return runut_error_set(error, RUNUT_ERR_INPUT, "no line of a whole store");
    return read_members(arena, line, start + 1, out, error);
}

/* ---- base64 ---- */

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

runut_slice runut_base64_encode(runut_arena *arena, runut_slice bytes)
{
    char *out = runut_arena_take(arena, (bytes.size + 2) / 3 * 4 + 1), *to = out;
    for (size_t i = 0; i < bytes.size; i += 3) {
        size_t left = bytes.size - i;
        uint32_t three = (uint32_t)(unsigned char)bytes.at[i] << 16;
        three |= left > 1 ? (uint32_t)(unsigned char)bytes.at[i + 1] << 8 : 0;
        three |= left > 2 ? (uint32_t)(unsigned char)bytes.at[i + 2] : 0;
        *to++ = alphabet[three >> 18];
        *to++ = alphabet[three >> 12 & 63];
        *to++ = left > 1 ? alphabet[three >> 6 & 63] : '=';
        *to++ = left > 2 ? alphabet[three & 63] : '=';
    }
    return (runut_slice){out, (size_t)(to - out)};
}

bool runut_base64_decode(runut_arena *arena, runut_slice text, runut_slice *bytes)
{
    unsigned char values[256];
    char *out = runut_arena_take(arena, text.size / 4 * 3 + 1);
    size_t size = 0;
    memset(values, 64, sizeof values);
    for (unsigned char i = 0; i < 64; i++)
        values[(unsigned char)alphabet[i]] = i;
    for (size_t i = 0; i + 4 <= text.size; i += 4) {
        uint32_t three = 0;
        for (size_t k = 0; k < 4; k++)
            three = three << 6 | (values[(unsigned char)text.at[i + k]] & 63);
        size_t ends = i + 4 == text.size ? (size_t)(text.at[i + 3] == '=') + (text.at[i + 2] == '=') : 0;
        for (size_t k = 0; k + ends < 3; k++)
            out[size++] = (char)(three >> (16 - 8 * k));
    }
    *bytes = (runut_slice){out, size};
    return runut_slice_equal(runut_base64_encode(arena, *bytes), text);
}
