/* Dates of any text. The first byte chooses the language and whether a date is stated. */
#include <stdint.h>
#include <stdlib.h>

#include "annotate/stage.h"
#include "base/slice.h"
#include "base/utf8.h"

static void check(const runut_annotation *a)
{
    const runut_dates *d = &a->dates;
    for (size_t i = 0; i < d->evidence.size; i++)
        if (d->evidence.at[i].span.end > a->body.size || d->evidence.at[i].span.start > d->evidence.at[i].span.end ||
            !d->evidence.at[i].says.size)
            abort();
    for (size_t i = 0; i < d->mentioned.size; i++)
        if (d->mentioned.at[i].span.start >= d->mentioned.at[i].span.end || d->mentioned.at[i].span.end > a->body.size)
            abort();
    if (d->conflict && !d->conflict_text.size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"id", "en", "und", "zh", "de", "fr", "ms", "ru"};
    static runut_texts *texts;
    static runut_calendar *calendar;
    texts = texts ? texts : runut_texts_new();
    calendar = calendar ? calendar : runut_calendar_new();
    runut_arena *arena = runut_arena_new((size_t)256 << 20);
    if (size == 0 || !texts || !calendar || !arena || RUNUT_ARENA_TRY(arena) != 0) {
        runut_arena_free(arena);
        return 0;
    }
    runut_article article = {.body = runut_utf8_repair(arena, (runut_slice){(const char *)data + 1, size - 1})};
    if (data[0] & 8) {
        article.date_published = RUNUT_LITERAL("2023-08-21");
        article.date_printed = runut_slice_part(article.body, 0, 40);
    }
    runut_annotation a = {.article = &article, .body = article.body};
    runut_texts_annotate(texts, arena, &a);
    a.language = runut_slice_of(languages[data[0] & 7]);
    runut_dates_annotate(calendar, arena, &a);
    check(&a);
    runut_arena_free(arena);
    return 0;
}
