#include "engine/writer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/slice.h"

runut_writer runut_writer_new(runut_arena *arena)
{
    return (runut_writer){.out = runut_buffer_new(arena, SIZE_MAX)};
}

static void separate(runut_writer *self)
{
    if (self->more)
        runut_buffer_byte(&self->out, ',');
    self->more = true;
}

void runut_writer_open(runut_writer *self, char bracket)
{
    separate(self);
    runut_buffer_byte(&self->out, bracket);
    self->more = false;
}

void runut_writer_close(runut_writer *self, char bracket)
{
    runut_buffer_byte(&self->out, bracket);
    self->more = true;
}

void runut_writer_key(runut_writer *self, const char *key)
{
    separate(self);
    runut_buffer_byte(&self->out, '"');
    runut_buffer_text(&self->out, key);
    runut_buffer_add(&self->out, RUNUT_LITERAL("\":"));
    self->more = false;
}

static bool is_plain(unsigned char byte)
{
    return byte >= ' ' && byte != '"' && byte != '\\';
}

/* Has one of the eight bytes to be escaped? A borrow may say so of one too many, never of one too few (after Mycroft,
 * 1987). */
static bool are_plain(const char *at)
{
    static const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    uint64_t eight, quotes, slashes;
    memcpy(&eight, at, sizeof eight);
    quotes = eight ^ ones * '"';
    slashes = eight ^ ones * '\\';
    uint64_t found = ((eight - ones * ' ') & ~eight) | ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes);
    return (found & highs) == 0;
}

static size_t plain_end(runut_slice text, size_t from)
{
    for (; text.size - from >= 8; from += 8)
        if (!are_plain(text.at + from))
            break;
    while (from < text.size && is_plain((unsigned char)text.at[from]))
        from++;
    return from;
}

static void escape(runut_buffer *out, unsigned char byte)
{
    static const char named[] = "b\bf\fn\nr\rt\t\"\"\\\\", digits[] = "0123456789abcdef";
    for (size_t i = 0; i + 1 < sizeof named; i += 2)
        if (byte == (unsigned char)named[i + 1]) {
            runut_buffer_add(out, (runut_slice){(char[]){'\\', named[i]}, 2});
            return;
        }
    runut_buffer_add(out, (runut_slice){(char[]){'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]}, 6});
}

void runut_writer_text(runut_writer *self, runut_slice text)
{
    separate(self);
    if (text.size == 0) {
        runut_buffer_add(&self->out, RUNUT_LITERAL("null"));
        return;
    }
    runut_buffer_byte(&self->out, '"');
    for (size_t at = 0; at < text.size; at++) {
        size_t end = plain_end(text, at);
        runut_buffer_add(&self->out, runut_slice_part(text, at, end));
        if (end < text.size)
            escape(&self->out, (unsigned char)text.at[end]);
        at = end;
    }
    runut_buffer_byte(&self->out, '"');
}

void runut_writer_number(runut_writer *self, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    separate(self);
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    runut_buffer_add(&self->out, (runut_slice){digits + at, sizeof digits - at});
}

void runut_writer_rounded(runut_writer *self, double number)
{
    char text[32];
    separate(self);
    snprintf(text, sizeof text, "%.3g", number);
    runut_buffer_text(&self->out, text);
}

void runut_writer_double(runut_writer *self, double number)
{
    char text[40];
    separate(self);
    if (isfinite(number))
        snprintf(text, sizeof text, "%.17g", number);
    else
        snprintf(text, sizeof text, isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    runut_buffer_text(&self->out, text);
    if (isfinite(number) && !strpbrk(text, ".e"))
        runut_buffer_text(&self->out, ".0");
}

void runut_writer_json(runut_writer *self, runut_slice json)
{
    separate(self);
    runut_buffer_add(&self->out, json);
}

void runut_writer_put(runut_writer *self, const char *key, runut_slice text)
{
    runut_writer_key(self, key);
    runut_writer_text(self, text);
}

void runut_writer_put_texts(runut_writer *self, const char *key, const runut_slices *texts)
{
    runut_writer_key(self, key);
    runut_writer_open(self, '[');
    for (size_t i = 0; i < texts->size; i++)
        runut_writer_text(self, texts->at[i]);
    runut_writer_close(self, ']');
}

void runut_writer_put_day(runut_writer *self, const char *key, runut_day day)
{
    char text[11];
    if (day != RUNUT_NO_DAY)
        runut_day_print(day, text);
    runut_writer_put(self, key, day != RUNUT_NO_DAY ? runut_slice_of(text) : (runut_slice){"", 0});
}

void runut_writer_put_span(runut_writer *self, runut_span span)
{
    runut_writer_key(self, "start");
    runut_writer_number(self, span.start);
    runut_writer_key(self, "end");
    runut_writer_number(self, span.end);
}
