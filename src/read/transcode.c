#include "read/transcode.h"

#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>

#include "base/charset.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/places.h"

enum { STEP = 16 * 1024, LONGEST = 4 /* bytes of one UTF-8 character */ };

struct runut_transcoder {
    UConverter *converter; /* NULL = UTF-8 */
    bool windows;          /* windows-1252 */
    uint64_t read, written;
    size_t mark; /* bytes of a byte order mark that are still to come */
    size_t held; /* bytes of a character of UTF-8 that is not all there, in `raw` */
    runut_places places;
    char raw[STEP + LONGEST];
    char text[RUNUT_TRANSCODED + LONGEST];
    UChar wide[2 * STEP];
    int32_t offsets[2 * STEP];
};

/* ---- which charset? ---- */

/* By its mark, or by the '<' or '{' that it begins with. */
static const char *wide_charset(runut_slice start)
{
    if (runut_slice_starts(start, RUNUT_LITERAL("\xFF\xFE\0\0")))
        return "utf-32le";
    if (runut_slice_starts(start, RUNUT_LITERAL("\0\0\xFE\xFF")))
        return "utf-32be";
    if (runut_slice_starts(start, RUNUT_LITERAL("\xFF\xFE")))
        return "utf-16le";
    if (runut_slice_starts(start, RUNUT_LITERAL("\xFE\xFF")))
        return "utf-16be";
    if (start.size < 4 || start.at[0] + start.at[1] + start.at[2] + start.at[3] == 0)
        return NULL;
    bool even = !start.at[0] && !start.at[2], odd = !start.at[1] && !start.at[3];
    if (even == odd)
        return NULL;
    if (odd)
        return start.at[2] ? "utf-16le" : "utf-32le";
    return start.at[1] ? "utf-16be" : "utf-32be";
}

bool runut_transcoder_is_wide(runut_slice start)
{
    return wide_charset(start) != NULL;
}

static size_t mark_size(runut_slice start)
{
    if (runut_slice_starts(start, RUNUT_LITERAL("\xEF\xBB\xBF")))
        return 3;
    if (runut_slice_starts(start, RUNUT_LITERAL("\xFF\xFE\0\0")) ||
        runut_slice_starts(start, RUNUT_LITERAL("\0\0\xFE\xFF")))
        return 4;
    return runut_slice_starts(start, RUNUT_LITERAL("\xFF\xFE")) || runut_slice_starts(start, RUNUT_LITERAL("\xFE\xFF"))
               ? 2
               : 0;
}

/* Is what is there of it UTF-8, with characters that only UTF-8 has? Then no other declaration is believed. */
static bool is_utf8(runut_slice start)
{
    size_t ascii = runut_ascii_end(start, 0);
    if (ascii == start.size)
        return false;
    size_t size = start.size;
    for (size_t i = 0; i < LONGEST && size > ascii && ((unsigned char)start.at[size - 1] & 0x80); i++)
        size--; /* the last one may be cut */
    return size > ascii && runut_utf8_valid(runut_slice_part(start, 0, size));
}

static bool is_wide_name(const char *name)
{
    return strncmp(name, "utf-16", 6) == 0 || strncmp(name, "utf-32", 6) == 0 || strncmp(name, "ucs-", 4) == 0 ||
           strncmp(name, "iso-10646", 9) == 0 || strncmp(name, "utf-7", 5) == 0 || strncmp(name, "scsu", 4) == 0;
}

static void choose(runut_transcoder *self, runut_slice start, runut_slice label)
{
    char name[RUNUT_CHARSET_NAME];
    const char *wide = wide_charset(start);
    runut_charset_name(wide ? runut_slice_of(wide) : label, name);
    bool marked = runut_slice_starts(start, RUNUT_LITERAL("\xEF\xBB\xBF"));
    bool escapes = strncmp(name, "iso-2022", 8) == 0 || strncmp(name, "hz", 2) == 0;
    bool plain = !*name || strcmp(name, "utf-8") == 0 || (!wide && (marked || is_wide_name(name)));
    if (plain || (!wide && !escapes && is_utf8(start)))
        return;
    self->windows = strcmp(name, "windows-1252") == 0;
    if (self->windows)
        return;
    UErrorCode status = U_ZERO_ERROR;
    self->converter = ucnv_open(name, &status);
    if (U_FAILURE(status)) {
        ucnv_close(self->converter);
        self->converter = NULL;
    }
}

runut_transcoder *runut_transcoder_new(runut_slice start, runut_slice label)
{
    runut_transcoder *self = malloc(sizeof *self);
    if (!self)
        return NULL;
    self->converter = NULL;
    self->windows = false;
    self->written = self->held = self->places.count = 0;
    self->read = 0;
    self->mark = mark_size(start);
    runut_memory_watch();
    choose(self, start, label);
    if (!runut_memory_ran_out())
        return self;
    runut_transcoder_free(self);
    return NULL;
}

void runut_transcoder_free(runut_transcoder *self)
{
    if (!self)
        return;
    ucnv_close(self->converter);
    free(self);
}

