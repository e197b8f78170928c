/* Bytes to UTF-8. A byte order mark decides; then the declaration of the container; then, for pages, <meta> within the
 * first bytes (HTML standard, section 13.2.3.2: the 'prescan'); then detection. A declaration of UTF-8 that the bytes
 * contradict is not believed, nor is a declaration of something else where they are valid UTF-8 with characters that
 * only UTF-8 has: mistaken declarations are common, accidental UTF-8 is not.
 *
 * ICU's converters and detector hold memory of their own, so nothing is allocated from the arena between their opening
 * and closing (see base/arena.h). */
#include <unicode/ucsdet.h>

#include "base/charset.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/stage.h"

enum { PRESCAN = 4096, DETECT = 1 << 16, BINARY_LOOK = 1 << 14 };

/* ---- the prescan for <meta> ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

/* The next attribute at `*at` (HTML standard: 'get an attribute'); false at the tag's end. */
static bool attribute(runut_slice html, size_t *at, runut_slice *name, runut_slice *value)
{
    while (*at < html.size && (is_blank(html.at[*at]) || html.at[*at] == '/'))
        (*at)++;
    if (*at >= html.size || html.at[*at] == '>')
        return false;
    size_t start = *at;
    while (*at < html.size && !is_blank(html.at[*at]) && html.at[*at] != '/' && html.at[*at] != '>' &&
           (html.at[*at] != '=' || *at == start))
        (*at)++;
    *name = runut_slice_part(html, start, *at);
    *value = (runut_slice){"", 0};
    while (*at < html.size && is_blank(html.at[*at]))
        (*at)++;
    if (*at >= html.size || html.at[*at] != '=')
        return true;
    (*at)++;
    while (*at < html.size && is_blank(html.at[*at]))
        (*at)++;
    char quote = *at < html.size && (html.at[*at] == '"' || html.at[*at] == '\'') ? html.at[*at] : 0;
    start = *at += quote != 0;
    while (*at < html.size && (quote ? html.at[*at] != quote : !is_blank(html.at[*at]) && html.at[*at] != '>'))
        (*at)++;
    if (*at >= html.size)
        return false; /* cut off: not to be relied on */
    *value = runut_slice_part(html, start, *at);
    *at += quote != 0;
    return true;
}

/* The charset in a content attribute such as "text/html; charset=utf-8". */
static runut_slice charset_in(runut_slice content)
{
    for (size_t at = 0; (at = runut_slice_find_nocase(content, RUNUT_LITERAL("charset"), at)) != SIZE_MAX;) {
        at += 7;
        while (at < content.size && is_blank(content.at[at]))
            at++;
        if (at >= content.size || content.at[at] != '=')
            continue;
        at++;
        while (at < content.size && is_blank(content.at[at]))
            at++;
        char quote = at < content.size && (content.at[at] == '"' || content.at[at] == '\'') ? content.at[at] : 0;
        size_t end = at += quote != 0;
        while (end < content.size &&
               (quote ? content.at[end] != quote : !is_blank(content.at[end]) && content.at[end] != ';'))
            end++;
        if (quote && end == content.size)
            return (runut_slice){"", 0};
        return runut_slice_part(content, at, end);
    }
    return (runut_slice){"", 0};
}

/* A <meta> whose attributes begin at `*at`. */
static runut_slice meta_charset(runut_slice html, size_t *at)
{
    runut_slice name, value, charset = {"", 0}, content = {"", 0};
    bool type = false;
    while (attribute(html, at, &name, &value)) {
        if (runut_slice_equal_nocase(name, RUNUT_LITERAL("charset")) && charset.size == 0)
            charset = value;
        else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("content")) && content.size == 0)
            content = charset_in(value);
        else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("http-equiv")))
            type |= runut_slice_equal_nocase(value, RUNUT_LITERAL("content-type"));
    }
    return charset.size ? charset : type ? content : (runut_slice){"", 0};
}

static runut_slice prescan(runut_slice html)
{
    html = runut_slice_part(html, 0, PRESCAN);
    for (size_t at = 0; at < html.size;) {
        const char *open = memchr(html.at + at, '<', html.size - at);
        if (!open)
            break;
        at = (size_t)(open - html.at);
        runut_slice rest = runut_slice_part(html, at, html.size);
        if (runut_slice_starts(rest, RUNUT_LITERAL("<!--"))) {
            size_t end = runut_slice_find(html, RUNUT_LITERAL("-->"), at + 2);
            at = end == SIZE_MAX ? html.size : end + 3;
        } else if (runut_slice_starts_nocase(rest, RUNUT_LITERAL("<meta")) && rest.size > 5 &&
                   (is_blank(rest.at[5]) || rest.at[5] == '/')) {
            at += 6;
            runut_slice found = meta_charset(html, &at);
            if (found.size)
                return found;
        } else if (rest.size > 1 && (runut_is_alpha((unsigned char)rest.at[1]) || rest.at[1] == '/')) {
            runut_slice name, value;
            while (at < html.size && !is_blank(html.at[at]) && html.at[at] != '>')
                at++;
            while (attribute(html, &at, &name, &value))
                ;
        } else {
            at++;
        }
    }
    return (runut_slice){"", 0};
}

