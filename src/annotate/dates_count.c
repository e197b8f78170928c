/* Durations that count from a dated anchor: 'three years and four days after … March 3, 2020', 'dua hari sebelum genap
 * setahun … 27 November 2023', 'enam hari sebelumnya, 31 Oktober 2024'. And what the readers of links share. */
#include "annotate/dates.h"
#include "base/slice.h"

enum {
    ANCHOR_TOKENS = 40, /* from 'after' to the anchor's date */
    CONSTRAINTS_MOST = 80,
    PARTS_MOST = 3, /* '3 years, 2 months and 4 days' */
    WORD_BYTES = 5, /* shorter words link nothing */
    SENTENCE_TOKENS = 80
};

typedef struct duration {
    int unit[PARTS_MOST], count[PARTS_MOST], parts;
} duration;

/* ---- helpers ---- */

runut_span runut_dates_span(const runut_scan *scan, uint32_t first, uint32_t end)
{
    return (runut_span){scan->tokens[first].span.start, scan->tokens[end - 1].span.end};
}

runut_day runut_dates_move(runut_day day, int unit, int count)
{
    int year, month, d;
    if (day == RUNUT_NO_DAY || count > 5000 || count < -5000)
        return RUNUT_NO_DAY;
    if (unit == UNIT_DAY || unit == UNIT_WEEK)
        return day + count * (unit == UNIT_WEEK ? 7 : 1);
    runut_day_split(day, &year, &month, &d);
    int months = unit == UNIT_MONTH    ? count
                 : unit == UNIT_YEAR   ? 12 * count
                 : unit == UNIT_DECADE ? 120 * count
                                       : 1200 * count;
    int total = year * 12 + month - 1 + months;
    if (total < 12 || total >= 9999 * 12)
        return RUNUT_NO_DAY;
    int days = runut_month_days(total / 12, total % 12 + 1);
    return runut_day_of(total / 12, total % 12 + 1, d > days ? days : d);
}

runut_constraint *runut_dates_constrain(runut_scan *scan, runut_constraint_kind kind, runut_day low, runut_day high,
                                        float weight, bool strong, runut_span span, uint32_t sentence, runut_slice says)
{
    if (scan->constraints.size >= CONSTRAINTS_MOST)
        return NULL;
    runut_constraint *c = RUNUT_APPEND(scan->arena, scan->constraints);
    *c = (runut_constraint){
        .kind = kind, .weight = weight, .strong = strong, .span = span, .sentence = sentence, .says = says};
    c->ranges[0] = (runut_range){low, high};
    c->range_count = 1;
    return c;
}

