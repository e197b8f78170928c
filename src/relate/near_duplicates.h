/* Is this the text of that one, but for small changes? Answered by sketches of fixed size, without the texts. */
#ifndef RUNUT_RELATE_NEAR_DUPLICATES_H
#define RUNUT_RELATE_NEAR_DUPLICATES_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/slice.h"

enum { RUNUT_SKETCH_BINS = 256, RUNUT_SKETCH_NUMBERS = 32, RUNUT_SKETCH_NAMES = 16, RUNUT_SKETCH_BANDS = 24 };

/* What a text says behind some words: bytes of both; `where` is 0 in an empty bin. */
typedef struct runut_sketch_fact {
    uint8_t where, what;
} runut_sketch_fact;

/* What is kept of a text. Plain bytes: may be written to a file and read on the same kind of machine. 0 in a bin = it
 * is empty. */
typedef struct runut_sketch {
    uint64_t text; /* hash of its words: texts that differ in case, marks and space only have the same */
    uint64_t runs; /* distinct runs of words, about */
    uint8_t bins[RUNUT_SKETCH_BINS];
    runut_sketch_fact numbers[RUNUT_SKETCH_NUMBERS], names[RUNUT_SKETCH_NAMES];
} runut_sketch;

/* Tables for reading words; read only once made, so that threads may share it. NULL when memory is out. */
typedef struct runut_sketcher runut_sketcher;
runut_sketcher *runut_sketcher_new(void);
void runut_sketcher_free(runut_sketcher *self);

/* The sketch of `text` (UTF-8; what is broken separates words), and its band keys: two texts that share the part J of
 * their runs have an equal key with a chance of 1 - (1 - J³)²⁴ (J = .4: .79, .5: .96, .6: .997). False where there is
 * no word. Linear in the text; allocates nothing. */
bool runut_sketch_make(const runut_sketcher *self, runut_slice text, runut_sketch *sketch,
                       uint64_t bands[RUNUT_SKETCH_BANDS]);

/* The estimated part of their runs of words that both have: of all that either has, or where `contained` of those that
 * the shorter one has. 0 to 1; 1 exactly where the words are the same. 0 where they tell of different things in the
 * words of one template: where behind the same words stand other numbers, or other names. */
double runut_sketch_similarity(const runut_sketch *a, const runut_sketch *b, bool contained);

#endif
