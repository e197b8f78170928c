/* A stream of news is made in two steps. First the plan: happenings with day, kind, actors, place, own words, facts and
 * how many reports tell of them (power law); some are follow-ups of an earlier one (same actors and place, half of its
 * words, other facts), some recurrences (the same but for day, year and numbers). Then, report by report and each
 * from its own seed, so that any of them can be made alone: a mixture of common words, words of the happening, of its
 * kind, its topic and of the language (Zipf), with names and facts set in. A third of the reports copy the first one,
 * in part, word for word or reworded. Nothing of it is text: words are hashes. */
#include "stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/vector.h"
#include "relate/digest_parts.h"

enum {
    COMMON = 150,
    VOCABULARY = 600000,
    TOPICS = 300,
    TOPIC_WORDS = 1500,
    KINDS = 3000,
    KIND_WORDS = 60,
    OWN_WORDS = 50,
    NAMES = 300000,
    PLACES = 6000,
    OUTLETS = 400,
    ACTORS = 5,
    FACTS = 10,
    DAYS = 1461,
    MOST_REPORTS = 400,
    SUBJECTS = 40,
    MOST_YEARS = 3,
    MOST_FOLLOWED = 6
};

/* ---- chance ---- */

typedef uint64_t chance; /* splitmix64 (Steele, Lea & Flood 2014) */

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static uint64_t next(chance *c)
{
    return mix(*c += 0x9e3779b97f4a7c15u);
}

static uint32_t below(chance *c, uint32_t count)
{
    return (uint32_t)((next(c) >> 32) * count >> 32);
}

static double unit(chance *c)
{
    return (double)(next(c) >> 11) * 0x1p-53;
}

static bool happens(chance *c, double share)
{
    return unit(c) < share;
}

/* 0 … count-1, the n-th about 1/n as often as the first. */
static uint32_t zipf(chance *c, uint32_t count)
{
    uint32_t rank = (uint32_t)exp(unit(c) * log(count + 1.0)) - 1;
    return rank < count ? rank : count - 1;
}

static uint32_t hash(uint32_t space, uint64_t thing)
{
    return (uint32_t)mix(((uint64_t)space << 40 | thing) * 0x9e3779b97f4a7c15u + 1);
}

enum { WORD, STEM, NAME, NUMBER, UNIT, SUBJECT };

/* ---- the plan ---- */

typedef struct fact {
    uint32_t value, unit, subject, word;
} fact;

typedef struct happening {
    uint64_t seed;
    uint32_t row;  /* first of the row of recurrences */
    uint32_t base; /* happening that this one recurs or follows; itself where none */
    uint32_t recurred, followed;
    uint32_t kind, language, edition;
    int32_t day;
    uint32_t reports;
    bool follows;
} happening;

typedef struct report {
    uint32_t event, number;
    int32_t published, arrival;
    uint32_t chance;
} report;

struct stream {
    uint64_t seed;
    happening *events;
    size_t event_count, capacity;
    report *reports;
    size_t count;
};

/* Pareto, so that one in three has one report only and some have hundreds. */
static uint32_t size_of(chance *c)
{
    double size = pow(1 - unit(c), -1 / 1.25);
    return size < MOST_REPORTS ? (uint32_t)size : MOST_REPORTS;
}

static happening new_event(stream *self, chance *c)
{
    uint32_t number = (uint32_t)self->event_count;
    happening e = {.seed = next(c), .row = number, .base = number, .kind = zipf(c, KINDS)};
    e.language = happens(c, .3);
    e.day = (int32_t)below(c, DAYS);
    e.edition = happens(c, .1) ? 2 + below(c, 60) : 0;
    e.reports = size_of(c);
    if (number < 50 || !happens(c, .2))
        return e;
    e.base = self->events[below(c, number)].base;
    happening *base = &self->events[e.base];
    bool follows = happens(c, .65);
    if (follows ? base->followed == MOST_FOLLOWED : base->recurred == MOST_YEARS) {
        e.base = number;
        return e;
    }
    e.kind = base->kind;
    e.language = base->language;
    e.follows = follows;
    if (follows) {
        base->followed++;
        e.day = base->day + 3 + (int32_t)(40 * unit(c) * unit(c));
        e.edition = base->edition;
        return e;
    }
    uint32_t years = ++base->recurred;
    e.row = base->row;
    e.day = base->day + (int32_t)(years * 365 + below(c, 5)) - 2;
    e.edition = base->edition ? base->edition + years : 0;
    return e;
}

