#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#include "base/buffer.h"
#include "base/slice.h"

enum { REPLACEMENT = 0xFFFD };

/* How many bytes the sequence that begins with `lead` has, and the range its second byte must lie in. */
static int sequence(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF) {
        *low = lead == 0xE0 ? 0xA0 : 0x80;
        *high = lead == 0xED ? 0x9F : 0xBF;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *low = lead == 0xF0 ? 0x90 : 0x80;
        *high = lead == 0xF4 ? 0x8F : 0xBF;
        return 4;
    }
    return 0;
}

uint32_t runut_utf8_decode(runut_slice text, size_t *offset)
{
    const unsigned char *at = (const unsigned char *)text.at + *offset;
    size_t left = text.size - *offset;
    unsigned char low, high;
    int size = sequence(at[0], &low, &high);
    if (size == 0) {
        *offset += 1;
        return REPLACEMENT;
    }
    uint32_t code = at[0] & (0x7Fu >> size);
    int i = 1;
    for (; i < size && (size_t)i < left; i++) {
        if (at[i] < (i == 1 ? low : 0x80) || at[i] > (i == 1 ? high : 0xBF))
            break;
        code = code << 6 | (at[i] & 0x3Fu);
    }
    *offset += (size_t)i;
    return i == size ? code : REPLACEMENT;
}

uint32_t runut_utf8_before(runut_slice text, size_t *offset)
{
    size_t end = *offset, start = end - 1;
    for (int i = 0; i < 3 && start > 0 && ((unsigned char)text.at[start] & 0xC0) == 0x80; i++)
        start--;
    size_t at = start;
    uint32_t code = runut_utf8_next(text, &at);
    if (at != end) { /* a stray continuation byte: step over it alone */
        *offset = end - 1;
        return REPLACEMENT;
    }
    *offset = start;
    return code;
}

size_t runut_utf8_encode(uint32_t code, char out[4])
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = REPLACEMENT;
    utf8proc_ssize_t size = utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
    return (size_t)size;
}

size_t runut_ascii_end(runut_slice text, size_t from)
{
    size_t i = from;
    for (uint64_t eight[4]; text.size - i >= sizeof eight; i += sizeof eight) {
        memcpy(eight, text.at + i, sizeof eight);
        if ((eight[0] | eight[1] | eight[2] | eight[3]) & 0x8080808080808080u)
            break;
    }
    while (i < text.size && (unsigned char)text.at[i] < 0x80)
        i++;
    return i;
}

/* Bytes of the valid sequence of two bytes or more at `at`, of which `left` are there; 0 where it is broken. */
static size_t valid_sequence(const unsigned char *at, size_t left)
{
    unsigned char low, high;
    size_t size = (size_t)sequence(at[0], &low, &high);
    if (size < 2 || size > left || at[1] < low || at[1] > high)
        return 0;
    if (size > 2 && (at[2] & 0xC0) != 0x80)
        return 0;
    return size > 3 && (at[3] & 0xC0) != 0x80 ? 0 : size;
}

/* Length of the longest valid beginning. */
static size_t valid_prefix(runut_slice text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    for (size_t i = runut_ascii_end(text, 0); i < text.size; i = runut_ascii_end(text, i))
        for (; i < text.size && at[i] >= 0x80;) {
            size_t size = valid_sequence(at + i, text.size - i);
            if (size == 0)
                return i;
            i += size;
        }
    return text.size;
}

bool runut_utf8_valid(runut_slice text)
{
    return valid_prefix(text) == text.size;
}

runut_slice runut_utf8_repair(runut_arena *arena, runut_slice text)
{
    size_t i = valid_prefix(text);
    if (i == text.size)
        return text;
    runut_buffer out = runut_buffer_new(arena, SIZE_MAX);
    runut_buffer_add(&out, runut_slice_part(text, 0, i));
    while (i < text.size) {
        if ((unsigned char)text.at[i] < 0x80)
            runut_buffer_byte(&out, text.at[i++]);
        else
            runut_buffer_code(&out, runut_utf8_next(text, &i));
    }
    return runut_buffer_slice(&out);
}

