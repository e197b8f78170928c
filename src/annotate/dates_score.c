/* What a candidate day is worth: see dates_solve.c for the idea. */
#include "annotate/dates_solve.h"
#include "base/slice.h"

#include <stdlib.h>

enum {
    REPORT_LAG = 1, /* a report may be of the day after */
    FAR_DAYS = 500,
    SOON_DAYS = 30
};

/* ---- which day an expression means ---- */

static runut_day month_day_near(int month, int day, runut_day report, int ahead)
{
    int year, m, d;
    runut_day_split(report, &year, &m, &d);
    runut_day best = RUNUT_NO_DAY;
    for (int y = year - 1; y <= year + 1; y++) {
        runut_day at = runut_day_of(y, month, day);
        if (at != RUNUT_NO_DAY && at <= report + ahead)
            best = at;
    }
    return best;
}

/* The last day up to `report` that has the number in its month. */
static runut_day same_number_before(int number, runut_day report)
{
    int year, month, day;
    runut_day_split(report, &year, &month, &day);
    for (int back = 0; back < 3; back++) {
        int months = year * 12 + month - 1 - back;
        runut_day at = runut_day_of(months / 12, months % 12 + 1, number);
        if (at != RUNUT_NO_DAY && at <= report)
            return at;
    }
    return RUNUT_NO_DAY;
}

runut_day runut_dates_weekday_before(int weekday, runut_day report)
{
    int back = (runut_day_weekday(report) - (weekday - 1) + 7) % 7;
    return report - back;
}

runut_day runut_dates_resolve(const runut_time *time, runut_day report)
{
    int year, month, day;
    if (time->resolved != RUNUT_NO_DAY)
        return time->resolved;
    if (report == RUNUT_NO_DAY)
        return RUNUT_NO_DAY;
    runut_day_split(report, &year, &month, &day);
    switch (time->kind) {
    case TIME_DATE:
        if (time->step != NO_STEP && time->unit == UNIT_YEAR)
            return runut_day_of(year + time->step, time->month, time->day);
        return month_day_near(time->month, time->day, report, time->future ? 300 : 45);
    case TIME_MONTHDAY:
        return same_number_before(time->day, report + (time->future ? 27 : 0));
    case TIME_WEEKDAY:
        if (time->unit == UNIT_WEEK && time->step == -1) /* 'of last week' */
            return report - runut_day_weekday(report) - 7 + time->weekday - 1;
        day = time->future || (time->step != NO_STEP && time->step > 0)
                  ? runut_dates_weekday_before(time->weekday, report + 7)
                  : runut_dates_weekday_before(time->weekday, report);
        return day == report && time->step == -1 ? day - 7 : day; /* 'last Wednesday' on a Wednesday */
    case TIME_DAY:
        return report + time->step;
    default:
        return RUNUT_NO_DAY;
    }
}

/* ---- what the text may use as its own date ---- */

static bool own_kind(const runut_time *time)
{
    return time->kind == TIME_DATE && !time->quoted && !time->future && !time->anchor && !time->archive &&
           time->step == NO_STEP;
}

/* How plainly `time` is the report's own day; 0 = not at all. */
float runut_dates_own(const runut_time *time)
{
    if (!own_kind(time) || (time->last_day != time->day && !time->lead))
        return 0;
    if (time->dateline)
        return 6;
    if (time->year) {
        if (time->old)
            return 0;
        float weight = time->lead                                            ? (time->weekday        ? 6
                                                                                : time->sentence < 2 ? 4
                                                                                                     : 2.4f)
                       : time->bracketed && (time->numeric || time->weekday) ? 2.5f
                       : time->weekday                                       ? 2.4f
                                                                             : 1;
        if (time->caption)
            weight = time->lead ? 2 : 1;
        return time->last_day != time->day ? weight / 3 : weight;
    }
    if (time->caption)
        return time->lead ? 1.5f : 0.5f;
    if (time->weekday || time->bracketed)
        return time->lead ? 6 : 3;
    return time->lead ? (time->last_day != time->day ? 1 : 3) : 0.5f;
}

