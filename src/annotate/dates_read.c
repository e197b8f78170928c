/* Expressions of time, one pass over the tags with a bounded look around each. What stands beside a month or weekday
 * decides whether the word is one: 'May', 'Mar', 'Sun' and 'Min' are names of days and months only with a number or a
 * preposition. */
#include "annotate/dates.h"
#include "base/slice.h"
#include "base/utf8.h"

enum {
    TIMES_MOST = 400, /* expressions kept of one article */
    FILL_MOST = 6     /* tokens between a weekday and its date: 'Selasa pagi waktu setempat (12/7)' */
};

typedef struct date_parts {
    int year, month, day, last_day;
    bool swap;
} date_parts;

/* ---- numeric dates: 15/8, 15/8/2022, 15.08.2022, 2022-08-15, 8/15/2022 ---- */

static int numeric_parts(runut_slice text, int *parts, char *mark)
{
    int count = 0, digits = 0, value = 0;
    *mark = 0;
    for (size_t i = 0; i <= text.size; i++) {
        char c = i < text.size ? text.at[i] : 0;
        if (runut_is_digit((unsigned char)c)) {
            value = value * 10 + (c - '0');
            if (++digits > 4)
                return 0;
            continue;
        }
        if (digits == 0 || count == 3 || (i < text.size && c != '/' && c != '-' && c != '.'))
            return 0;
        if (i < text.size && *mark && c != *mark)
            return 0;
        if (i < text.size)
            *mark = c;
        parts[count++] = value;
        value = digits = 0;
    }
    return count;
}

static int full_year(int year, size_t size)
{
    (void)size;
    return year >= 1000 ? year : year < 50 ? 2000 + year : year < 100 ? 1900 + year : 0;
}

static bool ordered(int day, int month, date_parts *out)
{
    if (month < 1 || month > 12 || day < 1 || day > 31 || day > runut_month_days(2000, month))
        return false;
    out->month = month;
    out->day = out->last_day = day;
    return true;
}

/* One number token with a date in it. A day and month alone only with '/', the caller asks for its surroundings. */
static bool read_numeric(const runut_scan *scan, uint32_t at, date_parts *out)
{
    int p[3];
    char mark;
    if (at >= scan->count || scan->tokens[at].kind != RUNUT_TOKEN_NUMBER || scan->tokens[at].folded.size > 10)
        return false;
    int count = numeric_parts(scan->tokens[at].folded, p, &mark);
    if (count == 3 && p[0] >= 1000) {
        out->year = p[0];
        return ordered(p[2], p[1], out);
    }
    if (count == 3 && (p[2] >= 1000 || mark == '/')) {
        out->year = full_year(p[2], 0);
        if (p[2] < 1000 && (p[2] < 10 || p[2] > 60))
            return false;
        out->swap = p[0] <= 12 && p[1] <= 12 && p[0] != p[1] && scan->english;
        return ordered(p[0], p[1], out) || (scan->english && ordered(p[1], p[0], out));
    }
    if (count == 2 && mark == '/' && p[0] <= 31 && p[1] <= 31) {
        out->swap = p[0] <= 12 && p[1] <= 12 && p[0] != p[1] && scan->english;
        return ordered(p[0], p[1], out) || (scan->english && ordered(p[1], p[0], out));
    }
    return false;
}

/* ---- dates with the name of a month ---- */

static bool is_year(int digits)
{
    return digits >= 1000 && digits <= 2100;
}

/* ', 2022', 'de 2022', 'tahun 2022', '2022': tokens taken, 0 = no year. */
static uint32_t read_year(const runut_scan *scan, uint32_t at, int *year)
{
    uint32_t i = at;
    if (runut_dates_mark(scan, i, ",") || runut_dates_mark(scan, i, "."))
        i++;
    if (runut_dates_is(scan, i, DATE_OF))
        i++;
    if (i >= scan->count || !is_year(scan->tags[i].digits) ||
        scan->tokens[i].sentence != scan->tokens[at ? at - 1 : 0].sentence)
        return 0;
    *year = scan->tags[i].digits;
    return i + 1 - at;
}

