#include "base/xml_writer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"

void runut_xml_bytes(runut_xml *self, const char *bytes, size_t size)
{
    if (self->failed || size == 0)
        return;
    if (self->room - self->size < size) {
        size_t room = 2 * self->room + size + 1024;
        char *at = realloc(self->at, room);
        self->failed = !at;
        if (!at)
            return;
        self->at = at;
        self->room = room;
    }
    memcpy(self->at + self->size, bytes, size);
    self->size += size;
}

void runut_xml_put(runut_xml *self, const char *markup)
{
    runut_xml_bytes(self, markup, strlen(markup));
}

/* Char of XML 1.0 (2.2) without the control characters that it discourages. */
static bool is_char(uint32_t code)
{
    if (code < 32 || (code >= 0x7F && code < 0xA0))
        return code == '\t' || code == '\n' || code == '\r';
    return code != 0xFFFE && code != 0xFFFF;
}

static void put_code(runut_xml *self, uint32_t code)
{
    char room[16];
    switch (code) {
    case '&':
        runut_xml_put(self, "&amp;");
        return;
    case '<':
        runut_xml_put(self, "&lt;");
        return;
    case '>':
        runut_xml_put(self, "&gt;");
        return;
    case '"':
    case '\'':
    case '\t':
    case '\n':
    case '\r':
        snprintf(room, sizeof room, "&#%u;", (unsigned)code);
        runut_xml_put(self, room);
        return;
    default:
        runut_xml_bytes(self, room, runut_utf8_encode(code, room));
    }
}

void runut_xml_text(runut_xml *self, const char *text)
{
    runut_slice all = runut_slice_of(text);
    for (size_t at = 0; at < all.size;) {
        uint32_t code = runut_utf8_next(all, &at);
        if (is_char(code))
            put_code(self, code);
    }
}

void runut_xml_element(runut_xml *self, const char *name, const char *text)
{
    runut_xml_put(self, "<");
    runut_xml_put(self, name);
    runut_xml_put(self, ">");
    runut_xml_text(self, text);
    runut_xml_put(self, "</");
    runut_xml_put(self, name);
    runut_xml_put(self, ">\n");
}
