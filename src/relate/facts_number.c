/* Numbers as they are written: "1.204", "6,1", "2,300", "1 204", "7,2 miliar", "dua puluh tujuh", "twenty-seven".
 *
 * A mark between digits is a decimal mark or groups thousands. Both kinds in one number: the last is the decimal mark.
 * One kind, several times: thousands. Once, and not before exactly three digits: decimal. Else the language decides,
 * unless the article's other numbers show that it writes the other way. */
#include "base/slice.h"
#include "base/utf8.h"
#include "relate/facts.h"

static bool language_in(runut_slice language, const char *list)
{
    runut_slice first = language, rest = runut_slice_of(list);
    runut_slice_field(&language, '-', &first);
    for (runut_slice one; runut_slice_field(&rest, ' ', &one);)
        if (runut_slice_equal(one, first))
            return true;
    return false;
}

/* Languages whose press writes 2.5 and 2,500; all others 2,5 and 2.500 or 2 500. */
static bool writes_point(runut_slice language)
{
    return language_in(language,
                       "en ms zh ja ko th he hi bn ur ta te ml mr gu pa si ne my km lo tl fil ga cy sw und zu xh "
                       "am ha ig yo so mt");
}

static size_t count_marks(runut_slice text, char mark, size_t *last)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        if (text.at[i] == mark) {
            count++;
            *last = i;
        }
    return count;
}

/* 1 = this number shows a decimal comma, -1 = a decimal point, 0 = could be either. */
static int shows(runut_slice text)
{
    size_t comma_at = 0, point_at = 0;
    size_t commas = count_marks(text, ',', &comma_at), points = count_marks(text, '.', &point_at);
    if (commas && points)
        return comma_at > point_at ? 1 : -1;
    if (commas > 1 || points > 1)
        return commas > 1 ? -1 : 1;
    size_t after = text.size - 1 - (commas ? comma_at : point_at);
    return (commas || points) && after == 1 ? (commas ? 1 : -1) : 0;
}

bool runut_numeral_comma(const runut_annotation *annotation)
{
    int balance = writes_point(annotation->language) ? -2 : 2;
    for (size_t i = 0, seen = 0; i < annotation->tokens.size && seen < 200; i++)
        if (annotation->tokens.at[i].kind == RUNUT_TOKEN_NUMBER) {
            balance += shows(runut_fact_text(annotation, i));
            seen++;
        }
    return balance > 0;
}

static bool all_digits(runut_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!runut_is_digit((unsigned char)text.at[i]))
            return false;
    return text.size > 0;
}

/* The value of `text` (digits, points, commas, apostrophes) when everything up to `decimal` is whole. */
static double value_of(runut_slice text, size_t decimal, int *decimals)
{
    double whole = 0, place = 1;
    *decimals = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!runut_is_digit((unsigned char)text.at[i]))
            continue;
        whole = whole * 10 + (text.at[i] - '0');
        if (i > decimal) {
            place *= 10;
            ++*decimals;
        }
    }
    return whole / place;
}

static bool figures(runut_slice text, bool comma, double *value, int *decimals)
{
    size_t comma_at = 0, point_at = 0, decimal = SIZE_MAX;
    size_t commas = count_marks(text, ',', &comma_at), points = count_marks(text, '.', &point_at);
    for (size_t i = 0; i < text.size; i++)
        if (!runut_is_digit((unsigned char)text.at[i]) && !strchr(",.'", text.at[i]) &&
            (unsigned char)text.at[i] < 0x80)
            return false;
    if (text.size > 24 || !runut_is_digit((unsigned char)text.at[0]))
        return false;
    if (commas && points)
        decimal = comma_at > point_at ? comma_at : point_at;
    else if (commas + points == 1) {
        size_t mark = commas ? comma_at : point_at, after = text.size - 1 - mark;
        bool thousands = after == 3 && mark <= 3 && text.at[0] != '0' && (commas ? !comma : comma);
        decimal = thousands ? SIZE_MAX : mark;
    }
    *value = value_of(text, decimal, decimals);
    return true;
}

/* "2-1", "18-20", "2019–2024" (the tokenizer keeps the hyphen inside). */
static bool range(runut_slice text, runut_numeral *out)
{
    size_t dash = runut_slice_find(text, RUNUT_LITERAL("-"), 0);
    if (dash == SIZE_MAX || !all_digits(runut_slice_part(text, 0, dash)) ||
        !all_digits(runut_slice_part(text, dash + 1, text.size)) || text.size > 9)
        return false;
    int unused;
    out->range = true;
    out->value = value_of(runut_slice_part(text, 0, dash), SIZE_MAX, &unused);
    out->second = value_of(runut_slice_part(text, dash + 1, text.size), SIZE_MAX, &unused);
    return true;
}