static bool month_at(const runut_scan *scan, uint32_t at, int *month)
{
    if (at >= scan->count || !scan->tags[at].month)
        return false;
    *month = scan->tags[at].month;
    return true;
}

/* A day of the month in digits: '15', '15th', '15.', '1er', '18-20', '18 – 20'. */
static uint32_t read_day(const runut_scan *scan, uint32_t at, int *day, int *last)
{
    uint32_t i = at;
    if (i >= scan->count || scan->tokens[i].kind != RUNUT_TOKEN_NUMBER)
        return 0;
    int p[3];
    char mark;
    int count = numeric_parts(scan->tokens[i].folded, p, &mark);
    if (count == 2 && mark == '-' && p[0] >= 1 && p[0] < p[1] && p[1] <= 31) {
        *day = p[0], *last = p[1];
        return 1;
    }
    if (scan->tags[i].digits < 1 || scan->tags[i].digits > 31)
        return 0;
    *day = *last = scan->tags[i++].digits;
    if (i < scan->count && scan->tokens[i - 1].span.end == scan->tokens[i].span.start &&
        (runut_dates_is(scan, i, DATE_SUFFIX) || runut_dates_mark(scan, i, ".") || runut_dates_mark(scan, i, "º") ||
         runut_dates_mark(scan, i, "°")))
        i++;
    if ((runut_dates_mark(scan, i, "-") || runut_dates_mark(scan, i, "–") || runut_dates_mark(scan, i, "—")) &&
        i + 1 < scan->count && scan->tags[i + 1].digits > *day && scan->tags[i + 1].digits <= 31) {
        *last = scan->tags[i + 1].digits;
        i += 2;
    }
    return i - at;
}

/* '15 August 2022', '15. August', '15 de agosto de 2022', '1er août'. */
static uint32_t read_day_first(const runut_scan *scan, uint32_t at, date_parts *out)
{
    uint32_t i = at, used = read_day(scan, at, &out->day, &out->last_day);
    if (!used)
        return 0;
    i += used;
    if (runut_dates_is(scan, i, DATE_OF) || runut_dates_is(scan, i, DATE_DAYMARK))
        i++;
    if (runut_dates_is(scan, i, DATE_MONTHMARK) && i + 1 < scan->count && scan->tags[i + 1].digits >= 1 &&
        scan->tags[i + 1].digits <= 12) /* Vietnamese: '15 tháng 8' */
        out->month = scan->tags[i + 1].digits, i += 2;
    else if (month_at(scan, i, &out->month))
        i++;
    else
        return 0;
    if (out->day > runut_month_days(2000, out->month))
        return 0;
    if (runut_dates_mark(scan, i, ".") && scan->tokens[i - 1].span.end == scan->tokens[i].span.start &&
        scan->tokens[i - 1].folded.size <= 5)
        i++;
    return i + read_year(scan, i, &out->year) - at;
}

/* 'August 15, 2022', 'Aug. 15'. Not 'March 20 people', but that cannot be told apart cheaply. */
static uint32_t read_month_first(const runut_scan *scan, uint32_t at, date_parts *out)
{
    uint32_t i = at;
    if (!scan->tokens[at].upper || !month_at(scan, i, &out->month))
        return 0;
    i++;
    if (runut_dates_mark(scan, i, ".") && scan->tokens[at].folded.size <= 5)
        i++;
    if (runut_dates_is(scan, i, DATE_OF) && runut_slice_is(scan->tokens[i].folded, "the"))
        i++;
    uint32_t used = read_day(scan, i, &out->day, &out->last_day);
    if (!used || out->day > runut_month_days(2000, out->month))
        return 0;
    i += used;
    if (runut_dates_is(scan, i, DATE_UNIT))
        return 0; /* 'May 5 years' */
    return i + read_year(scan, i, &out->year) - at;
}

