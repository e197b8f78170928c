/* A page as an article: tree, what it states of itself, what its blocks are, and the roles that follow. */
#include "clean/page.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/stage.h"

static void write_lines(const runut_page *self, runut_article *article)
{
    runut_buffer body = runut_buffer_new(self->tree->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < self->tree->blocks.size; i++) {
        runut_line *line = RUNUT_APPEND(self->tree->arena, article->lines);
        *line = (runut_line){.text = self->tree->blocks.at[i].text, .score = self->score[i]};
        if (!self->why[i]) {
            runut_page_set_role(line, RUNUT_LINE_BODY, "reads like the report");
            runut_buffer_text(&body, body.size ? "\n" : "");
            runut_buffer_add(&body, line->text);
        } else if (i == self->metadata->headline_block) {
            runut_page_set_role(line, RUNUT_LINE_HEADLINE, "heading like the page's title");
        } else {
            runut_page_name_role(self, i, line);
            if (*self->why[i] && line->role == RUNUT_LINE_BOILERPLATE)
                line->why = self->why[i];
            if (line->role == RUNUT_LINE_STANDFIRST && article->standfirst.size == 0)
                article->standfirst = line->text;
        }
    }
    article->body = runut_buffer_slice(&body);
}

static runut_article_kind kind_of(const runut_page *self)
{
    runut_slice type = runut_html_meta_named(self->tree, "og:type");
    float words = 0, links = 0;
    for (size_t i = 0; i < self->tree->blocks.size; i++) {
        words += self->why[i] ? 0 : self->texts[i].words;
        links += runut_page_link_share(&self->tree->blocks.at[i]) > 0.5F && self->texts[i].words >= 4;
    }
    if (words >= 60 ||
        (words >= 20 && (self->metadata->json_article || runut_slice_starts_nocase(type, RUNUT_LITERAL("article")))))
        return RUNUT_KIND_ARTICLE;
    return links >= 12 ? RUNUT_KIND_LISTING : RUNUT_KIND_OTHER;
}

void runut_clean_page(runut_arena *arena, runut_slice html, runut_article *article)
{
    runut_page *self = runut_arena_alloc(arena, sizeof *self);
    self->tree = runut_html_tree_new(arena, html);
    self->metadata = runut_metadata_read(self->tree);
    runut_block_hints hints = {self->metadata->headline, self->metadata->description, self->metadata->headline_block};
    self->texts = runut_blocks_text(self->tree, &hints);
    self->score = runut_blocks_judge(self->tree, self->texts, &hints);
    self->why = runut_arena_alloc(arena, (self->tree->blocks.size + 1) * sizeof *self->why);
    runut_page_judge(self);
    write_lines(self, article);
    article->kind = kind_of(self);
    article->language = self->tree->language.size ? self->tree->language : self->metadata->json_language;
    article->url = self->tree->canonical.size ? self->tree->canonical : runut_html_meta_named(self->tree, "og:url");
    article->headline = self->metadata->headline;
    article->publisher = self->metadata->publisher;
    runut_metadata_authors(self->metadata, self->span, &article->authors);
    runut_metadata_date(self->metadata, self->span, article);
}
