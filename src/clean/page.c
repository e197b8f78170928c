/* A page as an article: tree, what it states of itself, what its blocks are, what hangs together, and the roles and
 * forms that follow. Where the page itself shows next to nothing, its scripts may hold the report (page_json.c), which
 * is then cleaned as if the page had shown it. */
#include "clean/page.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/page_json.h"
#include "clean/stage.h"

enum {
    POOR = 60,     /* words of a report: with fewer, the scripts are looked at */
    TIMES_MORE = 3 /* that a script's must have */
};

static void write_line(const runut_page *self, size_t i, runut_line *line, runut_article *article)
{
    if (i == self->metadata->headline_block) {
        runut_page_set_role(line, RUNUT_LINE_HEADLINE, "heading like the page's title");
        return;
    }
    runut_page_name_role(self, i, line);
    if (*self->why[i] && line->role == RUNUT_LINE_BOILERPLATE)
        line->why = self->why[i];
    if (line->role == RUNUT_LINE_STANDFIRST && article->standfirst.size == 0)
        article->standfirst = line->text;
}

static void write_lines(const runut_page *self, const char *why, runut_buffer *body, runut_article *article)
{
    for (size_t i = 0, size; i < self->tree->blocks.size; i += size) {
        runut_line *line = RUNUT_APPEND(self->tree->arena, article->lines);
        size = runut_page_form(self, i, line);
        if (self->why[i]) {
            write_line(self, i, line, article);
            continue;
        }
        runut_page_set_role(line, RUNUT_LINE_BODY, why);
        runut_buffer_text(body, body->size ? "\n" : "");
        runut_buffer_add(body, line->text);
    }
}

static void judge(runut_page *self, const runut_block_hints *hints)
{
    self->texts = runut_blocks_text(self->tree, hints);
    self->score = runut_blocks_judge(self->tree, self->texts, hints);
    self->why = runut_arena_alloc(self->tree->arena, (self->tree->blocks.size + 1) * sizeof *self->why);
    runut_page_judge(self);
    runut_page_settle(self);
}

static float words_of(const runut_page *self)
{
    float words = 0;
    for (size_t i = 0; i < self->tree->blocks.size; i++)
        words += self->why[i] ? 0 : self->texts[i].words;
    return words;
}

/* What the scripts hold, cleaned; NULL where it is not much more than what the page shows. */
static runut_page *hidden_report(const runut_page *shown)
{
    runut_arena *arena = shown->tree->arena;
    float words = words_of(shown);
    runut_slice markup =
        words < POOR ? runut_page_json(arena, &shown->tree->scripts, shown->metadata->headline) : (runut_slice){"", 0};
    if (markup.size == 0)
        return NULL;
    runut_page *self = runut_arena_alloc(arena, sizeof *self);
    self->tree = runut_html_tree_new(arena, markup);
    self->metadata = runut_arena_alloc(arena, sizeof *self->metadata);
    *self->metadata = *shown->metadata;
    self->metadata->headline_block = 0;
    runut_block_hints hints = {shown->metadata->headline, shown->metadata->description, 0, NULL};
    judge(self, &hints);
    return words_of(self) > TIMES_MORE * words ? self : NULL;
}

static void write_hidden(runut_page *shown, const runut_page *hidden, runut_buffer *body, runut_article *article)
{
    for (size_t i = 0; i < shown->tree->blocks.size; i++)
        if (!shown->why[i]) {
            shown->why[i] = "the report is in a script";
            shown->joined[i] = 1;
        }
    write_lines(shown, "", body, article);
    write_lines(hidden, "in a script", body, article);
}

runut_page *runut_page_new(runut_arena *arena, runut_slice html)
{
    runut_page *self = runut_arena_alloc(arena, sizeof *self);
    self->tree = runut_html_tree_new(arena, html);
    self->metadata = runut_metadata_read(self->tree);
    runut_block_hints hints = {self->metadata->headline, self->metadata->description, self->metadata->headline_block,
                               NULL};
    judge(self, &hints);
    return self;
}

static void write_fields(const runut_page *self, runut_article *article)
{
    bool tagged = self->tree->language.size, linked = self->tree->canonical.size;
    article->language = tagged ? self->tree->language : self->metadata->json_language;
    article->language_from = tagged ? "lang attribute" : "JSON-LD inLanguage";
    article->url = linked ? self->tree->canonical : runut_html_meta_named(self->tree, "og:url");
    article->url_from = linked ? "link rel=canonical" : "og:url";
    article->headline = self->metadata->headline;
    article->headline_from = self->metadata->headline_from;
    article->publisher = self->metadata->publisher;
    article->publisher_from = self->metadata->publisher_from;
    article->authors_from = runut_metadata_authors(self->metadata, self->span, &article->authors);
    runut_metadata_date(self->metadata, self->span, article);
}

void runut_clean_page(runut_arena *arena, runut_slice html, runut_article *article)
{
    runut_page *self = runut_page_new(arena, html);
    runut_page *hidden = hidden_report(self);
    runut_buffer body = runut_buffer_new(arena, SIZE_MAX / 2);
    article->kind = runut_page_kind(self, hidden ? words_of(hidden) : 0);
    if (hidden)
        write_hidden(self, hidden, &body, article);
    else
        write_lines(self, "reads like the report", &body, article);
    article->body = runut_buffer_slice(&body);
    write_fields(self, article);
}
