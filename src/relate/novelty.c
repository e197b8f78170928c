/* What a report alone adds: its sentences whose content none of the earlier reports has.
 *
 * A sentence is not new when one earlier report holds most of its content words within two sentences of each other;
 * across languages, where words cannot be compared, when its names and numbers stand together in an earlier report.
 * Each earlier report costs time linear in its size and in that of the new one. */
#include "base/slice.h"
#include "relate/align.h"
#include "relate/pair.h"

#define HELD_LEAST .5f

enum { LEAST_CONTENT = 3, MOST_EARLIER = 64 };

static void mark_known(runut_arena *arena, const runut_digest *a, const runut_digest *earlier, bool *known)
{
    if (!runut_same_language(a, earlier)) {
        runut_align_parallel_known(arena, a, earlier, known);
        return;
    }
    const runut_sentence_match *match = runut_align_sentences(arena, a, earlier);
    for (size_t i = 0; i < a->sentences.size; i++)
        if (match[i].content < LEAST_CONTENT || match[i].part >= HELD_LEAST)
            known[i] = true;
}

void runut_novelty_find(runut_arena *arena, const runut_digest *a, const runut_digest *const *earlier, size_t count,
                        runut_spans *out)
{
    bool *known = runut_arena_alloc(arena, a->sentences.size + 1);
    for (size_t i = count > MOST_EARLIER ? count - MOST_EARLIER : 0; i < count; i++)
        mark_known(arena, a, earlier[i], known);
    for (size_t i = 0; count > 0 && i < a->sentences.size; i++)
        if (!known[i] && a->sentences.at[i].end_token > a->sentences.at[i].first_token + LEAST_CONTENT)
            RUNUT_PUSH(arena, *out, a->sentences.at[i].span);
}
