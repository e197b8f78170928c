#include "read/mime.h"

#include "base/buffer.h"
#include "base/charset.h"
#include "base/slice.h"
#include "base/utf8.h"

/* ---- headers ---- */

static bool is_name_byte(char c)
{
    return c > ' ' && c < 127 && c != ':';
}

static bool is_folded(runut_slice rest)
{
    return rest.size && (rest.at[0] == ' ' || rest.at[0] == '\t');
}

size_t runut_mime_head(runut_slice message)
{
    runut_slice rest = message, line;
    while (runut_slice_line(&rest, &line))
        if (line.size == 0)
            break;
    return message.size - rest.size;
}

bool runut_mime_next_header(runut_slice *head, runut_slice *name, runut_slice *value)
{
    runut_slice line;
    while (runut_slice_line(head, &line)) {
        size_t colon = 0;
        while (colon < line.size && is_name_byte(line.at[colon]))
            colon++;
        runut_slice more;
        runut_slice whole = line;
        while (is_folded(*head) && runut_slice_line(head, &more))
            whole.size = (size_t)(more.at + more.size - whole.at);
        if (colon == 0 || colon == line.size || line.at[colon] != ':')
            continue;
        *name = runut_slice_part(line, 0, colon);
        *value = runut_slice_trim(runut_slice_part(whole, colon + 1, whole.size));
        return true;
    }
    return false;
}

/* Without line ends; what was folded keeps one blank. */
static runut_slice unfold(runut_arena *arena, runut_slice value)
{
    if (value.size == 0 || (!memchr(value.at, '\n', value.size) && !memchr(value.at, '\r', value.size)))
        return value;
    runut_buffer out = runut_buffer_new(arena, value.size);
    for (size_t i = 0; i < value.size; i++)
        if (value.at[i] != '\r' && value.at[i] != '\n')
            runut_buffer_byte(&out, value.at[i] == '\t' ? ' ' : value.at[i]);
    return runut_buffer_slice(&out);
}

runut_slice runut_mime_header(runut_arena *arena, runut_slice head, const char *name)
{
    runut_slice found, value;
    while (runut_mime_next_header(&head, &found, &value))
        if (runut_slice_equal_nocase(found, runut_slice_of(name)))
            return unfold(arena, value);
    return (runut_slice){"", 0};
}

/* ---- values and parameters ---- */

static runut_slice lower(runut_arena *arena, runut_slice text)
{
    char *out = runut_arena_alloc(arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++)
        out[i] = runut_lower((unsigned char)text.at[i]);
    return (runut_slice){out, text.size};
}

/* Cuts the next field up to ';' off, where the ';' stands in no quotation marks. */
static bool next_field(runut_slice *rest, runut_slice *field)
{
    if (rest->size == 0)
        return false;
    bool quoted = false;
    size_t i = 0;
    for (; i < rest->size && (quoted || rest->at[i] != ';'); i++) {
        if (rest->at[i] == '\\' && quoted)
            i++;
        else if (rest->at[i] == '"')
            quoted = !quoted;
    }
    i = i < rest->size ? i : rest->size;
    *field = runut_slice_part(*rest, 0, i);
    *rest = runut_slice_part(*rest, i + 1, rest->size);
    return true;
}

runut_slice runut_mime_value(runut_arena *arena, runut_slice header)
{
    runut_slice field = {"", 0};
    next_field(&header, &field);
    return lower(arena, runut_slice_trim(field));
}

static runut_slice unquote(runut_arena *arena, runut_slice text)
{
    if (text.size < 2 || text.at[0] != '"')
        return text;
    text = runut_slice_part(text, 1, text.at[text.size - 1] == '"' ? text.size - 1 : text.size);
    runut_buffer out = runut_buffer_new(arena, text.size);
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '\\' && i + 1 < text.size)
            i++;
        runut_buffer_byte(&out, text.at[i]);
    }
    return runut_buffer_slice(&out);
}

