/* Records and plain captures through runut_clean: what records state, odd line ends, hostile input, table order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/byline.h"
#include "clean/clean.h"
#include "clean/cues.h"
#include "clean/stage.h"

static runut_arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = runut_arena_new((size_t)1 << 31);
    return arena ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    runut_arena_free(arena);
    return 0;
}

static runut_article clean(runut_capture_kind kind, runut_slice bytes)
{
    runut_capture capture = {.kind = kind, .bytes = bytes, .file = RUNUT_LITERAL("t")};
    runut_article article = {0};
    runut_error error;
    assert_int_equal(runut_clean(arena, &capture, &article, &error), RUNUT_OK);
    return article;
}

static void assert_text(runut_slice got, const char *wanted)
{
    assert_int_equal(got.size, strlen(wanted));
    assert_memory_equal(got.at, wanted, got.size);
}

static void record_keeps_its_body(void **state)
{
    (void)state;
    runut_article a =
        clean(RUNUT_CAPTURE_ARTICLE,
              RUNUT_LITERAL("Agency | Updated: 2017-09-15 17:52\n\n  A  body\there. \r\nRead also: more\n"));
    assert_text(a.body, "Agency | Updated: 2017-09-15 17:52\nA body\there.\nRead also: more");
    assert_int_equal(a.headline.size, 0);
    assert_int_equal(a.date_published.size, 0);
}

static void record_states_fields(void **state)
{
    (void)state;
    runut_slice names[] = {RUNUT_LITERAL(" Nora  Whitcombe ")};
    runut_capture capture = {.kind = RUNUT_CAPTURE_ARTICLE,
                             .bytes = RUNUT_LITERAL("Text."),
                             .headline = RUNUT_LITERAL("A \xFF head"),
                             .date_published = RUNUT_LITERAL("Sep 15, 2017"),
                             .language = RUNUT_LITERAL("en"),
                             .authors = {names, 1, 1}};
    runut_article a = {0};
    assert_int_equal(runut_clean(arena, &capture, &a, NULL), RUNUT_OK);
    assert_text(a.headline, "A \xEF\xBF\xBD head");
    assert_text(a.date_published, "2017-09-15");
    assert_int_equal(a.authors.size, 1);
    assert_text(a.authors.at[0], "Nora Whitcombe");
    capture.date_published = RUNUT_LITERAL("2017-09");
    assert_int_equal(runut_clean(arena, &capture, &a, NULL), RUNUT_OK);
    assert_text(a.date_published, "2017-09");
    capture.date_published = RUNUT_LITERAL("yesterday");
    assert_int_equal(runut_clean(arena, &capture, &a, NULL), RUNUT_OK);
    assert_int_equal(a.date_published.size, 0);
}

static void empty_is_rejected(void **state)
{
    (void)state;
    runut_capture capture = {.kind = RUNUT_CAPTURE_TEXT, .bytes = RUNUT_LITERAL(" \r\n\xC2\xA0\n")};
    runut_article a;
    assert_int_equal(runut_clean(arena, &capture, &a, NULL), RUNUT_ERR_INPUT);
}

/* The same capture with LF, CRLF, CR, a byte order mark and no-break spaces gives the same. */
static void line_ends_do_not_matter(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "Kabar Muara\nHome | Desa\nWarga Menanam Ribuan Pohon di Tepi Sungai\nWarga menanam ribuan pohon bakau di tepi "
        "sungai pada akhir pekan lalu.\nBagikan\n",
        "\xEF\xBB\xBFKabar Muara\r\nHome | Desa\r\nWarga Menanam Ribuan Pohon di Tepi Sungai\r\n\r\nWarga "
        "menanam\xC2\xA0ribuan pohon bakau di tepi sungai pada akhir pekan lalu.\r\nBagikan",
        "\xC2\xA0Kabar Muara\rHome | Desa\r  Warga Menanam Ribuan Pohon di Tepi  Sungai\rWarga menanam ribuan pohon "
        "bakau di tepi sungai pada akhir pekan lalu.\xE2\x80\x83\rBagikan\r"};
    for (size_t i = 0; i < 3; i++) {
        runut_article a = clean(RUNUT_CAPTURE_TEXT, runut_slice_of(forms[i]));
        assert_text(a.headline, "Warga Menanam Ribuan Pohon di Tepi Sungai");
        assert_text(a.publisher, "Kabar Muara");
        assert_text(a.body, "Warga menanam ribuan pohon bakau di tepi sungai pada akhir pekan lalu.");
        assert_int_equal(a.lines.size, 5);
        for (size_t k = 0; k < 5; k++)
            assert_true(a.lines.at[k].why && a.lines.at[k].score >= 0 && a.lines.at[k].score <= 1);
    }
}

