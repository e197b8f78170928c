/* By-lines: who wrote, who edited, in any of the usual forms. byline.c cuts the line and reads labels, byline_names.c
 * judges names. */
#ifndef RUNUT_CLEAN_BYLINE_H
#define RUNUT_CLEAN_BYLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"

typedef struct runut_byline {
    runut_slices writers, editors;
    runut_slice outlet; /* "CNN Indonesia" of "rds | CNN Indonesia", empty where none */
    uint32_t label;     /* kinds (cues.h) of the labels found: WRITER, BY, EDITOR, PHOTO … */
    bool only_label;    /* "Penulis" alone: the name stands on the line before or after */
    bool plain_name;    /* no label: a name alone, or a name with an outlet, a role or a date */
} runut_byline;

/* Reads `line`. False where it is no by-line; a desk's by-line ("By Staff", "Redaksi") is one, without names. */
bool runut_byline_read(runut_arena *arena, runut_slice line, runut_byline *byline);

/* Initials in the brackets that end `line`: "(mhs/idr)" pushes "mhs" and "idr". `*start` (may be NULL) is where the
 * bracket begins. False where there are none; codes such as "(PP-03)" are none. */
bool runut_byline_initials(runut_arena *arena, runut_slice line, runut_slices *authors, size_t *start);

/* Pushes the names in `text` ("A. Writer and B Two, Staff Writer"). Returns how many there are. `outlet` (may be NULL)
 * gets a part that is an outlet's name, if any. `desk` is set where a desk is named. */
size_t runut_byline_names(runut_arena *arena, runut_slice text, runut_slices *names, runut_slice *outlet, bool *desk);

/* Is `text` nothing but names (and conjunctions)? */
bool runut_byline_all_names(runut_arena *arena, runut_slice text);

/* Could all of `text` be one person's name, by its form? */
bool runut_byline_is_name(runut_arena *arena, runut_slice text);

/* A small word inside names ("van", "bin"); `word` is folded. */
bool runut_byline_is_particle(runut_slice word);

/* A domain ("kabarpesisir.id", "KONTAN.CO.ID"). */
bool runut_byline_is_domain(runut_slice text);

/* Pushes `name` unless it is there already (case aside). */
void runut_byline_push(runut_arena *arena, runut_slices *names, runut_slice name);

#endif
