/* The date that metadata or a by-line state is believed. Only a weekday that it has not, printed beside it or in the
 * lead, is a conflict. */
#include "annotate/dates_solve.h"
#include "base/calendar_names.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { NEAR_DAYS = 6 };

static void state_conflict(runut_scan *scan, runut_day day, const char *what, int weekday)
{
    static const char *const names[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                        "Thursday", "Friday", "Saturday", "Sunday"};
    runut_dates *dates = &scan->annotation->dates;
    runut_slice name = runut_dates_name(scan->arena, day);
    dates->conflict = true;
    dates->conflict_text =
        runut_arena_printf(scan->arena, "%s says %s, but it was %.*s", what, names[weekday], (int)name.size, name.at);
    *RUNUT_APPEND(scan->arena, dates->candidates) = (runut_date_candidate){day, 1, RUNUT_LITERAL("as stated")};
    int off = (runut_day_weekday(day) - (weekday - 1) + 7) % 7;
    if (off == 1 || off == 6)
        *RUNUT_APPEND(scan->arena, dates->candidates) = (runut_date_candidate){
            day + (off == 1 ? -1 : 1), 0.3f, RUNUT_LITERAL("the weekday is right and the day of the month one off")};
}

/* The weekday in the words of a printed date, 0 = none. */
static int printed_weekday(const runut_scan *scan, runut_slice printed)
{
    size_t start = 0;
    for (size_t i = 0; i <= printed.size && i < 200; i++) {
        if (i < printed.size && printed.at[i] != ' ' && printed.at[i] != ',' && printed.at[i] != '.')
            continue;
        runut_slice word = runut_utf8_fold(scan->arena, runut_slice_part(printed, start, i));
        int weekday = word.size > 2 ? runut_weekday_in(word, scan->annotation->language) : 0;
        if (weekday)
            return weekday;
        start = i + 1;
    }
    return 0;
}

/* Metadata and by-line are believed. Only a weekday that the date has not, beside it or in the lead, is a conflict. */
bool runut_dates_stated(runut_scan *scan)
{
    const runut_article *article = scan->annotation->article;
    runut_day day = runut_day_parse(article->date_published);
    if (day == RUNUT_NO_DAY)
        return false;
    runut_dates *dates = &scan->annotation->dates;
    dates->inferred = day;
    dates->confidence = 0.98f;
    int weekday = printed_weekday(scan, article->date_printed);
    if (weekday && weekday - 1 != runut_day_weekday(day)) {
        state_conflict(scan, day, "the date line", weekday);
        return true;
    }
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (!time->weekday || time->swap || runut_dates_own(time) < 5)
            continue;
        runut_day told = runut_dates_resolve(time, day);
        if (told != RUNUT_NO_DAY && told >= day - NEAR_DAYS && told <= day &&
            runut_day_weekday(told) != time->weekday - 1) {
            state_conflict(scan, told, "the text", time->weekday);
            return true;
        }
    }
    return true;
}
