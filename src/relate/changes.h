/* What was changed from one version of a report to the next: sentence by sentence, and in those that were reworded word
 * by word. A pure function of two texts. */
#ifndef RUNUT_RELATE_CHANGES_H
#define RUNUT_RELATE_CHANGES_H

#include "relate/relation.h"

typedef enum runut_change_kind {
    RUNUT_CHANGE_ADDED,
    RUNUT_CHANGE_REMOVED,
    RUNUT_CHANGE_REWORDED,
    RUNUT_CHANGE_MOVED /* the same words at another place */
} runut_change_kind;

/* `here` is of the newer text, `there` of the older. Of what was added or removed, the empty one of the two is the
 * place where it would stand. */
typedef struct runut_change {
    runut_change_kind kind;
    runut_span here, there;
    RUNUT_VECTOR(runut_aligned) words; /* reworded: what is different; one of the two may be empty */
} runut_change;

typedef RUNUT_VECTOR(runut_change) runut_change_list;

/* A text and its sentences, in order; what no sentence has is taken line by line. */
typedef struct runut_changed_text {
    runut_slice body;
    runut_spans sentences;
} runut_changed_text;

/* In order of the newer text; empty where the two differ by white space at most. All lives in `arena`. Linear but for
 * sorting. */
void runut_changes_find(runut_arena *arena, const runut_changed_text *older, const runut_changed_text *newer,
                        runut_change_list *out);

/* ---- changes_words.c ---- */

typedef struct runut_changed_word {
    runut_span span;
    uint64_t hash;
} runut_changed_word;

typedef RUNUT_VECTOR(runut_changed_word) runut_changed_words;

/* Puts the words of a span, with the marks at them, behind those that are there. Where words are not parted by blanks
 * each letter is one. */
void runut_changed_words_of(runut_arena *arena, runut_slice body, runut_span span, runut_changed_words *out);

/* Fills change->words from the words of the two sentences. */
void runut_changed_words_compare(runut_arena *arena, const runut_changed_word *older, size_t older_count,
                                 const runut_changed_word *newer, size_t newer_count, runut_change *change);

#endif
