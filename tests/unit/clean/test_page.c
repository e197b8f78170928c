/* Pages that try to be slow, and pages that nobody meant to be read: they end soon and break nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>
#include <time.h>

#include "base/buffer.h"
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/metadata_json.h"
#include "clean/stage.h"

static runut_slice repeated(runut_arena *arena, const char *head, const char *part, size_t times)
{
    runut_buffer out = runut_buffer_new(arena, 1u << 28);
    runut_buffer_text(&out, head);
    for (size_t i = 0; i < times; i++)
        runut_buffer_text(&out, part);
    return runut_buffer_slice(&out);
}

static double seconds_for(runut_slice html)
{
    runut_arena *arena = runut_arena_new((size_t)1 << 30);
    runut_article article = {.date_from = ""};
    clock_t start = clock();
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_clean_page(arena, html, &article);
    assert_true(runut_utf8_valid(article.body));
    runut_arena_free(arena);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Eight times the page may take some sixteen times as long, not sixty-four. */
static void test_linear(void **state)
{
    (void)state;
    static const struct {
        const char *head, *part;
    } bombs[] = {{"", "<div>"},
                 {"", "<div>a b "},
                 {"", "</p></b></table>"},
                 {"<p ", "a1=b "},
                 {"", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
                 {"", "<"},
                 {"", "<!--"},
                 {"", "<!-- >"},
                 {"", "<script><!--<script>"},
                 {"", "<title>"},
                 {"", "<svg>"},
                 {"", "<textarea></textare>"},
                 {"", "<a href=x>"},
                 {"", "<span itemprop=author class=author>Ann B "},
                 {"", "<table><tr><td>"},
                 {"", "<ul><li>x</ul></li>"},
                 {"", "\""},
                 {"<p>", "1 "},
                 {"<p>", "A. "},
                 {"", "<br>"},
                 {"", "<p>By Ann Example, 3 May 2020"},
                 {"<script type='application/ld+json'>", "["},
                 {"<script type='application/ld+json'>", "{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"x\"}},"},
                 {"", "<meta name=date content='2020-01-01'>"},
                 {"", "<h1>Title of page</h1>"},
                 {"<title>", "a | b - c "},
                 {"<meta property=og:title content='", "a - "},
                 {"", "<p>copyright &copy; 2020</p>"},
                 {"<p>", "a-"},
                 {"", "<p class='share"}};
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        runut_arena *arena = runut_arena_new((size_t)1 << 28);
        assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
        double one = seconds_for(repeated(arena, bombs[i].head, bombs[i].part, 5000));
        double eight = seconds_for(repeated(arena, bombs[i].head, bombs[i].part, 40000));
        if (eight > 0.1 + 16 * one)
            fail_msg("'%s%s…': %.3f s for 5000, %.3f s for 40000", bombs[i].head, bombs[i].part, one, eight);
        runut_arena_free(arena);
    }
}

static void test_deep_text_is_kept(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new((size_t)1 << 28);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_article article = {.date_from = ""};
    runut_slice html = repeated(arena, "", "<div>", 20000);
    html = runut_arena_printf(arena, "%.*s<p>far down</p>", (int)html.size, html.at);
    runut_clean_page(arena, html, &article);
    assert_int_equal(article.lines.size, 1);
    assert_true(runut_slice_is(article.lines.at[0].text, "far down"));
    runut_arena_free(arena);
}

