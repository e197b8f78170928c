/* Making a digest. Linear in the annotation but for sorting; what a huge body has beyond the limits below is left out:
 * relating gains nothing from the twenty-thousandth word. */
#include "relate/digest.h"

#include <stdlib.h>

#include "base/calendar_names.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "relate/digest_parts.h"
#include "relate/pair.h"

enum {
    MOST_TOKENS = 20000,
    MOST_SENTENCES = 2000,
    MOST_NAMES = 500,
    MOST_QUOTES = 500,
    MOST_MENTIONS = 4000,
    MOST_DAYS = 64
};
enum { MOST_NUMBER = 24, MOST_OPENING = 16, LEAD_SENTENCES = 3, NONE = UINT32_MAX };

static uint32_t hash_of(runut_slice text)
{
    return (uint32_t)runut_slice_hash(text);
}

/* ---- weights ---- */

static int by_term(const void *a, const void *b)
{
    uint32_t x = ((const runut_weight *)a)->term, y = ((const runut_weight *)b)->term;
    return (x > y) - (x < y);
}

/* Few are sorted by insertion; many by their bytes, the lowest first: terms are hashes, so that is linear. */
static void sort_weights(runut_arena *arena, runut_weight *at, size_t size)
{
    enum { FEW = 24, BYTES = sizeof at->term };
    if (size <= FEW) {
        for (size_t i = 1; i < size; i++) {
            runut_weight moved = at[i];
            size_t to = i;
            for (; to > 0 && at[to - 1].term > moved.term; to--)
                at[to] = at[to - 1];
            at[to] = moved;
        }
        return;
    }
    size_t starts[BYTES][256] = {0};
    runut_weight *from = at, *to = runut_arena_alloc(arena, size * sizeof *to);
    for (size_t i = 0; i < size; i++)
        for (unsigned byte = 0; byte < BYTES; byte++)
            starts[byte][at[i].term >> 8 * byte & 0xFF]++;
    for (unsigned byte = 0; byte < BYTES; byte++) {
        for (size_t value = 0, start = 0; value < 256; value++) {
            size_t count = starts[byte][value];
            starts[byte][value] = start;
            start += count;
        }
        for (size_t i = 0; i < size; i++)
            to[starts[byte][from[i].term >> 8 * byte & 0xFF]++] = from[i];
        runut_weight *swap = from;
        from = to;
        to = swap;
    }
}

void runut_weights_gather(runut_arena *arena, runut_weights *weights)
{
    sort_weights(arena, weights->at, weights->size);
    size_t n = 0;
    for (size_t i = 0; i < weights->size; i++) {
        if (n > 0 && weights->at[n - 1].term == weights->at[i].term)
            weights->at[n - 1].weight += weights->at[i].weight;
        else
            weights->at[n++] = weights->at[i];
    }
    weights->size = n;
}

static void weights_add(runut_arena *arena, runut_weights *weights, uint32_t term, float weight)
{
    RUNUT_PUSH(arena, *weights, ((runut_weight){term, weight}));
}

static bool weights_have(const runut_weights *weights, uint32_t term)
{
    runut_weight key = {term, 0};
    return weights->size && bsearch(&key, weights->at, weights->size, sizeof key, by_term);
}

void runut_digest_stems(runut_arena *arena, runut_digest *digest)
{
    digest->stems = (runut_weights){0};
    for (size_t i = 0; i < digest->tokens.size; i++)
        weights_add(arena, &digest->stems, digest->tokens.at[i].stem, i < RUNUT_DIGEST_LEAD ? 2 : 1);
    if (digest->headline.size)
        for (size_t i = 0; i < digest->headline_stems.size; i++)
            weights_add(arena, &digest->stems, digest->headline_stems.at[i].term,
                        3 * digest->headline_stems.at[i].weight);
    runut_weights_gather(arena, &digest->stems);
}

/* ---- numbers ---- */

typedef RUNUT_VECTOR(uint32_t) uint32s;

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static size_t sort_distinct(uint32_t *at, size_t size)
{
    if (size > 1)
        qsort(at, size, sizeof *at, by_number);
    size_t n = 0;
    for (size_t i = 0; i < size; i++)
        if (n == 0 || at[n - 1] != at[i])
            at[n++] = at[i];
    return n;
}

/* The same hash for "1.204" and "1,204", "6,1" and "6.1": which of the two marks stands where is a matter of language.
 */
