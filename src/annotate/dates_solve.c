/* Which day satisfies what the text says?
 *
 * Candidates are few: every date in the text that may be the report's own, with its year or with every year that the
 * text makes possible, and the days that a constraint names. Each is scored:
 *
 *     + how plainly the text uses that date as its own (in the lead, beside a weekday, in a dateline)
 *     + the weekdays agree, for this date and for the others without a year
 *     + constraints that hold, - those that do not
 *     - dates told as past that lie after it
 *
 * A day is only inferred when the text fixes both the day (month and day) and the year, no other candidate comes near,
 * and nothing strong contradicts it. A weekday and a date alone come round every 5, 6 or 11 years, so they fix nothing.
 */
#include "annotate/dates_solve.h"
#include "base/slice.h"

enum {
    CANDIDATES_MOST = 300,
    SOURCES_MOST = 40, /* dates from which candidates are made */
    TERM_DAYS = 12 * 366,
    AHEAD_DAYS = 200
};

/* ---- years ---- */

static void add_year(runut_solver *self, int year)
{
    if (year < DATES_FIRST_YEAR || year > DATES_LAST_YEAR || self->year_count == YEARS_MOST)
        return;
    for (size_t i = 0; i < self->year_count; i++)
        if (self->years[i] == year)
            return;
    self->years[self->year_count++] = year;
}

static void find_newest(runut_solver *self)
{
    const runut_scan *scan = self->scan;
    self->newest_day = RUNUT_NO_DAY;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (!time->year || time->future || time->kind == TIME_SEASON || time->year > DATES_LAST_YEAR)
            continue;
        if (time->resolved != RUNUT_NO_DAY && (self->newest_day == RUNUT_NO_DAY || time->resolved > self->newest_day))
            self->newest_day = time->resolved;
        bool made = time->first > 0 && runut_dates_is(scan, time->first - 1, DATE_MADE);
        if (!time->loose && !made && time->year > self->newest)
            self->newest = time->year;
        if (!time->loose && !made && !time->old && time->year > self->recent)
            self->recent = time->year;
    }
}

static void find_years(runut_solver *self)
{
    const runut_scan *scan = self->scan;
    for (size_t i = 0; i < scan->constraints.size; i++) {
        const runut_constraint *c = &scan->constraints.at[i];
        for (int k = 0; k < c->range_count; k++) {
            int low, high, m, d;
            runut_day_split(c->ranges[k].low, &low, &m, &d);
            runut_day_split(c->ranges[k].high, &high, &m, &d);
            if (c->kind == SAYS_BOUND && high - low > 12)
                high = low + 12;
            int beside = c->kind == SAYS_YEARS && c->strong; /* so that a contradiction shows what else fits */
            for (int y = low - beside; y <= high + beside && high - low <= 12; y++)
                add_year(self, y);
        }
    }
    for (int y = self->newest; self->newest && y <= self->newest + 6; y++)
        add_year(self, y);
    for (size_t i = 0; i < scan->times.size; i++)
        if (scan->times.at[i].year && (!scan->times.at[i].future || runut_dates_dated(&scan->times.at[i]))) {
            add_year(self, scan->times.at[i].year);
            if (scan->times.at[i].future)
                add_year(self, scan->times.at[i].year - 1);
        }
}

/* ---- candidates ---- */

static void add_candidate(runut_solver *self, runut_day day)
{
    int year, month, d;
    if (day == RUNUT_NO_DAY || self->size == CANDIDATES_MOST)
        return;
    runut_day_split(day, &year, &month, &d);
    if (year < DATES_FIRST_YEAR || year > DATES_LAST_YEAR)
        return;
    for (size_t i = 0; i < self->size; i++)
        if (self->at[i].day == day)
            return;
    self->at[self->size++] = (runut_date_try){.day = day};
}

static void candidates_of(runut_solver *self, const runut_time *time)
{
    if (time->year) {
        add_candidate(self, time->resolved);
        if (time->swap)
            add_candidate(self, runut_day_of(time->year, time->day, time->month));
        return;
    }
    for (size_t i = 0; i < self->year_count; i++) {
        add_candidate(self, runut_day_of(self->years[i], time->month, time->day));
        if (time->swap)
            add_candidate(self, runut_day_of(self->years[i], time->day, time->month));
    }
}

static void find_candidates(runut_solver *self)
{
    const runut_scan *scan = self->scan;
    int sources = 0;
    for (size_t i = 0; i < scan->times.size && sources < SOURCES_MOST; i++)
        if (runut_dates_own(&scan->times.at[i]) > 0 && ++sources)
            candidates_of(self, &scan->times.at[i]);
    for (size_t i = 0; i < scan->marks.size; i++)
        candidates_of(self, &scan->marks.at[i]);
    for (size_t i = 0; i < scan->constraints.size; i++)
        if (scan->constraints.at[i].kind == SAYS_DAY)
            add_candidate(self, scan->constraints.at[i].ranges[0].low);
    /* 'on Wednesday' soon after the newest full date of the text */
    for (int w = 0; w < 7 && self->newest_day != RUNUT_NO_DAY; w++)
        if (self->lead_weekdays >> w & 1)
            add_candidate(self, runut_dates_weekday_before(w + 1, self->newest_day + 6));
}