/* ---- scores ---- */

void runut_dates_reason(runut_date_try *c, const char *text)
{
    for (int i = 0; i < c->reason_count; i++)
        if (strcmp(c->reasons[i], text) == 0)
            return;
    if (c->reason_count < REASONS_MOST)
        c->reasons[c->reason_count++] = text;
}

bool runut_dates_falls_on(const runut_time *time, runut_day day)
{
    int year, month, d;
    runut_day_split(day, &year, &month, &d);
    return (!time->year || time->year == year) &&
           ((time->month == month && time->day == d) || (time->swap && time->day == month && time->month == d));
}

static void score_own(const runut_solver *self, runut_date_try *c)
{
    const runut_scan *scan = self->scan;
    float best = 0, second = 0;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        float weight = runut_dates_own(time);
        if (weight <= 0 || !runut_dates_falls_on(time, c->day))
            continue;
        c->literal = c->literal || (time->year && weight >= 2);
        if (time->weekday && time->weekday - 1 != runut_day_weekday(c->day))
            c->weekday_wrong = true;
        else if (time->weekday)
            c->pair_fits = true;
        second = weight > best ? best : weight > second ? weight : second;
        best = weight > best ? weight : best;
    }
    for (size_t i = 0; i < scan->marks.size; i++)
        if (runut_dates_falls_on(&scan->marks.at[i], c->day)) {
            float weight = scan->marks.at[i].lead ? 2.5f : 1.5f;
            runut_dates_reason(c, "a known day is named");
            second = weight > best ? best : weight > second ? weight : second;
            best = weight > best ? weight : best;
        }
    c->own = best;
    c->score += best + second / 2;
    if (c->weekday_wrong) {
        c->score -= 4;
        c->pair_fails = true;
        runut_dates_reason(c, "the weekday does not fit");
    } else if (c->pair_fits) {
        c->score += 1.5f;
        runut_dates_reason(c, "weekday and date fit");
    }
}

/* The other dates that stand with a weekday: 'Minggu (10/7)' has to be a Sunday in the year of the report. */
static void score_pairs(const runut_solver *self, runut_date_try *c)
{
    const runut_scan *scan = self->scan;
    int fits = 0, fails = 0;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->kind != TIME_DATE || !time->weekday || time->year || time->step != NO_STEP ||
            runut_dates_falls_on(time, c->day))
            continue;
        runut_day day = runut_dates_resolve(time, c->day);
        if (day == RUNUT_NO_DAY)
            continue;
        if (runut_day_weekday(day) == time->weekday - 1)
            fits++;
        else
            fails++;
    }
    if (fits > fails)
        c->score += fits > 1 ? 1.5f : 1, c->pair_fits = true;
    else if (fails > fits)
        c->score -= fails > 1 ? 3 : 2, c->pair_fails = true,
                                       runut_dates_reason(c, "the weekday of another date does not fit");
}

static void score_lead_weekday(const runut_solver *self, runut_date_try *c)
{
    if (!self->lead_weekdays)
        return;
    int w = runut_day_weekday(c->day);
    if (self->lead_weekdays >> w & 1) {
        c->score += 2;
        runut_dates_reason(c, "the weekday of the lead fits");
    } else if (self->lead_weekdays >> ((w + 6) % 7) & 1) {
        c->score += 0.25f;
    } else {
        c->score -= 1;
        runut_dates_reason(c, "the weekday of the lead does not fit");
    }
}

bool runut_dates_hold(const runut_constraint *c, runut_day day)
{
    for (int i = 0; i < c->range_count; i++)
        if (day >= c->ranges[i].low && day <= c->ranges[i].high)
            return true;
    return false;
}

static bool far_off(const runut_constraint *c, runut_day day)
{
    for (int i = 0; i < c->range_count; i++)
        if (day >= c->ranges[i].low - FAR_DAYS && day <= c->ranges[i].high + FAR_DAYS)
            return false;
    return true;
}

