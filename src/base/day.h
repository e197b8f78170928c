/* Calendar days as one number: days since 1970-01-01 in the proleptic Gregorian calendar.
 * Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013). */
#ifndef RUNUT_BASE_DAY_H
#define RUNUT_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/slice.h"

typedef int32_t runut_day;
#define RUNUT_NO_DAY INT32_MIN

/* RUNUT_NO_DAY where there is no such day (31 February, month 13). Years 1 to 9999. */
runut_day runut_day_of(int year, int month, int day);
void runut_day_split(runut_day day, int *year, int *month, int *day_of_month);
int runut_day_weekday(runut_day day); /* 0 = Monday … 6 = Sunday */
int runut_month_days(int year, int month);

/* "2022-08-15", NUL-terminated, into 11 bytes. */
void runut_day_print(runut_day day, char out[11]);

/* The day of an ISO 8601 text that begins with YYYY-MM-DD ("2022-08-15T14:35+07:00"); RUNUT_NO_DAY otherwise. */
runut_day runut_day_parse(runut_slice iso);

#endif
