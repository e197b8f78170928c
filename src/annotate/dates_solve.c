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
#include <stdio.h>
#include <stdlib.h>

#include "annotate/dates.h"
#include "base/buffer.h"
#include "base/slice.h"

enum {
    CANDIDATES_MOST = 300,
    YEARS_MOST = 60,
    SOURCES_MOST = 40, /* dates from which candidates are made */
    REASONS_MOST = 6,
    FIRST_YEAR = 1995,
    LAST_YEAR = 2045,
    REPORT_LAG = 1, /* a report may be of the day after */
    FAR_DAYS = 500,
    TERM_DAYS = 12 * 366
};

typedef struct candidate {
    runut_day day;
    float score, own; /* own: how plainly the text uses it */
    bool year_fixed, literal, pair_fits, pair_fails, strong_fails, late, weekday_wrong;
    bool far;     /* years from what a person or event that is named allows */
    int year_gap; /* from the newest year told */
    const char *reasons[REASONS_MOST];
    int reason_count;
} candidate;

typedef struct solver {
    runut_scan *scan;
    candidate *at;
    size_t size;
    int years[YEARS_MOST];
    size_t year_count;
    int newest; /* newest year told as past, old stories aside; 0 = none */
    runut_day newest_day;
    uint32_t lead_weekdays; /* bits of the weekdays named alone in the lead */
    bool has_pair;
} solver;

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

static runut_day weekday_before(int weekday, runut_day report)
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
    case TIME_WEEKDAY:
        return time->future || (time->step != NO_STEP && time->step > 0) ? weekday_before(time->weekday, report + 7)
                                                                         : weekday_before(time->weekday, report);
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
static float own_weight(const runut_time *time)
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

/* ---- years ---- */

static void add_year(solver *self, int year)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || self->year_count == YEARS_MOST)
        return;
    for (size_t i = 0; i < self->year_count; i++)
        if (self->years[i] == year)
            return;
    self->years[self->year_count++] = year;
}

static void find_newest(solver *self)
{
    const runut_scan *scan = self->scan;
    self->newest_day = RUNUT_NO_DAY;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (!time->year || time->future || time->kind == TIME_SEASON || time->year > LAST_YEAR)
            continue;
        if (time->resolved != RUNUT_NO_DAY && (self->newest_day == RUNUT_NO_DAY || time->resolved > self->newest_day))
            self->newest_day = time->resolved;
        bool made = time->first > 0 && runut_dates_is(scan, time->first - 1, DATE_MADE);
        if (!time->loose && !made && time->year > self->newest)
            self->newest = time->year;
    }
}

static void find_years(solver *self)
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
            for (int y = low; y <= high && high - low <= 12; y++)
                add_year(self, y);
        }
    }
    for (int y = self->newest; self->newest && y <= self->newest + 6; y++)
        add_year(self, y);
    for (size_t i = 0; i < scan->times.size; i++)
        if (scan->times.at[i].year && !scan->times.at[i].future)
            add_year(self, scan->times.at[i].year);
}

/* ---- candidates ---- */

static void add_candidate(solver *self, runut_day day)
{
    int year, month, d;
    if (day == RUNUT_NO_DAY || self->size == CANDIDATES_MOST)
        return;
    runut_day_split(day, &year, &month, &d);
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return;
    for (size_t i = 0; i < self->size; i++)
        if (self->at[i].day == day)
            return;
    self->at[self->size++] = (candidate){.day = day};
}

static void candidates_of(solver *self, const runut_time *time)
{
    if (time->year) {
        add_candidate(self, time->resolved);
        return;
    }
    for (size_t i = 0; i < self->year_count; i++) {
        add_candidate(self, runut_day_of(self->years[i], time->month, time->day));
        if (time->swap)
            add_candidate(self, runut_day_of(self->years[i], time->day, time->month));
    }
}

