/* Facts: numbers with what they say.
 *
 *     Sebanyak  98  orang selamat, sedangkan  36  lainnya masih dicari .      98 rescued, 36 missing
 *     laba bersih  Rp1,27 triliun , naik  14,3 persen  dari  Rp1,11 triliun   1.27e12 IDR profit, 14.3 percent profit,
 *                                                                             1.11e12 IDR aside (an earlier value)
 * A walk over the tokens finds each number; its unit touches or follows it; what is counted is looked for in its
 * clause, first to the right, then to the left. Every search ends at a mark, at the next number or after a few words,
 * so that all of it is linear. What is no count (years, dates, ages in brackets, numbers in names) is left out; what
 * counts but must not be held against another report is marked as said aside. */
#include <math.h>

#include "relate/facts_find.h"
#include "relate/pair.h"

enum { MOST_FACTS = 1000, NEAR = 8 };

static uint32_t hash_of(runut_slice text)
{
    return (uint32_t)runut_slice_hash(text);
}

/* ---- units ---- */

/* What touches the number on the left, with an optional blank: "Rp", "AS$", "€". */
static const runut_fact_word *currency_before(const runut_fact_finder *self, runut_fact_found *f)
{
    size_t first = f->number.first;
    runut_slice body = self->annotation->body;
    for (size_t count = 0; count < 2 && first > 0 && in_sentence(self, first - 1, f->number.first); count++) {
        bool gap = !touches(self, first - 1, first);
        if (gap && (count > 0 || token(self, first)->span.start - token(self, first - 1)->span.end > 2))
            break;
        first--;
        uint32_t start = token(self, first)->span.start, end = token(self, f->number.first - 1)->span.end;
        char folded[12];
        if (end - start > sizeof folded)
            break;
        for (uint32_t i = start; i < end; i++)
            folded[i - start] = runut_lower((unsigned char)body.at[i]);
        bool mark = first > 0 && count == 0 && !gap && token(self, first)->kind == RUNUT_TOKEN_MARK &&
                    token(self, first - 1)->kind == RUNUT_TOKEN_WORD && touches(self, first - 1, first);
        const runut_fact_word *word =
            runut_fact_word_find(self->lexicon, (runut_slice){folded, end - start}, RUNUT_FACT_UNIT, RUNUT_FITS_MONEY);
        if (mark && is_text(self, first, "$"))
            continue; /* "AS$" rather than "$" */
        if (word) {
            f->span.start = start;
            f->lead = first;
            return word;
        }
    }
    if (f->number.first > 0 && is_text(self, f->number.first - 1, "$")) {
        f->lead = f->number.first - 1;
        f->span.start = token(self, f->lead)->span.start;
        return runut_fact_word_find(self->lexicon, RUNUT_LITERAL("$"), RUNUT_FACT_UNIT, RUNUT_FITS_MONEY);
    }
    return NULL;
}

/* The unit behind the number; also across a hyphen: "180-megawatt". */
static const runut_fact_word *unit_after(const runut_fact_finder *self, runut_fact_found *f)
{
    size_t next = f->number.end, length;
    if (in_sentence(self, next, f->number.first) && is_text(self, next, "-") && touches(self, next - 1, next) &&
        in_sentence(self, next + 1, f->number.first) && touches(self, next, next + 1))
        next++;
    if (f->number.scaled && in_sentence(self, next, f->number.first) &&
        (is_text(self, next, "de") || is_text(self, next, "di") || is_text(self, next, "d'") ||
         is_text(self, next, "d’")) &&
        in_sentence(self, next + 1, f->number.first))
        next++; /* "40 milioni di euro", "3,5 millions d'euros" */
    if (!in_sentence(self, next, f->number.first))
        return NULL;
    const runut_fact_word *word =
        runut_fact_word_at(self->lexicon, self->annotation, next, RUNUT_FACT_UNIT, UINT32_MAX, &length);
    if (word)
        f->number.end = next + length;
    return word;
}

static void find_unit(const runut_fact_finder *self, runut_fact_found *f)
{
    f->unit = f->number.article ? NULL : currency_before(self, f);
    if (!f->unit)
        f->unit = unit_after(self, f);
    f->fits = f->unit ? f->unit->flags : RUNUT_FITS_COUNT;
    if (!f->unit)
        return;
    f->fact.unit = f->unit->key;
    if (!(f->fits & RUNUT_FITS_MONEY))
        f->number.value *= f->unit->value;
    f->fact.about = f->fits & RUNUT_FITS_PERCENT  ? RUNUT_LITERAL("percentage")
                    : f->fits & RUNUT_FITS_LENGTH ? RUNUT_LITERAL("length")
                    : f->fits & RUNUT_FITS_TIMES  ? RUNUT_LITERAL("times")
                                                  : RUNUT_LITERAL("amount");
}

