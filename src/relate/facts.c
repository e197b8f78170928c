/* Facts: numbers with what they say.
 *
 *     Sebanyak  98  orang selamat, sedangkan  36  lainnya masih dicari .      98 rescued, 36 missing
 *     laba bersih  Rp1,27 triliun , naik  14,3 persen  dari  Rp1,11 triliun   1.27e12 IDR profit, 14.3 percent profit,
 *                                                                             1.11e12 IDR aside (an earlier value)
 * A walk over the tokens finds each number; its unit touches or follows it; what is counted is looked for in its
 * clause, first to the right, then to the left. Every search ends at a mark, at the next number or after a few words,
 * so that all of it is linear. What is no count (years, dates, ages in brackets, numbers in names) is left out; what
 * counts but must not be held against another report is marked as said aside. */
#include "relate/facts.h"

#include "base/calendar_names.h"
#include "base/day.h"
#include "base/slice.h"
#include "relate/pair.h"

enum { MOST_FACTS = 1000, RIGHT_WORDS = 7, LEFT_WORDS = 6, LEFT_WORDS_LINKED = 16, BRACKET = 8, NEAR = 8, RECENT = 3 };

typedef struct finder {
    runut_arena *arena;
    const runut_annotation *annotation;
    const runut_fact_lexicon *lexicon;
    runut_digest *digest;
    size_t word;    /* digest token at or after the number */
    size_t mention; /* annotation mention at or after the number */
    bool comma;
    uint32_t recent[RECENT]; /* `fits` of the last facts, newest first */
} finder;

typedef struct found {
    runut_numeral number;
    size_t lead; /* first token: the number's, or that of a currency before it */
    runut_span span;
    const runut_fact_word *unit, *subject;
    uint32_t fits;
    runut_fact fact;
} found;

static uint32_t hash_of(runut_slice text)
{
    return (uint32_t)runut_slice_hash(text);
}

static const runut_token *token(const finder *self, size_t i)
{
    return &self->annotation->tokens.at[i];
}

static bool in_sentence(const finder *self, size_t i, size_t of)
{
    return i < self->annotation->tokens.size && token(self, i)->sentence == token(self, of)->sentence;
}

static bool is_text(const finder *self, size_t i, const char *text)
{
    return runut_slice_is(runut_fact_text(self->annotation, i), text);
}

static bool touches(const finder *self, size_t left, size_t right)
{
    return token(self, left)->span.end == token(self, right)->span.start;
}

static bool is_cue(const finder *self, size_t i, uint32_t cues)
{
    size_t length;
    return runut_fact_word_at(self->lexicon, self->annotation, i, RUNUT_FACT_CUE, cues, &length) != NULL;
}

/* A cue that ends right before token `at`, one to three words long. */
static bool cue_before(const finder *self, size_t at, uint32_t cues)
{
    for (size_t back = 1; back <= 3 && back <= at && in_sentence(self, at - back, at); back++) {
        size_t length;
        if (runut_fact_word_at(self->lexicon, self->annotation, at - back, RUNUT_FACT_CUE, cues, &length) &&
            length == back)
            return true;
    }
    return false;
}

/* ---- dates, times, scores ---- */

static int month_at(const finder *self, size_t i)
{
    const runut_token *t = token(self, i);
    /* Where months are written with a capital, "may" and "dan" are none. */
    static const char *const capital[] = {"en", "id", "ms", "de", "tr", "tl"};
    bool large = false;
    for (size_t k = 0; k < sizeof capital / sizeof *capital; k++)
        large = large || runut_slice_starts(self->annotation->language, runut_slice_of(capital[k]));
    if (t->kind != RUNUT_TOKEN_WORD || t->folded.size > 40 || (large && !t->upper))
        return 0;
    return runut_month_named(t->folded, self->annotation->language);
}

/* "15/8", "15/8/2022". */
static bool slashed(runut_slice text, uint32_t *day, uint32_t *month)
{
    runut_slice first, second;
    return runut_slice_field(&text, '/', &first) && runut_slice_field(&text, '/', &second) &&
           runut_slice_number(first, day) && runut_slice_number(second, month) && *day >= 1 && *day <= 31 &&
           *month >= 1 && *month <= 12;
}

