/* Where two reports of one happening give different values for the same fact.
 *
 * When are two numbers the same fact?  By subject: an event has one number of dead, one magnitude; any two such numbers
 * will do (STRICT). Many things have a height or a price: there the words around must be alike, or the sentences must
 * tell the same otherwise. Two numbers whose subject is unknown are set against each other only where nothing else in
 * their sentences could be meant.
 *
 * What silences a suspicion: the other report has this value too, anywhere, for the same thing; the values are the same
 * but for rounding or for "almost"; the number was said of an earlier time, of a part, or denied. */
#include <math.h>
#include <stdlib.h>

#include "base/slice.h"
#include "relate/align.h"
#include "relate/pair.h"

enum { MOST_FACTS = 150, MOST_FOUND = 8 };

typedef struct finder {
    const runut_digest *a, *b;
    size_t in_a, in_b;                                     /* facts looked at */
    const runut_sentence_match *match;                     /* sentences of `a`; NULL across languages */
    bool moved;                                            /* the reports are of different days */
    uint32_t clock, score, weekday, month, second, length; /* units */
} finder;

typedef struct suspicion {
    const runut_fact *of_a, *of_b;
    float weight;
} suspicion;

typedef RUNUT_VECTOR(suspicion) suspicions;

static uint32_t hash_of(const char *text)
{
    return (uint32_t)runut_slice_hash(runut_slice_of(text));
}

/* ---- values ---- */

static double significant(double value, int digits)
{
    if (value <= 0)
        return value;
    double unit = pow(10, floor(log10(value)) - digits + 1);
    return round(value / unit) * unit;
}

/* Digits up to the last that is not zero, as the value is printed in its own unit: 2.5 has two, 1300 too. */
static int digits_of(runut_slice text)
{
    int digits = 0, kept = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!runut_is_digit((unsigned char)text.at[i]))
            continue;
        if (text.at[i] != '0' || digits)
            digits++;
        if (text.at[i] != '0')
            kept = digits;
    }
    return kept;
}

static bool near(double x, double y, double part)
{
    double larger = fabs(x) > fabs(y) ? fabs(x) : fabs(y);
    return fabs(x - y) <= part * larger + 1e-9;
}

/* One is the other with fewer digits: "2.5" and "2,52", "3 km" and "3,000 meters". Whole numbers of things are only
 * rounded from a hundred on. */
static bool rounded(const runut_fact *x, const runut_fact *y)
{
    int dx = digits_of(x->text), dy = digits_of(y->text);
    if (dx == 0 || dy == 0 || dx == dy)
        return false;
    const runut_fact *coarse = dx < dy ? x : y, *fine = dx < dy ? y : x;
    int digits = dx < dy ? dx : dy;
    bool count = coarse->unit == 0 && coarse->value < 1000 && !coarse->approximate;
    return !count && near(coarse->value, fine->value, .06) &&
           near(significant(fine->value, digits), coarse->value, 1e-6);
}

/* "13 miles", "13 nautical miles": one of the two is imprecise about the mile. */
static bool same_figures(const runut_fact *x, const runut_fact *y)
{
    char figures[2][24];
    size_t size[2] = {0, 0};
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < (k ? y : x)->text.size && size[k] < sizeof figures[k]; i++)
            if (runut_is_digit((unsigned char)(k ? y : x)->text.at[i]))
                figures[k][size[k]++] = (k ? y : x)->text.at[i];
    return size[0] > 0 && size[0] == size[1] && memcmp(figures[0], figures[1], size[0]) == 0 &&
           near(x->value, y->value, .5);
}

static runut_slice last_word(runut_slice text)
{
    size_t start = text.size;
    while (start > 0 && text.at[start - 1] != ' ' && !runut_is_digit((unsigned char)text.at[start - 1]))
        start--;
    return runut_slice_part(text, start, text.size);
}

/* "10 km" and "12 km", but not "10 km" and "six miles"; a currency may stand in front. */
static bool same_unit_word(runut_slice x, runut_slice y)
{
    runut_slice a = last_word(x), b = last_word(y);
    return a.size == 0 || b.size == 0 || runut_slice_equal(a, b);
}

