/* Any bytes in any charset: what is decoded has to be valid UTF-8. The first byte chooses what the container declares
 * and whether it is a page; a meta element in the bytes declares too. */
#include <stdint.h>
#include <stdlib.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "clean/stage.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const declared[] = {
        "",       "utf-8",       "windows-1252", "iso-8859-1", "utf-16", "utf-16be",     "gb18030",     "shift_jis",
        "koi8-r", "iso-2022-jp", "big5",         "euc-kr",     "utf-7",  "windows-1256", "windows-874", "no such one"};
    static runut_arena *arena;
    arena = arena ? arena : runut_arena_new((size_t)256 << 20);
    if (size == 0 || !arena)
        return 0;
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) == 0) {
        bool binary;
        runut_slice bytes = {(const char *)data + 1, size - 1};
        if (!runut_utf8_valid(
                runut_charset_decode(arena, bytes, runut_slice_of(declared[data[0] & 15]), data[0] & 16, &binary)))
            abort();
    }
    return 0;
}
