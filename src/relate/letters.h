/* How the words of two texts look: runs of four letters of their stems. They find what stems do not: compounds, endings
 * that no stemmer cuts, and across languages cognates, loan words and names in other spellings and scripts. */
#ifndef RUNUT_RELATE_LETTERS_H
#define RUNUT_RELATE_LETTERS_H

#include "annotate/annotation.h"

/* What is needed of data/, by language, read when it is first asked for. One per thread; NULL = out of memory. */
typedef struct runut_letters runut_letters;
runut_letters *runut_letters_new(void);
void runut_letters_free(runut_letters *self);

/* A text as the annotator cut it. */
typedef struct runut_worded {
    runut_slice language;
    const runut_tokens *headline, *body;
} runut_worded;

typedef struct runut_letter_match {
    float all; /* cosine over all words, 0..1 */
    /* Share of the one's headline, else of its first words, that stands in the other; mean of both ways. */
    float opening;
    bool distant; /* letters tell little: the scripts of the two languages are too unlike */
} runut_letter_match;

runut_letter_match runut_letters_compare(runut_letters *self, runut_arena *arena, const runut_worded *a,
                                         const runut_worded *b);

#endif