/* The first time at or after token `at`, by bisection. */
size_t runut_dates_time_from(const runut_scan *scan, uint32_t at)
{
    size_t low = 0, high = scan->times.size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (scan->times.at[middle].first < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- what two sentences have in common ---- */

static bool links(const runut_token *token)
{
    return token->kind == RUNUT_TOKEN_WORD && token->folded.size >= WORD_BYTES;
}

/* Does a content word of tokens [first, end) stand in `sentence` too? Words of time do not count. */
bool runut_dates_shares_word(const runut_scan *scan, uint32_t first, uint32_t end, uint32_t sentence)
{
    const runut_sentence *s = &scan->annotation->sentences.at[sentence];
    uint32_t last = s->end_token > s->first_token + SENTENCE_TOKENS ? s->first_token + SENTENCE_TOKENS : s->end_token;
    for (uint32_t i = first; i < end; i++) {
        bool link = links(&scan->tokens[i]) || (scan->tokens[i].upper && scan->tokens[i].folded.size == WORD_BYTES - 1);
        if (!link || (scan->tags[i].classes & ~(DATE_FORMER | DATE_OFFICE | DATE_NATIONAL)))
            continue;
        for (uint32_t k = s->first_token; k < last; k++)
            if (scan->tokens[k].kind == RUNUT_TOKEN_WORD &&
                runut_slice_equal(scan->tokens[i].stem, scan->tokens[k].stem))
                return true;
    }
    return false;
}

/* Tokens around `at`, within its sentence. */
void runut_dates_around(const runut_scan *scan, uint32_t at, uint32_t most, uint32_t *first, uint32_t *end)
{
    const runut_sentence *s = &scan->annotation->sentences.at[scan->tokens[at].sentence];
    *first = at > s->first_token + most ? at - most : s->first_token;
    *end = at + most < s->end_token ? at + most : s->end_token;
}

/* ---- durations ---- */

static uint32_t read_part(const runut_scan *scan, uint32_t at, duration *out)
{
    int number = 1;
    bool ordinal = false;
    uint32_t used = 0;
    if (!runut_dates_is(scan, at, DATE_ONE)) {
        used = runut_dates_number(scan, at, &number, &ordinal);
        if (!used || ordinal || number < 1 || number > 3000)
            return 0;
        if (runut_dates_mark(scan, at + used, "-"))
            used++;
        if (!runut_dates_is(scan, at + used, DATE_UNIT) || scan->tags[at + used].unit > UNIT_CENTURY)
            return 0;
    }
    out->unit[out->parts] = scan->tags[at + used].unit;
    out->count[out->parts++] = number;
    return used + 1;
}

static uint32_t read_duration(const runut_scan *scan, uint32_t at, duration *out)
{
    out->parts = 0;
    uint32_t i = at, used = read_part(scan, at, out);
    while (used && out->parts < PARTS_MOST) {
        i += used;
        uint32_t next = i;
        while (next < i + 2 && (runut_dates_mark(scan, next, ",") || runut_dates_is(scan, next, DATE_AND)))
            next++;
        used = next > i ? read_part(scan, next, out) : 0;
        if (used)
            used += next - i;
    }
    return out->parts ? (used ? i + used : i) - at : 0;
}

static runut_day add(runut_day day, const duration *d, int sign)
{
    for (int i = 0; i < d->parts; i++)
        day = runut_dates_move(day, d->unit[i], sign * d->count[i]);
    return day;
}

/* How far off a duration may be: one that ends in days is exact. */
static void slack(const duration *d, int *before, int *after)
{
    switch (d->unit[d->parts - 1]) {
    case UNIT_DAY:
        *before = *after = 0;
        break;
    case UNIT_WEEK:
        *before = 3, *after = 6;
        break;
    case UNIT_MONTH:
        *before = 12, *after = 27;
        break;
    case UNIT_YEAR:
        *before = 60, *after = 330;
        break;
    default:
        *before = 1000, *after = 2000;
        break;
    }
}

static runut_time *anchor_after(runut_scan *scan, uint32_t at, uint32_t most)
{
    if (at == 0 || at >= scan->count)
        return NULL;
    for (size_t i = runut_dates_time_from(scan, at); i < scan->times.size; i++) {
        runut_time *time = &scan->times.at[i];
        if (time->first > at + most || time->sentence != scan->tokens[at - 1].sentence)
            return NULL;
        if (runut_dates_dated(time)) /* 'Kamis (14/7/2022)' is the report's own day */
            return time->bracketed && time->weekday ? NULL : time;
    }
    return NULL;
}

/* Does the sentence name a year later than the anchor's? Then the story has moved on and the duration is about that. */
static bool told_of_another_year(const runut_scan *scan, uint32_t sentence, const runut_time *anchor, int year)
{
    for (size_t i = runut_dates_time_from(scan, scan->annotation->sentences.at[sentence].first_token);
         i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->sentence != sentence)
            break;
        if (time != anchor && time->year > anchor->year && time->year != year && time->kind != TIME_SEASON)
            return true;
    }
    return false;
}

static void say_duration(runut_scan *scan, uint32_t first, uint32_t end, runut_time *anchor, const duration *d,
                         runut_day day)
{
    int before, after, year, month, dom;
    slack(d, &before, &after);
    if (day == RUNUT_NO_DAY)
        return;
    runut_day_split(day, &year, &month, &dom);
    bool lead = first < scan->lead_end, exact = before == 0;
    if (year < DATES_FIRST_YEAR || year > DATES_LAST_YEAR ||
        told_of_another_year(scan, scan->tokens[first].sentence, anchor, year))
        return;
    anchor->anchor = true;
    runut_slice says = runut_arena_printf(
        scan->arena, exact ? "counted from %.*s: %.*s" : "counted from %.*s: about %.*s",
        (int)runut_dates_name(scan->arena, anchor->resolved).size, runut_dates_name(scan->arena, anchor->resolved).at,
        (int)runut_dates_name(scan->arena, day).size, runut_dates_name(scan->arena, day).at);
    runut_dates_constrain(scan, exact ? SAYS_DAY : SAYS_YEARS, day - before, day + after,
                          lead    ? 5
                          : exact ? 3.5f
                                  : 3,
                          lead && exact, runut_dates_span(scan, first, end), scan->tokens[first].sentence, says);
    if (lead && d->unit[d->parts - 1] == UNIT_YEAR) /* to the day where the lead's weekday agrees */
        runut_dates_constrain(scan, SAYS_DAY, day, day, 2, false, runut_dates_span(scan, first, end),
                              scan->tokens[first].sentence, says);
}

/* 'cinquante ans | jour pour jour | après', 'fifty years | to the day | after'. */
static uint32_t to_the_day(const runut_scan *scan, uint32_t i)
{
    if (i + 3 >= scan->count || !runut_dates_is(scan, i + 3, DATE_AFTER) ||
        scan->tokens[i + 2].sentence != scan->tokens[i].sentence)
        return 0;
    bool twice =
        runut_dates_is(scan, i, DATE_UNIT) && runut_slice_equal(scan->tokens[i].folded, scan->tokens[i + 2].folded);
    return twice || (runut_dates_is(scan, i + 2, DATE_UNIT) && scan->tags[i + 2].unit == UNIT_DAY) ? 3 : 0;
}

/* 'fifty years after the disaster of 1973', 'tujuh tahun sejak kali terakhir juara pada 2015': the year alone. */
static void say_years(runut_scan *scan, uint32_t first, uint32_t after, int count)
{
    enum { YEAR_TOKENS = 14 };
    for (size_t i = runut_dates_time_from(scan, after); i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->first > after + YEAR_TOKENS || time->sentence != scan->tokens[first].sentence)
            return;
        int year = time->year + count;
        if ((time->kind != TIME_YEAR && time->kind != TIME_MONTH) || !time->year || time->future ||
            year < DATES_FIRST_YEAR || year > DATES_LAST_YEAR)
            continue;
        runut_dates_constrain(scan, SAYS_YEARS, runut_day_of(year, 1, 1), runut_day_of(year, 12, 31), 2.5f, false,
                              runut_dates_span(scan, first, time->end), time->sentence,
                              runut_arena_printf(scan->arena, "%d years from %d: %d", count, time->year, year));
        return;
    }
}

