#include "relate/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "relate/pairs.h"
#include "relate/shared.h"

static const float STEM = .6f, ENTITY = .4f, HEAD = .2f, CONTEXT = .1f, ACROSS = .8f;
static const float HUB = .2f, HUB_LEAST = .2f, HUB_MOST = .7f, HUB_ACROSS = .7f, NUMBERS = .3f;
static const float SAME_DAY = .07f, SAME_DAY_TOLD = .1f, WITHIN_MONTHS = .15f, WITHIN_MONTHS_VAGUE = .03f, FAR = 1.2f,
                   FAR_VAGUE = .3f, OTHER_DAY = .25f, LATER = .15f, DOUBT = .7f;
static const float SAME_EDITION = .04f, OTHER_EDITION = .4f;
static const float LIKE = .15f, LIKE_HEAD = .6f, PLACE_REST = .25f, ALIKE = .5f, FEW_SHARED = .35f, SAME_SHARE = .4f,
                   NEAREST = .2f, RIVAL = .85f;
static const float PLACES_SHARED = .3f, OTHER_PLACE = .06f, OTHER_PLACE_AND_NUMBERS = .15f, SAME_PLACE = .02f,
                   OTHER_PLACE_ONE_DAY = .3f;
static const float FORMULA = .18f, FORMULA_RISE = .15f, FEW_NAMES = .13f, NO_NAMES = .3f;
enum {
    NEAR_DAYS = 3,
    FAR_DAYS = 150,
    MONTHS = 61,
    OTHER_DAYS = 6,
    LATER_DAYS = 14,
    ENOUGH_NUMBERS = 3,
    SAME_NUMBERS = 3,
    FEW_ARTICLES = 20
};

/* ---- match ---- */

typedef struct vector {
    const uint32_t *term;
    const uint8_t *count;
    size_t size;
} vector;

static vector part(const runut_shelf *shelf, uint64_t at, size_t size)
{
    return (vector){shelf->terms.at + at, shelf->counts.at + at, size};
}

enum { MOST_SHARED = RUNUT_SHELF_MOST };

static size_t find_shared(vector a, vector b, runut_shared *out)
{
    return runut_shared_find(a.term, a.size, b.term, b.size, out);
}

/* What one has in common with another's stems: which of them (a bit each), and the sum over these of both weights and
 * the square of the idf. */
typedef struct common_stems {
    float sum;
    uint64_t bits[(MOST_SHARED + 63) / 64];
} common_stems;

static void dot_stems(const runut_term *terms, const float *weight, const runut_probe *probe, vector a, vector b,
                      common_stems *out)
{
    runut_shared found[MOST_SHARED + 1];
    size_t count = runut_probe_find(probe, b.term, b.size, found);
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < count; i++) {
        uint16_t at = found[i].a;
        float idf = terms[a.term[at]].idf;
        out->sum += weight[a.count[at]] * weight[b.count[found[i].b]] * idf * idf;
        out->bits[at / 64] |= UINT64_C(1) << at % 64;
    }
}

typedef struct entity_dots {
    float all, names; /* names: without numbers */
    size_t name_count;
} entity_dots;

static entity_dots dot_entities(const runut_term *terms, const float *weight, const runut_probe *probe, vector a,
                                vector b)
{
    runut_shared found[MOST_SHARED + 1];
    size_t count = runut_probe_find(probe, b.term, b.size, found);
    entity_dots sum = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        const runut_term *t = &terms[a.term[found[i].a]];
        float part = weight[a.count[found[i].a]] * weight[b.count[found[i].b]] * t->idf * t->idf;
        sum.all += part;
        sum.names += t->number ? 0 : part;
        sum.name_count += !t->number;
    }
    return sum;
}

static float plain_dot(const float *weight, vector a, vector b)
{
    runut_shared found[MOST_SHARED];
    size_t count = find_shared(a, b, found);
    float sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weight[a.count[found[i].a]] * weight[b.count[found[i].b]];
    return sum;
}

static uint32_t shared(vector a, vector b)
{
    runut_shared found[MOST_SHARED];
    return (uint32_t)find_shared(a, b, found);
}

