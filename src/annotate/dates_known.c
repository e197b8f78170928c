/* Days, offices and events that the reader is expected to know (data/known_days.tsv, data/office_terms.tsv). */
#include "annotate/dates.h"
#include "base/slice.h"

enum {
    WINDOW = 10,       /* tokens around a word in which the others of its form stand */
    OFFICE_BEFORE = 6, /* tokens around a name in which its office stands */
    OFFICE_AFTER = 4,
    FORMER_NEAR = 5,
    MARKS_MOST = 32,
    TERMS_MOST = 24,
    WORDS_TRIED = 4000 /* hits of first words looked at, so that a text of one such word stays quick */
};

static void window(const runut_scan *scan, uint32_t at, uint32_t before, uint32_t after, uint32_t *first, uint32_t *end)
{
    const runut_sentence *s = &scan->annotation->sentences.at[scan->tokens[at].sentence];
    *first = at > s->first_token + before ? at - before : s->first_token;
    *end = at + after + 1 < s->end_token ? at + after + 1 : s->end_token;
}

static bool same_word(runut_slice token, runut_slice word)
{
    if (runut_slice_equal(token, word))
        return true;
    /* 'Ukraine's', 'Korea’s' */
    return token.size > word.size && runut_slice_starts(token, word) &&
           (token.at[word.size] == '\'' || (unsigned char)token.at[word.size] == 0xE2) && token.size <= word.size + 4;
}

static bool word_within(const runut_scan *scan, runut_slice word, uint32_t first, uint32_t end, uint32_t *where)
{
    for (uint32_t i = first; i < end; i++)
        if (scan->tokens[i].kind != RUNUT_TOKEN_MARK && same_word(scan->tokens[i].folded, word)) {
            *where = i;
            return true;
        }
    return false;
}

static bool class_within(const runut_scan *scan, uint64_t classes, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (runut_dates_is(scan, i, classes))
            return true;
    return false;
}

/* ---- known days ---- */

/* All words of the form around `at`: their first and last token. */
static bool form_stands(const runut_scan *scan, const runut_slices *words, uint32_t at, uint32_t *first, uint32_t *last)
{
    uint32_t from, end;
    window(scan, at, WINDOW, WINDOW, &from, &end);
    *first = *last = at;
    bool row = runut_slice_is(words->at[0], "hari") ||
               runut_slice_is(words->at[words->size - 1], "day"); /* 'Hari Malaysia', not 'Hari Kebangsaan Malaysia' */
    for (size_t i = 1; row && i < words->size; i++)
        if (at + i >= end || !same_word(scan->tokens[at + i].folded, words->at[i]))
            return false;
    for (size_t i = 1; i < words->size; i++) {
        uint32_t where;
        if (!word_within(scan, words->at[i], from, end, &where))
            return false;
        *first = where < *first ? where : *first;
        *last = where > *last ? where : *last;
    }
    return true;
}

static void mark_day(runut_scan *scan, const runut_known_day *day, uint32_t first, uint32_t end)
{
    if (scan->marks.size >= MARKS_MOST)
        return;
    for (size_t i = 0; i < scan->marks.size; i++)
        if (scan->marks.at[i].month == day->month && scan->marks.at[i].day == day->day)
            return;
    runut_time mark = {.kind = TIME_DATE,
                       .first = first,
                       .end = end,
                       .sentence = scan->tokens[first].sentence,
                       .month = day->month,
                       .day = day->day,
                       .last_day = day->day,
                       .lead = first < scan->lead_end,
                       .step = NO_STEP,
                       .resolved = RUNUT_NO_DAY};
    RUNUT_PUSH(scan->arena, scan->marks, mark);
}

/* 'Februari tahun lalu' in the sentence of an event whose day is known. */
static void link_event(runut_scan *scan, const runut_known_day *day, uint32_t at)
{
    runut_time event = {.kind = TIME_DATE, .year = day->year, .month = day->month, .day = day->day};
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (time->sentence == scan->tokens[at].sentence && !time->year && time->month == day->month &&
            time->step != NO_STEP && time->step < 0 && (!time->day || time->day == day->day))
            runut_dates_last(scan, time, &event);
    }
}

