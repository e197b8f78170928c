/* Which terms two rising lists share. Most of the time that relating takes is spent here, so four terms are held
 * against four at a time (after Schlegel, Willhalm & Lehner 2011, with the compiler's portable vectors). */
#ifndef RUNUT_RELATE_SHARED_H
#define RUNUT_RELATE_SHARED_H

#include <stddef.h>
#include <stdint.h>

/* Where a shared term stands in the one and in the other. */
typedef struct runut_shared {
    uint16_t a, b;
} runut_shared;

/* Writes the shared terms in order; `out` has room for as many as the shorter list is long. Lists are of different
 * terms and have 65535 of them at most. */
size_t runut_shared_find(const uint32_t *a, size_t a_size, const uint32_t *b, size_t b_size, runut_shared *out);

/* A list made ready to be held against many: a bit for (nearly) each term, then a table of them. */
enum { RUNUT_PROBE_MOST = 600, RUNUT_PROBE_BITS = 8192, RUNUT_PROBE_SLOTS = 2048 };

typedef struct runut_probe {
    size_t size;
    uint64_t bits[RUNUT_PROBE_BITS / 64];
    uint16_t slots[RUNUT_PROBE_SLOTS]; /* place in `terms` + 1 */
    uint32_t terms[RUNUT_PROBE_MOST];
} runut_probe;

/* `size` is RUNUT_PROBE_MOST at most. */
void runut_probe_prepare(runut_probe *self, const uint32_t *terms, size_t size);

/* As runut_shared_find, with the prepared list as `a`; `out` has room for as many as `b` is long. */
size_t runut_probe_find(const runut_probe *self, const uint32_t *b, size_t b_size, runut_shared *out);

#endif
