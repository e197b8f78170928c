/* Inside of the solver: dates_solve.c makes candidates and decides, dates_score.c weighs them. */
#ifndef RUNUT_ANNOTATE_DATES_SOLVE_H
#define RUNUT_ANNOTATE_DATES_SOLVE_H

#include "annotate/dates.h"
#include "base/buffer.h"

enum { YEARS_MOST = 60, REASONS_MOST = 6 };

typedef struct runut_date_try {
    runut_day day;
    float score, own; /* own: how plainly the text uses it */
    bool year_fixed, literal, pair_fits, pair_fails, strong_fails, late, weekday_wrong;
    bool far;     /* years from what a person or event that is named allows */
    int year_gap; /* from the newest year told */
    const char *reasons[REASONS_MOST];
    int reason_count;
} runut_date_try;

typedef struct runut_solver {
    runut_scan *scan;
    runut_date_try *at;
    size_t size;
    int years[YEARS_MOST];
    size_t year_count;
    int recent; /* the same without what is told as an old story: years from which a report may be near */
    int newest; /* newest year told as past, old stories aside; 0 = none */
    runut_day newest_day;
    uint32_t lead_weekdays; /* bits of the weekdays named alone in the lead */
    bool has_pair;
} runut_solver;

/* ---- dates_score.c ---- */

/* How plainly the text uses `time` as its own day; 0 = not at all. */
float runut_dates_own(const runut_time *time);
bool runut_dates_falls_on(const runut_time *time, runut_day day);
bool runut_dates_hold(const runut_constraint *c, runut_day day);
runut_day runut_dates_weekday_before(int weekday, runut_day report); /* the last one, that day included */
void runut_dates_reason(runut_date_try *c, const char *text);

/* Scores all candidates and sorts them, best first. */
void runut_dates_score(runut_solver *self);

/* ---- dates_stated.c ---- */

/* The date that metadata or a by-line state; false = none. */
bool runut_dates_stated(runut_scan *scan);

#endif