static void find_candidates(solver *self)
{
    const runut_scan *scan = self->scan;
    int sources = 0;
    for (size_t i = 0; i < scan->times.size && sources < SOURCES_MOST; i++)
        if (own_weight(&scan->times.at[i]) > 0 && ++sources)
            candidates_of(self, &scan->times.at[i]);
    for (size_t i = 0; i < scan->marks.size; i++)
        candidates_of(self, &scan->marks.at[i]);
    for (size_t i = 0; i < scan->constraints.size; i++)
        if (scan->constraints.at[i].kind == SAYS_DAY)
            add_candidate(self, scan->constraints.at[i].ranges[0].low);
    /* 'on Wednesday' soon after the newest full date of the text */
    for (int w = 0; w < 7 && self->newest_day != RUNUT_NO_DAY; w++)
        if (self->lead_weekdays >> w & 1)
            add_candidate(self, weekday_before(w + 1, self->newest_day + 6));
}

/* ---- scores ---- */

static void reason(candidate *c, const char *text)
{
    for (int i = 0; i < c->reason_count; i++)
        if (strcmp(c->reasons[i], text) == 0)
            return;
    if (c->reason_count < REASONS_MOST)
        c->reasons[c->reason_count++] = text;
}

static bool falls_on(const runut_time *time, runut_day day)
{
    int year, month, d;
    runut_day_split(day, &year, &month, &d);
    return (!time->year || time->year == year) &&
           ((time->month == month && time->day == d) || (time->swap && time->day == month && time->month == d));
}

static void score_own(const solver *self, candidate *c)
{
    const runut_scan *scan = self->scan;
    float best = 0, second = 0;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        float weight = own_weight(time);
        if (weight <= 0 || !falls_on(time, c->day))
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
        if (falls_on(&scan->marks.at[i], c->day)) {
            float weight = scan->marks.at[i].lead ? 2.5f : 1.5f;
            reason(c, "a known day is named");
            second = weight > best ? best : weight > second ? weight : second;
            best = weight > best ? weight : best;
        }
    c->own = best;
    c->score += best + second / 2;
    if (c->weekday_wrong) {
        c->score -= 4;
        c->pair_fails = true;
        reason(c, "the weekday does not fit");
    } else if (c->pair_fits) {
        c->score += 1.5f;
        reason(c, "weekday and date fit");
    }
}

/* The other dates that stand with a weekday: 'Minggu (10/7)' has to be a Sunday in the year of the report. */
static void score_pairs(const solver *self, candidate *c)
{
    const runut_scan *scan = self->scan;
    int fits = 0, fails = 0;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->kind != TIME_DATE || !time->weekday || time->year || time->step != NO_STEP || falls_on(time, c->day))
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
        c->score -= fails > 1 ? 3 : 2, c->pair_fails = true, reason(c, "the weekday of another date does not fit");
}

static void score_lead_weekday(const solver *self, candidate *c)
{
    if (!self->lead_weekdays)
        return;
    int w = runut_day_weekday(c->day);
    if (self->lead_weekdays >> w & 1) {
        c->score += 2;
        reason(c, "the weekday of the lead fits");
    } else if (self->lead_weekdays >> ((w + 6) % 7) & 1) {
        c->score += 0.25f;
    } else {
        c->score -= 1;
        reason(c, "the weekday of the lead does not fit");
    }
}

static bool holds(const runut_constraint *c, runut_day day)
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

static void score_constraints(const solver *self, candidate *c)
{
    const runut_scan *scan = self->scan;
    for (size_t i = 0; i < scan->constraints.size; i++) {
        const runut_constraint *k = &scan->constraints.at[i];
        bool fits = holds(k, c->day);
        if (k->kind == SAYS_DAY && !fits) {
            if (!k->strong)
                continue;
            fits = holds(k, c->day - REPORT_LAG);
            c->score -= fits ? 1 : 2.5f;
            continue;
        }
        c->score += fits ? (k->kind == SAYS_BOUND ? 0 : k->weight) : -k->weight;
        if (fits && k->kind != SAYS_BOUND && k->weight >= 2.5f)
            c->year_fixed = true;
        if (k->weight >= 1.5f && k->kind != SAYS_BOUND)
            reason(c, runut_arena_printf(scan->arena, "%s %.*s", fits ? "holds:" : "against:", (int)k->says.size,
                                         k->says.at)
                          .at);
        if (!fits && k->kind == SAYS_BOUND)
            reason(c, runut_arena_printf(scan->arena, "against: %.*s", (int)k->says.size, k->says.at).at);
        c->far = c->far || far_off(k, c->day);
        if (!fits && k->strong)
            c->strong_fails = true;
    }
}

