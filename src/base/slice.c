#define _GNU_SOURCE /* memmem */
#include "base/slice.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

int runut_slice_order(runut_slice a, runut_slice b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.at, b.at, size) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool runut_slice_starts_nocase(runut_slice text, runut_slice with)
{
    if (text.size < with.size)
        return false;
    for (size_t i = 0; i < with.size; i++)
        if (runut_lower((unsigned char)text.at[i]) != runut_lower((unsigned char)with.at[i]))
            return false;
    return true;
}

bool runut_slice_equal_nocase(runut_slice a, runut_slice b)
{
    return a.size == b.size && runut_slice_starts_nocase(a, b);
}

size_t runut_slice_find(runut_slice text, runut_slice what, size_t from)
{
    if (from > text.size || what.size > text.size - from)
        return SIZE_MAX;
    if (what.size == 0)
        return from;
    const char *hit = memmem(text.at + from, text.size - from, what.at, what.size);
    return hit ? (size_t)(hit - text.at) : SIZE_MAX;
}

/* Where the first byte of `text` from `from` on is that is `one` or `other`; the size where none is. In short pieces,
 * so that a rare letter is not sought beyond the next of the other case. */
static size_t find_either(runut_slice text, size_t from, char one, char other)
{
    enum { PIECE = 256 };
    for (size_t size; from < text.size; from += size) {
        size = text.size - from < PIECE ? text.size - from : PIECE;
        const char *at = text.at + from, *hit = memchr(at, one, size);
        const char *before = one == other ? NULL : memchr(at, other, hit ? (size_t)(hit - at) : size);
        if (hit || before)
            return (size_t)((before ? before : hit) - text.at);
    }
    return text.size;
}

size_t runut_slice_find_nocase(runut_slice text, runut_slice what, size_t from)
{
    if (from > text.size || what.size > text.size - from)
        return SIZE_MAX;
    if (what.size == 0)
        return from;
    char lower = runut_lower((unsigned char)what.at[0]);
    char upper = runut_is_alpha((unsigned char)lower) ? (char)(lower & ~32) : lower;
    size_t ends = text.size - what.size + 1;
    for (size_t i = from; (i = find_either(runut_slice_part(text, 0, ends), i, lower, upper)) < ends; i++)
        if (runut_slice_starts_nocase(runut_slice_part(text, i, text.size), what))
            return i;
    return SIZE_MAX;
}

static bool ends_in_nbsp(runut_slice text)
{
    return text.size >= 2 && memcmp(text.at + text.size - 2, "\xC2\xA0", 2) == 0;
}

runut_slice runut_slice_trim(runut_slice text)
{
    for (;;) {
        if (text.size && runut_is_space((unsigned char)text.at[0]))
            text = runut_slice_part(text, 1, text.size);
        else if (runut_slice_starts(text, RUNUT_LITERAL("\xC2\xA0")))
            text = runut_slice_part(text, 2, text.size);
        else
            break;
    }
    for (;;) {
        if (text.size && runut_is_space((unsigned char)text.at[text.size - 1]))
            text.size--;
        else if (ends_in_nbsp(text))
            text.size -= 2;
        else
            return text;
    }
}

bool runut_slice_line(runut_slice *rest, runut_slice *line)
{
    if (rest->size == 0)
        return false;
    size_t i = 0;
    while (i < rest->size && rest->at[i] != '\n' && rest->at[i] != '\r')
        i++;
    *line = runut_slice_part(*rest, 0, i);
    if (i + 1 < rest->size && rest->at[i] == '\r' && rest->at[i + 1] == '\n')
        i++;
    *rest = runut_slice_part(*rest, i + 1, rest->size);
    return true;
}

bool runut_slice_field(runut_slice *rest, char separator, runut_slice *field)
{
    if (!rest->at)
        return false;
    const char *end = rest->size ? memchr(rest->at, separator, rest->size) : NULL;
    size_t size = end ? (size_t)(end - rest->at) : rest->size;
    *field = runut_slice_part(*rest, 0, size);
    *rest = end ? runut_slice_part(*rest, size + 1, rest->size) : (runut_slice){NULL, 0};
    return true;
}

bool runut_slice_number(runut_slice text, uint32_t *number)
{
    uint64_t sum = 0;
    if (text.size == 0 || text.size > 10)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (!runut_is_digit((unsigned char)text.at[i]))
            return false;
        sum = sum * 10 + (uint64_t)(text.at[i] - '0');
    }
    if (sum > UINT32_MAX)
        return false;
    *number = (uint32_t)sum;
    return true;
}

uint64_t runut_slice_hash(runut_slice text)
{
    return XXH3_64bits(text.at, text.size);
}
