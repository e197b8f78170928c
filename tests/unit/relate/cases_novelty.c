/* Of several invented reports, what the last alone adds: its new sentences. */
#include "base/buffer.h"
#include "relate/pair.h"
#include "support/cases.h"
#include "unit/relate/invented.h"

static runut_slice run(runut_arena *arena, runut_slice input)
{
    const runut_digest *all[8];
    size_t count = 0;
    runut_slice text = {"", 0};
    while (count < 8 && invented_next(&input, &text))
        all[count++] = invented_digest(arena, text);
    runut_spans spans = {0};
    runut_novelty_find(arena, all[count - 1], all, count - 1, &spans);
    runut_slice rest = text; /* the body follows the header lines, as invented_digest reads it */
    for (runut_slice line, after = text, value; runut_slice_line(&after, &line); rest = after)
        if (!invented_key(line, "language", &value) && line.size)
            break;
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (size_t i = 0; i < spans.size; i++) {
        runut_buffer_add(&out, runut_slice_part(rest, spans.at[i].start, spans.at[i].end));
        runut_buffer_byte(&out, '\n');
    }
    return spans.size ? runut_buffer_slice(&out) : RUNUT_LITERAL("none");
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
