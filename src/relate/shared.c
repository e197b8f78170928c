#include "relate/shared.h"

#include <string.h>

enum { LANES = 4 };

typedef uint32_t lanes __attribute__((vector_size(LANES * sizeof(uint32_t))));
typedef uint64_t halves __attribute__((vector_size(LANES * sizeof(uint32_t))));

static lanes load(const uint32_t *at)
{
    lanes x;
    memcpy(&x, at, sizeof x);
    return x;
}

/* The pairs of equal terms among four and four; there is one at least. */
static size_t pairs_of_block(const uint32_t *a, size_t i, const uint32_t *b, size_t j, runut_shared *out)
{
    size_t n = 0;
    for (size_t k = i; k < i + LANES; k++)
        for (size_t l = j; l < j + LANES; l++) {
            out[n] = (runut_shared){(uint16_t)k, (uint16_t)l};
            n += a[k] == b[l];
        }
    return n;
}

size_t runut_shared_find(const uint32_t *a, size_t a_size, const uint32_t *b, size_t b_size, runut_shared *out)
{
    size_t i = 0, j = 0, n = 0;
    while (i + LANES <= a_size && j + LANES <= b_size) {
        lanes x = load(a + i), y = load(b + j);
        lanes equal = (lanes)(x == y) | (lanes)(x == __builtin_shufflevector(y, y, 1, 2, 3, 0)) |
                      (lanes)(x == __builtin_shufflevector(y, y, 2, 3, 0, 1)) |
                      (lanes)(x == __builtin_shufflevector(y, y, 3, 0, 1, 2));
        halves any = (halves)equal;
        if (any[0] | any[1]) {
            runut_shared found[LANES * LANES + 1];
            size_t count = pairs_of_block(a, i, b, j, found);
            memcpy(out + n, found, count * sizeof *out);
            n += count;
        }
        uint32_t last = a[i + LANES - 1], other_last = b[j + LANES - 1];
        i += last <= other_last ? LANES : 0;
        j += other_last <= last ? LANES : 0;
    }
    while (i < a_size && j < b_size) {
        uint32_t x = a[i], y = b[j];
        if (x == y)
            out[n++] = (runut_shared){(uint16_t)i, (uint16_t)j};
        i += x <= y;
        j += y <= x;
    }
    return n;
}

static uint32_t mix(uint32_t term)
{
    return term * 2654435761u;
}

static uint32_t bit_of(uint32_t mixed)
{
    return mixed >> 19; /* RUNUT_PROBE_BITS of them */
}

static uint32_t slot_of(uint32_t mixed)
{
    return mixed >> 21; /* RUNUT_PROBE_SLOTS of them */
}

void runut_probe_prepare(runut_probe *self, const uint32_t *terms, size_t size)
{
    memset(self->bits, 0, sizeof self->bits);
    memset(self->slots, 0, sizeof self->slots);
    self->size = size;
    for (size_t i = 0; i < size; i++) {
        uint32_t mixed = mix(terms[i]), bit = bit_of(mixed), slot = slot_of(mixed);
        self->terms[i] = terms[i];
        self->bits[bit / 64] |= UINT64_C(1) << bit % 64;
        while (self->slots[slot])
            slot = (slot + 1) % RUNUT_PROBE_SLOTS;
        self->slots[slot] = (uint16_t)(i + 1);
    }
}

size_t runut_probe_find(const runut_probe *self, const uint32_t *b, size_t b_size, runut_shared *out)
{
    size_t maybe = 0, n = 0;
    for (size_t i = 0; i < b_size; i++) { /* no branches here: whether a term is shared cannot be guessed */
        uint32_t bit = bit_of(mix(b[i]));
        out[maybe].b = (uint16_t)i;
        maybe += self->bits[bit / 64] >> bit % 64 & 1;
    }
    for (size_t i = 0; i < maybe; i++) {
        uint16_t at = out[i].b;
        uint32_t slot = slot_of(mix(b[at]));
        while (self->slots[slot] && self->terms[self->slots[slot] - 1] != b[at])
            slot = (slot + 1) % RUNUT_PROBE_SLOTS;
        out[n] = (runut_shared){(uint16_t)(self->slots[slot] - 1), at};
        n += self->slots[slot] != 0;
    }
    return n;
}
