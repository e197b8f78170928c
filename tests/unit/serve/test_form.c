/* Forms as browsers, curl and broken clients send them, in pieces of every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/form.h"

static char heard[8192]; /* "name|file|content\n" for each part */
static size_t heard_size;
static unsigned parts, stop_at;

static void hear(const char *text, size_t size)
{
    assert_true(heard_size + size < sizeof heard);
    memcpy(heard + heard_size, text, size);
    heard_size += size;
    heard[heard_size] = '\0';
}

static bool begin(void *context, const runut_form_part *part)
{
    (void)context;
    hear(part->name, strlen(part->name));
    hear("|", 1);
    hear(part->file ? part->file : "-", part->file ? strlen(part->file) : 1);
    hear("|", 1);
    return ++parts != stop_at;
}

static bool data(void *context, const char *bytes, size_t size)
{
    (void)context;
    assert_true(size > 0);
    hear(bytes, size);
    return true;
}

static bool end(void *context)
{
    (void)context;
    hear("\n", 1);
    return true;
}

static int read_sized(const char *type, const char *body, size_t size, size_t step, runut_error *error)
{
    const runut_form_reader reader = {.begin = begin, .data = data, .end = end};
    heard[0] = '\0';
    heard_size = parts = 0;
    *error = (runut_error){0};
    runut_form *form = runut_form_new(type, &reader, error);
    if (!form)
        return error->code;
    int code = RUNUT_OK;
    for (size_t at = 0; at < size && code == RUNUT_OK; at += step) {
        size_t piece = size - at < step ? size - at : step;
        char *copy = malloc(piece); /* of its own, so that a look beyond it shows */
        memcpy(copy, body + at, piece);
        code = runut_form_take(form, copy, piece, error);
        free(copy);
    }
    if (code == RUNUT_OK)
        code = runut_form_finish(form, error);
    runut_form_free(form);
    return code;
}

/* Whatever the pieces, the same is heard. */
static void check(const char *type, const char *body, size_t size, int wanted_code, const char *wanted)
{
    for (size_t step = 1; step <= size; step++) {
        runut_error error;
        int code = read_sized(type, body, size, step, &error);
        if (code != wanted_code)
            fail_msg("step %zu: %d %s", step, code, error.message);
        if (wanted)
            assert_string_equal(heard, wanted);
    }
}

#define CHECK(type, body, code, wanted) check(type, body, sizeof(body) - 1, code, wanted)

#define PART(disposition) "Content-Disposition: form-data; " disposition "\r\n\r\n"

static void files_and_fields(void **state)
{
    (void)state;
    CHECK(
        "multipart/form-data; boundary=xx",
        "--xx\r\n" PART("name=\"files\"; filename=\"a.html\"") "<p>one</p>\r\n--xx\r\n" PART(
            "name=\"note\"") "a note\r\n--xx\r\nContent-Type: text/plain\r\n" PART("name=files; filename=b.txt") "-xx\r"
                                                                                                                 "\n-"
                                                                                                                 "x\r\n"
                                                                                                                 "--xx-"
                                                                                                                 "-\r"
                                                                                                                 "\n",
        RUNUT_OK, "files|a.html|<p>one</p>\nnote|-|a note\nfiles|b.txt|-xx\r\n-x\n");
}

static void odd_boundaries(void **state)
{
    (void)state;
    CHECK("Multipart/Form-Data; charset=x; boundary=\"a b'()+_,-./:=?\"; more=y",
          "preamble\r\n--a b'()+_,-./:=?\r\n" PART("name=f; filename=f") "1\r\n--a b'()+_,-./:=?--", RUNUT_OK,
          "f|f|1\n");
    CHECK("multipart/form-data; boundary=--", "----\r\n" PART("name=f; filename=f") "\r\n\r\n--\r\n------", RUNUT_OK,
          "f|f|\r\n\r\n--\n");
    CHECK("multipart/form-data; boundary=b",
          "--b  \t\r\n" PART("name=f; filename=f") "1\r\n--b \r\n" PART("name=g") "\r\n--b--x", RUNUT_OK,
          "f|f|1\ng|-|\n");
}

static void line_ends_are_content(void **state)
{
    (void)state;
    CHECK("multipart/form-data; boundary=b",
          "--b\r\n" PART("name=f; filename=f") "\r\r\n\r\n-\r\n--\r\n--c\n--b\r\n\r\r\n--b--", RUNUT_OK,
          "f|f|\r\r\n\r\n-\r\n--\r\n--c\n--b\r\n\r\n");
    CHECK("multipart/form-data; boundary=b", "--b\r\n" PART("name=f; filename=f") "a\0b\r\n--b--", RUNUT_OK, NULL);
    assert_memory_equal(heard, "f|f|a\0b\n", 9);
}

static void empty_parts(void **state)
{
    (void)state;
    CHECK("multipart/form-data; boundary=b",
          "--b\r\n" PART("name=f; filename=\"\"") "\r\n--b\r\n" PART("name=g; filename=g") "--b\r\n\r\nbare\r\n--b--",
          RUNUT_OK, "f||\ng|g|\n|-|bare\n");
    CHECK("multipart/form-data; boundary=b", "--b--", RUNUT_OK, "");
}