static void score_constraints(const runut_solver *self, runut_date_try *c)
{
    const runut_scan *scan = self->scan;
    for (size_t i = 0; i < scan->constraints.size; i++) {
        const runut_constraint *k = &scan->constraints.at[i];
        bool fits = runut_dates_hold(k, c->day);
        if (k->kind == SAYS_DAY && !fits) {
            if (!k->strong)
                continue;
            fits = runut_dates_hold(k, c->day - REPORT_LAG);
            c->score -= fits ? 1 : 2.5f;
            continue;
        }
        c->score += fits ? (k->kind == SAYS_BOUND ? 0 : k->weight) : -k->weight;
        if (fits && k->kind != SAYS_BOUND && k->weight >= 2.5f)
            c->year_fixed = true;
        if (k->weight >= 1.5f && k->kind != SAYS_BOUND)
            runut_dates_reason(c, runut_arena_printf(scan->arena, "%s %.*s",
                                                     fits ? "holds:" : "against:", (int)k->says.size, k->says.at)
                                      .at);
        if (!fits && k->kind == SAYS_BOUND)
            runut_dates_reason(c, runut_arena_printf(scan->arena, "against: %.*s", (int)k->says.size, k->says.at).at);
        c->far = c->far || far_off(k, c->day);
        if (!fits && k->strong)
            c->strong_fails = true;
    }
}

/* A date without a year that the text uses as plainly and that comes soon after: then that one is the report's. */
static void score_later(const runut_solver *self, runut_date_try *c)
{
    const runut_scan *scan = self->scan;
    int year, month, d;
    bool lead = self->lead_weekdays >> runut_day_weekday(c->day) & 1;
    runut_day_split(c->day, &year, &month, &d);
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->year || runut_dates_own(time) < (lead ? 5 : 3))
            continue;
        runut_day other = runut_day_of(year, time->month, time->day);
        if (other != RUNUT_NO_DAY && other > c->day && other <= c->day + SOON_DAYS &&
            (!time->weekday || runut_day_weekday(other) == time->weekday - 1)) {
            c->score -= 3;
            return;
        }
    }
}

/* Dates and years told as past cannot lie after the report. */
static void score_past(const runut_solver *self, runut_date_try *c)
{
    const runut_scan *scan = self->scan;
    int year, month, d, late = 0;
    runut_day_split(c->day, &year, &month, &d);
    for (size_t i = 0; i < scan->times.size && late < 3; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->future || !time->year || time->kind == TIME_SEASON || time->year > DATES_LAST_YEAR)
            continue;
        if (time->swap && runut_dates_falls_on(time, c->day))
            continue;
        if (time->resolved != RUNUT_NO_DAY ? time->resolved > c->day + 1 : time->year > year)
            late += time->loose ? 0 : 1, c->score -= time->loose ? 0.5f : 2.5f;
    }
    c->late = late > 0;
    if (late)
        runut_dates_reason(c, "the text tells of a later date");
    if (!self->recent || self->recent < self->newest)
        return;
    c->year_gap = year - self->newest;
    c->score += c->year_gap < 0    ? 0
                : c->year_gap == 0 ? 1.5f
                : c->year_gap == 1 ? 0.75f
                : c->year_gap == 2 ? 0
                : c->year_gap == 3 ? -0.5f
                                   : -1.5f;
}

static int order_candidates(const void *a, const void *b)
{
    const runut_date_try *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return (x->day > y->day) - (x->day < y->day);
}

void runut_dates_score(runut_solver *self)
{
    for (size_t i = 0; i < self->size; i++) {
        runut_date_try *c = &self->at[i];
        score_own(self, c);
        score_pairs(self, c);
        score_lead_weekday(self, c);
        score_constraints(self, c);
        score_past(self, c);
        score_later(self, c);
    }
    qsort(self->at, self->size, sizeof *self->at, order_candidates);
}
