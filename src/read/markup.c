#include "read/markup.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "read/entity.h"

/* Behind the tag's '>', which may stand in a quoted value too. */
static size_t tag_end(runut_slice html, size_t at)
{
    enum { LONGEST_VALUE = 4096 };
    while (at < html.size && html.at[at] != '>') {
        char c = html.at[at++];
        if ((c != '"' && c != '\'') || html.at[at - 2] != '=')
            continue;
        size_t most = html.size - at < LONGEST_VALUE ? html.size - at : LONGEST_VALUE;
        const char *close = most ? memchr(html.at + at, c, most) : NULL;
        at = close ? (size_t)(close - html.at) + 1 : at;
    }
    return at < html.size ? at + 1 : html.size;
}

/* Behind the tag, comment, script or style sheet that begins at `at`; `at` itself where none does. */
static size_t skip_tag(runut_slice html, size_t at)
{
    runut_slice rest = runut_slice_part(html, at, html.size);
    char next = rest.size > 1 ? rest.at[1] : ' ';
    if (runut_slice_starts(rest, RUNUT_LITERAL("<!--"))) {
        size_t end = runut_slice_find(html, RUNUT_LITERAL("-->"), at);
        return end == SIZE_MAX ? html.size : end + 3;
    }
    if (!runut_is_alpha((unsigned char)next) && next != '/' && next != '!' && next != '?')
        return at;
    runut_slice until = runut_slice_starts_nocase(rest, RUNUT_LITERAL("<script"))  ? RUNUT_LITERAL("</script")
                        : runut_slice_starts_nocase(rest, RUNUT_LITERAL("<style")) ? RUNUT_LITERAL("</style")
                                                                                   : RUNUT_LITERAL("");
    size_t end = until.size ? runut_slice_find_nocase(html, until, at) : at;
    return end < html.size ? tag_end(html, end) : html.size;
}

/* Does a tag of this kind part words? */
static bool is_inline(runut_slice tag)
{
    static const char *const names[] = {"b", "i", "em", "strong", "a", "span", "sup", "sub", "u", "small", "font"};
    size_t start = 1 + (tag.size > 1 && tag.at[1] == '/'), end = start;
    while (end < tag.size && runut_is_alpha((unsigned char)tag.at[end]))
        end++;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (runut_slice_equal_nocase(runut_slice_part(tag, start, end), runut_slice_of(names[i])))
            return true;
    return false;
}

runut_slice runut_markup_text(runut_arena *arena, runut_slice html)
{
    runut_buffer out = runut_buffer_new(arena, SIZE_MAX / 2);
    for (size_t at = 0; at < html.size;) {
        char c = html.at[at], room[4];
        size_t next = c == '<' ? skip_tag(html, at) : at, end = at + 1;
        runut_slice meant;
        size_t used = c == '&' ? runut_entity_read(runut_slice_part(html, at, html.size), room, &meant) : 0;
        if (next > at) {
            runut_buffer_text(&out, is_inline(runut_slice_part(html, at, next)) ? "" : " ");
            at = next;
        } else if (used) {
            runut_buffer_add(&out, meant);
            at += used;
        } else {
            while (end < html.size && html.at[end] != '<' && html.at[end] != '&')
                end++;
            runut_buffer_add(&out, runut_slice_part(html, at, end));
            at = end;
        }
    }
    return runut_utf8_collapse(arena, runut_buffer_slice(&out));
}

static bool is_ellipsis(runut_slice rest)
{
    static const char *const marks[] = {"\xE2\x80\xA6", "...", "&hellip;", "&#8230;", "&#x2026;"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (runut_slice_starts_nocase(rest, runut_slice_of(marks[i])))
            return true;
    return false;
}

size_t runut_markup_visible(runut_slice html, bool plain, bool *cut)
{
    enum { NEAR = 40 };
    size_t seen = 0, ellipsis = SIZE_MAX;
    for (size_t at = 0; at < html.size;) {
        size_t next = html.at[at] == '<' && !plain ? skip_tag(html, at) : at;
        if (next > at) {
            at = next;
            continue;
        }
        char c = html.at[at];
        if ((c == '.' || c == '&' || c == '\xE2') && is_ellipsis(runut_slice_part(html, at, html.size)))
            ellipsis = seen;
        seen += !runut_is_space((unsigned char)c);
        at++;
    }
    *cut = ellipsis != SIZE_MAX && seen - ellipsis < NEAR;
    return seen;
}

void runut_markup_escape(runut_buffer *out, runut_slice text)
{
    size_t from = 0;
    for (size_t at = 0; at < text.size; at++) {
        const char *mark = text.at[at] == '<'   ? "&lt;"
                           : text.at[at] == '>' ? "&gt;"
                           : text.at[at] == '&' ? "&amp;"
                           : text.at[at] == '"' ? "&quot;"
                                                : NULL;
        if (!mark)
            continue;
        runut_buffer_add(out, runut_slice_part(text, from, at));
        runut_buffer_text(out, mark);
        from = at + 1;
    }
    runut_buffer_add(out, runut_slice_part(text, from, text.size));
}
