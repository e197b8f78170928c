/* Digests: what goes in comes out, the same every time; damaged bytes give an error and never a crash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "relate/digest.h"
#include "unit/relate/invented.h"

static const char text[] =
    "language: id\ndate: 2023-08-21\npublisher: Kabar Wetan\nsource: Antara\n"
    "headline: Gempa ke-9 guncang Sungai Batu, 1.204 warga mengungsi\n"
    "Gempa bermagnitudo 5,6 mengguncang Sungai Batu pada 2023. Sebanyak 14 rumah rusak.\n"
    "\"Kami lari,\" kata Rini Marlan. Kedalaman 32 kilometer, dan 14 rumah di Sungai Batu rusak.";

static runut_arena *arena_or_die(void)
{
    runut_arena *arena = runut_arena_new((size_t)64 << 20);
    assert_non_null(arena);
    return arena;
}

static void same_weights(runut_weights a, runut_weights b)
{
    assert_int_equal(a.size, b.size);
    for (size_t i = 0; i < a.size; i++) {
        assert_int_equal(a.at[i].term, b.at[i].term);
        assert_true(a.at[i].weight == b.at[i].weight);
    }
}

static void comes_back(void **state)
{
    (void)state;
    runut_arena *arena = arena_or_die();
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_digest *d = invented_digest(arena, RUNUT_LITERAL(text)), *back;
    runut_slice bytes = runut_digest_encode(arena, d);
    assert_int_equal(runut_digest_decode(arena, bytes, false, &back, NULL), RUNUT_OK);
    assert_true(runut_slice_equal(back->headline, d->headline));
    assert_true(runut_slice_is(back->language, "id"));
    assert_true(runut_slice_is(back->publisher, "Kabar Wetan"));
    assert_int_equal(back->sources.size, 1);
    assert_int_equal(back->published, runut_day_of(2023, 8, 21));
    assert_int_equal(back->event, RUNUT_NO_DAY);
    assert_int_equal(back->tokens.size, d->tokens.size);
    for (size_t i = 0; i < d->tokens.size; i++) {
        assert_int_equal(back->tokens.at[i].hash, d->tokens.at[i].hash);
        assert_int_equal(back->tokens.at[i].stem, d->tokens.at[i].stem);
        assert_int_equal(back->tokens.at[i].common, d->tokens.at[i].common);
        assert_int_equal(back->tokens.at[i].span.start, d->tokens.at[i].span.start);
        assert_int_equal(back->tokens.at[i].span.end, d->tokens.at[i].span.end);
    }
    same_weights(back->stems, d->stems);
    same_weights(back->entities, d->entities);
    same_weights(back->headline_stems, d->headline_stems);
    same_weights(back->numbers_in_context, d->numbers_in_context);
    assert_int_equal(back->sentences.size, d->sentences.size);
    assert_int_equal(back->numbers.size, d->numbers.size);
    runut_slice again = runut_digest_encode(arena, back);
    assert_true(runut_slice_equal(again, bytes));
    runut_arena_free(arena);
}

static void numbers_whatever_the_marks(void **state)
{
    (void)state;
    runut_arena *arena = arena_or_die();
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_digest *id =
        invented_digest(arena, RUNUT_LITERAL("language: id\nDialog ke-9 membahas 1.204 orang dan 6,1 meter."));
    runut_digest *en =
        invented_digest(arena, RUNUT_LITERAL("language: en\nThe 9th dialogue was about 1,204 people and 6.1 metres."));
    size_t shared = 0; /* the same numbers, whatever the marks */
    for (size_t i = 0; i < id->numbers.size; i++)
        for (size_t k = 0; k < en->numbers.size; k++)
            shared += id->numbers.at[i] == en->numbers.at[k];
    assert_true(shared >= 2);
    runut_arena_free(arena);
}

static void common_words_are_known(void **state)
{
    (void)state;
    runut_arena *arena = arena_or_die();
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_digest *d = invented_digest(arena, RUNUT_LITERAL("language: en\nthe ferry of the captain"));
    assert_int_equal(d->tokens.size, 5);
    assert_true(d->tokens.at[0].common && d->tokens.at[2].common && d->tokens.at[3].common);
    assert_false(d->tokens.at[1].common || d->tokens.at[4].common);
    runut_arena_free(arena);
}

/* Every beginning of a digest, and every byte of it changed in several ways. */
static void damage_is_survived(void **state)
{
    (void)state;
    runut_arena *arena = arena_or_die(), *work = runut_arena_new((size_t)4 << 20);
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_slice bytes = runut_digest_encode(arena, invented_digest(arena, RUNUT_LITERAL(text)));
    runut_digest *d;
    for (volatile size_t size = 0; size < bytes.size; size++) {
        runut_arena_reset(work);
        if (RUNUT_ARENA_TRY(work) != 0)
            fail();                     /* asked for more than 4 MB */
        char *exact = malloc(size + 1); /* so that a sanitizer sees a read beyond the end */
        memcpy(exact, bytes.at, size);
        assert_int_equal(runut_digest_decode(work, (runut_slice){exact, size}, false, &d, NULL), RUNUT_ERR_STORE);
        assert_null(d);
        free(exact);
    }
    char *changed = malloc(bytes.size);
    for (volatile size_t i = 0; i < bytes.size; i++)
        for (volatile int bit = 0; bit < 8; bit++) {
            runut_arena_reset(work);
            if (RUNUT_ARENA_TRY(work) != 0)
                fail();
            memcpy(changed, bytes.at, bytes.size);
            changed[i] = (char)(changed[i] ^ 1 << bit);
            if (runut_digest_decode(work, (runut_slice){changed, bytes.size}, false, &d, NULL) == RUNUT_OK)
                for (size_t s = 0; s < d->sentences.size; s++)
                    assert_true(d->sentences.at[s].end_token <= d->tokens.size);
        }
    free(changed);
    runut_arena_free(work);
    runut_arena_free(arena);
}

static void empty_article(void **state)
{
    (void)state;
    runut_arena *arena = arena_or_die();
    if (RUNUT_ARENA_TRY(arena) != 0)
        fail();
    runut_digest *back;
    runut_slice bytes = runut_digest_encode(arena, invented_digest(arena, RUNUT_LITERAL("")));
    assert_int_equal(runut_digest_decode(arena, bytes, false, &back, NULL), RUNUT_OK);
    assert_int_equal(back->tokens.size, 0);
    assert_int_equal(runut_digest_decode(arena, RUNUT_LITERAL(""), false, &back, NULL), RUNUT_ERR_STORE);
    assert_int_equal(runut_digest_decode(arena, RUNUT_LITERAL("rd\x7f"), false, &back, NULL), RUNUT_ERR_STORE);
    runut_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(numbers_whatever_the_marks),
        cmocka_unit_test(common_words_are_known),
        cmocka_unit_test(damage_is_survived),
        cmocka_unit_test(empty_article),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
