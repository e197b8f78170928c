#include "clean/html_token.h"

#include "base/slice.h"

runut_html_tokenizer runut_html_begin(runut_slice html)
{
    return (runut_html_tokenizer){.html = html, .state = RUNUT_HTML_DATA, .last_start = {"", 0}};
}

void runut_html_enter(runut_html_tokenizer *self, runut_html_state state, runut_slice name)
{
    self->state = state;
    self->last_start = name;
}

/* What may end a name, by byte. */
enum { SPACE = 1, END = 2, EQUALS = 4 };
static const uint8_t kinds[256] = {[' '] = SPACE,  ['\n'] = SPACE, ['\t'] = SPACE, ['\f'] = SPACE,
                                   ['\r'] = SPACE, ['/'] = END,    ['>'] = END,    ['='] = EQUALS};

static bool is_space(char c)
{
    return kinds[(unsigned char)c] == SPACE;
}

/* The first byte from `at` on that is of `set`, or the page's end. */
static size_t find_kind(runut_slice html, size_t at, unsigned set)
{
    while (at < html.size && !(kinds[(unsigned char)html.at[at]] & set))
        at++;
    return at;
}

static int byte_at(const runut_html_tokenizer *self, size_t at)
{
    return at < self->html.size ? (unsigned char)self->html.at[at] : -1;
}

static size_t find_byte(runut_slice text, char byte, size_t from)
{
    const char *hit = from < text.size ? memchr(text.at + from, byte, text.size - from) : NULL;
    return hit ? (size_t)(hit - text.at) : text.size;
}

static size_t skip_space(runut_slice html, size_t at)
{
    while (at < html.size && is_space(html.at[at]))
        at++;
    return at;
}

/* Is there `</name` at `at`, followed by what may follow a tag's name? */
static bool is_end_of(runut_slice html, size_t at, runut_slice name)
{
    if (html.size - at < name.size + 3 || html.at[at + 1] != '/' || name.size == 0)
        return false;
    char after = html.at[at + 2 + name.size];
    return (is_space(after) || after == '/' || after == '>') &&
           runut_slice_equal_nocase(runut_slice_part(html, at + 2, at + 2 + name.size), name);
}

static size_t find_end_of(runut_slice html, size_t from, runut_slice name)
{
    for (size_t at = find_byte(html, '<', from); at < html.size; at = find_byte(html, '<', at + 1))
        if (is_end_of(html, at, name))
            return at;
    return html.size;
}

bool runut_html_skip_to_end(runut_html_tokenizer *self, runut_slice name, runut_slice *inside)
{
    size_t end = find_end_of(self->html, self->at, name);
    if (end == self->html.size)
        return false;
    *inside = runut_slice_part(self->html, self->at, end);
    self->at = end;
    return true;
}

/* Where a script ends: `<!--` hides `<script>…</script>` pairs inside it ("script data escaped" states). */
static size_t find_end_of_script(runut_slice html, size_t at, runut_slice name)
{
    bool escaped = false, twice = false;
    runut_slice script = RUNUT_LITERAL("<script");
    for (; at < html.size; at++) {
        if (!escaped)
            at = find_byte(html, '<', at);
        if (at >= html.size)
            break;
        runut_slice rest = runut_slice_part(html, at, html.size);
        if (escaped && runut_slice_starts(rest, RUNUT_LITERAL("-->"))) {
            escaped = twice = false;
        } else if (html.at[at] != '<') {
            continue;
        } else if (!twice && is_end_of(html, at, name)) {
            return at;
        } else if (!escaped && runut_slice_starts(rest, RUNUT_LITERAL("<!--"))) {
            escaped = true;
            at += 1; /* "<!-->" ends where it begins: the dashes count for both */
        } else if (escaped && !twice && rest.size > script.size && runut_slice_starts_nocase(rest, script)) {
            char after = rest.at[script.size];
            twice = is_space(after) || after == '/' || after == '>';
        } else if (twice && is_end_of(html, at, RUNUT_LITERAL("script"))) {
            twice = false;
        }
    }
    return html.size;
}

