/* The score is the store's (score.c), asked of a shelf that holds these two articles only and whose words weigh what
 * they weigh in the language at large. Similarity is something else: how much a reader would call the two reports the
 * same. It leans on the headline, or the first words where there is none, since that is where a report says what it is
 * about; both parts saturate. Its numbers were fitted on one half of the pairs of SemEval-2022 Task 8
 * (docs/compare.md).
 */
#include "relate/compare.h"

#include <math.h>
#include <stdlib.h>

#include "base/slice.h"
#include "relate/align.h"
#include "relate/background.h"
#include "relate/passages.h"
#include "relate/score.h"

/* A store knows what else is alike, two reports alone do not: so more is needed than there. Set on pairs of newsroom,
 * events-ecb and events-5w1h together. */
static const float PAIR_EVENT = .15f, PAIR_STORY = .15f, STORY_NAMES = .8f, STORY_WORDS = .2f;
static const float WORDS_FULL = .3f, WORDS_PART = .46f, OPENING_FULL = .5f;
static const float LETTERS_FULL = .5f, LETTERS_PART = .4f, OPENING_LETTERS_FULL = .8f, ABROAD_LETTERS = .5f,
                   ABROAD_NAMES = .25f, DISTANT_LETTERS = .3f, DISTANT_NAMES = .55f;
static const float UNLIKE = .18f, UNLIKE_READ = .05f, ALIKE = .76f, ALIKE_READ = .92f;
static const float NUMBER_IDF = 3;
enum { OPENING = 10, MOST_SHOWN = 6, MOST_SHOWN_WORDS = 12 };

/* A shelf of two. It lives on the C heap and is left behind where the arena runs out, so it belongs to this. */
struct runut_comparer {
    runut_background *background;
    runut_letters *letters;
    runut_heap heap;
    runut_index index;
    runut_shelf shelf;
};

typedef struct comparing {
    runut_comparer *comparer;
    runut_arena *arena;
    const runut_digest *a, *b;
    runut_score_parts parts;
    float names;
    runut_comparison *out;
} comparing;

static void open_shelf(runut_comparer *self)
{
    runut_index_init(&self->index, &self->heap);
    runut_shelf_init(&self->shelf, &self->heap, &self->index);
}

static void clear(runut_comparer *self)
{
    runut_shelf_free(&self->shelf);
    runut_index_free(&self->index);
    open_shelf(self);
}

runut_comparer *runut_comparer_new(void)
{
    runut_comparer *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->heap.limit = (size_t)1 << 30;
    open_shelf(self);
    self->background = runut_background_new();
    self->letters = runut_letters_new();
    if (self->background && self->letters)
        return self;
    runut_comparer_free(self);
    return NULL;
}

void runut_comparer_free(runut_comparer *self)
{
    if (!self)
        return;
    clear(self);
    runut_background_free(self->background);
    runut_letters_free(self->letters);
    free(self);
}

/* ---- weights of the two articles' terms ---- */

static float rarity(const comparing *self, uint32_t stem, bool common)
{
    float of_a = runut_background_idf(self->comparer->background, self->a->language, stem, common);
    float of_b = runut_background_idf(self->comparer->background, self->b->language, stem, common);
    return of_a < of_b ? of_a : of_b;
}

/* A term is a word's stem or, salted, a word of a name. */
static void weigh(comparing *self)
{
    for (size_t i = 0; i < self->comparer->index.terms.size; i++) {
        runut_term *t = &self->comparer->index.terms.at[i];
        float as_word = rarity(self, t->hash, t->common);
        float as_name = rarity(self, t->hash ^ RUNUT_SHELF_ENTITY_SALT, t->common);
        t->idf = t->number ? NUMBER_IDF : as_word < as_name ? as_word : as_name;
    }
    runut_shelf_weigh(&self->comparer->shelf, 0);
}

static bool fill_shelf(comparing *self)
{
    const runut_slice none = {"", 0};
    return runut_shelf_put(&self->comparer->shelf, self->arena, 1, self->a, none) &&
           runut_shelf_put(&self->comparer->shelf, self->arena, 2, self->b, none);
}