/* '2022年8月15日', '8월 15일', '2022. gada 15. augusts' not. */
static uint32_t read_marked(const runut_scan *scan, uint32_t at, date_parts *out)
{
    uint32_t i = at;
    if (i < scan->count && is_year(scan->tags[i].digits) && runut_dates_is(scan, i + 1, DATE_YEARMARK))
        out->year = scan->tags[i].digits, i += 2;
    if (i + 3 >= scan->count || scan->tags[i].digits < 1 || scan->tags[i].digits > 12 ||
        !runut_dates_is(scan, i + 1, DATE_MONTHMARK))
        return 0;
    out->month = scan->tags[i].digits;
    if (scan->tags[i + 2].digits < 1 || !runut_dates_is(scan, i + 3, DATE_DAYMARK))
        return 0;
    out->day = out->last_day = scan->tags[i + 2].digits;
    return out->day <= runut_month_days(2000, out->month) ? i + 4 - at : 0;
}

/* Any date with day and month; `near_weekday`: a bare '15/8' is enough. */
static uint32_t read_date(const runut_scan *scan, uint32_t at, bool near_weekday, date_parts *out)
{
    *out = (date_parts){0};
    uint32_t used = read_marked(scan, at, out);
    if (!used)
        *out = (date_parts){0}, used = read_day_first(scan, at, out);
    if (!used)
        *out = (date_parts){0}, used = read_month_first(scan, at, out);
    if (used)
        return used;
    *out = (date_parts){0};
    if (!read_numeric(scan, at, out))
        return 0;
    bool bracketed = at > 0 && runut_dates_mark(scan, at - 1, "(") && runut_dates_mark(scan, at + 1, ")");
    bool told = at > 0 && (runut_slice_is(scan->tokens[at - 1].folded, "tanggal") ||
                           runut_dates_is(scan, at - 1, DATE_DAYMARK)); /* 'ngày 6/5' */
    return out->year || near_weekday || bracketed || told ? 1 : 0;
}

/* ---- weekdays ---- */

static bool weekday_at(const runut_scan *scan, uint32_t at)
{
    if (at >= scan->count || !scan->tags[at].weekday)
        return false;
    const runut_token *token = &scan->tokens[at];
    static const char *const capitalized[] = {"en", "id", "ms", "de", "el"};
    for (size_t i = 0; i < sizeof capitalized / sizeof *capitalized; i++)
        if (runut_slice_is(scan->annotation->language, capitalized[i]) && !token->upper)
            return false;
    if ((scan->tags[at].classes & DATE_UNIT) && at > 0 && runut_dates_is(scan, at - 1, DATE_NUM))
        return false; /* 'dua Minggu' */
    return true;
}

static bool is_short(const runut_scan *scan, uint32_t at)
{
    return !runut_dates_is(scan, at, DATE_WEEKDAY) && runut_utf8_length(scan->tokens[at].folded) <= 3;
}

/* Tokens between a weekday and its date: comma, bracket, time of day, article. */
static bool fills(const runut_scan *scan, uint32_t at)
{
    return runut_dates_mark(scan, at, ",") || runut_dates_mark(scan, at, "(") || runut_dates_mark(scan, at, ".") ||
           runut_dates_is(scan, at, DATE_HOUR | DATE_OF | DATE_STEP) ||
           (at < scan->count &&
            (runut_slice_is(scan->tokens[at].folded, "tanggal") || runut_slice_is(scan->tokens[at].folded, "on") ||
             runut_slice_is(scan->tokens[at].folded, "setempat") ||
             runut_slice_is(scan->tokens[at].folded, "tempatan") || runut_slice_is(scan->tokens[at].folded, "ini")));
}