/* The same as sums of idf over the headlines' stems: those of the one that stand in the other's headline or text, and
 * the other way round. */
typedef struct head_sums {
    float there, back;
} head_sums;

static bool has_bit(const common_stems *stems, uint16_t at)
{
    return at && (stems->bits[(at - 1) / 64] >> (at - 1) % 64 & 1);
}

static head_sums sum_heads(const runut_term *terms, const runut_ready *ready, const common_stems *stems, vector head,
                           vector head2)
{
    runut_shared heads[MOST_SHARED + 1], back[MOST_SHARED + 1];
    size_t count = find_shared(head, head2, heads),
           back_count = runut_probe_find(&ready->stems, head2.term, head2.size, back);
    head_sums out = {0, 0};
    for (size_t i = 0, k = 0; i < head.size; i++) {
        bool same = k < count && heads[k].a == i;
        out.there += same || has_bit(stems, ready->head_at[i]) ? terms[head.term[i]].idf : 0;
        k += same;
    }
    for (size_t i = 0, j = 0; i < count || j < back_count;) {
        uint32_t x = i < count ? heads[i].b : UINT16_MAX, y = j < back_count ? back[j].b : UINT16_MAX;
        out.back += terms[head2.term[x < y ? x : y]].idf;
        i += x <= y;
        j += y <= x;
    }
    return out;
}

static float found_in(const runut_term *terms, vector some, vector all)
{
    runut_shared at[MOST_SHARED];
    size_t count = find_shared(some, all, at);
    float found = 0;
    for (size_t i = 0; i < count; i++)
        found += terms[some.term[at[i].a]].idf;
    return found;
}

/* Share of the places that one's lead names which stand in the other's, the better of both ways. */
static float place_share(const runut_term *terms, vector a, float a_sum, vector b_lead, vector b, float b_sum,
                         vector a_lead)
{
    if (a.size == 0 || b.size == 0 || a_sum <= 0 || b_sum <= 0)
        return -1;
    float there = found_in(terms, a, b_lead) / a_sum, back = found_in(terms, b, a_lead) / b_sum;
    return there > back ? there : back;
}

static float ratio(float sum, float a, float b)
{
    return a > 0 && b > 0 ? sum / (a * b) : 0;
}

static void make_ready(runut_ready *ready, size_t article, vector stems, vector entities, vector heads)
{
    runut_shared found[MOST_SHARED + 1];
    if (ready->article == article + 1)
        return;
    ready->article = article + 1;
    runut_probe_prepare(&ready->stems, stems.term, stems.size);
    runut_probe_prepare(&ready->entities, entities.term, entities.size);
    memset(ready->head_at, 0, heads.size * sizeof *ready->head_at);
    size_t count = runut_probe_find(&ready->stems, heads.term, heads.size, found);
    for (size_t i = 0; i < count; i++)
        ready->head_at[found[i].b] = (uint16_t)(found[i].a + 1);
}

