#include "clean/metadata_json.h"

#include "base/buffer.h"
#include "base/slice.h"

enum { MOST_DEPTH = 64, MOST_VALUES = 200000, MOST_MEMBERS = 2000 };

typedef struct json_reader {
    runut_arena *arena;
    runut_slice text;
    size_t at;
    runut_jsons *values;
    uint32_t open[MOST_DEPTH], last[MOST_DEPTH]; /* open containers and their latest child */
    size_t depth;
    size_t beyond; /* containers opened beyond the cap */
} json_reader;

static void skip_blanks(json_reader *self)
{
    runut_slice text = self->text;
    while (self->at < text.size) {
        char c = text.at[self->at];
        if (runut_is_space((unsigned char)c)) {
            self->at++;
        } else if (c == '/' && self->at + 1 < text.size &&
                   (text.at[self->at + 1] == '*' || text.at[self->at + 1] == '/')) {
            bool block = text.at[self->at + 1] == '*';
            if (runut_slice_starts(runut_slice_part(text, self->at, text.size), RUNUT_LITERAL("//<![CDATA["))) {
                self->at += sizeof "//<![CDATA[" - 1;
                continue;
            }
            size_t end = runut_slice_find(text, block ? RUNUT_LITERAL("*/") : RUNUT_LITERAL("\n"), self->at + 2);
            self->at = end == SIZE_MAX ? text.size : end + (block ? 2 : 1);
        } else {
            return;
        }
    }
}

static uint32_t hex4(runut_slice text, size_t at)
{
    uint32_t code = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = i < text.size ? runut_lower((unsigned char)text.at[i]) : 'x';
        if (runut_is_digit((unsigned char)c))
            code = code * 16 + (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            code = code * 16 + (uint32_t)(c - 'a' + 10);
        else
            return UINT32_MAX;
    }
    return code;
}

/* Behind "\u" at `*at`; moves past what it used. */
static void add_code(runut_buffer *out, runut_slice text, size_t *at)
{
    uint32_t code = hex4(text, *at);
    if (code == UINT32_MAX) {
        runut_buffer_text(out, "u");
        return;
    }
    *at += 4;
    bool high =
        code >= 0xD800 && code < 0xDC00 && *at + 1 < text.size && text.at[*at] == '\\' && text.at[*at + 1] == 'u';
    uint32_t low = high ? hex4(text, *at + 2) : UINT32_MAX;
    if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        *at += 6;
    }
    runut_buffer_code(out, code);
}

