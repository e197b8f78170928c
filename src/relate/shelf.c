#include "relate/shelf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

enum {
    MOST_STEMS = RUNUT_SHELF_MOST,
    MOST_ENTITIES = 300,
    MOST_HEADS = 60,
    MOST_CONTEXTS = 200,
    MOST_NUMBERS = 200,
    MOST_FEW = 40,
    MOST_LEAD = 100
};

static const uint32_t ENTITY_SALT = RUNUT_SHELF_ENTITY_SALT;

void runut_shelf_init(runut_shelf *self, runut_heap *heap, runut_index *index)
{
    *self = (runut_shelf){.heap = heap, .index = index};
    runut_outlets_init(&self->outlets, heap);
    for (int count = 1; count < 256; count++)
        self->weight[count] = 1 + logf((float)count);
}

void runut_shelf_free(runut_shelf *self)
{
    runut_outlets_free(&self->outlets);
    RUNUT_LIST_FREE(self->heap, self->articles);
    RUNUT_LIST_FREE(self->heap, self->bytes);
    RUNUT_LIST_FREE(self->heap, self->terms);
    RUNUT_LIST_FREE(self->heap, self->counts);
    RUNUT_LIST_FREE(self->heap, self->edges);
}

runut_slice runut_shelf_bytes(const runut_shelf *self, size_t place)
{
    const runut_shelved *a = &self->articles.at[place];
    return (runut_slice){self->bytes.at + a->bytes, a->byte_count};
}

void runut_shelf_prefetch(const runut_shelf *self, size_t place)
{
    enum { LINE = 64 / sizeof(uint32_t), MOST_LINES = 16 };
    const runut_shelved *a = &self->articles.at[place];
    for (size_t i = 0; i < MOST_LINES; i++)
        __builtin_prefetch(self->terms.at + a->terms + i * LINE);
    for (size_t i = 0; i < MOST_LINES / 4; i++)
        __builtin_prefetch(self->counts.at + a->terms + i * 4 * LINE);
}

void runut_shelf_drop_bytes(runut_shelf *self, size_t first)
{
    for (size_t p = first; p < self->articles.size; p++)
        self->articles.at[p].byte_count = 0;
    self->bytes.size = 0;
}

/* ---- days ---- */

static void add_days(runut_shelved *a, runut_day low, runut_day high)
{
    if (low != RUNUT_NO_DAY && high != RUNUT_NO_DAY && a->day_count < RUNUT_SHELF_DAYS)
        a->days[a->day_count++] = (runut_days){low, high};
}

/* The report's own day, else the happening's, else its month or year; where the evidence contradicts itself, every day
 * that it may be. */
static void note_days(runut_shelved *a, const runut_digest *d)
{
    if (d->date_conflict && d->candidates.size > 0) {
        for (size_t i = 0; i < d->candidates.size; i++)
            add_days(a, d->candidates.at[i], d->candidates.at[i]);
    } else if (d->published != RUNUT_NO_DAY) {
        add_days(a, d->published, d->published);
        a->precise = !d->date_conflict;
    } else if (d->event != RUNUT_NO_DAY) {
        add_days(a, d->event, d->event);
        a->precise = !d->date_conflict;
    } else if (d->event_year > 0) {
        int first = d->event_month > 0 ? d->event_month : 1, last = d->event_month > 0 ? d->event_month : 12;
        add_days(a, runut_day_of(d->event_year, first, 1),
                 runut_day_of(d->event_year, last, runut_month_days(d->event_year, last)));
    }
}

/* ---- vectors ---- */

typedef struct entry {
    uint32_t term;
    uint8_t count;
} entry;

/* For runut_weight and entry alike: both begin with the term. */
static int by_term(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Most frequent first; the term's hash breaks ties. */
static int by_weight(const void *a, const void *b)
{
    const runut_weight *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->term > y->term) - (x->term < y->term);
}

/* At most `most` of the weights, the heaviest ones. */
static runut_weights heaviest(runut_arena *scratch, const runut_weights *weights, size_t most)
{
    runut_weights out = {.size = weights->size, .capacity = weights->size};
    out.at = runut_arena_alloc(scratch, weights->size * sizeof *out.at);
    if (weights->size)
        memcpy(out.at, weights->at, weights->size * sizeof *out.at);
    if (out.size > most) {
        qsort(out.at, out.size, sizeof *out.at, by_weight);
        out.size = most;
    }
    return out;
}

static uint8_t to_count(float weight)
{
    return weight < 1 ? 1 : weight > 255 ? 255 : (uint8_t)weight;
}

static void push(runut_shelf *self, uint32_t term, uint8_t count)
{
    self->terms.at[self->terms.size++] = term;
    self->counts.at[self->counts.size++] = count;
}

