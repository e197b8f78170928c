#include "clean/cues.h"

#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { LONGEST_SOLID = 8 }; /* code points of a cue in a script without blanks */

static uint32_t read_kinds(runut_slice names)
{
    static const runut_slice all[] = {
        RUNUT_LITERAL("by"),      RUNUT_LITERAL("writer"),    RUNUT_LITERAL("editor"), RUNUT_LITERAL("photo"),
        RUNUT_LITERAL("credit"),  RUNUT_LITERAL("published"), RUNUT_LITERAL("read"),   RUNUT_LITERAL("list"),
        RUNUT_LITERAL("share"),   RUNUT_LITERAL("ad"),        RUNUT_LITERAL("tags"),   RUNUT_LITERAL("copyright"),
        RUNUT_LITERAL("comment"), RUNUT_LITERAL("promo"),     RUNUT_LITERAL("nav"),    RUNUT_LITERAL("time"),
        RUNUT_LITERAL("embed"),   RUNUT_LITERAL("prevnext"),  RUNUT_LITERAL("bio"),    RUNUT_LITERAL("disclaimer"),
        RUNUT_LITERAL("notname"), RUNUT_LITERAL("role"),      RUNUT_LITERAL("media")};
    uint32_t kinds = 0;
    for (runut_slice one; runut_slice_field(&names, ' ', &one);)
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            if (runut_slice_equal(one, all[i]))
                kinds |= 1u << i;
    return kinds;
}

/* Scripts that write no blanks between words. */
static bool is_solid(uint32_t code)
{
    return (code >= 0xE00 && code < 0x1000) || (code >= 0x1780 && code < 0x1800) || (code >= 0x2E80 && code < 0xA000) ||
           (code >= 0xF900 && code < 0xFB00) || (code >= 0x1000 && code < 0x10A0);
}

static bool ends_word(runut_slice text, size_t end)
{
    if (end >= text.size)
        return true;
    size_t before = end, after = end;
    uint32_t last = runut_utf8_before(text, &before), next = runut_utf8_next(text, &after);
    if (is_solid(last) || is_solid(next))
        return true;
    bool inside = runut_code_is_letter(next) || runut_code_is_digit(next);
    return !inside || !(runut_code_is_letter(last) || runut_code_is_digit(last));
}

/* The first word: up to a blank, without the punctuation at its end. */
static runut_slice first_word(runut_slice text)
{
    size_t end = 0;
    while (end < text.size && end < 64 && !runut_is_space((unsigned char)text.at[end]))
        end++;
    while (end > 1 && !runut_is_alpha((unsigned char)text.at[end - 1]) && strchr(":,.;!?|)]\"'", text.at[end - 1]))
        end--;
    return runut_slice_part(text, 0, end);
}

/* The longest record that begins with `word` (and a blank, or nothing, after it) and begins `text`. The records are in
 * byte order, so behind the first that is greater than `text` there is none. */
static uint32_t longest(runut_slice text, runut_slice word, size_t *size)
{
    runut_slice rest = runut_data_phrases(&runut_table_line_cues_tsv, word), kinds = {"", 0};
    *size = 0;
    while (rest.size > word.size && runut_slice_starts(rest, word)) {
        size_t same = word.size;
        while (same < rest.size && same < text.size && rest.at[same] == text.at[same] && text.at[same] != '\t')
            same++;
        bool whole = same < rest.size && rest.at[same] == '\t';
        bool greater = !whole && (same >= text.size || same >= rest.size ||
                                  (unsigned char)rest.at[same] > (unsigned char)text.at[same]);
        if (greater || (rest.at[word.size] != ' ' && rest.at[word.size] != '\t'))
            break;
        runut_slice row;
        runut_slice_field(&rest, '\n', &row);
        if (whole && same > *size && ends_word(text, same)) {
            *size = same;
            kinds = runut_slice_part(row, same + 1, row.size);
        }
    }
    return *size ? read_kinds(kinds) : 0;
}

static uint32_t longest_solid(runut_slice text, size_t *size)
{
    size_t ends[LONGEST_SOLID], count = 0, at = 0;
    while (count < LONGEST_SOLID && at < text.size) {
        runut_utf8_next(text, &at);
        ends[count++] = at;
    }
    while (count > 0) {
        runut_slice fields[2], key = runut_slice_part(text, 0, ends[--count]);
        if (ends_word(text, key.size) && runut_data_find(&runut_table_line_cues_tsv, key, fields, 2)) {
            *size = key.size;
            return read_kinds(fields[1]);
        }
    }
    return 0;
}

uint32_t runut_cue_at(runut_slice folded, size_t offset, size_t *end)
{
    runut_slice text = runut_slice_part(folded, offset, folded.size);
    size_t size = 0, at = 0;
    if (text.size == 0)
        return 0;
    bool solid = is_solid(runut_utf8_next(text, &at));
    uint32_t kinds = solid ? longest_solid(text, &size) : longest(text, first_word(text), &size);
    if (end)
        *end = offset + size;
    return kinds;
}

uint32_t runut_cue_whole(runut_slice folded)
{
    size_t end = 0;
    uint32_t kinds = runut_cue_at(folded, 0, &end);
    for (size_t i = end; kinds && i < folded.size;) {
        uint32_t code = runut_utf8_next(folded, &i);
        if (runut_code_is_letter(code) || runut_code_is_digit(code))
            return 0;
    }
    return kinds;
}
