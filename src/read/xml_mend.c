#include "read/xml_mend.h"

#include <string.h>

#include "base/slice.h"
#include "read/entity.h"

void runut_xml_mend_begin(runut_xml_mender *self)
{
    self->place = self->after = RUNUT_XML_BEFORE;
    self->quote = 0;
    self->inside = self->held = self->size = self->places.count = 0;
    self->read = self->written = 0;
}

/* ---- writing ---- */

static void put(runut_xml_mender *self, runut_slice text, size_t from)
{
    if (text.size == 0)
        return;
    runut_places_put(&self->places, self->written + self->size, self->read + from);
    memcpy(self->out + self->size, text.at, text.size);
    self->size += text.size;
}

static bool is_control(runut_slice text, size_t at)
{
    unsigned char c = (unsigned char)text.at[at];
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/* U+FFFE and U+FFFF, which XML does not know. */
static bool is_nothing(runut_slice text, size_t at)
{
    return text.at[at] == '\xEF' && text.size - at >= 3 && text.at[at + 1] == '\xBF' &&
           ((unsigned char)text.at[at + 2] | 1) == 0xBF && (unsigned char)text.at[at + 2] >= 0xBE;
}

/* Without what XML does not know. */
static void put_sound(runut_xml_mender *self, runut_slice text, size_t start, size_t end)
{
    size_t from = start;
    for (size_t at = start; at < end; at++) {
        size_t size = is_control(text, at) ? 1 : is_nothing(text, at) ? 3 : 0;
        if (size == 0)
            continue;
        put(self, runut_slice_part(text, from, at), from);
        from = at + size;
        at += size - 1;
    }
    put(self, runut_slice_part(text, from, end), from);
}

/* What stands for itself in any text. */
static void put_escaped(runut_xml_mender *self, runut_slice text, size_t from)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        put(self,
            c == '<'   ? RUNUT_LITERAL("&lt;")
            : c == '>' ? RUNUT_LITERAL("&gt;")
            : c == '&' ? RUNUT_LITERAL("&amp;")
            : c == '"' ? RUNUT_LITERAL("&quot;")
                       : runut_slice_part(text, i, i + 1),
            from);
    }
}

/* ---- parts; each returns where it stopped: at the end of `text`, or before what has to wait for more ---- */

/* Is what could be decided by what follows all there? */
static bool waits(runut_slice rest, bool last)
{
    return !last && rest.size < RUNUT_XML_AHEAD;
}