/* "ke-9", "9th", "ninth"; "menit ke-71", "71st minute", "in der 71. Minute". */
static void find_ordinal(const runut_fact_finder *self, runut_fact_found *f)
{
    size_t at = f->number.first, next = f->number.end, length;
    if (!f->number.digits) {
        f->fact.ordinal = f->number.ordinal;
    } else if (at >= 2 && is_text(self, at - 1, "-") && in_sentence(self, at - 2, at) &&
               touches(self, at - 2, at - 1) && is_cue(self, at - 2, RUNUT_CUE_ORDINAL_PREFIX)) {
        f->fact.ordinal = true;
        at -= 2;
    } else if (in_sentence(self, next, at) && touches(self, at, next) && is_cue(self, next, RUNUT_CUE_ORDINAL_SUFFIX)) {
        f->fact.ordinal = true;
        f->number.end = ++next;
    }
    if (!f->fact.ordinal && f->number.digits && in_sentence(self, next, f->number.first) && is_text(self, next, ".") &&
        in_sentence(self, next + 1, f->number.first))
        next++;
    const runut_fact_word *minute = NULL;
    if ((f->fact.ordinal || next > f->number.end) && in_sentence(self, next, f->number.first))
        minute =
            runut_fact_word_at(self->lexicon, self->annotation, next, RUNUT_FACT_SUBJECT, RUNUT_FITS_MINUTE, &length);
    if (!minute && f->fact.ordinal && at > 0 && in_sentence(self, at - 1, f->number.first))
        minute =
            runut_fact_word_at(self->lexicon, self->annotation, at - 1, RUNUT_FACT_SUBJECT, RUNUT_FITS_MINUTE, &length);
    if (minute) {
        f->fact.ordinal = true;
        f->subject = minute;
        f->fact.unit = minute->key;
        f->fits = RUNUT_FITS_MINUTE;
    }
}

/* ---- what is no count ---- */

/* "(37)", "Rusdi Hamzah, 34, said". */
static bool is_age_aside(const runut_fact_finder *self, const runut_fact_found *f)
{
    size_t at = f->number.first, next = f->number.end;
    if (!f->number.plain || f->number.value > 120 || at == 0 || !in_sentence(self, next, at))
        return false;
    bool bracket = is_text(self, at - 1, "(") && is_text(self, next, ")");
    bool commas = at >= 2 && is_text(self, at - 1, ",") && is_text(self, next, ",") && token(self, at - 2)->upper &&
                  f->number.value >= 5;
    return bracket || commas;
}

/* "G20", "F-16", "idAA+2", "Covid-19", "1990-an", "Level 3": a number in a name. */
static bool is_label(const runut_fact_finder *self, const runut_fact_found *f)
{
    size_t at = f->number.first, next = f->number.end, length;
    if (!f->number.digits || f->fact.ordinal)
        return false;
    if (at > 0 && touches(self, at - 1, at) && f->span.start == token(self, at)->span.start) {
        const runut_token *left = token(self, at - 1);
        bool joined =
            (is_text(self, at - 1, "-") || is_text(self, at - 1, "+")) && at > 1 && touches(self, at - 2, at - 1);
        size_t word = joined ? at - 2 : at - 1;
        if ((left->kind == RUNUT_TOKEN_WORD || joined) &&
            !runut_fact_word_at(self->lexicon, self->annotation, word, RUNUT_FACT_SUBJECT, f->fits, &length))
            return true;
    }
    if (!f->unit && in_sentence(self, next, at) && touches(self, next - 1, next)) {
        bool suffix = (is_text(self, next, "-") || is_text(self, next, "+")) && in_sentence(self, next + 1, at) &&
                      touches(self, next, next + 1);
        size_t word = suffix ? next + 1 : next;
        if ((suffix || token(self, next)->kind == RUNUT_TOKEN_WORD) &&
            !runut_fact_word_at(self->lexicon, self->annotation, word, RUNUT_FACT_SUBJECT, f->fits, &length))
            return true;
    }
    return !f->unit && cue_before(self, at, RUNUT_CUE_LEVEL);
}

static bool is_year(const runut_fact_finder *self, const runut_fact_found *f)
{
    size_t next = f->number.end, length;
    if (!f->number.plain || f->number.value < 1900 || f->number.value > 2100 || f->unit)
        return false;
    return !in_sentence(self, next, f->number.first) ||
           !runut_fact_word_at(self->lexicon, self->annotation, next, RUNUT_FACT_SUBJECT, RUNUT_FITS_COUNT, &length);
}

