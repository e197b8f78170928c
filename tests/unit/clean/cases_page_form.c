/* Cases of a page's structure: each line of the body, after its form where it is no plain paragraph. */
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/stage.h"
#include "support/cases.h"

static void put_form(runut_arena *arena, runut_buffer *out, const runut_line *line)
{
    static const char *const names[] = {[RUNUT_FORM_HEADING] = "h",
                                        [RUNUT_FORM_ITEM] = "item",
                                        [RUNUT_FORM_QUOTATION] = "quotation",
                                        [RUNUT_FORM_ROW] = "row",
                                        [RUNUT_FORM_PREFORMATTED] = "pre"};
    if (line->form == RUNUT_FORM_PARAGRAPH)
        return;
    runut_buffer_text(out, names[line->form]);
    if (line->level)
        runut_buffer_add(out, runut_arena_printf(arena, "%u", line->level));
    runut_buffer_text(out, ": ");
}

/* Line ends inside a line as " / ", the tabs between a row's cells as " | ". */
static void put_text(runut_buffer *out, runut_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        runut_buffer_add(out, text.at[i] == '\n'   ? RUNUT_LITERAL(" / ")
                              : text.at[i] == '\t' ? RUNUT_LITERAL(" | ")
                                                   : runut_slice_part(text, i, i + 1));
    runut_buffer_text(out, "\n");
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_article article = {.date_from = ""};
    runut_clean_page(arena, input, &article);
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (size_t i = 0; i < article.lines.size; i++) {
        if (article.lines.at[i].role != RUNUT_LINE_BODY)
            continue;
        put_form(arena, &out, &article.lines.at[i]);
        put_text(&out, article.lines.at[i].text);
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