runut_slice runut_mime_parameter(runut_arena *arena, runut_slice header, const char *name)
{
    runut_slice field, wanted = runut_slice_of(name);
    next_field(&header, &field);
    while (next_field(&header, &field)) {
        field = runut_slice_trim(field);
        const char *equal = field.size ? memchr(field.at, '=', field.size) : NULL;
        size_t size = equal ? (size_t)(equal - field.at) : 0;
        runut_slice key = runut_slice_trim(runut_slice_part(field, 0, size));
        if (key.size && key.at[key.size - 1] == '*') /* RFC 2231; charsets and boundaries need no more of it */
            key.size--;
        if (equal && runut_slice_equal_nocase(key, wanted))
            return unquote(arena, runut_slice_trim(runut_slice_part(field, size + 1, field.size)));
    }
    return (runut_slice){"", 0};
}

/* ---- encodings ---- */

runut_slice runut_mime_base64(runut_arena *arena, runut_slice text)
{
    char *out = runut_arena_take(arena, text.size / 4 * 3 + 4);
    size_t size = 0;
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.at[i];
        uint32_t digit = c >= 'A' && c <= 'Z'   ? c - 'A' + 0u
                         : c >= 'a' && c <= 'z' ? c - 'a' + 26u
                         : c >= '0' && c <= '9' ? c - '0' + 52u
                         : c == '+' || c == '-' ? 62
                         : c == '/' || c == '_' ? 63
                                                : 64;
        count = c == '=' ? 0 : count; /* one text may follow another */
        if (digit == 64)
            continue;
        bits = bits << 6 | digit;
        count = (count + 1) % 4;
        if (count !=
            1) /* the second digit completes a byte with four bits over, the third with two, the fourth with none */
            out[size++] = (char)(bits >> (count ? 8 - 2 * count : 0) & 0xFF);
    }
    return (runut_slice){out, size};
}

