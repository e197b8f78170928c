/* The relater as a whole: order, numbers that stay, memory running out, a store loaded again, many articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "relate/group.h"
#include "relate/relater.h"
#include "unit/relate/invented.h"

static runut_arena *arena;

/* An invented name, another for every number and kind. */
static const char *name(unsigned number, unsigned kind)
{
    static const char *const syllables[] = {"ba", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "wu", "ja", "de"};
    unsigned n = number * 7919 + kind * 104729 + 12345;
    char text[16] = "";
    for (int i = 0; i < 5; i++, n /= 12)
        strcat(text, syllables[n % 12]);
    text[0] = (char)(text[0] - 32);
    return runut_arena_copy(arena, runut_slice_of(text)).at;
}

/* Report `version` of happening `number`: shares names and numbers with its sisters only; a week between two. */
static runut_slice report(unsigned number, unsigned version)
{
    static const char *const verbs[] = {"terbakar", "runtuh", "kebanjiran", "dibuka"};
    const char *town = name(number, 1), *village = name(number, 2), *verb = verbs[number % 4];
    runut_slice text = runut_arena_printf(
        arena,
        "language: id\ndate: 2024-%02u-%02u\nheadline: Gudang di %s %s\n"
        "Sebuah gudang di %s %s pada malam hari. Menurut Kepala Polisi %s, %u orang mengungsi ke %s. "
        "Kerugian mencapai %u juta rupiah, ujar saksi bernama %s di %s kepada %s.",
        1 + number / 4 % 12, 1 + number % 4 * 7, town, verb, town, verb, name(number, 3), number * 7 + 3, village,
        number * 13 + 5, name(number, 4), town, name(number, 10 + version));
    return runut_digest_encode(arena, invented_digest(arena, text));
}

static uint32_t event_of(const runut_changes *changes, uint32_t article)
{
    for (size_t i = 0; i < changes->relations.size; i++)
        if (changes->relations.at[i].article == article)
            return changes->relations.at[i].event;
    return 0;
}

static runut_changes settled(runut_relater *r)
{
    runut_changes changes = {0};
    assert_int_equal(runut_relater_settle(r, arena, &changes, NULL), RUNUT_OK);
    return changes;
}

static runut_relater *new_relater(void)
{
    runut_relater *r;
    assert_int_equal(runut_relater_new(&r, NULL), RUNUT_OK);
    return r;
}

static int set_up(void **state)
{
    (void)state;
    arena = runut_arena_new((size_t)1 << 30);
    return arena == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    runut_arena_free(arena);
    return 0;
}

static void nothing_to_settle(void **state)
{
    (void)state;
    runut_relater *r = new_relater();
    runut_changes changes = settled(r);
    assert_int_equal(changes.relations.size, 0);
    assert_int_equal(changes.events.size, 0);
    runut_relater_free(r);
    runut_relater_free(NULL);
}

static void articles_come_in_order(void **state)
{
    (void)state;
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_relater *r = new_relater();
    assert_int_equal(runut_relater_add(r, 5, report(1, 1), NULL), RUNUT_OK);
    assert_int_equal(runut_relater_add(r, 5, report(1, 2), NULL), RUNUT_ERR_USE);
    assert_int_equal(runut_relater_add(r, 6, RUNUT_LITERAL("nonsense"), NULL), RUNUT_ERR_STORE);
    assert_int_equal(runut_relater_add(r, 6, report(1, 2), NULL), RUNUT_OK);
    runut_changes changes = settled(r);
    assert_int_equal(changes.relations.size, 2);
    assert_int_equal(event_of(&changes, 5), event_of(&changes, 6));
    runut_relater_free(r);
}

/* 60 happenings, three reports of each, mixed: batch and stream end with the same events. */
static void stream_and_batch(void **state)
{
    (void)state;
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    enum { EVENTS = 60, REPORTS = 3 };
    runut_relater *batch = new_relater(), *stream = new_relater();
    uint32_t found[EVENTS * REPORTS + 1] = {0};
    for (uint32_t i = 0; i < EVENTS * REPORTS; i++) {
        runut_slice digest = report(i % EVENTS, i / EVENTS);
        assert_int_equal(runut_relater_add(batch, i + 1, digest, NULL), RUNUT_OK);
        assert_int_equal(runut_relater_add(stream, i + 1, digest, NULL), RUNUT_OK);
        runut_changes changes = settled(stream);
        assert_true(event_of(&changes, i + 1) != 0);
        for (size_t k = 0; k < changes.relations.size; k++)
            found[changes.relations.at[k].article] = changes.relations.at[k].event;
    }
    runut_changes changes = settled(batch);
    assert_int_equal(changes.relations.size, EVENTS * REPORTS);
    assert_int_equal(changes.events.size, EVENTS);
    for (uint32_t i = 0; i < EVENTS * REPORTS; i++) {
        assert_int_equal(event_of(&changes, i + 1), i % EVENTS + 1);
        assert_int_equal(found[i + 1], found[i % EVENTS + 1]);
        assert_true(i % EVENTS == 0 || found[i + 1] != found[i]);
    }
    runut_relater_free(batch);
    runut_relater_free(stream);
}

