/* A user's table of agencies (--agencies), then, behind a record separator, a text that is read with it. A table that
 * is refused is refused with the line that is wrong. */
#include "annotate/annotation.h"
#include "annotate/stage.h"
#include "base/utf8.h"
#include "support.h"

enum { RUNS = 32 };

static void annotate(runut_agencies *agencies, runut_arena *arena, runut_slice text)
{
    static runut_texts *texts;
    texts = texts ? texts : runut_texts_new();
    runut_article article = {.body = runut_utf8_repair(arena, text)};
    runut_annotation a = {.article = &article, .body = article.body};
    runut_texts_annotate(texts, arena, &a);
    runut_sources_annotate(agencies, arena, &a);
    for (size_t i = 0; i < a.sources.size; i++)
        fuzz_check(runut_utf8_valid(a.sources.at[i].name) && a.sources.at[i].span.start <= a.sources.at[i].span.end &&
                   a.sources.at[i].span.end <= a.body.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut_arena *arena;
    static runut_agencies *agencies;
    static unsigned runs;
    runut_slice input = {(const char *)data, size}, table = {"", 0};
    runut_error error = {0};
    arena = arena ? arena : runut_arena_new((size_t)256 << 20);
    runut_arena_reset(arena);
    if (runs++ % RUNS == 0) { /* what is built in takes long to load */
        runut_agencies_free(agencies);
        agencies = runut_agencies_new();
    }
    fuzz_check(agencies != NULL);
    fuzz_part(&input, 0x1E, &table);
    int code = runut_agencies_add(agencies, table, &error);
    fuzz_check(code == RUNUT_OK ||
               (code == RUNUT_ERR_USE && error.record > 0 && error.byte <= table.size + 1)); /* from 1 */
    if (RUNUT_ARENA_TRY(arena) != 0)
        abort();
    if (code == RUNUT_OK)
        annotate(agencies, arena, input);
    return 0;
}
