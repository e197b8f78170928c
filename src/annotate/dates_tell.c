/* What was read, in English, for those who check it; the days that the body mentions; the day of the event. */
#include "annotate/dates.h"
#include "base/buffer.h"
#include "base/slice.h"

static const char *const weekday_names[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                            "Thursday", "Friday", "Saturday", "Sunday"};
static const char *const month_names[] = {"",     "January", "February",  "March",   "April",    "May",     "June",
                                          "July", "August",  "September", "October", "November", "December"};

enum { EVIDENCE_MOST = 40, EVENT_DAYS = 45, AFTERMATH_DAYS = 14, SENTENCE_TOKENS = 80 };

runut_slice runut_dates_name(runut_arena *arena, runut_day day)
{
    int year, month, d;
    if (day == RUNUT_NO_DAY)
        return RUNUT_LITERAL("no such day");
    runut_day_split(day, &year, &month, &d);
    return runut_arena_printf(arena, "%s %d %s %d", weekday_names[runut_day_weekday(day) + 1], d, month_names[month],
                              year);
}

/* "12 July on a Tuesday: 2011, 2016, 2022, 2033" */
static runut_slice say_pair(runut_arena *arena, const runut_time *time)
{
    runut_buffer out = runut_buffer_new(arena, 300);
    runut_buffer_add(&out, runut_arena_printf(arena, "%d %s on a %s:", time->day, month_names[time->month],
                                              weekday_names[time->weekday]));
    bool first = true;
    for (int year = 2005; year <= 2035; year++) {
        runut_day day = runut_day_of(year, time->month, time->day);
        if (day == RUNUT_NO_DAY || runut_day_weekday(day) != time->weekday - 1)
            continue;
        runut_buffer_add(&out, runut_arena_printf(arena, "%s %d", first ? "" : ",", year));
        first = false;
    }
    return runut_buffer_slice(&out);
}

static runut_slice say_step(runut_arena *arena, const runut_time *time, runut_day report)
{
    static const char *const units[] = {"", "day", "week", "month", "year", "decade", "century", "weekend"};
    int year = 0, month, d;
    if (report != RUNUT_NO_DAY)
        runut_day_split(report, &year, &month, &d);
    if (time->unit == UNIT_YEAR && year)
        return runut_arena_printf(arena, "%d", year + time->step);
    return runut_arena_printf(arena, "%d %s%s %s the report", time->step < 0 ? -time->step : time->step,
                              units[time->unit & 7], time->step == 1 || time->step == -1 ? "" : "s",
                              time->step < 0 ? "before" : "after");
}

static runut_slice says_of(const runut_scan *scan, const runut_time *time)
{
    runut_arena *arena = scan->arena;
    runut_day report = scan->annotation->dates.inferred, day = runut_dates_resolve(time, report);
    switch (time->kind) {
    case TIME_DATE:
        if (time->year && time->resolved == RUNUT_NO_DAY)
            return RUNUT_LITERAL("no such day");
        if (time->weekday && !time->year && report == RUNUT_NO_DAY)
            return say_pair(arena, time);
        if (day != RUNUT_NO_DAY)
            return runut_dates_name(arena, day);
        return runut_arena_printf(arena, "%d %s, no year", time->day, month_names[time->month]);
    case TIME_WEEKDAY:
        return day != RUNUT_NO_DAY ? runut_dates_name(arena, day)
                                   : runut_arena_printf(arena, "a %s", weekday_names[time->weekday]);
    case TIME_DAY:
        return day != RUNUT_NO_DAY ? runut_dates_name(arena, day)
                                   : runut_arena_printf(arena, "%+d days from the report", time->step);
    case TIME_MONTHDAY:
        return day != RUNUT_NO_DAY ? runut_dates_name(arena, day)
                                   : runut_arena_printf(arena, "day %d of a month", time->day);
    case TIME_MONTH:
        return time->year ? runut_arena_printf(arena, "%s %d", month_names[time->month], time->year)
                          : runut_arena_printf(arena, "%s", month_names[time->month]);
    case TIME_SEASON:
        return runut_arena_printf(arena, "season %d/%d", time->year, time->year + 1);
    case TIME_UNIT:
        return say_step(arena, time, report);
    default:
        return runut_arena_printf(arena, "%d", time->year);
    }
}

static void add_evidence(runut_scan *scan, runut_span span, runut_slice says)
{
    runut_dates *dates = &scan->annotation->dates;
    for (size_t i = 0; i < dates->evidence.size; i++)
        if (dates->evidence.at[i].span.start < span.end && span.start < dates->evidence.at[i].span.end &&
            runut_slice_equal(dates->evidence.at[i].says, says))
            return;
    if (dates->evidence.size < EVIDENCE_MOST)
        *RUNUT_APPEND(scan->arena, dates->evidence) =
            (runut_date_evidence){span, runut_slice_part(scan->text, span.start, span.end), says};
}

/* With the bracket that closes it: 'Selasa (12/7)'. */
static runut_span span_of(const runut_scan *scan, const runut_time *time)
{
    bool open = false;
    for (uint32_t i = time->first; i < time->end; i++)
        open = open || runut_dates_mark(scan, i, "(");
    return runut_dates_span(scan, time->first, open && time->bracketed ? time->end + 1 : time->end);
}

/* Constraints of the given kinds, as bits. */
static void tell_constraints(runut_scan *scan, unsigned kinds)
{
    for (size_t i = 0; i < scan->constraints.size; i++)
        if (kinds & 1u << scan->constraints.at[i].kind)
            add_evidence(scan, scan->constraints.at[i].span, scan->constraints.at[i].says);
}

