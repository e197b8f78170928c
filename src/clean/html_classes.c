/* Class words. A name is cut at everything that is no letter or digit and where "camelCase" changes case; each part and
 * each two neighbouring parts joined by '-' are looked up, and of an unknown longer word ("sharebar") its beginnings
 * and endings. Pages repeat the same few hundred attribute values, so whole values are remembered. */
#include "base/data.h"
#include "base/map.h"
#include "base/slice.h"
#include "clean/html_tree.h"

enum { MOST_VALUE = 300, MOST_PART = 24, SHORTEST_PIECE = 4, MOST_REMEMBERED = 1 << 16 };

struct runut_html_classes {
    runut_arena *arena;
    runut_map *words; /* word -> set */
    runut_map *seen;  /* whole attribute value -> set */
};

static uint32_t group_named(runut_slice name)
{
    static const char *const names[] = {
#define NAME(id, name) name,
        RUNUT_CLASS_GROUPS(NAME)
#undef NAME
    };
    for (uint32_t i = 0; i < RUNUT_CLASS_COUNT; i++)
        if (runut_slice_is(name, names[i]))
            return (uint32_t)1 << i;
    return 0;
}

runut_html_classes *runut_html_classes_new(runut_arena *arena)
{
    runut_html_classes *self = runut_arena_alloc(arena, sizeof *self);
    *self = (runut_html_classes){arena, runut_map_new(arena), runut_map_new(arena)};
    runut_slice table = runut_data("page_classes.tsv"), fields[5];
    while (runut_data_row(&table, fields, 5)) {
        uint32_t *set = runut_map_put(self->words, fields[0], NULL);
        for (size_t i = 1; i < 5 && fields[i].size; i++)
            *set |= group_named(fields[i]);
    }
    return self;
}

static uint32_t look_up(const runut_html_classes *self, runut_slice word)
{
    const uint32_t *set = word.size ? runut_map_get(self->words, word) : NULL;
    return set ? *set : 0;
}

static uint32_t pieces(const runut_html_classes *self, runut_slice word)
{
    for (size_t size = word.size - 1; size >= SHORTEST_PIECE; size--) {
        uint32_t set = look_up(self, runut_slice_part(word, word.size - size, word.size)) |
                       look_up(self, runut_slice_part(word, 0, size));
        if (set)
            return set;
    }
    return 0;
}

/* Copies the part of `text` at `*at` in lower case to `out`; false at the end. */
static bool next_part(runut_slice text, size_t *at, char *out, size_t *size)
{
    *size = 0;
    while (*at < text.size && !runut_is_alpha((unsigned char)text.at[*at]) &&
           !runut_is_digit((unsigned char)text.at[*at]))
        (*at)++;
    for (; *at < text.size; (*at)++) {
        unsigned char c = (unsigned char)text.at[*at], before = *size ? (unsigned char)text.at[*at - 1] : 'A';
        bool camel = c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z';
        if (camel || (!runut_is_alpha(c) && !runut_is_digit(c)))
            break;
        if (*size < MOST_PART)
            out[(*size)++] = runut_lower(c);
    }
    return *size > 0;
}

static uint32_t compute(const runut_html_classes *self, runut_slice text)
{
    char pair[2 * MOST_PART + 2];
    size_t before = 0, size, at = 0;
    uint32_t set = 0;
    text = runut_slice_part(text, 0, MOST_VALUE);
    while (next_part(text, &at, pair + before + (before != 0), &size)) {
        size_t start = before + (before != 0);
        runut_slice word = {pair + start, size};
        uint32_t found = look_up(self, word);
        if (before) {
            pair[before] = '-';
            found |= look_up(self, (runut_slice){pair, start + size});
        }
        set |= found || size <= SHORTEST_PIECE + 1 ? found : pieces(self, word);
        memmove(pair, word.at, size);
        before = size;
    }
    return set;
}

uint32_t runut_html_classes_of(runut_html_classes *self, runut_slice words)
{
    if (runut_map_size(self->seen) >= MOST_REMEMBERED)
        return compute(self, words);
    bool is_new;
    uint32_t *set = runut_map_put(self->seen, words, &is_new);
    if (is_new)
        *set = compute(self, words);
    return *set;
}
