/* What stands around an expression of time: whether it is told as past or still to come, in a quotation, under a
 * picture, in a dateline. Each look is bounded. */
#include "annotate/dates.h"

enum {
    LEAD_BYTES = 420,  /* the lead: the first sentences, about as long */
    CAPTION_AFTER = 8, /* tokens after a date in which '[Photo/Agencies]' stands */
    LOOK_BACK = 12     /* tokens in which a word can make an expression a future or an old one */
};

static bool in_quotes(const runut_scan *scan, const runut_time *time, uint32_t *last_sentence, bool *open, uint32_t *at)
{
    for (; *at < time->first; (*at)++) {
        if (scan->tokens[*at].sentence != *last_sentence && scan->tokens[*at].kind != RUNUT_TOKEN_MARK)
            *last_sentence = scan->tokens[*at].sentence;
        if (runut_dates_mark(scan, *at, "“"))
            *open = true;
        else if (runut_dates_mark(scan, *at, "”"))
            *open = false;
        else if (runut_dates_mark(scan, *at, "\""))
            *open = !*open;
        else if (*at > 0 && scan->annotation->sentences.at[scan->tokens[*at].sentence].paragraph !=
                                scan->annotation->sentences.at[scan->tokens[*at - 1].sentence].paragraph)
            *open = false;
    }
    return *open;
}

/* 'Until 2030' is to come, '1910 until 1945' and 'until Tuesday (12/7)' are not. */
static bool is_end(const runut_scan *scan, const runut_time *time)
{
    if (time->first == 0 || !runut_dates_is(scan, time->first - 1, DATE_UNTIL))
        return false;
    if (time->weekday || (time->kind == TIME_DATE && !time->year))
        return false;
    return time->first < 2 || scan->tags[time->first - 2].digits < 1000;
}

static bool is_future(const runut_scan *scan, const runut_time *time)
{
    if (time->step != NO_STEP && time->step > 0)
        return true;
    if (is_end(scan, time))
        return true;
    uint32_t from = time->first > LOOK_BACK ? time->first - LOOK_BACK : 0;
    for (uint32_t i = time->first; i > from; i--) {
        if (scan->tokens[i - 1].sentence != time->sentence)
            break;
        if (runut_dates_is(scan, i - 1, DATE_FUTURE))
            return true;
        if (runut_dates_mark(scan, i - 1, ";") || runut_dates_is(scan, i - 1, DATE_CLAUSE))
            break;
    }
    return runut_dates_is(scan, time->end, DATE_STEP) && scan->tags[time->end].step > 0;
}

static bool is_old(const runut_scan *scan, const runut_time *time)
{
    uint32_t from = time->first > LOOK_BACK ? time->first - LOOK_BACK : 0;
    for (uint32_t i = time->first; i > from; i--) {
        if (scan->tokens[i - 1].sentence != time->sentence)
            break;
        if (runut_dates_is(scan, i - 1, DATE_OLD | DATE_MADE | DATE_FIRST))
            return true;
    }
    return time->first > 0 && runut_dates_is(scan, time->first - 1, DATE_SINCE);
}

/* 'FILE - In this Dec. 28, 2017 photo', '… December 31, 2017. [Photo/Agencies]' */
static bool near_picture(const runut_scan *scan, const runut_time *time, uint64_t classes)
{
    const runut_sentence *s = &scan->annotation->sentences.at[time->sentence];
    uint32_t from = time->first > s->first_token + LOOK_BACK ? time->first - LOOK_BACK : s->first_token;
    uint32_t end = time->end + CAPTION_AFTER < scan->count ? time->end + CAPTION_AFTER : scan->count;
    for (uint32_t i = from; i < end; i++)
        if (runut_dates_is(scan, i, classes) &&
            (i < time->end || scan->tokens[i].upper || scan->tokens[i].sentence == time->sentence))
            return true;
    return false;
}

/* '26 February - 1 March 2018' */
static void mark_ranges(runut_scan *scan)
{
    for (size_t i = 0; i + 1 < scan->times.size; i++) {
        runut_time *a = &scan->times.at[i], *b = &scan->times.at[i + 1];
        if (a->kind != TIME_DATE || b->kind != TIME_DATE || b->first > a->end + 1 || b->sentence != a->sentence ||
            !(runut_dates_mark(scan, a->end, "-") || runut_dates_mark(scan, a->end, "–") ||
              runut_dates_is(scan, a->end, DATE_UNTIL)))
            continue;
        a->last_day = b->last_day = 0;
        if (!a->year && b->year && a->month <= b->month) {
            a->year = b->year;
            a->resolved = runut_day_of(a->year, a->month, a->day);
        }
    }
}

/* 'JAKARTA 20 Nov. –', 'SEOUL, Aug 15 (Reuters) -', 'Updated: 2017-09-15 17:52' at the head of a paragraph. */
static bool is_dateline(const runut_scan *scan, const runut_time *time)
{
    const runut_sentence *sentence = &scan->annotation->sentences.at[time->sentence];
    uint32_t before = time->first - sentence->first_token;
    if (time->kind != TIME_DATE || time->bracketed || before > 8)
        return false;
    bool capitals = false;
    for (uint32_t i = sentence->first_token; i < time->first; i++)
        capitals = capitals || scan->tokens[i].all_upper;
    uint32_t after = time->end;
    if (runut_dates_mark(scan, after, "."))
        after++;
    if (runut_dates_mark(scan, after, "(")) {
        for (uint32_t k = 0; k < 6 && !runut_dates_mark(scan, after, ")"); k++)
            after++;
        after++;
    }
    bool dash =
        runut_dates_mark(scan, after, "-") || runut_dates_mark(scan, after, "–") || runut_dates_mark(scan, after, "—");
    return before > 0 ? (capitals && (dash || before <= 4)) || dash : dash;
}

static void look_at_each(runut_scan *scan)
{
    uint32_t last_sentence = 0, at = 0;
    bool open = false;
    for (size_t i = 0; i < scan->times.size; i++) {
        runut_time *time = &scan->times.at[i];
        time->sentence = scan->tokens[time->first].sentence;
        time->lead = time->first < scan->lead_end;
        time->quoted = in_quotes(scan, time, &last_sentence, &open, &at);
        time->future = is_future(scan, time);
        time->old = is_old(scan, time);
        time->caption = time->kind == TIME_DATE && near_picture(scan, time, DATE_CAPTION);
        time->archive = time->kind == TIME_DATE && near_picture(scan, time, DATE_ARCHIVE);
        for (uint32_t k = time->first; k < time->end; k++)
            time->numeric = time->numeric || (scan->tokens[k].kind == RUNUT_TOKEN_NUMBER && scan->tags[k].digits < 0);
        time->dateline = time->sentence < 4 && is_dateline(scan, time);
        time->resolved =
            time->kind == TIME_DATE && time->year ? runut_day_of(time->year, time->month, time->day) : RUNUT_NO_DAY;
    }
}

void runut_dates_find_lead(runut_scan *scan)
{
    uint32_t sentences = 0;
    scan->lead_end = 0;
    for (size_t i = 0; i < scan->annotation->sentences.size && sentences < 6; i++) {
        const runut_sentence *sentence = &scan->annotation->sentences.at[i];
        if (i > 0 && sentence->span.start > LEAD_BYTES)
            break;
        scan->lead_end = sentence->end_token;
        sentences++;
    }
}

void runut_dates_look_around(runut_scan *scan)
{
    look_at_each(scan);
    mark_ranges(scan);
}
