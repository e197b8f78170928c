/* The scanner: what it takes and refuses, and where; what it finds of a record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "read/json_line.h"

static runut_json_line line;

static int read_line(const char *text, runut_error *error)
{
    return runut_json_line_read(runut_slice_of(text), &line, error);
}

/* ["a",["a",… as deep as asked, in the value of a key. */
static char *nested(size_t depth, char open, char close)
{
    char *text = malloc(depth * 8 + 64), *at = text;
    at += sprintf(at, "{\"text\":\"x\",\"deep\":");
    for (size_t i = 0; i < depth; i++)
        at += sprintf(at, open == '{' ? "{\"k\":" : "[1,");
    at += sprintf(at, "1");
    for (size_t i = 0; i < depth; i++)
        *at++ = close;
    strcpy(at, "}");
    return text;
}

static void takes_what_is_json(void **state)
{
    static const char *const good[] = {
        "{}",
        " { } ",
        "{\"a\":1}\r",
        "{\"a\":[],\"b\":{},\"c\":[[],{}],\"d\":[{\"e\":[1,2,{\"f\":null}]}]}",
        "{\"a\":-0.5e+10,\"b\":0,\"c\":1E5,\"d\":true,\"e\":false,\"f\":null}",
        "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"}",
        "{ \"a\" : [ 1 , \"b\" , [ ] ] , \"\" : \"\" }",
        "{\"a\":\"\xFF\xFE broken UTF-8 is the text's affair\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        runut_error error = {0};
        if (read_line(good[i], &error) != RUNUT_OK)
            fail_msg("%s: byte %d: %s", good[i], (int)error.byte, error.message);
    }
}

static void refuses_what_is_none_and_says_where(void **state)
{
    static const struct {
        const char *text;
        int byte;
    } bad[] = {
        {"", 0},
        {"[]", 0},
        {"\"a\"", 0},
        {"{", 1},
        {"{\"a\"}", 4},
        {"{\"a\":}", 5},
        {"{\"a\":1,}", 7},
        {"{\"a\":1 2}", 7},
        {"{\"a\":[1,]}", 8},
        {"{\"a\":[1}", 7},
        {"{\"a\":{]}", 6},
        {"{\"a\":01}", 6},
        {"{\"a\":1.}", 7},
        {"{\"a\":-}", 6},
        {"{\"a\":1e}", 7},
        {"{\"a\":tru}", 5},
        {"{\"a\":nul", 5},
        {"{\"a\":\"b}", 8},
        {"{\"a\":\"\\x\"}", 6},
        {"{\"a\":\"\\u12g4\"}", 6},
        {"{\"a\":\"\t\"}", 6},
        {"{'a':1}", 1},
        {"{\"a\":1}{}", 7},
        {"{\"a\":1},", 7},
        {"{a:1}", 1},
        {"{\"a\":1,,\"b\":2}", 7},
        {"{\"a\":\"\\", 6},
        {"{\"a\":\"\\u00", 6},
        {"{\"a\":[1,2", 9},
        {"{\"a\":+1}", 5},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        runut_error error = {0};
        if (read_line(bad[i].text, &error) == RUNUT_OK)
            fail_msg("taken: %s", bad[i].text);
        if ((int)error.byte != bad[i].byte)
            fail_msg("%s: byte %d, not %d (%s)", bad[i].text, (int)error.byte, bad[i].byte, error.message);
        assert_int_equal(error.code, RUNUT_ERR_INPUT);
        assert_string_not_equal(error.message, "");
    }
}

/* Cut anywhere, a record is none. */
static void refuses_every_beginning(void **state)
{
    const char *text = "{\"id\":\"x\",\"text\":\"a\\n\\u00e9\",\"l\":[1,{\"b\":[true,null]},-2.5e3],\"o\":{}}";
    (void)state;
    assert_int_equal(read_line(text, NULL), RUNUT_OK);
    for (size_t i = 0; i < strlen(text); i++)
        assert_int_equal(runut_json_line_read((runut_slice){text, i}, &line, NULL), RUNUT_ERR_INPUT);
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    for (int shape = 0; shape < 2; shape++) {
        char open = "[{"[shape], close = "]}"[shape], *deep = nested(63, open, close),
             *deeper = nested(64, open, close), *deepest = nested(1000000, open, close);
        assert_int_equal(read_line(deep, NULL), RUNUT_OK);
        assert_int_equal(read_line(deeper, NULL), RUNUT_ERR_INPUT);
        assert_int_equal(read_line(deepest, NULL), RUNUT_ERR_INPUT);
        free(deep);
        free(deeper);
        free(deepest);
    }
}