static size_t reference(runut_xml_mender *self, runut_slice text, size_t at)
{
    static const char *const kept[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    runut_slice rest = runut_slice_part(text, at, text.size), meant;
    char room[4];
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (runut_slice_starts(rest, runut_slice_of(kept[i]))) {
            put(self, runut_slice_of(kept[i]), at);
            return at + strlen(kept[i]);
        }
    size_t used = runut_entity_read(rest, room, &meant);
    put_escaped(self, used ? meant : RUNUT_LITERAL("&"), at);
    return at + (used ? used : 1);
}

static bool begins_name(char c)
{
    return runut_is_alpha((unsigned char)c) || c == '_' || c == ':' || (unsigned char)c >= 0x80;
}

/* What begins with '<' in text. */
static size_t open(runut_xml_mender *self, runut_slice text, size_t at)
{
    runut_slice rest = runut_slice_part(text, at, text.size);
    char next = rest.size > 1 ? rest.at[1] : ' ';
    runut_xml_place before = self->place;
    self->inside = 0;
    self->quote = 0;
    if (runut_slice_starts(rest, RUNUT_LITERAL("<!--"))) {
        self->after = before;
        self->place = RUNUT_XML_COMMENT;
        return at + 4;
    }
    if (before == RUNUT_XML_TEXT && runut_slice_starts(rest, RUNUT_LITERAL("<![CDATA["))) {
        put(self, RUNUT_LITERAL("<![CDATA["), at);
        self->place = RUNUT_XML_CDATA;
        return at + 9;
    }
    if (next == '?' || next == '!') {
        self->after = before;
        self->place = next == '?' ? RUNUT_XML_INSTRUCTION : RUNUT_XML_DOCTYPE;
        return at + 2;
    }
    bool tag = begins_name(next) || next == '/';
    put(self, tag ? RUNUT_LITERAL("<") : RUNUT_LITERAL("&lt;"), at);
    self->place = tag ? RUNUT_XML_TAG : before;
    return at + 1;
}

/* White space before the first tag is not in XML's grammar where a declaration follows; anything else is. */
static size_t before(runut_xml_mender *self, runut_slice text, size_t at, bool last)
{
    while (at < text.size && (runut_is_space((unsigned char)text.at[at]) || is_control(text, at)))
        at++;
    if (at == text.size)
        return at;
    if (text.at[at] != '<') {
        self->place = RUNUT_XML_TEXT;
        return at;
    }
    return waits(runut_slice_part(text, at, text.size), last) ? at : open(self, text, at);
}

static size_t text_part(runut_xml_mender *self, runut_slice text, size_t at, bool last)
{
    size_t end = at;
    while (end < text.size && text.at[end] != '<' && text.at[end] != '&' && text.at[end] != '>')
        end++;
    put_sound(self, text, at, end);
    if (end == text.size || (text.at[end] != '>' && waits(runut_slice_part(text, end, text.size), last)))
        return end;
    if (text.at[end] == '<')
        return open(self, text, end);
    if (text.at[end] == '&')
        return reference(self, text, end);
    put(self, RUNUT_LITERAL("&gt;"), end); /* "]]>" may not stand in text */
    return end + 1;
}

static size_t tag_part(runut_xml_mender *self, runut_slice text, size_t at, bool last)
{
    size_t end = at;
    while (end < text.size && (self->quote ? text.at[end] != self->quote && text.at[end] != '<' && text.at[end] != '&'
                                           : text.at[end] != '"' && text.at[end] != '\'' && text.at[end] != '>'))
        end++;
    put_sound(self, text, at, end);
    self->inside += end - at + 1;
    if (end == text.size)
        return end;
    char c = text.at[end];
    if (c == '&')
        return waits(runut_slice_part(text, end, text.size), last) ? end : reference(self, text, end);
    put(self, c == '<' ? RUNUT_LITERAL("&lt;") : runut_slice_part(text, end, end + 1), end);
    if (c == '>' && !self->quote)
        self->place = RUNUT_XML_TEXT;
    else if (c != '<')
        self->quote = self->quote ? 0 : c;
    return end + 1;
}

static size_t cdata_part(runut_xml_mender *self, runut_slice text, size_t at, bool last)
{
    size_t end = runut_slice_find(text, RUNUT_LITERAL("]]>"), at);
    if (end == SIZE_MAX) {
        end = last ? text.size : text.size < at + 4 ? at : text.size - 4;
        while (!last && end > at && ((unsigned char)text.at[end] & 0xC0) == 0x80)
            end--; /* between two characters */
        put_sound(self, text, at, end);
        return end;
    }
    put_sound(self, text, at, end);
    put(self, RUNUT_LITERAL("]]>"), end);
    self->place = RUNUT_XML_TEXT;
    return end + 3;
}

/* Left out up to `mark`. */
static size_t skip_part(runut_xml_mender *self, runut_slice text, size_t at, runut_slice mark, bool last)
{
    size_t end = runut_slice_find(text, mark, at);
    if (end == SIZE_MAX)
        return last ? text.size : text.size - at < mark.size ? at : text.size - (mark.size - 1);
    self->place = self->place == RUNUT_XML_SUBSET_COMMENT ? RUNUT_XML_SUBSET : self->after;
    return end + mark.size;
}

/* A document type, byte by byte: quotation marks and brackets tell where it ends. */
static size_t doctype_part(runut_xml_mender *self, runut_slice text, size_t at, bool last)
{
    for (; at < text.size; at++) {
        char c = text.at[at];
        self->inside++;
        if (self->quote) {
            self->quote = c == self->quote ? 0 : self->quote;
        } else if (c == '"' || c == '\'') {
            self->quote = c;
        } else if (c == '<' && self->place == RUNUT_XML_SUBSET) {
            runut_slice rest = runut_slice_part(text, at, text.size);
            if (waits(rest, last))
                return at;
            if (runut_slice_starts(rest, RUNUT_LITERAL("<!--"))) {
                self->place = RUNUT_XML_SUBSET_COMMENT;
                return at + 4;
            }
        } else if (c == '[' || c == ']') {
            self->place = c == '[' ? RUNUT_XML_SUBSET : RUNUT_XML_DOCTYPE;
        } else if (c == '>' && self->place == RUNUT_XML_DOCTYPE) {
            self->place = self->after;
            return at + 1;
        }
    }
    return at;
}

static size_t part(runut_xml_mender *self, runut_slice text, size_t at, bool last)
{
    switch (self->place) {
    case RUNUT_XML_BEFORE:
        return before(self, text, at, last);
    case RUNUT_XML_TEXT:
        return text_part(self, text, at, last);
    case RUNUT_XML_TAG:
        return tag_part(self, text, at, last);
    case RUNUT_XML_CDATA:
        return cdata_part(self, text, at, last);
    case RUNUT_XML_INSTRUCTION:
        return skip_part(self, text, at, RUNUT_LITERAL("?>"), last);
    case RUNUT_XML_COMMENT:
    case RUNUT_XML_SUBSET_COMMENT:
        return skip_part(self, text, at, RUNUT_LITERAL("-->"), last);
    default:
        return doctype_part(self, text, at, last);
    }
}

bool runut_xml_mend(runut_xml_mender *self, runut_slice text, bool last, runut_slice *mended)
{
    if (text.size)
        memcpy(self->in + self->held, text.at, text.size);
    runut_slice all = {self->in, self->held + text.size};
    size_t at = 0;
    self->written += self->size;
    self->size = 0;
    while (at < all.size && self->inside <= RUNUT_XML_LONGEST_TAG) {
        runut_xml_place place = self->place;
        size_t next = part(self, all, at, last);
        if (next == at && place == self->place)
            break; /* waits for more */
        at = next;
    }
    self->read += at;
    self->held = all.size - at;
    memmove(self->in, self->in + at, self->held);
    *mended = (runut_slice){self->out, self->size};
    return self->inside <= RUNUT_XML_LONGEST_TAG;
}