static uint32_t number_hash(runut_slice folded)
{
    char text[MOST_NUMBER];
    if (folded.size > sizeof text)
        return hash_of(folded);
    for (size_t i = 0; i < folded.size; i++)
        text[i] = folded.at[i] == ',' ? '.' : folded.at[i];
    return hash_of((runut_slice){text, folded.size});
}

/* ---- the making ---- */

typedef struct making {
    runut_arena *arena;
    const runut_annotation *annotation;
    runut_digest *digest;
    uint32_t *token_of; /* annotation token → digest token; NONE for marks */
    bool *in_name;      /* per annotation token */
    bool capital_nouns;
    uint32s numbers, lead, lead_places;
} making;

static void copy_texts(making *m)
{
    const runut_annotation *a = m->annotation;
    m->digest->language = a->language;
    m->digest->headline = a->article->headline;
    m->digest->publisher = a->article->publisher;
    for (size_t i = 0; i < a->sources.size && i < 16; i++)
        RUNUT_PUSH(m->arena, m->digest->sources,
                   a->sources.at[i].key.size ? a->sources.at[i].key : a->sources.at[i].name);
}

static int by_day(const void *a, const void *b)
{
    runut_day x = *(const runut_day *)a, y = *(const runut_day *)b;
    return (x > y) - (x < y);
}

/* How sure the day of the happening is. Sure: named by its number ("15 August", "(15/8)"), or named in another way ("on
 * Friday", "yesterday") where the page prints its own date or all is read from the text. The date that a record brings
 * along may be the day of its crawling, and a Friday counted from that is no better. */
static runut_certainty certainty(const making *m)
{
    const runut_dates *dates = &m->annotation->dates;
    const runut_article *article = m->annotation->article;
    bool record = article->date_published.size && (!article->date_from || strcmp(article->date_from, "record") == 0);
    if (dates->event == RUNUT_NO_DAY || dates->conflict)
        return record ? RUNUT_VAGUE : RUNUT_LIKELY;
    for (size_t i = 0; i < dates->mentioned.size && i < MOST_DAYS; i++) {
        runut_span span = dates->mentioned.at[i].span;
        size_t at = span.start;
        while (at < span.end && at < m->annotation->body.size &&
               !runut_is_digit((unsigned char)m->annotation->body.at[at]))
            at++;
        if (dates->mentioned.at[i].day == dates->event && (!record || at < span.end))
            return RUNUT_SURE;
    }
    return record ? RUNUT_VAGUE : article->date_published.size ? RUNUT_LIKELY : RUNUT_SURE;
}

static void copy_days(making *m)
{
    const runut_dates *dates = &m->annotation->dates;
    runut_digest *d = m->digest;
    d->published = dates->inferred;
    d->date_conflict = dates->conflict;
    d->event = dates->event;
    d->certainty = certainty(m);
    d->event_year = dates->event_year;
    d->event_month = dates->event_month;
    for (size_t i = 0; i < dates->candidates.size && i < MOST_DAYS; i++)
        RUNUT_PUSH(m->arena, d->candidates, dates->candidates.at[i].day);
    for (size_t i = 0; i < dates->mentioned.size && i < MOST_DAYS; i++)
        RUNUT_PUSH(m->arena, d->mentioned, dates->mentioned.at[i].day);
    if (d->mentioned.size > 1)
        qsort(d->mentioned.at, d->mentioned.size, sizeof *d->mentioned.at, by_day);
}

static void copy_tokens(making *m, const runut_common_words *common)
{
    const runut_annotation *a = m->annotation;
    m->token_of = runut_arena_alloc(m->arena, (a->tokens.size + 1) * sizeof *m->token_of);
    for (size_t i = 0; i < a->tokens.size; i++) {
        const runut_token *t = &a->tokens.at[i];
        m->token_of[i] = NONE;
        if (t->kind == RUNUT_TOKEN_MARK || m->digest->tokens.size >= MOST_TOKENS)
            continue;
        m->token_of[i] = (uint32_t)m->digest->tokens.size;
        runut_digest_token *out = RUNUT_APPEND(m->arena, m->digest->tokens);
        out->span = t->span;
        if (t->kind == RUNUT_TOKEN_NUMBER) {
            out->hash = out->stem = number_hash(t->folded);
            continue;
        }
        out->hash = (uint32_t)t->hash;
        out->stem = t->stem.at == t->folded.at && t->stem.size == t->folded.size ? out->hash : hash_of(t->stem);
        out->common = runut_common_words_have(common, t->folded, t->hash);
    }
}

