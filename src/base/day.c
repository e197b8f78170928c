#include "base/day.h"

#include <stdio.h>

#include "base/slice.h"

int runut_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month < 1 || month > 12 ? 0 : month == 2 && leap ? 29 : days[month - 1];
}

runut_day runut_day_of(int year, int month, int day)
{
    if (year < 1 || year > 9999 || day < 1 || day > runut_month_days(year, month))
        return RUNUT_NO_DAY;
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void runut_day_split(runut_day day, int *year, int *month, int *day_of_month)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int mp = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

int runut_day_weekday(runut_day day)
{
    int w = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

void runut_day_print(runut_day day, char out[11])
{
    int y, m, d;
    runut_day_split(day, &y, &m, &d);
    snprintf(out, 11, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100, (unsigned)d % 100);
}

runut_day runut_day_parse(runut_slice iso)
{
    uint32_t y, m, d;
    if (iso.size < 10 || iso.at[4] != '-' || iso.at[7] != '-' || !runut_slice_number(runut_slice_part(iso, 0, 4), &y) ||
        !runut_slice_number(runut_slice_part(iso, 5, 7), &m) || !runut_slice_number(runut_slice_part(iso, 8, 10), &d))
        return RUNUT_NO_DAY;
    if (iso.size > 10 && runut_is_digit((unsigned char)iso.at[10]))
        return RUNUT_NO_DAY;
    return runut_day_of((int)y, (int)m, (int)d);
}
