/* The table of sessions: values that nobody can guess, no more than it holds, none for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "serve/session.h"

static bool has(runut_sessions *sessions, const char *format, const char *value, int64_t now)
{
    char cookies[400];
    snprintf(cookies, sizeof cookies, format, value);
    return runut_session_in(sessions, cookies, now);
}

static void a_session_is_known_by_its_cookie(void **state)
{
    (void)state;
    char a[RUNUT_SESSION_SIZE + 1], b[RUNUT_SESSION_SIZE + 1];
    runut_sessions *s = runut_sessions_new(8750);
    assert_false(has(s, "runut-8750=%s", "", 0));
    assert_true(runut_session_open(s, a, 1) && runut_session_open(s, b, 1));
    assert_int_equal(strlen(a), RUNUT_SESSION_SIZE);
    assert_string_not_equal(a, b);
    assert_true(has(s, "runut-8750=%s", a, 2));
    assert_true(has(s, "x=y; runut-8750=%s; z=1", b, 2));
    assert_true(has(s, ";; runut-8750=old;runut-8750=%s", b, 2));
    const char *const others[] = {"runut-8751=%s",
                                  "xrunut-8750=%s",
                                  "runut-8750=%sa",
                                  "runut-8750=a%s",
                                  "runut-8750 =%s",
                                  "runut-8750=\"%s\"",
                                  "%s",
                                  "runut-8750",
                                  "",
                                  ";",
                                  "runut-8750=",
                                  "=%s"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(has(s, others[i], a, 2));
    a[0] = a[0] == '0' ? '1' : '0';
    assert_false(has(s, "runut-8750=%s", a, 2));
    runut_sessions_free(s);
}

static void the_one_idle_for_longest_goes(void **state)
{
    (void)state;
    static char values[300][RUNUT_SESSION_SIZE + 1];
    runut_sessions *s = runut_sessions_new(1);
    for (int i = 0; i < 256; i++)
        assert_true(runut_session_open(s, values[i], i));
    assert_true(has(s, "runut-1=%s", values[0], 1000)); /* used again */
    assert_true(runut_session_open(s, values[256], 1001));
    assert_true(has(s, "runut-1=%s", values[0], 1002));
    assert_false(has(s, "runut-1=%s", values[1], 1002));
    assert_true(has(s, "runut-1=%s", values[2], 1002));
    assert_true(has(s, "runut-1=%s", values[256], 1002));
    runut_sessions_free(s);
}

static void none_lasts_for_ever(void **state)
{
    (void)state;
    const int64_t day = 24 * 3600 * 1000;
    char value[RUNUT_SESSION_SIZE + 1];
    runut_sessions *s = runut_sessions_new(1);
    assert_true(runut_session_open(s, value, 0));
    assert_true(has(s, "runut-1=%s", value, 29 * day));
    assert_true(has(s, "runut-1=%s", value, 58 * day));
    assert_false(has(s, "runut-1=%s", value, 89 * day));
    runut_sessions_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_known_by_its_cookie),
        cmocka_unit_test(the_one_idle_for_longest_goes),
        cmocka_unit_test(none_lasts_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
