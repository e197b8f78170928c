/* One pass over the line. Values that nobody asks for are only checked, with one bit a level for what is open, so
 * nesting costs no stack. Strings are most of a line: thirty-two bytes at a time are looked at for an end, a backslash
 * or a control character (a loop without branches, which compilers turn into vector code). */
#include "read/json_line.h"

#include <json-c/json.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/record_keys.h"

enum { MOST_DEPTH = 64, STEP = 32 };

typedef struct scanner {
    const unsigned char *at;
    size_t size, i;
    const char *why;    /* what is wrong, where there is */
    runut_slice string; /* the last string: between its marks */
    bool escaped;
} scanner;

static bool fail(scanner *self, const char *why)
{
    if (!self->why)
        self->why = why;
    return false;
}

static void skip_space(scanner *self)
{
    for (; self->i < self->size; self->i++) {
        unsigned char byte = self->at[self->i];
        if (byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n')
            return;
    }
}

static int peek(scanner *self)
{
    skip_space(self);
    return self->i < self->size ? self->at[self->i] : -1;
}

static bool take(scanner *self, char byte)
{
    if (peek(self) != byte)
        return false;
    self->i++;
    return true;
}

/* ---- strings ---- */

static inline bool is_special(unsigned char byte)
{
    return (byte == '"') | (byte == '\\') | (byte < 0x20);
}

static size_t find_special(const scanner *self, size_t i)
{
    for (; self->size - i >= STEP; i += STEP) {
        unsigned char any = 0;
        for (size_t k = 0; k < STEP; k++)
            any |= (unsigned char)is_special(self->at[i + k]);
        if (any)
            break;
    }
    while (i < self->size && !is_special(self->at[i]))
        i++;
    return i;
}

static int hex_digit(unsigned char byte)
{
    if (runut_is_digit(byte))
        return byte - '0';
    return (byte | 32) >= 'a' && (byte | 32) <= 'f' ? (byte | 32) - 'a' + 10 : -1;
}

static bool skip_escape(scanner *self)
{
    unsigned char kind = self->size - self->i > 1 ? self->at[self->i + 1] : 0;
    if (kind == 'u') {
        for (size_t k = 2; k < 6; k++)
            if (self->size - self->i <= k || hex_digit(self->at[self->i + k]) < 0)
                return fail(self, "broken escape in a string");
        self->i += 6;
        return true;
    }
    if (!kind || !strchr("\"\\/bfnrt", kind))
        return fail(self, "broken escape in a string");
    self->i += 2;
    return true;
}

static bool read_string(scanner *self)
{
    size_t start = ++self->i;
    self->escaped = false;
    for (;;) {
        self->i = find_special(self, self->i);
        if (self->i == self->size)
            return fail(self, "ends in the middle of a string");
        if (self->at[self->i] == '"')
            break;
        if (self->at[self->i] != '\\')
            return fail(self, "control character in a string");
        self->escaped = true;
        if (!skip_escape(self))
            return false;
    }
    self->string = (runut_slice){(const char *)self->at + start, self->i - start};
    self->i++;
    return true;
}

/* ---- other values ---- */

static bool skip_digits(scanner *self)
{
    size_t start = self->i;
    while (self->i < self->size && runut_is_digit(self->at[self->i]))
        self->i++;
    return self->i > start || fail(self, "broken number");
}

static bool read_number(scanner *self)
{
    if (self->at[self->i] == '-')
        self->i++;
    if (self->i < self->size && self->at[self->i] == '0')
        self->i++;
    else if (!skip_digits(self))
        return false;
    if (self->i < self->size && self->at[self->i] == '.') {
        self->i++;
        if (!skip_digits(self))
            return false;
    }
    if (self->i < self->size && (self->at[self->i] | 32) == 'e') {
        self->i++;
        if (self->i < self->size && (self->at[self->i] == '+' || self->at[self->i] == '-'))
            self->i++;
        return skip_digits(self);
    }
    return true;
}

/* What stands there instead of a value, for whoever has to mend it. */
static const char *no_value(const scanner *self)
{
    static const struct {
        const char *begins, *why;
    } mistakes[] = {{"'", "single quotation marks, where JSON has double ones"},
                    {"None", "None, which is Python's: JSON has null"},
                    {"True", "True, which is Python's: JSON has true"},
                    {"False", "False, which is Python's: JSON has false"},
                    {"undefined", "undefined, which is no JSON value"},
                    {"/", "a comment, which JSON does not have"},
                    {"}", "a comma or a colon with nothing behind it"},
                    {"]", "a comma with nothing behind it"},
                    {",", "a comma with nothing before it"}};
    runut_slice rest = {(const char *)self->at + self->i, self->size - self->i};
    for (size_t k = 0; k < sizeof mistakes / sizeof *mistakes; k++)
        if (runut_slice_starts(rest, runut_slice_of(mistakes[k].begins)))
            return mistakes[k].why;
    return "not a JSON value";
}

/* The last three are none of JSON's, but Python's json writes them for values that are missing, and reads them. */
static bool read_literal(scanner *self)
{
    static const char *const words[] = {"true", "false", "null", "NaN", "Infinity", "-Infinity"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t size = strlen(words[k]);
        if (self->size - self->i >= size && memcmp(self->at + self->i, words[k], size) == 0) {
            self->i += size;
            return true;
        }
    }
    return fail(self, no_value(self));
}

static bool is_number(const scanner *self, size_t at)
{
    size_t digit = at + (at < self->size && self->at[at] == '-');
    return digit < self->size && (runut_is_digit(self->at[digit]) || (digit > at && self->at[digit] != 'I'));
}

static bool read_scalar(scanner *self)
{
    int byte = peek(self);
    if (byte == '"')
        return read_string(self);
    if (byte >= 0 && is_number(self, self->i))
        return read_number(self);
    return byte < 0 ? fail(self, "ends in the middle") : read_literal(self);
}

static const char *no_key(unsigned char byte)
{
    return byte == '\''  ? "single quotation marks, where JSON has double ones"
           : byte == '}' ? "a comma with nothing behind it"
           : byte == '/' ? "a comment, which JSON does not have"
                         : "a key in double quotation marks is missing";
}

static bool read_key(scanner *self)
{
    if (peek(self) != '"')
        return fail(self, self->i < self->size ? no_key(self->at[self->i]) : "ends in the middle");
    return read_string(self) && (take(self, ':') || fail(self, "':' is missing"));
}

typedef struct nesting {
    uint64_t objects; /* a bit a level: is it an object? */
    size_t depth;
} nesting;

/* Opens levels as long as values begin with one. `*empty`: the last one closes at once. */
static bool open_levels(scanner *self, nesting *nest, bool *empty)
{
    *empty = false;
    for (int byte = peek(self); byte == '{' || byte == '['; byte = peek(self)) {
        uint64_t bit = (uint64_t)1 << nest->depth;
        if (++nest->depth == MOST_DEPTH)
            return fail(self, "nested too deeply");
        self->i++;
        nest->objects = byte == '{' ? nest->objects | bit : nest->objects & ~bit;
        *empty = peek(self) == (byte == '{' ? '}' : ']');
        if (*empty)
            return true;
        if (byte == '{' && !read_key(self))
            return false;
    }
    return true;
}

/* After a value: closes what ends here, and goes on to where the next value begins. False where there is none, be it
 * that all is closed (depth 0) or that something is wrong. */
static bool close_levels(scanner *self, nesting *nest)
{
    while (nest->depth) {
        bool object = nest->objects >> (nest->depth - 1) & 1;
        if (take(self, ','))
            return !object || read_key(self);
        if (!take(self, object ? '}' : ']'))
            return fail(self, peek(self) < 0 ? "ends in the middle" : "',' or the end of a list or object is missing");
        nest->depth--;
    }
    return false;
}

/* A list or an object, whatever it holds. */
static bool read_nested(scanner *self)
{
    nesting nest = {0};
    bool empty;
    do {
        if (!open_levels(self, &nest, &empty) || (!empty && !read_scalar(self)))
            return false;
    } while (close_levels(self, &nest));
    return !self->why;
}

/* ---- a record ---- */

/* What a value is wanted for: of texts and of names by rank. */
typedef enum wanted { NOTHING, TEXT, PAGE = TEXT + 16, NAME, MINE = NAME + 32 } wanted;

static size_t find_key(const runut_record_keys *keys, runut_slice key)
{
    size_t i = 0;
    while (i < keys->count && !runut_slice_is(key, keys->names[i]))
        i++;
    return i;
}

static wanted part_of(runut_slice key)
{
    size_t text = find_key(&runut_record_texts, key), id, url;
    if (text < runut_record_texts.count)
        return TEXT + text;
    if ((id = find_key(&runut_record_ids, key)) < runut_record_ids.count)
        return NAME + id;
    if ((url = find_key(&runut_record_urls, key)) < runut_record_urls.count)
        return NAME + runut_record_ids.count + url;
    if (find_key(&runut_record_pages, key) < runut_record_pages.count)
        return PAGE;
    return runut_slice_is(key, "duplicateOf") || runut_slice_is(key, "similarity") ? MINE : NOTHING;
}

static wanted part_of_key(const scanner *self)
{
    char plain[6 * RUNUT_RECORD_LONGEST_KEY];
    runut_slice key = self->string;
    if (key.size > sizeof plain || (key.size > RUNUT_RECORD_LONGEST_KEY && !self->escaped))
        return NOTHING;
    if (self->escaped)
        key = (runut_slice){plain, runut_json_unescape(key, plain)};
    return part_of(key);
}

/* Only white space, or escapes of it. */
static bool is_blank(runut_slice raw)
{
    for (size_t i = 0; i < raw.size; i++) {
        bool escape = raw.at[i] == '\\' && i + 1 < raw.size && strchr("bfnrt", raw.at[i + 1]);
        if (!escape && !runut_is_space((unsigned char)raw.at[i]))
            return false;
        i += escape;
    }
    return true;
}

typedef struct ranking {
    wanted text, name; /* of what was found so far; NOTHING = nothing */
} ranking;

static bool is_better(wanted now, wanted found)
{
    return found == NOTHING || now <= found; /* of two keys with one name the last one counts */
}

static void take_string(const scanner *self, wanted part, size_t start, ranking *ranks, runut_json_line *out)
{
    bool blank = is_blank(self->string);
    if (part == PAGE) {
        out->has_page |= !blank;
    } else if (part < PAGE && !blank && is_better(part, ranks->text)) {
        out->text = self->string;
        out->escaped = self->escaped;
        ranks->text = part;
    } else if (part >= NAME && !blank && is_better(part, ranks->name)) {
        out->name = (runut_slice){(const char *)self->at + start, self->i - start};
        ranks->name = part;
    }
}

static void take_number(const scanner *self, wanted part, size_t start, ranking *ranks, runut_json_line *out)
{
    runut_slice number = {(const char *)self->at + start, self->i - start};
    bool whole = !memchr(number.at, '.', number.size) && !memchr(number.at, 'e', number.size) &&
                 !memchr(number.at, 'E', number.size);
    if (whole && part >= NAME && part < MINE && is_better(part, ranks->name)) {
        out->name = number;
        ranks->name = part;
    }
}

static bool read_value(scanner *self, wanted part, ranking *ranks, runut_json_line *out)
{
    int byte = peek(self);
    size_t start = self->i;
    bool asked = part != NOTHING && part != MINE;
    out->has_text |= part >= TEXT && part < PAGE;
    if (byte == '{' || byte == '[') {
        out->nested |= asked;
        return read_nested(self);
    }
    if (!read_scalar(self))
        return false;
    if (asked && byte == '"')
        take_string(self, part, start, ranks, out);
    else if (asked && is_number(self, start))
        take_number(self, part, start, ranks, out);
    return true;
}

/* The member that ends here is left out: with what stands between it and the one before. */
static void cut(runut_json_line *out, size_t start, size_t end)
{
    runut_json_cut *last = out->cut_count ? &out->cuts[out->cut_count - 1] : NULL;
    if (last && last->end == start)
        last->end = end;
    else if (out->cut_count < RUNUT_JSON_CUTS)
        out->cuts[out->cut_count++] = (runut_json_cut){start, end};
}

static bool read_members(scanner *self, runut_json_line *out)
{
    ranking ranks = {NOTHING, NOTHING};
    size_t before = self->i; /* end of the brace, or of the member before */
    out->bare = true;
    if (take(self, '}'))
        return true;
    do {
        skip_space(self);
        size_t start = self->i;
        if (!read_key(self))
            return false;
        wanted part = part_of_key(self);
        if (part != MINE && out->bare && out->cut_count) /* the first one that stays: without the comma */
            out->cuts[out->cut_count - 1].end = start;
        if (!read_value(self, part, &ranks, out))
            return false;
        if (part == MINE)
            cut(out, before, self->i);
        out->bare &= part == MINE;
        before = self->i;
    } while (take(self, ','));
    return take(self, '}') || fail(self, peek(self) < 0 ? "ends in the middle" : "',' or '}' is missing");
}

static bool read_record(scanner *self, runut_json_line *out)
{
    if (!take(self, '{')) {
        return fail(self, peek(self) < 0 ? "ends in the middle" : "not a JSON object");
    }
    if (!read_members(self, out))
        return false;
    out->close = self->i - 1;
    return peek(self) < 0 || fail(self, "more after the value");
}

static int tell(const scanner *self, const char *otherwise, runut_error *error)
{
    runut_error_set(error, RUNUT_ERR_INPUT, "broken JSON: %s", self->why ? self->why : otherwise);
    if (error)
        error->byte = self->i;
    return RUNUT_ERR_INPUT;
}

int runut_json_line_read(runut_slice line, runut_json_line *out, runut_error *error)
{
    scanner self = {.at = (const unsigned char *)line.at, .size = line.size};
    *out = (runut_json_line){.text = {"", 0}, .name = {"", 0}};
    if (read_record(&self, out))
        return RUNUT_OK;
    return tell(&self, "not a JSON object", error);
}

int runut_json_check(runut_slice text, runut_error *error)
{
    scanner self = {.at = (const unsigned char *)text.at, .size = text.size};
    int byte = peek(&self);
    if ((byte == '{' || byte == '[' ? read_nested(&self) : read_scalar(&self)) &&
        (peek(&self) < 0 || fail(&self, "more after the value")))
        return RUNUT_OK;
    return tell(&self, "not JSON", error);
}

/* json-c crashes where it cannot copy a key (0.16 does not look at what strdup gives): what it usually needs is asked
 * for beforehand. */
static bool is_memory_for(runut_slice text)
{
    enum { TIMES = 4, LEAST = 64 * 1024 };
    void *volatile room = malloc(TIMES * text.size + LEAST);
    free(room);
    return room != NULL;
}

struct json_object *runut_json_build(struct json_tokener *tokener, runut_slice text, runut_error *error)
{
    if (runut_json_check(text, error) != RUNUT_OK)
        return NULL;
    if (text.size > INT32_MAX) {
        runut_error_set(error, RUNUT_ERR_INPUT, "JSON of more than 2 GiB");
        return NULL;
    }
    json_tokener_reset(tokener);
    runut_memory_watch();
    struct json_object *object = NULL;
    if (is_memory_for(text))
        object = json_tokener_parse_ex(tokener, text.at, (int)text.size);
    enum json_tokener_error state = json_tokener_get_error(tokener);
    if (!object && state == json_tokener_continue) /* a number is known to end by what comes behind it */
        object = json_tokener_parse_ex(tokener, "\n", 1);
    if (runut_memory_ran_out()) { /* json-c tells of broken JSON then, or leaves something out */
        json_object_put(object);
        runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
        return NULL;
    }
    if (!object)
        runut_error_set(error, RUNUT_ERR_INPUT, "no JSON that can be read: %s", json_tokener_error_desc(state));
    return object;
}

/* ---- escapes ---- */

static uint32_t four_digits(const char *at)
{
    uint32_t code = 0;
    for (size_t i = 0; i < 4; i++)
        code = code << 4 | (uint32_t)hex_digit((unsigned char)at[i]);
    return code;
}

/* The code point whose escape begins at `*i`; moves past it. */
static uint32_t escaped_code(runut_slice raw, size_t *i)
{
    char kind = raw.at[*i + 1];
    const char *plain = memchr("b\bf\fn\nr\rt\t", kind, 10);
    if (kind != 'u') {
        *i += 2;
        return plain ? (uint32_t)plain[1] : (uint32_t)kind;
    }
    uint32_t code = four_digits(raw.at + *i + 2);
    *i += 6;
    bool low = code >> 10 == 0xD800 >> 10 && raw.size - *i >= 6 && raw.at[*i] == '\\' && raw.at[*i + 1] == 'u';
    uint32_t next = low ? four_digits(raw.at + *i + 2) : 0;
    if (next >> 10 != 0xDC00 >> 10)
        return code;
    *i += 6;
    return 0x10000 + ((code & 0x3FF) << 10) + (next & 0x3FF);
}

size_t runut_json_unescape(runut_slice raw, char *to)
{
    size_t size = 0;
    for (size_t i = 0; i < raw.size;) {
        const char *escape = memchr(raw.at + i, '\\', raw.size - i);
        size_t end = escape ? (size_t)(escape - raw.at) : raw.size;
        memcpy(to + size, raw.at + i, end - i);
        size += end - i;
        i = end;
        if (escape)
            size += runut_utf8_encode(escaped_code(raw, &i), to + size);
    }
    return size;
}
