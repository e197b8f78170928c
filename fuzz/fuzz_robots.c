/* robots.txt of any bytes; its first line is an address that is asked for. */
#include <stdint.h>
#include <stdlib.h>

#include "base/slice.h"
#include "fetch/robots.h"
#include "fetch/url.h"

static void ask(runut_arena *arena, runut_slice text)
{
    runut_slice line = {"", 0};
    runut_url url;
    runut_slice_line(&text, &line);
    runut_robots robots = runut_robots_read(arena, text, RUNUT_LITERAL("runut"));
    if (robots.delay > 3600000)
        abort();
    if (!runut_url_read(arena, line, &url)) {
        runut_robots_allow(&robots, arena, line);
        return;
    }
    runut_url again; /* its form is the last one */
    if (!runut_slice_starts(url.text, RUNUT_LITERAL("http")) || url.target.size == 0 || url.target.at[0] != '/')
        abort();
    if (url.text.size <= RUNUT_URL_MOST &&
        (!runut_url_read(arena, url.text, &again) || !runut_slice_equal(again.origin, url.origin)))
        abort();
    runut_robots_allow(&robots, arena, url.target);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    runut_arena *arena = runut_arena_new(64 << 20);
    if (arena && RUNUT_ARENA_TRY(arena) == 0)
        ask(arena, (runut_slice){(const char *)bytes, size});
    runut_arena_free(arena);
    return 0;
}