/* First digest token at or after annotation token `i`. */
static uint32_t token_from(const making *m, size_t i)
{
    for (; i < m->annotation->tokens.size; i++)
        if (m->token_of[i] != NONE)
            return m->token_of[i];
    return (uint32_t)m->digest->tokens.size;
}

static void copy_sentences(making *m)
{
    const runut_annotation *a = m->annotation;
    for (size_t i = 0; i < a->sentences.size && i < MOST_SENTENCES; i++) {
        const runut_sentence *s = &a->sentences.at[i];
        uint32_t first = token_from(m, s->first_token), end = token_from(m, s->end_token);
        if (first >= m->digest->tokens.size && first > 0 && a->tokens.size > MOST_TOKENS)
            break;
        RUNUT_PUSH(m->arena, m->digest->sentences, ((runut_digest_sentence){s->span, first, end}));
    }
}

/* Marks the tokens inside mentions; both are in order. */
static void mark_names(making *m)
{
    const runut_annotation *a = m->annotation;
    m->in_name = runut_arena_alloc(m->arena, a->tokens.size + 1);
    size_t k = 0;
    for (size_t i = 0; i < a->mentions.size; i++) {
        runut_span span = a->mentions.at[i].span;
        while (k < a->tokens.size && a->tokens.at[k].span.end <= span.start)
            k++;
        for (size_t j = k; j < a->tokens.size && a->tokens.at[j].span.start < span.end; j++)
            m->in_name[j] = true;
    }
}

static void note_number(making *m, runut_slice folded, float weight)
{
    uint32_t hash = number_hash(folded);
    weights_add(m->arena, &m->digest->entities, hash, weight);
    RUNUT_PUSH(m->arena, m->numbers, hash);
}

/* English and others write "Monday" and "March" like names. */
static bool is_of_calendar(const making *m, runut_slice folded)
{
    runut_slice language = m->annotation->language;
    return runut_month_named(folded, language) || runut_weekday_named(folded, language);
}

/* German and Luxembourgish write every noun like a name. */
static bool has_capital_nouns(runut_slice language)
{
    runut_slice first = {"", 0};
    runut_slice_field(&language, '-', &first);
    return runut_slice_is(first, "de") || runut_slice_is(first, "lb");
}

static bool is_name_like(const making *m, size_t i)
{
    const runut_token *t = &m->annotation->tokens.at[i];
    return t->kind == RUNUT_TOKEN_WORD &&
           (m->in_name[i] || (t->upper && !t->sentence_start && !m->capital_nouns && !is_of_calendar(m, t->folded)));
}

static void body_entities(making *m)
{
    const runut_annotation *a = m->annotation;
    for (size_t i = 0; i < a->tokens.size && i < 2 * MOST_TOKENS; i++) {
        const runut_token *t = &a->tokens.at[i];
        if (t->kind == RUNUT_TOKEN_NUMBER)
            note_number(m, t->folded, 1);
        else if (is_name_like(m, i) && m->token_of[i] != NONE && !m->digest->tokens.at[m->token_of[i]].common)
            weights_add(m->arena, &m->digest->entities, m->digest->tokens.at[m->token_of[i]].hash, 1);
    }
    runut_weights_gather(m->arena, &m->digest->entities);
}

/* Headline words that are names in the body too, and its numbers, once more and doubled. A headline may be in title
 * case, so its capitals alone say nothing. */
static void headline_entities(making *m)
{
    const runut_annotation *a = m->annotation;
    size_t of_body = m->digest->entities.size;
    for (size_t i = 0; i < a->headline_tokens.size; i++) {
        const runut_token *t = &a->headline_tokens.at[i];
        runut_weights body = {.at = m->digest->entities.at, .size = of_body};
        if (t->kind == RUNUT_TOKEN_NUMBER)
            note_number(m, t->folded, 2);
        else if (t->kind == RUNUT_TOKEN_WORD && weights_have(&body, hash_of(t->folded)))
            weights_add(m->arena, &m->digest->entities, hash_of(t->folded), 2);
    }
}