/* Is the number at token `i` the day of a date with a month? */
static bool is_date(const finder *self, size_t i, uint32_t *day, uint32_t *month)
{
    runut_slice text = runut_fact_text(self->annotation, i);
    if (slashed(text, day, month))
        return true;
    size_t next = i + 1, last = i;
    if (!runut_slice_number(text, day) || *day < 1 || *day > 31)
        return false;
    if (in_sentence(self, next, i) &&
        (is_text(self, next, ".") || is_text(self, next, "de") || is_text(self, next, "di")))
        next++;
    *month = in_sentence(self, next, i) ? (uint32_t)month_at(self, next) : 0;
    if (*month == 0 && last > 0) {
        last--;
        if (last > 0 && is_text(self, last, "."))
            last--;
        *month = in_sentence(self, last, i) ? (uint32_t)month_at(self, last) : 0;
    }
    return *month != 0;
}

static void push(finder *self, const found *f);

/* "Sabtu (25/5)", "Selasa, 21 Ogos", "Wednesday (Nov. 23)": which weekday a date is said to be. */
static void weekday(finder *self, size_t i, uint32_t day, uint32_t month)
{
    size_t words = 0;
    for (size_t back = 1; back <= 4 && back <= i && words <= 1 && in_sentence(self, i - back, i); back++) {
        const runut_token *t = token(self, i - back);
        words += t->kind == RUNUT_TOKEN_WORD;
        int weekday = t->kind == RUNUT_TOKEN_WORD && t->folded.size >= 3 && t->folded.size <= 40
                          ? runut_weekday_named(t->folded, self->annotation->language)
                          : 0;
        if (weekday == 0)
            continue;
        found f = {.number = {.first = i - back, .end = i + 1, .value = weekday}};
        bool closed = in_sentence(self, i + 1, i) && is_text(self, i + 1, ")") && touches(self, i, i + 1);
        f.span = (runut_span){t->span.start, token(self, closed ? i + 1 : i)->span.end};
        f.fact = (runut_fact){.unit = hash_of(RUNUT_LITERAL("weekday")), .nature = RUNUT_FACT_STRICT};
        f.fact.about = runut_arena_printf(self->arena, "weekday of %u/%u", day, month);
        f.fact.subject = hash_of(f.fact.about);
        push(self, &f);
        return;
    }
}

static int clock_of(runut_slice text, char mark)
{
    uint32_t hour, minute;
    runut_slice first, rest = text;
    if (!runut_slice_field(&rest, mark, &first) || rest.size != 2 || first.size > 2 ||
        !runut_slice_number(first, &hour) || !runut_slice_number(rest, &minute) || hour > 24 || minute > 59)
        return -1;
    return (int)(hour * 60 + minute);
}

/* "a.m.", "pm": what stands behind nothing but a time; "malam" and "pagi" stand behind nights and mornings too. */
static bool is_am_pm(const finder *self, size_t i)
{
    runut_slice text = runut_fact_text(self->annotation, i);
    return is_cue(self, i, RUNUT_CUE_AM | RUNUT_CUE_PM) && (text.at[0] == 'a' || text.at[0] == 'p') &&
           (text.at[1] == 'm' || text.at[1] == '.');
}

/* A time of day: "21:40", "pukul 21.40", "9.40 malam", "2 p.m.", "5.47am". */
static bool is_clock(const finder *self, found *f)
{
    size_t at = f->number.first, next = at + 1;
    runut_slice text = runut_fact_text(self->annotation, at);
    bool after = in_sentence(self, next, at);
    bool half = after && is_cue(self, next, RUNUT_CUE_AM | RUNUT_CUE_PM | RUNUT_CUE_ZONE);
    bool evening = after && is_cue(self, next, RUNUT_CUE_PM), morning = after && is_cue(self, next, RUNUT_CUE_AM);
    bool said = cue_before(self, at, RUNUT_CUE_CLOCK),
         strong = said && !cue_before(self, at, RUNUT_CUE_APPROXIMATE | RUNUT_CUE_TO);
    int minutes = clock_of(text, ':');
    if (minutes < 0 && (said || half) && f->number.end == next)
        minutes = clock_of(text, '.');
    bool ends = !after || (token(self, next)->kind == RUNUT_TOKEN_MARK && !is_text(self, next, "%"));
    if (minutes < 0 && f->number.end == next && !f->number.range && f->number.decimals == 0 && f->number.value <= 24 &&
        (after && is_am_pm(self, next) ? f->number.value <= 12 : strong && (half || ends)))
        minutes = (int)f->number.value * 60;
    if (minutes < 0)
        return false;
    if (evening && minutes < 12 * 60)
        minutes += 12 * 60;
    if (morning && minutes >= 12 * 60)
        minutes -= 12 * 60;
    f->number.value = minutes;
    f->number.end = half ? next + 1 : next;
    f->fact.unit = hash_of(RUNUT_LITERAL("time of day"));
    f->fact.about = RUNUT_LITERAL("time of day");
    f->fits = RUNUT_FITS_OTHER;
    return true;
}

