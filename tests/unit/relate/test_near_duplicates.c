/* Sketches: what counts as the same text, and what they say of two. Texts are made of numbered words, so that the share
 * of runs that two have is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "relate/near_duplicates.h"

static runut_sketcher *sketcher;
static uint64_t bands[2][RUNUT_SKETCH_BANDS];

static runut_sketch sketch_of(runut_slice text, int which)
{
    runut_sketch sketch;
    assert_true(runut_sketch_make(sketcher, text, &sketch, bands[which]));
    return sketch;
}

static double similarity(const char *a, const char *b, bool contained)
{
    runut_sketch x = sketch_of(runut_slice_of(a), 0), y = sketch_of(runut_slice_of(b), 1);
    double there = runut_sketch_similarity(&x, &y, contained), back = runut_sketch_similarity(&y, &x, contained);
    assert_true(there == back);
    assert_true(there >= 0 && there <= 1);
    return there;
}

/* Words "aab aac …" from the number `from`, `count` of them: no two are the same. */
static char *words(unsigned from, unsigned count)
{
    char *text = malloc(count * 5 + 1), *at = text;
    for (unsigned i = from; i < from + count; i++)
        at += sprintf(at, "%c%c%c%c ", 'a' + i / 17576 % 26, 'a' + i / 676 % 26, 'a' + i / 26 % 26, 'a' + i % 26);
    return text;
}

static unsigned equal_bands(void)
{
    unsigned count = 0;
    for (size_t i = 0; i < RUNUT_SKETCH_BANDS; i++)
        count += bands[0][i] == bands[1][i];
    return count;
}

static void case_marks_and_space_make_no_difference(void **state)
{
    (void)state;
    assert_true(similarity("Jembatan Muara dibuka, kembali.", "  jembatan\nMUARA \"dibuka\" - kembali", false) == 1);
    assert_true(similarity("\xC3\x89lys\xC3\xA9"
                           "e \xC3\x80 Paris",
                           "\xC3\xA9LYS\xC3\x89"
                           "E \xC3\xA0 paris",
                           false) == 1);
    assert_true(similarity("\xD0\x9C\xD0\xBE\xD1\x81\xD1\x82 x", "\xD0\xBC\xD0\x9E\xD1\x81\xD1\x82 X", false) == 1);
    assert_true(similarity("\xE2\x80\x9CHello\xE2\x80\x9D there", "hello THERE", false) == 1);
    assert_true(similarity("abcdefghijklmnop one", "ABCDEFGHIJKLMNOP \xE2\x80\x9Cone\xE2\x80\x9D", false) == 1);
    assert_true(similarity("abcdefghijklmnopqrstuvwxyz",
                           "\xE2\x80\x9C"
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ!",
                           false) == 1);
    assert_true(similarity("one two three four", "one two four three", false) < 1);
    assert_true(similarity("on", "no", false) < 1);
}

static void nothing_to_compare(void **state)
{
    runut_sketch sketch;
    (void)state;
    assert_false(runut_sketch_make(sketcher, RUNUT_LITERAL(""), &sketch, bands[0]));
    assert_false(runut_sketch_make(sketcher, RUNUT_LITERAL(" .,!? \xE2\x80\x9C\xE2\x80\x9D \n"), &sketch, bands[0]));
    assert_false(runut_sketch_make(sketcher, RUNUT_LITERAL("\xFF\xC3"), &sketch, bands[0]));
}

/* Half of the words are the same: runs (n / 2 - 2) of (3n / 2 - 2). */
static void the_share_is_estimated(void **state)
{
    static const unsigned sizes[] = {12, 60, 400, 5000};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (unsigned tenth = 1; tenth <= 10; tenth++) {
            unsigned n = sizes[i], common = n * tenth / 10;
            char *a = words(0, n), *b = words(n - common, n);
            double runs = common > 2 ? common - 2 : 0, share = runs / (2.0 * (n - 2) - runs);
            double found = similarity(a, b, false);
            if (fabs(found - share) > 0.12)
                fail_msg("%u words, %u common: %.3f, not %.3f", n, common, found, share);
            if (share > 0.6)
                assert_true(equal_bands() > 0);
            free(a);
            free(b);
        }
}

static void a_part_is_contained(void **state)
{
    (void)state;
    char *whole = words(0, 600), *part = words(100, 300), *other = words(5000, 300);
    assert_true(similarity(whole, part, true) > 0.85);
    assert_true(fabs(similarity(whole, part, false) - 0.5) < 0.1);
    assert_true(similarity(whole, other, true) < 0.1);
    free(whole);
    free(part);
    free(other);
}

/* A text that says its words again and again has few runs. */
static void repetition_is_no_length(void **state)
{
    (void)state;
    char *some = words(0, 100), *again = malloc(20 * strlen(some) + 1);
    *again = '\0';
    for (int i = 0; i < 20; i++)
        strcat(again, some);
    runut_sketch sketch = sketch_of(runut_slice_of(again), 0);
    assert_in_range(sketch.runs, 80, 130);
    assert_true(similarity(some, again, true) > 0.85);
    free(some);
    free(again);
}

