#include "clean/clean.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "clean/stage.h"

/* The body of a record that is clean already: one line a paragraph, white space collapsed. */
static runut_slice clean_paragraphs(runut_arena *arena, runut_slice text)
{
    runut_slices lines = {0};
    size_t size = 0;
    for (runut_slice line; runut_slice_line(&text, &line);) {
        line = runut_utf8_collapse(arena, line);
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

int runut_clean(runut_arena *arena, const runut_capture *capture, runut_article *article, runut_error *error)
{
    *article = (runut_article){
        .file = capture->file, .id = capture->id, .url = capture->url, .language = capture->language, .date_from = ""};
    bool binary = false;
    bool html = capture->kind == RUNUT_CAPTURE_HTML;
    runut_slice text = runut_charset_decode(arena, capture->bytes, capture->charset, html, &binary);
    if (binary)
        return runut_error_set(error, RUNUT_ERR_INPUT, "binary data, not text");
    if (runut_slice_trim(text).size == 0)
        return runut_error_set(error, RUNUT_ERR_INPUT, "empty");
    if (html)
        runut_clean_page(arena, text, article);
    else if (capture->kind == RUNUT_CAPTURE_TEXT)
        runut_clean_plain(arena, text, article);
    else
        article->body = clean_paragraphs(arena, text);
    if (capture->url.size)
        article->url = capture->url;
    if (capture->language.size)
        article->language = capture->language;
    if (capture->headline.size)
        article->headline = runut_utf8_collapse(arena, runut_utf8_repair(arena, capture->headline));
    if (capture->publisher.size)
        article->publisher = capture->publisher;
    if (capture->authors.size)
        article->authors = capture->authors;
    if (capture->date_published.size) {
        article->date_published = capture->date_published;
        article->date_printed = capture->date_published;
        article->date_from = "record";
    }
    return RUNUT_OK;
}
