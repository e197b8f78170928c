/* The file in which `watch` remembers, damaged: bytes are laid over a good one. It is refused, or it is used: looked
 * into, and written to. */
#include <stdio.h>
#include <string.h>

#include "folder.h"
#include "store/watch.h"

static char path[64];

static int on_url(void *context, runut_slice url)
{
    *(uint64_t *)context += runut_slice_hash(url);
    return 0;
}

static int use(runut_watch_state *state, runut_arena *arena)
{
    runut_watch_source source;
    runut_watch_page page;
    uint64_t sum = 0;
    int64_t run = 0, time = 0;
    runut_slice feed = RUNUT_LITERAL("https://kabar.example/feed"), link = RUNUT_LITERAL("https://kabar.example/1");
    int code = runut_watch_begin(state, NULL);
    if (code == RUNUT_OK)
        code = runut_watch_next_run(state, &run, NULL);
    if (code == RUNUT_OK)
        code = runut_watch_source_get(state, arena, feed, &source, NULL);
    source.run = run;
    source.etag = RUNUT_LITERAL("\"a\"");
    if (code == RUNUT_OK)
        code = runut_watch_source_put(state, &source, NULL);
    if (code == RUNUT_OK)
        code = runut_watch_page_get(state, arena, link, &page, NULL);
    page.source = feed;
    page.pending = true;
    if (code == RUNUT_OK)
        code = runut_watch_page_put(state, &page, NULL);
    if (code == RUNUT_OK)
        code = runut_watch_pending(state, run, 1, 100, on_url, &sum, NULL);
    if (code == RUNUT_OK)
        code = runut_watch_due(state, run, 1, on_url, &sum, NULL);
    if (code == RUNUT_OK)
        code = runut_watch_earliest(state, run, &time, NULL);
    if (code == RUNUT_OK)
        return runut_watch_commit(state, NULL);
    runut_watch_rollback(state);
    return code;
}

static int look(runut_arena *arena)
{
    runut_watch_state *state = NULL;
    int code = runut_watch_open(path, &state, NULL);
    if (code == RUNUT_OK)
        code = use(state, arena);
    runut_watch_close(state);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut_arena *arena;
    static runut_slice good;
    static char *bad;
    arena = arena ? arena : runut_arena_new(64 << 20);
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        abort();
    if (!good.at) {
        snprintf(path, sizeof path, "%s/s", fuzz_folder());
        fuzz_check(look(arena) == RUNUT_OK);
        good = fuzz_folder_read("s");
        bad = malloc(good.size);
    }
    memcpy(bad, good.at, good.size);
    fuzz_lay(bad, good.size, (runut_slice){(const char *)data, size});
    fuzz_folder_clear();
    fuzz_folder_write("s", (runut_slice){bad, good.size});
    look(arena);
    return 0;
}
