/* Cases of whole pages: the fields that were found, then the lines with roles other than boilerplate. */
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/stage.h"
#include "support/cases.h"

static void field(runut_buffer *out, const char *name, runut_slice value)
{
    if (value.size == 0)
        return;
    runut_buffer_text(out, name);
    runut_buffer_text(out, ": ");
    runut_buffer_add(out, value);
    runut_buffer_text(out, "\n");
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    static const char *const roles[] = {"body", NULL, "standfirst", NULL, NULL, NULL, "credit", "caption", NULL};
    runut_article article = {.date_from = ""};
    runut_clean_page(arena, input, &article);
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    field(&out, "headline", article.headline);
    field(&out, "publisher", article.publisher);
    for (size_t i = 0; i < article.authors.size; i++)
        field(&out, "author", article.authors.at[i]);
    field(&out, "date", article.date_published);
    for (size_t i = 0; i < article.lines.size; i++)
        if (roles[article.lines.at[i].role])
            field(&out, roles[article.lines.at[i].role], article.lines.at[i].text);
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