static bool give_text(runut_html_tokenizer *self, runut_html_token *token, size_t end, runut_html_coding coding)
{
    token->kind = RUNUT_HTML_TEXT;
    token->text = runut_slice_part(self->html, self->at, end);
    token->coding = coding;
    self->at = end;
    return true;
}

static bool give_comment(runut_html_tokenizer *self, runut_html_token *token, size_t start, size_t end, size_t next)
{
    token->kind = RUNUT_HTML_COMMENT;
    token->text = runut_slice_part(self->html, start, end);
    token->coding = RUNUT_HTML_RAW;
    self->at = next < self->html.size ? next : self->html.size;
    return true;
}

/* `at` is behind "<!--". Ends at "-->" or "--!>", or with the page. */
static bool comment(runut_html_tokenizer *self, runut_html_token *token, size_t at)
{
    runut_slice html = self->html;
    if (byte_at(self, at) == '>')
        return give_comment(self, token, at, at, at + 1);
    if (byte_at(self, at) == '-' && byte_at(self, at + 1) == '>')
        return give_comment(self, token, at, at, at + 2);
    for (size_t end = find_byte(html, '>', at); end < html.size; end = find_byte(html, '>', end + 1)) {
        runut_slice inside = runut_slice_part(html, at, end);
        if (runut_slice_ends(inside, RUNUT_LITERAL("--")))
            return give_comment(self, token, at, end - 2, end + 1);
        if (runut_slice_ends(inside, RUNUT_LITERAL("--!")))
            return give_comment(self, token, at, end - 3, end + 1);
    }
    runut_slice inside = runut_slice_part(html, at, html.size);
    size_t cut = runut_slice_ends(inside, RUNUT_LITERAL("--!"))  ? 3
                 : runut_slice_ends(inside, RUNUT_LITERAL("--")) ? 2
                 : runut_slice_ends(inside, RUNUT_LITERAL("-"))  ? 1
                                                                 : 0;
    return give_comment(self, token, at, html.size - cut, html.size);
}

/* "<!" at self->at. */
static bool declaration(runut_html_tokenizer *self, runut_html_token *token)
{
    runut_slice rest = runut_slice_part(self->html, self->at + 2, self->html.size);
    if (runut_slice_starts(rest, RUNUT_LITERAL("--")))
        return comment(self, token, self->at + 4);
    size_t end = find_byte(self->html, '>', self->at + 2);
    if (!runut_slice_starts_nocase(rest, RUNUT_LITERAL("doctype")))
        return give_comment(self, token, self->at + 2, end, end + 1);
    give_comment(self, token, self->at + 9, end, end + 1);
    token->kind = RUNUT_HTML_DOCTYPE;
    return true;
}

/* Reads one attribute at `at`, which is none of white space, '/' and '>'; where it ends. */
static size_t attribute(runut_slice html, size_t at, runut_html_attribute *out)
{
    size_t start = at; /* a leading '=' is part of the name */
    at = find_kind(html, at + 1, SPACE | END | EQUALS);
    *out = (runut_html_attribute){runut_slice_part(html, start, at), {html.at + at, 0}};
    size_t next = skip_space(html, at);
    if (next >= html.size || html.at[next] != '=')
        return next;
    at = skip_space(html, next + 1);
    if (at >= html.size || html.at[at] == '>')
        return at;
    start = at;
    if (html.at[at] == '"' || html.at[at] == '\'') {
        at = find_byte(html, html.at[at], at + 1);
        out->value = runut_slice_part(html, start + 1, at);
        return at < html.size ? at + 1 : SIZE_MAX;
    }
    while (at < html.size && !is_space(html.at[at]) && html.at[at] != '>')
        at++;
    out->value = runut_slice_part(html, start, at);
    return at;
}