/* Dates and years told as past cannot lie after the report. */
static void score_past(const solver *self, candidate *c)
{
    const runut_scan *scan = self->scan;
    int year, month, d, late = 0;
    runut_day_split(c->day, &year, &month, &d);
    for (size_t i = 0; i < scan->times.size && late < 3; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->future || !time->year || time->kind == TIME_SEASON || time->year > LAST_YEAR)
            continue;
        if (time->resolved != RUNUT_NO_DAY ? time->resolved > c->day + 1 : time->year > year)
            late += time->loose ? 0 : 1, c->score -= time->loose ? 0.5f : 2.5f;
    }
    c->late = late > 0;
    if (late)
        reason(c, "the text tells of a later date");
    if (!self->newest)
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
    const candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return (x->day > y->day) - (x->day < y->day);
}

static void score_all(solver *self)
{
    for (size_t i = 0; i < self->size; i++) {
        candidate *c = &self->at[i];
        score_own(self, c);
        score_pairs(self, c);
        score_lead_weekday(self, c);
        score_constraints(self, c);
        score_past(self, c);
    }
    qsort(self->at, self->size, sizeof *self->at, order_candidates);
}

/* ---- the decision ---- */

/* The earliest year that the text allows: its newest date told as past, events that it names. */
static int lower_year(const solver *self)
{
    int low = self->newest >= 2000 ? self->newest : 0, year, m, d;
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

/* Persons in office allow a few years only, and the weekday and date fit one of them. */
static bool only_in_terms(const solver *self, const candidate *c)
{
    bool bounded = false;
    for (size_t i = 0; i < self->scan->constraints.size; i++) {
        const runut_constraint *k = &self->scan->constraints.at[i];
        if (k->kind == SAYS_BOUND && k->group.size && k->range_count == 1 &&
            k->ranges[0].high < k->ranges[0].low + TERM_DAYS)
            bounded = true;
    }
    for (size_t i = 0; bounded && i < self->size; i++)
        if (self->at[i].day != c->day && self->at[i].pair_fits && !self->at[i].pair_fails &&
            !self->at[i].strong_fails && !self->at[i].late)
            return false;
    return bounded && !c->strong_fails;
}

static bool year_supported(const solver *self, const candidate *c)
{
    int year, month, d, low = lower_year(self);
    runut_day_split(c->day, &year, &month, &d);
    if (c->literal || c->year_fixed)
        return true;
    bool weekday = c->pair_fits || (c->own >= 3 && self->lead_weekdays >> runut_day_weekday(c->day) & 1);
    if (!weekday || c->pair_fails)
        return false;
    return (low >= 2000 && year >= low && year - low <= 2) || only_in_terms(self, c);
}

static bool day_supported(const solver *self, const candidate *c)
{
    if (c->own >= 2.5f || (c->own >= 1.5f && self->lead_weekdays >> runut_day_weekday(c->day) & 1))
        return true;
    for (size_t i = 0; i < self->scan->constraints.size; i++) {
        const runut_constraint *k = &self->scan->constraints.at[i];
        if (k->kind == SAYS_DAY && holds(k, c->day) && k->weight >= 2.5f)
            return true;
    }
    return false;
}

static void say_candidate(solver *self, const candidate *c, float weight)
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

/* The weekday that the text gives with the candidate's date, 0 = none. */
static int told_weekday(const solver *self, const candidate *c)
{
    for (size_t i = 0; i < self->scan->times.size; i++) {
        const runut_time *time = &self->scan->times.at[i];
        if (time->weekday && own_weight(time) > 0 && falls_on(time, c->day))
            return time->weekday;
    }
    return 0;
}

/* What is possible where something must be wrong: the days whose date fits with a weekday that is right or one off
 * (the usual slip), and those one day beside whose weekday is right. */
static void say_conflict(solver *self, const char *text)
{
    runut_dates *dates = &self->scan->annotation->dates;
    dates->conflict = true;
    dates->conflict_text = runut_slice_of(text);
    for (size_t i = 0; i < self->size && dates->candidates.size < 5; i++) {
        const candidate *c = &self->at[i];
        int weekday = told_weekday(self, c), off = weekday ? (runut_day_weekday(c->day) - (weekday - 1) + 7) % 7 : 0;
        if (c->score < self->at[0].score - 7 || (off != 0 && off != 1 && off != 6) || c->late || c->far)
            continue;
        float weight = 1 / (1 + self->at[0].score - c->score);
        say_candidate(self, c, weight);
        if (off) {
            candidate beside = {.day = c->day + (off == 1 ? -1 : 1)};
            reason(&beside, "the weekday is right and the day of the month one off");
            say_candidate(self, &beside, weight * 0.9f);
        }
    }
}

static runut_slice against(const candidate *c)
{
    for (int i = 0; i < c->reason_count; i++)
        if (strncmp(c->reasons[i], "against: ", 9) == 0)
            return runut_slice_of(c->reasons[i] + 9);
    return (runut_slice){"", 0};
}

static bool contradicts(solver *self)
{
    const candidate *best = &self->at[0];
    runut_arena *arena = self->scan->arena;
    runut_slice name = runut_dates_name(arena, best->day), why = against(best);
    bool plain = best->literal && !best->pair_fails;
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

static void decide(solver *self)
{
    if (getenv("RUNUT_DATES_DEBUG"))
        for (size_t i = 0; i < self->size && i < 8; i++)
            fprintf(stderr, "  %.*s score %.2f own %.1f yf %d lit %d pf %d pfail %d sf %d late %d low %d newest %d\n",
                    (int)runut_dates_name(self->scan->arena, self->at[i].day).size,
                    runut_dates_name(self->scan->arena, self->at[i].day).at, self->at[i].score, self->at[i].own,
                    self->at[i].year_fixed, self->at[i].literal, self->at[i].pair_fits, self->at[i].pair_fails,
                    self->at[i].strong_fails, self->at[i].late, lower_year(self), self->newest);
    runut_dates *dates = &self->scan->annotation->dates;
    const candidate *best = &self->at[0];
    if (self->size == 0 || best->score < 2.5f || !day_supported(self, best))
        return;
    bool supported = year_supported(self, best);
    if ((supported || best->strong_fails) && contradicts(self))
        return;
    if (!supported || best->late || best->strong_fails || best->pair_fails)
        return;
    if (best->literal && best->own < 5 && self->lead_weekdays &&
        !(self->lead_weekdays >> runut_day_weekday(best->day) & 1))
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

/* ---- a stated date ---- */

/* Metadata and by-line are believed; a weekday printed with the date that it has not is said. */
static bool stated(runut_scan *scan)
{
    const runut_article *article = scan->annotation->article;
    runut_day day = runut_day_parse(article->date_published);
    if (day == RUNUT_NO_DAY)
        return false;
    runut_dates *dates = &scan->annotation->dates;
    dates->inferred = day;
    dates->confidence = 0.98f;
    return true;
}

static void find_lead_weekdays(solver *self)
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
    if (stated(scan))
        return;
    solver self = {.scan = scan};
    self.at = runut_arena_alloc(scan->arena, CANDIDATES_MOST * sizeof *self.at);
    find_newest(&self);
    find_lead_weekdays(&self);
    find_years(&self);
    find_candidates(&self);
    score_all(&self);
    decide(&self);
}