/* A range is a score ("2-1") unless it counts something: days, percent, years. */
static bool is_score(const finder *self, found *f)
{
    size_t next = f->number.end, length;
    bool after = in_sentence(self, next, f->number.first);
    if (f->number.value > 199 || f->number.second > 199 || (after && month_at(self, next)) ||
        (after && runut_fact_word_at(self->lexicon, self->annotation, next, RUNUT_FACT_UNIT, UINT32_MAX, &length)) ||
        (f->number.value > 20 && f->number.second > 20))
        return false;
    f->number.value = f->number.value * 1000 + f->number.second;
    f->fact.unit = hash_of(RUNUT_LITERAL("score"));
    f->fact.about = RUNUT_LITERAL("score");
    f->fits = RUNUT_FITS_OTHER;
    return true;
}

/* ---- units ---- */

/* What touches the number on the left, with an optional blank: "Rp", "AS$", "€". */
static const runut_fact_word *currency_before(const finder *self, found *f)
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
static const runut_fact_word *unit_after(const finder *self, found *f)
{
    size_t next = f->number.end, length;
    if (in_sentence(self, next, f->number.first) && is_text(self, next, "-") && touches(self, next - 1, next) &&
        in_sentence(self, next + 1, f->number.first) && touches(self, next, next + 1))
        next++;
    if (f->number.scaled && in_sentence(self, next, f->number.first) &&
        (is_text(self, next, "de") || is_text(self, next, "di")) && in_sentence(self, next + 1, f->number.first))
        next++; /* "40 milioni di euro" */
    if (!in_sentence(self, next, f->number.first))
        return NULL;
    const runut_fact_word *word =
        runut_fact_word_at(self->lexicon, self->annotation, next, RUNUT_FACT_UNIT, UINT32_MAX, &length);
    if (word)
        f->number.end = next + length;
    return word;
}

static void find_unit(const finder *self, found *f)
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
static void find_ordinal(const finder *self, found *f)
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

/* ---- what is counted ---- */

typedef struct candidate {
    const runut_fact_word *word;
    float cost;
} candidate;

static void offer(candidate *best, const runut_fact_word *word, float words)
{
    float cost = words;
    if ((word->flags & (RUNUT_SUBJECT_TOLL | RUNUT_SUBJECT_STATE)) && words <= 5)
        cost -= 3; /* "killed 27 passengers": what became of them says more than who they are */
    if (word->flags & RUNUT_SUBJECT_STRONG)
        cost -= 20;
    if (!best->word || cost < best->cost)
        *best = (candidate){word, cost};
}

static bool ends_clause(const finder *self, size_t i)
{
    const runut_token *t = token(self, i);
    if (t->kind == RUNUT_TOKEN_NUMBER)
        return true;
    if (t->kind == RUNUT_TOKEN_WORD)
        return false;
    return !is_text(self, i, "-") && !is_text(self, i, "'") && !is_text(self, i, "’") && !is_text(self, i, "$") &&
           !is_text(self, i, "/");
}

/* Number words end a clause as figures do, but not "one", "a", "both": those stand anywhere. */
static bool is_number_word(const finder *self, size_t i)
{
    const runut_fact_word *word =
        token(self, i)->kind == RUNUT_TOKEN_WORD
            ? runut_fact_word_find(self->lexicon, runut_fact_text(self->annotation, i), RUNUT_FACT_NUMBER, 1)
            : NULL;
    return word && word->key == RUNUT_NUMBER_ADD && word->value > 2;
}

/* To the right of "1.204" in "1.204 warga dari tiga desa mengungsi" the search goes on behind "dari tiga"; of "tiga"
 * itself, behind "dari", only the next word counts. */
