/* Statements of hostile text: nothing breaks, every span is inside, and time grows with the text's size only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "annotate/quotes.h"
#include "annotate/stage.h"
#include "base/slice.h"

typedef struct tools {
    runut_texts *texts;
    runut_cues *cues;
} tools;

static int setup(void **state)
{
    tools *t = calloc(1, sizeof *t);
    *state = t;
    if (!t)
        return -1;
    t->texts = runut_texts_new();
    t->cues = runut_cues_new();
    return t->texts && t->cues ? 0 : -1;
}

static int teardown(void **state)
{
    tools *t = *state;
    runut_texts_free(t->texts);
    runut_cues_free(t->cues);
    free(t);
    return 0;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void people_of_capitals(runut_arena *arena, runut_annotation *a)
{
    runut_name name = {.kind = RUNUT_PERSON, .canonical = RUNUT_LITERAL("Rudi")};
    RUNUT_PUSH(arena, a->names, name);
    for (size_t i = 0; i < a->tokens.size; i++)
        if (a->tokens.at[i].upper)
            RUNUT_PUSH(arena, a->mentions, ((runut_mention){a->tokens.at[i].span, 0}));
}

/* Annotates `times` repetitions of `piece`; the seconds that statements took. */
static double annotate(const tools *t, const char *piece, size_t times, size_t *statements)
{
    size_t length = strlen(piece);
    char *text = malloc(length * times + 1);
    runut_arena *arena = runut_arena_new((size_t)2 << 30);
    assert_non_null(text);
    assert_non_null(arena);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * length, piece, length);
    runut_article article = {.body = {text, length * times}};
    runut_annotation a = {.article = &article, .body = article.body};
    runut_texts_annotate(t->texts, arena, &a);
    a.language = RUNUT_LITERAL("id");
    people_of_capitals(arena, &a);
    double start = seconds();
    runut_statements_annotate(t->cues, arena, &a);
    double took = seconds() - start;
    for (size_t i = 0; i < a.statements.size; i++) {
        assert_true(a.statements.at[i].span.start < a.statements.at[i].span.end);
        assert_true(a.statements.at[i].span.end <= a.body.size);
        assert_non_null(a.statements.at[i].why);
    }
    *statements = a.statements.size;
    runut_arena_free(arena);
    free(text);
    return took;
}

/* Four times the text may take eight times as long, not sixteen; below a few milliseconds the clock means nothing. */
static void hostile_text_is_linear(void **state)
{
    static const char *const pieces[] = {
        "\"",
        "\" ",
        "”\n",
        "'",
        "“a” ",
        "\"a ",
        "“a\n",
        "\"a\" kata ",
        "Rudi, ",
        "menurut ",
        "(",
        "kata ",
        "itu dosen ",
        "yang Rudi ",
        "\"A.\" ",
        "1) ",
        ", ",
        "mengatakan ",
        "seorang dosen ",
        "said the X, ",
        "Rudi mengatakan ",
        "\"a,\" kata dosen itu. Budi, ",
    };
    size_t count;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        double small = annotate(*state, pieces[i], 10000, &count);
        double large = annotate(*state, pieces[i], 40000, &count);
        if (large > 8 * small + 0.05)
            fail_msg("%s: %f s, four times the text: %f s", pieces[i], small, large);
    }
}

static void every_repetition_counts(void **state)
{
    size_t count;
    annotate(*state, "\"Kami lari,\" kata Rudi. Hujan turun.\n", 5000, &count);
    assert_int_equal(count, 5000);
}

static void no_text_no_statements(void **state)
{
    size_t count = 1;
    annotate(*state, "", 1, &count);
    assert_int_equal(count, 0);
    annotate(*state, "\n", 3, &count);
    assert_int_equal(count, 0);
}

/* A forgotten mark at the start must not turn the quotations after it inside out. */
static void one_forgotten_mark_spoils_little(void **state)
{
    (void)state;
    const char *line = "Ia berkata, \"Kami lari.\" Lalu pergi.\n";
    size_t length = strlen(line), times = 3000;
    char *text = malloc(length * times + 64);
    runut_arena *arena = runut_arena_new((size_t)256 << 20);
    assert_non_null(text);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    size_t size = strlen(strcpy(text, "Ia berkata, \"Kami lari. Lalu pergi.\n"));
    for (size_t i = 0; i < times; i++, size += length)
        memcpy(text + size, line, length);
    runut_quotes quotes = {0};
    runut_quotes_find(arena, (runut_slice){text, size}, &quotes);
    size_t good = 0;
    for (size_t i = 0; i < quotes.size; i++) {
        runut_span span = quotes.at[i].inner;
        good += runut_slice_is(runut_slice_part((runut_slice){text, size}, span.start, span.end), "Kami lari.");
    }
    assert_int_equal(good, times);
    runut_arena_free(arena);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_text_is_linear),
        cmocka_unit_test(every_repetition_counts),
        cmocka_unit_test(no_text_no_statements),
        cmocka_unit_test(one_forgotten_mark_spoils_little),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
