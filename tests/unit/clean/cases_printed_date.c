/* Input: lines "LANGUAGE TAB date line" (or "LANGUAGE: date line"). Output: the ISO date and the words it was read
 * from. */
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/stage.h"
#include "support/cases.h"

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_buffer out = runut_buffer_new(arena, 1 << 20);
    runut_slice line;
    while (runut_slice_line(&input, &line)) {
        runut_slice language, printed = {"", 0};
        if (!runut_slice_field(&line, ':', &language) || !line.at)
            continue;
        runut_slice date = runut_printed_date(arena, runut_slice_trim(line), language, &printed);
        runut_buffer_add(&out, date.size ? date : RUNUT_LITERAL("none"));
        if (date.size) {
            runut_buffer_text(&out, " <");
            runut_buffer_add(&out, printed);
            runut_buffer_byte(&out, '>');
        }
        runut_buffer_byte(&out, '\n');
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
