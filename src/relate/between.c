#include "relate/between.h"

enum { ONE = 1, OTHER = 2, BOTH = ONE | OTHER };
enum { SHORT = 6, LONG = 45, LEAD = 12 }; /* words; sentences after which a place in the text counts no more */

static bool has(const runut_actor *actor, uint32_t key)
{
    for (size_t i = 0; i < actor->size; i++)
        if (actor->at[i] == key)
            return true;
    return false;
}

/* Per sentence: which of the two it names. */
static uint8_t *named(runut_arena *arena, const runut_digest *digest, const runut_actor *one, const runut_actor *other)
{
    uint8_t *of_name = runut_arena_alloc(arena, digest->names.size + 1);
    uint8_t *of_sentence = runut_arena_alloc(arena, digest->sentences.size + 1);
    for (size_t i = 0; i < digest->names.size; i++)
        of_name[i] = (uint8_t)((has(one, digest->names.at[i].key) ? ONE : 0) |
                               (has(other, digest->names.at[i].key) ? OTHER : 0));
    for (size_t i = 0; i < digest->mentions.size; i++) {
        const runut_digest_mention *m = &digest->mentions.at[i];
        if (m->sentence < digest->sentences.size && m->name < digest->names.size)
            of_sentence[m->sentence] |= of_name[m->name];
    }
    return of_sentence;
}

/* The part of the headline's words that the sentence holds. */
static float headline_share(const runut_digest *digest, const runut_digest_sentence *s)
{
    size_t found = 0;
    for (size_t i = 0; i < digest->headline_stems.size; i++)
        for (uint32_t t = s->first_token; t < s->end_token; t++)
            if (digest->tokens.at[t].stem == digest->headline_stems.at[i].term) {
                found++;
                break;
            }
    return digest->headline_stems.size ? (float)found / (float)digest->headline_stems.size : 0.f;
}

static bool is_quoted(const runut_digest *digest, const runut_digest_sentence *s)
{
    for (size_t i = 0; i < digest->quotes.size; i++)
        if (digest->quotes.at[i].span.start <= s->span.start && digest->quotes.at[i].span.end + 2 >= s->span.end)
            return true;
    return false;
}

/* Reports tell the news first, in the words of their headline; what is too short says nothing by itself, and what is
 * too long cannot be scanned; somebody's own words need their speaker beside them. */
static float weigh(const runut_digest *digest, uint32_t sentence)
{
    const runut_digest_sentence *s = &digest->sentences.at[sentence];
    uint32_t words = s->end_token - s->first_token;
    float weight = sentence < LEAD ? 1.f - (float)sentence / LEAD : 0.f;
    weight += headline_share(digest, s);
    if (words < SHORT)
        weight -= 1.f;
    if (words > LONG)
        weight -= .5f;
    if (is_quoted(digest, s))
        weight -= .75f;
    return weight;
}

bool runut_between_find(runut_arena *arena, const runut_digest *digest, const runut_actor *one,
                        const runut_actor *other, runut_relation_line *found)
{
    const uint8_t *names = named(arena, digest, one, other);
    *found = (runut_relation_line){0};
    for (uint32_t i = 0; i < digest->sentences.size; i++) {
        if (names[i] != BOTH)
            continue;
        float weight = weigh(digest, i);
        if (found->sentences++ == 0 || weight > found->weight) {
            found->weight = weight;
            found->span = digest->sentences.at[i].span;
        }
    }
    return found->sentences > 0;
}
