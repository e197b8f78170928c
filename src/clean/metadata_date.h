/* Candidates for a page's day of publication; metadata_date*.c only. */
#ifndef RUNUT_CLEAN_METADATA_DATE_H
#define RUNUT_CLEAN_METADATA_DATE_H

#include "base/day.h"
#include "clean/metadata.h"

/* Where a day was found, and what that is called when it is chosen. */
#define RUNUT_DATED_SOURCES(X)                                                                                         \
    X(JSON, "JSON-LD datePublished")                                                                                   \
    X(META_PUBLISHED, "meta article:published_time")                                                                   \
    X(META_PLAIN, "meta date")                                                                                         \
    X(META_LATER, "meta date") /* a further meta element */                                                            \
    X(ITEMPROP, "itemprop datePublished")                                                                              \
    X(ITEMPROP_FAR, "itemprop datePublished")                                                                          \
    X(TIME_FIRST, "time element")                                                                                      \
    X(TIME_LATER, "time element")                                                                                      \
    X(LINE_FIRST, "line above the text")                                                                               \
    X(LINE_LATER, "line above the text")                                                                               \
    X(LINE_CLASS, "line above the text") /* of a date's class */                                                       \
    X(LINE_LABELLED, "line above the text")                                                                            \
    X(LINE_ABOVE, "line above the headline")                                                                           \
    X(LINE_BELOW, "line below the text")                                                                               \
    X(URL, "URL")                                                                                                      \
    X(LOOSE, "line of the page")                                                                                       \
    X(CHANGED, "line that tells of a change")                                                                          \
    X(SWAPPED, "") /* day and month in the other order */

typedef enum runut_dated_source {
#define RUNUT_DATED_ENUM(id, from) RUNUT_DATED_##id,
    RUNUT_DATED_SOURCES(RUNUT_DATED_ENUM)
#undef RUNUT_DATED_ENUM
        RUNUT_DATED_SOURCE_COUNT
} runut_dated_source;

#define RUNUT_DATED_BIT(id) ((uint32_t)1 << RUNUT_DATED_##id)

enum { RUNUT_DATED_MOST = 48, RUNUT_DATED_FEATURES = 48 };

/* All that speaks for one day. */
typedef struct runut_dated {
    runut_day day;
    uint32_t sources; /* set of runut_dated_source */
    runut_slice iso;  /* the finest statement of it */
    runut_slice printed;
    const char *from;
    float row[RUNUT_DATED_FEATURES];
    float chance;
} runut_dated;

typedef struct runut_dates {
    const runut_metadata *metadata;
    runut_metadata_span body;
    runut_slice language;
    runut_dated at[RUNUT_DATED_MOST];
    size_t size;
    runut_day published, changed; /* as stated out of sight */
    runut_slice changed_iso;
    uint32_t top;     /* block of the headline, of the body's beginning where that is earlier */
    const char *meta; /* name of the meta element that is asked, with "meta " before it */
    bool loose;       /* nothing was found: places that are rarely the report's count too */
} runut_dates;

/* metadata_date_find.c: asks every source. */
void runut_dates_find(runut_dates *self);

/* metadata_date.c: candidates with their features; the trainer's view too. */
runut_dates *runut_dates_new(const runut_metadata *metadata, runut_metadata_span body, runut_slice language);
const char *const *runut_dated_feature_names(size_t *size);

/* metadata_date_read.c */

/* ISO 8601 of what a machine wrote: as printed dates, and "20240212", seconds or milliseconds since 1970. `printed`
 * (may be NULL) gets the words it was read from. */
runut_slice runut_dated_read(runut_arena *arena, runut_slice text, runut_slice language, runut_slice *printed);

/* "03/09/2026": day and month in the other order, as ISO 8601; empty where there is no other. */
runut_slice runut_dated_swapped(runut_arena *arena, runut_slice text, runut_slice language);

/* Does `text` hold a part of a word of that kind (data/page_dates.tsv)? Any case. */
bool runut_dated_says(runut_arena *arena, runut_slice text, const char *kind);

/* 0 where a meta element of that name states no day of publication, 1 where it may, 2 where it does. */
int runut_dated_meta(runut_arena *arena, runut_slice name);

#endif