runut_match runut_score_compare(const runut_shelf *shelf, size_t i, size_t j)
{
    runut_ready own, *ready = shelf->ready ? shelf->ready : &own;
    const runut_shelved *a = &shelf->articles.at[i], *b = &shelf->articles.at[j];
    const runut_term *terms = shelf->index->terms.at;
    uint64_t p = a->terms, q = b->terms;
    vector stems = part(shelf, p, a->stems), stems2 = part(shelf, q, b->stems);
    vector entities = part(shelf, p += a->stems, a->entities), entities2 = part(shelf, q += b->stems, b->entities);
    vector heads = part(shelf, p += a->entities, a->heads), heads2 = part(shelf, q += b->entities, b->heads);
    vector places = part(shelf, p += a->heads, a->places), places2 = part(shelf, q += b->heads, b->places);
    vector lead = part(shelf, p += a->places, a->lead), lead2 = part(shelf, q += b->places, b->lead);
    vector contexts = part(shelf, p += a->lead, a->contexts), contexts2 = part(shelf, q += b->lead, b->contexts);
    vector numbers = part(shelf, p + a->contexts, a->numbers), numbers2 = part(shelf, q + b->contexts, b->numbers);
    runut_match m;
    common_stems common;
    if (!shelf->ready)
        own.article = 0;
    make_ready(ready, i, stems, entities, heads);
    dot_stems(terms, shelf->weight, &ready->stems, stems, stems2, &common);
    m.stem = ratio(common.sum, a->stem_norm, b->stem_norm);
    entity_dots dots = dot_entities(terms, shelf->weight, &ready->entities, entities, entities2);
    m.entity = ratio(dots.all, a->entity_norm, b->entity_norm);
    m.names = ratio(dots.names, a->name_norm, b->name_norm) / (dots.name_count < 2 ? 3 : 1);
    head_sums found = sum_heads(terms, ready, &common, heads, heads2);
    m.head = ((a->head_sum > 0 ? found.there / a->head_sum : 0) + (b->head_sum > 0 ? found.back / b->head_sum : 0)) / 2;
    m.context = ratio(plain_dot(shelf->weight, contexts, contexts2), a->context_norm, b->context_norm);
    m.place = place_share(terms, places, a->place_sum, lead2, places2, b->place_sum, lead);
    m.shared_numbers = shared(numbers, numbers2);
    m.all = STEM * m.stem + ENTITY * m.entity + HEAD * m.head + CONTEXT * m.context;
    if (a->language != b->language && m.all < ACROSS * m.entity)
        m.all = ACROSS * m.entity;
    return m;
}

runut_match runut_score_match(const runut_shelf *shelf, size_t i, size_t j)
{
    runut_match m;
    if (shelf->pairs && runut_pairs_find(shelf->pairs, i, j, &m))
        return m;
    m = runut_score_compare(shelf, i, j);
    if (shelf->pairs)
        runut_pairs_keep(shelf->pairs, i, j, &m);
    return m;
}

/* ---- days ---- */

static float within(float value, float least, float most)
{
    return value < least ? least : value > most ? most : value;
}

static int64_t gap(runut_days a, runut_days b)
{
    if (a.high < b.low)
        return (int64_t)b.low - a.high;
    return b.high < a.low ? (int64_t)a.low - b.high : 0;
}

int32_t runut_score_days(const runut_shelved *a, const runut_shelved *b)
{
    int64_t least = -1;
    for (size_t i = 0; i < a->day_count; i++)
        for (size_t j = 0; j < b->day_count; j++) {
            int64_t days = gap(a->days[i], b->days[j]);
            if (least < 0 || days < least)
                least = days;
        }
    return least > INT32_MAX ? INT32_MAX : (int32_t)least;
}

/* Do the two share their numbers to the most part? Then they tell of the same thing, whatever day a page gives: days of
 * crawling pass for days of publication often enough. */
static bool same_numbers(const runut_shelved *a, const runut_shelved *b, const runut_match *m)
{
    uint32_t least = a->numbers < b->numbers ? a->numbers : b->numbers;
    return m->shared_numbers >= SAME_NUMBERS && (float)m->shared_numbers >= SAME_SHARE * (float)least;
}

/* Are they told as the same one of a row (the 14th festival): 1, as another one: -1, or is it not told: 0? */
static int same_edition(const runut_shelved *a, const runut_shelved *b)
{
    int found = 0;
    for (size_t i = 0; i < a->edition_count; i++)
        for (size_t j = 0; j < b->edition_count; j++) {
            if (a->editions[i] == b->editions[j])
                return 1;
            if (a->editions[i] >> 16 == b->editions[j] >> 16)
                found = -1;
        }
    return found;
}

/* A year or some years apart, to the week: the numbers that anniversaries share are those of what they recall. */
static bool is_yearly(int32_t days)
{
    enum { WEEK = 7, YEAR = 365 };
    int32_t years = (days + YEAR / 2) / YEAR, off = days - years * YEAR - years / 4;
    return years >= 1 && years <= 60 && off >= -WEEK && off <= WEEK;
}

static bool are_told(const runut_shelved *a, const runut_shelved *b)
{
    return a->told != RUNUT_NO_DAY && b->told != RUNUT_NO_DAY;
}

