/* Anniversaries: a number of years, and the founding date or year from which it counts, somewhere in the text. */
#include "annotate/dates.h"
#include "base/slice.h"

#include <stdlib.h>

enum { ALTERNATIVES = 4, FOUNDINGS_MOST = 64, JUBILEES_MOST = 24, NAMED_NEAR = 8 };

typedef struct jubilee {
    uint32_t first, end; /* tokens from the number to the word, either order */
    int number;
    int shift;  /* 'last year both marked 60 years': 1 */
    bool vague; /* its month is told, or it is still to come: no day of the report */
} jubilee;

static uint32_t year_number(const runut_scan *scan, uint32_t at, bool unit_needed, int *number)
{
    bool ordinal = false;
    uint32_t used = runut_dates_number(scan, at, number, &ordinal);
    if (!used || *number < 1 || *number > 1000)
        return 0;
    uint32_t i = at + used;
    if (runut_dates_mark(scan, i, "-") || runut_dates_mark(scan, i, "."))
        i++;
    if (runut_dates_is(scan, i, DATE_UNIT))
        return scan->tags[i].unit == UNIT_YEAR && !runut_dates_is(scan, i + 1, DATE_AGO | DATE_STEP) ? i + 1 - at : 0;
    if (i < scan->count && scan->tags[i].month)
        return 0;
    return ordinal || !unit_needed ? used : 0;
}

static bool read_jubilee(const runut_scan *scan, uint32_t at, jubilee *out)
{
    bool named = runut_dates_is(scan, at, DATE_ANNIVERSARY);
    uint32_t length = named && scan->tags[at].length > 1 ? scan->tags[at].length : 1;
    const runut_sentence *s = &scan->annotation->sentences.at[scan->tokens[at].sentence];
    for (uint32_t i = at + length; i < at + length + 5 && i < s->end_token; i++) {
        uint32_t used = year_number(scan, i, true, &out->number);
        if (used) {
            bool ordinal = runut_dates_is(scan, i, DATE_ORD) || runut_slice_is(scan->tokens[i].folded, "ke") ||
                           !runut_dates_is(scan, i + used - 1, DATE_UNIT);
            if (!named && ordinal)
                return false;
            *out = (jubilee){.first = at, .end = i + used, .number = out->number};
            return true;
        }
        if (runut_dates_mark(scan, i, ".") || runut_dates_mark(scan, i, "("))
            break;
    }
    uint32_t from = s->first_token; /* '45. Jahrestag' may have been taken for the end of a sentence */
    if (from == at && at > 1 && runut_dates_mark(scan, at - 1, ".") && scan->tags[at - 2].digits >= 0)
        from = at - 2;
    for (uint32_t back = 1; named && back <= 4 && at >= from + back; back++) {
        uint32_t i = at - back;
        uint32_t used = year_number(scan, i, back > 2, &out->number);
        if (used && i + used <= at + 1 && !(i > from && runut_dates_is(scan, i - 1, DATE_NUM | DATE_TIMES))) {
            *out = (jubilee){.first = i, .end = at + length, .number = out->number};
            return true;
        }
    }
    return false;
}

/* 'Last year', 'next year', a month: whether the jubilee is the report's own. */
static void place_jubilee(const runut_scan *scan, uint32_t sentence, jubilee *out)
{
    for (size_t i = runut_dates_time_from(scan, scan->annotation->sentences.at[sentence].first_token);
         i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->sentence != sentence)
            break;
        if (time->kind == TIME_UNIT && time->unit == UNIT_YEAR && time->step != 0 && time->step >= -3 &&
            time->step <= 1)
            out->shift = -time->step;
        if (time->kind == TIME_MONTH || time->kind == TIME_UNIT)
            out->vague = true;
    }
}

