/* Numbers that are no counts: days of a month, times of day, scores. */
#include "base/calendar_names.h"
#include "relate/facts_find.h"

static uint32_t hash_of(runut_slice text)
{
    return (uint32_t)runut_slice_hash(text);
}

int runut_fact_month(const runut_fact_finder *self, size_t i)
{
    const runut_token *t = token(self, i);
    /* Where months are written with a capital, "may" and "dan" are none. */
    static const char *const capital[] = {"en", "id", "ms", "de", "tr", "tl"};
    bool large = false;
    for (size_t k = 0; k < sizeof capital / sizeof *capital; k++)
        large = large || runut_slice_starts(self->annotation->language, runut_slice_of(capital[k]));
    if (t->kind != RUNUT_TOKEN_WORD || t->folded.size > 40 || (large && !t->upper))
        return 0;
    return runut_month_in(t->folded, self->annotation->language); /* "de" is December elsewhere */
}

bool runut_fact_slashed(runut_slice text, uint32_t *day, uint32_t *month)
{
    runut_slice first, second;
    return runut_slice_field(&text, '/', &first) && runut_slice_field(&text, '/', &second) &&
           runut_slice_number(first, day) && runut_slice_number(second, month) && *day >= 1 && *day <= 31 &&
           *month >= 1 && *month <= 12;
}

bool runut_fact_date(const runut_fact_finder *self, size_t i, uint32_t *day, uint32_t *month)
{
    runut_slice text = runut_fact_text(self->annotation, i);
    if (runut_fact_slashed(text, day, month))
        return true;
    size_t next = i + 1, last = i;
    if (!runut_slice_number(text, day) || *day < 1 || *day > 31)
        return false;
    if (in_sentence(self, next, i) &&
        (is_text(self, next, ".") || is_text(self, next, "de") || is_text(self, next, "di")))
        next++;
    *month = in_sentence(self, next, i) ? (uint32_t)runut_fact_month(self, next) : 0;
    if (*month == 0 && last > 0) {
        last--;
        if (last > 0 && is_text(self, last, "."))
            last--;
        *month = in_sentence(self, last, i) ? (uint32_t)runut_fact_month(self, last) : 0;
    }
    return *month != 0;
}

bool runut_fact_weekday(const runut_fact_finder *self, size_t i, uint32_t day, uint32_t month, runut_fact_found *f)
{
    size_t words = 0;
    for (size_t back = 1; back <= 4 && back <= i && words <= 1 && in_sentence(self, i - back, i); back++) {
        const runut_token *t = token(self, i - back);
        words += t->kind == RUNUT_TOKEN_WORD;
        int weekday = t->kind == RUNUT_TOKEN_WORD && t->folded.size >= 3 && t->folded.size <= 40
                          ? runut_weekday_in(t->folded, self->annotation->language)
                          : 0;
        if (weekday == 0)
            continue;
        bool closed = in_sentence(self, i + 1, i) && is_text(self, i + 1, ")") && touches(self, i, i + 1);
        *f = (runut_fact_found){.number = {.first = i - back, .end = i + 1, .value = weekday}};
        f->span = (runut_span){t->span.start, token(self, closed ? i + 1 : i)->span.end};
        f->fact = (runut_fact){.unit = hash_of(RUNUT_LITERAL("weekday")), .nature = RUNUT_FACT_STRICT};
        f->fact.about = runut_arena_printf(self->arena, "weekday of %u/%u", day, month);
        f->fact.subject = hash_of(f->fact.about);
        return true;
    }
    return false;
}

static int clock_of(runut_slice text, char mark)
{
    uint32_t hour, minute;
    runut_slice first, rest = text;
    if (!runut_slice_field(&rest, mark, &first) || rest.size != 2 || first.size > 2 ||
        !runut_slice_number(first, &hour) || !runut_slice_number(rest, &minute) || hour > 24 || minute > 59)
        return -1;
    return (int)(hour * 60 + minute);
}

/* "a.m.", "pm": what stands behind nothing but a time; "malam" and "pagi" stand behind nights and mornings too. */
static bool is_am_pm(const runut_fact_finder *self, size_t i)
{
    runut_slice text = runut_fact_text(self->annotation, i);
    return is_cue(self, i, RUNUT_CUE_AM | RUNUT_CUE_PM) && (text.at[0] == 'a' || text.at[0] == 'p') &&
           (text.at[1] == 'm' || text.at[1] == '.');
}

