/* Names of any text. The first byte chooses the language and whether there is a headline. */
#include <stdint.h>
#include <stdlib.h>

#include "annotate/stage.h"
#include "base/slice.h"
#include "base/utf8.h"

static void check_mentions(const runut_annotation *a)
{
    uint32_t behind = 0;
    for (size_t i = 0; i < a->mentions.size; i++) {
        const runut_mention *m = &a->mentions.at[i];
        if (m->span.start < behind || m->span.end <= m->span.start || m->span.end > a->body.size ||
            m->name >= a->names.size)
            abort();
        behind = m->span.end;
    }
}

static void check_names(const runut_annotation *a)
{
    for (size_t i = 0; i < a->names.size; i++) {
        const runut_name *n = &a->names.at[i];
        if (!n->canonical.size || !n->key.size || !n->mentions || n->role_span.end > a->body.size ||
            n->role_span.end - n->role_span.start != n->role.size)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"id", "en", "und", "zh", "de", "fr", "ms", "ru"};
    static runut_texts *texts;
    static runut_names *names;
    texts = texts ? texts : runut_texts_new();
    names = names ? names : runut_names_new();
    runut_arena *arena = runut_arena_new((size_t)256 << 20);
    if (size == 0 || !texts || !names || !arena || RUNUT_ARENA_TRY(arena) != 0) {
        runut_arena_free(arena);
        return 0;
    }
    runut_article article = {.body = runut_utf8_repair(arena, (runut_slice){(const char *)data + 1, size - 1})};
    if (data[0] & 8)
        article.headline = article.publisher = runut_slice_part(article.body, 0, 40);
    runut_annotation a = {.article = &article, .body = article.body};
    runut_texts_annotate(texts, arena, &a);
    a.language = runut_slice_of(languages[data[0] & 7]);
    runut_names_annotate(names, arena, &a);
    check_mentions(&a);
    check_names(&a);
    runut_arena_free(arena);
    return 0;
}
