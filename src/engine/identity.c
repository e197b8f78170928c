/* What makes two captures the same one: the hash of all that they hold. */
#define XXH_STATIC_LINKING_ONLY /* the state on the stack */
#include <xxhash.h>

#include "base/buffer.h"
#include "engine/internal.h"

runut_slice runut_capture_hash(runut_arena *arena, const runut_capture *c)
{
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    const runut_slice parts[] = {c->id, c->url, c->headline, c->publisher, c->date_published, c->bytes};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        uint64_t size = parts[i].size;
        XXH3_128bits_update(&state, &size, sizeof size);
        XXH3_128bits_update(&state, parts[i].at, parts[i].size);
    }
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state));
    return runut_arena_copy(arena, (runut_slice){(const char *)canonical.digest, sizeof canonical.digest});
}

static runut_slice hexadecimal(runut_arena *arena, runut_slice bytes)
{
    runut_buffer out = runut_buffer_new(arena, 64);
    for (size_t i = 0; i < bytes.size; i++) {
        runut_buffer_byte(&out, "0123456789abcdef"[(unsigned char)bytes.at[i] >> 4]);
        runut_buffer_byte(&out, "0123456789abcdef"[(unsigned char)bytes.at[i] & 15]);
    }
    return runut_buffer_slice(&out);
}

runut_slice runut_capture_name(runut_arena *arena, const runut_capture *capture, runut_slice hash)
{
    enum { MOST_NAME = 400 };
    runut_slice name = capture->id;
    if (name.size > MOST_NAME)
        for (name.size = MOST_NAME; name.size && ((unsigned char)name.at[name.size] & 0xC0) == 0x80;)
            name.size--;
    return name.size ? runut_arena_copy(arena, name) : hexadecimal(arena, hash);
}