/* Expressions that count as evidence; `pinned`: those that name weekday and date, or all. */
static void tell_times(runut_scan *scan, bool pinned)
{
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        bool plain =
            time->kind == TIME_YEAR || time->kind == TIME_DAY || time->kind == TIME_UNIT || time->kind == TIME_MONTHDAY;
        bool counts = time->lead || !plain || (time->kind == TIME_YEAR && !time->loose);
        if (counts && (!pinned || (time->kind == TIME_DATE && time->weekday)))
            add_evidence(scan, span_of(scan, time), says_of(scan, time));
    }
}

static void tell_evidence(runut_scan *scan)
{
    const runut_article *article = scan->annotation->article;
    runut_dates *dates = &scan->annotation->dates;
    if (article->date_published.size) {
        runut_slice text = article->date_printed.size ? article->date_printed : article->date_published;
        *RUNUT_APPEND(scan->arena, dates->evidence) = (runut_date_evidence){
            {0, 0},
            text,
            runut_arena_printf(scan->arena, "stated in the %s", article->date_from ? article->date_from : "record")};
    }
    /* what decides comes first: a day told exactly, a weekday with its date, then years, then mere bounds */
    tell_constraints(scan, 1u << SAYS_DAY);
    tell_times(scan, true);
    tell_constraints(scan, 1u << SAYS_YEARS | 1u << SAYS_LAST);
    for (size_t i = 0; i < scan->marks.size; i++)
        add_evidence(scan, runut_dates_span(scan, scan->marks.at[i].first, scan->marks.at[i].end),
                     runut_arena_printf(scan->arena, "%d %s of some year", scan->marks.at[i].day,
                                        month_names[scan->marks.at[i].month]));
    tell_times(scan, false);
    tell_constraints(scan, 1u << SAYS_BOUND);
}

static void tell_mentioned(runut_scan *scan)
{
    runut_dates *dates = &scan->annotation->dates;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        runut_day day = runut_dates_resolve(time, dates->inferred);
        if (day == RUNUT_NO_DAY)
            continue;
        __typeof__(dates->mentioned.at) mention = RUNUT_APPEND(scan->arena, dates->mentioned);
        mention->span = span_of(scan, time);
        mention->day = day;
    }
}

static bool may_be_event(const runut_time *time)
{
    bool day =
        time->kind == TIME_DATE || time->kind == TIME_WEEKDAY || time->kind == TIME_DAY || time->kind == TIME_MONTHDAY;
    return day && !time->future && !time->quoted && !time->anchor && !time->archive;
}

/* Does the sentence tell of a toll or a search that goes on? */
static bool is_aftermath(const runut_scan *scan, uint32_t sentence)
{
    const runut_sentence *s = &scan->annotation->sentences.at[sentence];
    bool update = false, toll = false;
    for (uint32_t i = s->first_token; i < s->end_token && i < s->first_token + SENTENCE_TOKENS; i++) {
        update = update || runut_dates_is(scan, i, DATE_UPDATE);
        toll = toll || runut_dates_is(scan, i, DATE_TOLL);
    }
    return update && toll;
}

/* The first day named that lies shortly before the report is when it happened; after 'the toll rose on Tuesday' the
 * nearest earlier day is. */
static runut_day event_day(const runut_scan *scan, runut_day report)
{
    runut_day event = RUNUT_NO_DAY;
    bool aftermath = false;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (!may_be_event(time) || (!time->lead && !aftermath))
            continue;
        runut_day day = runut_dates_resolve(time, report);
        if (day == RUNUT_NO_DAY || day > report || day < report - (aftermath ? AFTERMATH_DAYS : EVENT_DAYS))
            continue;
        if (event == RUNUT_NO_DAY) {
            event = day;
            aftermath = day >= report - 1 && is_aftermath(scan, time->sentence);
            if (!aftermath)
                break;
        } else if (day < event) {
            return day;
        }
    }
    return event == RUNUT_NO_DAY ? report : event;
}

/* Where the day is not known, the year and month may be: when all that is possible lies in one. */
static void tell_candidates(runut_dates *dates)
{
    for (size_t i = 0; i < dates->candidates.size; i++) {
        int year, month, d;
        runut_day_split(dates->candidates.at[i].day, &year, &month, &d);
        if (i == 0)
            dates->event_year = year, dates->event_month = month;
        if (year != dates->event_year)
            dates->event_year = 0;
        if (month != dates->event_month)
            dates->event_month = 0;
    }
}

static void tell_event(runut_scan *scan)
{
    runut_dates *dates = &scan->annotation->dates;
    int year, month, d;
    if (dates->inferred == RUNUT_NO_DAY) {
        tell_candidates(dates);
        for (size_t i = 0; i < scan->times.size && !dates->event_month; i++)
            if (scan->times.at[i].kind == TIME_DATE && !scan->times.at[i].year && scan->times.at[i].lead &&
                may_be_event(&scan->times.at[i]))
                dates->event_month = scan->times.at[i].month;
        return;
    }
    dates->event = event_day(scan, dates->inferred);
    runut_day_split(dates->event, &year, &month, &d);
    dates->event_year = year;
    dates->event_month = month;
}

void runut_dates_tell(runut_scan *scan)
{
    tell_evidence(scan);
    tell_mentioned(scan);
    tell_event(scan);
}
