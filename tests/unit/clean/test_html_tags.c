/* Every element is found by its name, whatever the case; nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>
#include <string.h>

#include "base/slice.h"
#include "clean/html_tags.h"

static void every_tag_is_found(void **state)
{
    (void)state;
    for (int tag = 0; tag < RUNUT_TAG_OTHER; tag++) {
        char upper[16] = "";
        const char *name = runut_html_tag_name((runut_html_tag)tag);
        for (size_t i = 0; name[i]; i++)
            upper[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 32) : name[i];
        assert_int_equal(runut_html_tag_named(runut_slice_of(name)), tag);
        assert_int_equal(runut_html_tag_named(runut_slice_of(upper)), tag);
        assert_true(tag == 0 || strcmp(runut_html_tag_name((runut_html_tag)(tag - 1)), name) < 0);
    }
}

static void others_are_not(void **state)
{
    (void)state;
    static const char *const names[] = {"",  "zzz", "jj", "div2", "di",           "h7",
                                        "h", "my-", "{a", "@",    "\xC3\xA9",     "blockquotes",
                                        "1", "g",   "y",  "x",    "figcaption-2", "blockquot\x65\x65"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(runut_html_tag_named(runut_slice_of(names[i])), RUNUT_TAG_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_tag_is_found), cmocka_unit_test(others_are_not)};
    return cmocka_run_group_tests_name("html_tags", tests, NULL, NULL);
}