static void is(runut_slice got, const char *wanted)
{
    if (!runut_slice_is(got, wanted))
        fail_msg("wanted %s, got %.*s", wanted, (int)got.size, got.at);
}

static void finds_text_and_name_by_rank(void **state)
{
    (void)state;
    assert_int_equal(
        read_line("{\"url\":\"u\",\"text\":\"t\",\"id\":7,\"articleBody\":\"b\\n\",\"x\":{\"id\":9}}", NULL), 0);
    is(line.text, "b\\n");
    is(line.name, "7");
    assert_true(line.escaped && line.has_text && !line.nested);
    assert_int_equal(line.close, 61);

    assert_int_equal(read_line("{\"articleBody\":\" \\n\",\"maintext\":\"m\",\"id\":\"\",\"url\":\"u\"}", NULL), 0);
    is(line.text, "m");
    is(line.name, "\"u\"");
    assert_false(line.escaped);

    assert_int_equal(read_line("{\"\\u0074ext\":\"t\",\"id\":1.5,\"@id\":true}", NULL), 0);
    is(line.text, "t");
    is(line.name, "");

    assert_int_equal(read_line("{\"text\":null,\"id\":\"a\"}", NULL), 0);
    assert_true(line.has_text && line.text.size == 0);

    assert_int_equal(read_line("{\"bodies\":\"t\"}", NULL), 0);
    assert_false(line.has_text || line.has_page || line.nested);

    assert_int_equal(read_line("{\"html\":\"<p>\",\"author\":[1]}", NULL), 0);
    assert_true(line.has_page && !line.nested);

    assert_int_equal(read_line("{\"text\":[\"t\"]}", NULL), 0);
    assert_true(line.nested);
}

/* The record without its own marks. */
static void without_cuts(const char *text, const char *wanted)
{
    char out[256];
    size_t size = 0, at = 0, all = strlen(text);
    assert_int_equal(read_line(text, NULL), RUNUT_OK);
    for (size_t i = 0; i <= line.cut_count; i++) {
        size_t end = i < line.cut_count ? line.cuts[i].start : all;
        memcpy(out + size, text + at, end - at);
        size += end - at;
        at = i < line.cut_count ? line.cuts[i].end : all;
    }
    out[size] = '\0';
    assert_string_equal(out, wanted);
}

static void cuts_marks_of_an_earlier_run(void **state)
{
    (void)state;
    without_cuts("{\"a\":1}", "{\"a\":1}");
    without_cuts("{\"a\":1, \"duplicateOf\": \"x\", \"similarity\": 0.5}", "{\"a\":1}");
    without_cuts("{\"duplicateOf\":\"x\",\"similarity\":0.5,\"a\":1}", "{\"a\":1}");
    without_cuts("{\"similarity\":1,\"a\":1,\"duplicateOf\":{\"k\":[]},\"b\":2}", "{\"a\":1,\"b\":2}");
    without_cuts("{\"similarity\":1,\"duplicateOf\":null}", "{}");
    assert_true(line.bare);
    without_cuts("{\"a\":1,\"similarity\":1,\"b\":{\"similarity\":2}}", "{\"a\":1,\"b\":{\"similarity\":2}}");
    assert_false(line.bare);
}

static void undoes_escapes(void **state)
{
    char out[256];
    static const char *const cases[][2] = {
        {"plain", "plain"},
        {"a\\nb\\t\\\"c\\\\\\/\\b\\f\\r", "a\nb\t\"c\\/\b\f\r"},
        {"\\u0041\\u00e9\\u20AC", "A\xC3\xA9\xE2\x82\xAC"},
        {"\\uD83D\\uDE00!", "\xF0\x9F\x98\x80!"},
        {"\\uD83D!", "\xEF\xBF\xBD!"},
        {"\\uDE00\\uD83D", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\\uD83D\\u0041", "\xEF\xBF\xBD"
                           "A"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size = runut_json_unescape(runut_slice_of(cases[i][0]), out);
        assert_true(size <= strlen(cases[i][0]));
        out[size] = '\0';
        assert_string_equal(out, cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_is_json),
        cmocka_unit_test(refuses_what_is_none_and_says_where),
        cmocka_unit_test(refuses_every_beginning),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(finds_text_and_name_by_rank),
        cmocka_unit_test(cuts_marks_of_an_earlier_run),
        cmocka_unit_test(undoes_escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
