/* Whatever the text, what is written is XML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/xml_writer.h"

static void check(const char *text, const char *wanted)
{
    runut_xml out = {0};
    runut_xml_element(&out, "p", text);
    runut_xml_bytes(&out, "", 1);
    assert_false(out.failed);
    char whole[400] = "<p>";
    strcat(strcat(whole, wanted), "</p>\n");
    assert_string_equal(out.at, whole);
    free(out.at);
}

static void text_is_escaped(void **state)
{
    (void)state;
    check("a < b && c > \"d\" 'e'", "a &lt; b &amp;&amp; c &gt; &#34;d&#34; &#39;e&#39;");
    check("]]><!--<script>&#0;", "]]&gt;&lt;!--&lt;script&gt;&amp;#0;");
    check("na\xC3\xAFve \xE2\x82\xAC \xF0\x9F\x98\x80", "na\xC3\xAFve \xE2\x82\xAC \xF0\x9F\x98\x80");
    check("a\tb\nc\rd", "a&#9;b&#10;c&#13;d");
    check("", "");
    check(NULL, "");
}

static void what_is_no_character_is_left_out(void **state)
{
    (void)state;
    check("a\x01\x02 b\x1B[31m\x7F", "a b[31m");
    check("a\xC2\x80\xC2\x9F\xC2\xA0", "a\xC2\xA0");
    check("a\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD", "a\xEF\xBF\xBD");
    check("a\xED\xA0\x80", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    check("a\xE2\x82", "a\xEF\xBF\xBD");
    check("\xFF\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(what_is_no_character_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