static void headline_stems(making *m)
{
    const runut_annotation *a = m->annotation;
    for (size_t i = 0; i < a->headline_tokens.size && i < 200; i++) {
        const runut_token *t = &a->headline_tokens.at[i];
        if (t->kind == RUNUT_TOKEN_WORD)
            weights_add(m->arena, &m->digest->headline_stems, hash_of(t->stem), 1);
        else if (t->kind == RUNUT_TOKEN_NUMBER)
            weights_add(m->arena, &m->digest->headline_stems, number_hash(t->folded), 1);
    }
    size_t end = m->digest->sentences.size ? m->digest->sentences.at[0].end_token : 0;
    if (!m->digest->headline.size)
        for (size_t i = 0; i < end && i < MOST_OPENING; i++)
            weights_add(m->arena, &m->digest->headline_stems, m->digest->tokens.at[i].stem, 1);
    runut_weights_gather(m->arena, &m->digest->headline_stems);
}

static uint32_t pair_hash(uint32_t number, uint32_t stem)
{
    uint32_t pair[2] = {number, stem};
    return hash_of((runut_slice){(const char *)pair, sizeof pair});
}

static void numbers_in_context(making *m)
{
    const runut_annotation *a = m->annotation;
    uint32_t before = 0, number = 0; /* hashes of the last content word, of a number that waits for the next */
    for (size_t i = 0; i < a->tokens.size; i++) {
        if (m->token_of[i] == NONE)
            continue;
        const runut_digest_token *t = &m->digest->tokens.at[m->token_of[i]];
        if (a->tokens.at[i].kind == RUNUT_TOKEN_NUMBER) {
            if (before)
                weights_add(m->arena, &m->digest->numbers_in_context, pair_hash(t->hash, before), 1);
            number = t->hash;
        } else if (!t->common) {
            if (number)
                weights_add(m->arena, &m->digest->numbers_in_context, pair_hash(number, t->stem), 1);
            before = t->stem;
            number = 0;
        }
    }
    runut_weights_gather(m->arena, &m->digest->numbers_in_context);
}

/* Names as a whole: their key is the same across spellings and languages. */
static void copy_names(making *m)
{
    const runut_annotation *a = m->annotation;
    for (size_t i = 0; i < a->names.size && i < MOST_NAMES; i++) {
        const runut_name *n = &a->names.at[i];
        runut_digest_name *out = RUNUT_APPEND(m->arena, m->digest->names);
        out->kind = n->kind;
        out->key = hash_of(n->key);
        out->mentions = n->mentions;
        out->text = n->canonical;
        out->in_headline =
            n->canonical.size && runut_slice_find_nocase(m->digest->headline, n->canonical, 0) != SIZE_MAX;
        float weight = (float)(n->mentions < 5 ? n->mentions : 5) + (out->in_headline ? 2 : 0);
        weights_add(m->arena, &m->digest->entities, out->key, weight > 0 ? weight : 1);
    }
}

static void copy_mentions(making *m)
{
    const runut_annotation *a = m->annotation;
    size_t sentence = 0, sentences = m->digest->sentences.size;
    for (size_t i = 0; i < a->mentions.size && m->digest->mentions.size < MOST_MENTIONS; i++) {
        const runut_mention *mention = &a->mentions.at[i];
        while (sentence < sentences && m->digest->sentences.at[sentence].span.end <= mention->span.start)
            sentence++;
        if (sentence < sentences && mention->name < m->digest->names.size)
            RUNUT_PUSH(m->arena, m->digest->mentions, ((runut_digest_mention){mention->name, (uint32_t)sentence}));
    }
}

/* A key of two capitals is a country's ISO 3166 code. */
static bool is_country(const runut_name *n)
{
    return n->key.size == 2 && n->key.at[0] >= 'A' && n->key.at[0] <= 'Z' && n->key.at[1] >= 'A' && n->key.at[1] <= 'Z';
}

static void note_lead(making *m, uint32_t hash, bool place)
{
    RUNUT_PUSH(m->arena, m->lead, hash);
    if (place)
        RUNUT_PUSH(m->arena, m->lead_places, hash);
}