/* ---- the pieces ---- */

/* Where a character begins at the end of `text` that may go on. */
static size_t whole_end(runut_slice text)
{
    for (size_t back = 1; back < LONGEST && back <= text.size; back++) {
        unsigned char c = (unsigned char)text.at[text.size - back];
        if (c >= 0xC0)
            return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > back ? text.size - back : text.size;
        if (c < 0x80)
            break;
    }
    return text.size;
}

static size_t put(runut_transcoder *self, size_t size, size_t from, runut_slice text)
{
    if (text.size == 0)
        return size;
    runut_places_put(&self->places, self->written + size, self->read + from);
    memcpy(self->text + size, text.at, text.size);
    return size + text.size;
}

static size_t put_code(runut_transcoder *self, size_t size, size_t from, uint32_t code)
{
    runut_places_put(&self->places, self->written + size, self->read + from);
    return size + runut_utf8_encode(code, self->text + size);
}

/* What the character at `at` is to be: itself mostly; a byte that is no UTF-8 is taken for windows-1252, and so is a
 * control character from there. */
static bool is_sound(runut_slice raw, size_t at, size_t *next, uint32_t *meant)
{
    *next = at;
    uint32_t code = runut_utf8_next(raw, next);
    bool broken = code == 0xFFFD && !runut_slice_is(runut_slice_part(raw, at, *next), "\xEF\xBF\xBD");
    if (broken)
        *next = at + 1;
    *meant = runut_charset_windows_code(broken ? (unsigned char)raw.at[at] : (unsigned char)code);
    return !broken && (code < 0x80 || code >= 0xA0);
}

static size_t decode_utf8(runut_transcoder *self, runut_slice raw)
{
    size_t size = 0, start = 0;
    for (size_t at = 0; (at = runut_ascii_end(raw, at)) < raw.size;) {
        uint32_t meant;
        size_t next;
        if (!is_sound(raw, at, &next, &meant)) {
            size = put(self, size, start, runut_slice_part(raw, start, at));
            size = put_code(self, size, at, meant);
            start = next;
        }
        at = next;
    }
    return put(self, size, start, runut_slice_part(raw, start, raw.size));
}

static size_t decode_windows(runut_transcoder *self, runut_slice raw)
{
    size_t size = 0;
    for (size_t at = 0; at < raw.size;) {
        size_t end = runut_ascii_end(raw, at);
        size = put(self, size, at, runut_slice_part(raw, at, end));
        if (end < raw.size)
            size = put_code(self, size, end, runut_charset_windows_code((unsigned char)raw.at[end]));
        at = end + 1;
    }
    return size;
}

static size_t decode_other(runut_transcoder *self, runut_slice raw, bool last)
{
    const char *at = raw.at;
    UChar *end = self->wide;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(self->converter, &end, self->wide + 2 * STEP, &at, raw.at + raw.size, self->offsets, last, &status);
    size_t count = (size_t)(end - self->wide), size = 0;
    for (size_t i = 0; i < count && size < RUNUT_TRANSCODED;) {
        int32_t from = self->offsets[i]; /* -1: of a piece before */
        UChar32 code;
        U16_NEXT(self->wide, i, count, code);
        size = put_code(self, size, from < 0 ? 0 : (size_t)from, (uint32_t)code);
    }
    return size;
}

/* It may come in pieces too. */
static void cut_mark(runut_transcoder *self, runut_slice *bytes)
{
    size_t mark = self->mark < bytes->size ? self->mark : bytes->size;
    *bytes = runut_slice_part(*bytes, mark, bytes->size);
    self->mark -= mark;
    self->read += mark;
}

bool runut_transcoder_next(runut_transcoder *self, runut_slice *bytes, bool last, runut_slice *text)
{
    cut_mark(self, bytes);
    if (bytes->size == 0 && !(last && (self->held || self->converter)))
        return false;
    size_t held = self->held, taken = bytes->size < STEP ? bytes->size : STEP;
    if (taken)
        memcpy(self->raw + held, bytes->at, taken);
    *bytes = runut_slice_part(*bytes, taken, bytes->size);
    runut_slice raw = {self->raw, held + taken};
    last &= bytes->size == 0;
    size_t whole = self->converter || self->windows || last ? raw.size : whole_end(raw), size;
    self->held = raw.size - whole;
    raw.size = whole;
    size = self->converter ? decode_other(self, raw, last)
           : self->windows ? decode_windows(self, raw)
                           : decode_utf8(self, raw);
    if (last && self->converter) {
        ucnv_close(self->converter); /* it was told that nothing follows */
        self->converter = NULL;
    }
    memmove(self->raw, self->raw + whole, self->held);
    self->read += whole;
    self->written += size;
    *text = (runut_slice){self->text, size};
    return true;
}

uint64_t runut_transcoder_byte(const runut_transcoder *self, uint64_t place)
{
    uint64_t byte = runut_places_find(&self->places, place);
    return byte < self->read ? byte : self->read; /* at the end there is nothing that stands for the next character */
}
