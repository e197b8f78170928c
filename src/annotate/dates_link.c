/* Expressions that say when the report was written by way of another date in the text: 'the ninth dialogue' + 'every
 * year since 2014', 'built in 2004' + '18 years old', 'last July' + 'July 10, 2022', a season. Each is read with a
 * bounded look around and becomes a constraint. */
#include "annotate/dates.h"
#include "base/slice.h"

enum {
    AROUND = 8, /* tokens around an ordinal that name what it counts */
    YEARLY_MOST = 6,
    ORDINALS_MOST = 64,
    FIRSTS_MOST = 24,
    LASTS_MOST = 12,
    SENTENCE_TOKENS = 80
};

/* ---- the ninth of a yearly event ---- */

/* The first year that the sentence with 'every year' or its neighbours name. */
static int first_year_near(const runut_scan *scan, uint32_t sentence)
{
    uint32_t from = sentence > 0 ? sentence - 1 : 0;
    int best = 0;
    uint32_t gap = 9;
    for (size_t i = runut_dates_time_from(scan, scan->annotation->sentences.at[from].first_token); i < scan->times.size;
         i++) {
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

/* 'das | 14. | Drachenfest': only there, and in some other languages, does a full stop make an ordinal. */
static bool is_stopped(const runut_scan *scan, uint32_t i)
{
    static const char *const languages[] = {"de", "da", "no", "nb", "fi", "cs", "sk",
                                            "hu", "pl", "hr", "sl", "et", "lv", "is"};
    bool stops = false;
    for (size_t k = 0; k < sizeof languages / sizeof *languages; k++)
        stops = stops || runut_slice_starts(scan->annotation->language, runut_slice_of(languages[k]));
    return stops && scan->tags[i].digits > 0 && runut_dates_mark(scan, i + 1, ".") && i + 2 < scan->count &&
           scan->tokens[i + 2].kind == RUNUT_TOKEN_WORD && !scan->tags[i + 2].month;
}

/* The only ordinal of the text that could count happenings, when what is held yearly has another word there. */
typedef struct lone_ordinal {
    uint32_t at, end, count;
    int number;
} lone_ordinal;

static void say_ordinal(runut_scan *scan, uint32_t first, uint32_t end, int number, int year, float weight)
{
    int result = year + number - 1;
    runut_dates_constrain(
        scan, SAYS_YEARS, runut_day_of(result, 1, 1), runut_day_of(result, 12, 31), weight, false,
        runut_dates_span(scan, first, end), scan->tokens[first].sentence,
        runut_arena_printf(scan->arena, "number %d of what is held every year since %d: %d", number, year, result));
}

static void link_ordinal(runut_scan *scan, uint32_t sentence, int year)
{
    int tried = 0;
    lone_ordinal lone = {0};
    for (uint32_t i = 0; i < scan->count && tried < ORDINALS_MOST; i++) {
        int number;
        bool ordinal;
        bool roman = runut_dates_roman(scan, i) > 0;
        if (!(scan->tags[i].classes & (DATE_ORD | DATE_NUM)) && scan->tags[i].digits < 0 && !roman &&
            !runut_slice_is(scan->tokens[i].folded, "ke"))
            continue;
        uint32_t used = runut_dates_number(scan, i, &number, &ordinal), first, end;
        if (roman)
            used = 1, ordinal = true, number = runut_dates_roman(scan, i);
        else if (used == 1 && !ordinal && is_stopped(scan, i))
            ordinal = true;
        if (!used || !ordinal || number < 3 || number > 200 || runut_dates_is(scan, i + used, DATE_UNIT) ||
            (i + used < scan->count && scan->tags[i + used].month) || (i > 0 && runut_dates_is(scan, i - 1, DATE_UNIT)))
            continue;
        runut_dates_around(scan, i, AROUND, &first, &end);
        tried++;
        int result = year + number - 1;
        if (result < DATES_FIRST_YEAR || result > DATES_LAST_YEAR)
            continue;
        if (!runut_dates_shares_word(scan, first, end, sentence)) {
            if (!lone.count++)
                lone.at = i, lone.end = i + used, lone.number = number;
            continue;
        }
        say_ordinal(scan, i, i + used, number, year, 3);
        return;
    }
    if (lone.count == 1 && lone.number >= 5)
        say_ordinal(scan, lone.at, lone.end, lone.number, year, 2.5f);
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
        if (!number || !age || year < DATES_FIRST_YEAR || year > DATES_LAST_YEAR)
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
    for (size_t k = runut_dates_time_from(scan, scan->annotation->sentences.at[from].first_token); k < scan->times.size;
         k++) {
        const runut_time *time = &scan->times.at[k];
        int year = time->year + number;
        if (time->sentence > sentence + 3)
            return;
        if (!time->year || time->kind == TIME_SEASON || year < DATES_FIRST_YEAR || year > DATES_LAST_YEAR ||
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
        if (!other->year || other->future || other->kind == TIME_SEASON || year < DATES_FIRST_YEAR ||
            year > DATES_LAST_YEAR)
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

/* 'opened two years ago, on February 11, 2019', 'desde el de 2012, hace diez años': the two stand side by side. */
static void link_ago(runut_scan *scan, size_t at)
{
    enum { BESIDE = 5 };
    const runut_time *ago = &scan->times.at[at], *best = NULL;
    for (size_t i = at > 2 ? at - 2 : 0; i < scan->times.size && i <= at + 2; i++) {
        const runut_time *other = &scan->times.at[i];
        uint32_t gap = other->first >= ago->end ? other->first - ago->end : ago->first - other->end;
        if (i != at && other->year && !other->future && other->kind != TIME_SEASON &&
            other->sentence == ago->sentence && gap <= BESIDE)
            best = other;
    }
    if (!best || (ago->step < -30 && best->kind == TIME_DATE))
        return;
    runut_day low = runut_day_of(best->year - ago->step, 1, 1), high = runut_day_of(best->year - ago->step, 12, 31);
    if (runut_dates_dated(best))
        low = runut_dates_move(best->resolved, UNIT_YEAR, -ago->step) - 90, high = low + 90 + 330;
    if (low == RUNUT_NO_DAY || best->year - ago->step < DATES_FIRST_YEAR || best->year - ago->step > DATES_LAST_YEAR)
        return;
    runut_dates_constrain(
        scan, SAYS_LAST, low, high, 3, true, runut_dates_span(scan, ago->first, ago->end), ago->sentence,
        runut_arena_printf(scan->arena, "%d years before the report it was %d", -ago->step, best->year));
}

static void link_seasons(runut_scan *scan)
{
    const runut_time *newest = NULL;
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->kind == TIME_SEASON && (!newest || time->year > newest->year))
            newest = time;
    }
    if (newest && newest->year >= DATES_FIRST_YEAR - 1 && newest->year < DATES_LAST_YEAR)
        runut_dates_constrain(
            scan, SAYS_YEARS, runut_day_of(newest->year, 6, 15), runut_day_of(newest->year + 1, 7, 15), 3, true,
            runut_dates_span(scan, newest->first, newest->end), newest->sentence,
            runut_arena_printf(scan->arena, "the season from summer %d to summer %d", newest->year, newest->year + 1));
}

static void link_times(runut_scan *scan)
{
    int lasts = 0;
    for (size_t i = 0; i < scan->times.size && lasts < LASTS_MOST; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->kind == TIME_YEAR && time->first > 0 &&
            (runut_dates_is(scan, time->first - 1, DATE_MADE) ||
             (time->first > 1 && runut_dates_is(scan, time->first - 2, DATE_MADE))))
            link_age(scan, time);
        if ((time->kind == TIME_MONTH || time->kind == TIME_DATE) && !time->year && time->step < 0 && ++lasts)
            link_last(scan, time);
        if (time->kind == TIME_UNIT && time->unit == UNIT_YEAR && time->step == -1 && ++lasts)
            link_step_year(scan, time);
        if (time->kind == TIME_UNIT && time->unit == UNIT_YEAR && time->step <= -2 && ++lasts)
            link_ago(scan, i);
    }
}

void runut_dates_link(runut_scan *scan)
{
    int firsts = 0;
    for (uint32_t i = 0; i < scan->count;) {
        bool number = scan->tags[i].digits >= 0 || runut_dates_is(scan, i, DATE_NUM | DATE_ONE);
        uint32_t used = number ? runut_dates_duration(scan, i) : 0;
        i += used ? used : 1;
    }
    link_seasons(scan);
    runut_dates_jubilees(scan);
    for (uint32_t i = 0; i < scan->count && firsts < FIRSTS_MOST; i++)
        if (runut_dates_is(scan, i, DATE_FIRST) && ++firsts)
            link_first(scan, i);
    link_yearly(scan);
    link_times(scan);
}
