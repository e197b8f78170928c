/* Any bytes as a page: charset, tokenizer, tree, judgement, metadata. What comes out has to be valid UTF-8. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "clean/stage.h"

static void check(const runut_article *article)
{
    if (!runut_utf8_valid(article->body) || !runut_utf8_valid(article->headline))
        abort();
    for (size_t i = 0; i < article->authors.size; i++)
        if (!runut_utf8_valid(article->authors.at[i]))
            abort();
    for (size_t i = 0; i < article->lines.size; i++)
        if (!runut_utf8_valid(article->lines.at[i].text) || !article->lines.at[i].why)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut_arena *arena; /* one for all runs: a new one each time is a tenth of the work */
    arena = arena ? arena : runut_arena_new((size_t)256 << 20);
    if (!arena)
        return 0;
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) == 0) {
        bool binary;
        runut_article article = {.date_from = ""};
        runut_slice text =
            runut_charset_decode(arena, (runut_slice){(const char *)data, size}, (runut_slice){"", 0}, true, &binary);
        if (!runut_utf8_valid(text))
            abort();
        runut_clean_page(arena, text, &article);
        check(&article);
    }
    return 0;
}
