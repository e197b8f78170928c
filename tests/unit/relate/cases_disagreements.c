/* What two invented reports of one event disagree on: "contradiction dead: 17 | nine". */
#include "base/buffer.h"
#include "relate/pair.h"
#include "support/cases.h"
#include "unit/relate/invented.h"

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_slice first = {"", 0}, second = {"", 0};
    invented_next(&input, &first);
    invented_next(&input, &second);
    runut_disagreements found = {0};
    runut_disagreements_find(arena, invented_digest(arena, first), invented_digest(arena, second), &found);
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (size_t i = 0; i < found.size; i++) {
        const runut_disagreement *d = &found.at[i];
        runut_buffer_text(&out, d->development ? "development " : "contradiction ");
        runut_buffer_add(&out, d->about);
        runut_buffer_text(&out, ": ");
        runut_buffer_add(&out, d->value);
        runut_buffer_text(&out, " | ");
        runut_buffer_add(&out, d->other_value);
        runut_buffer_byte(&out, '\n');
    }
    return found.size ? runut_buffer_slice(&out) : RUNUT_LITERAL("none");
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
