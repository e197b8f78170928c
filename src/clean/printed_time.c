/* Times of day as printed: "14:35 WIB", "20.47", "6.40pm", "8:47 malam", "5:12 p.m. ET", "14h35", "14時35分",
 * "下午2:35". */
#include <stdio.h>

#include "base/data.h"
#include "base/day.h"
#include "base/slice.h"
#include "clean/printed_date.h"

bool runut_date_word(const runut_date_tokens *self, size_t i, const char *kind, runut_slice *value)
{
    const runut_date_token *t = runut_date_at(self, i);
    bool letters = t->kind == RUNUT_DATE_WORD;
    if ((!letters && t->kind != RUNUT_DATE_MARK) || t->word.size == 0 || t->word.size > 24)
        return false;
    runut_slice fields[3], one;
    if (runut_data_find(runut_data_table("clock.tsv"), t->word, fields, 3) == 0)
        return false;
    if (value)
        *value = fields[2];
    while (runut_slice_field(&fields[1], ' ', &one))
        if (runut_slice_is(one, kind))
            return true;
    return false;
}

static bool is_number(const runut_date_tokens *self, size_t i, uint32_t least, uint32_t most, uint32_t digits)
{
    const runut_date_token *t = runut_date_at(self, i);
    return t->kind == RUNUT_DATE_NUMBER && t->digits <= digits && t->value >= least && t->value <= most;
}

/* "pm", "p.m.", "p. m.", "malam", "noon": the token after it, and which; 0 = none. */
static size_t read_half(const runut_date_tokens *self, size_t i, char *half)
{
    const runut_date_token *t = runut_date_at(self, i);
    bool p = runut_slice_is(t->word, "p"), a = runut_slice_is(t->word, "a");
    if ((p || a) && runut_date_mark(self, i + 1, '.') && runut_slice_is(runut_date_at(self, i + 2)->word, "m")) {
        *half = p ? 'p' : 'a';
        return i + 3 + runut_date_mark(self, i + 3, '.');
    }
    runut_slice value = {"", 0}, fields[3];
    const runut_date_token *next = runut_date_at(self, i + 1);
    runut_slice both = {t->text.at, t->text.size + next->text.size}; /* 下午 is two tokens */
    bool solid = t->kind == RUNUT_DATE_WORD && next->kind == RUNUT_DATE_WORD && !next->spaced && t->text.size == 3 &&
                 next->text.size == 3;
    if (solid && runut_data_find(runut_data_table("clock.tsv"), both, fields, 3) &&
        runut_slice_starts(fields[1], RUNUT_LITERAL("half"))) {
        *half = fields[2].at[0];
        return i + 2;
    }
    if (!runut_date_word(self, i, "half", &value))
        return 0;
    *half = value.at[0];
    return i + 1 + runut_date_mark(self, i + 1, '.');
}

static int to_24(int hour, char half)
{
    if (hour > 12 || half == 0)
        return hour;
    if (half == 'n') /* noon and the hours about it: 11 siang, 1 siang */
        return hour < 6 ? hour + 12 : hour;
    if (half == 'p')
        return hour == 12 ? 12 : hour + 12;
    return hour == 12 ? 0 : hour;
}

/* The Sunday of `month` that is the `nth` of it (1..5). */
static int nth_sunday(int year, int month, int nth)
{
    int first = (13 - runut_day_weekday(runut_day_of(year, month, 1))) % 7 + 1;
    return first + 7 * (nth - 1);
}

/* US rule since 2007: second Sunday of March to first Sunday of November. */
static bool us_summer(int year, int month, int day)
{
    if (month == 3)
        return day >= nth_sunday(year, 3, 2);
    if (month == 11)
        return day < nth_sunday(year, 11, 1);
    return month > 3 && month < 11;
}

/* "+07:00", "+7", "+0700" after the time or after GMT/UTC. */
static size_t read_offset(const runut_date_tokens *self, size_t i, char zone[8])
{
    const runut_date_token *sign = runut_date_at(self, i);
    bool minus = runut_date_mark(self, i, '-') || runut_date_mark(self, i, 0x2212);
    if (sign->kind != RUNUT_DATE_MARK || (!minus && sign->value != '+'))
        return 0;
    const runut_date_token *hours = runut_date_at(self, i + 1);
    if (hours->kind != RUNUT_DATE_NUMBER || hours->spaced || hours->digits > 4 || hours->digits == 3)
        return 0;
    uint32_t hour = hours->digits == 4 ? hours->value / 100 : hours->value;
    uint32_t minute = hours->digits == 4 ? hours->value % 100 : 0;
    size_t end = i + 2;
    if (hours->digits <= 2 && runut_date_mark(self, end, ':') && is_number(self, end + 1, 0, 59, 2)) {
        minute = runut_date_at(self, end + 1)->value;
        end += 2;
    }
    if (hour > 14 || minute > 59)
        return 0;
    snprintf(zone, 8, "%c%02u:%02u", minus ? '-' : '+', hour % 100, minute % 100);
    return end;
}

