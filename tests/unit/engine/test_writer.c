#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "base/slice.h"
#include "engine/writer.h"

static void writes_nested_values(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(1 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_slices none = {0};
    runut_writer out = runut_writer_new(arena);
    runut_writer_open(&out, '{');
    runut_writer_put(&out, "headline", RUNUT_LITERAL("Gempa \"M6,1\"\n"));
    runut_writer_put(&out, "publisher", (runut_slice){"", 0});
    runut_writer_put_texts(&out, "author", &none);
    runut_writer_put_span(&out, (runut_span){0, 4294967295u});
    runut_writer_put_day(&out, "date", RUNUT_NO_DAY);
    runut_writer_key(&out, "weight");
    runut_writer_rounded(&out, 1.0 / 3);
    runut_writer_key(&out, "list");
    runut_writer_open(&out, '[');
    runut_writer_number(&out, 10);
    runut_writer_open(&out, '[');
    runut_writer_close(&out, ']');
    runut_writer_text(&out, RUNUT_LITERAL("a"));
    runut_writer_close(&out, ']');
    runut_writer_close(&out, '}');
    assert_true(runut_slice_is(
        runut_buffer_slice(&out.out),
        "{\"headline\":\"Gempa \\\"M6,1\\\"\\n\",\"publisher\":null,\"author\":[],\"start\":0,\"end\":4294967295,"
        "\"date\":null,\"weight\":0.333,\"list\":[10,[],\"a\"]}"));
    runut_arena_free(arena);
}

/* Every byte, at every place of a word of eight bytes, beside others that are escaped and that are not. */
static void escapes_as_json_c_does(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(16 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    for (int byte = 0; byte < 256; byte++)
        for (size_t place = 0; place < 17; place++) {
            char text[17] = "abc/\x7f\xc3\xa9 \"xyz\\!#12";
            text[place] = (char)byte;
            struct json_object *wanted = json_object_new_string_len(text, sizeof text);
            runut_writer out = runut_writer_new(arena);
            runut_writer_text(&out, (runut_slice){text, sizeof text});
            assert_true(runut_slice_is(
                runut_buffer_slice(&out.out),
                json_object_to_json_string_ext(wanted, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)));
            json_object_put(wanted);
        }
    runut_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_nested_values),
        cmocka_unit_test(escapes_as_json_c_does),
    };
    return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
