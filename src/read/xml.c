#include "read/xml.h"

#include <expat.h>
#include <stdlib.h>

#include "base/slice.h"
#include "read/transcode.h"
#include "read/xml_mend.h"

struct runut_xml {
    XML_Parser parser;
    runut_transcoder *decoder;
    const runut_xml_events *events;
    void *context;
    size_t depth;
    bool too_deep, stopped;
    runut_xml_mender mender;
};

/* ---- expat's side ---- */

static void on_start(void *context, const char *name, const char **attributes)
{
    runut_xml *self = context;
    if (self->stopped || self->too_deep)
        return;
    if (++self->depth > RUNUT_XML_MOST_DEPTH) {
        self->too_deep = true;
        XML_StopParser(self->parser, XML_FALSE);
        return;
    }
    self->events->start(self->context, name, (const char *const *)attributes);
}

static void on_end(void *context, const char *name)
{
    runut_xml *self = context;
    if (self->stopped || self->too_deep)
        return;
    self->depth--;
    self->events->end(self->context, name);
}

static void on_text(void *context, const char *text, int size)
{
    runut_xml *self = context;
    if (!self->stopped && !self->too_deep)
        self->events->text(self->context, (runut_slice){text, (size_t)size});
}

/* ---- the charset that the declaration names ---- */

/* The value of `name` in an XML declaration at the beginning. */
static runut_slice declared_charset(runut_slice start)
{
    while (start.size && runut_is_space((unsigned char)start.at[0]))
        start = runut_slice_part(start, 1, start.size);
    if (!runut_slice_starts_nocase(start, RUNUT_LITERAL("<?xml")))
        return (runut_slice){"", 0};
    size_t end = runut_slice_find(runut_slice_part(start, 0, 1024), RUNUT_LITERAL("?>"), 0);
    runut_slice declaration = runut_slice_part(start, 0, end);
    size_t at = end == SIZE_MAX ? SIZE_MAX : runut_slice_find(declaration, RUNUT_LITERAL("encoding"), 0);
    if (at == SIZE_MAX)
        return (runut_slice){"", 0};
    for (at += 8;
         at < declaration.size && (runut_is_space((unsigned char)declaration.at[at]) || declaration.at[at] == '=');)
        at++;
    if (at >= declaration.size || (declaration.at[at] != '"' && declaration.at[at] != '\''))
        return (runut_slice){"", 0};
    const char *close = memchr(declaration.at + at + 1, declaration.at[at], declaration.size - at - 1);
    return close ? runut_slice_part(declaration, at + 1, (size_t)(close - declaration.at)) : (runut_slice){"", 0};
}

runut_xml *runut_xml_new(runut_slice start, runut_slice charset, const runut_xml_events *events, void *context)
{
    runut_xml *self = malloc(sizeof *self);
    if (!self)
        return NULL;
    self->parser = XML_ParserCreate("UTF-8");
    self->decoder = runut_transcoder_new(start, charset.size ? charset : declared_charset(start));
    self->events = events;
    self->context = context;
    self->depth = 0;
    self->too_deep = self->stopped = false;
    runut_xml_mend_begin(&self->mender);
    if (!self->parser || !self->decoder) {
        runut_xml_free(self);
        return NULL;
    }
    XML_SetUserData(self->parser, self);
    XML_SetElementHandler(self->parser, on_start, on_end);
    XML_SetCharacterDataHandler(self->parser, on_text);
    return self;
}

void runut_xml_free(runut_xml *self)
{
    if (!self)
        return;
    if (self->parser)
        XML_ParserFree(self->parser);
    runut_transcoder_free(self->decoder);
    free(self);
}

void runut_xml_stop(runut_xml *self)
{
    self->stopped = true;
    XML_StopParser(self->parser, XML_FALSE);
}

uint64_t runut_xml_byte(const runut_xml *self)
{
    XML_Index at = XML_GetCurrentByteIndex(self->parser);
    return runut_transcoder_byte(self->decoder, runut_places_find(&self->mender.places, at < 0 ? 0 : (uint64_t)at));
}

/* ---- pieces ---- */

static int broken(runut_xml *self, const char *why, runut_error *error)
{
    uint64_t byte = runut_xml_byte(self);
    runut_error_set(error, RUNUT_ERR_INPUT, "broken XML: %s", why);
    if (error)
        error->byte = byte;
    return RUNUT_ERR_INPUT;
}