static int by_arrival(const void *a, const void *b)
{
    const report *x = a, *y = b;
    if (x->arrival != y->arrival)
        return x->arrival < y->arrival ? -1 : 1;
    if (x->chance != y->chance)
        return x->chance < y->chance ? -1 : 1;
    return x->event != y->event ? (x->event > y->event) - (x->event < y->event)
                                : (x->number > y->number) - (x->number < y->number);
}

/* Days after the happening that report `number` comes out; mostly at once. */
static int32_t delay_of(chance *c)
{
    return (int32_t)(-1.2 * log(1 - unit(c)));
}

static void plan_reports(stream *self, uint32_t event)
{
    happening *e = &self->events[event];
    for (uint32_t r = 0; r < e->reports; r++) {
        chance c = mix(e->seed + r);
        int32_t published = e->day + delay_of(&c), late = happens(&c, .03) ? (int32_t)below(&c, 60) : 0;
        self->reports[self->count++] = (report){event, r, published, published + late, (uint32_t)next(&c)};
    }
}

stream *stream_new(uint64_t seed, size_t articles)
{
    stream *self = calloc(1, sizeof *self);
    chance c = mix(seed);
    if (!self)
        return NULL;
    self->capacity = articles + 1;
    self->events = malloc(self->capacity * sizeof *self->events);
    self->reports = malloc((articles + 1) * sizeof *self->reports);
    if (!self->events || !self->reports) {
        stream_free(self);
        return NULL;
    }
    self->seed = seed;
    while (self->count < articles) {
        happening e = new_event(self, &c);
        if (e.reports > articles - self->count)
            e.reports = (uint32_t)(articles - self->count);
        self->events[self->event_count++] = e;
        plan_reports(self, (uint32_t)self->event_count - 1);
    }
    qsort(self->reports, self->count, sizeof *self->reports, by_arrival);
    return self;
}

void stream_free(stream *self)
{
    if (!self)
        return;
    free(self->events);
    free(self->reports);
    free(self);
}

uint32_t stream_event(const stream *self, size_t i)
{
    return self->reports[i].event;
}

uint32_t stream_story(const stream *self, size_t i)
{
    return self->events[self->reports[i].event].base;
}

uint32_t stream_row(const stream *self, size_t i)
{
    return self->events[self->reports[i].event].row;
}

size_t stream_events(const stream *self)
{
    return self->event_count;
}

static bool is_copy(uint64_t seed, uint32_t number)
{
    chance c = mix(seed ^ (number + 77777u));
    return number > 0 && happens(&c, .35);
}

bool stream_is_copy(const stream *self, size_t i)
{
    return is_copy(self->events[self->reports[i].event].seed, self->reports[i].number);
}

/* ---- what a happening is made of ---- */

typedef struct matter {
    uint32_t own[OWN_WORDS], kind[KIND_WORDS], topic;
    uint32_t actors[ACTORS], places[2];
    fact facts[FACTS];
} matter;

static uint32_t content_word(chance *c)
{
    return COMMON + zipf(c, VOCABULARY);
}

static uint32_t topic_word(uint32_t topic, uint32_t rank)
{
    chance c = mix(((uint64_t)topic << 32) + rank);
    return COMMON + zipf(&c, VOCABULARY);
}

static fact new_fact(chance *c)
{
    double size = exp(unit(c) * log(20000));
    uint32_t value = (uint32_t)size + 1;
    return (fact){value > 100 && happens(c, .5) ? value / 10 * 10 : value, below(c, 6), below(c, SUBJECTS),
                  content_word(c)};
}

/* The things of a row: those of its first happening, then what is this one's own. */
static void fill(const stream *self, uint32_t event, matter *m)
{
    const happening *e = &self->events[event], *base = &self->events[e->base];
    chance k = mix(e->kind + 1000003u), b = mix(base->seed), c = mix(e->seed);
    bool related = e != base;
    m->topic = below(&k, TOPICS);
    for (size_t i = 0; i < KIND_WORDS; i++)
        m->kind[i] = i % 3 ? topic_word(m->topic, zipf(&k, TOPIC_WORDS)) : content_word(&k);
    double kept = e->follows ? .45 : .7;
    for (size_t i = 0; i < OWN_WORDS; i++) {
        uint32_t of_base = happens(&b, .2) ? m->kind[below(&b, KIND_WORDS)] : content_word(&b);
        uint32_t own = happens(&c, .2) ? m->kind[below(&c, KIND_WORDS)] : content_word(&c);
        m->own[i] = related && happens(&c, kept) ? of_base : own;
    }
    for (size_t i = 0; i < ACTORS; i++) {
        uint32_t of_base = zipf(&b, NAMES), own = zipf(&c, NAMES);
        m->actors[i] = related && happens(&c, .8) ? of_base : own;
    }
    for (size_t i = 0; i < 2; i++) {
        uint32_t of_base = zipf(&b, PLACES), own = zipf(&c, PLACES);
        m->places[i] = NAMES + (related ? of_base : own);
    }
    for (size_t i = 0; i < FACTS; i++) {
        fact of_base = new_fact(&b), own = new_fact(&c);
        m->facts[i] = related && happens(&c, .15) ? of_base : own;
    }
}

