/* Facts of an invented article, one a line: "17 → 17 dead", with "~" for about, "#" for ordinals, "aside". */
#include "base/buffer.h"
#include "relate/pair.h"
#include "support/cases.h"
#include "unit/relate/invented.h"

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_digest *d = invented_digest(arena, input);
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (size_t i = 0; i < d->facts.size; i++) {
        const runut_fact *f = &d->facts.at[i];
        runut_buffer_add(&out, f->text);
        runut_buffer_add(&out, runut_arena_printf(arena, " = %s%s%.10g", f->approximate ? "~" : "",
                                                  f->ordinal ? "#" : "", f->value));
        runut_buffer_text(&out, f->subject ? " " : " ? ");
        runut_buffer_add(&out, f->about);
        runut_buffer_text(&out, f->nature & RUNUT_FACT_ASIDE ? " (aside)\n" : "\n");
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
