/* What the words of the running text say about the other lines. A headline shares its longer words with the text, a
 * menu does not; a biography in another language shares not even the small words. No list of stop words is needed: the
 * commonest words of the text itself are its small words. */
#include "base/map.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/plain.h"

enum { MOST_BYTES = 1 << 18, MOST_LINE = 4000, COMMONEST = 30, LEAST_RUNNING = 60, RUNNING_WORDS = 12 };

/* The next word of `text` at `*at`: a run of letters and digits, or two characters of a script without blanks. */
static bool next_word(runut_slice text, size_t *at, runut_slice *word, size_t *letters)
{
    *letters = 0;
    for (size_t i = *at, start = 0; i < text.size;) {
        size_t here = i;
        uint32_t code = runut_utf8_next(text, &i);
        bool solid = code >= 0x2E80 && code < 0xA000;
        if (solid && i < text.size) {
            size_t second = i;
            uint32_t next = runut_utf8_next(text, &second);
            *at = i; /* windows of two overlap */
            *word = runut_slice_part(text, here, second);
            *letters = 4;
            if (next >= 0x2E80 && next < 0xA000)
                return true;
            continue;
        }
        bool inside = runut_code_is_letter(code) || runut_code_is_digit(code);
        if (inside && *letters == 0)
            start = here;
        *letters += inside;
        if (*letters && (!inside || i >= text.size)) {
            *at = i;
            *word = runut_slice_part(text, start, inside ? i : here);
            return true;
        }
        if (!inside)
            *at = i;
    }
    *at = text.size;
    return false;
}

static bool is_running(const runut_plain_line *line)
{
    return line->words >= RUNNING_WORDS && (line->stop || line->words >= 40) && line->separators < 3;
}

static runut_slice words_of(runut_arena *arena, const runut_plain_line *line)
{
    if (line->text.size <= 400)
        return line->folded;
    return runut_utf8_fold(arena, runut_slice_part(line->text, 0, MOST_LINE));
}

/* The count that a word must reach to be among the COMMONEST. */
static uint32_t threshold(const uint32_t *counts, size_t size)
{
    size_t histogram[64] = {0}, above = 0;
    for (size_t i = 0; i < size; i++)
        histogram[counts[i] < 63 ? counts[i] : 63]++;
    for (uint32_t count = 63; count > 2; count--) {
        above += histogram[count];
        if (above >= COMMONEST)
            return count;
    }
    return 2;
}

typedef struct vocabulary {
    runut_map *words; /* to an index into counts */
    RUNUT_VECTOR(uint32_t) counts;
    size_t running;
} vocabulary;

static void learn(runut_plain *self, vocabulary *all)
{
    size_t bytes = 0;
    for (size_t i = 0; i < self->size && bytes < MOST_BYTES; i++) {
        if (!is_running(&self->lines[i]))
            continue;
        runut_slice text = words_of(self->arena, &self->lines[i]), word;
        bytes += text.size;
        for (size_t at = 0, letters; next_word(text, &at, &word, &letters); all->running++) {
            bool is_new;
            uint32_t *index = runut_map_put(all->words, word, &is_new);
            if (is_new) {
                *index = (uint32_t)all->counts.size;
                RUNUT_PUSH(self->arena, all->counts, 0);
            }
            all->counts.at[*index]++;
        }
    }
}

static void compare(const runut_plain *self, runut_plain_line *line, const vocabulary *all, uint32_t least)
{
    runut_slice text = words_of(self->arena, line), word;
    size_t words = 0, common = 0, longer = 0, shared = 0;
    bool running = is_running(line);
    for (size_t at = 0, letters; next_word(text, &at, &word, &letters) && words < 400; words++) {
        uint32_t *index = runut_map_get(all->words, word);
        uint32_t count = index ? all->counts.at[*index] : 0;
        common += count >= least;
        longer += letters >= 4;
        shared += letters >= 4 && count > (running ? 1u : 0u);
    }
    line->common = words && all->running >= LEAST_RUNNING ? (float)common / (float)words : -1.0f;
    line->shared = longer ? (float)shared / (float)longer : 0.0f;
}

void runut_plain_count(runut_plain *self)
{
    vocabulary all = {.words = runut_map_new(self->arena)};
    learn(self, &all);
    uint32_t least = threshold(all.counts.at, all.counts.size);
    for (size_t i = 0; i < self->size; i++)
        compare(self, &self->lines[i], &all, least);
}
