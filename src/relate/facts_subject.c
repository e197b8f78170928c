/* What a number counts: a word of the table in its clause. To the right first ("17 orang tewas"), then to the left
 * ("menewaskan 17 orang"; far to the left behind "menjadi", "to", "selama"), and where the clause has none, what a
 * number before it counted. Searches end at marks, at other numbers, at "and", or after a few words. */
#include "relate/facts_find.h"

enum { RIGHT_WORDS = 7, LEFT_WORDS = 6, LEFT_WORDS_LINKED = 16, BRACKET = 8 };

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

static bool ends_clause(const runut_fact_finder *self, size_t i)
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
static bool is_number_word(const runut_fact_finder *self, size_t i)
{
    const runut_fact_word *word =
        token(self, i)->kind == RUNUT_TOKEN_WORD
            ? runut_fact_word_find(self->lexicon, runut_fact_text(self->annotation, i), RUNUT_FACT_NUMBER, 1)
            : NULL;
    return word && word->key == RUNUT_NUMBER_ADD && word->value > 2;
}

/* "tujuh penunggang dan pemandu | maut": is what the "and" adds counted with the rest, no number of its own near? */
static bool joins(const runut_fact_finder *self, size_t i)
{
    enum { NO_NUMBER = 4 };
    for (size_t k = i + 1; k <= i + NO_NUMBER && in_sentence(self, k, i); k++) {
        if (token(self, k)->kind == RUNUT_TOKEN_NUMBER || is_number_word(self, k) ||
            runut_fact_word_find(self->lexicon, runut_fact_text(self->annotation, k), RUNUT_FACT_NUMBER, UINT32_MAX))
            return false;
        if (ends_clause(self, k))
            break;
    }
    return true;
}

/* To the right of "1.204" in "1.204 warga dari tiga desa mengungsi" the search goes on behind "dari tiga"; of "tiga"
 * itself, behind "dari", only the next word counts. */
static void look_right(const runut_fact_finder *self, const runut_fact_found *f, candidate *best, bool before)
{
    size_t length, passed = 0, joined = 0;
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
        if (ends_clause(self, i) || is_number_word(self, i))
            return;
        if (is_cue(self, i, RUNUT_CUE_AND) && (best->word || f->number.article || joined++ || !joins(self, i)))
            return;
    }
}

/* Token before `i`, over a bracket and over the comma of an apposition ("tuntutan jaksa, yakni delapan tahun"). */
static size_t step_left(const runut_fact_finder *self, size_t i, size_t first)
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

static void look_left(const runut_fact_finder *self, const runut_fact_found *f, candidate *best)
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
static bool inherit(const runut_fact_finder *self, runut_fact_found *f)
{
    size_t first = f->lead, count = self->digest->facts.size;
    bool changed = (f->fits & RUNUT_FITS_PERCENT) && (cue_before(self, first, RUNUT_CUE_CHANGE) ||
                                                      (first > 1 && cue_before(self, first - 1, RUNUT_CUE_CHANGE)));
    bool became = (f->fits & RUNUT_FITS_MONEY) && cue_before(self, first, RUNUT_CUE_TO);
    for (size_t back = 1; back <= RUNUT_FACTS_RECENT && back <= count && (changed || became); back++) {
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

void runut_fact_subject(const runut_fact_finder *self, runut_fact_found *f)
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
