/* How rare words are in a language at large: what two articles alone cannot tell (data/word_frequency.tsv). */
#ifndef RUNUT_RELATE_BACKGROUND_H
#define RUNUT_RELATE_BACKGROUND_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/slice.h"

typedef struct runut_background runut_background;

/* Languages are read when they are first asked for. One per thread; NULL = out of memory. */
runut_background *runut_background_new(void);
void runut_background_free(runut_background *self);

/* The inverse document frequency of a stem (the low 32 bits of its hash), as of an article of some hundred words; that
 * of a rare word for every stem that is not in the table. `common`: it is a common word, for languages without a table.
 */
float runut_background_idf(runut_background *self, runut_slice language, uint32_t stem, bool common);

/* That of a rare word. */
float runut_background_rare(void);

#endif