/* ---- one report ---- */

typedef struct making {
    runut_arena *arena;
    const happening *event;
    const matter *matter;
    runut_digest *digest;
    chance chance;
    uint32_t at; /* byte in the body that would be */
    uint32_t before, number;
    RUNUT_VECTOR(uint32_t) keys; /* of digest->names */
} making;

static void add_token(making *m, uint32_t form, uint32_t stem, bool common, uint32_t bytes)
{
    RUNUT_PUSH(m->arena, m->digest->tokens, ((runut_digest_token){form, stem, {m->at, m->at + bytes}, common}));
    m->at += bytes + 1;
}

static uint32_t pair_hash(uint32_t number, uint32_t stem)
{
    return (uint32_t)mix((uint64_t)number << 32 | stem);
}

static uint32_t form_of(const making *m, uint32_t word)
{
    return hash(WORD, (uint64_t)m->event->language << 32 | word);
}

/* Every other word shares its stem with its neighbour. */
static uint32_t stem_of(const making *m, uint32_t word)
{
    return hash(word % 4 < 2 ? STEM : WORD, (uint64_t)m->event->language << 32 | (word % 4 < 2 ? word & ~1u : word));
}

static void add_word(making *m, uint32_t word)
{
    uint32_t stem = stem_of(m, word);
    add_token(m, form_of(m, word), stem, word < COMMON, word < COMMON ? 4 : 7);
    if (word < COMMON)
        return;
    if (m->number)
        RUNUT_PUSH(m->arena, m->digest->numbers_in_context, ((runut_weight){pair_hash(m->number, stem), 1}));
    m->before = stem;
    m->number = 0;
}

static void add_number(making *m, uint32_t value)
{
    uint32_t form = hash(NUMBER, value);
    add_token(m, form, form, false, 3);
    RUNUT_PUSH(m->arena, m->digest->numbers, form);
    RUNUT_PUSH(m->arena, m->digest->entities, ((runut_weight){form, 1}));
    if (m->before)
        RUNUT_PUSH(m->arena, m->digest->numbers_in_context, ((runut_weight){pair_hash(form, m->before), 1}));
    m->number = form;
}

static uint32_t name_number(making *m, uint32_t name)
{
    runut_digest *d = m->digest;
    uint32_t key = hash(NAME, name);
    for (uint32_t i = 0; i < m->keys.size; i++)
        if (m->keys.at[i] == key)
            return i;
    RUNUT_PUSH(m->arena, m->keys, key);
    RUNUT_PUSH(m->arena, d->names,
               ((runut_digest_name){.kind = name >= NAMES ? RUNUT_PLACE
                                            : name % 3    ? RUNUT_PERSON
                                                          : RUNUT_ORGANIZATION,
                                    .key = key,
                                    .text = runut_arena_printf(m->arena, "Name %u", (unsigned)name)}));
    return (uint32_t)d->names.size - 1;
}

/* One to three words; first names are shared by many. */
static uint32_t name_word(uint32_t name, uint32_t i)
{
    return hash(NAME, 1u << 24 | (i == 0 && name < NAMES ? 1u << 25 | name % 997 : name * 4 + i));
}

static void add_name(making *m, uint32_t name)
{
    runut_digest *d = m->digest;
    uint32_t number = name_number(m, name), words = 1 + name % 3 % (name >= NAMES ? 2 : 3);
    bool full = d->names.at[number].mentions++ == 0, lead = d->sentences.size < 3;
    for (uint32_t i = full ? 0 : words - 1; i < words; i++) {
        uint32_t form = name_word(name, i);
        add_token(m, form, form, false, 6);
        RUNUT_PUSH(m->arena, d->entities, ((runut_weight){form, 1}));
        if (lead)
            RUNUT_PUSH(m->arena, d->lead, form);
        if (lead && name >= NAMES)
            RUNUT_PUSH(m->arena, d->lead_places, form);
    }
    if (lead)
        RUNUT_PUSH(m->arena, d->lead, d->names.at[number].key);
    if (lead && name >= NAMES)
        RUNUT_PUSH(m->arena, d->lead_places, d->names.at[number].key);
    RUNUT_PUSH(m->arena, d->mentions, ((runut_digest_mention){number, (uint32_t)d->sentences.size}));
}

