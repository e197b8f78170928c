/* A text capture all the way through cleaning, annotating and the digest. Every span has to lie within the body. */
#include <stdint.h>
#include <stdlib.h>

#include "annotate/annotate.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "relate/digest.h"

static void check_span(const runut_annotation *a, runut_span span)
{
    if (span.start > span.end || span.end > a->body.size ||
        !runut_utf8_valid(runut_slice_part(a->body, span.start, span.end)))
        abort();
}

static void check(const runut_annotation *a)
{
    if (!runut_utf8_valid(a->body) || !runut_utf8_valid(a->article->headline))
        abort();
    for (size_t i = 0; i < a->sentences.size; i++)
        check_span(a, a->sentences.at[i].span);
    for (size_t i = 0; i < a->tokens.size; i++)
        check_span(a, a->tokens.at[i].span);
    for (size_t i = 0; i < a->mentions.size; i++) {
        check_span(a, a->mentions.at[i].span);
        if (a->mentions.at[i].name >= a->names.size)
            abort();
    }
    for (size_t i = 0; i < a->names.size; i++)
        if (!runut_utf8_valid(a->names.at[i].canonical) || !runut_utf8_valid(a->names.at[i].key))
            abort();
    for (size_t i = 0; i < a->statements.size; i++) {
        check_span(a, a->statements.at[i].span);
        if (!runut_utf8_valid(a->statements.at[i].speaker))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut_annotator *annotator;
    runut_article article;
    runut_digest *digest;
    runut_capture capture = {.kind = RUNUT_CAPTURE_TEXT, .bytes = {(const char *)data, size}};
    if (!annotator && runut_annotator_new(&annotator, NULL) != RUNUT_OK)
        abort();
    static runut_arena *arena; /* one for all runs */
    arena = arena ? arena : runut_arena_new((size_t)512 << 20);
    if (!arena)
        return 0;
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        abort();
    if (runut_clean(arena, &capture, &article, NULL) == RUNUT_OK) {
        runut_annotation *annotation = runut_annotate(annotator, arena, &article);
        check(annotation);
        runut_slice bytes = runut_digest_encode(arena, runut_digest_make(NULL, arena, annotation));
        if (runut_digest_decode(arena, bytes, false, &digest, NULL) != RUNUT_OK)
            abort();
    }
    return 0;
}
