/* Names of months and weekdays in every language of CLDR (data/calendar.tsv), long and short forms. */
#ifndef RUNUT_BASE_CALENDAR_NAMES_H
#define RUNUT_BASE_CALENDAR_NAMES_H

#include "base/map.h"
#include "runut/slice.h"

/* `folded`: runut_utf8_fold'ed, without a trailing full stop. `language`: BCP 47, its first part counts; names of that
 * language win, then English, then a name that means the same in every language that has it; empty = unknown. Longer
 * than one word is not looked for. */
int runut_month_named(runut_slice folded, runut_slice language);   /* 1..12, 0 = none */
int runut_weekday_named(runut_slice folded, runut_slice language); /* 1 = Monday … 7 = Sunday, 0 = none */

/* As above without the last resort: names of `language` and English only, unless `language` is empty or "und". For
 * running text, where a word of a distant language is seldom meant: 'Ada' is a month of Ewe, 'China' a day of Shona. */
int runut_month_in(runut_slice folded, runut_slice language);
int runut_weekday_in(runut_slice folded, runut_slice language);

/* Puts every name of the table into `names`, with what it names in some language: who asks for each word of a text is
 * quicker with a look there first. */
enum { RUNUT_NAMES_MONTH = 1, RUNUT_NAMES_WEEKDAY = 2 };
void runut_calendar_names_put(runut_map *names);

#endif
