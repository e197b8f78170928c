/* Dates as machines write them, and the words that tell dates apart. */
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/metadata_date.h"
#include "clean/stage.h"

enum { MOST_LINE = 200, SECONDS = 10, MILLISECONDS = 13, COMPACT = 8, A_DAY = 86400 };

static uint64_t digits(runut_slice text, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (uint64_t)(text.at[i] - '0');
    return value;
}

static size_t leading_digits(runut_slice text)
{
    size_t n = 0;
    while (n < text.size && runut_is_digit((unsigned char)text.at[n]))
        n++;
    return n;
}

/* "1693526400", "1693526400000" */
static runut_slice from_epoch(runut_arena *arena, runut_slice text)
{
    uint64_t seconds = digits(text, SECONDS);
    runut_day day = runut_day_of(1970, 1, 1) + (int32_t)(seconds / A_DAY);
    int year, month, of_month, rest = (int)(seconds % A_DAY);
    runut_day_split(day, &year, &month, &of_month);
    return runut_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, of_month, rest / 3600,
                              rest / 60 % 60, rest % 60);
}

/* "20240212", "20240212T083000", "20240212083000" */
static runut_slice from_compact(runut_arena *arena, runut_slice text)
{
    int value = (int)digits(text, COMPACT);
    return runut_day_of(value / 10000, value / 100 % 100, value % 100) == RUNUT_NO_DAY
               ? (runut_slice){"", 0}
               : runut_arena_printf(arena, "%04d-%02d-%02d", value / 10000, value / 100 % 100, value % 100);
}

runut_slice runut_dated_read(runut_arena *arena, runut_slice text, runut_slice language, runut_slice *printed)
{
    text = runut_slice_trim(text);
    size_t count = leading_digits(text);
    if (printed)
        *printed = text;
    if (count == text.size && (count == SECONDS || count == MILLISECONDS) && text.at[0] >= '1')
        return from_epoch(arena, text);
    bool compact = count == COMPACT || count == 14;
    if (compact && (count == text.size || text.at[count] == 'T' || text.at[count] == ' '))
        return from_compact(arena, text);
    return runut_printed_date(arena, text, language, printed);
}

runut_slice runut_dated_swapped(runut_arena *arena, runut_slice text, runut_slice language)
{
    int first = 0, second = 0, year = 0;
    size_t at = 0, count[3] = {0};
    int *parts[] = {&first, &second, &year};
    for (size_t k = 0; k < 3; k++, at++) {
        for (; at < text.size && runut_is_digit((unsigned char)text.at[at]) && count[k] < 4; at++, count[k]++)
            *parts[k] = *parts[k] * 10 + text.at[at] - '0';
        if (k < 2 && (at >= text.size || !strchr("/.-", text.at[at])))
            return (runut_slice){"", 0};
    }
    bool open = count[0] <= 2 && count[1] <= 2 && count[2] == 4 && first != second && first >= 1 && first <= 12 &&
                second >= 1 && second <= 12;
    runut_slice day_first = runut_arena_printf(arena, "%04d-%02d-%02d", year, second, first), printed;
    runut_slice read = open ? runut_printed_date(arena, text, language, &printed) : (runut_slice){"", 0};
    if (read.size < 10)
        return (runut_slice){"", 0};
    return runut_slice_equal(runut_slice_part(read, 0, 10), day_first)
               ? runut_arena_printf(arena, "%04d-%02d-%02d", year, first, second)
               : day_first;
}

bool runut_dated_says(runut_arena *arena, runut_slice text, const char *kind)
{
    runut_slice row[2];
    runut_data_search search = {.table = &runut_table_page_dates_tsv,
                                .text = runut_utf8_fold(arena, runut_slice_part(text, 0, MOST_LINE))};
    while (runut_data_inside(&search, row, 2))
        if (runut_slice_is(row[1], kind))
            return true;
    return false;
}

static bool has_one(runut_slice name, const runut_slice *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (runut_slice_find(name, parts[i], 0) != SIZE_MAX)
            return true;
    return false;
}

#define HAS_ONE(name, parts) has_one(name, parts, sizeof(parts) / sizeof *(parts))

int runut_dated_meta(runut_arena *arena, runut_slice name)
{
    static const runut_slice stamps[] = {RUNUT_LITERAL("dat"), RUNUT_LITERAL("time"), RUNUT_LITERAL("publ"),
                                         RUNUT_LITERAL("issued"), RUNUT_LITERAL("creat")},
                             dates[] = {RUNUT_LITERAL("date"), RUNUT_LITERAL("time"), RUNUT_LITERAL("issued")};
    bool other = false, published = false, plain = false;
    if (name.size < 4 || name.size > 60)
        return 0;
    name = runut_utf8_fold(arena, name);
    runut_data_search search = {.table = &runut_table_page_dates_tsv, .text = name};
    for (runut_slice row[2]; runut_data_inside(&search, row, 2);) {
        other |= runut_slice_is(row[1], "meta-other");
        published |= runut_slice_is(row[1], "meta-published");
        plain |= runut_slice_is(row[1], "meta-plain") && runut_slice_equal(name, row[0]);
    }
    bool stamp = (other || published || plain) && HAS_ONE(name, stamps);
    if (stamp && other)
        return 0;
    if (stamp && published && HAS_ONE(name, dates))
        return 2;
    bool ends = runut_slice_ends(name, RUNUT_LITERAL(".date")) || runut_slice_ends(name, RUNUT_LITERAL(":date"));
    return (stamp && plain) || ends;
}