/* Is `i` one of the minutes 00 to 59 behind a mark and an hour: "8: 00"? */
static bool is_torn(const runut_fact_finder *self, size_t i)
{
    uint32_t hour, minute;
    return i >= 2 && in_sentence(self, i - 2, i) && is_text(self, i - 1, ":") &&
           runut_fact_text(self->annotation, i).size >= 2 && runut_fact_text(self->annotation, i - 2).size <= 2 &&
           runut_slice_number(runut_slice_part(runut_fact_text(self->annotation, i), 0, 2), &minute) && minute < 60 &&
           runut_slice_number(runut_fact_text(self->annotation, i - 2), &hour) && hour <= 24;
}

bool runut_fact_torn_clock(const runut_fact_finder *self, const runut_fact_found *f)
{
    size_t at = f->number.first;
    return f->number.digits && (is_torn(self, at) || (in_sentence(self, at + 2, at) && is_torn(self, at + 2)));
}

/* Does a year stand right before: "2017-09-15 17:52"? Then it is the page's time, not the happening's. */
static bool is_stamp(const runut_fact_finder *self, size_t at)
{
    enum { NEAR = 12 };
    uint32_t end = token(self, at)->span.start, start = end > NEAR + 4 ? end - NEAR - 4 : 0;
    const char *text = self->annotation->body.at;
    for (uint32_t i = start, digits = 0; i < end && text[i] != '\n'; i++) {
        digits = runut_is_digit((unsigned char)text[i]) ? digits + 1 : 0;
        if (digits == 4 && ((text[i - 3] == '1' && text[i - 2] == '9') || (text[i - 3] == '2' && text[i - 2] == '0')))
            return true;
    }
    return false;
}

bool runut_fact_clock(const runut_fact_finder *self, runut_fact_found *f)
{
    size_t at = f->number.first, next = at + 1;
    runut_slice text = runut_fact_text(self->annotation, at);
    bool after = in_sentence(self, next, at);
    bool half = after && is_cue(self, next, RUNUT_CUE_AM | RUNUT_CUE_PM | RUNUT_CUE_ZONE);
    bool evening = after && is_cue(self, next, RUNUT_CUE_PM), morning = after && is_cue(self, next, RUNUT_CUE_AM);
    bool said = cue_before(self, at, RUNUT_CUE_CLOCK),
         strong = said && !cue_before(self, at, RUNUT_CUE_APPROXIMATE | RUNUT_CUE_TO);
    int minutes = clock_of(text, ':');
    if (minutes < 0 && (said || half) && f->number.end == next)
        minutes = clock_of(text, '.');
    bool ends = !after || (token(self, next)->kind == RUNUT_TOKEN_MARK && !is_text(self, next, "%"));
    if (minutes < 0 && f->number.end == next && !f->number.range && f->number.decimals == 0 && f->number.value <= 24 &&
        (after && is_am_pm(self, next) ? f->number.value <= 12 : strong && (half || ends)))
        minutes = (int)f->number.value * 60;
    if (minutes < 0)
        return false;
    if (evening && minutes < 12 * 60)
        minutes += 12 * 60;
    if (morning && minutes >= 12 * 60)
        minutes -= 12 * 60;
    if (is_stamp(self, at))
        f->fact.nature |= RUNUT_FACT_ASIDE;
    f->number.value = minutes;
    f->number.end = half ? next + 1 : next;
    f->fact.unit = hash_of(RUNUT_LITERAL("time of day"));
    f->fact.about = RUNUT_LITERAL("time of day");
    f->fits = RUNUT_FITS_OTHER;
    return true;
}

bool runut_fact_score(const runut_fact_finder *self, runut_fact_found *f)
{
    size_t next = f->number.end, length;
    bool after = in_sentence(self, next, f->number.first);
    if (f->number.value > 199 || f->number.second > 199 || (after && runut_fact_month(self, next)) ||
        (after && runut_fact_word_at(self->lexicon, self->annotation, next, RUNUT_FACT_UNIT, UINT32_MAX, &length)) ||
        (f->number.value > 20 && f->number.second > 20))
        return false;
    f->number.value = f->number.value * 1000 + f->number.second;
    f->fact.unit = hash_of(RUNUT_LITERAL("score"));
    f->fact.about = RUNUT_LITERAL("score");
    f->fits = RUNUT_FITS_OTHER;
    return true;
}