static bool compatible(const finder *f, const runut_fact *x, const runut_fact *y)
{
    if (near(x->value, y->value, 1e-9))
        return true;
    if (x->unit == f->score) {
        double turned = fmod(x->value, 1000) * 1000 + floor(x->value / 1000);
        return turned == y->value;
    }
    if (x->unit == f->clock)
        return (x->approximate || y->approximate) && fabs(x->value - y->value) <= 15;
    if (x->unit == f->weekday || x->ordinal || y->ordinal)
        return false;
    if (x->unit && near(x->value, y->value, .05) && !same_unit_word(x->text, y->text))
        return true; /* "10 kilometres", "six miles" */
    return ((x->approximate || y->approximate) && near(x->value, y->value, .1)) || rounded(x, y) ||
           (x->unit && same_figures(x, y));
}

/* ---- the same fact ---- */

static bool same_kind(const runut_fact *x, const runut_fact *y)
{
    return x->unit == y->unit && x->ordinal == y->ordinal && !((x->nature | y->nature) & RUNUT_FACT_ASIDE);
}

static bool has_value(const finder *f, const runut_digest *in, size_t count, const runut_fact *fact)
{
    for (size_t i = 0; i < count; i++) {
        const runut_fact *other = &in->facts.at[i];
        if (other->unit == fact->unit && (!fact->subject || !other->subject || fact->subject == other->subject) &&
            compatible(f, other, fact))
            return true;
    }
    return false;
}

static int shared_words(const runut_fact *x, const runut_fact *y)
{
    int count = 0;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3 && x->context[i]; k++)
            if (x->context[i] == y->context[k]) {
                count++;
                break;
            }
    return count;
}

/* Values and names that the sentences of two facts share besides the facts themselves. */
static int shared_anchors(const finder *f, const runut_fact *x, const runut_fact *y)
{
    int count = 0;
    for (size_t i = 0; i < f->in_a; i++)
        for (size_t k = 0; f->a->facts.at[i].sentence == x->sentence && k < f->in_b; k++)
            if (f->b->facts.at[k].sentence == y->sentence && f->a->facts.at[i].value > 2 &&
                f->a->facts.at[i].unit == f->b->facts.at[k].unit &&
                f->a->facts.at[i].value == f->b->facts.at[k].value) {
                count++;
                break;
            }
    enum { MOST_MENTIONS = 400 };
    for (size_t i = 0; i < f->a->mentions.size && i < MOST_MENTIONS && f->a->mentions.at[i].sentence <= x->sentence;
         i++)
        for (size_t k = 0; f->a->mentions.at[i].sentence == x->sentence && k < f->b->mentions.size && k < MOST_MENTIONS;
             k++)
            if (f->b->mentions.at[k].sentence == y->sentence &&
                f->a->names.at[f->a->mentions.at[i].name].key == f->b->names.at[f->b->mentions.at[k].name].key) {
                count++;
                break;
            }
    return count;
}

/* Do the two facts stand in sentences that tell the same? */
static bool sentences_agree(const finder *f, const runut_fact *x, const runut_fact *y)
{
    if (!f->match)
        return shared_anchors(f, x, y) >= 2;
    const runut_sentence_match *m = &f->match[x->sentence];
    return m->part >= .35f && (m->with == y->sentence || m->with + 1 == y->sentence);
}

/* Facts of a sentence that could be meant by `fact` and whose value the other report lacks. */
static int rivals(const finder *f, const runut_digest *in, size_t count, const runut_digest *other, size_t other_count,
                  const runut_fact *fact)
{
    int found = 0;
    for (size_t i = 0; i < count; i++)
        if (in->facts.at[i].sentence == fact->sentence && same_kind(&in->facts.at[i], fact) &&
            !has_value(f, other, other_count, &in->facts.at[i]))
            found++;
    return found;
}

static bool lone(const finder *f, const runut_fact *x, const runut_fact *y)
{
    return rivals(f, f->a, f->in_a, f->b, f->in_b, x) == 1 && rivals(f, f->b, f->in_b, f->a, f->in_a, y) == 1;
}

/* Has the report no other value for this subject in this unit? */
static bool only_one(const runut_digest *in, size_t count, const runut_fact *fact)
{
    for (size_t i = 0; i < count; i++)
        if (&in->facts.at[i] != fact && in->facts.at[i].subject == fact->subject &&
            in->facts.at[i].unit == fact->unit && in->facts.at[i].ordinal == fact->ordinal)
            return false;
    return true;
}

/* Both reports give one number of visitors, one sum of debts, and the two are of a size: what is one of its kind in
 * both needs no likeness of words, so that this works across languages too. */