/* ---- the decision ---- */

/* The earliest year that the text allows: its newest date told as past, events that it names. */
static int lower_year(const runut_solver *self)
{
    int low = self->recent >= 2000 ? self->newest : 0, year, m, d;
    for (size_t i = 0; i < self->scan->constraints.size; i++) {
        const runut_constraint *k = &self->scan->constraints.at[i];
        if (k->kind != SAYS_BOUND || k->group.size)
            continue;
        runut_day_split(k->ranges[0].low, &year, &m, &d);
        if (year > low)
            low = year;
    }
    return low;
}

/* A weekday that stands with the date, or in the lead beside a plain date. */
static bool weekday_fits(const runut_solver *self, const runut_date_try *c)
{
    return !c->pair_fails && (c->pair_fits || (c->own >= 3 && self->lead_weekdays >> runut_day_weekday(c->day) & 1));
}

/* Persons in office allow a few years only, and the weekday and date fit one of them. */
static bool only_in_terms(const runut_solver *self, const runut_date_try *c)
{
    bool bounded = false;
    for (size_t i = 0; i < self->scan->constraints.size; i++) {
        const runut_constraint *k = &self->scan->constraints.at[i];
        for (int r = 0; k->kind == SAYS_BOUND && k->group.size && r < k->range_count; r++)
            bounded = bounded || (c->day >= k->ranges[r].low && c->day <= k->ranges[r].high &&
                                  k->ranges[r].high < k->ranges[r].low + TERM_DAYS);
    }
    for (size_t i = 0; bounded && i < self->size; i++) {
        const runut_date_try *other = &self->at[i];
        if (other->day != c->day && weekday_fits(self, other) && !other->strong_fails && !other->late)
            return false;
    }
    return bounded && !c->strong_fails;
}

/* 'The concert will be on 12 October 2024' is said in the months before. */
static bool soon_after(const runut_solver *self, const runut_date_try *c)
{
    for (size_t i = 0; i < self->scan->times.size; i++) {
        const runut_time *time = &self->scan->times.at[i];
        if (time->future && runut_dates_dated(time) && time->resolved > c->day && time->resolved < c->day + AHEAD_DAYS)
            return true;
    }
    return false;
}

static bool year_supported(const runut_solver *self, const runut_date_try *c)
{
    int year, month, d, low = lower_year(self);
    runut_day_split(c->day, &year, &month, &d);
    if (c->literal || c->year_fixed)
        return true;
    if (!weekday_fits(self, c))
        return false;
    return (low >= 2000 && year >= low && year - low <= 2) || only_in_terms(self, c) || soon_after(self, c);
}

static bool day_supported(const runut_solver *self, const runut_date_try *c)
{
    if (c->own >= 2.5f || (c->own >= 1.5f && self->lead_weekdays >> runut_day_weekday(c->day) & 1))
        return true;
    for (size_t i = 0; i < self->scan->constraints.size; i++) {
        const runut_constraint *k = &self->scan->constraints.at[i];
        bool weekday = self->lead_weekdays >> runut_day_weekday(c->day) & 1;
        if (k->kind == SAYS_DAY && runut_dates_hold(k, c->day) && (k->weight >= 2.5f || weekday))
            return true;
    }
    return false;
}

static void say_candidate(runut_solver *self, const runut_date_try *c, float weight)
{
    runut_scan *scan = self->scan;
    runut_dates *dates = &scan->annotation->dates;
    for (size_t i = 0; i < dates->candidates.size; i++)
        if (dates->candidates.at[i].day == c->day)
            return;
    runut_buffer reasons = runut_buffer_new(scan->arena, 1000);
    for (int i = 0; i < c->reason_count; i++) {
        runut_buffer_text(&reasons, i ? "; " : "");
        runut_buffer_text(&reasons, c->reasons[i]);
    }
    *RUNUT_APPEND(scan->arena, dates->candidates) =
        (runut_date_candidate){c->day, weight, runut_buffer_slice(&reasons)};
}

/* Counted days are the report's own: a weekday beside them that does not fit is a contradiction. */
static bool counted(const runut_solver *self, const runut_date_try *c, bool strong)
{
    for (size_t i = 0; i < self->scan->constraints.size; i++) {
        const runut_constraint *k = &self->scan->constraints.at[i];
        if (k->kind == SAYS_DAY && (k->strong || !strong) && runut_dates_hold(k, c->day))
            return true;
    }
    return false;
}

/* The weekday that the text gives with the candidate's date, 0 = none. */
static int told_weekday(const runut_solver *self, const runut_date_try *c)
{
    for (size_t i = 0; i < self->scan->times.size; i++) {
        const runut_time *time = &self->scan->times.at[i];
        if (time->weekday && runut_dates_own(time) > 0 && runut_dates_falls_on(time, c->day))
            return time->weekday;
    }
    return 0;
}

/* What is possible where something must be wrong: the days whose date fits with a weekday that is right or one off
 * (the usual slip), and those one day beside whose weekday is right. */