/* A tag whose name begins at `at`; a tag that the page's end cuts off is none. */
static bool tag(runut_html_tokenizer *self, runut_html_token *token, runut_html_kind kind, size_t at)
{
    runut_slice html = self->html;
    size_t start = at;
    at = find_kind(html, at, SPACE | END);
    token->kind = kind;
    token->name = runut_slice_part(html, start, at);
    token->attributes = 0;
    token->self_closing = false;
    while (at < html.size && html.at[at] != '>') {
        if (is_space(html.at[at])) {
            at++;
        } else if (html.at[at] == '/') {
            token->self_closing = byte_at(self, ++at) == '>';
        } else {
            runut_html_attribute spare;
            bool room = token->attributes < RUNUT_HTML_MOST_ATTRIBUTES;
            at = attribute(html, at, room ? &token->attribute[token->attributes++] : &spare);
        }
    }
    self->at = at < html.size ? at + 1 : html.size;
    return at < html.size;
}

/* Where the text that begins at `at` ends: at the next '<' that opens anything. */
static size_t text_end(runut_slice html, size_t at)
{
    for (at = find_byte(html, '<', at); at + 1 < html.size; at = find_byte(html, '<', at + 1)) {
        char next = html.at[at + 1];
        if (runut_is_alpha((unsigned char)next) || next == '!' || next == '?' || (next == '/' && at + 2 < html.size))
            return at;
    }
    return html.size;
}

static bool data(runut_html_tokenizer *self, runut_html_token *token)
{
    while (self->at < self->html.size) {
        size_t end = text_end(self->html, self->at);
        if (end > self->at)
            return give_text(self, token, end, RUNUT_HTML_REFERENCES);
        int next = byte_at(self, self->at + 1), after = byte_at(self, self->at + 2);
        if (next == '!')
            return declaration(self, token);
        if (next == '?' || (next == '/' && after != '>' && !runut_is_alpha((unsigned char)after))) {
            size_t close = find_byte(self->html, '>', self->at);
            return give_comment(self, token, self->at + (next == '?' ? 1 : 2), close, close + 1);
        }
        if (next != '/')
            return tag(self, token, RUNUT_HTML_START, self->at + 1);
        if (after != '>')
            return tag(self, token, RUNUT_HTML_END, self->at + 2);
        self->at += 3; /* "</>" is nothing at all */
    }
    return false;
}

static bool cdata(runut_html_tokenizer *self, runut_html_token *token)
{
    size_t end = runut_slice_find(self->html, RUNUT_LITERAL("]]>"), self->at);
    size_t from = self->at;
    bool closed = end != SIZE_MAX;
    give_text(self, token, closed ? end : self->html.size, RUNUT_HTML_PLAIN);
    self->at = closed ? end + 3 : self->html.size;
    self->state = RUNUT_HTML_DATA;
    return token->text.size || self->at > from;
}

bool runut_html_next(runut_html_tokenizer *self, runut_html_token *token)
{
    if (self->at >= self->html.size)
        return false;
    size_t end = self->html.size;
    switch (self->state) {
    case RUNUT_HTML_DATA:
        return data(self, token);
    case RUNUT_HTML_CDATA:
        return cdata(self, token);
    case RUNUT_HTML_PLAINTEXT:
        return give_text(self, token, end, RUNUT_HTML_RAW);
    case RUNUT_HTML_SCRIPT:
        end = find_end_of_script(self->html, self->at, self->last_start);
        break;
    default:
        end = find_end_of(self->html, self->at, self->last_start);
    }
    if (end > self->at)
        return give_text(self, token, end, self->state == RUNUT_HTML_RCDATA ? RUNUT_HTML_BOTH : RUNUT_HTML_RAW);
    self->state = RUNUT_HTML_DATA;
    return data(self, token);
}

runut_slice runut_html_value(runut_arena *arena, const runut_html_token *token, const char *name)
{
    const runut_html_attribute *found = runut_html_find(token, name);
    return found ? runut_html_decode(arena, found->value, RUNUT_HTML_ATTRIBUTE) : (runut_slice){"", 0};
}
