/* Parameters of header fields. They are a stranger's: any bytes, any length. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "serve/form.h"

bool runut_field_is(const char *value, const char *type)
{
    size_t size = strlen(type);
    return strncasecmp(value, type, size) == 0 && (value[size] == '\0' || strchr(" \t;", value[size]));
}

typedef struct output {
    char *at;
    size_t used, room;
} output;

static void put(output *out, char c)
{
    if (out->used + 1 < out->room)
        out->at[out->used] = c;
    out->used++; /* beyond the room: counted, so that it shows */
}

static bool close_output(output *out)
{
    if (out->used >= out->room)
        return false;
    out->at[out->used] = '\0';
    return true;
}

/* Behind the value of a parameter; it is put into `out`, where there is one. A backslash stands for itself unless it
 * comes before what it is needed for: old browsers put whole paths there. */
static const char *read_value(const char *at, output *out)
{
    output none = {0};
    out = out ? out : &none;
    if (*at != '"') {
        for (; *at && !strchr("; \t", *at); at++)
            put(out, *at);
        return at;
    }
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
            at++;
        put(out, *at);
    }
    return *at ? at + 1 : at;
}

bool runut_field_parameter(const char *value, const char *name, char *out, size_t room)
{
    const char *at = value + strcspn(value, ";");
    while (*at) {
        at += strspn(at, "; \t");
        const char *key = at;
        at += strcspn(at, "=; \t");
        size_t size = (size_t)(at - key);
        at += strspn(at, " \t");
        if (*at != '=') {
            at += strcspn(at, ";");
            continue;
        }
        at += 1 + strspn(at + 1, " \t");
        output to = {.at = out, .room = room};
        bool found = size == strlen(name) && strncasecmp(key, name, size) == 0;
        at = read_value(at, found ? &to : NULL);
        if (found)
            return close_output(&to);
        at += strcspn(at, ";");
    }
    return false;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* The byte that "%41" at `at` stands for, -1 where it is none. */
static int escaped(const char *at)
{
    int high = at[0] == '%' ? digit(at[1]) : -1, low = high >= 0 ? digit(at[2]) : -1;
    return low >= 0 ? high * 16 + low : -1;
}

/* Undoes %XX in place; `all`, or only those that browsers write in `filename`. */
static void unescape(char *text, bool all)
{
    char *to = text;
    for (const char *at = text; *at; at++) {
        int byte = escaped(at);
        bool meant = byte > 0 && (all || byte == '"' || byte == '\r' || byte == '\n');
        *to++ = meant ? (char)byte : *at;
        at += meant ? 2 : 0;
    }
    *to = '\0';
}

bool runut_field_file(const char *disposition, char *out, size_t room)
{
    static const char utf8[] = "UTF-8'";
    bool found = runut_field_parameter(disposition, "filename*", out, room);
    const char *text =
        found && strncasecmp(out, utf8, sizeof utf8 - 1) == 0 ? strchr(out + sizeof utf8 - 1, '\'') : NULL;
    if (text) {
        memmove(out, text + 1, strlen(text));
        unescape(out, true);
        return true;
    }
    if (!runut_field_parameter(disposition, "filename", out, room))
        return false;
    unescape(out, false);
    return true;
}

/* Where the end of `name` begins that is `most` bytes or less when mended; broken bytes count as U+FFFD does. */
static size_t cut(runut_slice name, size_t most)
{
    size_t at = name.size, used = 0;
    while (at > 0) {
        size_t before = at;
        char room[4];
        used += runut_utf8_encode(runut_utf8_before(name, &before), room);
        if (used > most)
            break;
        at = before;
    }
    return at;
}

void runut_label_make(const char *name, char *out, size_t room)
{
    static const char mark[] = "\xE2\x80\xA6"; /* … */
    runut_slice text = runut_slice_of(name);
    size_t used = 0, at = cut(text, room - 1);
    if (at > 0) {
        at = cut(text, room - sizeof mark);
        memcpy(out, mark, sizeof mark - 1);
        used = sizeof mark - 1;
    }
    while (at < text.size) {
        char code[4];
        size_t size = runut_utf8_encode(runut_utf8_next(text, &at), code);
        if (used + size >= room)
            break;
        memcpy(out + used, code, size);
        used += size;
    }
    out[used] = '\0';
}