static bool bound_said(const runut_scan *scan, runut_day low)
{
    for (size_t i = 0; i < scan->constraints.size; i++)
        if (scan->constraints.at[i].kind == SAYS_BOUND && scan->constraints.at[i].ranges[0].low == low)
            return true;
    return false;
}

/* The day with its number, or after a duration: a constraint; plain: a mark. */
static void say_known(runut_scan *scan, const runut_known_day *day, uint32_t first, uint32_t end)
{
    int number, shift = 0;
    bool vague = false;
    runut_day founding = day->year ? runut_day_of(day->year, day->month, day->day) : RUNUT_NO_DAY;
    if (day->year >= 2000)
        link_event(scan, day, first);
    if ((day->kind == 'e' || (day->year >= 2000 && day->kind == 'd')) && !bound_said(scan, founding))
        runut_dates_constrain(scan, SAYS_BOUND, founding, runut_day_of(2099, 12, 31), 1.5f, false,
                              runut_dates_span(scan, first, end), scan->tokens[first].sentence,
                              runut_arena_printf(scan->arena, "%.*s began in %d: not before", (int)day->says.size,
                                                 day->says.at, day->year));
    if (day->kind == 'e')
        return;
    if (founding == RUNUT_NO_DAY || !runut_dates_jubilee_near(scan, first, end, &number, &shift, &vague)) {
        if (day->kind == 'd' && (!day->year || day->year < 2000))
            mark_day(scan, day, first, end);
        return;
    }
    runut_day on = runut_dates_move(founding, UNIT_YEAR, number), low = runut_dates_move(on, UNIT_YEAR, shift);
    int year, month, d;
    if (on == RUNUT_NO_DAY || low == RUNUT_NO_DAY)
        return;
    runut_day_split(low, &year, &month, &d);
    if (year < 1990 || year > 2045)
        return;
    runut_slice name = runut_dates_name(scan->arena, on);
    runut_slice says = runut_arena_printf(scan->arena, "%.*s since %d, number %d: %.*s", (int)day->says.size,
                                          day->says.at, day->year, number, (int)name.size, name.at);
    runut_span span = runut_dates_span(scan, first, end);
    uint32_t sentence = scan->tokens[first].sentence;
    if (shift)
        runut_dates_constrain(scan, SAYS_YEARS, runut_day_of(year, 1, 1), runut_day_of(year, 12, 31), 3, true, span,
                              sentence, says);
    else
        runut_dates_constrain(scan, SAYS_YEARS, on - 45, on + 320, 3, true, span, sentence, says);
    if (!shift && !runut_dates_counted(scan, first, on, number) && !vague && first < scan->lead_end)
        runut_dates_constrain(scan, SAYS_DAY, on, on, 2.5f, false, span, sentence, says);
}

/* ---- national days ---- */

/* The country of a national day that stands at `at`, or that begins there: index of the day, -1 = none. */
static int country_at(const runut_scan *scan, uint32_t at)
{
    if (scan->tokens[at].kind != RUNUT_TOKEN_WORD)
        return -1;
    runut_slice word = scan->tokens[at].folded;
    for (size_t cut = 0; cut < 2; cut++) {
        uint64_t hash = cut ? runut_slice_hash(word) : scan->tokens[at].hash;
        const uint32_t *found = runut_map_get_hashed(scan->calendar->known, word, hash);
        for (uint32_t i = found ? *found : 0; i; i = scan->calendar->forms.at[i - 1].next) {
            const __typeof__(*scan->calendar->forms.at) *form = &scan->calendar->forms.at[i - 1];
            bool all = scan->calendar->days.at[form->day].kind == 'n';
            for (uint32_t k = 1; all && k < form->words.size; k++)
                all = at + k < scan->count && same_word(scan->tokens[at + k].folded, form->words.at[k]);
            if (all)
                return (int)form->day;
        }
        const char *mark = memchr(word.at, '\'', word.size);
        if (!mark && word.size > 4 && (unsigned char)word.at[word.size - 4] == 0xE2)
            mark = word.at + word.size - 4; /* '’s' */
        if (!mark)
            break;
        word.size = (size_t)(mark - word.at);
    }
    return -1;
}

