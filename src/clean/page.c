#include "base/slice.h"
#include "base/utf8.h"
#include "clean/html_tree.h"
#include "clean/stage.h"

void runut_clean_page(runut_arena *arena, runut_slice html, runut_article *article)
{
    runut_html_tree *tree = runut_html_tree_new(arena, html);
    article->language = tree->language;
    article->headline = runut_html_meta_named(tree, "og:title");
    if (article->headline.size == 0)
        article->headline = tree->title;
    article->publisher = runut_html_meta_named(tree, "og:site_name");
    runut_slice body = {"", 0};
    for (size_t i = 0; i < tree->blocks.size; i++) {
        const runut_html_block *b = &tree->blocks.at[i];
        bool good = b->bytes > 60 && b->link_bytes * 3 < b->bytes;
        runut_line *line = RUNUT_APPEND(arena, article->lines);
        *line = (runut_line){b->text, good ? RUNUT_LINE_BODY : RUNUT_LINE_BOILERPLATE, good ? "long" : "short", good ? 1.0F : 0.0F};
        if (good)
            body = body.size ? runut_arena_printf(arena, "%.*s\n%.*s", (int)body.size, body.at, (int)b->text.size, b->text.at) : b->text;
    }
    article->body = body;
}