static void look_right(const finder *self, const found *f, candidate *best, bool before)
{
    size_t length, passed = 0;
    for (size_t i = f->number.end, n = 0; n < RIGHT_WORDS && in_sentence(self, i, f->number.first); i++, n++) {
        const runut_fact_word *word =
            token(self, i)->kind == RUNUT_TOKEN_NUMBER
                ? NULL
                : runut_fact_word_at(self->lexicon, self->annotation, i, RUNUT_FACT_SUBJECT, f->fits, &length);
        if (word && !(f->number.article && (n == 0 || n > 3)))
            offer(best, word, (float)n);
        if (word && before && n == 0)
            return;
        if ((token(self, i)->kind == RUNUT_TOKEN_NUMBER || is_number_word(self, i)) && passed++ == 0 &&
            cue_before(self, i, RUNUT_CUE_BEFORE))
            continue;
        if (ends_clause(self, i) || is_number_word(self, i) || is_cue(self, i, RUNUT_CUE_AND))
            return;
    }
}

/* Token before `i`, over a bracket and over the comma of an apposition ("tuntutan jaksa, yakni delapan tahun"). */
static size_t step_left(const finder *self, size_t i, size_t first)
{
    if (i == 0 || !in_sentence(self, i - 1, first))
        return SIZE_MAX;
    i--;
    if (is_text(self, i, ","))
        return is_cue(self, i + 1, RUNUT_CUE_NAMELY) && i > 0 ? i - 1 : i;
    if (!is_text(self, i, ")"))
        return i;
    for (size_t back = 1; back < BRACKET && back < i; back++)
        if (is_text(self, i - back, "("))
            return i - back - 1;
    return i;
}

static void look_left(const finder *self, const found *f, candidate *best)
{
    size_t length, first = f->lead;
    bool linked = cue_before(self, first, RUNUT_CUE_TO);
    size_t n = 0, most = linked ? LEFT_WORDS_LINKED : LEFT_WORDS;
    for (size_t i = step_left(self, first, first); i != SIZE_MAX && n < most; i = step_left(self, i, first), n++) {
        if (ends_clause(self, i) || is_number_word(self, i) || (!linked && is_cue(self, i, RUNUT_CUE_AND)))
            return;
        const runut_fact_word *word =
            runut_fact_word_at(self->lexicon, self->annotation, i, RUNUT_FACT_SUBJECT, f->fits, &length);
        if (word && i + length <= first)
            offer(best, word, (float)n * .75f + 1.5f);
    }
}

/* "…, naik 14,3 persen": of what a number before it counted. "tumbuh 8,1 persen menjadi Rp9,84 triliun": likewise. */
static bool inherit(finder *self, found *f)
{
    size_t first = f->lead, count = self->digest->facts.size;
    bool changed = (f->fits & RUNUT_FITS_PERCENT) && (cue_before(self, first, RUNUT_CUE_CHANGE) ||
                                                      (first > 1 && cue_before(self, first - 1, RUNUT_CUE_CHANGE)));
    bool became = (f->fits & RUNUT_FITS_MONEY) && cue_before(self, first, RUNUT_CUE_TO);
    for (size_t back = 1; back <= RECENT && back <= count && (changed || became); back++) {
        const runut_fact *last = &self->digest->facts.at[count - back];
        bool amount = self->recent[back - 1] & (RUNUT_FITS_MONEY | RUNUT_FITS_PERCENT);
        if (last->sentence != f->fact.sentence)
            return false;
        if (!last->subject || !amount || (became && token(self, first)->span.start - last->span.end > 30))
            continue;
        f->fact.subject = last->subject;
        f->fact.about = last->about;
        f->fact.nature = last->nature & (RUNUT_FACT_STRICT | RUNUT_FACT_TOLL);
        return true;
    }
    return false;
}

static void find_subject(finder *self, found *f)
{
    candidate best = {f->subject, -100};
    if (!f->subject && !f->fact.ordinal) {
        bool before = cue_before(self, f->lead, RUNUT_CUE_BEFORE);
        look_right(self, f, &best, before);
        if (before && !best.word)
            f->fact.nature |= RUNUT_FACT_ASIDE;
        if (!before && !f->number.article)
            look_left(self, f, &best);
        f->subject = best.word;
        if (!best.word && !before && inherit(self, f))
            return;
    }
    f->subject = best.word;
    if (!best.word)
        return;
    f->fact.subject = best.word->key;
    f->fact.about = best.word->label;
    f->fact.nature |= (uint8_t)((best.word->flags & RUNUT_SUBJECT_STRICT ? RUNUT_FACT_STRICT : 0) |
                                (best.word->flags & RUNUT_SUBJECT_TOLL ? RUNUT_FACT_TOLL : 0) |
                                (best.word->flags & RUNUT_SUBJECT_WIDE ? RUNUT_FACT_WIDE : 0));
}