/* Both texts tell their day: from NEAR_DAYS on it counts against them, fully from OTHER_DAYS on. */
static float by_told_days(int64_t apart)
{
    float part = (float)(apart - NEAR_DAYS) / (OTHER_DAYS - NEAR_DAYS);
    float more = logf((float)apart / LATER_DAYS) / logf((float)FAR_DAYS / LATER_DAYS);
    return -OTHER_DAY * (part < 1 ? part : 1) - LATER * within(more, 0, 1);
}

/* A day or a place in common says little of two texts that hardly share a name or a headline's words: 0 … 1. */
static float likeness(const runut_match *m)
{
    float head = m->head / LIKE_HEAD, entity = m->entity / LIKE;
    float place = m->place < 0 ? 1 : within(PLACE_REST + m->place / PLACES_SHARED, 0, 1);
    return within(head > entity ? head : entity, 0, 1) * place;
}

static float by_days(const runut_shelved *a, const runut_shelved *b, const runut_match *m)
{
    int32_t days = runut_score_days(a, b);
    if (days < 0)
        return 0;
    if (days > FAR_DAYS && same_edition(a, b) > 0)
        return 0; /* one of the days is misread */
    if (days > FAR_DAYS && (!same_numbers(a, b, m) || is_yearly(days)))
        return a->vague && b->vague && !is_yearly(days) ? -FAR_VAGUE : -FAR;
    int64_t apart = llabs((int64_t)a->told - b->told);
    if (are_told(a, b) && apart > NEAR_DAYS)
        return by_told_days(apart);
    if (days <= NEAR_DAYS)
        return a->precise && b->precise
                   ? (are_told(a, b) ? SAME_DAY_TOLD : SAME_DAY) * (1 - (float)days / (NEAR_DAYS + 1)) * likeness(m)
                   : 0;
    float part = logf((float)(1 + days) / (NEAR_DAYS + 1)) / logf((float)MONTHS / (NEAR_DAYS + 1));
    return -(a->vague && b->vague ? WITHIN_MONTHS_VAGUE : WITHIN_MONTHS) * (part < 1 ? part : 1);
}

/* ---- doubt about the day ---- */

/* Is undated `a` as much like articles of one time as like those of another? Then it cannot be told which of the
 * recurring happenings it reports; a dated article that is less like it than those is no better. */
static bool is_ambiguous(const runut_shelf *shelf, const runut_shelved *a)
{
    float best = -1;
    runut_day first_end = INT32_MAX, last_start = INT32_MIN;
    for (size_t i = 0; i < a->near_count; i++) {
        const runut_shelved *b = &shelf->articles.at[a->near[i].place];
        if (b->day_count == 0)
            continue;
        if (best < 0)
            best = a->near[i].match;
        if (a->near[i].match < best * RIVAL)
            break;
        if (b->days[0].high < first_end)
            first_end = b->days[0].high;
        if (b->days[0].low > last_start)
            last_start = b->days[0].low;
    }
    return best > NEAREST && (int64_t)last_start - first_end > FAR_DAYS;
}

static float by_doubt(const runut_shelf *shelf, const runut_shelved *a, const runut_shelved *b, const runut_match *m)
{
    float doubt = m->all > DOUBT ? -m->all : -DOUBT; /* keeps apart what is word for word the same */
    if ((a->day_count == 0) == (b->day_count == 0))
        return 0;
    if (same_edition(a, b) <= 0 && !same_numbers(a, b, m) && is_ambiguous(shelf, a->day_count ? b : a))
        return doubt;
    uint32_t least = a->numbers < b->numbers ? a->numbers : b->numbers;
    bool other_numbers = least >= ENOUGH_NUMBERS && (float)m->shared_numbers < FEW_SHARED * (float)least;
    return (m->stem + m->entity) / 2 > ALIKE && other_numbers ? doubt : 0;
}

/* ---- the whole ---- */

/* Mean match with the two nearest; at least HUB_LEAST, since in a store of a few articles nothing may be near (and
 * still more in one of very few, which hardly knows what words are rare); each at most HUB_MOST: that somebody copied
 * an article does not make it like everything. */
