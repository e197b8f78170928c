/* UTF-8 and the Unicode properties that the stages need (utf8proc). Offsets are bytes throughout. */
#ifndef RUNUT_BASE_UTF8_H
#define RUNUT_BASE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* What runut_utf8_next and the properties below do beyond ASCII; the ASCII parts are inline since every stage asks for
 * every code point. */
uint32_t runut_utf8_decode(runut_slice text, size_t *offset);
bool runut_wide_is_upper(uint32_t code);
bool runut_wide_is_lower(uint32_t code);
bool runut_wide_is_letter(uint32_t code);
bool runut_wide_is_digit(uint32_t code);
bool runut_wide_is_space(uint32_t code);

/* Decodes the code point at `*offset` (< text.size) and moves past it. A broken sequence gives U+FFFD and moves past
 * its longest valid prefix, one byte at least (as WHATWG's decoder does). */
static inline uint32_t runut_utf8_next(runut_slice text, size_t *offset)
{
    unsigned char byte = (unsigned char)text.at[*offset];
    if (byte >= 0x80)
        return runut_utf8_decode(text, offset);
    *offset += 1;
    return byte;
}

/* The code point that ends before `offset` (> 0), and moves there. */
uint32_t runut_utf8_before(runut_slice text, size_t *offset);

/* Writes `code` (U+FFFD for surrogates and beyond U+10FFFF) to `out` (4 bytes); the number of bytes. */
size_t runut_utf8_encode(uint32_t code, char out[4]);

/* Offset of the first byte at or after `from` that is not ASCII, or the size. */
size_t runut_ascii_end(runut_slice text, size_t from);

bool runut_utf8_valid(runut_slice text);

/* `text` itself where it is valid, else a copy with every broken sequence replaced by U+FFFD. */
runut_slice runut_utf8_repair(runut_arena *arena, runut_slice text);

/* Code points in `text`. */
size_t runut_utf8_length(runut_slice text);

/* Upper or title case. */
static inline bool runut_code_is_upper(uint32_t code)
{
    return code < 0x80 ? code - 'A' < 26 : runut_wide_is_upper(code);
}

static inline bool runut_code_is_lower(uint32_t code)
{
    return code < 0x80 ? code - 'a' < 26 : runut_wide_is_lower(code);
}

/* Letters and combining marks. */
static inline bool runut_code_is_letter(uint32_t code)
{
    return code < 0x80 ? (code | 32) - 'a' < 26 : runut_wide_is_letter(code);
}

/* Decimal digits of any script. */
static inline bool runut_code_is_digit(uint32_t code)
{
    return code < 0x80 ? code - '0' < 10 : runut_wide_is_digit(code);
}

/* Every kind of space, line ends too. */
static inline bool runut_code_is_space(uint32_t code)
{
    return code < 0x80 ? code == ' ' || code - '\t' < 5 : runut_wide_is_space(code);
}

uint32_t runut_code_lower(uint32_t code);

/* NFKC and case folded: what two spellings must share to count as one word. */
runut_slice runut_utf8_fold(runut_arena *arena, runut_slice text);

/* Without accents and other combining marks: what is left of "Falcão" is "Falcao". `text` itself where it is ASCII. */
runut_slice runut_utf8_plain(runut_arena *arena, runut_slice text);

/* Does `text` begin with an upper-case letter (after opening marks such as quotation marks)? */
bool runut_utf8_starts_upper(runut_slice text);

/* Every run of white space (NBSP, line ends, tabs) one blank; trimmed. */
runut_slice runut_utf8_collapse(runut_arena *arena, runut_slice text);

/* The next run of letters and digits at or behind *at, which moves behind it; false where there is none. */
bool runut_utf8_next_word(runut_slice text, size_t *at, runut_slice *word);

#endif