/* ---- what is no count ---- */

/* "(37)", "Rusdi Hamzah, 34, said". */
static bool is_age_aside(const finder *self, const found *f)
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
static bool is_label(const finder *self, const found *f)
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

static bool is_year(const finder *self, const found *f)
{
    size_t next = f->number.end, length;
    if (!f->number.plain || f->number.value < 1900 || f->number.value > 2100 || f->unit)
        return false;
    return !in_sentence(self, next, f->number.first) ||
           !runut_fact_word_at(self->lexicon, self->annotation, next, RUNUT_FACT_SUBJECT, RUNUT_FITS_COUNT, &length);
}

static bool is_no_count(const finder *self, const found *f)
{
    if (is_age_aside(self, f) || is_label(self, f) || is_year(self, f))
        return true;
    if (f->number.plain && !f->unit &&
        (f->number.value >= 1e7 || *runut_fact_text(self->annotation, f->number.first).at == '0'))
        return f->number.value != 0;
    return false;
}

/* "a", "seorang", "first", "both" say something only beside a word that is counted. */
static bool is_idle(const found *f)
{
    if (f->number.article)
        return !f->subject || !(f->subject->flags & RUNUT_SUBJECT_TOLL);
    if (f->fact.ordinal)
        return !f->number.digits && f->number.value <= 3;
    return !f->number.digits && f->number.value <= 3 && !f->unit && !f->subject;
}

/* ---- putting it down ---- */

static void find_context(finder *self, const found *f, uint32_t *context)
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
static uint32_t nearest_name(finder *self, const found *f)
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
static runut_slice label(const finder *self, const found *f)
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

static void push(finder *self, const found *f)
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

static void find_bends(const finder *self, found *f)
{
    size_t at = f->lead, next = f->number.end;
    f->fact.approximate = cue_before(self, at, RUNUT_CUE_APPROXIMATE) ||
                          (at > 1 && token(self, at - 1)->kind == RUNUT_TOKEN_WORD && in_sentence(self, at - 1, at) &&
                           cue_before(self, at - 1, RUNUT_CUE_APPROXIMATE) && !is_cue(self, at - 1, RUNUT_CUE_AND));
    if (f->number.article || cue_before(self, at, RUNUT_CUE_NEGATED) ||
        (in_sentence(self, next, at) && is_cue(self, next, RUNUT_CUE_PART)))
        f->fact.nature |= RUNUT_FACT_ASIDE;
}

/* The fact at the number `f`; returns the token to go on with. */
static size_t number(finder *self, found *f)
{
    size_t at = f->number.first;
    uint32_t day, month;
    f->lead = at;
    f->span.start = token(self, at)->span.start;
    f->fact.sentence = token(self, at)->sentence;
    if (f->number.digits && is_date(self, at, &day, &month)) {
        weekday(self, at, day, month);
        return f->number.end;
    }
    if (f->number.range ? !is_score(self, f) : !is_clock(self, f)) {
        if (f->number.range || f->number.clock)
            return f->number.end;
        find_ordinal(self, f);
        if (!f->fact.ordinal)
            find_unit(self, f);
        if (f->fits == 0)
            f->fits = RUNUT_FITS_COUNT;
        if (is_no_count(self, f))
            return f->number.end;
        find_subject(self, f);
    }
    f->span.end = token(self, f->number.end - 1)->span.end;
    find_bends(self, f);
    if (!is_idle(f))
        push(self, f);
    return f->number.end;
}

void runut_facts_find(runut_arena *arena, const runut_annotation *annotation, runut_digest *digest)
{
    finder self = {.arena = arena, .annotation = annotation, .digest = digest};
    self.lexicon = runut_fact_lexicon_new(arena, annotation->language);
    self.comma = runut_numeral_comma(annotation);
    for (size_t i = 0; i < annotation->tokens.size && digest->facts.size < MOST_FACTS;) {
        found f = {0};
        if (runut_numeral_at(self.lexicon, annotation, self.comma, i, &f.number)) {
            size_t next = number(&self, &f);
            i = next > i ? next : i + 1;
        } else if (token(&self, i)->kind == RUNUT_TOKEN_NUMBER) {
            uint32_t day, month; /* "25/5" */
            if (slashed(runut_fact_text(annotation, i), &day, &month))
                weekday(&self, i, day, month);
            i++;
        } else {
            i++;
        }
    }
}
