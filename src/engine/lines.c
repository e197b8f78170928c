/* The capture's lines that are no part of the body, as the store keeps them: a byte that says how, then JSON, packed by
 * zlib where that is smaller. Pages have hundreds of such lines, of menus mostly. */
#include "engine/internal.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

enum { PLAIN = 'p', PACKED = 'z', HEAD = 5, LEVEL = 1, MOST_RATIO = 1032 /* zlib's */, MOST_LINES = 16 << 20 };

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
    return any ? runut_lines_pack_text(arena, json_of(arena, article)) : (runut_slice){"", 0};
}

runut_slice runut_lines_pack_text(runut_arena *arena, runut_slice text)
{
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

/* The JSON text, the caller's (free); NULL where it is damaged or memory is out. */
static char *text_of(runut_slice packed, size_t *size)
{
    const unsigned char *in = (const unsigned char *)packed.at;
    uLongf room = 0;
    if (packed.size < HEAD)
        return NULL;
    for (int i = HEAD - 1; i > 0; i--)
        room = room << 8 | in[i];
    bool possible = room <= INT_MAX && room / MOST_RATIO <= packed.size;
    char *text = possible ? malloc(room + 1) : NULL;
    bool plain = in[0] == PLAIN && room == packed.size - HEAD;
    if (text && plain)
        memcpy(text, in + HEAD, room);
    bool good =
        plain || (in[0] == PACKED && text && uncompress((Bytef *)text, &room, in + HEAD, packed.size - HEAD) == Z_OK);
    *size = room;
    if (text && good)
        return text;
    free(text);
    return NULL;
}

runut_slice runut_lines_text(runut_arena *arena, runut_slice packed)
{
    size_t size = 0;
    char *text = text_of(packed, &size);
    runut_slice out = text ? runut_arena_copy(arena, (runut_slice){text, size}) : (runut_slice){"", 0};
    free(text);
    return out;
}

static struct json_object *parse(runut_slice packed)
{
    size_t size;
    char *text = text_of(packed, &size);
    struct json_tokener *tokener = text ? json_tokener_new_ex(64) : NULL;
    struct json_object *out = tokener ? json_tokener_parse_ex(tokener, text, (int)size) : NULL;
    if (tokener)
        json_tokener_free(tokener);
    free(text);
    return out;
}

struct json_object *runut_lines_unpack(runut_slice packed)
{
    struct json_object *out = parse(packed);
    return out ? out : json_object_new_array();
}

bool runut_lines_readable(runut_slice packed)
{
    struct json_object *out = parse(packed);
    bool good = out && json_object_get_type(out) == json_type_array;
    json_object_put(out);
    return good;
}
