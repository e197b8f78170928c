#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/slice.h"
#include "base/url.h"

static runut_arena *arena;

static void is(const char *base, const char *reference, const char *wanted)
{
    runut_slice got = runut_url_resolve(arena, runut_slice_of(base), runut_slice_of(reference));
    if (!runut_slice_is(got, wanted))
        fail_msg("%s in %s: wanted %s, got %.*s", reference, base, wanted, (int)got.size, got.at);
}

/* The examples of RFC 3986, section 5.4. */
static void as_the_standard_has_it(void **state)
{
    static const char *const cases[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        is("http://a/b/c/d;p?q", cases[i][0], cases[i][1]);
}

static void others(void **state)
{
    (void)state;
    is("https://koran.example", "berita/1", "https://koran.example/berita/1");
    is("https://koran.example?x=/y/", "berita/1", "https://koran.example/berita/1");
    is("https://koran.example/a#b/c", "d", "https://koran.example/d");
    is("", "/berita/1", "/berita/1");
    is("/rss", "/berita/1", "/berita/1");
    is("https://koran.example/rss", " https://pos.example/1\n", "https://pos.example/1");
    is("https://koran.example/rss", "1:2", "https://koran.example/1:2");
    is("https://koran.example/rss", "../../../..", "https://koran.example/");
}

/* Addresses of one page have one key; those of others another one. */
static void a_page_has_one_key(void **state)
{
    static const char *const cases[][2] = {
        {"https://kabar.example/a/b", "kabar.example/a/b"},
        {" HTTP://WWW.Kabar.Example:80/a/b/#c ", "kabar.example/a/b"},
        {"https://m.kabar.example:443/a/b.html?utm_source=x&fbclid=1", "kabar.example/a/b"},
        {"https://amp.kabar.example/a/b/amp/", "kabar.example/a/b"},
        {"https://kabar.example/a/b.amp.html", "kabar.example/a/b"},
        {"https://kabar.example/a/b/index.php?AMP=1", "kabar.example/a/b"},
        {"https://kabar.example/?p=7&page=2", "kabar.example?p=7&page=2"},
        {"https://kabar.example/?page=2&&p=7&ref=x", "kabar.example?p=7&page=2"},
        {"https://kabar.example/A/b", "kabar.example/A/b"},
        {"https://kabar.example:8080/a", "kabar.example:8080/a"},
        {"http://m.co/a", "m.co/a"},
        {"https://kabar.example/", ""},
        {"https://www.kabar.example", ""},
        {"https://kabar.example/index.html?utm_medium=y", ""},
        {"https://ani@kabar.example/a", ""},
        {"ftp://kabar.example/a", ""},
        {"https:///a", ""},
        {"/a/b", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        runut_slice got = runut_url_key(arena, runut_slice_of(cases[i][0]));
        if (!runut_slice_is(got, cases[i][1]))
            fail_msg("%s: wanted %s, got %.*s", cases[i][0], cases[i][1], (int)got.size, got.at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_the_standard_has_it), cmocka_unit_test(others),
                                       cmocka_unit_test(a_page_has_one_key)};
    arena = runut_arena_new(1 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