/* Pieces of pages in every order: nothing to compare, but the sanitizers look on. */
static void test_any_order_of_pieces(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "<p>",
        "</p>",
        "<div class=content>",
        "</div>",
        "<table>",
        "<td>",
        "</table>",
        "<li>",
        "<h1>Judul</h1>",
        "text, and more. ",
        "<br>",
        "<br>",
        "&amp;",
        "&#x110000;",
        "&",
        "<",
        ">",
        "\"",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<a href=/author/x rel=author>",
        "</a>",
        "<b>",
        "</b>",
        "<title>",
        "</title>",
        "<svg>",
        "</svg>",
        "<time datetime=2020-02-02>",
        "</time>",
        "<span itemprop='author'>",
        "</span>",
        "\xE2\x80\x9C",
        "<dl><dt>",
        "<dd>",
        "</head>",
        "<body>",
        "<meta name=author content='A B'>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"x\\u00",
        "\0"};
    uint32_t seed = 7;
    for (int round = 0; round < 1500; round++) {
        runut_arena *arena = runut_arena_new((size_t)1 << 26);
        assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
        runut_buffer out = runut_buffer_new(arena, 1u << 20);
        runut_article article = {.date_from = ""};
        for (int i = 0; i < 60; i++) {
            seed = seed * 1664525u + 1013904223u;
            runut_buffer_text(&out, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        runut_clean_page(arena, runut_buffer_slice(&out), &article);
        assert_true(runut_utf8_valid(article.body));
        runut_arena_free(arena);
    }
}

static void test_json_forgives(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new((size_t)1 << 24);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_jsons values = {0};
    (void)RUNUT_APPEND(arena, values);
    runut_json_read(
        arena,
        RUNUT_LITERAL(
            "/* a */ {\"a\": \"x\ny\", // b\n \"b\":[1,2,], \"c\":{\"d\":\"\\u0041\\ud83d\\ude00\\n\"},, \"e\":\"cut"),
        &values, 0);
    uint32_t object = values.at[0].child;
    assert_true(runut_slice_is(values.at[runut_json_member(&values, object, "A")].text, "x\ny"));
    uint32_t c = runut_json_member(&values, object, "c");
    assert_true(runut_slice_is(values.at[runut_json_member(&values, c, "d")].text, "A\xF0\x9F\x98\x80\n"));
    assert_true(runut_slice_is(values.at[runut_json_member(&values, object, "e")].text, "cut"));
    assert_int_equal(runut_json_member(&values, object, "z"), 0);
    runut_arena_free(arena);
}

/* Quotation marks that nobody escaped, in long runs too, and what is no JSON at all: it ends, and soon. */
static void test_json_unescaped(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new((size_t)1 << 28);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_jsons values = {0};
    (void)RUNUT_APPEND(arena, values);
    runut_json_read(arena, RUNUT_LITERAL("{\"a\": \"he said \"no\", then \"yes\" twice\", \"b\": \"c\"}"), &values, 0);
    uint32_t object = values.at[0].child;
    assert_true(runut_slice_is(values.at[runut_json_member(&values, object, "b")].text, "c"));
    assert_true(
        runut_slice_is(values.at[runut_json_member(&values, object, "a")].text, "he said \"no\", then \"yes\" twice"));
    static const char *const parts[] = {"\"", "\" ", "\" , ", "\"\n\n,", "{\"a\" b", "//", "\"x\" y "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        runut_buffer out = runut_buffer_new(arena, 1u << 20);
        while (out.size + 16 < 1u << 20)
            runut_buffer_text(&out, parts[i]);
        values.size = 1;
        runut_json_read(arena, runut_buffer_slice(&out), &values, 0);
    }
    runut_arena_free(arena);
}

/* The tables that are searched by halving, or by their first words, must be sorted. */
static void test_tables_are_sorted(void **state)
{
    (void)state;
    static const char *const names[] = {"entities.tsv", "page_cues.tsv", "page_classes.tsv", "author_words.tsv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        runut_slice rest = runut_data(names[i]), fields[2], before = {"", 0};
        int rows = 0;
        for (; runut_data_row(&rest, fields, 2); rows++, before = fields[0])
            if (runut_slice_order(before, fields[0]) >= 0)
                fail_msg("%s: '%.*s' is out of order", names[i], (int)fields[0].size, fields[0].at);
        assert_true(rows > 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear),
                                       cmocka_unit_test(test_deep_text_is_kept),
                                       cmocka_unit_test(test_any_order_of_pieces),
                                       cmocka_unit_test(test_json_forgives),
                                       cmocka_unit_test(test_json_unescaped),
                                       cmocka_unit_test(test_tables_are_sorted)};
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
