/* The table is sorted, so the records of one name stand together. */
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
    for (size_t i = 0; i < sizeof other / sizeof *other && tag.size == 2; i++)
        if (runut_slice_equal_nocase(tag, runut_slice_of(other[i][0])))
            return runut_slice_of(other[i][1]);
    return tag;
}

static bool has_language(runut_slice languages, runut_slice tag)
{
    for (size_t i = 0; i < languages.size; i++) {
        runut_slice rest = runut_slice_part(languages, i, languages.size);
        if (runut_slice_starts_nocase(rest, tag) && (rest.size == tag.size || rest.at[tag.size] == ','))
            return true;
        while (i < languages.size && languages.at[i] != ',')
            i++;
    }
    return false;
}

static int value_of(runut_slice name, runut_slice language, char kind, bool others)
{
    if (name.size == 0 || name.size > LONGEST_NAME)
        return 0;
    runut_slice rest = runut_data_phrases(&runut_table_calendar_tsv, name);
    if (rest.size == 0) /* nearly every word */
        return 0;
    runut_slice tag = language_subtag(language);
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

void runut_calendar_names_put(runut_map *names)
{
    runut_slice rest = runut_data("calendar.tsv"), fields[2];
    while (runut_data_row(&rest, fields, 2))
        *runut_map_put(names, fields[0], NULL) |=
            fields[1].size && fields[1].at[0] == 'm' ? RUNUT_NAMES_MONTH : RUNUT_NAMES_WEEKDAY;
}
