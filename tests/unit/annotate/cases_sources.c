/* Cases of source chains, through the whole annotator. The input may begin with lines that state the article's fields:
 *
 *     @publisher Harian Senja
 *     @url https://www.example.com/a
 *     @author Antara
 *     @credit Sumber: Reuters           a line that the cleaner set aside
 *     the body …
 *
 * Out comes the chain, nearest first ("Antara > AAP", "-" where there is none); then a line "via NAME: words" for every
 * direct statement that came through a carrier. */
#include "annotate/annotate.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "support/cases.h"

static runut_annotator *annotator;

static void field(runut_arena *arena, runut_article *article, runut_slice line)
{
    size_t blank = runut_slice_find(line, RUNUT_LITERAL(" "), 0);
    runut_slice name = runut_slice_part(line, 1, blank), value = runut_slice_part(line, blank + 1, line.size);
    if (runut_slice_is(name, "publisher"))
        article->publisher = value;
    else if (runut_slice_is(name, "url"))
        article->url = value;
    else if (runut_slice_is(name, "author"))
        RUNUT_PUSH(arena, article->authors, value);
    else if (runut_slice_is(name, "credit"))
        RUNUT_PUSH(arena, article->lines, ((runut_line){.text = value, .role = RUNUT_LINE_CREDIT}));
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_article article = {0};
    runut_slice line;
    while (input.size && input.at[0] == '@' && runut_slice_line(&input, &line))
        field(arena, &article, line);
    article.body = runut_slice_trim(input);
    const runut_annotation *a = runut_annotate(annotator, arena, &article);
    runut_buffer out = runut_buffer_new(arena, 1 << 16);
    for (size_t i = 0; i < a->sources.size; i++) {
        runut_buffer_text(&out, i ? " > " : "");
        runut_buffer_add(&out, a->sources.at[i].name);
    }
    runut_buffer_text(&out, a->sources.size ? "" : "-");
    for (size_t i = 0; i < a->statements.size; i++) {
        const runut_statement *s = &a->statements.at[i];
        if (s->indirect || !s->via.size)
            continue;
        runut_buffer_add(&out, runut_arena_printf(arena, "\nvia %.*s: %.*s", (int)s->via.size, s->via.at,
                                                  (int)(s->span.end - s->span.start), article.body.at + s->span.start));
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    if (runut_annotator_new(&annotator, NULL) != 0)
        return 1;
    int status = runut_cases_main(argc, argv, run);
    runut_annotator_free(annotator);
    return status;
}