static runut_slice repeat(const char *unit, size_t bytes)
{
    size_t size = strlen(unit), count = bytes / size;
    char *at = runut_arena_alloc(arena, count * size + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(at + i * size, unit, size);
    return (runut_slice){at, count * size};
}

/* A megabyte of anything takes well under the seconds that a quadratic step would need. */
static void hostile_input_stays_linear(void **state)
{
    (void)state;
    static const char *const units[] = {"\"",
                                        "1",
                                        "A",
                                        "(",
                                        "a\n",
                                        "| ",
                                        "12/12/2022 ",
                                        "A - ",
                                        "a: ",
                                        "a  b  ",
                                        "\xE5\xB9\xB4",
                                        ": ",
                                        "By A ",
                                        "Baca juga: X\n",
                                        "\xE8\xAE\xB0\xE8\x80\x85",
                                        "\xC2\xA0",
                                        "X.com - ",
                                        "[",
                                        "(a/b) ",
                                        "\t"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        clock_t start = clock();
        runut_slice text = repeat(units[i], 1 << 20);
        runut_article a = {.date_from = ""};
        runut_clean_plain(arena, text, &a);
        runut_slice printed;
        runut_printed_date(arena, text, RUNUT_LITERAL(""), &printed);
        runut_slices names = {0};
        runut_byline_parse(arena, text, false, &names);
        runut_byline_initials(arena, text, &names, NULL);
        assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 8.0);
        runut_arena_reset(arena);
    }
}

static void assert_sorted(const char *table)
{
    runut_slice rest = runut_data(table), fields[3], before = {"", 0};
    size_t rows = 0;
    for (; runut_data_row(&rest, fields, 3); rows++) {
        assert_true(runut_slice_order(before, fields[0]) < 0);
        assert_true(runut_slice_equal(fields[0], runut_utf8_fold(arena, fields[0])));
        before = fields[0];
    }
    assert_true(rows > 50);
}

static void tables_are_in_order(void **state)
{
    (void)state;
    assert_sorted("line_cues.tsv");
    assert_sorted("clock.tsv");
}

static void cues_end_at_words(void **state)
{
    (void)state;
    size_t end = 0;
    assert_true(runut_cue_at(RUNUT_LITERAL("baca juga: harga"), 0, &end) & RUNUT_CUE_READ);
    assert_int_equal(end, 9);
    assert_false(runut_cue_at(RUNUT_LITERAL("bacaan juga"), 0, &end) & RUNUT_CUE_READ);
    assert_true(runut_cue_at(RUNUT_LITERAL("相关阅读：老街"), 0, &end) & RUNUT_CUE_READ);
    assert_int_equal(end, 12);
    assert_true(runut_cue_whole(RUNUT_LITERAL("advertisement.")) & RUNUT_CUE_AD);
    assert_int_equal(runut_cue_whole(RUNUT_LITERAL("advertisement rules")), 0);
    assert_int_equal(runut_cue_at(RUNUT_LITERAL(""), 0, &end), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(record_keeps_its_body, setup, teardown),
        cmocka_unit_test_setup_teardown(record_states_fields, setup, teardown),
        cmocka_unit_test_setup_teardown(empty_is_rejected, setup, teardown),
        cmocka_unit_test_setup_teardown(line_ends_do_not_matter, setup, teardown),
        cmocka_unit_test_setup_teardown(hostile_input_stays_linear, setup, teardown),
        cmocka_unit_test_setup_teardown(tables_are_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(cues_end_at_words, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
