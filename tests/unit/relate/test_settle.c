/* Settling at any pace: in batches of one or of many, on one thread or several, with digests held or asked for again;
 * and with work for one article that has an end. The stream is that of bench/stream.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../../bench/stream.h"
#include "base/slice.h"
#include "relate/relater.h"

enum { ARTICLES = 700 };

static runut_arena *arena;
static stream *news;

static int set_up(void **state)
{
    (void)state;
    arena = runut_arena_new((size_t)1 << 30);
    news = stream_new(7, ARTICLES);
    return arena == NULL || news == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    stream_free(news);
    runut_arena_free(arena);
    return 0;
}

/* How a stream is to be settled, and what came of it. */
typedef struct course {
    size_t batch, threads;
    bool asks; /* for digests */
    uint32_t event[ARTICLES], reuse_of[ARTICLES], disagreements[ARTICLES];
    uint64_t relations;
    runut_work work;
} course;

static int fetch(void *context, uint32_t article, runut_arena *into, runut_slice *digest, runut_error *error)
{
    (void)context;
    (void)error;
    *digest = stream_digest(news, into, article - 1);
    return RUNUT_OK;
}

static void note(course *c, const runut_changes *changes)
{
    for (size_t i = 0; i < changes->relations.size; i++) {
        const runut_relation *r = &changes->relations.at[i];
        uint32_t at = r->article - 1;
        c->event[at] = r->event;
        c->relations++;
        c->disagreements[at] = (r->more ? c->disagreements[at] : 0) + (uint32_t)r->disagreements.size;
        if (!r->more)
            c->reuse_of[at] = r->has_reuse ? r->reuse.of : 0;
    }
}

static void run(course *c)
{
    runut_relater *r;
    assert_int_equal(runut_relater_new(&r, NULL), RUNUT_OK);
    runut_relater_threads(r, c->threads);
    if (c->asks)
        runut_relater_fetch_by(r, fetch, NULL);
    for (uint32_t i = 1; i <= ARTICLES; i++) {
        runut_changes changes = {0};
        runut_arena_reset(arena);
        if (RUNUT_ARENA_TRY(arena) != 0)
            fail();
        assert_int_equal(runut_relater_add(r, i, stream_digest(news, arena, i - 1), NULL), RUNUT_OK);
        if (i % c->batch == 0 || i == ARTICLES) {
            assert_int_equal(runut_relater_settle(r, arena, &changes, NULL), RUNUT_OK);
            note(c, &changes);
        }
    }
    c->work = r->work;
    runut_relater_free(r);
}

/* Pairs of articles that are together in the one and apart in the other, of all pairs that are together in either. */
static double difference(const uint32_t *a, const uint32_t *b)
{
    size_t either = 0, other = 0;
    for (size_t i = 0; i < ARTICLES; i++)
        for (size_t k = 0; k < i; k++) {
            either += a[i] == a[k] || b[i] == b[k];
            other += (a[i] == a[k]) != (b[i] == b[k]);
        }
    return either ? (double)other / (double)either : 0;
}

static void threads_change_nothing(void **state)
{
    (void)state;
    static course one = {.batch = 100, .threads = 1}, three = {.batch = 100, .threads = 3};
    run(&one);
    run(&three);
    assert_memory_equal(one.event, three.event, sizeof one.event);
    assert_memory_equal(one.reuse_of, three.reuse_of, sizeof one.reuse_of);
    assert_memory_equal(one.disagreements, three.disagreements, sizeof one.disagreements);
    assert_int_equal(one.relations, three.relations);
}

static void asking_for_digests_changes_nothing(void **state)
{
    (void)state;
    static course held = {.batch = 16, .threads = 2}, asked = {.batch = 16, .threads = 2, .asks = true};
    run(&held);
    run(&asked);
    assert_memory_equal(held.event, asked.event, sizeof held.event);
    assert_memory_equal(held.reuse_of, asked.reuse_of, sizeof held.reuse_of);
    assert_memory_equal(held.disagreements, asked.disagreements, sizeof held.disagreements);
    assert_int_equal(held.work.fetched, 0);
    assert_true(asked.work.fetched > 0);
}

