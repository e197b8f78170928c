/* The table is searched as it lies embedded in the program: its records are sorted by name, so bisection over byte
 * offsets, each moved back to the start of its line, finds a name in about 17 steps without anything to load. */
#include "base/calendar_names.h"

#include "base/data.h"
#include "base/slice.h"

enum { LONGEST_NAME = 64 };

/* CLDR's tag for the languages that are commonly tagged otherwise. */
static runut_slice language_subtag(runut_slice language)
{
    static const char *const other[][2] = {{"nb", "no"}, {"tl", "fil"}, {"iw", "he"}, {"in", "id"}, {"sh", "sr"}};
    size_t end = 0;
    while (end < language.size && runut_is_alpha((unsigned char)language.at[end]))
        end++;
    runut_slice tag = runut_slice_part(language, 0, end);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (runut_slice_equal_nocase(tag, runut_slice_of(other[i][0])))
            return runut_slice_of(other[i][1]);
    return tag;
}

static size_t line_start(runut_slice table, size_t at)
{
    while (at > 0 && table.at[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(runut_slice table, size_t at)
{
    const char *end = at < table.size ? memchr(table.at + at, '\n', table.size - at) : NULL;
    return end ? (size_t)(end - table.at) + 1 : table.size;
}

static runut_slice line_name(runut_slice table, size_t at)
{
    const char *tab = memchr(table.at + at, '\t', table.size - at);
    return (runut_slice){table.at + at, tab ? (size_t)(tab - table.at) - at : 0};
}

/* Offset of the first record whose name is not before `name`. */
static size_t first_record(runut_slice table, runut_slice name)
{
    size_t low = 0, high = table.size;
    while (low < table.size && table.at[low] == '#')
        low = line_end(table, low);
    while (low < high) {
        size_t middle = line_start(table, low + (high - low) / 2);
        if (middle < low)
            middle = low;
        if (runut_slice_order(line_name(table, middle), name) < 0)
            low = line_end(table, middle);
        else
            high = middle;
    }
    return low;
}

static bool has_language(runut_slice languages, runut_slice tag)
{
    for (runut_slice one; runut_slice_field(&languages, ',', &one);)
        if (runut_slice_equal_nocase(one, tag))
            return true;
    return false;
}

static int value_of(runut_slice name, runut_slice language, char kind, bool others)
{
    if (name.size == 0 || name.size > LONGEST_NAME)
        return 0;
    runut_slice table = runut_data("calendar.tsv"), tag = language_subtag(language);
    runut_slice rest = runut_slice_part(table, first_record(table, name), table.size);
    int english = 0, common = 0;
    bool differs = false;
    for (runut_slice fields[3]; runut_data_row(&rest, fields, 3) && runut_slice_equal(fields[0], name);) {
        uint32_t value;
        if (fields[1].size < 2 || fields[1].at[0] != kind ||
            !runut_slice_number(runut_slice_part(fields[1], 1, fields[1].size), &value))
            continue;
        if (tag.size && has_language(fields[2], tag))
            return (int)value;
        if (has_language(fields[2], RUNUT_LITERAL("en")))
            english = (int)value;
        differs = differs || (common && common != (int)value);
        common = (int)value;
    }
    return english ? english : differs || !others ? 0 : common;
}

int runut_month_named(runut_slice folded, runut_slice language)
{
    return value_of(folded, language, 'm', true);
}

int runut_weekday_named(runut_slice folded, runut_slice language)
{
    return value_of(folded, language, 'd', true);
}

static bool unknown(runut_slice language)
{
    return language.size == 0 || runut_slice_is(language, "und");
}

int runut_month_in(runut_slice folded, runut_slice language)
{
    return value_of(folded, language, 'm', unknown(language));
}

int runut_weekday_in(runut_slice folded, runut_slice language)
{
    return value_of(folded, language, 'd', unknown(language));
}