static int parse(runut_xml *self, runut_slice mended, bool last, runut_error *error)
{
    if (XML_Parse(self->parser, mended.at, (int)mended.size, last) != XML_STATUS_ERROR)
        return RUNUT_OK;
    enum XML_Error code = XML_GetErrorCode(self->parser);
    if (self->stopped)
        return RUNUT_ERR_STOPPED;
    if (code == XML_ERROR_NO_MEMORY)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    return broken(self, self->too_deep ? "nested too deeply" : XML_ErrorString(code), error);
}

int runut_xml_push(runut_xml *self, runut_slice bytes, bool last, runut_error *error)
{
    runut_slice text, mended;
    int code = RUNUT_OK;
    while (code == RUNUT_OK && runut_transcoder_next(self->decoder, &bytes, last, &text)) {
        if (!runut_xml_mend(&self->mender, text, false, &mended))
            return broken(self, "a tag without end", error);
        code = parse(self, mended, false, error);
    }
    if (code != RUNUT_OK || !last)
        return code;
    runut_xml_mend(&self->mender, (runut_slice){"", 0}, true, &mended);
    return parse(self, mended, true, error);
}

/* ---- what is it? ---- */

/* The low bytes of UTF-16, enough to see markup; other bytes as they are. */
static runut_slice thin(runut_slice start, char *room, size_t most)
{
    bool marked =
        runut_slice_starts(start, RUNUT_LITERAL("\xFF\xFE")) || runut_slice_starts(start, RUNUT_LITERAL("\xFE\xFF"));
    bool little =
        runut_slice_starts(start, RUNUT_LITERAL("\xFF\xFE")) || runut_slice_starts(start, RUNUT_LITERAL("<\0"));
    if (!marked && !little && !runut_slice_starts(start, RUNUT_LITERAL("\0<")))
        return start;
    size_t size = 0;
    for (size_t i = marked ? 2 : 0; i + 1 < start.size && size < most; i += 2)
        room[size++] = start.at[little ? i : i + 1];
    return (runut_slice){room, size};
}

/* Behind the comment, instruction or document type that `text` begins with; 0 = it begins with none, or with one that
 * does not end here. */
static size_t skip_prolog(runut_slice text)
{
    size_t end = SIZE_MAX;
    if (runut_slice_starts(text, RUNUT_LITERAL("<!--"))) {
        end = runut_slice_find(text, RUNUT_LITERAL("-->"), 4);
        return end == SIZE_MAX ? 0 : end + 3;
    }
    if (runut_slice_starts(text, RUNUT_LITERAL("<?"))) {
        end = runut_slice_find(text, RUNUT_LITERAL("?>"), 2);
        return end == SIZE_MAX ? 0 : end + 2;
    }
    if (!runut_slice_starts(text, RUNUT_LITERAL("<!")))
        return 0;
    size_t close = runut_slice_find(text, RUNUT_LITERAL(">"), 0),
           subset = runut_slice_find(text, RUNUT_LITERAL("["), 0);
    if (subset < close) {
        size_t bracket = runut_slice_find(text, RUNUT_LITERAL("]"), subset);
        close = bracket == SIZE_MAX ? SIZE_MAX : runut_slice_find(text, RUNUT_LITERAL(">"), bracket);
    }
    return close == SIZE_MAX ? 0 : close + 1;
}

runut_slice runut_xml_root(runut_slice start, char room[32])
{
    enum { THIN = 16 * 1024 };
    char thinned[THIN];
    runut_slice text = thin(start, thinned, THIN);
    if (runut_slice_starts(text, RUNUT_LITERAL("\xEF\xBB\xBF")))
        text = runut_slice_part(text, 3, text.size);
    for (size_t skip = 1; skip;) {
        while (text.size && runut_is_space((unsigned char)text.at[0]))
            text = runut_slice_part(text, 1, text.size);
        skip = skip_prolog(text);
        text = runut_slice_part(text, skip, text.size);
    }
    size_t size = 0;
    for (size_t i = 1; text.size && text.at[0] == '<' && i < text.size && i < 64; i++) {
        char c = text.at[i];
        if (runut_is_space((unsigned char)c) || c == '>' || c == '/')
            return (runut_slice){room, size};
        if (c == ':')
            size = 0;
        else if (size < 31)
            room[size++] = c;
    }
    return (runut_slice){room, 0};
}