/* The same articles in batches of 1, 7 and 100: few pairs of articles end otherwise. */
static void batches_change_little(void **state)
{
    (void)state;
    static course courses[] = {{.batch = 1, .threads = 1}, {.batch = 7, .threads = 1}, {.batch = 100, .threads = 1}};
    for (size_t i = 0; i < 3; i++)
        run(&courses[i]);
    assert_true(difference(courses[0].event, courses[1].event) < .05);
    assert_true(difference(courses[0].event, courses[2].event) < .05);
    assert_true(difference(courses[1].event, courses[2].event) < .05);
    uint32_t truth[ARTICLES];
    for (size_t i = 0; i < ARTICLES; i++)
        truth[i] = stream_event(news, i) + 1;
    for (size_t i = 0; i < 3; i++)
        assert_true(difference(courses[i].event, truth) < .2);
}

/* Counted, not timed: what one article may cost. */
static void work_has_an_end(void **state)
{
    (void)state;
    static course c = {.batch = 25, .threads = 1, .asks = true};
    run(&c);
    assert_true(c.work.candidates <= (uint64_t)ARTICLES * RUNUT_INDEX_CANDIDATES);
    assert_true(c.work.grouped <= (uint64_t)ARTICLES * 20);
    assert_true(c.work.fetched <= (uint64_t)ARTICLES * 20);
    assert_true(c.relations <= (uint64_t)ARTICLES * 8);
}

static int fetch_fails(void *context, uint32_t article, runut_arena *into, runut_slice *digest, runut_error *error)
{
    (void)into;
    (void)digest;
    ++*(int *)context;
    return runut_error_set(error, RUNUT_ERR_IO, "article %u is not to be had", (unsigned)article);
}

/* The error of whoever keeps the digests comes out; when they are there again, all goes on. */
static void digests_that_cannot_be_had(void **state)
{
    (void)state;
    runut_relater *r;
    runut_changes changes = {0};
    runut_error error = {0};
    int asked = 0;
    uint32_t first = 0, second = 0;
    while (!stream_is_copy(news, second) || stream_event(news, first) != stream_event(news, second))
        if (++second == ARTICLES)
            second = ++first + 1;
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    assert_int_equal(runut_relater_new(&r, NULL), RUNUT_OK);
    runut_relater_fetch_by(r, fetch_fails, &asked);
    assert_int_equal(runut_relater_add(r, 1, stream_digest(news, arena, first), NULL), RUNUT_OK);
    assert_int_equal(runut_relater_settle(r, arena, &changes, &error), RUNUT_OK);
    assert_int_equal(asked, 0);
    assert_int_equal(runut_relater_add(r, 2, stream_digest(news, arena, second), NULL), RUNUT_OK);
    assert_int_equal(runut_relater_settle(r, arena, &changes, &error), RUNUT_ERR_IO);
    assert_string_equal(error.message, "article 1 is not to be had");
    runut_relater_fetch_by(r, NULL, NULL);
    runut_relater_free(r);
}

/* A list as long as the limits of the index: what is read has an end, the newest and the rarest come first. */
static void long_lists_are_read_in_part(void **state)
{
    (void)state;
    enum { POSTED = 20000, TERMS = 50 };
    static runut_tally tally;
    runut_heap heap = {.limit = (size_t)1 << 30};
    runut_index index;
    runut_lookup lookups[TERMS];
    runut_candidate found[RUNUT_INDEX_CANDIDATES];
    runut_index_init(&index, &heap);
    assert_true(runut_index_reserve(&index, TERMS));
    for (uint32_t t = 0; t < TERMS; t++) {
        lookups[t] = (runut_lookup){runut_index_term(&index, t + 1, false), 1};
        for (uint32_t a = 0; a < POSTED; a++)
            assert_true(runut_index_post(&index, lookups[t].term, a));
    }
    size_t count = runut_index_candidates(&index, &tally, lookups, TERMS, POSTED - 1, POSTED, found);
    assert_int_equal(count, RUNUT_INDEX_CANDIDATES);
    assert_int_equal(found[0].article, POSTED - 2);
    assert_true(found[0].overlap <= (float)RUNUT_INDEX_READ_ALL / RUNUT_INDEX_READ);
    assert_int_equal(tally.touched_count, 0);
    count = runut_index_candidates(&index, &tally, lookups, TERMS, 100, 100, found);
    assert_int_equal(count, RUNUT_INDEX_CANDIDATES);
    assert_int_equal(found[0].article, 99);
    runut_index_free(&index);
    assert_int_equal(heap.used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_nothing),     cmocka_unit_test(asking_for_digests_changes_nothing),
        cmocka_unit_test(batches_change_little),      cmocka_unit_test(work_has_an_end),
        cmocka_unit_test(digests_that_cannot_be_had), cmocka_unit_test(long_lists_are_read_in_part),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