/* Words of the mentions in the first sentences, and their keys. */
static void lead_mentions(making *m)
{
    const runut_annotation *a = m->annotation;
    size_t t = 0, end = a->sentences.size < LEAD_SENTENCES ? a->sentences.size : LEAD_SENTENCES;
    size_t last = end ? a->sentences.at[end - 1].end_token : 0;
    for (size_t i = 0; i < a->mentions.size; i++) {
        const runut_mention *mention = &a->mentions.at[i];
        const runut_name *name = &a->names.at[mention->name];
        bool place = name->kind == RUNUT_PLACE && !is_country(name);
        while (t < last && a->tokens.at[t].span.end <= mention->span.start)
            t++;
        if (t == last)
            return;
        note_lead(m, hash_of(name->key), place);
        for (size_t k = t; k < last && a->tokens.at[k].span.start < mention->span.end; k++)
            if (a->tokens.at[k].kind == RUNUT_TOKEN_WORD && m->token_of[k] != NONE &&
                !m->digest->tokens.at[m->token_of[k]].common)
                note_lead(m, hash_of(a->tokens.at[k].folded), place);
    }
}

/* The headline has no mentions; a word of it counts as what it is in the body. */
static void lead_words(making *m)
{
    const runut_annotation *a = m->annotation;
    size_t end = a->sentences.size < LEAD_SENTENCES ? a->sentences.size : LEAD_SENTENCES;
    size_t last = end ? a->sentences.at[end - 1].end_token : 0;
    for (size_t i = 0; i < last && i < a->tokens.size; i++)
        if (is_name_like(m, i))
            note_lead(m, hash_of(a->tokens.at[i].folded), false);
    for (size_t i = 0; i < a->headline_tokens.size; i++)
        if (a->headline_tokens.at[i].kind == RUNUT_TOKEN_WORD)
            note_lead(m, hash_of(a->headline_tokens.at[i].folded), false);
}

static void copy_quotes(making *m)
{
    const runut_annotation *a = m->annotation;
    size_t t = 0;
    for (size_t i = 0; i < a->statements.size && m->digest->quotes.size < MOST_QUOTES; i++) {
        const runut_statement *s = &a->statements.at[i];
        if (s->indirect)
            continue;
        runut_digest_quote *out = RUNUT_APPEND(m->arena, m->digest->quotes);
        out->span = s->span;
        while (t > 0 && m->digest->tokens.at[t - 1].span.start >= s->span.start)
            t--;
        while (t < m->digest->tokens.size && m->digest->tokens.at[t].span.start < s->span.start)
            t++;
        out->first_token = (uint32_t)t;
        while (t < m->digest->tokens.size && m->digest->tokens.at[t].span.end <= s->span.end)
            t++;
        out->end_token = (uint32_t)t;
        if (s->speaker_name >= 0 && (size_t)s->speaker_name < a->names.size)
            out->speaker = hash_of(a->names.at[s->speaker_name].key);
        out->speaker_text = s->speaker;
    }
}

static void finish(making *m)
{
    runut_digest *d = m->digest;
    runut_weights_gather(m->arena, &d->entities);
    for (size_t i = 0; i < d->entities.size; i++)
        if (d->entities.at[i].weight > 5)
            d->entities.at[i].weight = 5;
    d->numbers.at = m->numbers.at;
    d->numbers.size = sort_distinct(m->numbers.at, m->numbers.size);
    d->lead.at = m->lead.at;
    d->lead.size = sort_distinct(m->lead.at, m->lead.size);
    d->lead_places.at = m->lead_places.at;
    d->lead_places.size = sort_distinct(m->lead_places.at, m->lead_places.size);
    d->lead.capacity = d->lead.size;
    d->lead_places.capacity = d->lead_places.size;
    d->numbers.capacity = d->numbers.size;
}

runut_digest *runut_digest_make(runut_digester *digester, runut_arena *arena, const runut_annotation *annotation)
{
    const runut_digest_words *words = runut_digester_words(digester, arena, annotation->language);
    making m = {.arena = arena, .annotation = annotation, .digest = runut_arena_alloc(arena, sizeof *m.digest)};
    m.capital_nouns = has_capital_nouns(annotation->language);
    copy_texts(&m);
    copy_days(&m);
    copy_tokens(&m, words->common);
    copy_sentences(&m);
    mark_names(&m);
    body_entities(&m);
    headline_entities(&m);
    headline_stems(&m);
    numbers_in_context(&m);
    copy_names(&m);
    copy_mentions(&m);
    lead_mentions(&m);
    lead_words(&m);
    runut_digest_editions(arena, words->editions, annotation, m.digest);
    copy_quotes(&m);
    finish(&m);
    runut_digest_stems(arena, m.digest);
    runut_facts_find(arena, words->facts, annotation, m.digest);
    return m.digest;
}