/* ---- detection ---- */

/* The detector's answer where it is sure of it and it is an encoding that texts are written in; else windows-1252. */
static void detect(runut_arena *arena, runut_slice bytes, char out[RUNUT_CHARSET_NAME])
{
    static const char *const taken[] = {
        "Shift_JIS",  "EUC-JP",       "EUC-KR",       "GB18030",      "Big5",        "windows-1251", "KOI8-R",
        "ISO-8859-5", "windows-1256", "windows-1253", "windows-1255", "ISO-8859-7",  "ISO-8859-8",   "ISO-8859-6",
        "ISO-8859-2", "windows-1250", "ISO-8859-9",   "windows-1254", "ISO-2022-JP", "UTF-16LE",     "UTF-16BE"};
    runut_charset_name(RUNUT_LITERAL("windows-1252"), out);
    UErrorCode status = U_ZERO_ERROR;
    runut_memory_watch();
    UCharsetDetector *detector = ucsdet_open(&status);
    ucsdet_setText(detector, bytes.at, (int32_t)(bytes.size < DETECT ? bytes.size : DETECT), &status);
    ucsdet_enableInputFilter(detector, true);
    const UCharsetMatch *match = ucsdet_detect(detector, &status);
    int32_t sure = match ? ucsdet_getConfidence(match, &status) : 0;
    const char *name = match ? ucsdet_getName(match, &status) : "";
    for (size_t i = 0; i < sizeof taken / sizeof *taken && U_SUCCESS(status) && sure >= 30; i++)
        if (name && strcmp(name, taken[i]) == 0)
            runut_charset_name(runut_slice_of(name), out);
    ucsdet_close(detector);
    if (runut_memory_ran_out())
        runut_arena_fail(arena);
}

/* Control characters that no text has. */
static bool is_binary(runut_slice bytes)
{
    size_t odd = 0, size = bytes.size < BINARY_LOOK ? bytes.size : BINARY_LOOK;
    for (size_t i = 0; i < size; i++) {
        uint64_t eight;
        for (; size - i >= sizeof eight; i += sizeof eight) { /* none of them below 0x20: nearly always */
            memcpy(&eight, bytes.at + i, sizeof eight);
            if ((eight - 0x2020202020202020u) & ~eight & 0x8080808080808080u)
                break;
        }
        unsigned char c = i < size ? (unsigned char)bytes.at[i] : ' ';
        odd += c == 0 ? 4 : c < 0x20 && !runut_is_space(c) && c != 0x1B && c != 0x1A && c != '\b';
    }
    return odd * 50 > size;
}

/* UTF-16 without a mark: every other byte of Latin text is NUL. */
static const char *bare_utf16(runut_slice bytes)
{
    size_t even = 0, odd = 0, size = bytes.size < 1024 ? bytes.size & ~(size_t)1 : 1024;
    for (size_t i = 0; i < size; i += 2) {
        even += bytes.at[i] == 0;
        odd += bytes.at[i + 1] == 0;
    }
    if (size < 16 || bytes.size % 2)
        return NULL;
    return odd * 2 > size * 7 / 10 && even * 20 < size   ? "utf-16le"
           : even * 2 > size * 7 / 10 && odd * 20 < size ? "utf-16be"
                                                         : NULL;
}

/* Is it UTF-8 but for a few broken places (a cut-off end, one foreign comment)? */
static bool nearly_utf8(runut_slice bytes)
{
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < bytes.size;) {
        if ((unsigned char)bytes.at[at] < 0x80) {
            at++;
            continue;
        }
        size_t from = at;
        uint32_t code = runut_utf8_next(bytes, &at);
        bool spelled =
            at - from == 3 && code == 0xFFFD && runut_slice_is(runut_slice_part(bytes, from, at), "\xEF\xBF\xBD");
        bad += code == 0xFFFD && !spelled;
        good += code != 0xFFFD;
    }
    return good > 10 * bad;
}

/* A declared UTF-16 cannot be what a <meta> that was read as ASCII stands in. */
static bool is_wide(const char *name)
{
    return strncmp(name, "utf-16", 6) == 0 || strncmp(name, "utf-32", 6) == 0 || strncmp(name, "utf-7", 5) == 0;
}

/* General punctuation that went through windows-1252 or Latin-1 once too often: the three bytes E2 80 99 of a quotation
 * mark stand as the three characters U+00E2, U+20AC or U+0080, U+2122 or U+0099. No language writes such a run. Its
 * length, with the last of the three bytes; 0 = none at `at`. */
