/* What scoring stands on: shared terms of two lists, matches kept, names numbered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/slice.h"
#include "relate/outlets.h"
#include "relate/pairs.h"
#include "relate/shared.h"

enum { MOST = 600 };

static uint32_t next(uint32_t *chance)
{
    return *chance = *chance * 1664525u + 1013904223u;
}

/* A rising list of terms below `range`, about `size` of them. */
static size_t rising(uint32_t *chance, size_t size, uint32_t range, uint32_t *out)
{
    size_t n = 0;
    for (uint32_t term = 0; term < range && n < MOST; term++)
        if ((uint64_t)(next(chance) >> 8) * range < (uint64_t)size << 24)
            out[n++] = term * 7 + (range > 5000 ? 0xfffe0000u - 7 * range : 0);
    return n;
}

static size_t plainly(const uint32_t *a, size_t a_size, const uint32_t *b, size_t b_size, runut_shared *out)
{
    size_t n = 0;
    for (size_t i = 0; i < a_size; i++)
        for (size_t k = 0; k < b_size; k++)
            if (a[i] == b[k])
                out[n++] = (runut_shared){(uint16_t)i, (uint16_t)k};
    return n;
}

static void shared_terms_are_found(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 3, 4, 5, 40, 150, 590};
    static const uint32_t ranges[] = {12, 700, 9000};
    enum { SIZES = sizeof sizes / sizeof *sizes, RANGES = sizeof ranges / sizeof *ranges };
    static runut_probe probe;
    uint32_t a[MOST], b[MOST], chance = 1;
    runut_shared wanted[MOST + 1], found[MOST + 1], probed[MOST + 1];
    for (size_t i = 0; i < SIZES * SIZES * RANGES; i++) {
        uint32_t range = ranges[i % RANGES];
        size_t na = rising(&chance, sizes[i / RANGES % SIZES], range, a);
        size_t nb = rising(&chance, sizes[i / RANGES / SIZES], range, b);
        size_t count = plainly(a, na, b, nb, wanted);
        runut_probe_prepare(&probe, a, na);
        assert_int_equal(runut_shared_find(a, na, b, nb, found), count);
        assert_int_equal(runut_probe_find(&probe, b, nb, probed), count);
        assert_memory_equal(found, wanted, count * sizeof *found);
        assert_memory_equal(probed, wanted, count * sizeof *probed);
    }
}

static void pairs_are_kept_and_forgotten(void **state)
{
    (void)state;
    runut_heap heap = {.limit = 1 << 20};
    runut_pairs first, second;
    runut_match match = {.stem = .5f}, found;
    runut_pairs_init(&first, &heap);
    runut_pairs_init(&second, &heap);
    second.before = &first;
    runut_pairs_keep(&first, 3, 9, &match); /* there is no table yet: it is not kept */
    assert_false(runut_pairs_find(&first, 3, 9, &found));
    runut_pairs_clear(&first, 10);
    runut_pairs_keep(&first, 9, 3, &match);
    assert_true(runut_pairs_find(&second, 3, 9, &found));
    assert_true(found.stem == .5f);
    assert_false(runut_pairs_find(&second, 3, 8, &found));
    assert_false(runut_pairs_find(&second, 0, 0, &found)); /* as a free place looks */
    runut_pairs_clear(&first, 10);
    assert_false(runut_pairs_find(&second, 3, 9, &found));
    heap.limit = heap.used;
    runut_pairs_clear(&first, 1 << 20); /* memory is out: without a table all goes on */
    runut_pairs_keep(&first, 3, 9, &match);
    runut_pairs_free(&first);
    runut_pairs_free(&second);
    assert_int_equal(heap.used, 0);
}

static void outlets_are_numbered_once(void **state)
{
    (void)state;
    runut_heap heap = {.limit = 1 << 20};
    runut_outlets outlets;
    uint32_t number, again;
    char text[32];
    runut_outlets_init(&outlets, &heap);
    assert_true(runut_outlets_number(&outlets, RUNUT_LITERAL(""), &number));
    assert_int_equal(number, 0);
    for (uint32_t i = 1; i <= 1000; i++) {
        snprintf(text, sizeof text, "Outlet %u", (unsigned)i);
        assert_true(runut_outlets_number(&outlets, runut_slice_of(text), &number));
        assert_true(runut_outlets_number(&outlets, runut_slice_of(text), &again));
        assert_int_equal(number, i);
        assert_int_equal(again, i);
    }
    assert_true(runut_slice_is(runut_outlets_name(&outlets, 77), "Outlet 77"));
    heap.limit = heap.used;
    bool full = false;
    for (uint32_t i = 0; i < 3000 && !full; i++) {
        snprintf(text, sizeof text, "Another outlet %u", (unsigned)i);
        full = !runut_outlets_number(&outlets, runut_slice_of(text), &number);
    }
    assert_true(full);
    runut_outlets_free(&outlets);
    assert_int_equal(heap.used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_terms_are_found),
        cmocka_unit_test(pairs_are_kept_and_forgotten),
        cmocka_unit_test(outlets_are_numbered_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
