/* Character references (HTML standard, section 13.2.5.72 on), and line ends. A look-up reads at most 32
 * bytes ahead. */
#include "base/data.h"
#include "base/slice.h"
#include "clean/html_token.h"

enum { LONGEST_NAME = 32, LONGEST_BARE = 6 }; /* "CounterClockwiseContourIntegral;", "brvbar" */

static bool find_name(const runut_table *table, runut_slice name, runut_slice *text)
{
    runut_slice fields[2];
    if (runut_data_find(table, name, fields, 2) == 0)
        return false;
    *text = fields[1];
    return true;
}

static bool named(runut_slice raw, bool attribute, runut_slice *text, size_t *used)
{
    const runut_table *table = runut_data_table("entities.tsv");
    size_t run = 0;
    while (run < raw.size && run < LONGEST_NAME &&
           (runut_is_alpha((unsigned char)raw.at[run]) || runut_is_digit((unsigned char)raw.at[run])))
        run++;
    if (run < raw.size && raw.at[run] == ';' && find_name(table, runut_slice_part(raw, 0, run + 1), text)) {
        *used = run + 1;
        return true;
    }
    for (size_t size = run < LONGEST_BARE ? run : LONGEST_BARE; size >= 2; size--) {
        if (!find_name(table, runut_slice_part(raw, 0, size), text))
            continue;
        char next = size < raw.size ? raw.at[size] : ' ';
        *used = size;
        return !(attribute &&
                 (next == '=' || runut_is_alpha((unsigned char)next) || runut_is_digit((unsigned char)next)));
    }
    return false;
}

static uint32_t corrected(uint32_t code)
{
    static const uint16_t windows[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                         0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0xFFFD;
    return code >= 0x80 && code < 0xA0 ? windows[code - 0x80] : code;
}

static int hex_digit(char c)
{
    if (runut_is_digit((unsigned char)c))
        return c - '0';
    char l = runut_lower((unsigned char)c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/* `raw` begins behind "&#". The number of bytes used, 0 where there is no number. */
static size_t numeric(runut_slice raw, uint32_t *code)
{
    bool hex = raw.size && (raw.at[0] == 'x' || raw.at[0] == 'X');
    size_t start = hex ? 1 : 0, at = start;
    *code = 0;
    for (; at < raw.size; at++) {
        int digit = hex_digit(raw.at[at]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        if (*code <= 0x10FFFF)
            *code = *code * (hex ? 16 : 10) + (uint32_t)digit;
    }
    *code = corrected(*code);
    if (at == start)
        return 0;
    return at < raw.size && raw.at[at] == ';' ? at + 1 : at;
}

/* `raw` begins at '&'; writes what it stands for, returns the bytes used. */
static size_t reference(runut_buffer *out, runut_slice raw, bool attribute)
{
    runut_slice text;
    size_t used;
    uint32_t code;
    runut_slice rest = runut_slice_part(raw, 1, raw.size);
    if (rest.size && rest.at[0] == '#' && (used = numeric(runut_slice_part(rest, 1, rest.size), &code)) > 0) {
        runut_buffer_code(out, code);
        return used + 2;
    }
    if (rest.size && runut_is_alpha((unsigned char)rest.at[0]) && named(rest, attribute, &text, &used)) {
        if (text.size == 2 && text.at[0] == '\\')
            text = text.at[1] == 'n' ? RUNUT_LITERAL("\n") : RUNUT_LITERAL("\t");
        runut_buffer_add(out, text);
        return used + 1;
    }
    runut_buffer_byte(out, '&');
    return 1;
}

void runut_html_decode_to(runut_buffer *out, runut_slice raw, runut_html_coding coding)
{
    bool references = coding >= RUNUT_HTML_REFERENCES;
    bool nul = coding != RUNUT_HTML_PLAIN && coding != RUNUT_HTML_REFERENCES;
    size_t from = 0, at = 0;
    while (at < raw.size) {
        char c = raw.at[at];
        bool special = (c == '&' && references) || c == '\r' || (c == '\0' && nul);
        if (!special) {
            at++;
            continue;
        }
        runut_buffer_add(out, runut_slice_part(raw, from, at));
        if (c == '&') {
            at += reference(out, runut_slice_part(raw, at, raw.size), coding == RUNUT_HTML_ATTRIBUTE);
        } else if (c == '\r') {
            at++;
            if (at >= raw.size || raw.at[at] != '\n')
                runut_buffer_byte(out, '\n');
        } else {
            at++;
            runut_buffer_code(out, 0xFFFD);
        }
        from = at;
    }
    runut_buffer_add(out, runut_slice_part(raw, from, at));
}

runut_slice runut_html_decode(runut_arena *arena, runut_slice raw, runut_html_coding coding)
{
    bool clean = true;
    for (size_t i = 0; i < raw.size && clean; i++)
        clean = raw.at[i] != '&' && raw.at[i] != '\r' && raw.at[i] != '\0';
    if (clean)
        return raw;
    runut_buffer out = runut_buffer_new(arena, SIZE_MAX / 2);
    runut_html_decode_to(&out, raw, coding);
    return runut_buffer_slice(&out);
}