static void say_conflict(runut_solver *self, const char *text)
{
    runut_dates *dates = &self->scan->annotation->dates;
    dates->conflict = true;
    dates->conflict_text = runut_slice_of(text);
    for (size_t i = 0; i < self->size && dates->candidates.size < 5; i++) {
        const runut_date_try *c = &self->at[i];
        int weekday = told_weekday(self, c), off = weekday ? (runut_day_weekday(c->day) - (weekday - 1) + 7) % 7 : 0;
        if (i > 0 && (c->score < self->at[0].score - 5 || (off != 0 && off != 1 && off != 6) || c->late || c->far ||
                      (c->own < 1.5f && !counted(self, c, false))))
            continue;
        float weight = 1 / (1 + self->at[0].score - c->score);
        say_candidate(self, c, weight);
        if (off == 1 || off == 6) {
            runut_date_try beside = {.day = c->day + (off == 1 ? -1 : 1)};
            runut_dates_reason(&beside, "the weekday is right and the day of the month one off");
            say_candidate(self, &beside, weight * 0.9f);
        }
    }
}

static runut_slice against(const runut_date_try *c)
{
    for (int i = 0; i < c->reason_count; i++)
        if (strncmp(c->reasons[i], "against: ", 9) == 0)
            return runut_slice_of(c->reasons[i] + 9);
    return (runut_slice){"", 0};
}

static bool off_weekday(const runut_solver *self, const runut_date_try *c)
{
    return self->lead_weekdays && !(self->lead_weekdays >> runut_day_weekday(c->day) & 1);
}

/* The date comes before any weekday: 'on 14/06/2023 after a raid on Monday'. */
static bool opens(const runut_solver *self, const runut_date_try *c)
{
    for (size_t i = 0; i < self->scan->times.size; i++) {
        const runut_time *time = &self->scan->times.at[i];
        if (time->kind == TIME_WEEKDAY || !time->lead)
            return false;
        if (runut_dates_own(time) >= 4 && runut_dates_falls_on(time, c->day))
            return time->sentence == 0;
    }
    return false;
}

static bool contradicts(runut_solver *self)
{
    const runut_date_try *best = &self->at[0];
    runut_arena *arena = self->scan->arena;
    runut_slice name = runut_dates_name(arena, best->day), why = against(best);
    bool plain = best->literal && !best->pair_fails;
    if (best->own < 3 && counted(self, best, true) && off_weekday(self, best)) {
        say_conflict(self, runut_arena_printf(arena, "the days counted lead to %.*s, the text gives another weekday",
                                              (int)name.size, name.at)
                               .at);
        return true;
    }
    if (best->own < 5)
        return false;
    if (best->pair_fails && best->weekday_wrong) {
        say_conflict(self, runut_arena_printf(arena, "the text gives another weekday for what would be %.*s",
                                              (int)name.size, name.at)
                               .at);
        return true;
    }
    if (best->strong_fails && !plain && !(best->year_fixed && best->score > 8)) {
        say_conflict(self, runut_arena_printf(arena, "weekday and date fit %.*s, but not: %.*s", (int)name.size,
                                              name.at, (int)why.size, why.at)
                               .at);
        return true;
    }
    return false;
}

static void decide(runut_solver *self)
{
    runut_dates *dates = &self->scan->annotation->dates;
    const runut_date_try *best = &self->at[0];
    if (self->size == 0 || best->score < 2.5f || !day_supported(self, best))
        return;
    bool supported = year_supported(self, best);
    if ((supported || best->strong_fails) && contradicts(self))
        return;
    if (!supported || best->late || best->strong_fails || best->pair_fails)
        return;
    if (off_weekday(self, best) &&
        ((best->literal && best->own < 5 && !opens(self, best)) || (best->own < 3 && counted(self, best, false))))
        return; /* the date of another happening */
    float second = self->size > 1 ? self->at[1].score : -9;
    for (size_t i = 0; i < self->size && i < 4; i++)
        say_candidate(self, &self->at[i], 1 / (1 + best->score - self->at[i].score));
    if (second > best->score - 0.75f)
        return;
    float margin = best->score - second;
    dates->inferred = best->day;
    dates->confidence = 1 - 1 / (1 + (best->score > 12 ? 12 : best->score) * (margin > 3 ? 1 : margin / 3));
}

static void find_lead_weekdays(runut_solver *self)
{
    const runut_scan *scan = self->scan;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->kind == TIME_WEEKDAY && time->lead && !time->future && !time->quoted &&
            (time->step == NO_STEP || time->step == 0))
            self->lead_weekdays |= 1u << (time->weekday - 1);
        self->has_pair = self->has_pair || (time->kind == TIME_DATE && time->weekday);
    }
}

void runut_dates_solve(runut_scan *scan)
{
    if (runut_dates_stated(scan))
        return;
    runut_solver self = {.scan = scan};
    self.at = runut_arena_alloc(scan->arena, CANDIDATES_MOST * sizeof *self.at);
    find_newest(&self);
    find_lead_weekdays(&self);
    find_years(&self);
    find_candidates(&self);
    runut_dates_score(&self);
    decide(&self);
}
