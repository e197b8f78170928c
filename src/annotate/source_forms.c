/* The forms of carriers' names: what writing binds to them, and what their spellings share. */
#include "annotate/sources.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"

/* What may be bound to a name in writing: endings of Cyrillic cases, particles behind Hangul and before Arabic. */
static const char *const *affixes_of(unsigned char lead, size_t *size)
{
    static const char *const cyrillic[] = {"а", "у", "е", "ы", "и", "ю", "я", "ом", "ем", "ою", "ові", "ой", "ів"};
    static const char *const arabic[] = {"و", "ل", "ب", "ك", "ف", "ول", "وب"};
    static const char *const hangul[] = {"은",   "는",   "이", "가", "을",   "를",   "의",     "에",     "와",
                                         "과",   "도",   "로", "측", "에서", "에게", "와의",   "과의",   "에는",
                                         "에도", "으로", "발", "엔", "측은", "측이", "에서는", "에서도", "통신은"};
    const char *const *affixes = lead == 0xD0 || lead == 0xD1   ? cyrillic
                                 : lead >= 0xD8 && lead <= 0xDB ? arabic
                                 : lead >= 0xEA && lead <= 0xED ? hangul
                                                                : NULL;
    *size = affixes == cyrillic ? sizeof cyrillic / sizeof *cyrillic
            : affixes == arabic ? sizeof arabic / sizeof *arabic
            : affixes == hangul ? sizeof hangul / sizeof *hangul
                                : 0;
    return affixes;
}

bool runut_agencies_is_affix(runut_slice part)
{
    size_t size;
    const char *const *affixes = affixes_of(0xEA, &size);
    for (size_t i = 0; i < size; i++)
        if (runut_slice_is(part, affixes[i]))
            return true;
    return false;
}

/* The slot of `key` in `map`, without an affix where it is not there as it is; *lead and *trail tell what was cut. */
const uint32_t *runut_source_bare(const runut_map *map, runut_slice key, size_t *lead, size_t *trail)
{
    enum { LEAST = 4 };
    *lead = *trail = 0;
    const uint32_t *found = runut_map_get(map, key);
    if (found || key.size < LEAST)
        return found;
    size_t size;
    unsigned char script = (unsigned char)key.at[0];
    const char *const *affixes = affixes_of(script, &size);
    bool before = script <= 0xDB;
    before = before && script >= 0xD8;
    for (size_t i = 0; i < size && !found; i++) {
        runut_slice affix = runut_slice_of(affixes[i]);
        if (key.size < affix.size + LEAST || !(before ? runut_slice_starts(key, affix) : runut_slice_ends(key, affix)))
            continue;
        *lead = before ? affix.size : 0;
        *trail = before ? 0 : affix.size;
        found = runut_map_get(map, runut_slice_part(key, *lead, key.size - *trail));
    }
    return found;
}

/* Offset of the top-level domains that end `name` ("kompas.co.id" → 6), or its size. */
static size_t host_end(runut_slice name)
{
    static const char *const ends[] = {".com", ".co",  ".net", ".org", ".id", ".my", ".info", ".news", ".tv",
                                       ".sg",  ".uk",  ".au",  ".de",  ".fr", ".us", ".asia", ".go",   ".or",
                                       ".web", ".edu", ".in",  ".jp",  ".kr", ".ru", ".nl",   ".es",   ".it",
                                       ".br",  ".ph",  ".th",  ".vn",  ".la", ".nz", ".ca",   ".me",   ".io",
                                       ".ie",  ".eu",  ".pt",  ".mx",  ".ar", ".pl", ".cn",   ".hk",   ".tw"};
    for (size_t cut = 0; cut < 2; cut++)
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            runut_slice end = runut_slice_of(ends[i]);
            if (name.size > end.size && runut_slice_ends(name, end)) {
                name.size -= end.size;
                break;
            }
        }
    return name.size;
}

runut_slice runut_agencies_key(runut_arena *arena, runut_slice name)
{
    runut_slice folded = runut_utf8_fold(arena, runut_slice_trim(name));
    if (runut_slice_starts(folded, RUNUT_LITERAL("www.")))
        folded = runut_slice_part(folded, 4, folded.size);
    else if (runut_slice_starts(folded, RUNUT_LITERAL("the ")))
        folded = runut_slice_part(folded, 4, folded.size);
    folded.size = host_end(folded);
    runut_buffer key = runut_buffer_new(arena, 256);
    for (size_t i = 0; i < folded.size;) {
        uint32_t code = runut_utf8_next(folded, &i);
        if (runut_code_is_letter(code) || runut_code_is_digit(code))
            runut_buffer_code(&key, code);
    }
    return runut_buffer_slice(&key);
}