uint32_t runut_dates_duration(runut_scan *scan, uint32_t at)
{
    duration d, whole;
    uint32_t used = read_duration(scan, at, &d), i = at + used;
    if (!used)
        return 0;
    i += to_the_day(scan, i);
    if (runut_dates_is(scan, i, DATE_AFTER)) {
        runut_time *anchor = anchor_after(scan, i + 1, ANCHOR_TOKENS);
        if (anchor)
            say_duration(scan, at, anchor->end, anchor, &d, add(anchor->resolved, &d, 1));
        else if (d.parts == 1 && d.unit[0] == UNIT_YEAR)
            say_years(scan, at, i, d.count[0]);
    } else if (runut_dates_is(scan, i, DATE_BEFORE | DATE_EARLIER)) {
        uint32_t j = i + 1;
        while (j < i + 3 && runut_dates_is(scan, j, DATE_FULL | DATE_ANNIVERSARY))
            j++;
        uint32_t more = read_duration(scan, j, &whole);
        runut_time *anchor = more ? anchor_after(scan, j + more, ANCHOR_TOKENS) : NULL;
        if (anchor)
            say_duration(scan, at, anchor->end, anchor, &d, add(add(anchor->resolved, &whole, 1), &d, -1));
        else if (!more && runut_dates_is(scan, i, DATE_EARLIER) && (anchor = anchor_after(scan, i + 1, 4)))
            say_duration(scan, at, anchor->end, anchor, &d, add(anchor->resolved, &d, 1));
    }
    return used;
}

bool runut_dates_counted(runut_scan *scan, uint32_t at, runut_day anchor, int number)
{
    uint32_t from, end;
    runut_dates_around(scan, at, 14, &from, &end);
    for (uint32_t i = from; i < at; i++) {
        duration d;
        uint32_t used = read_duration(scan, i, &d);
        if (!used || !runut_dates_is(scan, i + used, DATE_AFTER) || i + used >= at)
            continue;
        if (d.parts == 1 && d.unit[0] == UNIT_YEAR && d.count[0] == number)
            return false; /* 'one year since': the anniversary itself */
        runut_time time = {.kind = TIME_DATE, .resolved = anchor, .first = at, .end = at + 1};
        runut_day_split(anchor, &time.year, &time.month, &time.day);
        say_duration(scan, i, at + 1, &time, &d, add(anchor, &d, 1));
        return true;
    }
    return false;
}
