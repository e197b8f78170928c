/* Cases of quotation spans: the input is a body; each quotation comes out on a line, without its marks, line ends as "
 * / "; behind it "(open)" where it has no closing mark, "(goes on)" where the next paragraph opens anew. */
#include "annotate/quotes.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "support/cases.h"

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_quotes quotes = {0};
    runut_buffer out = runut_buffer_new(arena, input.size * 4 + 100);
    runut_quotes_find(arena, input, &quotes);
    for (size_t i = 0; i < quotes.size; i++) {
        const runut_quote *q = &quotes.at[i];
        for (size_t k = q->inner.start; k < q->inner.end; k++)
            runut_buffer_text(&out, input.at[k] == '\n' ? " / " : (char[]){input.at[k], '\0'});
        runut_buffer_text(&out, q->goes_on ? " (goes on)\n" : q->closed ? "\n" : " (open)\n");
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