static bool alone_of_kind(const finder *f, const runut_fact *x, const runut_fact *y)
{
    return fabs(x->value) >= 10 && near(x->value, y->value, .5) && only_one(f->a, f->in_a, x) &&
           only_one(f->b, f->in_b, y);
}

/* Values of an event-wide subject: still, the tenth sentence may tell of an earlier accident, "one of the passengers"
 * counts nobody, and 5.2 were not hurt. */
static bool is_of_the_event(const finder *f, const runut_fact *x, const runut_fact *y, int words, bool name)
{
    enum { LEAD = 4, LEAD_TOLL = 8, LEAD_FEW = 3, FEW = 3 };
    static const double MANY_TIMES = 8, TIMES = 4;
    bool toll = x->nature & RUNUT_FACT_TOLL, count = x->unit == 0;
    double small = x->value < y->value ? x->value : y->value, large = x->value < y->value ? y->value : x->value;
    if (count && toll && (x->value != floor(x->value) || y->value != floor(y->value)))
        return false;
    bool lead = x->sentence < (toll ? LEAD_TOLL : LEAD) && y->sentence < (toll ? LEAD_TOLL : LEAD);
    bool sentences = (words || name || !f->match) && sentences_agree(f, x, y);
    bool alike = sentences || words > 1 || words + name > 1;
    if (large > small * (toll ? MANY_TIMES : TIMES) && large > 20)
        return alike;
    if (count && small < FEW)
        return sentences || (toll && x->sentence < LEAD_FEW && y->sentence < LEAD_FEW);
    return lead || alike;
}

/* How sure it is that the two are one fact, 0 = not. */
static float same_fact(const finder *f, const runut_fact *x, const runut_fact *y)
{
    if (x->subject && y->subject && x->subject != y->subject)
        return 0;
    bool known = x->subject && y->subject;
    int words = shared_words(x, y);
    bool name = x->context[3] && x->context[3] == y->context[3];
    if (known && (x->nature & RUNUT_FACT_STRICT))
        return is_of_the_event(f, x, y, words, name) ? 2 : alone_of_kind(f, x, y) ? .7f : 0;
    if (known && x->unit == f->score)
        return 1;
    if (x->unit == f->length && x->context[3] && y->context[3] && !name)
        return 0; /* so far from another town */
    bool sentences = (words || name || !f->match) && sentences_agree(f, x, y);
    if (known && x->unit == 0 && (x->value < 3 || y->value < 3) && (!sentences || words + name < 1))
        return 0; /* "one outside the police headquarters" */
    if (known && !(x->nature & RUNUT_FACT_WIDE))
        return words >= 2 || words + name + sentences >= 2 || (sentences && lone(f, x, y)) ? 1.2f
               : alone_of_kind(f, x, y)                                                    ? .7f
                                                                                           : 0;
    if (known)
        return (words >= 2 && (name || sentences)) || (sentences && (words || name) && lone(f, x, y)) ? 1 : 0;
    bool loose = x->unit == f->second || x->unit == f->month || x->unit == 0;
    if (f->match)
        return words >= (loose ? 3 : 2) && (sentences || name) && lone(f, x, y) ? .8f : 0;
    return sentences && !loose && lone(f, x, y) ? .6f : 0;
}

/* ---- collecting ---- */

static float early(const runut_digest *d, const runut_fact *fact)
{
    return d->sentences.size ? 1 - (float)fact->sentence / (float)d->sentences.size : 0;
}

/* Of an event-wide subject only the first value of each report is held against the other's: later ones tell of parts
 * and of other times. */
static bool is_first(const runut_digest *d, const runut_fact *fact)
{
    for (const runut_fact *f = d->facts.at; f < fact && (fact->nature & RUNUT_FACT_STRICT); f++)
        if (f->subject == fact->subject && f->unit == fact->unit && !(f->nature & RUNUT_FACT_ASIDE))
            return false;
    return true;
}

static void suspect(runut_arena *arena, const finder *f, suspicions *out)
{
    for (size_t i = 0; i < f->in_a; i++) {
        const runut_fact *x = &f->a->facts.at[i];
        if ((x->nature & RUNUT_FACT_ASIDE) || !is_first(f->a, x) || has_value(f, f->b, f->in_b, x))
            continue;
        for (size_t k = 0; k < f->in_b; k++) {
            const runut_fact *y = &f->b->facts.at[k];
            if (!same_kind(x, y) || !is_first(f->b, y) || (x->ordinal && x->unit == 0) || compatible(f, x, y))
                continue;
            float sure = same_fact(f, x, y);
            if (sure > 0 && !has_value(f, f->a, f->in_a, y))
                RUNUT_PUSH(
                    arena, *out,
                    ((suspicion){x, y,
                                 sure + (early(f->a, x) + early(f->b, y)) / 4 + .15f * (float)shared_words(x, y) +
                                     (x->context[3] && x->context[3] == y->context[3] ? .2f : 0)}));
        }
    }
}

