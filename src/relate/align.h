/* What two texts of one language have in common, word for word or nearly so: spans that go together. */
#ifndef RUNUT_RELATE_ALIGN_H
#define RUNUT_RELATE_ALIGN_H

#include "base/arena.h"
#include "relate/digest.h"

/* Do the first parts of the two language tags agree? */
bool runut_same_language(const runut_digest *a, const runut_digest *b);

/* Tokens [a, a_end) of one and [b, b_end) of the other. */
typedef struct runut_aligned_words {
    uint32_t a, a_end, b, b_end;
    uint32_t matched; /* of the words in a's part: those that stand in seeds */
} runut_aligned_words;

typedef struct runut_alignment {
    RUNUT_VECTOR(runut_aligned_words) spans; /* by `a`; those of `a` do not overlap */
    uint32_t a_words, b_words;               /* words inside of spans, counted once */
    float a_told, b_told;                    /* share of the words outside of quotation marks that lie in spans, 0..1 */
} runut_alignment;

/* Linear but for sorting the seeds, of which there are at most a few for every word. */
runut_alignment runut_align(runut_arena *arena, const runut_digest *a, const runut_digest *b);

/* Share of the words of `a` that stand in runs of RUNUT_ALIGN_RUN equal words which `b` has too. */
enum { RUNUT_ALIGN_RUN = 8 };
float runut_align_runs(runut_arena *arena, const runut_digest *a, const runut_digest *b);

/* Per sentence of `a`: the sentence of `b` that holds most of its content words, and how large a part of them that
 * sentence and its neighbours hold. UINT32_MAX = none. */
typedef struct runut_sentence_match {
    uint32_t with;
    float part;
    uint32_t content; /* content words of the sentence */
} runut_sentence_match;

/* Spares runut_align_sentences the work of looking through `digest` each time that it is the second of the two. What is
 * made lives in `arena` and must live as long as the digest. */
void runut_align_prepare(runut_arena *arena, runut_digest *digest);

/* As many as `a` has sentences. */
runut_sentence_match *runut_align_sentences(runut_arena *arena, const runut_digest *a, const runut_digest *b);

/* Two texts in two languages, sentence by sentence, held together by what no translation changes: names, numbers,
 * words that are the same in both. */
typedef struct runut_parallel {
    float covered;               /* share of `a`'s words in sentences that go along with `b`'s, in order */
    float anchors;               /* shared anchors per sentence of the chain */
    uint32_t chained, sentences; /* sentences of `a`: in the chain, all */
} runut_parallel;

runut_parallel runut_align_parallel(runut_arena *arena, const runut_digest *a, const runut_digest *b);

/* The sentences of the chain, rising in both; `*count` of them. */
typedef struct runut_sentence_pair {
    uint32_t a, b;
} runut_sentence_pair;

const runut_sentence_pair *runut_align_parallel_pairs(runut_arena *arena, const runut_digest *a, const runut_digest *b,
                                                      size_t *count);

/* Sets `known[s]` for the sentences of `a` whose anchors stand together in a sentence of `b`. */
void runut_align_parallel_known(runut_arena *arena, const runut_digest *a, const runut_digest *b, bool *known);

#endif