static void loaded_store_goes_on(void **state)
{
    (void)state;
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_relater *r = new_relater();
    for (uint32_t i = 1; i <= 20; i++)
        assert_int_equal(runut_relater_load(r, i, report(i, 1), 100 + i, 200 + i, 0, NULL), RUNUT_OK);
    assert_int_equal(settled(r).relations.size, 0);
    assert_int_equal(runut_relater_add(r, 21, report(7, 2), NULL), RUNUT_OK);
    assert_int_equal(runut_relater_add(r, 22, report(40, 1), NULL), RUNUT_OK);
    runut_changes changes = settled(r);
    assert_int_equal(event_of(&changes, 21), 107);
    assert_int_equal(event_of(&changes, 22), 121);
    for (size_t i = 0; i < changes.events.size; i++)
        if (changes.events.at[i].event == 107) {
            assert_int_equal(changes.events.at[i].articles, 2);
            assert_int_equal(changes.events.at[i].story, 207);
        }
    runut_relater_free(r);
}

static void why_is_told(void **state)
{
    (void)state;
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_relater *r = new_relater();
    runut_relater_add(r, 1, report(1, 1), NULL);
    runut_relater_add(r, 2, report(1, 2), NULL);
    runut_relater_add(r, 3, report(2, 1), NULL);
    runut_changes changes = settled(r);
    for (size_t i = 0; i < changes.relations.size; i++)
        assert_int_equal(changes.relations.at[i].why.size > 0, changes.relations.at[i].article != 3);
    runut_relater_free(r);
}

/* With little memory articles are refused, and the relater still works with what it has. */
static void memory_runs_out(void **state)
{
    (void)state;
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_relater *r = new_relater();
    uint32_t in = 0, refused = 0;
    r->heap.limit = 200000;
    for (uint32_t i = 1; i <= 200; i++) {
        int code = runut_relater_add(r, i, report(i, 1), NULL);
        assert_true(code == RUNUT_OK || code == RUNUT_ERR_MEMORY);
        in += code == RUNUT_OK;
        refused += code != RUNUT_OK;
    }
    assert_true(in > 5 && refused > 5);
    runut_changes changes = {0};
    assert_int_equal(runut_relater_settle(r, arena, &changes, NULL), RUNUT_ERR_MEMORY);
    assert_int_equal(changes.relations.size, 0);
    r->heap.limit = (size_t)1 << 30; /* memory is back */
    changes = settled(r);
    assert_int_equal(changes.relations.size, in);
    runut_relater_free(r);
}

static float by_distance(const void *context, uint32_t a, uint32_t b)
{
    const float *at = context;
    float d = at[a] > at[b] ? at[a] - at[b] : at[b] - at[a];
    return 1 - d;
}

static void average_linkage(void **state)
{
    (void)state;
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    const float at[] = {0, .1f,  .2f,
                        5, 5.1f, 1.1f}; /* the last is near one end of the first three, far from their mean */
    const uint32_t start[] = {0, 1, 2, 3, 4, 5};
    const runut_link links[] = {{0, 1, .9f}, {1, 2, .9f}, {3, 4, .9f}, {2, 5, .1f}};
    runut_grouping g = {.count = 6,
                        .start = start,
                        .links = links,
                        .link_count = 4,
                        .sample = 20,
                        .threshold = .05f,
                        .score = by_distance,
                        .context = at};
    uint32_t *group = runut_group(arena, &g);
    const uint32_t wanted[] = {0, 0, 0, 3, 3, 5};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(group[i], wanted[i]);
}

static void numbers_stay_with_the_majority(void **state)
{
    (void)state;
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    const uint32_t group[] = {0, 0, 0, 3, 3, 5}, old[] = {8, 8, 9, 8, 0, 9};
    uint32_t next = 12;
    uint32_t *number = runut_group_number(arena, 6, group, old, &next);
    assert_int_equal(number[0], 8);
    assert_int_equal(number[5], 9);
    assert_int_equal(number[3], 12);
    assert_int_equal(next, 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_to_settle), cmocka_unit_test(articles_come_in_order),
        cmocka_unit_test(stream_and_batch),  cmocka_unit_test(loaded_store_goes_on),
        cmocka_unit_test(why_is_told),       cmocka_unit_test(memory_runs_out),
        cmocka_unit_test(average_linkage),   cmocka_unit_test(numbers_stay_with_the_majority),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
