/* Quotations and statements of any text. The first byte chooses the language and who counts as a person: the words that
 * begin with a capital, or nobody. */
#include <stdint.h>
#include <stdlib.h>

#include "annotate/stage.h"
#include "base/slice.h"
#include "base/utf8.h"

static void take_names(runut_arena *arena, runut_annotation *a, unsigned kind)
{
    for (size_t i = 0; i < a->tokens.size; i++) {
        if (!a->tokens.at[i].upper)
            continue;
        runut_span span = a->tokens.at[i].span;
        runut_name name = {.kind = (runut_name_kind)((i + kind) % 3),
                           .canonical = runut_slice_part(a->body, span.start, span.end)};
        RUNUT_PUSH(arena, a->names, name);
        RUNUT_PUSH(arena, a->mentions, ((runut_mention){span, (uint32_t)a->names.size - 1}));
    }
}

static void check(const runut_annotation *a)
{
    for (size_t i = 0; i < a->statements.size; i++) {
        const runut_statement *s = &a->statements.at[i];
        if (s->span.start >= s->span.end || s->span.end > a->body.size || !s->why || s->cue.end > a->body.size ||
            s->speaker_span.end > a->body.size || s->speaker_name >= (int32_t)a->names.size)
            abort();
    }
    for (size_t i = 0; i < a->refusals.size; i++)
        if (a->refusals.at[i].span.end > a->body.size || !a->refusals.at[i].why)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"id", "en", "und", "zh", "ja", "fr", "ms", "xx",
                                            "es", "de", "tr",  "pl", "pt", "it", "nl", "ru"};
    static runut_texts *texts;
    static runut_cues *cues;
    texts = texts ? texts : runut_texts_new();
    cues = cues ? cues : runut_cues_new();
    runut_arena *arena = runut_arena_new((size_t)256 << 20);
    if (size == 0 || !texts || !cues || !arena || RUNUT_ARENA_TRY(arena) != 0) {
        runut_arena_free(arena);
        return 0;
    }
    runut_article article = {.body = runut_utf8_repair(arena, (runut_slice){(const char *)data + 1, size - 1})};
    runut_annotation a = {.article = &article, .body = article.body};
    runut_texts_annotate(texts, arena, &a);
    a.language = runut_slice_of(languages[(data[0] & 7) | (data[0] & 0x40 ? 8 : 0)]);
    if (data[0] & 8)
        take_names(arena, &a, data[0] >> 4);
    runut_statements_annotate(cues, arena, &a);
    check(&a);
    runut_arena_free(arena);
    return 0;
}