/* The vector as term numbers of the index, each counted as being in one article more. */
static uint16_t put_terms(runut_shelf *self, runut_arena *scratch, const runut_weights *weights, uint32_t salt,
                          size_t most, const runut_weights *common, bool counted)
{
    runut_weights chosen = heaviest(scratch, weights, most);
    entry *entries = runut_arena_alloc(scratch, chosen.size * sizeof *entries);
    for (size_t i = 0; i < chosen.size; i++) {
        bool is_common =
            common && common->size && bsearch(&chosen.at[i], common->at, common->size, sizeof *common->at, by_term);
        entries[i].term = runut_index_term(self->index, chosen.at[i].term ^ salt, is_common);
        entries[i].count = to_count(chosen.at[i].weight);
        self->index->terms.at[entries[i].term].articles += counted;
    }
    if (chosen.size > 1)
        qsort(entries, chosen.size, sizeof *entries, by_term);
    for (size_t i = 0; i < chosen.size; i++)
        push(self, entries[i].term, entries[i].count);
    return (uint16_t)chosen.size;
}

static uint16_t put_plain(runut_shelf *self, const uint32_t *at, size_t size, size_t most)
{
    size = size < most ? size : most;
    for (size_t i = 0; i < size; i++)
        push(self, at[i], 1);
    return (uint16_t)size;
}

/* Entities by their term numbers, not counted. */
static uint16_t put_known(runut_shelf *self, runut_arena *scratch, const uint32_t *at, size_t size, size_t most)
{
    runut_weights weights = {0};
    for (size_t i = 0; i < size && i < most; i++)
        RUNUT_PUSH(scratch, weights, ((runut_weight){at[i], 1}));
    return put_terms(self, scratch, &weights, ENTITY_SALT, most, NULL, false);
}

static uint16_t put_contexts(runut_shelf *self, runut_shelved *a, const runut_weights *weights)
{
    size_t size = weights->size < MOST_CONTEXTS ? weights->size : MOST_CONTEXTS;
    float sum = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t count = to_count(weights->at[i].weight);
        push(self, weights->at[i].term, count);
        sum += self->weight[count] * self->weight[count];
    }
    a->context_norm = sqrtf(sum);
    return (uint16_t)size;
}

/* Tells numbers from names among the entities. */
static void mark_numbers(runut_shelf *self, const runut_digest *d)
{
    for (size_t i = 0; i < d->numbers.size; i++)
        self->index->terms.at[runut_index_term(self->index, d->numbers.at[i] ^ ENTITY_SALT, false)].number = true;
}

/* The stems of common words, ascending. */
static runut_weights common_stems(runut_arena *scratch, const runut_digest *d)
{
    runut_weights out = {0};
    for (size_t i = 0; i < d->tokens.size; i++)
        if (d->tokens.at[i].common)
            RUNUT_PUSH(scratch, out, ((runut_weight){d->tokens.at[i].stem, 1}));
    if (out.size > 1)
        qsort(out.at, out.size, sizeof *out.at, by_term);
    return out;
}

static bool reserve(runut_shelf *self, const runut_digest *d, size_t bytes)
{
    size_t terms = d->stems.size + d->entities.size + d->headline_stems.size + d->lead.size + d->lead_places.size;
    size_t all = terms + d->numbers_in_context.size + d->numbers.size;
    return RUNUT_LIST_RESERVE(self->heap, self->articles, 1) && RUNUT_LIST_RESERVE(self->heap, self->bytes, bytes) &&
           RUNUT_LIST_RESERVE(self->heap, self->terms, all) && RUNUT_LIST_RESERVE(self->heap, self->counts, all) &&
           runut_index_reserve(self->index, terms + d->numbers.size);
}

static bool number_outlets(runut_shelf *self, runut_shelved *a, const runut_digest *d)
{
    runut_slice source = d->sources.size ? d->sources.at[d->sources.size - 1] : (runut_slice){"", 0};
    return runut_outlets_number(&self->outlets, source, &a->source) &&
           runut_outlets_number(&self->outlets, d->publisher, &a->outlet);
}