/* The country that the first sentences name most. */
static int main_country(const runut_scan *scan)
{
    uint16_t counts[256] = {0};
    int best = -1;
    for (uint32_t i = 0; i < scan->count && i < 400; i++) {
        int country = country_at(scan, i);
        if (country < 0 || country >= 256)
            continue;
        counts[country]++;
        if (best < 0 || counts[country] > counts[best])
            best = country;
    }
    return best;
}

static int nearest_country(const runut_scan *scan, uint32_t at)
{
    uint32_t first, end, best_gap = UINT32_MAX;
    int best = -1;
    window(scan, at, 8, 6, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        int country = country_at(scan, i);
        uint32_t gap = i > at ? i - at : at - i;
        if (country >= 0 && gap < best_gap)
            best = country, best_gap = gap;
    }
    if (best >= 0)
        return best;
    return class_within(scan, DATE_THECOUNTRY, first, end) ? main_country(scan) : -1;
}

static bool national_at(const runut_scan *scan, uint32_t at, uint32_t *end)
{
    *end = at + 1;
    if (runut_dates_is(scan, at, DATE_NATIONAL))
        return true;
    /* 'HUT ke-78 RI': an anniversary whose number is followed by the country. */
    if (!runut_dates_is(scan, at, DATE_ANNIVERSARY))
        return false;
    int number;
    bool ordinal = false;
    uint32_t i = at + (scan->tags[at].length ? scan->tags[at].length : 1u);
    bool country_first = i < scan->count && country_at(scan, i) >= 0;
    uint32_t used = runut_dates_number(scan, country_first ? i + 1 : i, &number, &ordinal);
    if (!used || !ordinal)
        return false;
    *end = i + used + 1;
    uint32_t where = country_first ? i : i + used;
    if (!country_first && where < scan->count && runut_slice_is(scan->tokens[where].folded, "republik"))
        where++;
    return where < scan->count && country_at(scan, where) >= 0 && !runut_dates_mark(scan, where + 1, "-");
}

static void known_days(runut_scan *scan)
{
    int tried = 0;
    for (uint32_t i = 0; i < scan->count && tried < WORDS_TRIED; i++) {
        uint32_t end;
        if (national_at(scan, i, &end) && ++tried) {
            int country = nearest_country(scan, i);
            if (country >= 0)
                say_known(scan, &scan->calendar->days.at[country], i, end < scan->count ? end : scan->count);
        }
        const uint32_t *found =
            scan->tokens[i].kind == RUNUT_TOKEN_MARK
                ? NULL
                : runut_map_get_hashed(scan->calendar->known, scan->tokens[i].folded, scan->tokens[i].hash);
        for (uint32_t k = found ? *found : 0; k && ++tried; k = scan->calendar->forms.at[k - 1].next) {
            const runut_known_day *day = &scan->calendar->days.at[scan->calendar->forms.at[k - 1].day];
            uint32_t first, last;
            if (day->kind != 'n' && form_stands(scan, &scan->calendar->forms.at[k - 1].words, i, &first, &last))
                say_known(scan, day, first, last + 1);
        }
    }
}

/* ---- terms of office ---- */

static bool told_as_past(const runut_scan *scan, uint32_t sentence)
{
    for (size_t i = 0; i < scan->times.size; i++)
        if (scan->times.at[i].sentence == sentence &&
            (scan->times.at[i].year || (scan->times.at[i].kind == TIME_UNIT && scan->times.at[i].step < 0)))
            return true;
    return false;
}