static void push_date(runut_scan *scan, uint32_t first, uint32_t end, const date_parts *parts, int weekday)
{
    runut_time time = {.kind = TIME_DATE,
                       .first = first,
                       .end = end,
                       .year = parts->year,
                       .month = parts->month,
                       .day = parts->day,
                       .last_day = parts->last_day,
                       .weekday = weekday,
                       .swap = parts->swap,
                       .step = NO_STEP};
    time.bracketed = end < scan->count && runut_dates_mark(scan, end, ")");
    if (time.bracketed)
        for (uint32_t i = end; i > first && !time.bracketed; i--)
            time.bracketed = runut_dates_mark(scan, i - 1, "(");
    RUNUT_PUSH(scan->arena, scan->times, time);
}

/* A weekday and, within a few tokens, its date. */
static uint32_t read_weekday(runut_scan *scan, uint32_t at)
{
    if (!weekday_at(scan, at))
        return 0;
    uint32_t name_end = at + (scan->tags[at].day_length ? scan->tags[at].day_length : 1u), i = name_end;
    date_parts parts;
    bool pair = false;
    for (uint32_t k = 0; k <= FILL_MOST && i < scan->count; k++, i++) {
        uint32_t used = read_date(scan, i, true, &parts);
        if (used) {
            push_date(scan, at, i + used, &parts, scan->tags[at].weekday);
            return i + used - at;
        }
        pair = pair || !runut_dates_mark(scan, i, ",");
        if (!fills(scan, i))
            break;
    }
    if (is_short(scan, at) || (at > 0 && runut_dates_mark(scan, at - 1, "-")))
        return 0;
    runut_time time = {
        .kind = TIME_WEEKDAY, .first = at, .end = name_end, .weekday = scan->tags[at].weekday, .step = NO_STEP};
    if (scan->tags[at].week)
        time.step = scan->tags[at].week, time.unit = UNIT_WEEK;
    else if (runut_dates_is(scan, name_end, DATE_STEP) && !scan->english)
        time.step = scan->tags[name_end].step, time.end = name_end + 1;
    else if (at > 0 && runut_dates_is(scan, at - 1, DATE_STEP))
        time.step = scan->tags[at - 1].step, time.first = at - 1;
    RUNUT_PUSH(scan->arena, scan->times, time);
    return time.end - at;
}

/* '15 August 2022, Monday', '10 Juli tahun lalu'. */
static uint32_t read_plain_date(runut_scan *scan, uint32_t at)
{
    date_parts parts;
    uint32_t used = read_date(scan, at, false, &parts);
    if (!used)
        return 0;
    uint32_t end = at + used;
    int weekday = 0;
    uint32_t after = end + (runut_dates_mark(scan, end, ",") || runut_dates_mark(scan, end, "(") ? 1u : 0u);
    if (after < scan->count && weekday_at(scan, after) && scan->tokens[after].sentence == scan->tokens[at].sentence &&
        (after > end || parts.year)) {
        weekday = scan->tags[after].weekday;
        end = after + 1;
    }
    push_date(scan, at, end, &parts, weekday);
    runut_time *time = &scan->times.at[scan->times.size - 1];
    if (!parts.year && runut_dates_is(scan, end, DATE_UNIT) && scan->tags[end].unit == UNIT_YEAR &&
        runut_dates_is(scan, end + 1, DATE_STEP)) {
        time->step = scan->tags[end + 1].step;
        time->unit = UNIT_YEAR;
        time->end = end + 2;
    } else if (!parts.year && runut_dates_is(scan, end, DATE_STEP) && !scan->english) {
        time->step = scan->tags[end].step;
        time->unit = UNIT_MONTH;
        time->end = end + 1;
    } else if (!parts.year && scan->english && runut_dates_is(scan, end, DATE_STEP) && scan->tags[end].step <= 0 &&
               runut_dates_is(scan, end + 1, DATE_UNIT) && scan->tags[end + 1].unit == UNIT_YEAR) {
        time->step = scan->tags[end].step; /* 'July 10 last year' */
        time->unit = UNIT_YEAR;
        time->end = end + 2;
    }
    return time->end - at;
}