static void score(comparing *self)
{
    runut_comparer *c = self->comparer;
    clear(c);
    if (!fill_shelf(self))
        runut_arena_fail(self->arena);
    weigh(self);
    self->parts = runut_score_of(&c->shelf, 0, 1);
    self->names = self->parts.match.names;
    self->out->days = runut_score_days(&c->shelf.articles.at[0], &c->shelf.articles.at[1]);
    clear(c);
}

/* ---- similarity ---- */

static int by_term(const void *x, const void *y)
{
    uint32_t p = *(const uint32_t *)x, q = *(const uint32_t *)y;
    return (p > q) - (p < q);
}

static bool has_stem(const runut_digest *d, uint32_t stem)
{
    runut_weight key = {stem, 0};
    return d->stems.size && bsearch(&key, d->stems.at, d->stems.size, sizeof key, by_term);
}

/* Share, by weight, of the words of one's headline (else its first words) that the other has. */
static float opening_share(const comparing *self, const runut_digest *of, const runut_digest *in)
{
    bool headline = of->headline.size && of->headline_stems.size;
    size_t size = headline ? of->headline_stems.size : of->tokens.size < OPENING ? of->tokens.size : OPENING;
    float all = 0, found = 0;
    for (size_t i = 0; i < size; i++) {
        uint32_t stem = headline ? of->headline_stems.at[i].term : of->tokens.at[i].stem;
        float weight = runut_background_idf(self->comparer->background, of->language, stem, false);
        all += weight;
        found += has_stem(in, stem) ? weight : 0;
    }
    return all > 0 ? found / all : 0;
}

static float part(float value, float full)
{
    return tanhf(value / full) / tanhf(1 / full);
}

/* By words alone. */
static float rough_similarity(const comparing *self)
{
    float opening = (opening_share(self, self->a, self->b) + opening_share(self, self->b, self->a)) / 2;
    return WORDS_PART * part(self->parts.match.stem, WORDS_FULL) + (1 - WORDS_PART) * part(opening, OPENING_FULL);
}

/* Any two texts look a little alike and no two reports quite the same; what readers call more alike lies between. */
static float as_read(float sum)
{
    if (sum <= UNLIKE)
        return sum > 0 ? sum / UNLIKE * UNLIKE_READ : 0;
    if (sum >= ALIKE)
        return sum < 1 ? ALIKE_READ + (sum - ALIKE) / (1 - ALIKE) * (1 - ALIKE_READ) : 1;
    return UNLIKE_READ + (sum - UNLIKE) / (ALIKE - UNLIKE) * (ALIKE_READ - UNLIKE_READ);
}

static float similarity(const comparing *self, const runut_worded *a, const runut_worded *b)
{
    float sum;
    if (!a || !b) {
        sum = rough_similarity(self);
    } else {
        runut_letter_match m = runut_letters_compare(self->comparer->letters, self->arena, a, b);
        float letters = m.distant ? DISTANT_LETTERS : ABROAD_LETTERS, names = m.distant ? DISTANT_NAMES : ABROAD_NAMES;
        if (runut_same_language(self->a, self->b)) {
            letters = LETTERS_PART;
            names = 0;
        }
        sum = letters * part(m.all, LETTERS_FULL) + names * sqrtf(self->parts.match.names) +
              (1 - letters - names) * part(m.opening, OPENING_LETTERS_FULL);
    }
    return as_read(sum);
}

/* ---- reasons ---- */

static void add_reason(comparing *self, const char *what, float weight, runut_slice text)
{
    if (weight > -.0005f && weight < .0005f)
        return;
    RUNUT_PUSH(self->arena, self->out->reasons, ((runut_reason){what, weight, text}));
}

static int heaviest_first(const void *x, const void *y)
{
    float p = fabsf(((const runut_reason *)x)->weight), q = fabsf(((const runut_reason *)y)->weight);
    return p != q ? (p < q) - (p > q) : strcmp(((const runut_reason *)x)->what, ((const runut_reason *)y)->what);
}

static runut_slice join(comparing *self, runut_slice list, runut_slice one)
{
    return runut_arena_printf(self->arena, "%.*s%s%.*s", (int)list.size, list.at, list.size ? ", " : "", (int)one.size,
                              one.at);
}