/* Is token `at` three digits that go on a number before it, as in "1 204" or "1 204" with a no-break space? */
static bool goes_on(const runut_annotation *annotation, bool comma, size_t at)
{
    const runut_token *t = annotation->tokens.at;
    if (at >= annotation->tokens.size || t[at].kind != RUNUT_TOKEN_NUMBER || t[at].span.end - t[at].span.start < 3)
        return false;
    runut_slice text = runut_fact_text(annotation, at);
    runut_slice gap = runut_slice_part(annotation->body, t[at - 1].span.end, t[at].span.start);
    bool narrow =
        runut_slice_is(gap, "\xC2\xA0") || runut_slice_is(gap, "\xE2\x80\xAF") || runut_slice_is(gap, "\xE2\x80\x89");
    bool blank = comma && runut_slice_is(gap, " ") &&
                 language_in(annotation->language, "fr ru uk pl cs sk sv no nb nn da fi bg hu et lv lt es pt be kk");
    return (narrow || blank) && all_digits(runut_slice_part(text, 0, 3)) &&
           (text.size == 3 || (text.at[3] == ',' && comma));
}

static bool in_figures(const runut_annotation *annotation, bool comma, size_t at, runut_numeral *out)
{
    const runut_token *t = annotation->tokens.at;
    runut_slice text = runut_fact_text(annotation, at);
    out->digits = true;
    out->first = at;
    out->end = at + 1;
    if (range(text, out))
        return true;
    out->clock = text.size <= 5 && runut_slice_find(text, RUNUT_LITERAL(":"), 0) != SIZE_MAX;
    if (out->clock)
        return true;
    if (!figures(text, comma, &out->value, &out->decimals))
        return false;
    out->plain = all_digits(text);
    for (int groups = 0;
         groups < 4 && out->decimals == 0 && all_digits(runut_fact_text(annotation, out->end - 1)) &&
         t[out->end - 1].span.end - t[out->end - 1].span.start <= 3 && goes_on(annotation, comma, out->end);
         groups++) {
        double more;
        if (!figures(runut_fact_text(annotation, out->end), comma, &more, &out->decimals))
            break;
        out->value = out->value * 1000 + more;
        out->plain = false;
        out->end++;
    }
    return true;
}

/* A number in words while it is put together: "dua ratus | tiga puluh | satu" has done with millions, then thousands.
 */
typedef struct sum {
    double total, group, last, scale; /* last: what the next small word must stay below; scale: of the last group */
    bool any;
} sum;

static bool add_small(sum *self, double value)
{
    if (self->any && value >= self->last)
        return false;
    self->group += value;
    self->last = value >= 100 ? 100 : value >= 20 ? 10 : 1;
    self->any = true;
    return true;
}

static bool add_power(sum *self, const runut_fact_word *word)
{
    double ones = self->group - 100 * (double)(long)(self->group / 100);
    if (word->key == RUNUT_NUMBER_TEEN) {
        if (ones < 1 || ones > 9)
            return false;
        self->group += word->value;
        self->last = 1;
    } else if (word->key == RUNUT_NUMBER_TIMES) {
        if (ones > 9 || (word->value >= 100 && self->group > 9) || (word->value < 100 && ones < 1))
            return false;
        ones = ones < 1 ? 1 : ones;
        self->group = self->group - (self->group > 0 ? ones : 0) + ones * word->value;
        self->last = word->value;
    } else {
        if (word->value >= self->scale)
            return false;
        self->total += (self->group > 0 ? self->group : 1) * word->value;
        self->scale = word->value;
        self->group = 0;
        self->last = 1e3;
    }
    self->any = true;
    return true;
}

/* "siebenundzwanzig", "zevenentwintig": ones, "and", tens in one word. */
static double glued(const runut_fact_lexicon *lexicon, runut_slice word)
{
    static const char *const joints[] = {"und", "en", "ën"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints && word.size < 40; i++) {
        runut_slice joint = runut_slice_of(joints[i]);
        for (size_t at = 2; (at = runut_slice_find(word, joint, at)) != SIZE_MAX; at++) {
            runut_slice left = runut_slice_part(word, 0, at),
                        right = runut_slice_part(word, at + joint.size, word.size);
            const runut_fact_word *ones = runut_fact_word_find(lexicon, left, RUNUT_FACT_NUMBER, 1);
            const runut_fact_word *tens = runut_fact_word_find(lexicon, right, RUNUT_FACT_NUMBER, 1);
            if (tens && tens->key == RUNUT_NUMBER_ADD && tens->value >= 20 && tens->value < 100 && ones &&
                (ones->key == RUNUT_NUMBER_ADD || ones->key == RUNUT_NUMBER_ARTICLE) && ones->value < 10)
                return ones->value + tens->value;
        }
    }
    return 0;
}

