/* Two reports side by side, parted by a record separator. All spans lie within the bodies and between characters, and
 * who is named first makes no difference to the verdict. */
#include "annotate/annotate.h"
#include "base/utf8.h"
#include "engine/compare.h"
#include "support.h"

#include <json-c/json.h>

typedef struct bench {
    runut_worker worker;
    runut_comparer *comparer;
} bench;

static bench *make(void)
{
    static bench b;
    if (b.comparer)
        return &b;
    fuzz_check(runut_worker_new(&b.worker) && runut_annotator_new(&b.worker.annotator, NULL) == RUNUT_OK);
    b.worker.digester = runut_digester_new();
    b.comparer = runut_comparer_new();
    fuzz_check(b.worker.digester && b.comparer);
    return &b;
}

static void check_span(runut_slice body, runut_span span)
{
    fuzz_check(span.start <= span.end && span.end <= body.size);
    fuzz_check(runut_utf8_valid(runut_slice_part(body, span.start, span.end)));
}

static void check_spans(runut_slice body, const runut_span *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_span(body, at[i]);
}

static void check_pairs(const runut_paired *at, size_t count, runut_slice a, runut_slice b)
{
    for (size_t i = 0; i < count; i++) {
        check_span(a, at[i].a);
        check_span(b, at[i].b);
    }
}

static void check(const runut_comparison *c, runut_slice a, runut_slice b)
{
    check_pairs(c->shared.at, c->shared.size, a, b);
    check_pairs(c->sentences.at, c->sentences.size, a, b);
    check_spans(a, c->words.at, c->words.size);
    check_spans(a, c->only_a.at, c->only_a.size);
    check_spans(b, c->only_b.at, c->only_b.size);
    for (size_t i = 0; i < c->disagreements.size; i++) {
        check_span(a, c->disagreements.at[i].span);
        check_span(b, c->disagreements.at[i].other_span);
    }
    fuzz_check(c->similarity >= 0 && c->similarity <= 1 && c->a_share >= 0 && c->a_share <= 1 && c->b_share >= 0 &&
               c->b_share <= 1);
}

static runut_side side_of(runut_slice text, bool given)
{
    runut_side side = {.capture = {.kind = given ? RUNUT_CAPTURE_ARTICLE : RUNUT_CAPTURE_TEXT, .bytes = text}};
    if (given)
        side.given = text;
    return side;
}

/* But for rounding: sums are in the order of the one named first. */
static bool is_near(float one, float other)
{
    return one - other < 1e-4f && other - one < 1e-4f;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    runut_slice input = {(const char *)data, size}, one, other;
    bench *self = make();
    runut_arena *arena = self->worker.arena;
    if (!fuzz_part(&input, 0x1E, &one) || input.size == 0)
        return 0;
    other = input;
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        abort();
    runut_side a = side_of(one, size & 1), b = side_of(other, size & 2);
    if (runut_side_prepare(&self->worker, &a, NULL) != RUNUT_OK ||
        runut_side_prepare(&self->worker, &b, NULL) != RUNUT_OK)
        return 0;
    runut_comparison *there = runut_compare_digests(self->comparer, arena, a.digest, b.digest, &a.words, &b.words);
    check(there, a.body, b.body);
    struct json_object *json = runut_comparison_json(arena, there, &a, &b, size & 4);
    fuzz_check(json && runut_utf8_valid(runut_slice_of(json_object_to_json_string(json))));
    json_object_put(json);
    runut_comparison *back = runut_compare_digests(self->comparer, arena, b.digest, a.digest, &b.words, &a.words);
    check(back, b.body, a.body);
    fuzz_check(is_near(there->similarity, back->similarity) && is_near(there->score, back->score));
    fuzz_check(there->same_event == back->same_event || is_near(there->score, there->needed));
    return 0;
}
