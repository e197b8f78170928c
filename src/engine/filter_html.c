/* A cleaned article as HTML: what was lines with forms is elements again.
 *
 * Lines of one kind that follow each other share a container (<ul>, <blockquote>, <table>), which the next line of
 * another kind closes. A nested list stands inside the item before it. */
#include "base/slice.h"
#include "base/url.h"
#include "engine/filter.h"

enum { MOST_LISTS = 12 };

typedef struct writer {
    runut_buffer *out;
    runut_line_form form;              /* of the container that is open */
    unsigned level[MOST_LISTS], depth; /* of the lists that are open */
} writer;

static void put_escaped(runut_buffer *out, runut_slice text)
{
    for (size_t i = 0, start = 0; i <= text.size; i++) {
        const char *entity = i == text.size       ? ""
                             : text.at[i] == '&'  ? "&amp;"
                             : text.at[i] == '<'  ? "&lt;"
                             : text.at[i] == '>'  ? "&gt;"
                             : text.at[i] == '"'  ? "&quot;"
                             : text.at[i] == '\'' ? "&#39;"
                                                  : NULL;
        if (!entity)
            continue;
        runut_buffer_add(out, runut_slice_part(text, start, i));
        runut_buffer_text(out, entity);
        start = i + 1;
    }
}

/* `before`, the text escaped, `after`; nothing where there is no text. */
static void put_element(runut_buffer *out, const char *before, runut_slice text, const char *after)
{
    if (text.size == 0)
        return;
    runut_buffer_text(out, before);
    put_escaped(out, text);
    runut_buffer_text(out, after);
}

/* ---- the body ---- */

static void close_container(writer *self)
{
    for (; self->depth; self->depth--)
        runut_buffer_text(self->out, "</li>\n</ul>\n");
    if (self->form == RUNUT_FORM_QUOTATION)
        runut_buffer_text(self->out, "</blockquote>\n");
    if (self->form == RUNUT_FORM_ROW)
        runut_buffer_text(self->out, "</table>\n");
    self->form = RUNUT_FORM_PARAGRAPH;
}

static void open_container(writer *self, runut_line_form form)
{
    if (self->form == form)
        return;
    close_container(self);
    self->form = form;
    if (form == RUNUT_FORM_QUOTATION)
        runut_buffer_text(self->out, "<blockquote>\n");
    if (form == RUNUT_FORM_ROW)
        runut_buffer_text(self->out, "<table>\n");
}

/* Line ends within the text as `between`. */
static void put_lines(writer *self, const char *before, runut_slice text, const char *between, const char *after)
{
    runut_slice part;
    runut_buffer_text(self->out, before);
    while (runut_slice_line(&text, &part)) {
        put_escaped(self->out, part);
        runut_buffer_text(self->out, text.size ? between : "");
    }
    runut_buffer_text(self->out, after);
}

/* A list opens where the level rises and closes where it falls; levels that the page leaves out are none here. */
static void put_item(writer *self, const runut_line *line)
{
    if (self->depth == 0 || (line->level > self->level[self->depth - 1] && self->depth < MOST_LISTS)) {
        runut_buffer_text(self->out, "<ul>\n");
        self->level[self->depth++] = line->level;
    } else {
        for (; self->depth > 1 && line->level < self->level[self->depth - 1]; self->depth--)
            runut_buffer_text(self->out, "</li>\n</ul>\n");
        runut_buffer_text(self->out, "</li>\n");
    }
    put_lines(self, "<li>", line->text, "<br>", "");
}

static void put_row(writer *self, runut_slice row)
{
    runut_buffer_text(self->out, "<tr>");
    for (runut_slice cell; runut_slice_field(&row, '\t', &cell);)
        put_lines(self, "<td>", cell, "<br>", "</td>");
    runut_buffer_text(self->out, "</tr>\n");
}

static void put_heading(writer *self, const runut_line *line)
{
    static const char *const before[] = {"<h2>", "<h3>", "<h4>", "<h5>", "<h6>"};
    static const char *const after[] = {"</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"};
    unsigned level = line->level < 2 ? 0 : line->level > 6 ? 4 : line->level - 2; /* <h1> is the headline */
    put_lines(self, before[level], line->text, " ", after[level]);
}

static void put_line(writer *self, const runut_line *line)
{
    open_container(self, line->form);
    switch (line->form) {
    case RUNUT_FORM_HEADING:
        put_heading(self, line);
        break;
    case RUNUT_FORM_ITEM:
        put_item(self, line);
        break;
    case RUNUT_FORM_ROW:
        put_row(self, line->text);
        break;
    case RUNUT_FORM_PREFORMATTED:
        put_lines(self, "<pre>", line->text, "\n", "</pre>\n");
        break;
    case RUNUT_FORM_PARAGRAPH:
    case RUNUT_FORM_QUOTATION:
        put_lines(self, "<p>", line->text, "<br>\n", "</p>\n");
        break;
    }
}

static void put_body(runut_buffer *out, const runut_article *article, bool page)
{
    writer self = {.out = out};
    runut_slice rest = article->body, paragraph;
    while (!page && runut_slice_line(&rest, &paragraph))
        put_element(out, "<p>", paragraph, "</p>\n");
    for (size_t i = 0; page && i < article->lines.size; i++)
        if (article->lines.at[i].role == RUNUT_LINE_BODY)
            put_line(&self, &article->lines.at[i]);
    close_container(&self);
}

void runut_filter_html(runut_buffer *out, const runut_article *article, bool page)
{
    if (article->body.size == 0)
        return;
    runut_buffer_text(out, "<article");
    put_element(out, " lang=\"", article->language, "\"");
    runut_buffer_text(out, ">\n");
    put_element(out, "<h1>", article->headline, "</h1>\n");
    put_element(out, "<p class=\"abstract\">", article->standfirst, "</p>\n");
    for (size_t i = 0; i < article->authors.size; i++)
        put_element(out, "<address class=\"author\">", article->authors.at[i], "</address>\n");
    if (article->date_published.size) {
        put_element(out, "<time datetime=\"", article->date_published, "\">");
        put_element(out, "", article->date_published, "</time>\n");
    }
    put_element(out, "<p class=\"publisher\">", article->publisher, "</p>\n");
    put_body(out, article, page);
    if (runut_url_is_web(article->url)) {
        put_element(out, "<footer><a href=\"", article->url, "\">");
        put_element(out, "", article->url, "</a></footer>\n");
    }
    runut_buffer_text(out, "</article>\n");
}
