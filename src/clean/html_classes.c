/* Class words. A name is cut at everything that is no letter or digit and where "camelCase" changes case; each part and
 * each two neighbouring parts joined by '-' are looked up, and of an unknown longer word ("sharebar") its beginnings
 * and endings. Pages repeat the same few hundred attribute values, and values the same words, so both are
 * remembered. */
#include "base/data.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/vector.h"
#include "clean/html_tree.h"

enum { MOST_VALUE = 300, MOST_PART = 24, SHORTEST_PIECE = 4, MOST_REMEMBERED = 1 << 16 };

/* What is known of one word. */
typedef struct class_word {
    uint32_t set;    /* of the word as it is */
    uint32_t pieces; /* of its beginnings and endings */
    bool has_pieces; /* `pieces` is known */
} class_word;

struct runut_html_classes {
    runut_arena *arena;
    const runut_table *table;
    runut_map *seen;  /* whole attribute value -> set */
    runut_map *words; /* word as it is spelled -> its place in `known` */
    RUNUT_VECTOR(class_word) known;
    class_word spare; /* where no more are remembered */
};

static uint32_t group_named(runut_slice name)
{
    static const runut_slice names[] = {
#define NAME(id, name) {name, sizeof(name) - 1},
        RUNUT_CLASS_GROUPS(NAME)
#undef NAME
    };
    for (uint32_t i = 0; i < RUNUT_CLASS_COUNT; i++)
        if (runut_slice_equal(name, names[i]))
            return (uint32_t)1 << i;
    return 0;
}

runut_html_classes *runut_html_classes_new(runut_arena *arena)
{
    runut_html_classes *self = runut_arena_alloc(arena, sizeof *self);
    *self = (runut_html_classes){.arena = arena,
                                 .table = runut_data_table("page_classes.tsv"),
                                 .seen = runut_map_new(arena),
                                 .words = runut_map_new(arena)};
    return self;
}

static uint32_t look_up(const runut_html_classes *self, runut_slice word)
{
    runut_slice fields[5];
    uint32_t set = 0;
    if (word.size && runut_data_find(self->table, word, fields, 5))
        for (size_t i = 1; i < 5 && fields[i].size; i++)
            set |= group_named(fields[i]);
    return set;
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

/* Copies the part of `text` at `*at` in lower case to `out`, as it stands to `part`; false at the end. */
static bool next_part(runut_slice text, size_t *at, char *out, runut_slice *part)
{
    size_t size = 0;
    while (*at < text.size && !runut_is_alpha((unsigned char)text.at[*at]) &&
           !runut_is_digit((unsigned char)text.at[*at]))
        (*at)++;
    size_t start = *at;
    for (; *at < text.size; (*at)++) {
        unsigned char c = (unsigned char)text.at[*at], before = size ? (unsigned char)text.at[*at - 1] : 'A';
        bool camel = c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z';
        if (camel || (!runut_is_alpha(c) && !runut_is_digit(c)))
            break;
        if (size < MOST_PART)
            out[size++] = runut_lower(c);
    }
    *part = runut_slice_part(text, start, start + size);
    return size > 0;
}

/* `part` as it is spelled in the page, `word` in lower case. Valid until the next one is asked for. */
static class_word *known_word(runut_html_classes *self, runut_slice part, runut_slice word)
{
    bool is_new;
    if (runut_map_size(self->words) >= MOST_REMEMBERED) {
        self->spare = (class_word){.set = look_up(self, word)};
        return &self->spare;
    }
    uint32_t *at = runut_map_put(self->words, part, &is_new);
    if (is_new) {
        class_word fresh = {.set = look_up(self, word)};
        RUNUT_PUSH(self->arena, self->known, fresh);
        *at = (uint32_t)self->known.size - 1;
    }
    return &self->known.at[*at];
}

static uint32_t pieces_of(const runut_html_classes *self, class_word *known, runut_slice word)
{
    if (!known->has_pieces)
        known->pieces = pieces(self, word);
    known->has_pieces = true;
    return known->pieces;
}

static uint32_t compute(runut_html_classes *self, runut_slice text)
{
    char pair[2 * MOST_PART + 2];
    size_t before = 0, at = 0;
    uint32_t set = 0;
    text = runut_slice_part(text, 0, MOST_VALUE);
    for (runut_slice part; next_part(text, &at, pair + before + (before != 0), &part); before = part.size) {
        size_t start = before + (before != 0);
        runut_slice word = {pair + start, part.size};
        class_word *known = known_word(self, part, word);
        uint32_t found = known->set;
        if (before) {
            pair[before] = '-';
            found |= look_up(self, (runut_slice){pair, start + word.size});
        }
        set |= found || word.size <= SHORTEST_PIECE + 1 ? found : pieces_of(self, known, word);
        memmove(pair, word.at, word.size);
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
