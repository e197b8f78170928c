/* A cleaned article as JSON, text, HTML, or as the list of its lines with their verdicts. */
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "engine/filter.h"
#include "engine/internal.h"

static const char *const forms[] = {
    [RUNUT_FORM_PARAGRAPH] = "paragraph", [RUNUT_FORM_HEADING] = "heading", [RUNUT_FORM_ITEM] = "item",
    [RUNUT_FORM_QUOTATION] = "quotation", [RUNUT_FORM_ROW] = "row",         [RUNUT_FORM_PREFORMATTED] = "preformatted"};

/* ---- where the fields come from ---- */

typedef struct field {
    const char *key;
    runut_slice value; /* the first one, for a list */
    runut_slice from;
} field;

enum { FIELDS = 7, MOST_RECORD = 128 << 20 };

/* "record" where it was stated outside the text, else what cleaning says of a page, else the first line of that role.
 */
static runut_slice origin(const runut_filter_job *job, const runut_article *article, bool stated, int role,
                          const char *from)
{
    bool page = job->capture.kind == RUNUT_CAPTURE_HTML;
    if (stated)
        return RUNUT_LITERAL("record");
    if (page && from && *from)
        return runut_slice_of(from);
    for (size_t i = 0; role >= 0 && i < article->lines.size; i++)
        if ((int)article->lines.at[i].role == role)
            return runut_arena_printf(job->arena, "line %zu: %s", i + 1, article->lines.at[i].why);
    return runut_slice_of(from && *from ? from : page ? "page" : "text");
}

static runut_slice date_origin(const runut_filter_job *job, const runut_article *article)
{
    runut_slice printed = article->date_printed;
    if (printed.size == 0)
        return runut_slice_of(article->date_from);
    return runut_arena_printf(job->arena, "%s: %.*s", article->date_from ? article->date_from : "text",
                              (int)runut_slice_part(printed, 0, 1024).size, printed.at);
}

static void find_fields(const runut_filter_job *job, const runut_article *a, field fields[FIELDS])
{
    const runut_capture *c = &job->capture;
    runut_slice author = a->authors.size ? a->authors.at[0] : (runut_slice){"", 0};
    const field all[FIELDS] = {
        {"url", a->url, origin(job, a, c->url.size, -1, a->url_from)},
        {"inLanguage", a->language, origin(job, a, c->language.size, -1, a->language_from)},
        {"headline", a->headline, origin(job, a, c->headline.size, RUNUT_LINE_HEADLINE, a->headline_from)},
        {"abstract", a->standfirst, origin(job, a, false, RUNUT_LINE_STANDFIRST, NULL)},
        {"publisher", a->publisher, origin(job, a, c->publisher.size, RUNUT_LINE_PUBLISHER, a->publisher_from)},
        {"author", author, origin(job, a, c->authors.size, RUNUT_LINE_BYLINE, a->authors_from)},
        {"datePublished", a->date_published, date_origin(job, a)},
    };
    memcpy(fields, all, sizeof all);
}

/* ---- JSON ---- */

static void put_lines(runut_writer *out, const runut_article *article)
{
    runut_writer_key(out, "lines");
    runut_writer_open(out, '[');
    for (size_t i = 0; i < article->lines.size; i++) {
        const runut_line *line = &article->lines.at[i];
        runut_writer_open(out, '{');
        runut_writer_put(out, "text", line->text);
        runut_writer_put(out, "role", runut_slice_of(runut_role_name(line->role)));
        runut_writer_put(out, "form", runut_slice_of(forms[line->form]));
        if (line->level) {
            runut_writer_key(out, "level");
            runut_writer_number(out, line->level);
        }
        runut_writer_key(out, "score");
        runut_writer_rounded(out, (double)line->score);
        runut_writer_put(out, "why", runut_slice_of(line->why));
        runut_writer_close(out, '}');
    }
    runut_writer_close(out, ']');
}

static void put_origins(runut_writer *out, const field fields[FIELDS])
{
    runut_writer_key(out, "from");
    runut_writer_open(out, '{');
    for (size_t i = 0; i < FIELDS; i++)
        if (fields[i].value.size)
            runut_writer_put(out, fields[i].key, fields[i].from);
    runut_writer_close(out, '}');
}

runut_slice runut_filter_id(const runut_filter_job *job)
{
    runut_slice hash = runut_capture_hash(job->arena, &job->capture);
    return runut_utf8_repair(job->arena, runut_capture_name(job->arena, &job->capture, hash));
}