size_t runut_utf8_length(runut_slice text)
{
    size_t length = 0;
    for (size_t i = 0; i < text.size; length++)
        runut_utf8_next(text, &i);
    return length;
}

static utf8proc_category_t category(uint32_t code)
{
    return utf8proc_category((utf8proc_int32_t)code);
}

bool runut_wide_is_upper(uint32_t code)
{
    utf8proc_category_t c = category(code);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool runut_wide_is_lower(uint32_t code)
{
    return category(code) == UTF8PROC_CATEGORY_LL;
}

bool runut_wide_is_letter(uint32_t code)
{
    utf8proc_category_t c = category(code);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool runut_wide_is_digit(uint32_t code)
{
    return category(code) == UTF8PROC_CATEGORY_ND;
}

bool runut_wide_is_space(uint32_t code)
{
    return code == 0x85 || (category(code) >= UTF8PROC_CATEGORY_ZS && category(code) <= UTF8PROC_CATEGORY_ZP) ||
           code == 0x200B || code == 0xFEFF;
}

uint32_t runut_code_lower(uint32_t code)
{
    if (code < 0x80)
        return (unsigned char)runut_lower((unsigned char)code);
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

static bool is_ascii(runut_slice text)
{
    return runut_ascii_end(text, 0) == text.size;
}

static runut_slice fold_ascii(runut_arena *arena, runut_slice text)
{
    char *at = runut_arena_alloc(arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++)
        at[i] = runut_lower((unsigned char)text.at[i]);
    return (runut_slice){at, text.size};
}

/* Without the marks of each letter past the 30th, as UAX #15's Stream-Safe Text has it: utf8proc sorts a letter's marks
 * by exchanging neighbours, so a flood of them would take the square of its length. `text` itself where there is none.
 */
static runut_slice without_floods(runut_arena *arena, runut_slice text)
{
    enum { MOST_MARKS = 30 };
    char *out = NULL;
    size_t size = 0, marks = 0;
    for (size_t i = 0; text.size > 2 * MOST_MARKS && i < text.size;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(text, &i);
        marks = code >= 0x300 && utf8proc_get_property((utf8proc_int32_t)code)->combining_class ? marks + 1 : 0;
        if (marks > MOST_MARKS && !out) {
            out = runut_arena_alloc(arena, text.size);
            memcpy(out, text.at, start);
            size = start;
        } else if (out && marks <= MOST_MARKS) {
            memcpy(out + size, text.at + start, i - start);
            size += i - start;
        }
    }
    return out ? (runut_slice){out, size} : text;
}

/* utf8proc's mapping, decomposed into the arena and encoded in place: nothing is held that a full arena could leak.
 * False where `text` is no UTF-8. */
static bool map(runut_arena *arena, runut_slice text, utf8proc_option_t options, runut_slice *out)
{
    text = without_floods(arena, text);
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.at;
    utf8proc_ssize_t size = utf8proc_decompose(at, (utf8proc_ssize_t)text.size, NULL, 0, options);
    if (size < 0)
        return false;
    utf8proc_int32_t *codes = runut_arena_alloc(arena, ((size_t)size + 1) * sizeof *codes);
    utf8proc_decompose(at, (utf8proc_ssize_t)text.size, codes, size, options);
    size = utf8proc_reencode(codes, size, options);
    *out = (runut_slice){(const char *)codes, size < 0 ? 0 : (size_t)size};
    return true;
}

/* The folded form of letters of two bytes that have one of two bytes, whatever stands beside them: Latin and Cyrillic.
 * 0 = utf8proc knows; it takes fifty times as long. */
static uint32_t fold_letter(uint32_t code)
{
    if (code < 0xC0 || code == 0xD7 || code == 0xDF || code == 0xF7)
        return 0;
    if (code < 0x100)
        return code | 0x20;
    if (code < 0x180) { /* capitals are even up to 0137, then odd, then even, then odd; some are no pairs */
        if (code == 0x130 || code == 0x132 || code == 0x133 || code == 0x13F || code == 0x140 || code == 0x149 ||
            code == 0x178 || code == 0x17F)
            return 0;
        if (code == 0x131 || code == 0x138)
            return code;
        bool odd = (code > 0x138 && code < 0x149) || code > 0x178;
        return (code & 1) == odd ? code + 1 : code;
    }
    if (code < 0x400 || code > 0x45F)
        return 0;
    return code < 0x410 ? code + 0x50 : code < 0x430 ? code + 0x20 : code;
}

static bool fold_letters(runut_arena *arena, runut_slice text, runut_slice *out)
{
    char *at = NULL;
    for (size_t i = 0; i < text.size;) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte >= 0xE0 || (byte >= 0x80 && byte < 0xC2))
            return false;
        size_t start = i;
        uint32_t code = byte < 0x80 ? byte : fold_letter(runut_utf8_next(text, &i));
        if (code == 0)
            return false;
        at = at ? at : runut_arena_alloc(arena, text.size + 1);
        if (byte < 0x80) {
            at[i++] = runut_lower(byte);
        } else {
            at[start] = (char)(0xC0 | code >> 6);
            at[start + 1] = (char)(0x80 | (code & 0x3F));
        }
    }
    *out = (runut_slice){at, text.size};
    return at != NULL;
}

runut_slice runut_utf8_fold(runut_arena *arena, runut_slice text)
{
    runut_slice out;
    if (fold_letters(arena, text, &out))
        return out;
    bool done =
        !is_ascii(text) &&
        map(arena, text, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD),
            &out);
    return done ? out : fold_ascii(arena, text);
}

