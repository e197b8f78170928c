/* ICU's converters hold memory of their own, so nothing is allocated from the arena between their opening and closing
 * (see base/arena.h). */
#include "base/charset.h"

#include <unicode/ucnv.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"

/* ---- names ---- */

typedef struct label {
    const char *name, *means;
} label;

/* Where ICU's reading of a label differs from the Encoding Standard's, which is what pages are written for. */
static const label labels[] = {
    {"iso-8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"l1", "windows-1252"},
    {"iso-ir-100", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"chinese", "gb18030"},
    {"iso-8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"ms_kanji", "windows-31j"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"korean", "windows-949"},
    {"ksc5601", "windows-949"},
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"x-x-big5", "big5"},
    {"big5-hkscs", "big5-hkscs"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"unicode", "utf-16le"},
    {"utf-16", "utf-16le"},
    {"x-user-defined", "windows-1252"},
};

void runut_charset_name(runut_slice name, char out[RUNUT_CHARSET_NAME])
{
    name = runut_slice_trim(name);
    size_t size = name.size < RUNUT_CHARSET_NAME - 1 ? name.size : RUNUT_CHARSET_NAME - 1;
    for (size_t i = 0; i < size; i++)
        out[i] = runut_lower((unsigned char)name.at[i]);
    out[size] = '\0';
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(out, labels[i].name) == 0)
            strcpy(out, labels[i].means);
}

/* ---- conversion ---- */

uint32_t runut_charset_windows_code(unsigned char byte)
{
    static const uint16_t high[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

runut_slice runut_charset_windows_1252(runut_arena *arena, runut_slice bytes)
{
    size_t size = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        size += c < 0x80 ? 1 : c < 0xA0 ? 3 : 2;
    }
    char *out = runut_arena_alloc(arena, size + 4), *end = out;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        if (c < 0x80)
            *end++ = (char)c;
        else
            end += runut_utf8_encode(runut_charset_windows_code(c), end);
    }
    return (runut_slice){out, (size_t)(end - out)};
}

bool runut_charset_convert(runut_arena *arena, const char *name, runut_slice bytes, runut_slice *text)
{
    if (strcmp(name, "windows-1252") == 0) {
        *text = runut_charset_windows_1252(arena, bytes);
        return true;
    }
    if (strcmp(name, "utf-8") == 0) {
        *text = runut_utf8_repair(arena, bytes);
        return true;
    }
    size_t room = bytes.size * 3 + 16; /* no converter makes more than three bytes of one */
    char *out = runut_arena_alloc(arena, room), *end = out;
    UErrorCode status = U_ZERO_ERROR;
    runut_memory_watch();
    UConverter *from = ucnv_open(name, &status), *to = ucnv_open("UTF-8", &status);
    const char *at = bytes.at;
    UChar pivot[1024], *pivot_from = pivot, *pivot_to = pivot;
    if (U_SUCCESS(status))
        ucnv_convertEx(to, from, &end, out + room, &at, bytes.at + bytes.size, pivot, &pivot_from, &pivot_to,
                       pivot + 1024, true, true, &status);
    bool good = from && to && (U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR);
    ucnv_close(from);
    ucnv_close(to);
    if (!good && (status == U_MEMORY_ALLOCATION_ERROR || runut_memory_ran_out()))
        runut_arena_fail(arena);
    *text = runut_utf8_repair(arena, (runut_slice){out, (size_t)(end - out)});
    return good;
}