static runut_slice unescape(runut_arena *arena, runut_slice raw)
{
    runut_buffer out = runut_buffer_new(arena, raw.size * 3 + 8);
    for (size_t at = 0; at < raw.size;) {
        char c = raw.at[at++];
        if (c != '\\' || at == raw.size) {
            runut_buffer_byte(&out, c);
            continue;
        }
        c = raw.at[at++];
        if (c == 'u')
            add_code(&out, raw, &at);
        else
            runut_buffer_byte(&out, c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' || c == 'b' || c == 'f' ? ' ' : c);
    }
    return runut_buffer_slice(&out);
}

/* Does a value or a key begin at `at`, or its container end? */
static bool is_start(runut_slice text, size_t at)
{
    static const char *const words[] = {"true", "false", "null"};
    runut_slice rest = runut_slice_part(text, at, text.size);
    if (rest.size == 0 || memchr("\"{[]}-/", rest.at[0], 7) || runut_is_digit((unsigned char)rest.at[0]))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (runut_slice_starts(rest, runut_slice_of(words[i])))
            return true;
    return false;
}

static size_t after_blanks(runut_slice text, size_t at)
{
    while (at < text.size && runut_is_space((unsigned char)text.at[at]))
        at++;
    return at;
}

/* Does the mark at `at` close its string? One that nobody escaped ("He said "no" today") has text behind it; what
 * follows a closing one is a mark of JSON, or nothing. Blanks are looked at once more only: linear. */
static bool is_closing(runut_slice text, size_t at)
{
    size_t next = after_blanks(text, at + 1);
    if (next >= text.size || memchr("}]:\"", text.at[next], 4))
        return true;
    if (text.at[next] == ',')
        return is_start(text, after_blanks(text, next + 1));
    return text.at[next] == '/' || text.at[next] == '<'; /* a comment, the end of a CDATA section */
}

/* A string whose opening mark is at self->at. */
static runut_slice string(json_reader *self)
{
    size_t start = ++self->at;
    bool escaped = false;
    while (self->at < self->text.size && (self->text.at[self->at] != '"' || !is_closing(self->text, self->at))) {
        bool escape = self->text.at[self->at] == '\\' && self->at + 1 < self->text.size;
        escaped |= escape;
        self->at += escape ? 2 : 1;
    }
    runut_slice raw = runut_slice_part(self->text, start, self->at);
    if (self->at < self->text.size)
        self->at++;
    return escaped ? unescape(self->arena, raw) : raw;
}

static uint32_t add(json_reader *self, runut_json_kind kind, runut_slice key, runut_slice text)
{
    if (self->values->size >= MOST_VALUES || self->beyond)
        return 0;
    uint32_t index = (uint32_t)self->values->size;
    uint32_t parent = self->open[self->depth - 1], *last = &self->last[self->depth - 1];
    RUNUT_PUSH(self->arena, *self->values, ((runut_json){.kind = kind, .parent = parent, .key = key, .text = text}));
    if (*last)
        self->values->at[*last].next = index;
    else
        self->values->at[parent].child = index;
    *last = index;
    return index;
}

static void open_container(json_reader *self, runut_json_kind kind, runut_slice key)
{
    uint32_t index = self->depth < MOST_DEPTH ? add(self, kind, key, (runut_slice){"", 0}) : 0;
    self->at++;
    if (!index) {
        self->beyond++;
        return;
    }
    self->open[self->depth] = index;
    self->last[self->depth++] = 0;
}

static void close_container(json_reader *self)
{
    self->at++;
    if (self->beyond)
        self->beyond--;
    else if (self->depth > 1)
        self->depth--;
}

/* A number or a word, up to whatever ends it. */
static runut_slice bare(json_reader *self)
{
    size_t start = self->at;
    while (self->at < self->text.size && !memchr(",:{}[]\"", self->text.at[self->at], 7))
        self->at++;
    if (self->at == start)
        self->at++; /* a stray mark */
    return runut_slice_trim(runut_slice_part(self->text, start, self->at));
}

static bool is_mark(char c)
{
    return c == ',' || c == ':';
}

void runut_json_read(runut_arena *arena, runut_slice text, runut_jsons *values, uint32_t under)
{
    json_reader *self = runut_arena_alloc(arena, sizeof *self);
    *self = (json_reader){.arena = arena, .text = text, .values = values, .open = {under}, .depth = 1};
    for (uint32_t child = values->at[under].child; child; child = values->at[child].next)
        self->last[0] = child;
    runut_slice key = {"", 0};
    for (skip_blanks(self); self->at < text.size; skip_blanks(self)) {
        char c = text.at[self->at];
        bool object = values->at[self->open[self->depth - 1]].kind == RUNUT_JSON_OBJECT;
        if (c == '{' || c == '[') {
            open_container(self, c == '{' ? RUNUT_JSON_OBJECT : RUNUT_JSON_ARRAY, key);
        } else if (c == '}' || c == ']') {
            close_container(self);
        } else if (is_mark(c)) {
            self->at++;
            continue;
        } else {
            runut_slice value = c == '"' ? string(self) : bare(self);
            skip_blanks(self);
            if (object && key.size == 0 && self->at < text.size && text.at[self->at] == ':') {
                key = value;
                continue;
            }
            add(self, c == '"' ? RUNUT_JSON_TEXT : RUNUT_JSON_OTHER, key, value);
        }
        key = (runut_slice){"", 0};
    }
}

uint32_t runut_json_member(const runut_jsons *values, uint32_t object, const char *key)
{
    runut_slice wanted = runut_slice_of(key);
    int members = 0;
    for (uint32_t at = values->at[object].child; at && members < MOST_MEMBERS; at = values->at[at].next, members++)
        if (runut_slice_equal_nocase(values->at[at].key, wanted))
            return at;
    return 0;
}