/* ---- months, years, seasons ---- */

/* 'Juni 2021', 'Februari tahun lalu', 'Juli lalu', 'last July', 'pada bulan Juli', 'in July'. */
static uint32_t read_month(runut_scan *scan, uint32_t at)
{
    int month;
    const runut_token *token = &scan->tokens[at];
    if (!month_at(scan, at, &month))
        return 0;
    runut_time time = {.kind = TIME_MONTH, .first = at, .end = at + 1, .month = month, .step = NO_STEP};
    uint32_t next = at + 1;
    if (runut_dates_mark(scan, next, ".") && token->folded.size <= 5)
        next++;
    uint32_t year = read_year(scan, next, &time.year);
    bool before = at > 0 && runut_dates_is(scan, at - 1, DATE_PREP | DATE_MONTHMARK);
    bool unit = at > 0 && runut_dates_is(scan, at - 1, DATE_UNIT) && scan->tags[at - 1].unit == UNIT_MONTH;
    if (year && (token->upper || !scan->english)) {
        time.end = next + year;
    } else if (runut_dates_is(scan, next, DATE_UNIT) && scan->tags[next].unit == UNIT_YEAR &&
               runut_dates_is(scan, next + 1, DATE_STEP)) {
        time.step = scan->tags[next + 1].step, time.unit = UNIT_YEAR, time.end = next + 2;
    } else if (scan->english && runut_dates_is(scan, next, DATE_STEP) && runut_dates_is(scan, next + 1, DATE_UNIT) &&
               scan->tags[next + 1].unit == UNIT_YEAR) {
        time.step = scan->tags[next].step, time.unit = UNIT_YEAR, time.end = next + 2;
    } else if (runut_dates_is(scan, next, DATE_STEP) && !scan->english) {
        time.step = scan->tags[next].step, time.unit = UNIT_MONTH, time.end = next + 1;
    } else if (at > 0 && runut_dates_is(scan, at - 1, DATE_STEP) && token->upper) {
        time.step = scan->tags[at - 1].step, time.unit = UNIT_MONTH, time.first = at - 1;
    } else if (!(before || unit) || is_short(scan, at) || (scan->english && !token->upper)) {
        return 0;
    }
    if (token->folded.size <= 3 && !time.year && time.step == NO_STEP && !unit && month != 5)
        return 0;
    RUNUT_PUSH(scan->arena, scan->times, time);
    return time.end - at;
}

/* '2024/25', '2024/2025', '2024-25' as a season; else 0. */
static int season_year(runut_slice text)
{
    int p[3];
    char mark;
    if (numeric_parts(text, p, &mark) != 2 || mark == '.' || !is_year(p[0]))
        return 0;
    return (p[1] == (p[0] + 1) % 100 || p[1] == p[0] + 1) && text.size >= 7 ? p[0] : 0;
}

static uint32_t read_season(runut_scan *scan, uint32_t at)
{
    if (scan->tokens[at].kind != RUNUT_TOKEN_NUMBER)
        return 0;
    int year = season_year(scan->tokens[at].folded);
    uint32_t end = at + 1;
    if (!year && is_year(scan->tags[at].digits) &&
        (runut_dates_mark(scan, end, "–") || runut_dates_mark(scan, end, "-")) && end + 1 < scan->count &&
        (scan->tags[end + 1].digits == (scan->tags[at].digits + 1) % 100 ||
         scan->tags[end + 1].digits == scan->tags[at].digits + 1))
        year = scan->tags[at].digits, end += 2;
    bool named = (at > 0 && runut_dates_is(scan, at - 1, DATE_SEASON)) ||
                 (at > 1 && runut_dates_is(scan, at - 2, DATE_SEASON)) || runut_dates_is(scan, end, DATE_SEASON);
    bool slash = memchr(scan->tokens[at].folded.at, '/', scan->tokens[at].folded.size) != NULL;
    if (!year || !(named || slash))
        return 0;
    runut_time time = {.kind = TIME_SEASON, .first = at, .end = end, .year = year, .step = NO_STEP};
    RUNUT_PUSH(scan->arena, scan->times, time);
    return end - at;
}

