/* Who took the text from whom, of two invented articles: "second: rewrite (credits Kabar Muara)". */
#include "base/buffer.h"
#include "relate/pair.h"
#include "support/cases.h"
#include "unit/relate/invented.h"

static runut_slice run(runut_arena *arena, runut_slice input)
{
    static const char *const kinds[] = {"reprint", "rewrite", "translation"};
    runut_slice first = {"", 0}, second = {"", 0};
    invented_next(&input, &first);
    invented_next(&input, &second);
    runut_digest *a = invented_digest(arena, first), *b = invented_digest(arena, second);
    runut_reuse reuse = {0}, turned = {0};
    int who = runut_reuse_judge(arena, a, b, true, &reuse), other = runut_reuse_judge(arena, b, a, false, &turned);
    if (who != -other || (who && reuse.kind != turned.kind))
        return RUNUT_LITERAL("depends on the order");
    if (who == 0)
        return RUNUT_LITERAL("none");
    return runut_arena_printf(arena, "%s: %s (%.*s)", who < 0 ? "first" : "second", kinds[reuse.kind],
                              (int)reuse.why.size, reuse.why.at);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
