/* Any bytes as a page: charset, tokenizer, tree, judgement, metadata. What comes out has to be valid UTF-8. */
#include <stdlib.h>

#include "base/utf8.h"
#include "clean/stage.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    runut_arena *arena = runut_arena_new((size_t)256 << 20);
    if (!arena)
        return 0;
    if (RUNUT_ARENA_TRY(arena) == 0) {
        bool binary;
        runut_article article = {.date_from = ""};
        runut_slice text =
            runut_charset_decode(arena, (runut_slice){(const char *)data, size}, (runut_slice){"", 0}, true, &binary);
        runut_clean_page(arena, text, &article);
        if (!runut_utf8_valid(text) || !runut_utf8_valid(article.body) || !runut_utf8_valid(article.headline))
            abort();
        for (size_t i = 0; i < article.authors.size; i++)
            if (!runut_utf8_valid(article.authors.at[i]))
                abort();
    }
    runut_arena_free(arena);
    return 0;
}