static size_t twice_encoded(runut_slice text, size_t at, unsigned *byte)
{
    runut_slice rest = runut_slice_part(text, at, text.size);
    size_t from = runut_slice_starts(rest, RUNUT_LITERAL("\xC3\xA2\xC2\x80"))       ? 4
                  : runut_slice_starts(rest, RUNUT_LITERAL("\xC3\xA2\xE2\x82\xAC")) ? 5
                                                                                    : 0;
    static const uint16_t special[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                         0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    if (!from || from >= rest.size)
        return 0;
    uint32_t code = runut_utf8_next(rest, &from);
    *byte = code < 0xC0 ? code : 0;
    for (unsigned i = 0; i < 32 && code >= 0xC0; i++)
        if (special[i] == code)
            *byte = 0x80 + i;
    return *byte >= 0x80 ? from : 0;
}

/* The next such run at or after `from`, SIZE_MAX where there is none. Sought by its second byte, which texts have less
 * often than the first. */
static size_t next_twice_encoded(runut_slice text, size_t from, size_t *run, unsigned *byte)
{
    for (size_t at = from; at + 1 < text.size; at++) {
        const char *hit = memchr(text.at + at + 1, '\xA2', text.size - at - 1);
        if (!hit)
            break;
        at = (size_t)(hit - text.at) - 1;
        *run = text.at[at] == '\xC3' ? twice_encoded(text, at, byte) : 0;
        if (*run)
            return at;
    }
    return SIZE_MAX;
}

static runut_slice mend(runut_arena *arena, runut_slice text)
{
    unsigned byte = 0;
    size_t done = 0, size = 0, run = 0, at = next_twice_encoded(text, 0, &run, &byte);
    if (at == SIZE_MAX)
        return text;
    char *out = runut_arena_alloc(arena, text.size + 1);
    for (; at != SIZE_MAX; at = next_twice_encoded(text, done, &run, &byte)) {
        memcpy(out + size, text.at + done, at - done);
        size += at - done;
        size += runut_utf8_encode(0x2000 + (byte - 0x80), out + size);
        done = at + run;
    }
    memcpy(out + size, text.at + done, text.size - done);
    return (runut_slice){out, size + text.size - done};
}

/* ISO-2022-JP that nobody declared: the escape to Japanese letters stands in no other text. */
static bool is_shifted(runut_slice bytes)
{
    for (size_t at = 0; at < bytes.size; at++) {
        const char *escape = memchr(bytes.at + at, '\x1B', bytes.size - at);
        if (!escape)
            break;
        at = (size_t)(escape - bytes.at);
        if (at + 2 < bytes.size && escape[1] == '$' && (escape[2] == 'B' || escape[2] == '@'))
            return true;
    }
    return false;
}

runut_slice runut_charset_decode(runut_arena *arena, runut_slice bytes, runut_slice declared, bool html, bool *binary)
{
    char name[RUNUT_CHARSET_NAME];
    runut_slice text = {"", 0};
    *binary = false;
    if (runut_slice_starts(bytes, RUNUT_LITERAL("\xEF\xBB\xBF")))
        return runut_utf8_repair(arena, runut_slice_part(bytes, 3, bytes.size));
    const char *wide = runut_slice_starts(bytes, RUNUT_LITERAL("\xFF\xFE"))   ? "utf-16le"
                       : runut_slice_starts(bytes, RUNUT_LITERAL("\xFE\xFF")) ? "utf-16be"
                                                                              : NULL;
    if (wide && runut_charset_convert(arena, wide, runut_slice_part(bytes, 2, bytes.size), &text))
        return text;
    if ((wide = bare_utf16(bytes)) && runut_charset_convert(arena, wide, bytes, &text))
        return text;
    if (is_binary(bytes)) {
        *binary = true;
        return text;
    }
    runut_charset_name(declared.size || !html ? declared : prescan(bytes), name);
    /* nearly all there is: valid UTF-8, ASCII included (ISO-2022 is ASCII too, and has to be declared) */
    if (is_shifted(bytes))
        runut_charset_name(RUNUT_LITERAL("iso-2022-jp"), name);
    bool escapes = strncmp(name, "iso-2022", 8) == 0 || strncmp(name, "hz-gb", 5) == 0;
    bool ascii = runut_ascii_end(bytes, 0) == bytes.size;
    if (!escapes && (ascii || runut_utf8_valid(bytes)))
        return html && !ascii ? mend(arena, bytes) : bytes;
    if ((*name == '\0' || strcmp(name, "utf-8") == 0) && nearly_utf8(bytes))
        return runut_utf8_repair(arena, bytes);
    bool believed = *name && !is_wide(name) && strcmp(name, "utf-8") != 0;
    if (believed && runut_charset_convert(arena, name, bytes, &text))
        return text;
    detect(arena, bytes, name);
    return runut_charset_convert(arena, name, bytes, &text) ? text : runut_charset_windows_1252(arena, bytes);
}
