/* Dates as printed on a date line, in any language whose month names CLDR has.
 *
 * The line becomes words, numbers and marks; at each of them the forms below are tried. Only full dates count: day,
 * month and year. A time of day beside the date is added, with its zone, when it is stated.
 *
 *     2022-08-15T14:35+07:00   2022/08/15   2022年8月15日   2022. 8. 15.   2022. augusztus 15.
 *     15/08/2022   15.8.22   15 Agu 2022   15 de agosto de 2022   July 11, 2022   15 tháng 8 năm 2022
 *
 * Numbers alone are ambiguous: day first, but for a line with slashes in American English. */
#include <stdio.h>

#include "base/calendar_names.h"
#include "base/day.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/printed_date.h"
#include "clean/stage.h"

enum { MOST_BYTES = 2000, MOST_TOKENS = 400, MOST_GAP = 8 };

typedef struct found_date {
    int year, month, day;
    size_t start, end; /* tokens */
    runut_time time;
    bool timed;
} found_date;

static uint32_t digit_value(uint32_t code)
{
    uint32_t low = code & 0xF;
    return code >= 0x900 && code < 0xE00 && low >= 6 ? low - 6 : low; /* the Indic blocks begin at 6 */
}

/* Scripts that write no blanks between words: one token a character. */
static bool stands_alone(uint32_t code)
{
    return (code >= 0x3040 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x9FFF) ||
           (code >= 0xF900 && code <= 0xFAFF);
}

static void read_number(runut_slice line, size_t *offset, runut_date_token *token)
{
    while (*offset < line.size) {
        size_t next = *offset;
        uint32_t code = runut_utf8_next(line, &next);
        if (!runut_code_is_digit(code))
            break;
        token->digits++;
        if (token->digits <= 9)
            token->value = token->value * 10 + digit_value(code);
        *offset = next;
    }
    token->kind = RUNUT_DATE_NUMBER;
}

static void read_word(runut_slice line, size_t *offset, runut_date_token *token)
{
    bool alone = stands_alone(runut_utf8_next(line, offset));
    while (!alone && *offset < line.size) {
        size_t next = *offset;
        uint32_t code = runut_utf8_next(line, &next);
        if (!runut_code_is_letter(code) || stands_alone(code))
            break;
        *offset = next;
    }
    token->kind = RUNUT_DATE_WORD;
}

static runut_date_tokens tokenize(runut_arena *arena, runut_slice line, runut_slice language)
{
    RUNUT_VECTOR(runut_date_token) tokens = {0};
    line = runut_slice_part(line, 0, MOST_BYTES);
    bool spaced = true;
    for (size_t i = 0; i < line.size && tokens.size < MOST_TOKENS;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(line, &i);
        if (runut_code_is_space(code)) {
            spaced = true;
            continue;
        }
        runut_date_token *token = RUNUT_APPEND(arena, tokens);
        *token = (runut_date_token){.kind = RUNUT_DATE_MARK, .value = code, .word = {"", 0}, .spaced = spaced};
        spaced = false;
        bool digit = runut_code_is_digit(code), letter = runut_code_is_letter(code);
        if (digit || letter)
            i = start;
        token->value = digit || letter ? 0 : code;
        if (digit)
            read_number(line, &i, token);
        else if (letter)
            read_word(line, &i, token);
        token->text = runut_slice_part(line, start, i);
        if (letter || code == 0xBA || code == 0xAA)
            token->word = runut_utf8_fold(arena, token->text);
    }
    return (runut_date_tokens){tokens.at, tokens.size, language};
}

static bool is_between(const runut_date_tokens *self, size_t i, uint32_t least, uint32_t most, uint32_t digits)
{
    const runut_date_token *t = runut_date_at(self, i);
    return t->kind == RUNUT_DATE_NUMBER && t->digits <= digits && t->value >= least && t->value <= most;
}

