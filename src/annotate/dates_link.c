/* Expressions that say when the report was written by way of another date in the text: 'three years and four days
 * after … March 3, 2020', '60 years' + '5 September 1962', 'the ninth dialogue' + 'every year since 2014'. Each is read
 * with a bounded look around and becomes a constraint. */
#include "annotate/dates.h"
#include "base/slice.h"

#include <stdlib.h>

enum {
    ANCHOR_TOKENS = 40, /* from 'after' to the anchor's date */
    CONSTRAINTS_MOST = 80,
    PARTS_MOST = 3, /* '3 years, 2 months and 4 days' */
    AROUND = 8,     /* tokens around an ordinal that name what it counts */
    WORD_BYTES = 5, /* shorter words link nothing */
    YEARLY_MOST = 6,
    ORDINALS_MOST = 64,
    ALTERNATIVES = 4,
    SENTENCE_TOKENS = 80,
    FIRST_YEAR = 1990,
    LAST_YEAR = 2045 /* in which a report may have been written */
};

typedef struct duration {
    int unit[PARTS_MOST], count[PARTS_MOST], parts;
} duration;

/* ---- helpers ---- */

runut_span runut_dates_span(const runut_scan *scan, uint32_t first, uint32_t end)
{
    return (runut_span){scan->tokens[first].span.start, scan->tokens[end - 1].span.end};
}

runut_slice runut_dates_words(const runut_scan *scan, uint32_t first, uint32_t end)
{
    runut_span span = runut_dates_span(scan, first, end);
    return runut_slice_part(scan->text, span.start, span.end);
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

static bool dated(const runut_time *time)
{
    return time->kind == TIME_DATE && time->resolved != RUNUT_NO_DAY;
}

/* The first time at or after token `at`, by bisection. */
static size_t time_from(const runut_scan *scan, uint32_t at)
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
    for (size_t i = time_from(scan, at); i < scan->times.size; i++) {
        runut_time *time = &scan->times.at[i];
        if (time->first > at + most || time->sentence != scan->tokens[at - 1].sentence)
            return NULL;
        if (dated(time))
            return time;
    }
    return NULL;
}