static void broken_forms(void **state)
{
    (void)state;
    const char *type = "multipart/form-data; boundary=b";
    CHECK(type, "x", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b-x", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b --", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--bx\r\n\r\n\r\n--b--", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b\n\r\n\r\n--b--", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b\r\nno field\r\n\r\n1\r\n--b--", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b\r\n: x\r\n\r\n1\r\n--b--", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b\r\nA: x\r\n folded\r\n\r\n1\r\n--b--", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b\r\nA: x\0y\r\n\r\n1\r\n--b--", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--b--", RUNUT_ERR_INPUT, NULL);
    CHECK(type, "--b\r\n" PART("name=f; filename=f") "1\r\n--b", RUNUT_ERR_INPUT, "f|f|1\n");
    CHECK(type, "--b\r\n" PART("name=f; filename=f") "the end is miss", RUNUT_ERR_INPUT, NULL);
}

static void boundaries_that_cannot_be(void **state)
{
    (void)state;
    const char *const types[] = {"multipart/form-data",
                                 "multipart/form-data; boundary=",
                                 "multipart/form-data; boundary=\"\"",
                                 "multipart/form-data; boundary=\"a \"",
                                 "multipart/form-data; boundary=\"a\tb\"",
                                 "multipart/form-data; boundary=\xC3\xA4",
                                 "multipart/form-data; xboundary=b"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        runut_error error;
        assert_int_equal(read_sized(types[i], "", 0, 1, &error), RUNUT_ERR_INPUT);
    }
    char lasting[400] = "multipart/form-data; boundary=";
    memset(lasting + strlen(lasting), 'b', 300);
    runut_error error;
    assert_int_equal(read_sized(lasting, "", 0, 1, &error), RUNUT_ERR_INPUT);
}

static void a_head_has_a_limit(void **state)
{
    (void)state;
    static char body[40000] = "--b\r\nA: ";
    runut_error error;
    memset(body + strlen(body), 'a', 30000);
    assert_int_equal(read_sized("multipart/form-data; boundary=b", body, strlen(body), 997, &error), RUNUT_ERR_INPUT);
    assert_true(error.byte > 16000 && error.byte < 17000);
}

static void the_reader_may_end_it(void **state)
{
    (void)state;
    const char body[] = "--b\r\n" PART("name=f; filename=f") "1\r\n--b\r\n" PART("name=g; filename=g") "2\r\n--b--";
    runut_error error;
    stop_at = 2;
    int code = read_sized("multipart/form-data; boundary=b", body, sizeof body - 1, 7, &error);
    stop_at = 0;
    assert_int_equal(code, RUNUT_ERR_STOPPED);
    assert_string_equal(heard, "f|f|1\ng|g|");
}

static void names_of_files(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"form-data; filename=\"a b.html\"", "a b.html"},
        {"form-data; name=\"x; filename=no\"; filename=\"a;b\"", "a;b"},
        {"form-data; filename=\"say \\\"hi\\\".txt\"", "say \"hi\".txt"},
        {"form-data; filename=\"C:\\pages\\a.txt\"", "C:\\pages\\a.txt"},
        {"form-data; filename=\"%22a%22 100%25%0A.txt\"", "\"a\" 100%25\n.txt"},
        {"form-data; FileName = a.txt", "a.txt"},
        {"form-data; filename=\"folder/page.html\"", "folder/page.html"},
        {"form-data; filename=\"../../etc/passwd\"", "../../etc/passwd"},
        {"form-data; filename=\"no end", "no end"},
        {"form-data; filename=\"old.txt\"; filename*=UTF-8''na%C3%AFve%20%e2%82%ac.txt",
         "na\xC3\xAFve \xE2\x82\xAC.txt"},
        {"form-data; filename*=utf-8'id'b.txt; filename=a.txt", "b.txt"},
        {"form-data; filename*=iso-8859-1''%E4.txt; filename=a.txt", "a.txt"},
        {"form-data; filename*=UTF-8'broken; filename=a.txt", "a.txt"},
        {"form-data; filename*=UTF-8''a%00b%zz%4", "a%00b%zz%4"},
        {"form-data; name=x", NULL},
        {"form-data", NULL},
        {"form-data;;;= ; =; filename", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[64];
        bool found = runut_field_file(cases[i][0], out, sizeof out);
        assert_int_equal(found, cases[i][1] != NULL);
        if (found)
            assert_string_equal(out, cases[i][1]);
    }
    char small[4];
    assert_false(runut_field_file("form-data; filename=abcd", small, sizeof small));
    assert_true(runut_field_file("form-data; filename=abc", small, sizeof small));
}

static void types_of_fields(void **state)
{
    (void)state;
    assert_true(runut_field_is("Text/HTML; charset=utf-8", "text/html"));
    assert_true(runut_field_is("text/html", "text/html"));
    assert_false(runut_field_is("text/html5", "text/html"));
    assert_false(runut_field_is("text/htm", "text/html"));
    assert_false(runut_field_is("", "text/html"));
}

static void labels_are_short_and_sound(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a.txt", "a.txt"},
        {"", ""},
        {"na\xC3\xAFve", "na\xC3\xAFve"},
        {"na\xEFve", "na\xEF\xBF\xBDve"},
        {"\xE2\x82", "\xEF\xBF\xBD"},
        {"123456789012345", "123456789012345"},
        {"1234567890123456", "\xE2\x80\xA6"
                             "567890123456"},
        {"folder/name-\xE2\x82\xAC\xE2\x82\xAC.txt", "\xE2\x80\xA6"
                                                     "e-\xE2\x82\xAC\xE2\x82\xAC.txt"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[16];
        runut_label_make(cases[i][0], out, sizeof out);
        assert_string_equal(out, cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_and_fields),
        cmocka_unit_test(odd_boundaries),
        cmocka_unit_test(line_ends_are_content),
        cmocka_unit_test(empty_parts),
        cmocka_unit_test(broken_forms),
        cmocka_unit_test(boundaries_that_cannot_be),
        cmocka_unit_test(a_head_has_a_limit),
        cmocka_unit_test(the_reader_may_end_it),
        cmocka_unit_test(names_of_files),
        cmocka_unit_test(types_of_fields),
        cmocka_unit_test(labels_are_short_and_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