static size_t name_stands(const runut_scan *scan, const runut_slices *words, uint32_t at)
{
    for (uint32_t k = 0; k < words->size; k++)
        if (at + k >= scan->count || !same_word(scan->tokens[at + k].folded, words->at[k]))
            return 0;
    return words->size;
}

static bool in_office(const runut_scan *scan, uint32_t at, size_t length, runut_slice need, uint8_t office)
{
    uint32_t first, end, where;
    window(scan, at, OFFICE_BEFORE, (uint32_t)length + OFFICE_AFTER, &first, &end);
    if (length == 1) /* 'President Putin' */
        first = at > first + 2 ? at - 2 : first, end = at + 1;
    if (need.size && !word_within(scan, need, first, end, &where))
        return false;
    uint8_t offices = 0;
    for (uint32_t i = first; i < end; i++)
        offices |= scan->tags[i].offices;
    if (!(offices & office))
        return false;
    window(scan, at, FORMER_NEAR, (uint32_t)length + FORMER_NEAR, &first, &end);
    return !class_within(scan, DATE_FORMER, first, end);
}

/* The longest name that begins at `at` and its terms, as one constraint. */
static void say_terms(runut_scan *scan, uint32_t at, uint32_t found)
{
    size_t longest = 0;
    for (uint32_t i = found; i; i = scan->calendar->names.at[i - 1].next) {
        size_t length = name_stands(scan, &scan->calendar->names.at[i - 1].words, at);
        if (length > longest && in_office(scan, at, length, scan->calendar->names.at[i - 1].need,
                                          scan->calendar->offices.at[scan->calendar->names.at[i - 1].term].office))
            longest = length;
    }
    runut_constraint *c = NULL;
    for (uint32_t i = longest ? found : 0; i; i = scan->calendar->names.at[i - 1].next) {
        const __typeof__(*scan->calendar->names.at) *name = &scan->calendar->names.at[i - 1];
        if (name_stands(scan, &name->words, at) != longest ||
            !in_office(scan, at, longest, name->need, scan->calendar->offices.at[name->term].office))
            continue;
        const runut_term *term = &scan->calendar->offices.at[name->term];
        runut_range range = {term->from, term->to == RUNUT_NO_DAY ? runut_day_of(2099, 12, 31) : term->to + 10};
        for (size_t k = 0; !c && k < scan->constraints.size; k++)
            if (runut_slice_equal(scan->constraints.at[k].group, term->name))
                return;
        if (c && c->range_count < RANGE_MOST) {
            c->ranges[c->range_count++] = range;
        } else if (!c) {
            char from[11], to[11] = "today";
            runut_day_print(term->from, from);
            if (term->to != RUNUT_NO_DAY)
                runut_day_print(term->to, to);
            runut_span span = runut_dates_span(scan, at, at + (uint32_t)longest);
            runut_slice name_printed = runut_slice_part(scan->text, span.start, span.end);
            c = runut_dates_constrain(scan, SAYS_BOUND, range.low, range.high, 2, true, span, scan->tokens[at].sentence,
                                      runut_arena_printf(scan->arena, "%.*s, %.*s from %s to %s",
                                                         (int)name_printed.size, name_printed.at, (int)term->says.size,
                                                         term->says.at, from, to));
            if (!c)
                return;
            c->group = term->name;
        }
    }
}

static void terms(runut_scan *scan)
{
    int tried = 0, said = 0;
    for (uint32_t i = 0; i < scan->count && tried < WORDS_TRIED && said < TERMS_MOST; i++) {
        const uint32_t *found =
            scan->tokens[i].kind == RUNUT_TOKEN_WORD && scan->tokens[i].upper
                ? runut_map_get_hashed(scan->calendar->terms, scan->tokens[i].folded, scan->tokens[i].hash)
                : NULL;
        if (!found || !++tried || told_as_past(scan, scan->tokens[i].sentence))
            continue;
        size_t before = scan->constraints.size;
        say_terms(scan, i, *found);
        said += scan->constraints.size > before;
    }
}

void runut_dates_known(runut_scan *scan)
{
    known_days(scan);
    terms(scan);
}