/* Does the sentence name a year later than the anchor's? Then the story has moved on and the duration is about that. */
static bool told_of_another_year(const runut_scan *scan, uint32_t sentence, const runut_time *anchor, int year)
{
    for (size_t i = time_from(scan, scan->annotation->sentences.at[sentence].first_token); i < scan->times.size; i++) {
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
    if (year < FIRST_YEAR || year > LAST_YEAR || told_of_another_year(scan, scan->tokens[first].sentence, anchor, year))
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
}

static uint32_t link_duration(runut_scan *scan, uint32_t at)
{
    duration d, whole;
    uint32_t used = read_duration(scan, at, &d), i = at + used;
    if (!used)
        return 0;
    if (runut_dates_is(scan, i, DATE_AFTER)) {
        runut_time *anchor = anchor_after(scan, i + 1, ANCHOR_TOKENS);
        if (anchor)
            say_duration(scan, at, anchor->end, anchor, &d, add(anchor->resolved, &d, 1));
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

/* ---- what two sentences have in common ---- */

static bool links(const runut_token *token)
{
    return token->kind == RUNUT_TOKEN_WORD && token->folded.size >= WORD_BYTES;
}

/* Does a content word of tokens [first, end) stand in `sentence` too? Words of time do not count. */
static bool shares_word(const runut_scan *scan, uint32_t first, uint32_t end, uint32_t sentence)
{
    const runut_sentence *s = &scan->annotation->sentences.at[sentence];
    uint32_t last = s->end_token > s->first_token + SENTENCE_TOKENS ? s->first_token + SENTENCE_TOKENS : s->end_token;
    for (uint32_t i = first; i < end; i++) {
        if (!links(&scan->tokens[i]) || (scan->tags[i].classes & ~(DATE_FORMER | DATE_OFFICE | DATE_NATIONAL)))
            continue;
        for (uint32_t k = s->first_token; k < last; k++)
            if (links(&scan->tokens[k]) && runut_slice_equal(scan->tokens[i].stem, scan->tokens[k].stem))
                return true;
    }
    return false;
}

/* Tokens around `at`, within its sentence. */
static void around(const runut_scan *scan, uint32_t at, uint32_t most, uint32_t *first, uint32_t *end)
{
    const runut_sentence *s = &scan->annotation->sentences.at[scan->tokens[at].sentence];
    *first = at > s->first_token + most ? at - most : s->first_token;
    *end = at + most < s->end_token ? at + most : s->end_token;
}

/* ---- anniversaries ---- */

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
    for (uint32_t back = 1; named && back <= 4 && at >= s->first_token + back; back++) {
        uint32_t i = at - back;
        uint32_t used = year_number(scan, i, back > 2, &out->number);
        if (used && i + used <= at && !(i > s->first_token && runut_dates_is(scan, i - 1, DATE_NUM | DATE_TIMES))) {
            *out = (jubilee){.first = i, .end = at + length, .number = out->number};
            return true;
        }
    }
    return false;
}

/* 'Last year', 'next year', a month: whether the jubilee is the report's own. */
static void place_jubilee(const runut_scan *scan, uint32_t sentence, jubilee *out)
{
    for (size_t i = time_from(scan, scan->annotation->sentences.at[sentence].first_token); i < scan->times.size; i++) {
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
    uint64_t keys[64];
    int count = 0;
    uint32_t first, end, sentence = scan->tokens[j->first].sentence;
    around(scan, j->end - 1, 10, &first, &end);
    for (size_t i = 0; i < scan->times.size && count < 64; i++) {
        const runut_time *time = &scan->times.at[i];
        int year = time->year + j->number + j->shift;
        bool fits = full ? dated(time) : time->kind == TIME_YEAR || (time->kind == TIME_MONTH && time->year);
        if (!fits || year < FIRST_YEAR || year > LAST_YEAR || year < newest || time->future ||
            (time->anchor && j->number < 3))
            continue;
        uint64_t far = time->sentence == sentence ? 0 : shares_word(scan, first, end, time->sentence) ? 1 : 2;
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
        if (scan->times.at[i].year > newest && scan->times.at[i].year <= LAST_YEAR && !scan->times.at[i].future &&
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

bool runut_dates_jubilee_near(runut_scan *scan, uint32_t first, uint32_t end, int *number, int *shift, bool *vague)
{
    uint32_t from, to, sentence = scan->tokens[first].sentence;
    around(scan, first, 14, &from, &to);
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
    for (uint32_t back = 1; back <= 4 && first >= back && scan->tokens[first - back].sentence == sentence; back++) {
        bool ordinal = false; /* '78th Independence Day' */
        uint32_t used = runut_dates_number(scan, first - back, number, &ordinal);
        if (used && ordinal && *number > 1 && !runut_dates_is(scan, first - back + used, DATE_UNIT)) {
            jubilee j = {0};
            place_jubilee(scan, sentence, &j);
            *shift = j.shift, *vague = j.vague;
            return true;
        }
    }
    return false;
}

bool runut_dates_counted(runut_scan *scan, uint32_t at, runut_day anchor)
{
    uint32_t from, end;
    around(scan, at, 14, &from, &end);
    for (uint32_t i = from; i < at; i++) {
        duration d;
        uint32_t used = read_duration(scan, i, &d);
        if (!used || !runut_dates_is(scan, i + used, DATE_AFTER) || i + used >= at)
            continue;
        runut_time time = {.kind = TIME_DATE, .resolved = anchor, .first = at, .end = at + 1};
        runut_day_split(anchor, &time.year, &time.month, &time.day);
        say_duration(scan, i, at + 1, &time, &d, add(anchor, &d, 1));
        return true;
    }
    return false;
}

/* ---- the ninth of a yearly event ---- */

/* The first year that the sentence with 'every year' or its neighbours name. */
static int first_year_near(const runut_scan *scan, uint32_t sentence)
{
    uint32_t from = sentence > 0 ? sentence - 1 : 0;
    int best = 0;
    uint32_t gap = 9;
    for (size_t i = time_from(scan, scan->annotation->sentences.at[from].first_token); i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->sentence > sentence + 1)
            break;
        uint32_t distance = time->sentence > sentence ? time->sentence - sentence : sentence - time->sentence;
        if (time->year && time->kind != TIME_SEASON && !time->future && distance < gap)
            best = time->year, gap = distance;
    }
    return best;
}

static bool has_class(const runut_scan *scan, uint32_t sentence, uint64_t classes)
{
    const runut_sentence *s = &scan->annotation->sentences.at[sentence];
    for (uint32_t i = s->first_token; i < s->end_token && i < s->first_token + SENTENCE_TOKENS; i++)
        if (runut_dates_is(scan, i, classes))
            return true;
    return false;
}

static void link_ordinal(runut_scan *scan, uint32_t sentence, int year)
{
    int tried = 0;
    for (uint32_t i = 0; i < scan->count && tried < ORDINALS_MOST; i++) {
        int number;
        bool ordinal;
        if (!(scan->tags[i].classes & (DATE_ORD | DATE_NUM)) && scan->tags[i].digits < 0 &&
            !runut_slice_is(scan->tokens[i].folded, "ke"))
            continue;
        uint32_t used = runut_dates_number(scan, i, &number, &ordinal), first, end;
        if (!used || !ordinal || number < 3 || number > 200 || runut_dates_is(scan, i + used, DATE_UNIT) ||
            (i + used < scan->count && scan->tags[i + used].month) || (i > 0 && runut_dates_is(scan, i - 1, DATE_UNIT)))
            continue;
        around(scan, i, AROUND, &first, &end);
        tried++;
        int result = year + number - 1;
        if (result < FIRST_YEAR || result > LAST_YEAR || !shares_word(scan, first, end, sentence))
            continue;
        runut_dates_constrain(
            scan, SAYS_YEARS, runut_day_of(result, 1, 1), runut_day_of(result, 12, 31), 3, false,
            runut_dates_span(scan, i, i + used), scan->tokens[i].sentence,
            runut_arena_printf(scan->arena, "number %d of what is held every year since %d: %d", number, year, result));
        return;
    }
}

static void link_yearly(runut_scan *scan)
{
    int found = 0;
    for (uint32_t i = 0; i < scan->count && found < YEARLY_MOST; i++) {
        if (!runut_dates_is(scan, i, DATE_YEARLY))
            continue;
        uint32_t sentence = scan->tokens[i].sentence;
        int year = first_year_near(scan, sentence);
        if (year && (has_class(scan, sentence, DATE_SINCE | DATE_FIRST | DATE_MADE) ||
                     (sentence > 0 && has_class(scan, sentence - 1, DATE_FIRST | DATE_MADE)))) {
            link_ordinal(scan, sentence, year);
            found++;
        }
    }
}

/* ---- ages and firsts ---- */

static int number_of_years(const runut_scan *scan, uint32_t at)
{
    int number = 0;
    bool ordinal = false;
    uint32_t used = runut_dates_number(scan, at, &number, &ordinal);
    if (!used || ordinal || number < 1 || number > 300)
        return 0;
    if (runut_dates_mark(scan, at + used, "-"))
        used++;
    if (at + used >= scan->count)
        return 0;
    bool old = runut_slice_is(scan->tokens[at + used].folded, "year-old");
    return old || (runut_dates_is(scan, at + used, DATE_UNIT) && scan->tags[at + used].unit == UNIT_YEAR) ? number : 0;
}

/* 'buatan 2004 yang kini berusia 18 tahun', 'the 18-year-old ferry, built in 2004'. */
static void link_age(runut_scan *scan, const runut_time *made)
{
    const runut_sentence *s = &scan->annotation->sentences.at[made->sentence];
    uint32_t from = made->first > s->first_token + 16 ? made->first - 16 : s->first_token;
    for (uint32_t i = from; i < s->end_token && i < made->end + 16; i++) {
        int number = number_of_years(scan, i);
        bool age = (i > 0 && runut_dates_is(scan, i - 1, DATE_AGE)) || runut_dates_is(scan, i + 2, DATE_AGE);
        for (uint32_t k = i; number && !age && k < i + 4 && k < scan->count; k++)
            age = runut_slice_is(scan->tokens[k].folded, "year-old");
        int year = made->year + number;
        if (!number || !age || year < FIRST_YEAR || year > LAST_YEAR)
            continue;
        runut_dates_constrain(
            scan, SAYS_YEARS, runut_day_of(year, 1, 1), runut_day_of(year + 1, 6, 30), 3, false,
            runut_dates_span(scan, made->first < i ? made->first : i, made->first < i ? i + 1 : made->end),
            made->sentence,
            runut_arena_printf(scan->arena, "%d years old, from %d: %d or early %d", number, made->year, year,
                               year + 1));
        return;
    }
}

/* 'the first in 51 years' with 'last … in 1969'. */
static void link_first(runut_scan *scan, uint32_t at)
{
    uint32_t i = at + 1, most = at + 6;
    while (i < most && !runut_dates_is(scan, i, DATE_FIRSTIN))
        i++;
    int number = i < most ? number_of_years(scan, i + 1) : 0;
    if (!number || scan->tokens[i].sentence != scan->tokens[at].sentence)
        return;
    uint32_t sentence = scan->tokens[at].sentence, from = sentence > 2 ? sentence - 2 : 0;
    for (size_t k = time_from(scan, scan->annotation->sentences.at[from].first_token); k < scan->times.size; k++) {
        const runut_time *time = &scan->times.at[k];
        int year = time->year + number;
        if (time->sentence > sentence + 3)
            return;
        if (!time->year || time->kind == TIME_SEASON || year < FIRST_YEAR || year > LAST_YEAR ||
            !has_class(scan, time->sentence, DATE_LASTTIME))
            continue;
        runut_dates_constrain(
            scan, SAYS_YEARS, runut_day_of(year, 1, 1), runut_day_of(year, 12, 31), 3, false,
            runut_dates_span(scan, at, i + 2), sentence,
            runut_arena_printf(scan->arena, "the first in %d years, the last one in %d: %d", number, time->year, year));
        return;
    }
}

/* ---- 'last July' beside a dated July, 'last year' beside a year ---- */

void runut_dates_last(runut_scan *scan, const runut_time *time, const runut_time *best)
{
    runut_day low = runut_day_of(best->year, best->month, best->day ? best->day : 1) + 15, high = low + 350;
    if (time->unit == UNIT_YEAR)
        low = runut_day_of(best->year - time->step, 1, 1), high = runut_day_of(best->year - time->step, 12, 31);
    if (low == RUNUT_NO_DAY || high == RUNUT_NO_DAY)
        return;
    runut_slice from = runut_dates_name(scan->arena, low), to = runut_dates_name(scan->arena, high);
    runut_dates_constrain(scan, SAYS_LAST, low, high, 3, false, runut_dates_span(scan, time->first, time->end),
                          time->sentence,
                          runut_arena_printf(scan->arena, "that was in %d: the report is between %.*s and %.*s",
                                             best->year, (int)from.size, from.at, (int)to.size, to.at));
}

static void link_last(runut_scan *scan, const runut_time *time)
{
    const runut_time *best = NULL;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *other = &scan->times.at[i];
        if (other == time || !other->year || other->month != time->month || other->future ||
            other->kind == TIME_SEASON || (time->day && other->day && time->day != other->day))
            continue;
        if (!best || other->year > best->year)
            best = other;
    }
    if (best)
        runut_dates_last(scan, time, best);
}

/* 'Last year' fits best one year after a year that the text names. */
static void link_step_year(runut_scan *scan, const runut_time *time)
{
    runut_constraint *c = NULL;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *other = &scan->times.at[i];
        int year = other->year - time->step;
        if (!other->year || other->future || other->kind == TIME_SEASON || year < FIRST_YEAR || year > LAST_YEAR)
            continue;
        runut_range range = {runut_day_of(year, 1, 1), runut_day_of(year, 12, 31)};
        bool known = false;
        for (int k = 0; c && k < c->range_count; k++)
            known = known || c->ranges[k].low == range.low;
        if (known)
            continue;
        if (!c)
            c = runut_dates_constrain(scan, SAYS_LAST, range.low, range.high, 1, false,
                                      runut_dates_span(scan, time->first, time->end), time->sentence,
                                      RUNUT_LITERAL("a year that the text names may be meant"));
        else if (c->range_count < RANGE_MOST)
            c->ranges[c->range_count++] = range;
        if (!c)
            return;
    }
}

static void link_seasons(runut_scan *scan)
{
    const runut_time *newest = NULL;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->kind == TIME_SEASON && (!newest || time->year > newest->year))
            newest = time;
    }
    if (newest && newest->year >= FIRST_YEAR - 1 && newest->year < LAST_YEAR)
        runut_dates_constrain(
            scan, SAYS_YEARS, runut_day_of(newest->year, 6, 15), runut_day_of(newest->year + 1, 7, 15), 3, true,
            runut_dates_span(scan, newest->first, newest->end), newest->sentence,
            runut_arena_printf(scan->arena, "the season from summer %d to summer %d", newest->year, newest->year + 1));
}

void runut_dates_link(runut_scan *scan)
{
    for (uint32_t i = 0; i < scan->count;) {
        uint32_t used = 0;
        if (scan->tags[i].digits >= 0 || runut_dates_is(scan, i, DATE_NUM | DATE_ONE))
            used = link_duration(scan, i);
        i += used ? used : 1;
    }
    link_seasons(scan);
    int newest = newest_year(scan), jubilees = 0, firsts = 0;
    for (uint32_t i = 0; i < scan->count; i++) {
        if (runut_dates_is(scan, i, DATE_ANNIVERSARY | DATE_MARKING) && jubilees++ < 24)
            link_jubilee(scan, i, newest);
        if (runut_dates_is(scan, i, DATE_FIRST) && firsts++ < 24)
            link_first(scan, i);
    }
    link_yearly(scan);
    size_t lasts = 0;
    for (size_t i = 0; i < scan->times.size && lasts < 12; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->kind == TIME_YEAR && time->first > 0 &&
            (runut_dates_is(scan, time->first - 1, DATE_MADE) ||
             (time->first > 1 && runut_dates_is(scan, time->first - 2, DATE_MADE))))
            link_age(scan, time);
        if ((time->kind == TIME_MONTH || time->kind == TIME_DATE) && !time->year && time->step < 0 && ++lasts)
            link_last(scan, time);
        if (time->kind == TIME_UNIT && time->unit == UNIT_YEAR && time->step == -1 && ++lasts)
            link_step_year(scan, time);
    }
}