/* An event-wide value that the other report has for the same subject clears the subject as a whole: a report may give
 * two values (the police's and the agency's), one of them the other's. */
static bool agreed(const finder *f, const runut_fact *x)
{
    if (!x->subject || !(x->nature & RUNUT_FACT_STRICT))
        return false;
    for (size_t i = 0; i < f->in_a; i++)
        if (f->a->facts.at[i].subject == x->subject && f->a->facts.at[i].unit == x->unit &&
            !(f->a->facts.at[i].nature & RUNUT_FACT_ASIDE))
            for (size_t k = 0; k < f->in_b; k++)
                if (f->b->facts.at[k].subject == x->subject && f->b->facts.at[k].unit == x->unit &&
                    !(f->b->facts.at[k].nature & RUNUT_FACT_ASIDE) &&
                    compatible(f, &f->a->facts.at[i], &f->b->facts.at[k]))
                    return true;
    return false;
}

static int by_weight(const void *x, const void *y)
{
    const suspicion *p = x, *q = y;
    if (p->weight != q->weight)
        return p->weight < q->weight ? 1 : -1;
    return p->of_a != q->of_a ? (p->of_a > q->of_a) - (p->of_a < q->of_a) : (p->of_b > q->of_b) - (p->of_b < q->of_b);
}

static runut_day day_of(const runut_digest *d)
{
    if (d->published != RUNUT_NO_DAY || d->mentioned.size == 0)
        return d->published;
    return d->mentioned.at[d->mentioned.size - 1];
}

/* One disagreement a subject, and each number once. */
static bool used(const runut_disagreements *out, const suspicion *const *kept, const suspicion *s)
{
    for (size_t i = 0; i < out->size; i++)
        if (kept[i]->of_a == s->of_a || kept[i]->of_b == s->of_b ||
            (s->of_a->subject && kept[i]->of_a->subject == s->of_a->subject && kept[i]->of_a->unit == s->of_a->unit &&
             (s->of_a->nature & RUNUT_FACT_STRICT)))
            return true;
    return false;
}

static void report(runut_arena *arena, const finder *f, const suspicions *all, runut_disagreements *out)
{
    const suspicion *kept[MOST_FOUND];
    for (size_t i = 0; i < all->size && out->size < MOST_FOUND; i++) {
        const suspicion *s = &all->at[i];
        if (used(out, kept, s) || agreed(f, s->of_a))
            continue;
        kept[out->size] = s;
        RUNUT_PUSH(arena, *out,
                   ((runut_disagreement){.about = s->of_a->about,
                                         .development = f->moved && (s->of_a->nature & RUNUT_FACT_TOLL),
                                         .value = s->of_a->text,
                                         .other_value = s->of_b->text,
                                         .number = s->of_a->value,
                                         .other_number = s->of_b->value,
                                         .span = s->of_a->span,
                                         .other_span = s->of_b->span}));
    }
}

void runut_disagreements_find(runut_arena *arena, const runut_digest *a, const runut_digest *b,
                              runut_disagreements *out)
{
    finder f = {.a = a, .b = b};
    f.in_a = a->facts.size < MOST_FACTS ? a->facts.size : MOST_FACTS;
    f.in_b = b->facts.size < MOST_FACTS ? b->facts.size : MOST_FACTS;
    f.clock = hash_of("time of day");
    f.score = hash_of("score");
    f.weekday = hash_of("weekday");
    f.second = hash_of("second");
    f.month = hash_of("month");
    f.length = hash_of("metre");
    runut_day day_a = day_of(a), day_b = day_of(b);
    f.moved = day_a != RUNUT_NO_DAY && day_b != RUNUT_NO_DAY && day_a != day_b;
    if (f.in_a == 0 || f.in_b == 0)
        return;
    if (runut_same_language(a, b))
        f.match = runut_align_sentences(arena, a, b);
    suspicions all = {0};
    suspect(arena, &f, &all);
    if (all.size > 1)
        qsort(all.at, all.size, sizeof *all.at, by_weight);
    report(arena, &f, &all, out);
}
