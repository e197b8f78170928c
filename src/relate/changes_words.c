/* Two sentences word by word: their longest common subsequence, by the plain table, which is small for sentences. In
 * one of more than MOST words only what begins and ends alike is found. */
#include "base/slice.h"
#include "base/utf8.h"
#include "relate/changes.h"

enum { MOST = 200 };

/* Letters of scripts that put no blanks between words. */
static bool is_alone(uint32_t code)
{
    return (code >= 0x0E00 && code < 0x1000) || (code >= 0x1780 && code < 0x1800) ||
           (code >= 0x2E80 && code < 0xA4D0) || (code >= 0xF900 && code < 0xFB00) ||
           (code >= 0x20000 && code < 0x40000);
}

static void add(runut_arena *arena, runut_slice body, size_t start, size_t end, runut_changed_words *out)
{
    if (start == end)
        return;
    runut_changed_word *word = RUNUT_APPEND(arena, *out);
    word->span = (runut_span){(uint32_t)start, (uint32_t)end};
    word->hash = runut_slice_hash(runut_slice_part(body, start, end));
}

void runut_changed_words_of(runut_arena *arena, runut_slice body, runut_span span, runut_changed_words *out)
{
    runut_slice text = runut_slice_part(body, 0, span.end);
    size_t start = span.start;
    for (size_t at = start; at < text.size;) {
        size_t before = at;
        uint32_t code = runut_utf8_next(text, &at);
        bool space = runut_code_is_space(code), alone = !space && is_alone(code);
        if (!space && !alone)
            continue;
        add(arena, body, start, before, out);
        if (alone)
            add(arena, body, before, at, out);
        start = at;
    }
    add(arena, body, start < text.size ? start : text.size, text.size, out);
}

/* From the first byte of the words [from, to) to the last; where there are none, the place behind the word before. */
static runut_span span_of(const runut_changed_word *words, size_t count, size_t from, size_t to, runut_span whole)
{
    if (from < to)
        return (runut_span){words[from].span.start, words[to - 1].span.end};
    uint32_t place = from > 0 ? words[from - 1].span.end : count ? words[0].span.start : whole.start;
    return (runut_span){place, place};
}

typedef struct comparing {
    runut_arena *arena;
    const runut_changed_word *a, *b; /* older, newer */
    size_t a_count, b_count;
    runut_change *change;
} comparing;

static void put(const comparing *self, size_t a, size_t a_end, size_t b, size_t b_end)
{
    if (a == a_end && b == b_end)
        return;
    runut_aligned one = {span_of(self->b, self->b_count, b, b_end, self->change->here),
                         span_of(self->a, self->a_count, a, a_end, self->change->there)};
    RUNUT_PUSH(self->arena, self->change->words, one);
}

/* length[i][k]: of the longest common subsequence of the older words from i on and the newer ones from k on. */
static void compare_middle(const comparing *self, size_t from, size_t a_end, size_t b_end)
{
    size_t rows = a_end - from, columns = b_end - from, width = columns + 1;
    uint16_t *length = runut_arena_alloc(self->arena, (rows + 1) * width * sizeof *length);
    for (size_t i = rows; i-- > 0;)
        for (size_t k = columns; k-- > 0;) {
            uint16_t down = length[(i + 1) * width + k], right = length[i * width + k + 1];
            bool same = self->a[from + i].hash == self->b[from + k].hash;
            length[i * width + k] = same           ? (uint16_t)(length[(i + 1) * width + k + 1] + 1)
                                    : down > right ? down
                                                   : right;
        }
    size_t i = 0, k = 0, a = 0, b = 0; /* a, b: where the difference in hand begins */
    while (i < rows && k < columns) {
        if (self->a[from + i].hash != self->b[from + k].hash) {
            bool down = length[(i + 1) * width + k] >= length[i * width + k + 1];
            i += down;
            k += !down;
            continue;
        }
        put(self, from + a, from + i, from + b, from + k);
        a = ++i;
        b = ++k;
    }
    put(self, from + a, a_end, from + b, b_end);
}

void runut_changed_words_compare(runut_arena *arena, const runut_changed_word *older, size_t older_count,
                                 const runut_changed_word *newer, size_t newer_count, runut_change *change)
{
    const comparing self = {arena, older, newer, older_count, newer_count, change};
    size_t from = 0, a = older_count, b = newer_count;
    while (from < a && from < b && older[from].hash == newer[from].hash)
        from++;
    while (a > from && b > from && older[a - 1].hash == newer[b - 1].hash) {
        a--;
        b--;
    }
    if (a - from <= MOST && b - from <= MOST)
        compare_middle(&self, from, a, b);
    else
        put(&self, from, a, from, b);
}