static int hex_digit(char c)
{
    if (runut_is_digit((unsigned char)c))
        return c - '0';
    char low = runut_lower((unsigned char)c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* How many bytes a soft line break takes behind its '='; 0 = it is none. */
static size_t soft_break(runut_slice rest)
{
    size_t i = 0;
    while (i < rest.size && i < 80 && (rest.at[i] == ' ' || rest.at[i] == '\t'))
        i++;
    if (i < rest.size && rest.at[i] == '\r')
        i++;
    return i < rest.size && rest.at[i] == '\n' ? i + 1 : i == rest.size ? i : 0;
}

runut_slice runut_mime_quoted(runut_arena *arena, runut_slice text, bool header)
{
    char *out = runut_arena_take(arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        int high = c == '=' && text.size - i > 2 ? hex_digit(text.at[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text.at[i + 2]) : -1;
        if (low >= 0) {
            out[size++] = (char)(high << 4 | low);
            i += 2;
        } else if (c == '=' && !header &&
                   (i + 1 == text.size || soft_break(runut_slice_part(text, i + 1, text.size)))) {
            i += soft_break(runut_slice_part(text, i + 1, text.size));
        } else {
            out[size++] = header && c == '_' ? ' ' : c;
        }
    }
    return (runut_slice){out, size};
}

runut_slice runut_mime_decode(runut_arena *arena, runut_slice body, runut_slice encoding)
{
    encoding = runut_slice_trim(encoding);
    if (runut_slice_equal_nocase(encoding, RUNUT_LITERAL("base64")))
        return runut_mime_base64(arena, body);
    if (runut_slice_equal_nocase(encoding, RUNUT_LITERAL("quoted-printable")))
        return runut_mime_quoted(arena, body, false);
    return body;
}

/* ---- encoded words ---- */

typedef struct word {
    runut_slice charset, text;
    bool base64;
    size_t size; /* of all of it */
} word;

/* "=?charset?B?text?=" at the beginning of `rest`. */
static bool read_word(runut_slice rest, word *out)
{
    enum { LONGEST_CHARSET = 60 };
    if (!runut_slice_starts(rest, RUNUT_LITERAL("=?")))
        return false;
    size_t charset = 2;
    while (charset < rest.size && charset < LONGEST_CHARSET && is_name_byte(rest.at[charset]) &&
           rest.at[charset] != '?')
        charset++;
    if (rest.size - charset < 5 || rest.at[charset] != '?' || rest.at[charset + 2] != '?')
        return false;
    char kind = (char)(rest.at[charset + 1] | 32);
    const char *end = memchr(rest.at + charset + 3, '?', rest.size - charset - 3);
    if ((kind != 'b' && kind != 'q') || !end || end + 1 == rest.at + rest.size || end[1] != '=')
        return false;
    runut_slice name = runut_slice_part(rest, 2, charset);
    const char *star = name.size ? memchr(name.at, '*', name.size) : NULL; /* a language may follow (RFC 2231) */
    out->charset = runut_slice_part(name, 0, star ? (size_t)(star - name.at) : name.size);
    out->text = runut_slice_part(rest, charset + 3, (size_t)(end - rest.at));
    out->base64 = kind == 'b';
    out->size = (size_t)(end - rest.at) + 2;
    return true;
}

static runut_slice as_utf8(runut_arena *arena, runut_slice bytes, runut_slice charset)
{
    char name[RUNUT_CHARSET_NAME];
    runut_slice text;
    runut_charset_name(charset, name);
    if (*name && runut_charset_convert(arena, name, bytes, &text))
        return text;
    return runut_utf8_valid(bytes) ? bytes : runut_charset_windows_1252(arena, bytes);
}

static size_t skip_blanks(runut_slice text, size_t at)
{
    while (at < text.size && runut_is_space((unsigned char)text.at[at]))
        at++;
    return at;
}

/* Words that follow each other are one text, and one character may be cut in two of them. */
static size_t add_words(runut_arena *arena, runut_buffer *out, runut_slice text, size_t at)
{
    word w;
    runut_slice charset = {"", 0};
    runut_buffer bytes = runut_buffer_new(arena, text.size);
    while (read_word(runut_slice_part(text, at, text.size), &w)) {
        if (bytes.size && !runut_slice_equal_nocase(charset, w.charset)) {
            runut_buffer_add(out, as_utf8(arena, runut_buffer_slice(&bytes), charset));
            bytes.size = 0;
        }
        charset = w.charset;
        runut_buffer_add(&bytes, w.base64 ? runut_mime_base64(arena, w.text) : runut_mime_quoted(arena, w.text, true));
        at += w.size;
        size_t next = skip_blanks(text, at);
        at = read_word(runut_slice_part(text, next, text.size), &w) ? next : at;
    }
    runut_buffer_add(out, as_utf8(arena, runut_buffer_slice(&bytes), charset));
    return at;
}

runut_slice runut_mime_words(runut_arena *arena, runut_slice text)
{
    runut_buffer out = runut_buffer_new(arena, SIZE_MAX / 2);
    word w;
    for (size_t at = 0, from = 0; at < text.size || from < text.size;) {
        const char *mark = at < text.size ? memchr(text.at + at, '=', text.size - at) : NULL;
        at = mark ? (size_t)(mark - text.at) : text.size;
        if (mark && !read_word(runut_slice_part(text, at, text.size), &w)) {
            at++;
            continue;
        }
        runut_buffer_add(&out, as_utf8(arena, runut_slice_part(text, from, at), (runut_slice){"", 0}));
        from = at = mark ? add_words(arena, &out, text, at) : text.size;
    }
    return runut_utf8_collapse(arena, runut_utf8_repair(arena, runut_buffer_slice(&out)));
}

runut_slice runut_mime_person(runut_slice text)
{
    text = runut_slice_trim(text);
    const char *mail = text.size ? memchr(text.at, '@', text.size) : NULL;
    const char *open = text.size ? memchr(text.at, '(', text.size) : NULL;
    const char *angle = text.size ? memchr(text.at, '<', text.size) : NULL;
    if (angle)
        text = runut_slice_trim(runut_slice_part(text, 0, (size_t)(angle - text.at)));
    else if (mail && open && open > mail)
        text = runut_slice_trim(
            runut_slice_part(text, (size_t)(open - text.at) + 1, text.size - (text.at[text.size - 1] == ')')));
    else if (mail)
        return (runut_slice){"", 0};
    if (text.size > 1 && (text.at[0] == '"' || text.at[0] == '\'') && text.at[text.size - 1] == text.at[0])
        text = runut_slice_trim(runut_slice_part(text, 1, text.size - 1));
    return text;
}

/* ---- parts ---- */

typedef struct level {
    runut_slice rest;     /* what was not walked through */
    runut_slice boundary; /* with its "--" */
} level;

/* Where the next line begins that is `boundary`; *next: behind that line; *last: it closes the multipart. */
static size_t find_boundary(runut_slice text, runut_slice boundary, size_t *next, bool *last)
{
    for (size_t at = 0; (at = runut_slice_find(text, boundary, at)) != SIZE_MAX; at++) {
        if (at > 0 && text.at[at - 1] != '\n' && text.at[at - 1] != '\r')
            continue;
        runut_slice rest = runut_slice_part(text, at + boundary.size, text.size), line = {"", 0}, tail;
        size_t left = rest.size;
        runut_slice_line(&rest, &line);
        *last = runut_slice_starts(line, RUNUT_LITERAL("--"));
        tail = runut_slice_trim(runut_slice_part(line, *last ? 2 : 0, line.size));
        *next = at + boundary.size + (left - rest.size);
        if (tail.size == 0)
            return at;
    }
    return SIZE_MAX;
}

/* Cuts the next part of a multipart off; the text before the first one is passed over. What is not closed ends with
 * the text. */
static bool next_part(level *self, bool *inside, runut_slice *part)
{
    size_t next, after;
    bool last;
    if (!*inside) {
        size_t at = find_boundary(self->rest, self->boundary, &next, &last);
        if (at == SIZE_MAX || last)
            return false;
        self->rest = runut_slice_part(self->rest, next, self->rest.size);
        *inside = true;
    }
    if (self->rest.size == 0)
        return false;
    size_t end = find_boundary(self->rest, self->boundary, &after, &last);
    *part = runut_slice_part(self->rest, 0, end);
    if (end != SIZE_MAX && part->size && part->at[part->size - 1] == '\n')
        part->size--;
    if (end != SIZE_MAX && part->size && part->at[part->size - 1] == '\r')
        part->size--;
    self->rest = end == SIZE_MAX || last ? (runut_slice){"", 0} : runut_slice_part(self->rest, after, self->rest.size);
    return true;
}

static void open_part(runut_arena *arena, runut_slice text, runut_mime_part *part)
{
    size_t head = runut_mime_head(text);
    part->head = runut_slice_part(text, 0, head);
    part->body = runut_slice_part(text, head, text.size);
    part->content_type = runut_mime_header(arena, part->head, "Content-Type");
    part->type = runut_mime_value(arena, part->content_type);
    if (part->type.size == 0)
        part->type = RUNUT_LITERAL("text/plain");
}

static bool open_level(runut_arena *arena, const runut_mime_part *part, level *to)
{
    if (!runut_slice_starts(part->type, RUNUT_LITERAL("multipart/")))
        return false;
    runut_slice boundary = runut_mime_parameter(arena, part->content_type, "boundary");
    if (boundary.size == 0)
        return false;
    to->rest = part->body;
    to->boundary = runut_arena_printf(arena, "--%.*s", (int)runut_slice_part(boundary, 0, 200).size, boundary.at);
    return true;
}

int runut_mime_walk(runut_arena *arena, runut_slice message, runut_on_part on_part, void *context)
{
    level levels[RUNUT_MIME_DEPTH];
    bool inside[RUNUT_MIME_DEPTH] = {false};
    size_t depth = 0;
    int code = 0;
    runut_mime_part part;
    open_part(arena, message, &part);
    if (!open_level(arena, &part, &levels[0]))
        return on_part(context, &part);
    depth = 1;
    for (size_t count = 0; depth && code == 0 && count < RUNUT_MIME_PARTS; count++) {
        runut_slice text;
        if (!next_part(&levels[depth - 1], &inside[depth - 1], &text)) {
            depth--;
            continue;
        }
        open_part(arena, text, &part);
        level deeper;
        if (!open_level(arena, &part, &deeper)) {
            code = on_part(context, &part);
        } else if (depth < RUNUT_MIME_DEPTH) {
            levels[depth] = deeper;
            inside[depth++] = false;
        }
    }
    return code;
}
