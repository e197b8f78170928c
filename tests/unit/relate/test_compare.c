/* Comparing: the same pair gets the same answer whatever was compared before; spans lie inside the bodies and do not
 * overlap much; hostile pairs take linear time. */
#include "relate/compare.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "relate/background.h"
#include "relate/passages.h"
#include "unit/relate/invented.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static runut_slice repeated(runut_arena *arena, const char *text, size_t times, bool numbered)
{
    runut_buffer out = runut_buffer_new(arena, 64u << 20);
    runut_buffer_text(&out, "language: en\n");
    for (size_t i = 0; i < times; i++) {
        runut_buffer_text(&out, text);
        if (numbered)
            runut_buffer_add(&out, runut_arena_printf(arena, "%zu ", i * 7919 % 997));
    }
    return runut_buffer_slice(&out);
}

static void check_span(runut_span span, runut_slice body)
{
    assert_true(span.start < span.end);
    assert_true(span.end <= body.size);
}

static void check(runut_comparer *comparer, runut_arena *arena, runut_slice one, runut_slice two)
{
    const runut_digest *a = invented_digest(arena, one), *b = invented_digest(arena, two);
    runut_slice body_a = invented_body(one), body_b = invented_body(two);
    double start = seconds();
    const runut_comparison *c = runut_compare_digests(comparer, arena, a, b, NULL, NULL);
    assert_true(seconds() - start < 5);
    assert_true(c->similarity >= 0 && c->similarity <= 1 && isfinite(c->score));
    assert_true(c->a_share >= 0 && c->a_share <= 1 && c->b_share >= 0 && c->b_share <= 1);
    for (size_t i = 0; i < c->shared.size; i++) {
        check_span(c->shared.at[i].a, body_a);
        check_span(c->shared.at[i].b, body_b);
    }
    for (size_t i = 0; i < c->only_a.size; i++)
        check_span(c->only_a.at[i], body_a);
    for (size_t i = 0; i < c->words.size; i++)
        check_span(c->words.at[i], body_a);
}

static void hostile_pairs(void **state)
{
    (void)state;
    static const char *const texts[] = {"Lanang ",
                                        "Lanang bridge ",
                                        "a b c d e f g h i j k l ",
                                        "\"Retno\" 12 ",
                                        "9 ",
                                        "\xE2\x80\x9C\xE6\x97\xA5 ",
                                        "x\n",
                                        "",
                                        "mayor opened the Lanang bridge on Tuesday "};
    runut_comparer *comparer = runut_comparer_new();
    runut_arena *arena = runut_arena_new((size_t)2 << 30);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        runut_arena_reset(arena);
        assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
        runut_slice plain = repeated(arena, texts[i], 12000, false), numbered = repeated(arena, texts[i], 5000, true);
        check(comparer, arena, plain, plain);
        check(comparer, arena, plain, numbered);
        check(comparer, arena, numbered, numbered);
    }
    runut_arena_free(arena);
    runut_comparer_free(comparer);
}

static const char one[] =
    "language: en\nThe ferry Silver Heron sank off Port Nerrin on Thursday night after striking a "
    "reef. Nine people died and 14 are missing, the harbour police said.";
static const char other[] = "language: en\nEleven people died when the ferry Silver Heron hit a reef near Port Nerrin "
                            "late on Thursday, according to the coast guard.";

static void nothing_is_remembered(void **state)
{
    (void)state;
    runut_comparer *used = runut_comparer_new();
    runut_arena *arena = runut_arena_new((size_t)1 << 28);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    const runut_digest *a = invented_digest(arena, runut_slice_of(one)),
                       *b = invented_digest(arena, runut_slice_of(other));
    const runut_comparison *first = runut_compare_digests(used, arena, a, b, NULL, NULL);
    for (int i = 0; i < 5; i++)
        runut_compare_digests(used, arena, b, i % 2 ? a : b, NULL, NULL);
    const runut_comparison *again = runut_compare_digests(used, arena, a, b, NULL, NULL);
    runut_comparer *fresh = runut_comparer_new();
    const runut_comparison *anew = runut_compare_digests(fresh, arena, a, b, NULL, NULL);
    assert_true(first->score == again->score && first->score == anew->score);
    assert_true(first->similarity == again->similarity && first->similarity == anew->similarity);
    assert_true(first->similarity > .2f && first->similarity < 1);
    runut_comparer_free(used);
    runut_comparer_free(fresh);
    runut_arena_free(arena);
}

/* What does not fit ends at the caller's guard, and the comparer is good for the next pair. */
static void out_of_memory(void **state)
{
    (void)state;
    runut_comparer *comparer = runut_comparer_new();
    runut_arena *arena = runut_arena_new((size_t)1 << 28), *small = runut_arena_new(1 << 17);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    const runut_digest *a = invented_digest(arena, repeated(arena, "Lanang bridge ", 9000, true));
    float score = runut_compare_digests(comparer, arena, a, a, NULL, NULL)->score;
    if (RUNUT_ARENA_TRY(small) == 0) {
        runut_compare_digests(comparer, small, a, a, NULL, NULL);
        fail_msg("128 KiB were enough");
    }
    assert_true(runut_compare_digests(comparer, arena, a, a, NULL, NULL)->score == score);
    runut_arena_free(small);
    runut_arena_free(arena);
    runut_comparer_free(comparer);
}