#define FORM                                                                                                           \
    "The index of the invented exchange closed at %s points on Friday, %s percent from the day before. Of the listed " \
    "shares %s rose and %s fell, brokers said. The volume was %s million shares, a quiet day before the holidays, "    \
    "and "                                                                                                             \
    "traders wait for the decision of the central bank next week about the rate of interest."

static void a_form_filled_in_anew_is_another_report(void **state)
{
    char one[1024], two[1024], typo[1024];
    (void)state;
    snprintf(one, sizeof one, FORM, "4,021.5", "up 1.2", "210", "98", "33");
    snprintf(two, sizeof two, FORM, "3,977.1", "down 1.1", "87", "231", "41");
    snprintf(typo, sizeof typo, FORM, "4,021.5", "up 1.2", "212", "98", "33");
    assert_true(similarity(one, two, false) == 0);
    assert_true(similarity(one, two, true) == 0);
    assert_true(similarity(one, typo, false) > 0.7);
}

/* What each outlet puts around the text has no place in common. */
static void dates_of_outlets_are_no_veto(void **state)
{
    char one[1200], two[1200], text[1024];
    (void)state;
    snprintf(text, sizeof text, FORM, "4,021.5", "up 1.2", "210", "98", "33");
    snprintf(one, sizeof one, "Updated 9:06 AM, 12 May. %s", text);
    snprintf(two, sizeof two, "Posted 2024-05-12 13:44:02 by admin, 33 comments. %s", text);
    assert_true(similarity(one, two, false) > 0.7);
}

/* No blanks between words: a changed character costs a few runs only. */
static void scripts_without_blanks(void **state)
{
    char a[600 * 3 + 1] = "", b[600 * 3 + 1] = "";
    (void)state;
    for (unsigned i = 0; i < 600; i++) {
        unsigned code = 0x4E00 + i * 37 % 5000, other = i == 300 ? 0x9000 : code;
        sprintf(a + i * 3, "%c%c%c", 0xE0 | code >> 12, 0x80 | (code >> 6 & 63), 0x80 | (code & 63));
        sprintf(b + i * 3, "%c%c%c", 0xE0 | other >> 12, 0x80 | (other >> 6 & 63), 0x80 | (other & 63));
    }
    double found = similarity(a, b, false);
    assert_true(found > 0.9 && found < 1);
}

static void any_bytes_and_any_length_will_do(void **state)
{
    static const char *const units[] = {"a",        "1 ",   "A ",        "1.",           "\xE4\xB8\xAD",
                                        "\xC3\xA9", "\xFF", "x\xC3\xA9", "\xE2\x80\x9Cx"};
    enum { SIZE = 4 << 20 };
    char *text = malloc(SIZE);
    (void)state;
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        runut_sketch sketch;
        size_t unit = strlen(units[u]);
        for (size_t i = 0; i < SIZE; i++)
            text[i] = units[u][i % unit];
        runut_sketch_make(sketcher, (runut_slice){text, SIZE}, &sketch, bands[0]);
        for (size_t size = 0; size < 200; size++) { /* exact room, for the sanitizer */
            char *exact = malloc(size + 1);
            memcpy(exact, text, size);
            runut_sketch_make(sketcher, (runut_slice){exact, size}, &sketch, bands[0]);
            free(exact);
        }
    }
    free(text);
}

/* Where a text stands in memory, and what stands behind it, makes no difference. */
static void only_the_text_counts(void **state)
{
    char *text = words(0, 90), room[1024];
    (void)state;
    runut_sketch wanted = sketch_of(runut_slice_of(text), 0);
    for (size_t at = 0; at < 64; at++) {
        memset(room, 'x' + (int)(at % 3), sizeof room);
        memcpy(room + at, text, strlen(text));
        runut_sketch got = sketch_of((runut_slice){room + at, strlen(text)}, 1);
        assert_memory_equal(&got, &wanted, sizeof got);
        assert_int_equal(equal_bands(), RUNUT_SKETCH_BANDS);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_marks_and_space_make_no_difference),
        cmocka_unit_test(nothing_to_compare),
        cmocka_unit_test(the_share_is_estimated),
        cmocka_unit_test(a_part_is_contained),
        cmocka_unit_test(repetition_is_no_length),
        cmocka_unit_test(a_form_filled_in_anew_is_another_report),
        cmocka_unit_test(dates_of_outlets_are_no_veto),
        cmocka_unit_test(scripts_without_blanks),
        cmocka_unit_test(any_bytes_and_any_length_will_do),
        cmocka_unit_test(only_the_text_counts),
    };
    sketcher = runut_sketcher_new();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    runut_sketcher_free(sketcher);
    return failed;
}