static void push_year(runut_scan *scan, uint32_t at, uint32_t end, int year, bool loose)
{
    runut_time time = {.kind = TIME_YEAR, .first = at, .end = end, .year = year, .loose = loose, .step = NO_STEP};
    RUNUT_PUSH(scan->arena, scan->times, time);
}

/* A year with what makes it one before it; '1910-45' is two of them; '2016 election' is a loose one. */
static uint32_t read_lone_year(runut_scan *scan, uint32_t at)
{
    int p[3];
    char mark;
    const runut_token *token = &scan->tokens[at];
    if (token->kind != RUNUT_TOKEN_NUMBER)
        return 0;
    if (numeric_parts(token->folded, p, &mark) == 2 && (mark == '-' || mark == '/') && is_year(p[0]) && p[1] > 0 &&
        p[1] < 2100) {
        int second = p[1] >= 1000 ? p[1] : p[1] < 100 ? p[0] / 100 * 100 + p[1] : 0;
        if (second <= p[0])
            return 0;
        push_year(scan, at, at + 1, p[0], false);
        push_year(scan, at, at + 1, second, false);
        return 1;
    }
    int year = scan->tags[at].digits;
    if (year < 1400 || year > 2100)
        return 0;
    bool unit_after = runut_dates_is(scan, at + 1, DATE_UNIT) && !runut_dates_is(scan, at + 1, DATE_YEARMARK);
    bool before = at > 0 && (runut_dates_is(scan, at - 1, DATE_PREP | DATE_MADE | DATE_SINCE | DATE_AFTER) ||
                             runut_dates_mark(scan, at - 1, "("));
    bool dash = at > 1 && (runut_dates_mark(scan, at - 1, "-") || runut_dates_mark(scan, at - 1, "–")) &&
                is_year(scan->tags[at - 2].digits);
    if (unit_after || (at > 0 && (runut_dates_mark(scan, at - 1, "$") || runut_dates_mark(scan, at - 1, "€"))))
        return 0;
    if (at > 0 && scan->tokens[at - 1].span.end == token->span.start && !before && !dash)
        return 0; /* 'Rp2019', 'A2020' */
    push_year(scan, at, at + 1, year, !(before || dash || runut_dates_is(scan, at + 1, DATE_YEARMARK)));
    return 1;
}

/* ---- relative ---- */

/* 'three days ago' is a day, 'three years ago' a length of time. */
static uint32_t push_ago(runut_scan *scan, uint32_t first, uint32_t end, int unit, int number)
{
    enum { EXACT_DAYS = 14 };
    bool day = unit == UNIT_DAY && number <= EXACT_DAYS;
    runut_time time = {.kind = day ? TIME_DAY : TIME_UNIT, .first = first, .end = end, .unit = unit, .step = -number};
    RUNUT_PUSH(scan->arena, scan->times, time);
    return end - first;
}

