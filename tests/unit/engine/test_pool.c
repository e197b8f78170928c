#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/pool.h"

enum { SLOTS = 6, WEIGHT = 100 };

typedef struct counting {
    size_t jobs, every; /* how many; each of that number has nothing to work on (0 = none) */
    size_t stop_at;     /* SIZE_MAX = never */
    size_t value[SLOTS];
    size_t delivered;
    size_t produced;
    bool in_order;
} counting;

static void produce(void *context, runut_pool *pool)
{
    counting *self = context;
    for (ptrdiff_t slot; self->produced < self->jobs && (slot = runut_pool_next(pool)) >= 0; self->produced++) {
        bool done = self->every && self->produced % self->every == 0;
        self->value[slot] = done ? self->produced * 3 + 1 : self->produced;
        runut_pool_submit(pool, WEIGHT, done);
    }
}

/* Jobs of very different length, so that they end in another order than they began. */
static void work(void *context, size_t worker, size_t slot)
{
    counting *self = context;
    volatile size_t turns = self->value[slot] % 7 * 2000;
    (void)worker;
    while (turns)
        turns--;
    self->value[slot] = self->value[slot] * 3 + 1;
}

static int deliver(void *context, size_t slot)
{
    counting *self = context;
    self->in_order &= self->value[slot] == self->delivered * 3 + 1;
    if (self->delivered == self->stop_at)
        return 1;
    self->delivered++;
    return 0;
}

static int run(counting *self, size_t workers, size_t slots, size_t most_weight)
{
    self->in_order = true;
    const runut_pool_plan plan = {workers, slots, most_weight, self, produce, work, deliver};
    return runut_pool_run(&plan, NULL);
}

static void results_come_in_the_order_of_the_jobs(void **state)
{
    (void)state;
    for (size_t workers = 1; workers <= 5; workers++) {
        for (size_t slots = 1; slots <= SLOTS; slots++) {
            counting c = {.jobs = 500, .stop_at = SIZE_MAX, .every = slots % 3};
            assert_int_equal(run(&c, workers, slots, 0), RUNUT_OK);
            assert_int_equal(c.delivered, 500);
            assert_true(c.in_order);
        }
    }
}

static void no_job_at_all_ends_too(void **state)
{
    (void)state;
    for (size_t workers = 1; workers <= 3; workers++) {
        counting c = {.stop_at = SIZE_MAX};
        assert_int_equal(run(&c, workers, 4, 0), RUNUT_OK);
        assert_int_equal(c.delivered, 0);
    }
}

static void a_stop_ends_the_producer_too(void **state)
{
    (void)state;
    for (size_t workers = 1; workers <= 4; workers++) {
        counting c = {.jobs = SIZE_MAX, .stop_at = 37};
        assert_int_equal(run(&c, workers, SLOTS, 0), RUNUT_ERR_STOPPED);
        assert_int_equal(c.delivered, 37);
        assert_true(c.in_order);
        assert_in_range(c.produced, 37, 38 + SLOTS);
    }
}

/* A light limit lets one job at a time in, and must not lock the pool up. */
static void weight_bounds_what_is_in_the_ring(void **state)
{
    (void)state;
    const size_t limits[] = {1, WEIGHT, 2 * WEIGHT + 1, 100 * WEIGHT};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        counting c = {.jobs = 300, .stop_at = SIZE_MAX};
        assert_int_equal(run(&c, 3, SLOTS, limits[i]), RUNUT_OK);
        assert_int_equal(c.delivered, 300);
        assert_true(c.in_order);
        counting stopped = {.jobs = SIZE_MAX, .stop_at = 5};
        assert_int_equal(run(&stopped, 3, SLOTS, limits[i]), RUNUT_ERR_STOPPED);
        size_t room = (limits[i] + WEIGHT - 1) / WEIGHT;
        assert_in_range(stopped.produced, 5, 6 + (room < SLOTS ? room : SLOTS));
    }
}

static void there_is_a_core(void **state)
{
    (void)state;
    assert_in_range(runut_pool_cores(), 1, 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_in_the_order_of_the_jobs),
        cmocka_unit_test(no_job_at_all_ends_too),
        cmocka_unit_test(a_stop_ends_the_producer_too),
        cmocka_unit_test(weight_bounds_what_is_in_the_ring),
        cmocka_unit_test(there_is_a_core),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
