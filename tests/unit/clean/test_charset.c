#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "clean/stage.h"

typedef struct row {
    const char *bytes;
    size_t size;
    const char *declared;
    bool html;
    const char *text; /* NULL: binary */
} row;

#define BYTES(literal) literal, sizeof(literal) - 1

static const row rows[] = {
    {BYTES("plain"), "", false, "plain"},
    {BYTES("\xEF\xBB\xBFmark"), "windows-1252", false, "mark"},
    {BYTES("caf\xC3\xA9"), "", false, "café"},
    {BYTES("caf\xC3\xA9"), "iso-8859-1", false, "café"}, /* a declaration that valid UTF-8 contradicts */
    {BYTES("un caf\xE9 noir"), "utf-8", false, "un café noir"},
    {BYTES("\x93so\x94 \x97 said"), "iso-8859-1", false, "“so” — said"}, /* the web's Latin-1 is windows-1252 */
    {BYTES("<meta charset=windows-1251><p>\xCF\xF0\xE8\xE2\xE5\xF2"), "", true, "<meta charset=windows-1251><p>Привет"},
    {BYTES("<meta http-equiv=content-type content='text/html; charset=koi8-r'>\xD0\xD2"), "", true,
     "<meta http-equiv=content-type content='text/html; charset=koi8-r'>пр"},
    {BYTES("<!-- <meta charset=koi8-r> --><meta charset=latin1>\xE9"), "", true,
     "<!-- <meta charset=koi8-r> --><meta charset=latin1>é"},
    {BYTES("<a title='<meta charset=koi8-r>'><meta charset=latin1>\xE9"), "", true,
     "<a title='<meta charset=koi8-r>'><meta charset=latin1>é"},
    {BYTES("\x83\x65\x83\x58\x83\x67"), "shift_jis", false, "テスト"},
    {BYTES("\xC4\xE3\xBA\xC3"), "gb2312", false, "你好"},
    {BYTES("\xFF\xFEh\0i\0"), "", false, "hi"},
    {BYTES("\xFE\xFF\0h\0i"), "", false, "hi"},
    {BYTES("w\0i\0t\0h\0o\0u\0t\0 \0m\0a\0r\0k\0"), "", false, "without mark"},
    {BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1"), "", false, NULL},
    {BYTES("caf\xE9 no such charset"), "x-nonsense", false, "café no such charset"},
    {BYTES("satu dua tiga \xE2\x80\x9Csepuluh kali\xE2\x80\x9D \xE2\x80\x94 \xE2\x80\x98ya\xE2\x80\x99 \xE2\x80\x93 "
           "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xE2\x80"),
     "utf-8", false,
     "satu dua tiga “sepuluh kali” — ‘ya’ – éééééé \xEF\xBF\xBD"}, /* UTF-8 that was cut off stays UTF-8 */
    {BYTES("\x1B$B%F%9%H\x1B(B ok"), "", true, "テスト ok"},       /* ISO-2022-JP that nobody declared */
    {BYTES(""), "", true, ""},
    /* encoded twice, by way of windows-1252 and of Latin-1; what only looks like the beginning of it stays */
    {BYTES("<p>bakers\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2 guild \xC3\xA2\xC2\x80\xC2\x94 tr\xC3\xA8s p\xC3\xA2le \xC3\xA2"),
     "", true, "<p>bakers’ guild — très pâle â"},
};

static void test_rows(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new((size_t)1 << 24);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool binary;
        runut_slice got = runut_charset_decode(arena, (runut_slice){rows[i].bytes, rows[i].size},
                                               runut_slice_of(rows[i].declared), rows[i].html, &binary);
        if (binary != (rows[i].text == NULL) || (rows[i].text && !runut_slice_is(got, rows[i].text)))
            fail_msg("row %zu: got '%.*s', binary %d, wanted '%s'", i, (int)got.size, got.at, binary,
                     rows[i].text ? rows[i].text : "(binary)");
    }
    runut_arena_free(arena);
}

static void test_any_bytes_become_utf8(void **state)
{
    (void)state;
    static const char *const names[] = {"",        "utf-8",        "utf-16", "big5", "euc-jp", "iso-2022-jp",
                                        "gb18030", "windows-1252", "utf-7",  "x"};
    runut_arena *arena = runut_arena_new((size_t)1 << 26);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    uint32_t seed = 1;
    char bytes[300];
    for (int round = 0; round < 400; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(round % 2 ? seed >> 24 : (seed >> 24) | 0x80);
        }
        bool binary;
        runut_slice got = runut_charset_decode(arena, (runut_slice){bytes, sizeof bytes},
                                               runut_slice_of(names[round % 10]), round % 3 == 0, &binary);
        assert_true(runut_utf8_valid(got));
    }
    runut_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_any_bytes_become_utf8)};
    return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
