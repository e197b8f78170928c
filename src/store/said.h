/* The index of quotations: who said what. */
#ifndef RUNUT_STORE_SAID_H
#define RUNUT_STORE_SAID_H

#include "store/internal.h"

/* Both lists have RUNUT_SAID_BETWEEN between their parts. Nothing is written where nobody is quoted. */
int runut_said_put(runut_store *self, uint32_t article, runut_slice language, runut_slice quotes, runut_slice speakers,
                   runut_error *error);

/* The marks that are written then, blanks between them. In the arena. */
runut_slice runut_said_marks(runut_arena *arena, runut_slice quotes, runut_slice speakers);

/* The same for all articles, from their records: of a store that has no such index yet. */
int runut_said_fill(runut_store *self, runut_error *error);

/* What said_mark is asked for somebody of whose name these are words, folded and without accents; empty where they are
 * none. To be freed; NULL when memory is out. */
char *runut_said_by(runut_slice words);

#endif
