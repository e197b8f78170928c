/* Inside of the date module; nobody else includes this file.
 *
 *     tokens ──dates_words──▶ tags ──dates_read──▶ times ──dates_link, dates_known──▶ constraints ──dates_solve──▶ day
 *
 * A *tag* is what a token may mean in a date. A *time* is one expression ("Selasa (12/7)", "last July", "2019"). A
 * *constraint* is a set of days, as ranges, in which the day of the report has to lie if the text is right. The solver
 * weighs a bounded number of candidate days against the constraints. */
#ifndef RUNUT_ANNOTATE_DATES_H
#define RUNUT_ANNOTATE_DATES_H

#include "annotate/annotation.h"
#include "annotate/stage.h"
#include "base/map.h"
#include "base/slice.h"

/* What a word may be; bits. */
enum runut_date_class {
    DATE_NUM = 1 << 0,
    DATE_TEENS = 1 << 1, /* 'belas': ten more than the number before */
    DATE_TIMES = 1 << 2, /* 'puluh', 'hundred': so many times the number before */
    DATE_ORD = 1 << 3,
    DATE_SUFFIX = 1 << 4, /* '-th' */
    DATE_UNIT = 1 << 5,
    DATE_ONE = 1 << 6, /* 'setahun': one of a unit in one word */
    DATE_STEP = 1 << 7,
    DATE_AGO = 1 << 8,
    DATE_YANG = 1 << 9,
    DATE_DAY = 1 << 10, /* 'yesterday' */
    DATE_AFTER = 1 << 11,
    DATE_BEFORE = 1 << 12,
    DATE_EARLIER = 1 << 13,
    DATE_FULL = 1 << 14,
    DATE_AND = 1 << 15,
    DATE_ANNIVERSARY = 1 << 16,
    DATE_MARKING = 1 << 17,
    DATE_SEASON = 1 << 18,
    DATE_YEARLY = 1 << 19,
    DATE_SINCE = 1 << 20,
    DATE_FIRST = 1 << 21,
    DATE_FIRSTIN = 1 << 22,
    DATE_LASTTIME = 1 << 23,
    DATE_AGE = 1 << 24,
    DATE_MADE = 1 << 25,
    DATE_FUTURE = 1 << 26,
    DATE_PREP = 1 << 27,
    DATE_OF = 1 << 28,
    DATE_HOUR = 1 << 29,
    DATE_OLD = 1 << 30
};
#define DATE_FORMER (1ull << 31)
#define DATE_OFFICE (1ull << 32)
#define DATE_NATIONAL (1ull << 33)
#define DATE_THECOUNTRY (1ull << 34)
#define DATE_YEARMARK (1ull << 35)
#define DATE_MONTHMARK (1ull << 36)
#define DATE_DAYMARK (1ull << 37)
#define DATE_UNTIL (1ull << 38)
#define DATE_CLAUSE (1ull << 39)
#define DATE_CAPTION (1ull << 40)
#define DATE_ARCHIVE (1ull << 41)
#define DATE_UPDATE (1ull << 42)
#define DATE_TOLL (1ull << 43)
#define DATE_WEEKDAY (1ull << 45) /* a form that CLDR lacks: 'в среду', '上周三' */
#define DATE_ERA (1ull << 44)     /* its number and the years since make the year */

typedef enum runut_date_unit {
    UNIT_NONE,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY,
    UNIT_WEEKEND
} runut_date_unit;

typedef struct runut_tag {
    uint64_t classes;
    int16_t number; /* NUM, ORD, TEENS, TIMES */
    int8_t unit, step, day;
    int8_t month, weekday; /* 1.., 0 = none */
    int8_t week;           /* of a weekday: -1 = 'of last week', 0 = not said */
    uint8_t day_length;    /* tokens of the weekday's name */
    uint8_t length;        /* tokens of the longest form that begins here */
    uint8_t offices;       /* bits of the kinds of office */
    int16_t digits;        /* value of a token of 1 to 4 digits, else -1 */
} runut_tag;

typedef enum runut_time_kind {
    TIME_DATE,    /* month and day, year perhaps */
    TIME_MONTH,   /* month, year perhaps */
    TIME_YEAR,    /* year */
    TIME_SEASON,  /* year .. year + 1 */
    TIME_WEEKDAY, /* weekday alone */
    TIME_DAY,     /* offset days from the report */
    TIME_UNIT,    /* step of a unit: last year, three years ago (step = -3) */
    TIME_MONTHDAY /* '3日': day of the month alone */
} runut_time_kind;