runut_slice runut_utf8_plain(runut_arena *arena, runut_slice text)
{
    runut_slice out;
    bool done = !is_ascii(text) &&
                map(arena, text, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_STRIPMARK | UTF8PROC_COMPOSE), &out);
    return done ? out : text;
}

bool runut_utf8_starts_upper(runut_slice text)
{
    for (size_t i = 0; i < text.size;) {
        uint32_t code = runut_utf8_next(text, &i);
        if (runut_code_is_letter(code) || runut_code_is_digit(code))
            return runut_code_is_upper(code);
    }
    return false;
}

/* Neither a space nor the first byte of one. */
static bool is_solid(unsigned char byte)
{
    return (byte > ' ' && byte < 0xC2) || (byte > 0xC2 && byte < 0xE1) || (byte > 0xE3 && byte != 0xEF);
}

runut_slice runut_utf8_collapse(runut_arena *arena, runut_slice text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    runut_buffer out = runut_buffer_new(arena, text.size + 1);
    size_t from = 0; /* of the run that can be copied as it is: words with one blank between them */
    for (size_t i = 0; i <= text.size;) {
        while (i < text.size &&
               (is_solid(at[i]) || (at[i] == ' ' && i > from && i + 1 < text.size && is_solid(at[i + 1]))))
            i++;
        size_t end = i;
        bool space = i == text.size || runut_code_is_space(runut_utf8_next(text, &i));
        i += end == text.size;
        if (!space)
            continue;
        if (end > from && out.size)
            runut_buffer_byte(&out, ' ');
        runut_buffer_add(&out, runut_slice_part(text, from, end));
        from = i;
    }
    return runut_buffer_slice(&out);
}

bool runut_utf8_next_word(runut_slice text, size_t *at, runut_slice *word)
{
    size_t start = SIZE_MAX;
    while (*at < text.size) {
        size_t before = *at;
        uint32_t code = runut_utf8_next(text, at);
        bool part = runut_code_is_letter(code) || runut_code_is_digit(code);
        if (part && start == SIZE_MAX)
            start = before;
        if (!part && start != SIZE_MAX) {
            *word = runut_slice_part(text, start, before);
            return true;
        }
    }
    if (start != SIZE_MAX)
        *word = runut_slice_part(text, start, text.size);
    return start != SIZE_MAX;
}