static void add_fact(making *m, fact f)
{
    uint32_t start = m->at;
    add_number(m, f.value);
    add_word(m, f.word);
    runut_fact *out = RUNUT_APPEND(m->arena, m->digest->facts);
    *out = (runut_fact){.value = f.value,
                        .unit = f.unit ? hash(UNIT, f.unit) : 0,
                        .subject = f.subject < SUBJECTS / 2 ? hash(SUBJECT, f.subject) : 0,
                        .sentence = (uint32_t)m->digest->sentences.size,
                        .span = {start, m->at - 1},
                        .text = runut_arena_printf(m->arena, "%u", (unsigned)f.value),
                        .about = RUNUT_LITERAL("things")};
    out->context[0] = stem_of(m, f.word);
    out->nature = f.subject < 4 ? RUNUT_FACT_STRICT | RUNUT_FACT_TOLL : f.subject < 8 ? RUNUT_FACT_WIDE : 0;
}

static uint32_t some_word(making *m)
{
    chance *c = &m->chance;
    uint32_t draw = below(c, 100);
    if (draw < 42)
        return zipf(c, COMMON);
    if (draw < 64)
        return m->matter->own[zipf(c, OWN_WORDS)];
    if (draw < 72)
        return m->matter->kind[zipf(c, KIND_WORDS)];
    if (draw < 82)
        return topic_word(m->matter->topic, zipf(c, TOPIC_WORDS));
    return draw < 99 ? content_word(c) : COMMON + VOCABULARY + below(c, 40000000);
}

static uint32_t some_name(making *m)
{
    chance *c = &m->chance;
    if (happens(c, .25))
        return happens(c, .3) ? NAMES + zipf(c, PLACES) : zipf(c, NAMES);
    return happens(c, .3) ? m->matter->places[zipf(c, 2)] : m->matter->actors[zipf(c, ACTORS)];
}

static fact some_fact(making *m)
{
    fact f = happens(&m->chance, .7) ? m->matter->facts[zipf(&m->chance, FACTS)] : new_fact(&m->chance);
    if (happens(&m->chance, .05))
        f.value += 1 + below(&m->chance, 5); /* told otherwise */
    return f;
}

static void add_sentence(making *m)
{
    runut_digest *d = m->digest;
    uint32_t first = (uint32_t)d->tokens.size, start = m->at, words = 8 + below(&m->chance, 16);
    uint32_t name_at = happens(&m->chance, .8) ? below(&m->chance, words) : words;
    uint32_t fact_at = happens(&m->chance, .35) ? below(&m->chance, words) : words;
    for (uint32_t i = 0; i < words; i++) {
        if (i == name_at)
            add_name(m, some_name(m));
        if (i == fact_at)
            add_fact(m, some_fact(m));
        add_word(m, some_word(m));
    }
    RUNUT_PUSH(m->arena, d->sentences, ((runut_digest_sentence){{start, m->at - 1}, first, (uint32_t)d->tokens.size}));
}

