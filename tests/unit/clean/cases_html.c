/* Cases of the block tree: each block as "tag: text", single line breaks as " / ". */
#include "base/buffer.h"
#include "base/slice.h"
#include "clean/html_tree.h"
#include "support/cases.h"

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_html_tree *tree = runut_html_tree_new(arena, input);
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (size_t i = 0; i < tree->blocks.size; i++) {
        const runut_html_block *b = &tree->blocks.at[i];
        const char *name = runut_html_tag_name((runut_html_tag)tree->nodes.at[b->node].tag);
        runut_buffer_text(&out, *name ? name : "-");
        runut_buffer_text(&out, ": ");
        for (size_t k = 0; k < b->text.size; k++)
            runut_buffer_add(&out, b->text.at[k] == '\n' ? RUNUT_LITERAL(" / ") : runut_slice_part(b->text, k, k + 1));
        runut_buffer_text(&out, "\n");
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