/* 'tahun lalu', 'last year', 'this week', 'tiga tahun lalu', 'three years ago'. */
static uint32_t read_relative(runut_scan *scan, uint32_t at)
{
    const runut_tag *tag = &scan->tags[at];
    if ((tag->classes & DATE_DAY) &&
        (tag->length > 1 || !(tag->classes & DATE_HOUR && runut_dates_is(scan, at + 1, DATE_DAY)))) {
        uint32_t end = at + (tag->length ? tag->length : 1);
        runut_time time = {.kind = TIME_DAY, .first = at, .end = end, .step = tag->day};
        RUNUT_PUSH(scan->arena, scan->times, time);
        return end - at;
    }
    int number = 1;
    bool ordinal = false;
    uint32_t ago = (tag->classes & DATE_AGO) ? at + (tag->length ? tag->length : 1) : 0;
    uint32_t count = ago ? runut_dates_number(scan, ago, &number, &ordinal) : 0;
    if (count && !ordinal && runut_dates_is(scan, ago + count, DATE_UNIT)) /* 'hace diez años', 'vor zwei Jahren' */
        return push_ago(scan, at, ago + count + 1, scan->tags[ago + count].unit, number);
    number = 1;
    uint32_t used = (tag->classes & DATE_ONE) ? 0 : runut_dates_number(scan, at, &number, &ordinal), unit = at + used;
    bool one = (tag->classes & DATE_ONE) != 0;
    if (runut_dates_is(scan, unit, one ? DATE_ONE : DATE_UNIT) && !ordinal) {
        uint32_t after = unit + 1;
        if (runut_dates_is(scan, after, DATE_YANG))
            after++;
        if ((used || one) && runut_dates_is(scan, after, DATE_AGO))
            return push_ago(scan, at, after + 1, scan->tags[unit].unit, number);
        if (!used && !one && runut_dates_is(scan, unit + 1, DATE_STEP) && !scan->english) {
            runut_time time = {
                .kind = TIME_UNIT, .first = at, .end = unit + 2, .unit = tag->unit, .step = scan->tags[unit + 1].step};
            RUNUT_PUSH(scan->arena, scan->times, time);
            return 2;
        }
        if (!used && at > 0 && runut_dates_is(scan, at - 1, DATE_STEP)) {
            runut_time time = {
                .kind = TIME_UNIT, .first = at - 1, .end = at + 1, .unit = tag->unit, .step = scan->tags[at - 1].step};
            RUNUT_PUSH(scan->arena, scan->times, time);
            return 1;
        }
    }
    return 0;
}

/* '6日', '6일': the day of the month alone, as Chinese, Japanese and Korean reports tell days; '３日間', '3일째' are
 * lengths. */
static uint32_t read_month_day(runut_scan *scan, uint32_t at)
{
    static const char *const lengths[] = {"間", "间",   "内",   "以", "前", "後", "后",   "目",   "連続", "連", "ぶり",
                                          "간", "동안", "만에", "만", "째", "전", "이내", "이상", "연속", "分", "付"};
    static const char *const languages[] = {"zh", "ja", "ko"};
    int day = scan->tags[at].digits;
    bool east = false;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        east = east || runut_slice_starts(scan->annotation->language, runut_slice_of(languages[i]));
    if (!east || day < 1 || day > 31 || at + 1 >= scan->count || !runut_dates_is(scan, at + 1, DATE_DAYMARK))
        return 0;
    for (size_t i = 0; at + 2 < scan->count && i < sizeof lengths / sizeof *lengths; i++)
        if (runut_slice_starts(scan->tokens[at + 2].folded, runut_slice_of(lengths[i])))
            return 0;
    runut_time time = {.kind = TIME_MONTHDAY, .first = at, .end = at + 2, .day = day, .last_day = day, .step = NO_STEP};
    RUNUT_PUSH(scan->arena, scan->times, time);
    return 2;
}

void runut_dates_read(runut_scan *scan)
{
    runut_dates_find_lead(scan);
    for (uint32_t i = 0; i < scan->count && scan->times.size < TIMES_MOST;) {
        uint32_t used = read_weekday(scan, i);
        if (!used)
            used = read_plain_date(scan, i);
        if (!used)
            used = read_season(scan, i);
        if (!used)
            used = read_month(scan, i);
        if (!used)
            used = read_lone_year(scan, i);
        if (!used)
            used = read_relative(scan, i);
        if (!used)
            used = read_month_day(scan, i);
        i += used ? used : 1;
    }
    runut_dates_look_around(scan);
}
