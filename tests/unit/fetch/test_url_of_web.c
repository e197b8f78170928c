#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/slice.h"
#include "fetch/url.h"

static runut_arena *arena;

static void is(const char *text, const char *wanted, const char *origin, const char *target)
{
    runut_url url;
    assert_true(runut_url_read(arena, runut_slice_of(text), &url));
    assert_string_equal(url.text.at, wanted);
    assert_string_equal(url.origin.at, origin);
    assert_string_equal(url.target.at, target);
}

static void one_form(void **state)
{
    static const char host[] = "https://kabar.example:443";
    (void)state;
    is("https://kabar.example/a?b=c", "https://kabar.example/a?b=c", host, "/a?b=c");
    is(" HTTPS://Kabar.Example \n", "https://kabar.example/", host, "/");
    is("https://kabar.example:443/a#b?c", "https://kabar.example/a", host, "/a");
    is("https://kabar.example?x", "https://kabar.example/?x", host, "/?x");
    is("https://kabar.example/a/../b/./c", "https://kabar.example/b/c", host, "/b/c");
    is("https://kabar.example/a b\xC3\xA9", "https://kabar.example/a%20b%C3%A9", host, "/a%20b%C3%A9");
    is("http://kabar.example:8080/", "http://kabar.example:8080/", "http://kabar.example:8080", "/");
    is("http://0x7f.1/", "http://127.0.0.1/", "http://127.0.0.1:80", "/");
    is("http://[::1]:81/", "http://[::1]:81/", "http://[::1]:81", "/");
}

static void none(void **state)
{
    static const char *const texts[] = {"",
                                        "kabar.example",
                                        "/a",
                                        "//kabar.example/",
                                        "ftp://kabar.example/",
                                        "file:///etc/passwd",
                                        "javascript:alert(1)//://",
                                        "http://",
                                        "http://me@kabar.example/",
                                        "http://me:secret@kabar.example/",
                                        "http://kabar.example:99999/",
                                        "http://kabar example/",
                                        "http://kabar%7F.example/",
                                        "http://kabar.example%2F@x/",
                                        "http://kabar.example/\r\nX: y",
                                        "http://kabar.example/\x7F"};
    runut_url url;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (runut_url_read(arena, runut_slice_of(texts[i]), &url))
            fail_msg("%s", texts[i]);
}

static void too_long(void **state)
{
    char text[RUNUT_URL_MOST + 2];
    runut_url url;
    (void)state;
    memset(text, 'a', sizeof text);
    memcpy(text, "http://kabar.example/", 21);
    assert_true(runut_url_read(arena, (runut_slice){text, RUNUT_URL_MOST}, &url));
    assert_false(runut_url_read(arena, (runut_slice){text, RUNUT_URL_MOST + 1}, &url));
    memset(text + 21, 0xFF, sizeof text - 21); /* each byte becomes three */
    assert_true(runut_url_read(arena, (runut_slice){text, RUNUT_URL_MOST}, &url));
    assert_int_equal(url.text.size, 21 + 3 * (RUNUT_URL_MOST - 21));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_form), cmocka_unit_test(none), cmocka_unit_test(too_long)};
    arena = runut_arena_new(16 << 20);
    int failed = setjmp(*runut_arena_guard(arena)) == 0 ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
    runut_arena_free(arena);
    return failed;
}
