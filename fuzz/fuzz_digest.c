/* Any bytes as a digest, as a damaged store might hold them. What is accepted has to survive being written and read
 * again, and to be related to itself and to one more without harm. */
#include <stdint.h>
#include <stdlib.h>

#include "base/slice.h"
#include "relate/digest.h"
#include "relate/relate.h"

static runut_slice again(runut_arena *arena, runut_slice bytes)
{
    runut_digest *digest;
    if (runut_digest_decode(arena, bytes, false, &digest, NULL) != RUNUT_OK)
        return (runut_slice){"", 0};
    return runut_digest_encode(arena, digest);
}

static void relate(runut_arena *arena, runut_slice bytes, runut_slice copy)
{
    runut_relater *relater;
    runut_changes changes = {0};
    if (runut_relater_new(&relater, NULL) != RUNUT_OK)
        return;
    if (runut_relater_load(relater, 1, bytes, 1, 1, 0, NULL) != RUNUT_OK ||
        runut_relater_add(relater, 2, copy, NULL) != RUNUT_OK ||
        runut_relater_add(relater, 3, bytes, NULL) != RUNUT_OK ||
        runut_relater_settle(relater, arena, &changes, NULL) != RUNUT_OK)
        abort();
    runut_relater_free(relater);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    runut_arena *arena = runut_arena_new((size_t)256 << 20);
    if (!arena || RUNUT_ARENA_TRY(arena) != 0)
        abort(); /* a digest may not ask for much more than its size */
    runut_slice bytes = {(const char *)data, size}, copy = again(arena, bytes);
    if (copy.size) {
        if (!runut_slice_equal(again(arena, copy), copy))
            abort();
        relate(arena, bytes, copy);
    }
    runut_arena_free(arena);
    return 0;
}