static void add_headline(making *m)
{
    runut_digest *d = m->digest;
    chance *c = &m->chance;
    uint32_t names = 1 + below(c, 2), words = 4 + below(c, 4);
    d->headline = runut_arena_printf(m->arena, "Headline of a report %u", (unsigned)below(c, 1000000));
    for (uint32_t i = 0; i < words; i++) {
        uint32_t word = happens(c, .25) ? zipf(c, COMMON) : m->matter->own[zipf(c, OWN_WORDS)];
        RUNUT_PUSH(m->arena, d->headline_stems, ((runut_weight){stem_of(m, word), 1}));
        RUNUT_PUSH(m->arena, d->lead, form_of(m, word));
    }
    for (uint32_t i = 0; i < names; i++) {
        uint32_t name = i ? m->matter->places[0] : m->matter->actors[zipf(c, ACTORS)], form = name_word(name, 0);
        RUNUT_PUSH(m->arena, d->headline_stems, ((runut_weight){form, 1}));
        RUNUT_PUSH(m->arena, d->lead, form);
        RUNUT_PUSH(m->arena, d->entities, ((runut_weight){form, 2}));
        uint32_t number = name_number(m, name);
        d->names.at[number].in_headline = true;
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static size_t sort_distinct(uint32_t *at, size_t size)
{
    size_t n = 0;
    if (size > 1)
        qsort(at, size, sizeof *at, by_number);
    for (size_t i = 0; i < size; i++)
        if (n == 0 || at[n - 1] != at[i])
            at[n++] = at[i];
    return n;
}

static void finish(making *m)
{
    runut_digest *d = m->digest;
    for (size_t i = 0; i < d->names.size; i++) {
        const runut_digest_name *n = &d->names.at[i];
        float weight = (float)(n->mentions < 5 ? n->mentions : 5) + (n->in_headline ? 2 : 0);
        RUNUT_PUSH(m->arena, d->entities, ((runut_weight){n->key, weight}));
    }
    runut_weights_gather(m->arena, &d->entities);
    for (size_t i = 0; i < d->entities.size; i++)
        d->entities.at[i].weight = d->entities.at[i].weight > 5 ? 5 : d->entities.at[i].weight;
    runut_weights_gather(m->arena, &d->headline_stems);
    runut_weights_gather(m->arena, &d->numbers_in_context);
    d->numbers.size = sort_distinct(d->numbers.at, d->numbers.size);
    d->lead.size = sort_distinct(d->lead.at, d->lead.size);
    d->lead_places.size = sort_distinct(d->lead_places.at, d->lead_places.size);
}

/* Mostly dated by the day of arrival; one in fourteen is undated, one in forty by the wrong day; the text tells its day
 * in four of ten. */
static void add_days(making *m, const report *r)
{
    runut_digest *d = m->digest;
    chance *c = &m->chance;
    runut_day first = runut_day_of(2020, 1, 1);
    d->event = d->published = RUNUT_NO_DAY;
    if (!happens(c, .07))
        d->published = first + r->published + (happens(c, .025) ? (int32_t)below(c, 90) : 0);
    if (d->published != RUNUT_NO_DAY && happens(c, .4)) {
        d->event = first + m->event->day;
        d->certainty = RUNUT_SURE;
    } else {
        d->event = d->published;
        d->certainty = RUNUT_LIKELY;
    }
    if (m->event->edition && happens(c, .7))
        RUNUT_PUSH(m->arena, d->editions, (m->event->kind % 7 + 1) << 16 | m->event->edition);
}

/* `length` sentences; one that is copied comes out the same again but for a word here and there. */
static void write(making *m, uint64_t seed, uint32_t number, double reworded, double cut)
{
    chance own = mix(seed + 31 * number + 7);
    uint64_t text = mix(seed + 7777u * (reworded >= 0 ? 0 : number));
    uint32_t sentences;
    m->chance = text;
    sentences = 4 + (uint32_t)(-9 * log(1 - unit(&m->chance)));
    sentences = sentences > 60 ? 60 : sentences;
    if (reworded >= 0)
        sentences = (uint32_t)(sentences * (1 - cut)) + 1;
    add_headline(m);
    for (uint32_t i = 0; i < sentences; i++) {
        m->chance = mix(text + i);
        if (reworded > 0 && happens(&own, reworded))
            m->chance = next(&own);
        add_sentence(m);
    }
    m->chance = own;
}

runut_slice stream_digest(const stream *self, runut_arena *arena, size_t i)
{
    const report *r = &self->reports[i];
    matter made_of;
    fill(self, r->event, &made_of);
    making m = {.arena = arena, .event = &self->events[r->event], .matter = &made_of};
    m.digest = runut_arena_alloc(arena, sizeof *m.digest);
    chance c = mix(m.event->seed + 13 * r->number);
    bool copy = is_copy(m.event->seed, r->number), reworded = happens(&c, .4);
    double how_much = reworded ? .15 + .4 * unit(&c) : 0, cut = happens(&c, .5) ? .5 * unit(&c) : 0;
    m.digest->language = m.event->language ? RUNUT_LITERAL("en") : RUNUT_LITERAL("id");
    m.digest->publisher = runut_arena_printf(arena, "outlet%u.example", (unsigned)zipf(&c, OUTLETS));
    write(&m, m.event->seed, r->number, copy ? how_much : -1, cut);
    add_days(&m, r);
    finish(&m);
    return runut_digest_encode(arena, m.digest);
}