static void common_words_weigh_little(void **state)
{
    (void)state;
    runut_background *background = runut_background_new();
    static const char *const languages[] = {"en", "en", "id", "de", "id-ID"}, *const common[] = {"the", "said", "yang",
                                                                                                 "der", "yang"};
    for (size_t i = 0; i < 5; i++) {
        uint32_t hash = (uint32_t)runut_slice_hash(runut_slice_of(common[i]));
        float weight = runut_background_idf(background, runut_slice_of(languages[i]), hash, false);
        assert_true(weight >= 0 && weight < runut_background_rare() / 2);
    }
    uint32_t rare = (uint32_t)runut_slice_hash(RUNUT_LITERAL("zzyzx"));
    assert_true(runut_background_idf(background, RUNUT_LITERAL("en"), rare, false) == runut_background_rare());
    assert_true(runut_background_idf(background, RUNUT_LITERAL("tlh"), rare, false) == runut_background_rare());
    assert_true(runut_background_idf(background, RUNUT_LITERAL("tlh"), rare, true) < 1);
    assert_true(runut_background_idf(background, (runut_slice){"", 0}, rare, true) < 1);
    runut_background_free(background);
}

static runut_worded worded(runut_arena *arena, const char *language, const char *text)
{
    static runut_texts *texts;
    runut_article *article = runut_arena_alloc(arena, sizeof *article);
    runut_annotation *a = runut_arena_alloc(arena, sizeof *a);
    texts = texts ? texts : runut_texts_new();
    article->body = a->body = runut_slice_of(text);
    article->language = runut_slice_of(language);
    a->article = article;
    runut_texts_annotate(texts, arena, a);
    return (runut_worded){runut_slice_of(language), NULL, &a->tokens};
}

static float alike(runut_letters *letters, runut_arena *arena, const char *language, const char *text,
                   const char *second_language, const char *second)
{
    runut_worded a = worded(arena, language, text), b = worded(arena, second_language, second);
    runut_letter_match m = runut_letters_compare(letters, arena, &a, &b),
                       turned = runut_letters_compare(letters, arena, &b, &a);
    assert_true(fabsf(m.all - turned.all) < 1e-4f && fabsf(m.opening - turned.opening) < 1e-4f);
    assert_true(m.all >= 0 && m.all < 1.001f && m.opening >= 0 && m.opening < 1.001f);
    return m.all;
}

/* Each text against its like in another language or form, then against one of another subject. */
static void letters_know_what_stems_do_not(void **state)
{
    (void)state;
    static const char *const pairs[][5] = {
        {"ru", "Президент Лукашенко посетил Минск", "en", "President Lukashenko visited Minsk",
         "The orchid smells of rain"},
        {"el", "Ο πρωθυπουργός Μητσοτάκης στην Αθήνα", "en", "Mitsotakis speaks in Athina",
         "The orchid smells of rain"},
        {"ar", "الرئيس محمود عباس في دمشق", "en", "Mahmoud Abbas visits Dimashq", "The orchid smells of rain"},
        {"de", "Hochwasserschutzgesetz im Landtag", "de", "Landtagsdebatte zum Hochwasser",
         "Orchideen duften nach Regen"},
        {"pl", "Władimira Putina w Moskwie", "pl", "Władimir Putin Moskwa", "Storczyk pachnie deszczem"},
        {"id", "Koalisi presiden", "nl", "Coalitie president Indonesië koalisi", "De orchidee ruikt naar regen"},
        {"tlh", "qaStaH nuq Lanang", "eo", "Lanang estas rivero", "La orkideo odoras"},
    };
    runut_letters *letters = runut_letters_new();
    runut_arena *arena = runut_arena_new((size_t)1 << 28);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *const *p = pairs[i];
        float like = alike(letters, arena, p[0], p[1], p[2], p[3]),
              unlike = alike(letters, arena, p[0], p[1], p[2], p[4]);
        if (like < unlike + .1f)
            fail_msg("%s / %s: %.2f, but %.2f for %s", p[1], p[3], (double)like, (double)unlike, p[4]);
    }
    assert_true(alike(letters, arena, "en", "", "en", "") == 0);
    assert_true(alike(letters, arena, "en", "a b c 1", "ja", "") == 0);
    runut_arena_free(arena);
    runut_letters_free(letters);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_pairs), cmocka_unit_test(nothing_is_remembered), cmocka_unit_test(out_of_memory),
        cmocka_unit_test(letters_know_what_stems_do_not), cmocka_unit_test(common_words_weigh_little)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
