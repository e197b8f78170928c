#include "term.h"

#include <json-c/json.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

static const char *const codes[] = {
    [TERM_PLAIN] = "",        [TERM_BOLD] = "\033[1m",  [TERM_DIM] = "\033[2m",  [TERM_ID] = "\033[36m",
    [TERM_DATE] = "\033[32m", [TERM_GOOD] = "\033[34m", [TERM_WARN] = "\033[33m"};

static int find_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    int width = columns ? atoi(columns) : 0;
    if (width <= 0 && ioctl(1, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width <= 0)
        width = 80;
    return width < 40 ? 40 : width > 200 ? 200 : width;
}

term term_new(const char *color)
{
    bool automatic = !color || strcmp(color, "auto") == 0;
    const char *none = getenv("NO_COLOR"), *kind = getenv("TERM");
    bool wanted = isatty(1) && !(none && *none) && !(kind && strcmp(kind, "dumb") == 0);
    return (term){.fresh = true, .color = automatic ? wanted : strcmp(color, "always") == 0, .width = find_width()};
}

/* Does it steer a terminal, break its line, or turn the direction of what follows? */
static bool is_control(utf8proc_int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029 || (code >= 0xFFF9 && code <= 0xFFFB);
}

/* One code point at `at`: its length, and in *width its columns; control characters are -1. */
static size_t measure(const char *at, size_t size, int *width)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)at, (utf8proc_ssize_t)size, &code);
    if (length <= 0) {
        *width = -1;
        return 1;
    }
    *width = is_control(code) ? -1 : utf8proc_charwidth(code);
    return (size_t)length;
}

int term_columns(const char *text, size_t size)
{
    int sum = 0, width;
    for (size_t i = 0; i < size;) {
        i += measure(text + i, size - i, &width);
        sum += width < 0 ? 1 : width;
    }
    return sum;
}

static void put_style(term *self, term_style style)
{
    if (!self->color || self->style == style)
        return;
    if (self->style != TERM_PLAIN)
        fputs("\033[0m", stdout);
    fputs(codes[style], stdout);
    self->style = style;
}

/* Copies what may be shown to `out`, which has room for three times as much: U+FFFD for control characters, so that
 * nothing in a headline can steer the terminal, and no more marks on a letter than a language needs, so that they do
 * not cover other lines. */
static size_t clean_to(char *out, const char *text, size_t size, int *marks)
{
    enum { MOST_MARKS = 8 };
    int width;
    char *end = out;
    for (size_t i = 0, length; i < size; i += length) {
        length = measure(text + i, size - i, &width);
        *marks = width == 0 ? *marks + 1 : 0;
        if (*marks > MOST_MARKS)
            continue;
        memcpy(end, width < 0 ? "\xEF\xBF\xBD" : text + i, width < 0 ? 3 : length);
        end += width < 0 ? 3 : length;
    }
    return (size_t)(end - out);
}

static void put_clean(const char *text, size_t size)
{
    char out[3 * 1024];
    int marks = 0; /* on the letter in hand */
    for (size_t i = 0, part; i < size; i += part) {
        part = size - i < 1024 ? size - i : 1024;
        while (part > 1000 && i + part < size && ((unsigned char)text[i + part] & 0xC0) == 0x80)
            part--; /* not within a character */
        fwrite(out, 1, clean_to(out, text + i, part, &marks), stdout);
    }
}

void term_line(term *self)
{
    put_style(self, TERM_PLAIN);
    putchar('\n');
    self->column = 0;
    self->blank = false;
    self->fresh = true;
}

void term_to(term *self, int column)
{
    put_style(self, TERM_PLAIN);
    if (self->column > column)
        term_line(self);
    for (; self->column < column; self->column++)
        putchar(' ');
    self->blank = false;
    self->fresh = true;
}

static bool is_blank(const char *text, size_t size, size_t *length)
{
    if ((unsigned char)text[0] <= ' ') {
        *length = 1;
        return true;
    }
    bool nbsp = size >= 2 && memcmp(text, "\xC2\xA0", 2) == 0;
    *length = 2;
    return nbsp;
}

static size_t next_word(const char *text, size_t size)
{
    size_t i = 0, length;
    while (i < size && !is_blank(text + i, size - i, &length))
        i++;
    return i;
}

/* Room for a word of `columns`: a new line, the blank that is due, or nothing. */
static void make_room(term *self, int columns)
{
    if (self->blank && !self->fresh && self->column + 1 + columns > self->width) {
        term_line(self);
        term_to(self, self->indent);
    } else if (self->blank && !self->fresh) {
        putchar(' ');
        self->column++;
    }
    self->blank = false;
    self->fresh = false;
}

void term_words_size(term *self, term_style style, const char *text, size_t size)
{
    for (size_t i = 0, length; i < size;) {
        if (is_blank(text + i, size - i, &length)) {
            self->blank = true;
            i += length;
            continue;
        }
        size_t word = next_word(text + i, size - i);
        int columns = term_columns(text + i, word);
        make_room(self, columns);
        put_style(self, style);
        put_clean(text + i, word);
        self->column += columns;
        i += word;
    }
}

void term_words(term *self, term_style style, const char *text)
{
    if (text)
        term_words_size(self, style, text, strlen(text));
}

void term_printf(term *self, term_style style, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    term_words(self, style, text);
}

char *term_clean(const char *text)
{
    size_t size = strlen(text);
    char *out = malloc(size * 3 + 1);
    int marks = 0;
    if (out)
        out[clean_to(out, text, size, &marks)] = '\0';
    return out;
}

void term_json(struct json_object *object, int flags)
{
    size_t size = 0, from = 0;
    const char *text = json_object_to_json_string_length(object, flags, &size);
    for (size_t i = isatty(1) ? 0 : size; i < size;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(size - i), &code);
        size_t step = length > 0 ? (size_t)length : 1;
        if (length > 0 && is_control(code) && code != '\n') {
            fwrite(text + from, 1, i - from, stdout);
            printf("\\u%04x", (unsigned)code);
            from = i + step;
        }
        i += step;
    }
    if (text)
        fwrite(text + from, 1, size - from, stdout);
    putchar('\n');
}

static void put_escaped(utf8proc_int32_t code)
{
    static const char named[] = "b\bf\fn\nr\rt\t";
    for (size_t i = 1; i < sizeof named; i += 2)
        if (named[i] == code) {
            printf("\\%c", named[i - 1]);
            return;
        }
    printf("\\u%04x", (unsigned)code);
}

void term_json_string(const char *text)
{
    putchar('"');
    for (utf8proc_ssize_t length; *text; text += length) {
        utf8proc_int32_t code = 0xFFFD;
        length = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
        if (length < 1) {
            put_escaped(0xFFFD);
            length = 1;
        } else if (is_control(code)) {
            put_escaped(code);
        } else {
            if (code == '"' || code == '\\')
                putchar('\\');
            fwrite(text, 1, (size_t)length, stdout);
        }
    }
    putchar('"');
}