/* A number's figures together with those of token `i`, if that is a number too. */
static size_t figures_with(const runut_fact_finder *self, const runut_fact_found *f, size_t i)
{
    size_t at = f->number.first;
    if (!in_sentence(self, i, at) || token(self, i)->kind != RUNUT_TOKEN_NUMBER)
        return 0;
    return runut_fact_text(self->annotation, at).size + runut_fact_text(self->annotation, i).size;
}

/* "0845 125 2222": figures that go on in the next number. */
static bool is_run(const runut_fact_finder *self, const runut_fact_found *f)
{
    enum { LONG = 7 };
    size_t at = f->number.first;
    return f->number.plain && !f->unit && f->number.value != 0 &&
           ((at > 0 && figures_with(self, f, at - 1) >= LONG) || figures_with(self, f, f->number.end) >= LONG);
}

/* A value in another unit: "$US1 million ($1.52 million)", "10 kilometres (6.2 miles)". */
static bool is_conversion(const runut_fact_finder *self, const runut_fact_found *f)
{
    size_t lead = f->lead, end = f->number.end;
    return (f->fits & (RUNUT_FITS_MONEY | RUNUT_FITS_LENGTH)) && f->unit && lead > 0 && is_text(self, lead - 1, "(") &&
           in_sentence(self, end, lead) && is_text(self, end, ")");
}

static bool is_no_count(const runut_fact_finder *self, const runut_fact_found *f)
{
    if (is_age_aside(self, f) || is_label(self, f) || is_year(self, f))
        return true;
    if (f->number.plain && !f->unit &&
        (f->number.value >= 1e7 || *runut_fact_text(self->annotation, f->number.first).at == '0'))
        return f->number.value != 0;
    return false;
}

/* "a", "seorang", "first", "both" say something only beside a word that is counted. */
static bool is_idle(const runut_fact_found *f)
{
    if (f->number.article)
        return !f->subject || !(f->subject->flags & RUNUT_SUBJECT_TOLL);
    if (f->fact.ordinal)
        return !f->number.digits && f->number.value <= 3;
    return !f->number.digits && f->number.value <= 3 && !f->unit && !f->subject;
}

/* ---- putting it down ---- */

static void find_context(runut_fact_finder *self, const runut_fact_found *f, uint32_t *context)
{
    const runut_digest *d = self->digest;
    uint32_t start = f->span.start, end = f->span.end;
    while (self->word < d->tokens.size && d->tokens.at[self->word].span.start < start)
        self->word++;
    if (f->fact.sentence >= d->sentences.size)
        return;
    const runut_digest_sentence *s = &d->sentences.at[f->fact.sentence];
    size_t left = self->word, right = self->word, count = 0;
    while (right < s->end_token && d->tokens.at[right].span.start < end)
        right++;
    for (size_t step = 0; step < NEAR && count < 3; step++) {
        if (right + step < s->end_token && !d->tokens.at[right + step].common)
            context[count++] = d->tokens.at[right + step].stem;
        if (count < 3 && left > s->first_token + step && !d->tokens.at[left - 1 - step].common)
            context[count++] = d->tokens.at[left - 1 - step].stem;
    }
}

/* Key of the name that stands nearest in the sentence. */
static uint32_t nearest_name(runut_fact_finder *self, const runut_fact_found *f)
{
    const runut_annotation *a = self->annotation;
    while (self->mention < a->mentions.size && a->mentions.at[self->mention].span.end <= f->span.start)
        self->mention++;
    if (f->fact.sentence >= a->sentences.size)
        return 0;
    runut_span sentence = a->sentences.at[f->fact.sentence].span;
    const runut_mention *left = self->mention > 0 ? &a->mentions.at[self->mention - 1] : NULL;
    const runut_mention *right = self->mention < a->mentions.size ? &a->mentions.at[self->mention] : NULL;
    left = left && left->span.start >= sentence.start ? left : NULL;
    right = right && right->span.end <= sentence.end && right->span.start >= f->span.end ? right : NULL;
    if (left && right)
        left = f->span.start - left->span.end <= right->span.start - f->span.end ? left : right;
    const runut_mention *one = left ? left : right;
    return one && one->name < a->names.size ? hash_of(a->names.at[one->name].key) : 0;
}

/* Label of a fact whose subject is unknown: what the unit measures, or the number's next words. */
static runut_slice label(const runut_fact_finder *self, const runut_fact_found *f)
{
    enum { ANY_CUE = 0x7fff, LONGEST = 80 };
    if (f->fits & (RUNUT_FITS_DURATION | RUNUT_FITS_TERM))
        return RUNUT_LITERAL("length of time");
    if (f->fits & RUNUT_FITS_MONEY)
        return RUNUT_LITERAL("sum of money");
    size_t next = f->number.end, end = next;
    while (end < next + 2 && in_sentence(self, end, f->number.first) && token(self, end)->kind == RUNUT_TOKEN_WORD &&
           !is_cue(self, end, ANY_CUE))
        end++;
    runut_slice words = end == next ? f->fact.about
                                    : runut_slice_part(self->annotation->body, token(self, next)->span.start,
                                                       token(self, end - 1)->span.end);
    return words.size == 0 || words.size > LONGEST ? RUNUT_LITERAL("number") : words;
}