runut_slice runut_filter_file(const runut_filter_job *job)
{
    return runut_utf8_repair(job->arena, job->capture.found.size ? job->capture.found : job->capture.file);
}

int runut_filter_print(runut_filter_job *job, runut_writer *record)
{
    runut_buffer *out = &record->out;
    if (out->size > MOST_RECORD)
        return runut_error_set(&job->error, RUNUT_ERR_INPUT, "says more than one article may");
    runut_buffer_add(out, (runut_slice){"\n", 2});
    job->text = (runut_slice){out->at, out->size - 1};
    return RUNUT_OK;
}

static int write_json(runut_filter_job *job, const runut_article *article, bool explain)
{
    field fields[FIELDS];
    runut_slice id = runut_filter_id(job), file = runut_filter_file(job);
    if (explain)
        find_fields(job, article, fields);
    runut_writer out = runut_writer_new(job->arena);
    runut_writer_open(&out, '{');
    runut_writer_put(&out, "id", id);
    runut_writer_put(&out, "file", file);
    runut_writer_put(&out, "url", article->url);
    runut_record_put_article(&out, article, article->language);
    runut_writer_put(&out, "articleBody", article->body);
    if (explain) {
        put_origins(&out, fields);
        put_lines(&out, article);
    }
    runut_writer_close(&out, '}');
    return runut_filter_print(job, &out);
}

/* ---- text ---- */

static void write_text(runut_buffer *out, const runut_article *article)
{
    if (article->body.size == 0)
        return;
    runut_buffer_add(out, article->headline);
    runut_buffer_text(out, article->headline.size ? "\n\n" : "");
    runut_buffer_add(out, article->body);
    runut_buffer_byte(out, '\n');
}

/* ---- lines with their verdicts ---- */

static void put_one_line(runut_buffer *out, runut_slice text)
{
    for (runut_slice part; runut_slice_line(&text, &part);) {
        runut_buffer_add(out, part);
        runut_buffer_text(out, text.size ? " / " : "");
    }
    runut_buffer_byte(out, '\n');
}

static void write_lines(runut_buffer *out, const runut_filter_job *job, const runut_article *article)
{
    field fields[FIELDS];
    find_fields(job, article, fields);
    runut_buffer_add(out, job->capture.file);
    if (job->capture.record)
        runut_buffer_add(out, runut_arena_printf(out->arena, ", record %llu", (unsigned long long)job->capture.record));
    runut_buffer_add(
        out, runut_arena_printf(out->arena, ": %s, %zu lines\n", runut_kind_name(article->kind), article->lines.size));
    for (size_t i = 0; i < FIELDS; i++) {
        if (fields[i].value.size == 0)
            continue;
        runut_buffer_add(out, runut_arena_printf(out->arena, "  %-14s ", fields[i].key));
        runut_buffer_add(out, fields[i].value);
        runut_buffer_text(out, "  [");
        runut_buffer_add(out, fields[i].from);
        runut_buffer_text(out, "]\n");
    }
    for (size_t i = 0; i < article->lines.size; i++) {
        const runut_line *l = &article->lines.at[i];
        runut_buffer_add(out, runut_arena_printf(out->arena, "%5zu %c %.2f  %-11s  %-29s  ", i + 1,
                                                 l->role == RUNUT_LINE_BODY ? '+' : '-', (double)l->score,
                                                 runut_role_name(l->role), l->why ? l->why : ""));
        put_one_line(out, l->text);
    }
    runut_buffer_byte(out, '\n');
}

int runut_filter_write(runut_filter_job *job, const runut_article *article, const runut_clean_options *options)
{
    runut_buffer out = runut_buffer_new(job->arena, RUNUT_ARTICLE_ARENA);
    switch (options->format) {
    case RUNUT_CLEAN_TEXT:
        write_text(&out, article);
        break;
    case RUNUT_CLEAN_HTML:
        runut_filter_html(&out, article, job->capture.kind == RUNUT_CAPTURE_HTML);
        break;
    case RUNUT_CLEAN_LINES:
        write_lines(&out, job, article);
        break;
    case RUNUT_CLEAN_JSON:
        return write_json(job, article, options->explain);
    }
    runut_buffer_byte(&out, '\0');
    job->text = (runut_slice){out.at, out.size - 1};
    return RUNUT_OK;
}