static bool is_year(const runut_date_tokens *self, size_t i)
{
    return runut_date_at(self, i)->digits == 4 && is_between(self, i, 1700, 2199, 4);
}

static int month_at(const runut_date_tokens *self, size_t i)
{
    const runut_date_token *t = runut_date_at(self, i);
    if (t->kind != RUNUT_DATE_WORD || t->word.size < 2)
        return 0;
    return runut_month_named(t->word, self->language);
}

static size_t skip_marks(const runut_date_tokens *self, size_t i, const char *marks)
{
    const runut_date_token *t = runut_date_at(self, i);
    if (t->kind == RUNUT_DATE_MARK && t->value < 0x80 && strchr(marks, (int)t->value))
        return i + 1;
    return i;
}

static bool is_american(runut_slice language)
{
    if (runut_slice_equal_nocase(language, RUNUT_LITERAL("en-US")) ||
        runut_slice_equal_nocase(language, RUNUT_LITERAL("en_US")))
        return true;
    return runut_slice_equal_nocase(language, RUNUT_LITERAL("en")) || runut_slice_is(language, "fil");
}

/* A mark that parts three numbers of a date, the same both times. */
static uint32_t date_separator(const runut_date_tokens *self, size_t i)
{
    const runut_date_token *t = runut_date_at(self, i);
    uint32_t code = t->kind == RUNUT_DATE_MARK ? t->value : 0;
    if (code == 0x2010 || code == 0x2011 || code == 0x2013)
        code = '-';
    return code == '/' || code == '-' || code == '.' ? code : 0;
}

/* 15/08/2022, 15.8.22, 08/15/2022 */
static size_t day_first_numbers(const runut_date_tokens *self, size_t i, found_date *date)
{
    uint32_t separator = date_separator(self, i + 1);
    if (!is_between(self, i, 1, 31, 2) || !separator || date_separator(self, i + 3) != separator ||
        !is_between(self, i + 2, 1, 31, 2))
        return 0;
    const runut_date_token *year = runut_date_at(self, i + 4);
    if (!is_year(self, i + 4) &&
        (year->kind != RUNUT_DATE_NUMBER || year->digits != 2 || year->spaced || separator == '-'))
        return 0;
    if (year->digits == 2 && date_separator(self, i + 5) == separator &&
        runut_date_at(self, i + 6)->kind == RUNUT_DATE_NUMBER)
        return 0; /* one of many numbers, such as an address */
    int a = (int)runut_date_at(self, i)->value, b = (int)runut_date_at(self, i + 2)->value;
    bool month_first = b > 12 || (separator == '/' && a <= 12 && is_american(self->language));
    date->month = month_first ? a : b;
    date->day = month_first ? b : a;
    date->year = (int)year->value + (year->digits == 2 ? 2000 : 0);
    return i + 5;
}

/* 2022-08-15, 2022/8/15, 2022. 8. 15., 2022年8月15日, 2022년 8월 15일 */
static size_t year_first_numbers(const runut_date_tokens *self, size_t i, found_date *date)
{
    const runut_date_token *mark = runut_date_at(self, i + 1);
    bool word = runut_slice_is(mark->word, "年") || runut_slice_is(mark->word, "년");
    uint32_t separator = date_separator(self, i + 1);
    if (!is_year(self, i) || (!word && !separator) || !is_between(self, i + 2, 1, 12, 2))
        return 0;
    if (!is_between(self, i + 4, 1, 31, 2) || (separator && date_separator(self, i + 3) != separator))
        return 0;
    date->year = (int)runut_date_at(self, i)->value;
    date->month = (int)runut_date_at(self, i + 2)->value;
    date->day = (int)runut_date_at(self, i + 4)->value;
    bool closed = word ? runut_date_at(self, i + 5)->kind == RUNUT_DATE_WORD : runut_date_mark(self, i + 5, '.');
    return i + 5 + closed;
}