static void push(runut_fact_finder *self, const runut_fact_found *f)
{
    runut_fact fact = f->fact;
    fact.value = f->number.value;
    fact.sentence = token(self, f->number.first)->sentence;
    fact.span = f->span;
    fact.text = runut_slice_part(self->annotation->body, f->span.start, f->span.end);
    if (fact.text.size > 200 || self->digest->facts.size >= MOST_FACTS || fact.sentence >= self->digest->sentences.size)
        return;
    if (fact.subject == 0 && (fact.about.size == 0 || f->unit))
        fact.about = label(self, f);
    find_context(self, f, fact.context);
    fact.context[3] = nearest_name(self, f);
    memmove(self->recent + 1, self->recent, sizeof self->recent - sizeof *self->recent);
    self->recent[0] = f->fits;
    RUNUT_PUSH(self->arena, self->digest->facts, fact);
}

static void find_bends(const runut_fact_finder *self, runut_fact_found *f)
{
    size_t at = f->lead, next = f->number.end;
    f->fact.approximate = cue_before(self, at, RUNUT_CUE_APPROXIMATE) ||
                          (at > 1 && token(self, at - 1)->kind == RUNUT_TOKEN_WORD && in_sentence(self, at - 1, at) &&
                           cue_before(self, at - 1, RUNUT_CUE_APPROXIMATE) && !is_cue(self, at - 1, RUNUT_CUE_AND));
    if (f->number.article || cue_before(self, at, RUNUT_CUE_NEGATED) ||
        (in_sentence(self, next, at) && is_cue(self, next, RUNUT_CUE_PART)) ||
        (in_sentence(self, next + 1, at) && token(self, next)->kind == RUNUT_TOKEN_WORD &&
         is_cue(self, next + 1, RUNUT_CUE_PART)))
        f->fact.nature |= RUNUT_FACT_ASIDE;
}

/* The fact at the number `f`; returns the token to go on with. */
static size_t number(runut_fact_finder *self, runut_fact_found *f)
{
    size_t at = f->number.first;
    uint32_t day, month;
    if (runut_fact_torn_clock(self, f))
        return f->number.end;
    f->lead = at;
    f->span.start = token(self, at)->span.start;
    f->fact.sentence = token(self, at)->sentence;
    if (f->number.digits && runut_fact_date(self, at, &day, &month)) {
        runut_fact_found said;
        if (runut_fact_weekday(self, at, day, month, &said))
            push(self, &said);
        return f->number.end;
    }
    if (f->number.range ? !runut_fact_score(self, f) : !runut_fact_clock(self, f)) {
        if (f->number.range || f->number.clock)
            return f->number.end;
        find_ordinal(self, f);
        if (!f->fact.ordinal)
            find_unit(self, f);
        if (f->fits == 0)
            f->fits = RUNUT_FITS_COUNT;
        if (is_no_count(self, f))
            return f->number.end;
        runut_fact_subject(self, f);
        bool torn_people = f->subject && (f->subject->flags & RUNUT_SUBJECT_TOLL) && !f->unit &&
                           f->number.value != floor(f->number.value);
        if (torn_people || (!f->subject && is_run(self, f)))
            return f->number.end;
        if (is_conversion(self, f))
            f->fact.nature |= RUNUT_FACT_ASIDE;
    }
    f->span.end = token(self, f->number.end - 1)->span.end;
    find_bends(self, f);
    if (!is_idle(f))
        push(self, f);
    return f->number.end;
}

void runut_facts_find(runut_arena *arena, const runut_fact_lexicon *lexicon, const runut_annotation *annotation,
                      runut_digest *digest)
{
    runut_fact_finder self = {.arena = arena, .lexicon = lexicon, .annotation = annotation, .digest = digest};
    self.comma = runut_numeral_comma(annotation);
    for (size_t i = 0; i < annotation->tokens.size && digest->facts.size < MOST_FACTS;) {
        runut_fact_found f = {0};
        if (runut_numeral_at(self.lexicon, annotation, self.comma, i, &f.number)) {
            size_t next = number(&self, &f);
            i = next > i ? next : i + 1;
        } else if (token(&self, i)->kind == RUNUT_TOKEN_NUMBER) {
            uint32_t day, month; /* "25/5" */
            if (runut_fact_slashed(runut_fact_text(annotation, i), &day, &month) &&
                runut_fact_weekday(&self, i, day, month, &f))
                push(&self, &f);
            i++;
        } else {
            i++;
        }
    }
}