static float hubness(const runut_shelf *shelf, const runut_shelved *a)
{
    float first = a->near_count > 0 ? a->near[0].match : 0, second = a->near_count > 1 ? a->near[1].match : first;
    float few = within(1 - (float)shelf->articles.size / FEW_ARTICLES, 0, 1);
    float least = HUB_LEAST + few * (HUB_MOST - HUB_LEAST);
    return within((within(first, 0, HUB_MOST) + within(second, 0, HUB_MOST)) / 2, least, HUB_MOST);
}

/* The nearest are mostly of the same language, where matches are higher. */
static float by_hubness(const runut_shelf *shelf, const runut_shelved *a, const runut_shelved *b)
{
    return -HUB * (a->language == b->language ? 1 : HUB_ACROSS) * (hubness(shelf, a) + hubness(shelf, b));
}

static float by_edition(const runut_shelved *a, const runut_shelved *b)
{
    int same = same_edition(a, b);
    return same > 0 ? SAME_EDITION : same < 0 ? -OTHER_EDITION : 0;
}

static float by_numbers(const runut_shelved *a, const runut_shelved *b, const runut_match *m)
{
    uint32_t least = a->numbers < b->numbers ? a->numbers : b->numbers;
    if (least < ENOUGH_NUMBERS)
        return 0;
    float missing = (m->stem + m->entity) / 2 - (float)m->shared_numbers / (float)least;
    return missing > 0 ? -NUMBERS * missing : 0;
}

static bool are_of_one_day(const runut_shelved *a, const runut_shelved *b)
{
    if (are_told(a, b))
        return llabs((int64_t)a->told - b->told) <= 1;
    int32_t days = runut_score_days(a, b);
    return a->precise && b->precise && !a->vague && !b->vague && days >= 0 && days <= 1;
}

/* Two like happenings of one day in two places: other places and other numbers. Where both texts tell the day, other
 * places are enough; the day that they share says nothing then. Names of places differ between languages. */
static float by_place(const runut_shelved *a, const runut_shelved *b, const runut_match *m)
{
    if (m->place < 0)
        return 0;
    if (m->place >= PLACES_SHARED)
        return SAME_PLACE * likeness(m);
    uint32_t least = a->numbers < b->numbers ? a->numbers : b->numbers;
    float other = 1 - m->place / PLACES_SHARED;
    if (are_of_one_day(a, b) && a->language == b->language && !same_numbers(a, b, m))
        return -OTHER_PLACE_ONE_DAY * other;
    if (least < ENOUGH_NUMBERS)
        return -OTHER_PLACE * other;
    float share = (float)m->shared_numbers / (float)least;
    if (share >= FEW_SHARED)
        return same_numbers(a, b, m) ? 0 : -OTHER_PLACE * other;
    return -OTHER_PLACE_AND_NUMBERS * other * (1 - share / FEW_SHARED);
}

/* Much wording and hardly a name in common: a formula that desks use for every fire. */
static float by_names(const runut_match *m)
{
    float formula = within((m->stem - FORMULA) / FORMULA_RISE, 0, 1);
    return -NO_NAMES * formula * within(1 - m->entity / FEW_NAMES, 0, 1);
}

runut_score_parts runut_score_of(const runut_shelf *shelf, size_t i, size_t j)
{
    runut_score_parts out = {.match = runut_score_match(shelf, i, j)};
    const runut_match *m = &out.match;
    const runut_shelved *a = &shelf->articles.at[i], *b = &shelf->articles.at[j];
    out.hubness = by_hubness(shelf, a, b);
    out.numbers = by_numbers(a, b, m);
    out.days = by_days(a, b, m);
    out.doubt = by_doubt(shelf, a, b, m);
    out.place = by_place(a, b, m);
    out.names = by_names(m);
    out.edition = by_edition(a, b);
    out.score = m->all + out.hubness + out.numbers + out.days + out.doubt + out.place + out.names + out.edition;
    out.stems = STEM * m->stem;
    out.entities = ENTITY * m->entity;
    out.head = HEAD * m->head;
    out.context = m->all - out.stems - out.entities - out.head;
    if (a->language != b->language && m->all == ACROSS * m->entity) {
        out.entities = m->all;
        out.stems = out.head = out.context = 0;
    }
    return out;
}

float runut_score(const runut_shelf *shelf, size_t i, size_t j)
{
    return runut_score_of(shelf, i, j).score;
}
