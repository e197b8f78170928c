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

#endif
