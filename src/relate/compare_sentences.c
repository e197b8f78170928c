/* Sentence by sentence: what people read where a passage is long. */
#include "relate/align.h"
#include "relate/compare.h"

/* The same words in the same order. */
static bool is_verbatim(const runut_digest *a, const runut_digest_sentence *x, const runut_digest *b,
                        const runut_digest_sentence *y)
{
    uint32_t words = x->end_token - x->first_token;
    bool same = words == y->end_token - y->first_token;
    for (uint32_t i = 0; i < words && same; i++)
        same = a->tokens.at[x->first_token + i].hash == b->tokens.at[y->first_token + i].hash;
    return same;
}

/* Does it lie in a passage that both have word for word? */
static bool is_shown(const runut_comparison *c, runut_span span)
{
    for (size_t i = 0; i < c->shared.size; i++) {
        const runut_paired *p = &c->shared.at[i];
        if (p->kind == RUNUT_VERBATIM && p->a.start < span.end && span.start < p->a.end) {
            uint32_t from = p->a.start > span.start ? p->a.start : span.start;
            uint32_t to = p->a.end < span.end ? p->a.end : span.end;
            if (5 * (to - from) >= 4 * (span.end - span.start))
                return true;
        }
    }
    return false;
}

void runut_compare_sentences(runut_arena *arena, const runut_digest *a, const runut_digest *b, runut_comparison *c)
{
    enum { LEAST_CONTENT = 3 };
    static const float LEAST_PART = .4f;
    const runut_sentence_match *match = runut_align_sentences(arena, a, b);
    for (size_t i = 0; i < a->sentences.size; i++) {
        if (match[i].with == UINT32_MAX || match[i].content < LEAST_CONTENT || match[i].part < LEAST_PART)
            continue;
        const runut_digest_sentence *x = &a->sentences.at[i], *y = &b->sentences.at[match[i].with];
        if (is_shown(c, x->span))
            continue;
        runut_paired pair = {x->span, y->span, is_verbatim(a, x, b, y) ? RUNUT_VERBATIM : RUNUT_REWORDED};
        RUNUT_PUSH(arena, c->sentences, pair);
    }
}
