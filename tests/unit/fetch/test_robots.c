#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/slice.h"
#include "fetch/robots.h"

static runut_arena *arena;

static runut_robots read_text(const char *text)
{
    return runut_robots_read(arena, runut_slice_of(text), RUNUT_LITERAL("runut"));
}

static bool may(const char *text, const char *target)
{
    runut_robots robots = read_text(text);
    return runut_robots_allow(&robots, arena, runut_slice_of(target));
}

static void groups(void **state)
{
    static const char two[] = "User-agent: *\nDisallow: /\n\nUser-agent: Runut\nUser-agent: other\nDisallow: /a\n";
    (void)state;
    assert_true(may(two, "/b"));
    assert_false(may(two, "/a"));
    assert_false(may("User-agent: *\nDisallow: /\n", "/b"));
    assert_true(may("User-agent: runuttoo\nDisallow: /\n", "/b"));
    assert_false(may("USER-AGENT : runut/0.1 (x)\r\ndisallow:/ # all of it\r\n", "/b"));
    assert_true(may("Disallow: /\nUser-agent: x\nDisallow: /\n", "/b"));       /* rules of nobody */
    assert_true(may("User-agent: *\nDisallow: /\nUser-agent: runut\n", "/b")); /* named, and free */
    assert_true(may("", "/b"));
    assert_false(may("\xEF\xBB\xBFUser-agent: *\rDisallow: /b\r", "/b"));
}

static void groups_of_one_name_are_one(void **state)
{
    static const char text[] = "User-agent: runut\nDisallow: /a\nUser-agent: x\nDisallow: /b\n"
                               "User-agent: runut\nDisallow: /c\n";
    (void)state;
    assert_false(may(text, "/a"));
    assert_true(may(text, "/b"));
    assert_false(may(text, "/c"));
}

/* The examples of RFC 9309, 5.2, and of its 2.2.2 and 2.2.3. */
static void as_the_standard_has_it(void **state)
{
    static const char longest[] = "User-Agent: runut\nAllow: /example/page/\n"
                                  "Disallow: /example/page/disallowed.gif\n";
    static const char equal[] = "User-agent: *\nDisallow: /page\nAllow: /page\n";
    (void)state;
    assert_true(may(longest, "/example/page/"));
    assert_false(may(longest, "/example/page/disallowed.gif"));
    assert_true(may(equal, "/page"));
    static const char *const pairs[][2] = {
        {"/foo/bar?baz=quz", "/foo/bar?baz=quz"},
        {"/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http%3A%2F%2Ffoo.bar"},
        {"/foo/bar/\xE3\x83\x84", "/foo/bar/%E3%83%84"},
        {"/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84"},
        {"/foo/bar/%62%61%7A", "/foo/bar/baz"},
        {"/path/file-with-a-%2A.html", "/path/file-with-a-*.html"},
        {"/path/foo-%24", "/path/foo-$"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char text[200];
        snprintf(text, sizeof text, "User-agent: *\nDisallow: %s\n", pairs[i][0]);
        assert_int_equal(may(text, pairs[i][1]), i == 1); /* reserved characters and their escapes differ */
    }
}

static void patterns(void **state)
{
    static const struct {
        const char *pattern, *target;
        bool fits;
    } cases[] = {
        {"/*.gif$", "/a/b.gif", true},
        {"/*.gif$", "/a/b.gif?x", false},
        {"/*.gif", "/a/b.gif?x", true},
        {"*", "/a", true},
        {"/a*b*c", "/a1b2c3", true},
        {"/a*b*c", "/a1c2b3", false},
        {"/a$", "/a", true},
        {"/a$", "/ab", false},
        {"/a$b", "/a$b", true},
        {"/a*$", "/abc", true},
        {"/*a*a$", "/a", false},
        {"/*a*a$", "/aa", true},
        {"/fish", "/fishheads/y", true},
        {"/fish/", "/fish", false},
        {"/Fish", "/fish", false},
        {"fish", "/fish", false},
        {"/a**b", "/ab", true},
        {"$", "/", false},
        {"/%", "/%", true},
        {"/%zz", "/%zz", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];
        snprintf(text, sizeof text, "User-agent: *\nDisallow: %s\n", cases[i].pattern);
        if (may(text, cases[i].target) == cases[i].fits)
            fail_msg("%s %s", cases[i].pattern, cases[i].target);
    }
    assert_true(may("User-agent: *\nDisallow:\n", "/a"));
    assert_true(may("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

static void delays(void **state)
{
    (void)state;
    assert_int_equal(read_text("User-agent: *\nCrawl-delay: 2\n").delay, 2000);
    assert_int_equal(read_text("User-agent: *\nCrawl-delay: 0.25\n").delay, 250);
    assert_int_equal(read_text("User-agent: *\nCrawl-delay: 99999999999999999999\n").delay, 3600000);
    assert_int_equal(read_text("User-agent: *\nCrawl-delay: 3600.5\n").delay, 3600000);
    assert_int_equal(read_text("User-agent: *\nCrawl-delay: x\n").delay, 0);
    assert_int_equal(read_text("User-agent: x\nCrawl-delay: 9\n").delay, 0);
    assert_int_equal(read_text("User-agent: *\nCrawl-delay: 9\nDisallow: /x\nUser-agent: runut\nAllow: /\n").delay, 0);
}

/* A path and rules that are made to be slow. */
static void time_stays_linear(void **state)
{
    enum { SIZE = 500 << 10 };
    (void)state;
    char *text = test_malloc(SIZE + 1), target[4001];
    size_t size = (size_t)snprintf(text, SIZE, "User-agent: *\nDisallow: /");
    while (size < SIZE - 3)
        size += (size_t)snprintf(text + size, SIZE - size, "*a");
    memcpy(text + SIZE - 2, "b$", 3);
    memset(target, 'a', 4000);
    target[0] = '/';
    target[4000] = '\0';
    assert_true(may(text, target));
    test_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(groups),   cmocka_unit_test(groups_of_one_name_are_one),
                                       cmocka_unit_test(patterns), cmocka_unit_test(as_the_standard_has_it),
                                       cmocka_unit_test(delays),   cmocka_unit_test(time_stays_linear)};
    arena = runut_arena_new(64 << 20);
    int failed = setjmp(*runut_arena_guard(arena)) == 0 ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
    runut_arena_free(arena);
    return failed;
}
