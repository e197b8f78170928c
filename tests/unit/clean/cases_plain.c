/* A capture in; the fields and one letter a non-empty line out. */
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/clean.h"
#include "support/cases.h"

static void field(runut_buffer *out, const char *name, runut_slice value)
{
    runut_buffer_text(out, name);
    runut_buffer_add(out, value);
    runut_buffer_byte(out, '\n');
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_buffer out = runut_buffer_new(arena, 1 << 20);
    runut_capture capture = {.kind = RUNUT_CAPTURE_TEXT, .bytes = input, .file = RUNUT_LITERAL("case")};
    runut_article article;
    runut_error error;
    if (runut_clean(arena, &capture, &article, &error) != RUNUT_OK)
        return RUNUT_LITERAL("rejected");
    field(&out, "publisher: ", article.publisher);
    field(&out, "headline: ", article.headline);
    runut_buffer_text(&out, "author: ");
    for (size_t i = 0; i < article.authors.size; i++) {
        runut_buffer_text(&out, i ? "; " : "");
        runut_buffer_add(&out, article.authors.at[i]);
    }
    runut_buffer_byte(&out, '\n');
    field(&out, "date: ", article.date_published);
    for (size_t i = 0; i < article.lines.size; i++)
        runut_buffer_byte(&out, "Bhsydprc-"[article.lines.at[i].role]);
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
