/* Cues: words and formulas that say what a line is ("Baca juga", "Photo:", "All rights reserved"), from
 * data/line_cues.tsv.
 */
#ifndef RUNUT_CLEAN_CUES_H
#define RUNUT_CLEAN_CUES_H

#include <stddef.h>
#include <stdint.h>

#include "runut/slice.h"

enum {
    RUNUT_CUE_BY = 1u << 0,     /* a preposition that begins a by-line; weak */
    RUNUT_CUE_WRITER = 1u << 1, /* label of a writer */
    RUNUT_CUE_EDITOR = 1u << 2,
    RUNUT_CUE_PHOTO = 1u << 3,     /* label or credit of a picture */
    RUNUT_CUE_CREDIT = 1u << 4,    /* label of a source */
    RUNUT_CUE_PUBLISHED = 1u << 5, /* label of a date */
    RUNUT_CUE_READ = 1u << 6,      /* points to another article */
    RUNUT_CUE_LIST = 1u << 7,      /* heads a list of other articles */
    RUNUT_CUE_SHARE = 1u << 8,
    RUNUT_CUE_AD = 1u << 9,
    RUNUT_CUE_TAGS = 1u << 10,
    RUNUT_CUE_COPYRIGHT = 1u << 11,
    RUNUT_CUE_COMMENT = 1u << 12,
    RUNUT_CUE_PROMO = 1u << 13, /* asks the reader to follow, subscribe, sign up */
    RUNUT_CUE_NAV = 1u << 14,
    RUNUT_CUE_TIME = 1u << 15,  /* reading time, views */
    RUNUT_CUE_EMBED = 1u << 16, /* place of a film, a post, a chart */
    RUNUT_CUE_PREVNEXT = 1u << 17,
    RUNUT_CUE_BIO = 1u << 18, /* about the author */
    RUNUT_CUE_DISCLAIMER = 1u << 19,
    RUNUT_CUE_NOTNAME = 1u << 20, /* in a by-line: a desk or an outlet, no person */
    RUNUT_CUE_ROLE = 1u << 21,    /* what a writer is: "staff writer" */
    RUNUT_CUE_MEDIA = 1u << 22    /* words of outlets' names */
};

/* Kinds of the longest cue that begins at `offset` of `folded` (runut_utf8_fold'ed) and ends at a word's end, 0 where
 * there is none; `*end` (may be NULL) is where it ends. */
uint32_t runut_cue_at(runut_slice folded, size_t offset, size_t *end);

/* Kinds of all of `folded`, which is one cue but for marks and blanks at its end; 0 otherwise. */
uint32_t runut_cue_whole(runut_slice folded);

#endif
