/* Any script as Latin letters without marks: "Путин" and "Putin" become the same. */
#ifndef RUNUT_BASE_LATIN_H
#define RUNUT_BASE_LATIN_H

#include "base/arena.h"

/* One per thread; made ready when first asked. */
typedef struct runut_latin runut_latin;
runut_latin *runut_latin_new(void); /* NULL = out of memory */
void runut_latin_free(runut_latin *self);

/* `word` itself where it is ASCII, or where it cannot be written so; longer ones than 64 bytes are left as they are. */
runut_slice runut_latin_word(runut_latin *self, runut_arena *arena, runut_slice word);

#endif
