#include "read/entity.h"

#include "base/charset.h"
#include "base/data.h"
#include "base/utf8.h"

static int hex_digit(char c)
{
    if (runut_is_digit((unsigned char)c))
        return c - '0';
    char low = runut_lower((unsigned char)c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* `raw` begins behind "&#". Control characters are no text; 128 to 159 are meant as windows-1252, as in HTML. */
static size_t read_number(runut_slice raw, char room[4], runut_slice *text)
{
    bool hex = raw.size && (raw.at[0] | 32) == 'x';
    size_t start = hex, at = start;
    uint32_t code = 0;
    for (; at < raw.size && at < RUNUT_LONGEST_ENTITY; at++) {
        int digit = hex_digit(raw.at[at]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        if (code <= 0x10FFFF)
            code = code * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (at == start)
        return 0;
    bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    if (control || code == 0xFFFE || code == 0xFFFF)
        code = 0xFFFD;
    if (code >= 0x80 && code < 0xA0)
        code = runut_charset_windows_code((unsigned char)code);
    *text = (runut_slice){room, runut_utf8_encode(code, room)};
    return at < raw.size && raw.at[at] == ';' ? at + 1 : at;
}

size_t runut_entity_read(runut_slice raw, char room[4], runut_slice *text)
{
    raw = runut_slice_part(raw, 1, RUNUT_LONGEST_ENTITY);
    if (raw.size && raw.at[0] == '#') {
        size_t used = read_number(runut_slice_part(raw, 1, raw.size), room, text);
        return used ? used + 2 : 0;
    }
    size_t run = 0;
    while (run < raw.size && (runut_is_alpha((unsigned char)raw.at[run]) || runut_is_digit((unsigned char)raw.at[run])))
        run++;
    runut_slice fields[2];
    if (run == 0 || run == raw.size || raw.at[run] != ';' ||
        runut_data_find(runut_data_table("entities.tsv"), runut_slice_part(raw, 0, run + 1), fields, 2) == 0)
        return 0;
    *text = runut_slice_is(fields[1], "\\n")   ? RUNUT_LITERAL("\n")
            : runut_slice_is(fields[1], "\\t") ? RUNUT_LITERAL("\t")
                                               : fields[1];
    return run + 2;
}