/* The year after a month: "2022", ", 2022", "de 2022", "/Agustus 2022", "'22". */
static size_t read_year(const runut_date_tokens *self, size_t i, found_date *date)
{
    i = skip_marks(self, i, ".");
    i = skip_marks(self, i, "-,/");
    if (month_at(self, i)) /* آب/أغسطس */
        i++;
    if (runut_date_word(self, i, "of", NULL) || runut_date_word(self, i, "year", NULL))
        i++;
    const runut_date_token *t = runut_date_at(self, i);
    if (is_year(self, i)) {
        date->year = (int)t->value;
        return i + 1 + runut_date_word(self, i + 1, "year", NULL);
    }
    size_t dash = i - 1;
    bool marked = runut_date_mark(self, i, '\'') || runut_date_mark(self, i, 0x2019);
    t = runut_date_at(self, i + marked);
    if (t->kind == RUNUT_DATE_NUMBER && t->digits == 2 && (marked || runut_date_mark(self, dash, '-'))) {
        date->year = 2000 + (int)t->value;
        return i + marked + 1;
    }
    return 0;
}

/* 15 Agustus 2022, 15. August 2022, 15th of August, 2022, 15 tháng 8 năm 2022, 15-Aug-22 */
static size_t day_then_month(const runut_date_tokens *self, size_t i, found_date *date)
{
    if (!is_between(self, i, 1, 31, 2))
        return 0;
    date->day = (int)runut_date_at(self, i)->value;
    size_t at = i + 1;
    if (!runut_date_at(self, at)->spaced && runut_date_word(self, at, "th", NULL))
        at++;
    at = skip_marks(self, at, ".-/,");
    if (runut_date_word(self, at, "of", NULL) && (month_at(self, at + 1) || !month_at(self, at)))
        at += 1;
    if (runut_date_word(self, at, "month", NULL) && is_between(self, at + 1, 1, 12, 2)) {
        date->month = (int)runut_date_at(self, at + 1)->value;
        return read_year(self, at + 2, date);
    }
    date->month = month_at(self, at);
    return date->month ? read_year(self, at + 1, date) : 0;
}

/* July 11, 2022; Aug. 15 2022 */
static size_t month_then_day(const runut_date_tokens *self, size_t i, found_date *date)
{
    date->month = month_at(self, i);
    size_t at = skip_marks(self, i + 1, ".");
    if (!date->month || !is_between(self, at, 1, 31, 2))
        return 0;
    date->day = (int)runut_date_at(self, at)->value;
    at++;
    if (!runut_date_at(self, at)->spaced && runut_date_word(self, at, "th", NULL))
        at++;
    return read_year(self, at, date);
}

/* 2022. augusztus 15., 2022 m. rugpjūčio 15 d. */
static size_t year_then_month(const runut_date_tokens *self, size_t i, found_date *date)
{
    if (!is_year(self, i))
        return 0;
    size_t at = skip_marks(self, i + 1, ".,");
    if (runut_date_word(self, at, "year", NULL))
        at = skip_marks(self, at + 1, ".");
    date->month = month_at(self, at);
    at = skip_marks(self, at + 1, ".");
    if (!date->month || !is_between(self, at, 1, 31, 2))
        return 0;
    date->year = (int)runut_date_at(self, i)->value;
    date->day = (int)runut_date_at(self, at)->value;
    return at + 1;
}

static bool read_date(const runut_date_tokens *self, size_t i, found_date *date)
{
    static size_t (*const forms[])(const runut_date_tokens *, size_t, found_date *) = {
        year_first_numbers, day_first_numbers, day_then_month, month_then_day, year_then_month};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        size_t end = forms[k](self, i, date);
        if (end && runut_day_of(date->year, date->month, date->day) != RUNUT_NO_DAY) {
            date->start = i;
            date->end = end;
            return true;
        }
    }
    return false;
}