enum { NO_STEP = 99 };

typedef struct runut_time {
    runut_time_kind kind;
    uint32_t first, end; /* tokens */
    uint32_t sentence;
    int year, month, day, weekday; /* 0 = not said */
    int last_day;                  /* of '18-20 September', else = day */
    int step;                      /* TIME_DAY: days; else NO_STEP or so many units, months, weekdays */
    int unit;
    bool lead;      /* within the first sentences */
    bool bracketed; /* '(15/8)' */
    bool dateline;  /* 'JAKARTA 20 Nov. –', a line of its own */
    bool future;    /* narrated as still to come, or as an end */
    bool old;       /* told as an old story: founded, born */
    bool anchor;    /* a duration counts from it */
    bool swap;      /* day and month may be exchanged: '04/06' */
    bool archive;   /* of a picture from the archive */
    bool numeric;   /* '13/04/2020' */
    bool caption;   /* of a picture, which may be of any day */
    bool quoted;    /* inside of quotation marks */
    bool loose;     /* a year without a preposition: 'the 2016 election' */
    runut_day resolved;
} runut_time;

typedef struct runut_range {
    runut_day low, high;
} runut_range;

enum { RANGE_MOST = 6 };

typedef enum runut_constraint_kind {
    SAYS_YEARS, /* the year, or a span of it: anniversaries, seasons, ages … */
    SAYS_BOUND, /* not before, in office */
    SAYS_DAY,   /* exactly that day: durations, anniversaries with their date */
    SAYS_LAST   /* 'last July' beside a dated July */
} runut_constraint_kind;

typedef struct runut_constraint {
    runut_constraint_kind kind;
    runut_range ranges[RANGE_MOST]; /* the day of the report lies in one of them */
    int range_count;
    float weight;
    bool strong;     /* when it fails, that is a contradiction */
    runut_span span; /* of the words */
    uint32_t sentence;
    runut_slice says;
    runut_slice group; /* constraints of one group are alternatives: terms of the same person; empty = none */
} runut_constraint;

typedef struct runut_known_day {
    char kind; /* n national day, d day, e event that reports cannot precede */
    int month, day, year;
    runut_slice says;
} runut_known_day;

typedef struct runut_term {
    runut_day from, to; /* to = RUNUT_NO_DAY: not ended */
    runut_slice says, name;
    uint8_t office; /* bit of its kind */
} runut_term;

typedef RUNUT_VECTOR(runut_time) runut_times;
typedef RUNUT_VECTOR(runut_constraint) runut_constraints;

typedef struct runut_scan {
    const runut_calendar *calendar;
    runut_arena *arena;
    runut_annotation *annotation;
    runut_slice text; /* the body */
    const runut_token *tokens;
    uint32_t count;
    runut_tag *tags;
    bool english;
    uint32_t lead_end; /* token after the lead */
    runut_times times;
    runut_times marks; /* known days that are named: month and day, and the year of the first one */
    runut_constraints constraints;
} runut_scan;

/* ---- dates_words.c ---- */

struct runut_calendar {
    runut_arena *arena;
    runut_map *words;         /* form → first entry + 1 */
    runut_map *known;         /* first word of a form of a known day → first form + 1 */
    runut_map *terms;         /* first word of a name → first name + 1 */
    runut_map *names_of_days; /* and of months, in any language */
    RUNUT_VECTOR(struct {
        uint32_t next;
        uint64_t languages;
        uint64_t class;
        int16_t value;
        uint8_t length;
    })
    entries;
    RUNUT_VECTOR(struct {
        uint32_t next;
        uint32_t day;
        runut_slices words;
    })
    forms;
    RUNUT_VECTOR(struct {
        uint64_t languages;
        runut_slice form;
    })
    parts; /* of the day, as endings of its name */
    RUNUT_VECTOR(runut_known_day) days;
    RUNUT_VECTOR(struct {
        uint32_t next;
        uint32_t term;
        runut_slices words;
        runut_slice need;
    })
    names;
    RUNUT_VECTOR(runut_term) offices;
    runut_slices languages;
};

void runut_dates_tag(runut_scan *scan);

