#include "clean/clean.h"

#include "base/buffer.h"
#include "base/day.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/stage.h"

/* White space collapsed, but for a tab between two texts, which parts the cells of a table's row. */
static runut_slice collapse_cells(runut_arena *arena, runut_slice line)
{
    line = runut_slice_trim(line);
    if (line.size == 0 || !memchr(line.at, '\t', line.size))
        return runut_utf8_collapse(arena, line);
    runut_buffer out = runut_buffer_new(arena, line.size + 1);
    for (runut_slice cell; runut_slice_field(&line, '\t', &cell);) {
        cell = runut_utf8_collapse(arena, cell);
        runut_buffer_text(&out, cell.size && out.size ? "\t" : "");
        runut_buffer_add(&out, cell);
    }
    return runut_buffer_slice(&out);
}

/* The body of a record that is clean already: one line a paragraph, white space collapsed. */
static runut_slice clean_paragraphs(runut_arena *arena, runut_slice text)
{
    runut_slices lines = {0};
    size_t size = 0;
    for (runut_slice line; runut_slice_line(&text, &line);) {
        line = collapse_cells(arena, line);
        if (line.size)
            RUNUT_PUSH(arena, lines, line);
        size += line.size + 1;
    }
    char *at = runut_arena_alloc(arena, size + 1), *end = at;
    for (size_t i = 0; i < lines.size; i++) {
        if (i)
            *end++ = '\n';
        memcpy(end, lines.at[i].at, lines.at[i].size);
        end += lines.at[i].size;
    }
    return (runut_slice){at, (size_t)(end - at)};
}

static runut_slice tidy(runut_arena *arena, runut_slice text)
{
    return runut_utf8_collapse(arena, runut_utf8_repair(arena, text));
}

/* A record's date: ISO 8601 is taken as it stands, other forms ("Sep 15, 2017") are read like a date line. */
static void take_date(runut_arena *arena, runut_slice stated, runut_article *article)
{
    stated = tidy(arena, stated);
    bool iso =
        stated.size >= 4 && runut_is_digit((unsigned char)stated.at[3]) && (stated.size == 4 || stated.at[4] == '-');
    runut_slice printed = stated, date = iso ? stated : runut_printed_date(arena, stated, article->language, &printed);
    if (date.size == 0)
        return;
    article->date_published = date;
    article->date_printed = printed;
    article->date_from = "record";
}

/* As a machine states it: ISO 8601, or nothing. */
static void take_time(runut_arena *arena, runut_slice stated, runut_slice *date)
{
    runut_slice text = tidy(arena, runut_slice_part(stated, 0, 40));
    if (text.size >= 10 && runut_day_parse(text) != RUNUT_NO_DAY)
        *date = text;
}

static runut_article_kind kind_named(runut_slice name)
{
    return runut_slice_is(name, "listing") ? RUNUT_KIND_LISTING
           : runut_slice_is(name, "other") ? RUNUT_KIND_OTHER
                                           : RUNUT_KIND_ARTICLE;
}

/* What only lines of our own state. */
static void take_own(runut_arena *arena, const runut_capture *capture, runut_article *article)
{
    enum { MOST_FROM = 40 };
    if (capture->page_kind.size)
        article->kind = kind_named(capture->page_kind);
    if (capture->standfirst.size)
        article->standfirst = tidy(arena, capture->standfirst);
    if (capture->date_from.size && article->date_published.size)
        article->date_from =
            runut_arena_copy(arena, tidy(arena, runut_slice_part(capture->date_from, 0, MOST_FROM))).at;
    for (size_t i = 0; i < capture->credits.size; i++)
        RUNUT_PUSH(
            arena, article->lines,
            ((runut_line){.text = tidy(arena, capture->credits.at[i]), .role = RUNUT_LINE_CREDIT, .why = "stated"}));
}

/* What the record itself states wins over what was read from its text. */
static void take_stated(runut_arena *arena, const runut_capture *capture, runut_article *article)
{
    if (capture->url.size)
        article->url = runut_utf8_repair(arena, capture->url);
    if (capture->language.size)
        article->language = runut_utf8_repair(arena, capture->language);
    if (capture->headline.size)
        article->headline = tidy(arena, capture->headline);
    if (capture->publisher.size)
        article->publisher = tidy(arena, capture->publisher);
    if (capture->authors.size)
        article->authors = (runut_slices){0};
    for (size_t i = 0; i < capture->authors.size; i++)
        RUNUT_PUSH(arena, article->authors, tidy(arena, capture->authors.at[i]));
    if (capture->date_published.size)
        take_date(arena, capture->date_published, article);
    take_time(arena, capture->date_modified, &article->date_modified);
    take_time(arena, capture->date_captured, &article->date_captured);
    take_own(arena, capture, article);
}

int runut_clean(runut_arena *arena, const runut_capture *capture, runut_article *article, runut_error *error)
{
    *article = (runut_article){
        .file = capture->file, .id = capture->id, .url = capture->url, .language = capture->language, .date_from = ""};
    bool binary = false;
    bool html = capture->kind == RUNUT_CAPTURE_HTML;
    runut_slice text = runut_charset_decode(arena, capture->bytes, capture->charset, html, &binary);
    if (binary)
        return runut_error_set(error, RUNUT_ERR_INPUT, "binary data, not text");
    if (runut_slice_trim(text).size == 0 && capture->kind != RUNUT_CAPTURE_ARTICLE)
        return runut_error_set(error, RUNUT_ERR_INPUT, "empty");
    if (html)
        runut_clean_page(arena, text, article);
    else if (capture->kind == RUNUT_CAPTURE_TEXT)
        runut_clean_plain(arena, text, article);
    else
        article->body = clean_paragraphs(arena, text);
    take_stated(arena, capture, article);
    return RUNUT_OK;
}