/* Does another date begin at `i`? Then the time beyond it is not ours. */
static bool is_word_of_line(const runut_date_tokens *self, size_t i)
{
    const runut_date_token *t = runut_date_at(self, i);
    return t->kind == RUNUT_DATE_WORD && !runut_date_word(self, i, "skip", NULL) &&
           !runut_date_word(self, i, "half", NULL) && !runut_slice_is(t->word, "t") &&
           !runut_weekday_named(t->word, self->language) && t->word.size > 3;
}

/* The time after the date, or else right before it. */
static void add_time(const runut_date_tokens *self, found_date *date)
{
    for (size_t i = date->end; i < date->end + MOST_GAP && i < self->size; i++) {
        size_t end = runut_printed_time(self, i, date->year, date->month, date->day, &date->time);
        if (end) {
            date->end = end;
            date->timed = true;
            return;
        }
        if (is_word_of_line(self, i) || runut_date_at(self, i)->kind == RUNUT_DATE_NUMBER)
            break;
    }
    for (size_t back = 1; back <= MOST_GAP && back <= date->start; back++) {
        size_t i = date->start - back;
        size_t end = runut_printed_time(self, i, date->year, date->month, date->day, &date->time);
        if (end && end <= date->start && (i == 0 || runut_date_at(self, i)->spaced)) {
            date->start = i;
            date->timed = true;
            return;
        }
        if (is_word_of_line(self, i) && !runut_date_word(self, i, "zone", NULL))
            break;
    }
    date->time = (runut_time){.second = -1};
}

static void add_weekday(const runut_date_tokens *self, found_date *date)
{
    for (size_t back = 1; back <= 2 && back <= date->start; back++) {
        const runut_date_token *t = runut_date_at(self, date->start - back);
        if (t->kind == RUNUT_DATE_WORD && t->word.size > 2 && runut_weekday_named(t->word, self->language)) {
            date->start -= back;
            return;
        }
    }
}

/* "Updated: 15 Aug 2022": the word stands within three tokens before the date. */
static bool is_update(const runut_date_tokens *self, size_t start)
{
    for (size_t back = 1; back <= 5 && back <= start; back++) {
        if (runut_date_word(self, start - back, "updated", NULL))
            return true;
        if (runut_date_mark(self, start - back, '|'))
            return false;
    }
    return false;
}

static bool first_date(const runut_date_tokens *self, found_date *date)
{
    bool any = false;
    for (size_t i = 0; i < self->size; i++) {
        found_date one = {0};
        if (!read_date(self, i, &one))
            continue;
        size_t end = one.end;
        bool update = is_update(self, i);
        if (!any || !update) {
            add_time(self, &one);
            add_weekday(self, &one);
            *date = one;
            any = true;
        }
        if (!update)
            break;
        i = end - 1;
    }
    return any;
}

static runut_slice print_iso(runut_arena *arena, const found_date *date)
{
    char day[11];
    runut_day_print(runut_day_of(date->year, date->month, date->day), day);
    if (!date->timed)
        return runut_arena_printf(arena, "%s", day);
    const runut_time *t = &date->time;
    if (t->second >= 0)
        return runut_arena_printf(arena, "%sT%02d:%02d:%02d%s", day, t->hour, t->minute, t->second, t->zone);
    return runut_arena_printf(arena, "%sT%02d:%02d%s", day, t->hour, t->minute, t->zone);
}

runut_slice runut_printed_date(runut_arena *arena, runut_slice line, runut_slice language, runut_slice *printed)
{
    runut_date_tokens tokens = tokenize(arena, line, language);
    found_date date = {0};
    if (!first_date(&tokens, &date))
        return (runut_slice){"", 0};
    const runut_date_token *first = runut_date_at(&tokens, date.start), *last = runut_date_at(&tokens, date.end - 1);
    if (printed)
        *printed = runut_slice_part(line, (size_t)(first->text.at - line.at),
                                    (size_t)(last->text.at - line.at) + last->text.size);
    return print_iso(arena, &date);
}
