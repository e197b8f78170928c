/* The capture's lines that are no part of the body, as the store keeps them: a byte that says how, then JSON, packed by
 * zlib where that is smaller. Pages have hundreds of such lines, of menus mostly. */
#include "engine/internal.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

enum { PLAIN = 'p', PACKED = 'z', HEAD = 5, LEVEL = 1, MOST_LINES = 16 << 20 };

static const char *const roles[] = {
    [RUNUT_LINE_BODY] = "body",     [RUNUT_LINE_HEADLINE] = "headline", [RUNUT_LINE_STANDFIRST] = "abstract",
    [RUNUT_LINE_BYLINE] = "byline", [RUNUT_LINE_DATE] = "date",         [RUNUT_LINE_PUBLISHER] = "publisher",
    [RUNUT_LINE_CREDIT] = "credit", [RUNUT_LINE_CAPTION] = "caption",   [RUNUT_LINE_BOILERPLATE] = "boilerplate"};

const char *runut_role_name(runut_line_role role)
{
    return roles[role];
}

static void put_line(runut_writer *out, const runut_line *line, size_t at)
{
    runut_writer_open(out, '{');
    runut_writer_key(out, "at");
    runut_writer_number(out, at);
    runut_writer_put(out, "text", line->text);
    runut_writer_put(out, "role", runut_slice_of(roles[line->role]));
    runut_writer_put(out, "why", runut_slice_of(line->why));
    runut_writer_close(out, '}');
}

/* Body lines, parted by line ends, are the body (clean/page.c, plain.c): so it is known where the others stood. */
static runut_slice json_of(runut_arena *arena, const runut_article *article)
{
    runut_writer out = runut_writer_new(arena);
    size_t at = 0, size = article->body.size, written = 0;
    runut_writer_open(&out, '[');
    for (size_t i = 0; i < article->lines.size; i++) {
        const runut_line *line = &article->lines.at[i];
        if (line->role == RUNUT_LINE_BODY) {
            at += line->text.size + 1;
            continue;
        }
        written += line->text.size;
        if (line->text.size && written < MOST_LINES)
            put_line(&out, line, at < size ? at : size);
    }
    runut_writer_close(&out, ']');
    return runut_buffer_slice(&out.out);
}

runut_slice runut_lines_pack(runut_arena *arena, const runut_article *article)
{
    bool any = false;
    for (size_t i = 0; i < article->lines.size && !any; i++)
        any = article->lines.at[i].role != RUNUT_LINE_BODY && article->lines.at[i].text.size;
    if (!any)
        return (runut_slice){"", 0};
    runut_slice text = json_of(arena, article);
    uLongf room = compressBound(text.size), packed = room;
    unsigned char *out = runut_arena_take(arena, HEAD + room);
    bool good = compress2(out + HEAD, &packed, (const Bytef *)text.at, text.size, LEVEL) == Z_OK && packed < text.size;
    out[0] = good ? PACKED : PLAIN;
    for (int i = 1; i < HEAD; i++)
        out[i] = (unsigned char)(text.size >> (8 * (i - 1)));
    if (!good)
        memcpy(out + HEAD, text.at, text.size);
    return (runut_slice){(const char *)out, HEAD + (good ? packed : text.size)};
}

static struct json_object *none(void)
{
    return json_object_new_array();
}

struct json_object *runut_lines_unpack(runut_slice packed)
{
    const unsigned char *in = (const unsigned char *)packed.at;
    if (packed.size < HEAD)
        return none();
    uLongf size = 0;
    for (int i = HEAD - 1; i > 0; i--)
        size = size << 8 | in[i];
    if (in[0] == PLAIN)
        return runut_json_parse(runut_slice_part(packed, HEAD, packed.size));
    char *text = size <= INT_MAX ? malloc(size + 1) : NULL;
    struct json_object *out = NULL;
    if (text && uncompress((Bytef *)text, &size, in + HEAD, packed.size - HEAD) == Z_OK)
        out = runut_json_parse((runut_slice){text, size});
    free(text);
    return out ? out : none();
}
