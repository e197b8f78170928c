#include "read/rfc_date.h"

#include "base/day.h"
#include "base/slice.h"

typedef struct zone {
    const char *name;
    int minutes;
} zone;

/* RFC 5322's old names, and others that feeds print. */
static const zone zones[] = {
    {"UT", 0},     {"GMT", 0},    {"UTC", 0},    {"Z", 0},      {"EST", -300}, {"EDT", -240}, {"CST", -360},
    {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420}, {"WIB", 420},  {"WITA", 480},
    {"WIT", 540},  {"MYT", 480},  {"SGT", 480},  {"PHT", 480},  {"HKT", 480},  {"JST", 540},  {"KST", 540},
    {"AEST", 600}, {"AEDT", 660}, {"WET", 0},    {"WEST", 60},  {"BST", 60},   {"CET", 60},   {"CEST", 120},
    {"EET", 120},  {"EEST", 180}, {"MSK", 180},  {"TRT", 180},  {"BRT", -180}, {"ART", -180},
};

/* White space and commas part words, and a '-' right behind one ("01-Sep-2025"), but not the one of " -0700". */
static runut_slice next_word(runut_slice *rest)
{
    size_t i = rest->size && rest->at[0] == '-';
    while (i < rest->size && (runut_is_space((unsigned char)rest->at[i]) || rest->at[i] == ','))
        i++;
    size_t start = i;
    while (i < rest->size && !runut_is_space((unsigned char)rest->at[i]) && rest->at[i] != ',' &&
           (rest->at[i] != '-' || i == start))
        i++;
    runut_slice word = runut_slice_part(*rest, start, i);
    *rest = runut_slice_part(*rest, i, rest->size);
    return word;
}

static int month_of(runut_slice word)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; i < 12; i++)
        if (runut_slice_starts_nocase(word, (runut_slice){months + 3 * i, 3}))
            return i + 1;
    return 0;
}

/* "10:00" or "10:00:05"; false where it is none. */
static bool read_clock(runut_slice word, uint32_t clock[3], bool *seconds)
{
    runut_slice part;
    int count = 0;
    clock[2] = 0;
    while (count < 3 && runut_slice_field(&word, ':', &part))
        if (part.size > 2 || !runut_slice_number(part, &clock[count++]))
            return false;
    *seconds = count == 3;
    return count >= 2 && word.size == 0 && clock[0] < 24 && clock[1] < 60 && clock[2] < 61;
}

static bool read_zone(runut_slice word, int *minutes)
{
    uint32_t number;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (runut_slice_equal_nocase(word, runut_slice_of(zones[i].name))) {
            *minutes = zones[i].minutes;
            return true;
        }
    if (word.size < 5 || (word.at[0] != '+' && word.at[0] != '-'))
        return false;
    char digits[4] = {word.at[1], word.at[2], word.at[3], word.at[4]};
    if (word.size == 6 && word.at[3] == ':') { /* "+07:00" */
        digits[2] = word.at[4];
        digits[3] = word.at[5];
    } else if (word.size != 5) {
        return false;
    }
    if (!runut_slice_number((runut_slice){digits, 4}, &number) || number % 100 > 59 || number > 1500)
        return false;
    *minutes = (int)(number / 100 * 60 + number % 100) * (word.at[0] == '-' ? -1 : 1);
    return true;
}

static int full_year(uint32_t year, size_t digits)
{
    if (digits == 2)
        return (int)(year + (year < 50 ? 2000 : 1900));
    return digits == 3 ? (int)(year + 1900) : (int)year;
}

/* "2025-09-01 10:00:00", as databases print it: only the 'T' is missing. */
static bool is_spaced_iso(runut_slice text)
{
    static const char form[] = "dddd-dd-dd dd:dd";
    bool is = text.size >= sizeof form - 1 && text.size < 40;
    for (size_t i = 0; is && i < sizeof form - 1; i++)
        is = form[i] == 'd' ? runut_is_digit((unsigned char)text.at[i]) : text.at[i] == form[i];
    return is;
}

runut_slice runut_rfc_date(runut_arena *arena, runut_slice text)
{
    text = runut_slice_trim(text);
    if (is_spaced_iso(text))
        return runut_arena_printf(arena, "%.10sT%.*s", text.at, (int)text.size - 11, text.at + 11);
    runut_slice rest = runut_slice_part(text, 0, 80), word = next_word(&rest);
    uint32_t day, year, clock[3];
    bool seconds = false;
    int minutes = 0;
    if (word.size && !runut_is_digit((unsigned char)word.at[0]))
        word = next_word(&rest); /* behind the day of the week */
    if (word.size > 2 || !runut_slice_number(word, &day))
        return text;
    int month = month_of(next_word(&rest));
    word = next_word(&rest);
    if (!month || word.size > 4 || word.size < 2 || !runut_slice_number(word, &year) ||
        runut_day_of(full_year(year, word.size), month, (int)day) == RUNUT_NO_DAY)
        return text;
    int whole = full_year(year, word.size);
    if (!read_clock(next_word(&rest), clock, &seconds))
        return runut_arena_printf(arena, "%04d-%02d-%02u", whole, month, day);
    char second[4] = "";
    if (seconds) {
        second[0] = ':';
        second[1] = (char)('0' + clock[2] / 10);
        second[2] = (char)('0' + clock[2] % 10);
        second[3] = '\0';
    }
    if (!read_zone(next_word(&rest), &minutes))
        return runut_arena_printf(arena, "%04d-%02d-%02uT%02u:%02u%s", whole, month, day, clock[0], clock[1], second);
    int size = minutes < 0 ? -minutes : minutes;
    return runut_arena_printf(arena, "%04d-%02d-%02uT%02u:%02u%s%c%02d:%02d", whole, month, day, clock[0], clock[1],
                              second, minutes < 0 ? '-' : '+', size / 60, size % 60);
}
