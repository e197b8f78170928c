#include "read/sniff.h"

#include <stdbool.h>
#include <string.h>

#include "base/slice.h"
#include "read/json_line.h"
#include "read/transcode.h"

static runut_slice skip_space(runut_slice text)
{
    size_t i = 0;
    while (i < text.size && runut_is_space((unsigned char)text.at[i]))
        i++;
    return runut_slice_part(text, i, text.size);
}

/* A name and a colon: a key as JavaScript has it. */
static bool is_bare_key(runut_slice text)
{
    size_t i = 0;
    while (i < text.size && (runut_is_alpha((unsigned char)text.at[i]) || text.at[i] == '_'))
        i++;
    text = runut_slice_part(text, i, text.size);
    return i && skip_space(text).size && skip_space(text).at[0] == ':';
}

/* Does it begin like a JSON object: a brace, then a key or the closing brace? So do the things that people take for
 * one, which are to be told as broken, not to be read as text. */
static bool is_object(runut_slice text)
{
    runut_slice rest = skip_space(runut_slice_part(text, 1, text.size));
    return text.size && text.at[0] == '{' && rest.size && (strchr("\"}'", rest.at[0]) || is_bare_key(rest));
}

/* A list of other things than objects is told by its end, since text may begin with a bracket as well. */
static bool is_list(runut_slice text)
{
    runut_slice rest = skip_space(runut_slice_part(text, 1, text.size));
    if (is_object(rest))
        return true;
    return rest.size && (rest.at[0] == ']' || runut_json_check(text, NULL) == RUNUT_OK);
}

static runut_format json_format(runut_slice text)
{
    runut_slice rest = text, line;
    runut_slice_line(&rest, &line);
    if (text.at[0] == '[')
        return RUNUT_FORMAT_JSON;
    /* a line that stops right after its brace or a comma goes on below */
    line = runut_slice_trim(line);
    char last = line.at[line.size - 1];
    return rest.size && memchr("{[,:", last, 4) ? RUNUT_FORMAT_JSON : RUNUT_FORMAT_JSON_LINES;
}

/* A tag that only a page has, in the first bytes of something that begins with a tag. */
static bool is_page(runut_slice text)
{
    static const char *const tags[] = {"<!doctype html", "<html", "<head", "<body", "<title", "<meta",
                                       "<script",        "<link", "<div",  "<p",    "<table", "<article",
                                       "<span",          "<h1",   "<a ",   "<img",  "<main",  "<section"};
    runut_slice start = runut_slice_part(text, 0, 4096);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (runut_slice_find_nocase(start, runut_slice_of(tags[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

static bool begins_with(runut_slice text, const char *one_of)
{
    return text.size && text.at[0] && strchr(one_of, text.at[0]);
}

/* "\0\0\0{", "{\0\0\0": UTF-32 without a mark; or with the one of UTF-32BE. */
static bool begins_wide(runut_slice text)
{
    return text.size > 7 && ((!text.at[0] && !text.at[1]) || (!text.at[1] && !text.at[2] && !text.at[3]));
}

static runut_slice thin_utf32(runut_slice text, char *out, size_t most)
{
    bool little = text.at[0] != 0;
    bool mark = text.at[0] == '\xFF' || text.at[2] == '\xFE';
    size_t size = 0;
    for (size_t i = mark ? 4 : 0; i + 3 < text.size && size < most; i += 4)
        out[size++] = text.at[little ? i : i + 3];
    return (runut_slice){out, size};
}

/* UTF-16 text by its mark, or by the character that it begins with, thinned to its low bytes: enough to see markup and
 * braces. */
static runut_slice thin_utf16(runut_slice text, char *out, size_t most)
{
    if (runut_transcoder_is_wide(text) &&
        (runut_slice_starts(text, RUNUT_LITERAL("\xFF\xFE\0\0")) || begins_wide(text)))
        return thin_utf32(text, out, most);
    bool mark =
        runut_slice_starts(text, RUNUT_LITERAL("\xFF\xFE")) || runut_slice_starts(text, RUNUT_LITERAL("\xFE\xFF"));
    bool even = text.size > 1 && !text.at[1] && begins_with(text, "<{[");
    bool odd = text.size > 1 && !text.at[0] && begins_with(runut_slice_part(text, 1, 2), "<{[");
    if (!mark && !even && !odd)
        return text;
    bool little = mark ? text.at[0] == '\xFF' : even;
    size_t size = 0;
    for (size_t i = mark ? 2 : 0; i + 1 < text.size && size < most; i += 2)
        out[size++] = text.at[little ? i : i + 1];
    return (runut_slice){out, size};
}

runut_format runut_sniff(runut_slice start)
{
    char thin[4096];
    runut_slice text = thin_utf16(start, thin, sizeof thin);
    if (runut_slice_starts(text, RUNUT_LITERAL("\xEF\xBB\xBF")))
        text = runut_slice_part(text, 3, text.size);
    text = skip_space(text);
    if (text.size == 0)
        return RUNUT_FORMAT_TEXT;
    if (is_object(text))
        return json_format(text);
    if (text.at[0] == '[' && is_list(text))
        return RUNUT_FORMAT_JSON;
    return text.at[0] == '<' && !runut_slice_starts_nocase(text, RUNUT_LITERAL("<svg")) && is_page(text)
               ? RUNUT_FORMAT_HTML
               : RUNUT_FORMAT_TEXT;
}