/* The names that both have, as `a` prints them. */
static runut_slice shared_names(comparing *self)
{
    runut_slice out = {"", 0};
    size_t shown = 0;
    for (size_t i = 0; i < self->a->names.size && shown < MOST_SHOWN; i++)
        for (size_t k = 0; k < self->b->names.size; k++)
            if (self->a->names.at[i].key == self->b->names.at[k].key) {
                out = join(self, out, self->a->names.at[i].text);
                shown++;
                break;
            }
    return out;
}

static bool has_number(const runut_digest *d, const runut_fact *fact)
{
    for (size_t i = 0; i < d->facts.size && i < 200; i++)
        if (d->facts.at[i].value == fact->value && d->facts.at[i].unit == fact->unit)
            return true;
    return false;
}

static runut_slice shared_numbers(comparing *self)
{
    runut_slice out = {"", 0};
    size_t shown = 0;
    for (size_t i = 0; i < self->a->facts.size && shown < MOST_SHOWN; i++)
        if (has_number(self->b, &self->a->facts.at[i])) {
            out = join(self, out, self->a->facts.at[i].text);
            shown++;
        }
    return out;
}

static runut_slice count_numbers(comparing *self)
{
    size_t of_a = self->a->numbers.size, of_b = self->b->numbers.size, least = of_a < of_b ? of_a : of_b;
    return runut_arena_printf(self->arena, "%u of %zu shared", (unsigned)self->parts.match.shared_numbers, least);
}

static runut_slice days_apart(comparing *self)
{
    int32_t days = self->out->days;
    if (days < 0)
        return RUNUT_LITERAL("one of the two has no date");
    return days == 0 ? RUNUT_LITERAL("of the same day")
                     : runut_arena_printf(self->arena, "%d day%s apart", (int)days, days == 1 ? "" : "s");
}

static void find_reasons(comparing *self)
{
    const runut_score_parts *p = &self->parts;
    const runut_slice none = {"", 0};
    add_reason(self, "words", p->stems, none);
    add_reason(self, "names", p->entities, shared_names(self));
    add_reason(self, "headline", p->head, none);
    add_reason(self, "numbers in context", p->context, shared_numbers(self));
    add_reason(self, "numbers", p->numbers, count_numbers(self));
    add_reason(self, "days", p->days, days_apart(self));
    add_reason(self, "undated, and much else differs", p->doubt, none);
    add_reason(self, "places", p->place, p->place > 0 ? none : RUNUT_LITERAL("they name others"));
    add_reason(self, "formula", p->names, RUNUT_LITERAL("much wording, hardly a name in common"));
    add_reason(self, "edition", p->edition, p->edition > 0 ? none : RUNUT_LITERAL("another one of a row"));
    add_reason(self, "what any two reports share", p->hubness, none);
    if (self->out->reasons.size > 1)
        qsort(self->out->reasons.at, self->out->reasons.size, sizeof *self->out->reasons.at, heaviest_first);
}

typedef struct telling {
    uint32_t token;
    float weight;
} telling;

/* The most telling words that both have, each where `a` has it first. */
static void find_words(comparing *self)
{
    telling best[MOST_SHOWN_WORDS];
    size_t n = 0;
    for (uint32_t i = 0; i < self->a->tokens.size; i++) {
        const runut_digest_token *t = &self->a->tokens.at[i];
        float weight = t->common || !has_stem(self->b, t->stem) ? 0 : rarity(self, t->stem, false);
        bool known = weight <= 0 || (n == MOST_SHOWN_WORDS && best[n - 1].weight >= weight);
        for (size_t k = 0; k < n && !known; k++)
            known = self->a->tokens.at[best[k].token].stem == t->stem;
        if (known)
            continue;
        size_t at = n < MOST_SHOWN_WORDS ? n++ : n - 1;
        for (; at > 0 && best[at - 1].weight < weight; at--)
            best[at] = best[at - 1];
        best[at] = (telling){i, weight};
    }
    for (size_t i = 0; i < n; i++)
        RUNUT_PUSH(self->arena, self->out->words, self->a->tokens.at[best[i].token].span);
}

/* ---- what they share and what they do not ---- */

static void add_shared(comparing *self, runut_span a, runut_span b, runut_paired_kind kind)
{
    RUNUT_PUSH(self->arena, self->out->shared, ((runut_paired){a, b, kind}));
}

