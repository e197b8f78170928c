/* Pairs of hostile texts: whatever comes in, spans lie inside the bodies, values are finite, and the time is linear. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "relate/align.h"
#include "relate/pair.h"
#include "unit/relate/invented.h"

static runut_slice repeated(runut_arena *arena, const char *text, size_t times)
{
    runut_buffer out = runut_buffer_new(arena, 64u << 20);
    runut_buffer_text(&out, "language: en\n");
    for (size_t i = 0; i < times; i++)
        runut_buffer_text(&out, text);
    return runut_buffer_slice(&out);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void check(runut_arena *arena, runut_slice one, runut_slice two)
{
    runut_digest *a = invented_digest(arena, one), *b = invented_digest(arena, two);
    double start = seconds();
    runut_reuse reuse = {0};
    runut_disagreements found = {0};
    runut_spans novel = {0};
    const runut_digest *earlier[] = {b};
    int who = runut_reuse_judge(arena, a, b, true, &reuse);
    runut_disagreements_find(arena, a, b, &found);
    runut_novelty_find(arena, a, earlier, 1, &novel);
    assert_true(seconds() - start < 3);
    assert_in_range(who + 1, 0, 2);
    for (size_t i = 0; i < a->facts.size; i++) {
        assert_true(isfinite(a->facts.at[i].value));
        assert_true(a->facts.at[i].span.start < a->facts.at[i].span.end && a->facts.at[i].span.end <= one.size);
    }
    for (size_t i = 0; i < reuse.spans.size; i++) {
        assert_true(reuse.spans.at[i].here.start < reuse.spans.at[i].here.end);
        assert_true(reuse.spans.at[i].there.start < reuse.spans.at[i].there.end);
    }
    assert_true(found.size <= 8);
    assert_true(reuse.share >= 0 && reuse.share <= 1);
}

static void check_text(const char *unit)
{
    runut_arena *arena = runut_arena_new((size_t)1 << 30);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_slice text = repeated(arena, unit, 30000);
    check(arena, text, text);
    check(arena, text, repeated(arena, "The mayor opened a bridge; 12 people died. ", 3000));
    runut_arena_free(arena);
}

static void hostile_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"dead 1 ",
                                        "9",
                                        "9 ",
                                        "killed two hundred million ",
                                        "1,1.",
                                        "((((",
                                        "$ $5 ",
                                        "a of ",
                                        "Nine people died. ",
                                        "ke-9 9th 2-1 ",
                                        "\xF0\x9F\x92\xA5 7 ",
                                        "at 21:40 ",
                                        "seorang ",
                                        "The mayor of Oakford opened 12 bridges on Tuesday, March 5. "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(texts[i]);
}

static void a_text_aligns_with_itself(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new((size_t)64 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_digest *d = invented_digest(
        arena, runut_slice_of("language: en\nThe harbour master of Port Ellis closed the northern pier on Monday. "
                              "Divers had found cracks in two of its pillars. Ferries will leave from the old dock."));
    runut_alignment alignment = runut_align(arena, d, d);
    assert_int_equal(alignment.spans.size, 1);
    assert_int_equal(alignment.a_words, d->tokens.size);
    assert_int_equal(alignment.b_words, d->tokens.size);
    runut_parallel parallel = runut_align_parallel(arena, d, d);
    assert_int_equal(parallel.chained, 3);
    assert_true(parallel.covered > .99f);
    runut_arena_free(arena);
}

static void spans_are_where_the_words_are(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new((size_t)64 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    const char *shared = "divers had found deep cracks in two pillars of the northern pier";
    runut_slice one = runut_arena_printf(arena, "language: en\nOn Monday %s. Ferries wait.", shared);
    runut_slice two = runut_arena_printf(arena, "language: en\nA spokesman told reporters that %s last week.", shared);
    runut_digest *a = invented_digest(arena, one), *b = invented_digest(arena, two);
    runut_alignment alignment = runut_align(arena, a, b);
    assert_int_equal(alignment.spans.size, 1);
    const runut_aligned_words *s = &alignment.spans.at[0];
    assert_int_equal(s->a, 2);
    assert_int_equal(s->b, 5);
    assert_int_equal(s->a_end - s->a, 12);
    assert_int_equal(s->b_end - s->b, 12);
    runut_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(hostile_texts), cmocka_unit_test(a_text_aligns_with_itself),
                                       cmocka_unit_test(spans_are_where_the_words_are)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
