#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants the above before it */
#include <cmocka.h>

#include "base/calendar_names.h"
#include "base/slice.h"

static int month(const char *name, const char *language)
{
    return runut_month_named(runut_slice_of(name), runut_slice_of(language));
}

static int weekday(const char *name, const char *language)
{
    return runut_weekday_named(runut_slice_of(name), runut_slice_of(language));
}

static void months_of_many_languages(void **state)
{
    (void)state;
    assert_int_equal(month("agustus", "id"), 8);
    assert_int_equal(month("agu", "id"), 8);
    assert_int_equal(month("agt", "id"), 8);
    assert_int_equal(month("ogos", "ms"), 8);
    assert_int_equal(month("sept", "en-GB"), 9);
    assert_int_equal(month("août", "fr"), 8);
    assert_int_equal(month("августа", "ru"), 8);
    assert_int_equal(month("август", "ru"), 8);
    assert_int_equal(month("sierpnia", "pl"), 8);
    assert_int_equal(month("elokuuta", "fi"), 8);
    assert_int_equal(month("8月", "ja"), 8);
    assert_int_equal(month("desember", "nb"), 12);
}

static void weekdays_of_many_languages(void **state)
{
    (void)state;
    assert_int_equal(weekday("senin", "id"), 1);
    assert_int_equal(weekday("jum'at", "id"), 5);
    assert_int_equal(weekday("ahad", "ms"), 7);
    assert_int_equal(weekday("minggu", "id"), 7);
    assert_int_equal(weekday("thurs", "en"), 4);
    assert_int_equal(weekday("понедельник", "ru"), 1);
    assert_int_equal(weekday("montag", "de"), 1);
    assert_int_equal(weekday("terça-feira", "pt"), 2);
}

static void the_language_decides(void **state)
{
    (void)state;
    assert_int_equal(month("listopad", "pl"), 11);
    assert_int_equal(month("listopad", "hr"), 10);
    assert_int_equal(month("listopad", ""), 0);
    assert_int_equal(weekday("mar", "fr"), 2);
    assert_int_equal(month("may", "bas"), 11);
    assert_int_equal(month("may", "id"), 5);
    assert_int_equal(month("agustus", ""), 8);
    assert_int_equal(month("agustus", "und"), 8);
}

static void others_are_none(void **state)
{
    (void)state;
    assert_int_equal(month("", "en"), 0);
    assert_int_equal(month("senin", "id"), 0);
    assert_int_equal(weekday("agustus", "id"), 0);
    assert_int_equal(month("agustusan", "id"), 0);
    assert_int_equal(month("aaaa", "en"), 0);
    assert_int_equal(month("\xff\xff\xff", "en"), 0);
    assert_int_equal(month("\xf4\x8f\xbf\xbf", "en"), 0);
    assert_int_equal(month("#", "en"), 0);
    assert_int_equal(month("8", "en"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_of_many_languages),
        cmocka_unit_test(weekdays_of_many_languages),
        cmocka_unit_test(the_language_decides),
        cmocka_unit_test(others_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