static void find_passages(comparing *self)
{
    runut_passages found = runut_passages_find(self->arena, self->a, self->b);
    for (size_t i = 0; i < found.size; i++) {
        const runut_passage *p = &found.at[i];
        add_shared(self, runut_passage_bytes(self->a, p->a, p->a_end), runut_passage_bytes(self->b, p->b, p->b_end),
                   p->verbatim ? RUNUT_VERBATIM : RUNUT_REWORDED);
    }
}

static int by_start(const void *x, const void *y)
{
    const runut_paired *p = x, *q = y;
    return p->a.start != q->a.start ? (p->a.start > q->a.start) - (p->a.start < q->a.start)
                                    : (p->b.start > q->b.start) - (p->b.start < q->b.start);
}

/* The first token that ends after `byte`. */
static uint32_t token_at(const runut_digest *d, uint32_t byte)
{
    size_t low = 0, high = d->tokens.size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->tokens.at[middle].span.end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* What of a run lies after, or else before, a passage, in both. */
static void cut(const runut_paired *passage, runut_span *a, runut_span *b, bool after)
{
    if (after) {
        a->start = a->start > passage->a.end ? a->start : passage->a.end;
        b->start = b->start > passage->b.end ? b->start : passage->b.end;
    } else {
        a->end = a->end < passage->a.start ? a->end : passage->a.start;
        b->end = b->end < passage->b.start ? b->end : passage->b.start;
    }
}

/* Tokens of both texts. */
typedef struct stretch {
    uint32_t a, a_end, b, b_end;
} stretch;

static void add_stretch(comparing *self, stretch s, runut_paired_kind kind)
{
    add_shared(self, runut_passage_bytes(self->a, s.a, s.a_end), runut_passage_bytes(self->b, s.b, s.b_end), kind);
}

/* Content words of a stretch of `d` that the other's stretch has. */
static float held_by(const runut_digest *d, uint32_t first, uint32_t end, const runut_digest *other,
                     uint32_t other_first, uint32_t other_end)
{
    uint32_t words = 0, found = 0;
    for (uint32_t i = first; i < end; i++) {
        uint32_t k = other_first;
        if (d->tokens.at[i].common)
            continue;
        while (k < other_end && other->tokens.at[k].stem != d->tokens.at[i].stem)
            k++;
        words++;
        found += k < other_end;
    }
    return words ? (float)found / (float)words : 0;
}

static bool is_reworded(const comparing *self, stretch s)
{
    enum { MOST_PAIRS = 60000 };
    static const float HELD = .6f;
    return (uint64_t)(s.a_end - s.a) * (s.b_end - s.b) <= MOST_PAIRS &&
           held_by(self->a, s.a, s.a_end, self->b, s.b, s.b_end) >= HELD &&
           held_by(self->b, s.b, s.b_end, self->a, s.a, s.a_end) >= HELD;
}

/* All of it where it is reworded; else the words at the beginning or, if those are more, at the end that are the same.
 */
static void add_run(comparing *self, runut_span a, runut_span b)
{
    enum { LEAST = 5 };
    const runut_digest_token *x = self->a->tokens.at, *y = self->b->tokens.at;
    stretch s = {token_at(self->a, a.start), token_at(self->a, a.end), token_at(self->b, b.start),
                 token_at(self->b, b.end)};
    uint32_t first = 0, last = 0;
    while (s.a + first < s.a_end && s.b + first < s.b_end && x[s.a + first].stem == y[s.b + first].stem)
        first++;
    while (s.a + last < s.a_end && s.b + last < s.b_end && x[s.a_end - last - 1].stem == y[s.b_end - last - 1].stem)
        last++;
    uint32_t least = s.a_end - s.a < s.b_end - s.b ? s.a_end - s.a : s.b_end - s.b, run = first > last ? first : last;
    if (least < LEAST)
        return;
    if (2 * run < least && is_reworded(self, s))
        add_stretch(self, s, RUNUT_REWORDED);
    else if (run == first && run >= LEAST)
        add_stretch(self, (stretch){s.a, s.a + first, s.b, s.b + first}, RUNUT_VERBATIM);
    else if (run >= LEAST)
        add_stretch(self, (stretch){s.a_end - last, s.a_end, s.b_end - last, s.b_end}, RUNUT_VERBATIM);
}

/* What of a run lies between the passages `k` - 1 and `k`. */
static void add_between(comparing *self, size_t passages, size_t k, runut_span a, runut_span b)
{
    const runut_paired *all = self->out->shared.at;
    if (k > 0)
        cut(&all[k - 1], &a, &b, true);
    if (k < passages)
        cut(&all[k], &a, &b, false);
    for (size_t i = 0; i < passages; i++)
        if (all[i].b.start < b.end && b.start < all[i].b.end)
            return;
    if (a.start < a.end && b.start < b.end)
        add_run(self, a, b);
}

/* Where a text was taken over, shorter runs of words that both have come from there too (align.c). */
static void find_short_runs(comparing *self)
{
    enum { MOST = 200 };
    runut_comparison *out = self->out;
    size_t passages = out->shared.size < MOST ? out->shared.size : MOST;
    for (size_t i = 0; i < out->reuse.spans.size && i < MOST; i++) {
        const runut_aligned *s = &out->reuse.spans.at[i];
        for (size_t k = 0; k <= passages; k++)
            add_between(self, passages, k, out->taker < 0 ? s->here : s->there, out->taker < 0 ? s->there : s->here);
    }
    if (out->shared.size > 1)
        qsort(out->shared.at, out->shared.size, sizeof *out->shared.at, by_start);
}

/* Sentences that go along; only where one is taken from the other: independent reports have such too. */
static void find_translated(comparing *self)
{
    size_t count;
    const runut_sentence_pair *pairs = runut_align_parallel_pairs(self->arena, self->a, self->b, &count);
    for (size_t i = 0; i < count; i++)
        add_shared(self, self->a->sentences.at[pairs[i].a].span, self->b->sentences.at[pairs[i].b].span,
                   RUNUT_TRANSLATED);
}

/* Marks the words of a span. */
static void mark(const runut_digest *d, runut_span span, bool *marked)
{
    for (size_t i = token_at(d, span.start); i < d->tokens.size && d->tokens.at[i].span.start < span.end; i++)
        marked[i] = true;
}

static float share_of(const comparing *self, const runut_digest *d, bool of_a)
{
    bool *marked = runut_arena_alloc(self->arena, d->tokens.size + 1);
    size_t words = 0;
    for (size_t i = 0; i < self->out->shared.size; i++)
        mark(d, of_a ? self->out->shared.at[i].a : self->out->shared.at[i].b, marked);
    for (size_t i = 0; i < d->tokens.size; i++)
        words += marked[i];
    return d->tokens.size ? (float)words / (float)d->tokens.size : 0;
}

static void find_shared(comparing *self)
{
    runut_comparison *out = self->out;
    out->taker = runut_reuse_judge(self->arena, self->a, self->b, true, &out->reuse);
    if (runut_same_language(self->a, self->b))
        find_passages(self);
    else if (out->taker)
        find_translated(self);
    if (out->taker)
        find_short_runs(self);
    if (runut_same_language(self->a, self->b))
        runut_compare_sentences(self->arena, self->a, self->b, out);
    out->a_share = share_of(self, self->a, true);
    out->b_share = share_of(self, self->b, false);
    runut_novelty_find(self->arena, self->a, &self->b, 1, &out->only_a);
    runut_novelty_find(self->arena, self->b, &self->a, 1, &out->only_b);
    if (out->same_event)
        runut_disagreements_find(self->arena, self->a, self->b, &out->disagreements);
}

runut_comparison *runut_compare_digests(runut_comparer *comparer, runut_arena *arena, const runut_digest *a,
                                        const runut_digest *b, const runut_worded *a_words, const runut_worded *b_words)
{
    comparing self = {.comparer = comparer, .arena = arena, .a = a, .b = b};
    runut_comparison *out = self.out = runut_arena_alloc(arena, sizeof *out);
    out->days = -1;
    score(&self);
    out->score = self.parts.score;
    out->needed = PAIR_EVENT;
    out->same_event = out->score >= PAIR_EVENT;
    out->story = STORY_NAMES * self.names + STORY_WORDS * self.parts.match.stem;
    out->story_needed = PAIR_STORY;
    out->same_story = out->same_event || out->story >= PAIR_STORY;
    out->similarity = similarity(&self, a_words, b_words);
    find_reasons(&self);
    find_words(&self);
    find_shared(&self);
    return out;
}
