/* The common words of one language ("the", "yang"), those of data/stopwords.tsv: an open-addressing set. Every word of
 * every article is asked for, so the table is not searched but read once a language; its lines are sorted, those of a
 * language are found by halving. */
#include "base/data.h"
#include "base/slice.h"
#include "relate/digest_parts.h"

typedef struct common_word {
    uint64_t hash;
    runut_slice word; /* at == NULL = free */
} common_word;

struct runut_common_words {
    common_word *slots;
    size_t mask; /* how many there are, less one; two for each word at least */
};

/* Start of the line that holds offset `i`. */
static size_t line_start(runut_slice table, size_t i)
{
    while (i > 0 && table.at[i - 1] != '\n')
        i--;
    return i;
}

static size_t line_end(runut_slice table, size_t start)
{
    const char *end = start < table.size ? memchr(table.at + start, '\n', table.size - start) : NULL;
    return end ? (size_t)(end - table.at) : table.size;
}

/* Offset of the first line that is `line` or comes after it. */
static size_t first_from(runut_slice table, runut_slice line)
{
    size_t low = 0, high = table.size;
    while (low < high) {
        size_t start = line_start(table, low + (high - low) / 2), end = line_end(table, start);
        if (runut_slice_order(runut_slice_part(table, start, end), line) < 0)
            low = end + 1 < high ? end + 1 : high;
        else
            high = start;
    }
    return low;
}

static common_word *find(const runut_common_words *self, runut_slice word, uint64_t hash)
{
    size_t i = (size_t)hash & self->mask;
    while (self->slots[i].word.at && !(self->slots[i].hash == hash && runut_slice_equal(self->slots[i].word, word)))
        i = (i + 1) & self->mask;
    return &self->slots[i];
}

const runut_common_words *runut_common_words_new(runut_arena *arena, runut_slice language)
{
    enum { LEAST = 64 };
    runut_common_words *self = runut_arena_alloc(arena, sizeof *self);
    runut_slice table = runut_data("stopwords.tsv"), line,
                prefix = runut_arena_printf(arena, "%.*s\t", language.size < 9 ? (int)language.size : 0, language.at);
    size_t capacity = LEAST, words = 0;
    runut_slice first = runut_slice_part(table, first_from(table, prefix), table.size), rest = first;
    while (runut_slice_field(&rest, '\n', &line) && runut_slice_starts(line, prefix))
        words++;
    while (capacity < 2 * words)
        capacity *= 2;
    self->mask = capacity - 1;
    self->slots = runut_arena_alloc(arena, capacity * sizeof *self->slots);
    while (prefix.size > 1 && words-- > 0 && runut_slice_field(&first, '\n', &line)) {
        runut_slice word = runut_slice_part(line, prefix.size, line.size);
        uint64_t hash = runut_slice_hash(word);
        *find(self, word, hash) = (common_word){hash, word};
    }
    return self;
}

bool runut_common_words_have(const runut_common_words *self, runut_slice folded, uint64_t hash)
{
    return find(self, folded, hash)->word.at != NULL;
}