bool runut_shelf_put(runut_shelf *self, runut_arena *scratch, uint32_t article, const runut_digest *d,
                     runut_slice bytes)
{
    runut_weights common = common_stems(scratch, d);
    if (!reserve(self, d, bytes.size))
        return false;
    runut_shelved *a = &self->articles.at[self->articles.size];
    *a = (runut_shelved){.article = article,
                         .bytes = self->bytes.size,
                         .terms = self->terms.size,
                         .byte_count = (uint32_t)bytes.size,
                         .edges = self->edges.size,
                         .published = d->published,
                         .happened = d->event,
                         .year = (int16_t)d->event_year,
                         .month = (uint8_t)d->event_month,
                         .conflict = d->date_conflict,
                         .headline = d->headline.size != 0,
                         .language = (uint32_t)runut_slice_hash(d->language)};
    if (!number_outlets(self, a, d))
        return false;
    if (bytes.size)
        memcpy(self->bytes.at + self->bytes.size, bytes.at, bytes.size);
    self->bytes.size += bytes.size;
    note_days(a, d);
    a->told = d->certainty == RUNUT_SURE ? d->event : RUNUT_NO_DAY;
    a->vague = d->certainty == RUNUT_VAGUE;
    for (size_t i = 0; i < d->editions.size && i < RUNUT_SHELF_EDITIONS; i++)
        a->editions[a->edition_count++] = d->editions.at[i];
    a->stems = put_terms(self, scratch, &d->stems, 0, MOST_STEMS, &common, true);
    a->entities = put_terms(self, scratch, &d->entities, ENTITY_SALT, MOST_ENTITIES, NULL, true);
    mark_numbers(self, d);
    a->heads = put_terms(self, scratch, &d->headline_stems, 0, MOST_HEADS, NULL, false);
    a->places = put_known(self, scratch, d->lead_places.at, d->lead_places.size, MOST_FEW);
    a->lead = put_known(self, scratch, d->lead.at, d->lead.size, MOST_LEAD);
    a->contexts = put_contexts(self, a, &d->numbers_in_context);
    a->numbers = put_plain(self, d->numbers.at, d->numbers.size, MOST_NUMBERS);
    self->articles.size++;
    self->index->articles++;
    return true;
}

/* ---- weights ---- */

static float norm_of(const runut_shelf *self, size_t first, size_t count, bool numbers)
{
    float sum = 0;
    for (size_t i = first; i < first + count; i++) {
        if (!numbers && self->index->terms.at[self->terms.at[i]].number)
            continue;
        float w = self->weight[self->counts.at[i]] * self->index->terms.at[self->terms.at[i]].idf;
        sum += w * w;
    }
    return sqrtf(sum);
}

static float sum_of(const runut_shelf *self, size_t first, size_t count)
{
    float sum = 0;
    for (size_t i = first; i < first + count; i++)
        sum += self->index->terms.at[self->terms.at[i]].idf;
    return sum;
}

void runut_shelf_weigh(runut_shelf *self, size_t first)
{
    for (size_t p = first; p < self->articles.size; p++) {
        runut_shelved *a = &self->articles.at[p];
        size_t at = a->terms;
        a->stem_norm = norm_of(self, at, a->stems, true);
        a->entity_norm = norm_of(self, at + a->stems, a->entities, true);
        a->name_norm = norm_of(self, at + a->stems, a->entities, false);
        a->head_sum = sum_of(self, at + a->stems + a->entities, a->heads);
        a->place_sum = sum_of(self, at + a->stems + a->entities + a->heads, a->places);
    }
}

/* Inserts into `out`, heaviest first, at most `most`. */
static size_t insert(runut_lookup *out, size_t size, size_t most, runut_lookup one)
{
    if (size == most && out[size - 1].weight >= one.weight)
        return size;
    size_t i = size < most ? size : most - 1;
    for (; i > 0 && out[i - 1].weight < one.weight; i--)
        out[i] = out[i - 1];
    out[i] = one;
    return size < most ? size + 1 : most;
}

/* Weights are those of the cosine: each side's count weight times idf, over the norm. */
static size_t telling(const runut_shelf *self, size_t first, size_t count, size_t most, float norm, runut_lookup *out)
{
    size_t size = 0;
    for (size_t i = first; i < first + count; i++) {
        float value = self->index->terms.at[self->terms.at[i]].idf;
        float weight = self->weight[self->counts.at[i]] * value * value / (norm > 0 ? norm : 1);
        size = insert(out, size, most, (runut_lookup){self->terms.at[i], weight});
    }
    return size;
}

size_t runut_shelf_lookups(const runut_shelf *self, size_t place, runut_lookup *out)
{
    const runut_shelved *a = &self->articles.at[place];
    size_t size = telling(self, a->terms, a->stems, RUNUT_SHELF_LOOKUP_STEMS, a->stem_norm, out);
    return size +
           telling(self, a->terms + a->stems, a->entities, RUNUT_SHELF_LOOKUP_ENTITIES, a->entity_norm, out + size);
}

void runut_shelf_note(runut_shelf *self, size_t place, uint32_t other, float match)
{
    runut_shelved *a = &self->articles.at[place];
    for (size_t i = 0; i < a->near_count; i++)
        if (a->near[i].place == other)
            return;
    if (a->near_count == RUNUT_SHELF_NEAR && a->near[a->near_count - 1].match >= match)
        return;
    size_t i = a->near_count < RUNUT_SHELF_NEAR ? a->near_count++ : RUNUT_SHELF_NEAR - 1;
    for (; i > 0 && a->near[i - 1].match < match; i--)
        a->near[i] = a->near[i - 1];
    a->near[i] = (runut_near){other, match};
}