static bool add_word(const runut_fact_lexicon *lexicon, sum *self, runut_slice word, bool vigesimal, bool *ordinal)
{
    const runut_fact_word *found = runut_fact_word_find(lexicon, word, RUNUT_FACT_NUMBER, 1);
    double value = found ? found->value : glued(lexicon, word);
    if (value == 0 && !(found && found->key == RUNUT_NUMBER_ADD))
        return false;
    if (!found || found->key == RUNUT_NUMBER_ADD || found->key == RUNUT_NUMBER_ORDINAL) {
        if (vigesimal && self->last == 10 && value < 20)
            self->last = 20;
        *ordinal = found && found->key == RUNUT_NUMBER_ORDINAL;
        return add_small(self, value);
    }
    if (found->key == RUNUT_NUMBER_ARTICLE) /* "vingt et un", but not "twenty a day" */
        return self->any && self->last == 10 && word.at[0] != 'a' && add_small(self, 1);
    return add_power(self, found);
}

/* "twenty-seven", "dix-sept", "twenty-first": the parts of a word with hyphens. */
static bool add_parts(const runut_fact_lexicon *lexicon, sum *self, runut_slice word, bool vigesimal, bool *ordinal)
{
    sum before = *self;
    if (add_word(lexicon, self, word, vigesimal, ordinal))
        return true;
    if (word.size > 40 || runut_slice_find(word, RUNUT_LITERAL("-"), 0) == SIZE_MAX)
        return false;
    for (runut_slice part; runut_slice_field(&word, '-', &part);)
        if (!add_word(lexicon, self, part, vigesimal, ordinal)) {
            *self = before;
            return false;
        }
    return true;
}

/* Words that may stand inside a number: "one hundred and five", "treinta y uno", "vingt et un". */
static bool is_joint(runut_slice word, runut_slice language)
{
    return (language_in(language, "en") && runut_slice_is(word, "and")) ||
           (language_in(language, "es") && runut_slice_is(word, "y")) ||
           (language_in(language, "pt") && runut_slice_is(word, "e")) ||
           (language_in(language, "fr") && runut_slice_is(word, "et"));
}

static bool in_words(const runut_fact_lexicon *lexicon, const runut_annotation *annotation, size_t at, sum *self,
                     runut_numeral *out)
{
    enum { WORDS = 12 };
    bool vigesimal = language_in(annotation->language, "fr"), any = false;
    uint32_t sentence = annotation->tokens.at[at].sentence;
    for (size_t i = at; i < annotation->tokens.size && i < at + WORDS && !out->ordinal; i++) {
        const runut_token *t = &annotation->tokens.at[i];
        if (t->kind != RUNUT_TOKEN_WORD || t->sentence != sentence)
            break;
        bool joint = any && is_joint(t->folded, annotation->language);
        if (joint && (language_in(annotation->language, "en") ? self->last != 100 : self->last > 100))
            break;
        if (joint)
            continue;
        if (!add_parts(lexicon, self, runut_fact_text(annotation, i), vigesimal, &out->ordinal))
            break;
        any = true;
        out->end = i + 1;
    }
    return any;
}

/* "7,2 miliar", "2.5 bilion", "11 ribu", "1.2bn", "3 hundred thousand". */
static void scale(const runut_fact_lexicon *lexicon, const runut_annotation *annotation, runut_numeral *out)
{
    for (int i = 0; i < 2 && out->end < annotation->tokens.size; i++) {
        const runut_token *t = &annotation->tokens.at[out->end];
        const runut_fact_word *word =
            t->kind == RUNUT_TOKEN_WORD
                ? runut_fact_word_find(lexicon, runut_fact_text(annotation, out->end), RUNUT_FACT_NUMBER, 1)
                : NULL;
        bool power = word && word->key == RUNUT_NUMBER_SCALE;
        bool hundred = word && word->key == RUNUT_NUMBER_TIMES && word->value >= 100;
        if (!power && !hundred)
            return;
        out->value *= word->value;
        out->scaled = true;
        out->plain = false;
        out->end++;
    }
}

bool runut_numeral_at(const runut_fact_lexicon *lexicon, const runut_annotation *annotation, bool comma, size_t at,
                      runut_numeral *out)
{
    const runut_token *t = &annotation->tokens.at[at];
    *out = (runut_numeral){.first = at, .end = at + 1};
    if (t->kind == RUNUT_TOKEN_MARK)
        return false;
    if (t->kind == RUNUT_TOKEN_NUMBER) {
        if (!in_figures(annotation, comma, at, out))
            return false;
        if (!out->range && !out->clock)
            scale(lexicon, annotation, out);
        return true;
    }
    sum words = {.last = 1e3, .scale = 1e15};
    runut_slice text = runut_fact_text(annotation, at);
    if (!runut_fact_word_may_begin(lexicon, text, RUNUT_FACT_NUMBER)) /* nor a part of it: see add_parts, glued */
        return false;
    const runut_fact_word *word = runut_fact_word_find(lexicon, text, RUNUT_FACT_NUMBER, 1);
    if (word && word->key == RUNUT_NUMBER_ARTICLE) {
        out->value = word->value;
        return out->article = true;
    }
    if (!in_words(lexicon, annotation, at, &words, out))
        return false;
    out->value = words.total + words.group;
    return true;
}
