/* Hard-wrapped text: paragraphs broken into lines of one width, as mail and text browsers write them. Its lines must
 * be joined before anything can be said of them, since none of them is a sentence.
 *
 * In wrapped text a line ends where its next word would not have fitted. So the width is where most lines end (within
 * SLACK), hardly a line is longer, at most of these ends the next line's first word would indeed not have fitted, and
 * many part a sentence; paragraphs as single lines, menus and verse show no such thing. Where all of this holds, each
 * line that is full in that sense is joined with the one after it. Linear: one histogram, one pass. */
#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/plain.h"

enum { LEAST = 24, MOST = 132, SLACK = 12, LEAST_LINES = 6, MOST_WORD = 40 };

static bool is_solid(uint32_t code)
{
    return (code >= 0xE00 && code < 0x1100) || (code >= 0x1780 && code < 0x1800) || (code >= 0x2E80 && code < 0xA000);
}

/* Code points up to `most`; of the first word where `word`. */
static size_t measure(runut_slice text, size_t most, bool word)
{
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < most; size++) {
        uint32_t code = runut_utf8_next(text, &i);
        if (word && code == ' ')
            break;
        if (word && is_solid(code))
            return size + 1;
    }
    return size;
}

/* Is row `i` full: no blank line below it, and no place left for what the next one begins with? */
static bool is_full(const runut_plain_rows *rows, const size_t *sizes, size_t i, size_t width)
{
    if (i + 1 >= rows->size || rows->at[i + 1].blank_before || sizes[i] > width)
        return false;
    return sizes[i] + 1 + measure(rows->at[i + 1].raw, MOST_WORD, true) > width;
}

/* Does the break after row `i` part a sentence: no full stop before it, no capital after it? */
static bool parts_sentence(const runut_plain_rows *rows, size_t i)
{
    size_t end = rows->at[i].raw.size;
    uint32_t last = runut_utf8_before(rows->at[i].raw, &end);
    bool stop =
        last < 0x80 ? memchr(".!?:\"", (int)last, 5) != NULL : last == 0x3002 || last == 0x201D || last == 0x964;
    return !stop && !runut_utf8_starts_upper(rows->at[i + 1].raw);
}

/* The width that most lines come near to; 0 where the text is not wrapped. */
static size_t find_width(const runut_plain_rows *rows, const size_t *sizes)
{
    size_t histogram[MOST + SLACK + 2] = {0}, near = 0, best = 0, width = 0, longer = 0, full = 0, inside = 0;
    for (size_t i = 0; i < rows->size; i++)
        histogram[sizes[i]]++;
    for (size_t size = 1; size <= MOST; size++) {
        near += histogram[size];
        near -= size > SLACK ? histogram[size - SLACK - 1] : 0;
        if (size >= LEAST && near >= best && histogram[size]) {
            best = near;
            width = size;
        }
    }
    for (size_t size = width + 1; size <= MOST + 1; size++)
        longer += histogram[size];
    if (!width || best < LEAST_LINES || best * 4 < rows->size || longer * 25 > best)
        return 0;
    for (size_t i = 0; i < rows->size; i++) {
        bool one = sizes[i] + SLACK > width && is_full(rows, sizes, i, width);
        full += one;
        inside += one && parts_sentence(rows, i);
    }
    return full * 10 >= best * 6 && full >= LEAST_LINES && inside * 10 >= full * 4 ? width : 0;
}

static bool begins_item(runut_slice text)
{
    size_t i = 0;
    uint32_t code = runut_utf8_next(text, &i);
    bool mark = code == '*' || code == '-' || code == '#' || code == 0x2022 || code == '>' || code == '|';
    return mark && i < text.size && text.at[i] == ' ';
}

static bool ends_solid(runut_slice text)
{
    size_t end = text.size;
    return end && is_solid(runut_utf8_before(text, &end));
}

void runut_plain_unwrap(runut_arena *arena, runut_plain_rows *rows)
{
    size_t *sizes = runut_arena_alloc(arena, (rows->size + 1) * sizeof *sizes), kept = 0;
    for (size_t i = 0; i < rows->size; i++)
        sizes[i] = measure(rows->at[i].raw, MOST + 1, false);
    size_t width = find_width(rows, sizes);
    for (size_t i = 0; width && i < rows->size; kept++) {
        runut_plain_row row = rows->at[i];
        size_t last = i;
        while (is_full(rows, sizes, last, width) && !begins_item(rows->at[last + 1].raw))
            last++;
        if (last > i) {
            runut_buffer out = runut_buffer_new(arena, SIZE_MAX / 2);
            for (size_t k = i; k <= last; k++) {
                runut_buffer_text(&out, k > i && !ends_solid(rows->at[k - 1].raw) ? " " : "");
                runut_buffer_add(&out, rows->at[k].raw);
            }
            row.raw = runut_buffer_slice(&out);
        }
        rows->at[kept] = row;
        i = last + 1;
    }
    rows->size = width ? kept : rows->size;
}
