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
        lanes equal = (lanes)(x == y) | (lanes)(x == __builtin_shuffle(y, (lanes){1, 2, 3, 0})) |
                      (lanes)(x == __builtin_shuffle(y, (lanes){2, 3, 0, 1})) |
                      (lanes)(x == __builtin_shuffle(y, (lanes){3, 0, 1, 2}));
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
