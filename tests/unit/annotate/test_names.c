/* What must hold of names on any input: mentions in order, inside of the body, none overlapping, each of a name; and
 * the normal form under which names are looked up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/names_parts.h"
#include "base/buffer.h"
#include "base/slice.h"

typedef struct fixture {
    runut_texts *texts;
    runut_names *names;
    runut_arena *arena;
} fixture;

static int setup(void **state)
{
    static fixture f;
    f = (fixture){runut_texts_new(), runut_names_new(), runut_arena_new((size_t)1 << 30)};
    *state = &f;
    return f.texts && f.names && f.arena ? 0 : -1;
}

static int teardown(void **state)
{
    fixture *f = *state;
    runut_texts_free(f->texts);
    runut_names_free(f->names);
    runut_arena_free(f->arena);
    return 0;
}

static void check(const runut_annotation *annotation)
{
    uint32_t behind = 0;
    for (size_t i = 0; i < annotation->mentions.size; i++) {
        const runut_mention *mention = &annotation->mentions.at[i];
        assert_true(mention->span.start >= behind);
        assert_true(mention->span.end > mention->span.start);
        assert_true(mention->span.end <= annotation->body.size);
        assert_true(mention->name < annotation->names.size);
        behind = mention->span.end;
    }
    for (size_t i = 0; i < annotation->names.size; i++) {
        assert_true(annotation->names.at[i].mentions > 0);
        assert_true(annotation->names.at[i].canonical.size > 0);
        assert_true(annotation->names.at[i].key.size > 0);
    }
}

static const runut_annotation *annotate(fixture *f, runut_slice body)
{
    static runut_article article;
    static runut_annotation annotation;
    article = (runut_article){.body = body, .publisher = RUNUT_LITERAL("Kabar.com")};
    annotation = (runut_annotation){.article = &article, .body = body};
    runut_arena_reset(f->arena);
    assert_int_equal(RUNUT_ARENA_TRY(f->arena), 0);
    runut_texts_annotate(f->texts, f->arena, &annotation);
    runut_names_annotate(f->names, f->arena, &annotation);
    check(&annotation);
    return &annotation;
}

static void test_nothing(void **state)
{
    fixture *f = *state;
    assert_int_equal(annotate(f, RUNUT_LITERAL(""))->names.size, 0);
    assert_int_equal(annotate(f, RUNUT_LITERAL(" \n\n . "))->names.size, 0);
}

/* A fixed stream of awkward pieces in every order that a small generator gives. */
static void test_awkward(void **state)
{
    static const char *const pieces[] = {"Presiden ",   "A",
                                         "Kim ",        "PT ",
                                         "(",           ")",
                                         ", ",          ". ",
                                         " dan ",       "de ",
                                         "Kota ",       "AS ",
                                         "“",           "”",
                                         "-",           " – ",
                                         "3 ",          "Jl. ",
                                         "’s ",         "'s",
                                         "U.S. ",       "Rusia-Korut ",
                                         "anti-Rusia ", "印度尼西亚",
                                         "中",          "é",
                                         "Ünïcode ",    "\xCC\x81",
                                         "🙂",        "FC ",
                                         "bin ",        "\n",
                                         "Br. ",        "(PN) ",
                                         "Tbk ",        "& ",
                                         "/ ",          "Badan Air, Api, dan Angin "};
    fixture *f = *state;
    uint32_t seed = 7;
    for (int round = 0; round < 400; round++) {
        static char text[4096];
        size_t size = 0;
        for (int k = 0; k < 60; k++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        annotate(f, (runut_slice){text, size});
    }
}

static void repeat(fixture *f, const char *piece, size_t times)
{
    runut_arena *arena = runut_arena_new((size_t)1 << 28);
    runut_buffer text = runut_buffer_new(arena, (size_t)1 << 26);
    for (size_t i = 0; i < times; i++)
        runut_buffer_text(&text, piece);
    annotate(f, runut_buffer_slice(&text));
    runut_arena_free(arena);
}

/* Would take minutes if any step were quadratic. */
static void test_long(void **state)
{
    fixture *f = *state;
    repeat(f, "Kim ", 100000);
    repeat(f, "Presiden ", 60000);
    repeat(f, "(PT) ", 60000);
    repeat(f, "Rusia-", 60000);
    repeat(f, "国", 60000);
    repeat(f, "A. ", 60000);
}

static void test_normal(void **state)
{
    fixture *f = *state;
    runut_arena_reset(f->arena);
    runut_slice normal = runut_names_normal(f->arena, RUNUT_LITERAL("jong-un"));
    assert_true(runut_slice_is(normal, "jong un"));
    assert_true(runut_slice_is(runut_names_normal(f->arena, RUNUT_LITERAL("u.s.")), "u s"));
    assert_true(runut_slice_is(runut_names_normal(f->arena, RUNUT_LITERAL("ta\xE2\x80\x99zim")), "ta'zim"));
    assert_int_equal(runut_names_normal(f->arena, RUNUT_LITERAL("-.-")).size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing), cmocka_unit_test(test_awkward),
                                       cmocka_unit_test(test_long), cmocka_unit_test(test_normal)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
