/* Cases of pages: the fields that were found and where each is from. */
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/stage.h"
#include "support/cases.h"

static void field(runut_buffer *out, const char *name, runut_slice value, const char *from)
{
    if (value.size == 0)
        return;
    runut_buffer_text(out, name);
    runut_buffer_text(out, ": ");
    runut_buffer_add(out, value);
    runut_buffer_text(out, from && *from ? " <- " : "");
    runut_buffer_text(out, from ? from : "");
    runut_buffer_text(out, "\n");
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_article article = {.date_from = ""};
    runut_clean_page(arena, input, &article);
    runut_buffer out = runut_buffer_new(arena, 1u << 16);
    field(&out, "headline", article.headline, article.headline_from);
    field(&out, "publisher", article.publisher, article.publisher_from);
    for (size_t i = 0; i < article.authors.size; i++)
        field(&out, "author", article.authors.at[i], article.authors_from);
    field(&out, "date", article.date_published, article.date_from);
    field(&out, "language", article.language, article.language_from);
    field(&out, "url", article.url, article.url_from);
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