/* The zone at token `i`, in brackets or not: the token after it, `i` itself where there is none. */
static size_t read_zone(const runut_date_tokens *self, size_t i, int year, int month, int day, char zone[8])
{
    size_t at = i + (runut_date_mark(self, i, '(') || runut_date_mark(self, i, ','));
    runut_slice value;
    size_t end = 0;
    if (at == i && (end = read_offset(self, at, zone)) != 0 && !runut_date_at(self, at)->spaced)
        return end;
    if (runut_date_word(self, at, "zone", &value)) {
        const runut_date_token *t = runut_date_at(self, at);
        bool universal = runut_slice_is(t->word, "gmt") || runut_slice_is(t->word, "utc");
        end = universal ? read_offset(self, at + 1, zone) : 0;
        if (end == 0) {
            snprintf(zone, 8, "%.*s", (int)value.size, value.at);
            end = at + 1;
        }
    } else if (runut_date_word(self, at, "uszone", &value)) {
        int hours = (value.at[1] - '0') * 10 + value.at[2] - '0' - us_summer(year, month, day);
        snprintf(zone, 8, "-%02d:00", hours % 100);
        end = at + 1;
    } else {
        zone[0] = 0;
        return i;
    }
    return end + (at > i && runut_date_mark(self, at - 1, '(') && runut_date_mark(self, end, ')'));
}

/* What may stand between hour and minute. */
static bool is_separator(const runut_date_tokens *self, size_t i, bool *word)
{
    const runut_date_token *t = runut_date_at(self, i);
    *word = t->kind == RUNUT_DATE_WORD;
    if (*word)
        return runut_slice_is(t->word, "h") || runut_slice_is(t->word, "時") || runut_slice_is(t->word, "时") ||
               runut_slice_is(t->word, "點") || runut_slice_is(t->word, "点") || runut_slice_is(t->word, "시") ||
               runut_slice_is(t->word, "giờ") || runut_slice_is(t->word, "g");
    return (t->value == ':' || t->value == '.' || t->value == 0xFF1A) && t->kind == RUNUT_DATE_MARK && !t->spaced;
}

/* Minutes and seconds from the separator at `i` on; the token after them, 0 where it is no time. */
static size_t read_minutes(const runut_date_tokens *self, size_t i, runut_time *time)
{
    bool word = false;
    if (!is_separator(self, i, &word))
        return 0;
    if (!is_number(self, i + 1, 0, 59, 2) || runut_date_at(self, i + 1)->digits != 2)
        return word ? i + 1 : 0;
    time->minute = (int)runut_date_at(self, i + 1)->value;
    i += 2;
    const char *minutes[] = {"分", "분", "m", "min", "ph"};
    for (size_t k = 0; k < 5; k++)
        if (runut_slice_is(runut_date_at(self, i)->word, minutes[k]))
            return i + 1;
    if (is_separator(self, i, &word) && !word && is_number(self, i + 1, 0, 60, 2) &&
        runut_date_at(self, i + 1)->digits == 2) {
        time->second = (int)runut_date_at(self, i + 1)->value;
        i += 2;
        if (runut_date_mark(self, i, '.') && runut_date_at(self, i + 1)->kind == RUNUT_DATE_NUMBER)
            i += 2; /* fractions are dropped */
    }
    return i;
}

size_t runut_printed_time(const runut_date_tokens *self, size_t i, int year, int month, int day, runut_time *time)
{
    *time = (runut_time){.second = -1};
    char half = 0;
    size_t after = read_half(self, i, &half);
    if (after)
        i = after;
    if (!is_number(self, i, 0, 24, 2))
        return 0;
    time->hour = (int)runut_date_at(self, i)->value;
    size_t end = read_minutes(self, i + 1, time);
    if (end == 0 && time->hour > 12)
        return 0;
    after = half ? 0 : read_half(self, end ? end : i + 1, &half);
    if (end == 0 && after == 0)
        return 0;
    end = after ? after : end;
    if (runut_slice_is(runut_date_at(self, end)->word, "hari")) /* tengah hari */
        end++;
    time->hour = to_24(time->hour, half);
    if (time->hour > 23 || runut_date_mark(self, end, '%'))
        return 0;
    while (runut_date_word(self, end, "skip", NULL) && !runut_date_word(self, end, "zone", NULL) && end < i + 12)
        end++;
    return read_zone(self, end, year, month, day, time->zone);
}
