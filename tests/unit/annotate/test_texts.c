/* The text module as its callers use it: spans, stems that outlive the cache, tokens of a query, broken input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/stage.h"
#include "annotate/texts.h"
#include "base/slice.h"
#include "base/utf8.h"

static runut_annotation *annotate(runut_texts *texts, runut_arena *arena, runut_slice body)
{
    runut_article *article = runut_arena_alloc(arena, sizeof *article);
    runut_annotation *a = runut_arena_alloc(arena, sizeof *a);
    article->body = a->body = body;
    a->article = article;
    runut_texts_annotate(texts, arena, a);
    return a;
}

/* Tokens are in order, lie in their sentence, and every sentence begins where the one before ended. */
static void check_order(const runut_annotation *a)
{
    uint32_t end = 0, token = 0;
    for (size_t s = 0; s < a->sentences.size; s++) {
        const runut_sentence *sentence = &a->sentences.at[s];
        assert_int_equal(sentence->first_token, token);
        assert_true(sentence->end_token > sentence->first_token);
        for (; token < sentence->end_token; token++) {
            const runut_token *t = &a->tokens.at[token];
            assert_true(t->span.start >= end && t->span.end > t->span.start && t->span.end <= a->body.size);
            assert_int_equal(t->sentence, s);
            end = t->span.end;
        }
    }
    assert_int_equal(token, a->tokens.size);
}

static void spans_hold_on_any_bytes(void **state)
{
    (void)state;
    runut_texts *texts = runut_texts_new();
    runut_arena *arena = runut_arena_new(64 << 20);
    assert_non_null(texts);
    static const char *const pieces[] = {
        "a",    ".",    "-",  "'", "\"",           "1",    ",",    " ", "\n", "U.S",      "l'", "é",
        "\xC3", "\xFF", "中", "ก", "\xE2\x80\x9D", "www.", ".com", "(", ")",  "\xCC\x81", "A",  "Dr."};
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        char text[400];
        size_t size = 0;
        while (size < 300) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        runut_arena_reset(arena);
        assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
        runut_slice body = runut_arena_copy(arena, (runut_slice){text, size});
        if (round % 4) /* annotate is promised UTF-8; it must not break on anything else */
            body = runut_utf8_repair(arena, body);
        check_order(annotate(texts, arena, body));
    }
    runut_arena_free(arena);
    runut_texts_free(texts);
}

static runut_slice stem_of(runut_stems *stems, runut_arena *arena, runut_slice word, runut_slice language)
{
    return runut_stems_of(stems, arena, word, runut_slice_hash(word), language);
}

static void stems_outlive_the_cache(void **state)
{
    (void)state;
    runut_stems *stems = runut_stems_new();
    runut_arena *arena = runut_arena_new(64 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_slice first = stem_of(stems, arena, RUNUT_LITERAL("menulis"), RUNUT_LITERAL("id"));
    for (int i = 0; i < 70000; i++) { /* more than it holds */
        runut_slice word = runut_arena_printf(arena, "kata%dan", i);
        runut_slice stem = stem_of(stems, arena, word, RUNUT_LITERAL("en"));
        assert_true(stem.size > 0 && stem.size <= word.size);
    }
    runut_slice again = stem_of(stems, arena, RUNUT_LITERAL("menulis"), RUNUT_LITERAL("id"));
    assert_true(runut_slice_equal(first, again));
    assert_true(runut_slice_is(stem_of(stems, arena, RUNUT_LITERAL("menulis"), RUNUT_LITERAL("qq")), "menulis"));
    runut_arena_free(arena);
    runut_stems_free(stems);
}

static void affixes_are_stripped_without_a_dictionary(void **state)
{
    (void)state;
    assert_true(runut_slice_is(runut_stems_strip(RUNUT_LITERAL("membaca")), "baca"));
    assert_true(runut_slice_is(runut_stems_strip(RUNUT_LITERAL("dikatakan")), "kata"));
    assert_true(runut_slice_is(runut_stems_strip(RUNUT_LITERAL("negara-negara")), "negara"));
    assert_true(runut_slice_is(runut_stems_strip(RUNUT_LITERAL("ke")), "ke"));
    assert_null(runut_hunspell_new("/nowhere/x.aff", "/nowhere/x.dic"));
}

static void a_query_is_cut_as_a_body_is(void **state)
{
    (void)state;
    runut_texts *texts = runut_texts_new();
    runut_arena *arena = runut_arena_new(1 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    runut_tokens tokens = {0};
    runut_texts_tokenize(texts, arena, RUNUT_LITERAL("PEMIMPIN ke-78"), RUNUT_LITERAL("id"), &tokens);
    assert_int_equal(tokens.size, 4);
    assert_true(runut_slice_is(tokens.at[0].folded, "pemimpin") && runut_slice_is(tokens.at[0].stem, "pimpin"));
    assert_true(tokens.at[0].all_upper && tokens.at[0].upper && !tokens.at[1].upper);
    assert_int_equal(tokens.at[3].kind, RUNUT_TOKEN_NUMBER);
    runut_arena_free(arena);
    runut_texts_free(texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_hold_on_any_bytes),
        cmocka_unit_test(stems_outlive_the_cache),
        cmocka_unit_test(affixes_are_stripped_without_a_dictionary),
        cmocka_unit_test(a_query_is_cut_as_a_body_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
