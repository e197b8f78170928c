/* Two invented articles side by side: what they share and how, what only one has, and the verdict. */
#include "relate/compare.h"

#include <math.h>

#include "base/buffer.h"
#include "support/cases.h"
#include "unit/relate/invented.h"

typedef struct saying {
    runut_buffer out;
    runut_slice a, b; /* bodies */
} saying;

static void say(saying *self, const char *what, runut_slice text)
{
    runut_buffer_text(&self->out, what);
    runut_buffer_add(&self->out, text);
    runut_buffer_byte(&self->out, '\n');
}

static runut_slice words(runut_slice body, runut_span span)
{
    return runut_slice_part(body, span.start, span.end);
}

static void say_shared(saying *self, const runut_comparison *c)
{
    static const char *const kinds[] = {"verbatim: ", "reworded: ", "translated: "};
    for (size_t i = 0; i < c->shared.size; i++) {
        const runut_paired *s = &c->shared.at[i];
        bool same = runut_slice_equal(words(self->a, s->a), words(self->b, s->b));
        say(self, kinds[s->kind], words(self->a, s->a));
        if (!same)
            say(self, "      and: ", words(self->b, s->b));
    }
}

static void say_verdict(saying *self, const runut_comparison *c)
{
    static const char *const kinds[] = {"reprint", "rewrite", "translation"};
    say(self, "verdict: ",
        runut_slice_of(c->same_event   ? "one event"
                       : c->same_story ? "one story"
                                       : "nothing in common"));
    if (c->taker)
        say(self, c->taker < 0 ? "a took it: " : "b took it: ", runut_slice_of(kinds[c->reuse.kind]));
    say(self, "similarity: ",
        runut_slice_of(c->similarity >= .8f   ? "high"
                       : c->similarity >= .4f ? "middling"
                                              : "low"));
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    static runut_comparer *comparer;
    runut_slice first = {"", 0}, second = {"", 0};
    invented_next(&input, &first);
    invented_next(&input, &second);
    if (!comparer)
        comparer = runut_comparer_new();
    const runut_digest *a = invented_digest(arena, first), *b = invented_digest(arena, second);
    const runut_comparison *c = runut_compare_digests(comparer, arena, a, b, NULL, NULL);
    const runut_comparison *turned = runut_compare_digests(comparer, arena, b, a, NULL, NULL);
    saying s = {runut_buffer_new(arena, 1 << 20), invented_body(first), invented_body(second)};
    if (c->same_event != turned->same_event || fabsf(c->score - turned->score) > 1e-4f || c->taker != -turned->taker)
        say(&s, "depends on the order", (runut_slice){"", 0});
    say_verdict(&s, c);
    say_shared(&s, c);
    for (size_t i = 0; i < c->only_a.size; i++)
        say(&s, "only a: ", words(s.a, c->only_a.at[i]));
    for (size_t i = 0; i < c->only_b.size; i++)
        say(&s, "only b: ", words(s.b, c->only_b.at[i]));
    for (size_t i = 0; i < c->disagreements.size; i++)
        say(&s, c->disagreements.at[i].development ? "moved on: " : "contradict: ",
            runut_arena_printf(arena, "%.*s %.*s / %.*s", (int)c->disagreements.at[i].about.size,
                               c->disagreements.at[i].about.at, (int)c->disagreements.at[i].value.size,
                               c->disagreements.at[i].value.at, (int)c->disagreements.at[i].other_value.size,
                               c->disagreements.at[i].other_value.at));
    return runut_buffer_slice(&s.out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
