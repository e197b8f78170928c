/* Small helpers for borrowed bytes; ASCII only where case or white space is concerned (UTF-8: base/utf8.h). */
#ifndef RUNUT_BASE_SLICE_H
#define RUNUT_BASE_SLICE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "runut/slice.h"

#define RUNUT_LITERAL(text) ((runut_slice){(text), sizeof(text) - 1})

static inline runut_slice runut_slice_of(const char *text)
{
    return (runut_slice){text ? text : "", text ? strlen(text) : 0};
}

/* Bytes [start, end) of `text`, both cut to its size. */
static inline runut_slice runut_slice_part(runut_slice text, size_t start, size_t end)
{
    if (end > text.size)
        end = text.size;
    if (start > end)
        start = end;
    if (start == 0) /* also where `at` is NULL, to which nothing may be added */
        return (runut_slice){text.at, end};
    return (runut_slice){text.at + start, end - start};
}

/* Are the first `size` bytes the same? Most are few: two overlapping loads tell, without a call. */
static inline bool runut_bytes_equal(const char *a, const char *b, size_t size)
{
    uint64_t a8[2], b8[2];
    uint32_t a4[2], b4[2];
    if (size > 16)
        return memcmp(a, b, size) == 0;
    if (size >= 8) {
        memcpy(&a8[0], a, 8);
        memcpy(&b8[0], b, 8);
        memcpy(&a8[1], a + size - 8, 8);
        memcpy(&b8[1], b + size - 8, 8);
        return ((a8[0] ^ b8[0]) | (a8[1] ^ b8[1])) == 0;
    }
    if (size >= 4) {
        memcpy(&a4[0], a, 4);
        memcpy(&b4[0], b, 4);
        memcpy(&a4[1], a + size - 4, 4);
        memcpy(&b4[1], b + size - 4, 4);
        return ((a4[0] ^ b4[0]) | (a4[1] ^ b4[1])) == 0;
    }
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

static inline bool runut_slice_equal(runut_slice a, runut_slice b)
{
    return a.size == b.size && runut_bytes_equal(a.at, b.at, a.size);
}

static inline bool runut_slice_is(runut_slice a, const char *b)
{
    return runut_slice_equal(a, runut_slice_of(b));
}

static inline bool runut_slice_starts(runut_slice text, runut_slice with)
{
    return text.size >= with.size && runut_slice_equal(runut_slice_part(text, 0, with.size), with);
}

static inline bool runut_slice_ends(runut_slice text, runut_slice with)
{
    return text.size >= with.size && runut_slice_equal(runut_slice_part(text, text.size - with.size, text.size), with);
}

/* Bytewise order, shorter first where one begins the other: <0, 0, >0. */
int runut_slice_order(runut_slice a, runut_slice b);

/* As above and below with A-Z taken for a-z; other bytes as they are. */
bool runut_slice_equal_nocase(runut_slice a, runut_slice b);
bool runut_slice_starts_nocase(runut_slice text, runut_slice with);

/* Offset of the first `what` at or after `from`, or SIZE_MAX; linear in practice (memmem). */
size_t runut_slice_find(runut_slice text, runut_slice what, size_t from);
size_t runut_slice_find_nocase(runut_slice text, runut_slice what, size_t from);

static inline bool runut_slice_holds_nocase(runut_slice text, const char *what)
{
    return runut_slice_find_nocase(text, runut_slice_of(what), 0) != SIZE_MAX;
}

/* Without ASCII white space and U+00A0 at both ends. */
runut_slice runut_slice_trim(runut_slice text);

/* Cuts the next line off `rest` (LF, CRLF or CR end it, the end is not part of it); false when nothing is left. */
bool runut_slice_line(runut_slice *rest, runut_slice *line);

/* Cuts the next field up to `separator` off `rest`; false when nothing is left. "a,,b" has three fields. */
bool runut_slice_field(runut_slice *rest, char separator, runut_slice *field);

/* Decimal digits only, all of `text`; false when empty, not digits, or above UINT32_MAX. */
bool runut_slice_number(runut_slice text, uint32_t *number);

/* XXH3, 64 bits. */
uint64_t runut_slice_hash(runut_slice text);

static inline bool runut_is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool runut_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}
static inline bool runut_is_alpha(unsigned char c)
{
    return (unsigned)(c | 32) - 'a' < 26;
}
static inline char runut_lower(unsigned char c)
{
    return (char)((unsigned)c - 'A' < 26 ? c | 32 : c);
}

#endif