/* The value of 'XVII', 0 = no number in capitals. */
int runut_dates_roman(const runut_scan *scan, uint32_t at);

/* A number that begins at `at` in digits or words: how many tokens it takes, 0 = none. `ordinal` is set for '78th',
 * 'kedelapan', 'ke-78'. */

uint32_t runut_dates_number(const runut_scan *scan, uint32_t at, int *value, bool *ordinal);

static inline bool runut_dates_is(const runut_scan *scan, uint32_t at, uint64_t classes)
{
    return at < scan->count && (scan->tags[at].classes & classes) != 0;
}
static inline bool runut_dates_mark(const runut_scan *scan, uint32_t at, const char *mark)
{
    const runut_token *token = at < scan->count ? &scan->tokens[at] : NULL;
    size_t size = strlen(mark);
    return token && token->span.end - token->span.start == size &&
           memcmp(scan->text.at + token->span.start, mark, size) == 0;
}

/* ---- dates_read.c ---- */

/* Fills scan->times, in order of the text. */
void runut_dates_read(runut_scan *scan);

/* ---- dates_around.c ---- */

void runut_dates_find_lead(runut_scan *scan);
void runut_dates_look_around(runut_scan *scan);

/* ---- dates_count.c ---- */

enum { DATES_FIRST_YEAR = 1990, DATES_LAST_YEAR = 2045 }; /* in which a report may have been written */

/* The duration that begins at `at`, and what it counts from: tokens taken, 0 = none. */
uint32_t runut_dates_duration(runut_scan *scan, uint32_t at);

/* The first time at or after token `at`, by bisection. */
size_t runut_dates_time_from(const runut_scan *scan, uint32_t at);

/* Does a content word of tokens [first, end) stand in `sentence` too? Words of time do not count. */
bool runut_dates_shares_word(const runut_scan *scan, uint32_t first, uint32_t end, uint32_t sentence);

/* Tokens around `at`, within its sentence. */
void runut_dates_around(const runut_scan *scan, uint32_t at, uint32_t most, uint32_t *first, uint32_t *end);

static inline bool runut_dates_dated(const runut_time *time)
{
    return time->kind == TIME_DATE && time->resolved != RUNUT_NO_DAY;
}

/* Day `day` moved by `count` units; RUNUT_NO_DAY out of range. 29 February falls on the 28th. */
runut_day runut_dates_move(runut_day day, int unit, int count);

/* 'Four days after …' before token `at`, counted from `anchor`, its anniversary `number`; false = none. */
bool runut_dates_counted(runut_scan *scan, uint32_t at, runut_day anchor, int number);

runut_constraint *runut_dates_constrain(runut_scan *scan, runut_constraint_kind kind, runut_day low, runut_day high,
                                        float weight, bool strong, runut_span span, uint32_t sentence,
                                        runut_slice says);
runut_span runut_dates_span(const runut_scan *scan, uint32_t first, uint32_t end);

/* ---- dates_jubilee.c ---- */

void runut_dates_jubilees(runut_scan *scan);

/* The number of an anniversary around tokens [first, end): 'peringatan 77 tahun …', '78th …'. `shift`: years since it
 * was marked; `vague`: its month is told. The word is used up: it does not count again. False = none. */
bool runut_dates_jubilee_near(runut_scan *scan, uint32_t first, uint32_t end, int *number, int *shift, bool *vague);

/* ---- dates_link.c ---- */

/* Durations, anniversaries, ordinals of yearly events, ages, firsts, seasons, 'last July'. */
void runut_dates_link(runut_scan *scan);

/* 'Last July', 'Februari tahun lalu' beside the dated `other`. */
void runut_dates_last(runut_scan *scan, const runut_time *time, const runut_time *other);

/* ---- dates_known.c ---- */

/* Known days, national days with their number, events and terms of office. */
void runut_dates_known(runut_scan *scan);

/* ---- dates_solve.c ---- */

void runut_dates_solve(runut_scan *scan);

/* The day of `time` for a report of `report`: most often the nearest in the past. RUNUT_NO_DAY where it is none. */
runut_day runut_dates_resolve(const runut_time *time, runut_day report);

/* ---- dates_tell.c ---- */

/* Evidence in English, days mentioned, the day of the event. */
void runut_dates_tell(runut_scan *scan);
runut_slice runut_dates_name(runut_arena *arena, runut_day day); /* "Tuesday 12 July 2022" */

#endif
