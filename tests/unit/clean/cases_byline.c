/* A line in, "writer NAME" / "editor NAME" / "outlet NAME" lines out; "label only", "desk" or "none" where there is no
 * name. A first line "initials" reads the brackets at the line's end instead. */
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/byline.h"
#include "support/cases.h"

static void print_all(runut_buffer *out, const char *kind, const runut_slices *names)
{
    for (size_t i = 0; i < names->size; i++) {
        runut_buffer_text(out, kind);
        runut_buffer_add(out, names->at[i]);
        runut_buffer_byte(out, '\n');
    }
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_buffer out = runut_buffer_new(arena, 1 << 20);
    runut_slice line;
    while (runut_slice_line(&input, &line)) {
        runut_byline byline;
        runut_slices initials = {0};
        if (runut_byline_initials(arena, line, &initials, NULL)) {
            print_all(&out, "initials ", &initials);
        } else if (!runut_byline_read(arena, line, &byline)) {
            runut_buffer_text(&out, "none\n");
        } else {
            print_all(&out, "writer ", &byline.writers);
            print_all(&out, "editor ", &byline.editors);
            if (byline.outlet.size)
                print_all(&out, "outlet ", &(runut_slices){&byline.outlet, 1, 1});
            if (byline.only_label)
                runut_buffer_text(&out, "label only\n");
            else if (!byline.writers.size && !byline.editors.size)
                runut_buffer_text(&out, "nobody\n");
        }
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