static int order_far(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Founding dates that the number may count from: the best linked, nearest first. */
static int founding_times(const runut_scan *scan, const jubilee *j, bool full, int newest, const runut_time **out)
{
    uint64_t keys[FOUNDINGS_MOST];
    int count = 0;
    uint32_t first, end, sentence = scan->tokens[j->first].sentence;
    runut_dates_around(scan, j->end - 1, 10, &first, &end);
    for (size_t i = 0; i < scan->times.size && count < FOUNDINGS_MOST; i++) {
        const runut_time *time = &scan->times.at[i];
        int year = time->year + j->number + j->shift;
        bool fits =
            full ? runut_dates_dated(time) : time->kind == TIME_YEAR || (time->kind == TIME_MONTH && time->year);
        /* 'two days before they mark 21 years of independence on 20 May 2002': what is to come is the jubilee */
        bool named = time->sentence == sentence && time->first >= j->end && time->first < j->end + NAMED_NEAR;
        if (!fits || year < DATES_FIRST_YEAR || year > DATES_LAST_YEAR || year < newest || (time->future && !named) ||
            (time->anchor && j->number < 3))
            continue;
        uint64_t far = time->sentence == sentence                                  ? 0
                       : runut_dates_shares_word(scan, first, end, time->sentence) ? 1
                                                                                   : 2;
        if (!full && far == 2)
            continue; /* a year alone has to be linked */
        uint64_t gap = time->sentence > sentence ? time->sentence - sentence : sentence - time->sentence;
        keys[count++] = far << 60 | gap << 32 | i;
    }
    qsort(keys, (size_t)count, sizeof *keys, order_far);
    int kept = 0;
    for (int i = 0; i < count && kept < ALTERNATIVES && (keys[i] >> 60) == (keys[0] >> 60); i++)
        out[kept++] = &scan->times.at[keys[i] & UINT32_MAX];
    return kept;
}

static void say_jubilee_day(runut_scan *scan, const jubilee *j, const runut_time *founding)
{
    runut_day day = runut_dates_move(founding->resolved, UNIT_YEAR, j->number);
    runut_span span = runut_dates_span(scan, j->first, j->end);
    uint32_t sentence = scan->tokens[j->first].sentence;
    runut_slice name = runut_dates_name(scan->arena, day), from = runut_dates_name(scan->arena, founding->resolved);
    runut_slice says = runut_arena_printf(scan->arena, "%d years from %.*s: %.*s", j->number, (int)from.size, from.at,
                                          (int)name.size, name.at);
    if (j->shift) {
        int year, month, d;
        runut_day_split(runut_dates_move(day, UNIT_YEAR, j->shift), &year, &month, &d);
        runut_dates_constrain(scan, SAYS_YEARS, runut_day_of(year, 1, 1), runut_day_of(year, 12, 31), 3, true, span,
                              sentence,
                              runut_arena_printf(scan->arena, "%.*s, told as %s: the report is of %d", (int)says.size,
                                                 says.at, j->shift > 0 ? "past years" : "still to come", year));
        return;
    }
    runut_dates_constrain(scan, SAYS_YEARS, day - 31, day + 334, 3, true, span, sentence, says);
    if (!j->vague && j->first < scan->lead_end)
        runut_dates_constrain(scan, SAYS_DAY, day, day, 2.5f, false, span, sentence, says);
}

static void say_jubilee_years(runut_scan *scan, const jubilee *j, const runut_time **founding, int count)
{
    runut_constraint *c = NULL;
    for (int i = 0; i < count; i++) {
        int year = founding[i]->year + j->number + j->shift;
        runut_range range = {runut_day_of(year, 1, 1), runut_day_of(year, 12, 31)};
        if (c)
            c->ranges[c->range_count++] = range;
        else
            c = runut_dates_constrain(scan, SAYS_YEARS, range.low, range.high, count == 1 ? 3 : 2.5f, count == 1,
                                      runut_dates_span(scan, j->first, j->end), scan->tokens[j->first].sentence,
                                      runut_arena_printf(scan->arena, "%d years from %d: the report is of %d",
                                                         j->number, founding[i]->year, year));
        if (!c)
            return;
    }
}

/* The newest year that is told as past; reports cannot be older. */
static int newest_year(const runut_scan *scan)
{
    int newest = 0;
    for (size_t i = 0; i < scan->times.size; i++)
        if (scan->times.at[i].year > newest && scan->times.at[i].year <= DATES_LAST_YEAR && !scan->times.at[i].future &&
            !scan->times.at[i].loose && scan->times.at[i].kind != TIME_SEASON)
            newest = scan->times.at[i].year;
    return newest;
}

static void link_jubilee(runut_scan *scan, uint32_t at, int newest)
{
    jubilee j = {0};
    const runut_time *founding[ALTERNATIVES];
    if (!read_jubilee(scan, at, &j))
        return;
    place_jubilee(scan, scan->tokens[at].sentence, &j);
    int count = founding_times(scan, &j, true, newest, founding);
    if (count > 0)
        say_jubilee_day(scan, &j, founding[0]);
    else if ((count = founding_times(scan, &j, false, newest, founding)) > 0)
        say_jubilee_years(scan, &j, founding, count);
}

static bool plain_ordinal(const runut_scan *scan, uint32_t at, uint32_t sentence, int *number, int *shift, bool *vague)
{
    bool ordinal = false;
    uint32_t used = runut_dates_number(scan, at, number, &ordinal);
    if (!used || !ordinal || *number < 2 || runut_dates_is(scan, at + used, DATE_UNIT) ||
        (at + used < scan->count && scan->tags[at + used].month))
        return false;
    jubilee j = {0};
    place_jubilee(scan, sentence, &j);
    *shift = j.shift, *vague = j.vague;
    return true;
}

bool runut_dates_jubilee_near(runut_scan *scan, uint32_t first, uint32_t end, int *number, int *shift, bool *vague)
{
    uint32_t from, to, sentence = scan->tokens[first].sentence;
    runut_dates_around(scan, first, 14, &from, &to);
    to = end + 6 < scan->count ? end + 6 : scan->count;
    for (uint32_t i = from; i < to && scan->tokens[i].sentence == sentence; i++) {
        jubilee j = {0};
        if (!runut_dates_is(scan, i, DATE_ANNIVERSARY | DATE_MARKING) || !read_jubilee(scan, i, &j))
            continue;
        place_jubilee(scan, sentence, &j);
        *number = j.number, *shift = j.shift, *vague = j.vague;
        scan->tags[i].classes &= ~(uint64_t)(DATE_ANNIVERSARY | DATE_MARKING);
        return true;
    }
    for (uint32_t back = 1; back <= 4 && first >= back && scan->tokens[first - back].sentence == sentence; back++)
        if (plain_ordinal(scan, first - back, sentence, number, shift, vague))
            return true; /* '78th Independence Day' */
    for (uint32_t i = first + 1; i < end + 4 && i < scan->count && scan->tokens[i].sentence == sentence; i++)
        if (plain_ordinal(scan, i, sentence, number, shift, vague))
            return true; /* 'Hari Kebangsaan ke-66' */
    return false;
}

void runut_dates_jubilees(runut_scan *scan)
{
    int newest = newest_year(scan), jubilees = 0;
    for (uint32_t i = 0; i < scan->count && jubilees < JUBILEES_MOST; i++)
        if (runut_dates_is(scan, i, DATE_ANNIVERSARY | DATE_MARKING) && ++jubilees)
            link_jubilee(scan, i, newest);
}
