/* What is said without quotation marks.
 *
 *     X mengatakan (bahwa) …   X said (that) …          the clause behind the verb
 *     Menurut X, …             Laut X stehen …          the clause behind the source
 *     …, kata X                …, X said                the words before
 *     X denied that …          X meminta warga …        with the verb, without which they would say something else
 *     X köprünün güvenli olduğunu söyledi               between the subject and the verb, where that ends the sentence
 *
 * Only verbs of saying with a known subject count; a sentence gives one indirect statement at most, and none where it
 * has a quotation that is a statement already. Precision comes first: an object without a verb ("announced a plan") is
 * no statement where the language shows it by leaving out "that". */
#include "annotate/statements.h"

#include "base/slice.h"

enum { REACH = 40, LEAST_WORDS = 3, SHORT_TAIL = 9, ENOUGH_WORDS = 5 };

static bool has_statement(const runut_reading *self, const runut_frame_sentence *s)
{
    for (size_t i = s->first; i < s->end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind == RUNUT_AT_QUOTE && self->attributions[e->index].verdict == RUNUT_STATEMENT)
            return true;
    }
    return false;
}

/* Fewer are no clause; two are enough behind "that" ("что пострадавших нет"). */
static bool are_enough(const runut_reading *self, size_t begin, size_t end)
{
    size_t words = 0;
    for (size_t i = begin; i < end && words < LEAST_WORDS; i++)
        words += runut_frame_at(self, i)->kind != RUNUT_AT_MARK;
    bool that = begin > 0 && runut_frame_has(runut_frame_at(self, begin - 1), RUNUT_IS_THAT);
    size_t least = LEAST_WORDS;
    return words + (that || (self->habits & RUNUT_VERB_LAST)) >= least;
}

static void emit(runut_reading *self, size_t begin, size_t end, const runut_speaker *speaker)
{
    while (end > begin && runut_frame_at(self, end - 1)->kind == RUNUT_AT_MARK &&
           !runut_frame_marks(runut_frame_at(self, end - 1), ')'))
        end--;
    while (begin < end && runut_frame_at(self, begin)->kind == RUNUT_AT_MARK)
        begin++;
    if (begin >= end || !are_enough(self, begin, end))
        return;
    runut_statement statement = {
        .span = {runut_frame_at(self, begin)->span.start, runut_frame_at(self, end - 1)->span.end},
        .indirect = true,
        .speaker = speaker->text,
        .speaker_name = speaker->name,
        .speaker_span = speaker->span,
        .cue = speaker->cue,
        .why = speaker->why,
    };
    RUNUT_PUSH(self->arena, self->annotation->statements, statement);
}

/* The element after the first comma in [i, end); `end` where there is none near. */
static size_t after_comma(const runut_reading *self, size_t i, size_t end)
{
    for (size_t k = i; k < end && k < i + REACH; k++)
        if (runut_frame_marks(runut_frame_at(self, k), ','))
            return k + 1;
    return end;
}

static size_t element_at(const runut_reading *self, size_t begin, size_t end, uint32_t offset)
{
    while (begin < end && runut_frame_at(self, begin)->span.start < offset)
        begin++;
    return begin;
}

/* 'X mengatakan kepada Y bahwa …', 'X told Y …': where the words said begin; `end` where the verb has an object only.
 */
static size_t clause_start(const runut_reading *self, size_t cue, size_t end)
{
    enum { NEAR = 12, VERY_NEAR = 4, ADDRESSEE = 8 };
    for (size_t k = cue + 1; k < end && k < cue + NEAR; k++) {
        const runut_element *e = runut_frame_at(self, k);
        if (runut_frame_has(e, RUNUT_IS_THAT) && (k < cue + VERY_NEAR || !(e->classes & RUNUT_IS_RELATIVE)))
            return k + 1; /* "that" further on belongs to a noun */
    }
    if (cue + 1 < end && runut_frame_marks(runut_frame_at(self, cue + 1), ','))
        return cue + 2; /* "Rudi menjelaskan, …" */
    if ((self->habits & RUNUT_VERB_SECOND) && cue + 2 < end && runut_frame_marks(runut_frame_at(self, cue + 2), ',') &&
        runut_frame_at(self, cue + 1)->kind == RUNUT_AT_WORD && !runut_frame_at(self, cue + 1)->upper)
        return cue + 3; /* "räumte ein, …" */
    if (runut_frame_has(runut_frame_at(self, cue), RUNUT_IS_NEEDS_THAT) || (self->habits & RUNUT_WANTS_THAT) ||
        cue + 2 >= end)
        return end;
    const runut_element *next = runut_frame_at(self, cue + 1);
    bool addressed = next->kind == RUNUT_AT_NAME || runut_frame_has(next, RUNUT_IS_PREPOSITION);
    for (size_t k = cue + 2; addressed && k < end && k < cue + ADDRESSEE; k++)
        if (runut_frame_marks(runut_frame_at(self, k), ','))
            return k + 1;
    for (size_t k = cue + 2; runut_frame_has(next, RUNUT_IS_DEFINITE) && k < end && k < cue + VERY_NEAR + 1; k++)
        if (runut_frame_has(runut_frame_at(self, k), RUNUT_IS_PRONOUN | RUNUT_IS_THEY))
            return k; /* "told the inquiry he had …" */
    return cue + 1;
}

/* '…, KPL said without giving a date': the words said stand before it all the same. */
static bool stands_behind(const runut_reading *self, const runut_frame_sentence *s, size_t cue,
                          const runut_speaker *speaker)
{
    bool last = cue + 1 == s->end || (cue + 2 == s->end && runut_frame_marks(runut_frame_at(self, cue + 1), '.'));
    const runut_element *next = last ? NULL : runut_frame_at(self, cue + 1);
    if (next && (!runut_frame_has(next, RUNUT_IS_PREPOSITION | RUNUT_IS_ADJUNCT | RUNUT_IS_TIME) ||
                 runut_frame_has(next, RUNUT_IS_THAT) || s->end - cue > SHORT_TAIL))
        return false;
    size_t subject = cue, most = 3 * ENOUGH_WORDS; /* 'Two men were arrested, police said.' */
    size_t least = s->first + (last && s->end - s->first < most ? LEAST_WORDS : ENOUGH_WORDS);
    while (subject > s->first && runut_frame_at(self, subject - 1)->span.start >= speaker->span.start)
        subject--;
    for (size_t k = subject; k > least && k + ENOUGH_WORDS > subject; k--)
        if (runut_frame_marks(runut_frame_at(self, k - 1), ','))
            return true;
    return false;
}

/* Past a dateline: 'JAKARTA, WARTA -- …'. */
static size_t past_dateline(const runut_reading *self, const runut_frame_sentence *s)
{
    enum { MOST = 12 };
    size_t begin = s->first;
    for (size_t k = s->first; begin == 0 && k < s->end && k < s->first + MOST; k++)
        if (runut_frame_marks(runut_frame_at(self, k), '-') ||
            (k <= s->first + 3 && runut_frame_marks(runut_frame_at(self, k), ':')))
            while (k + 1 < s->end && runut_frame_at(self, k)->kind == RUNUT_AT_MARK)
                begin = ++k;
    return begin;
}

/* "Le ministère précise que …": an institution with its article, right before the verb and "that". */
static bool is_institution(const runut_reading *self, size_t first, size_t cue)
{
    enum { MOST = 4 };
    if (cue - first > MOST || cue - first < 2 || !runut_frame_has(runut_frame_at(self, first), RUNUT_IS_DEFINITE) ||
        cue + 1 >= self->elements.size || !runut_frame_has(runut_frame_at(self, cue + 1), RUNUT_IS_THAT))
        return false;
    for (size_t k = first; k < cue; k++)
        if (runut_frame_at(self, k)->kind != RUNUT_AT_WORD ||
            runut_frame_has(runut_frame_at(self, k), RUNUT_IS_DOCUMENT))
            return false;
    return true;
}

/* Is a described speaker a person, rather than "the report", "laporan keuangan"? */
static bool is_person(const runut_reading *self, const runut_speaker *speaker, const runut_frame_sentence *s)
{
    size_t first = element_at(self, s->first, s->end, speaker->span.start);
    if (speaker->name < 0 && is_institution(self, first, element_at(self, first, s->end, speaker->cue.start)))
        return true;
    if (speaker->name >= 0 || speaker->span.start < runut_frame_at(self, s->first)->span.start)
        return true;
    for (size_t k = s->first; k < s->end && runut_frame_at(self, k)->span.start < speaker->span.end; k++)
        if (runut_frame_at(self, k)->span.start >= speaker->span.start &&
            runut_frame_has(runut_frame_at(self, k), RUNUT_IS_ROLE | RUNUT_IS_PERSON))
            return true;
    return false;
}

/* The cue stands behind the words: '…, kata X.', '…, X said.' Where it stands between them, the sentence is given
 * whole. */
static void emit_before(runut_reading *self, const runut_frame_sentence *s, size_t cue, const runut_speaker *speaker)
{
    uint32_t from =
        speaker->span.start < speaker->cue.start && speaker->span.start >= runut_frame_at(self, s->first)->span.start
            ? speaker->span.start
            : speaker->cue.start;
    size_t begin = element_at(self, s->first, s->end, from), comma = begin;
    while (comma > s->first && !runut_frame_marks(runut_frame_at(self, comma - 1), ','))
        comma--;
    if (comma == s->first)
        return;
    size_t next = after_comma(self, cue + 1, s->end);
    bool ends = next == s->end ||
                (next < s->end && runut_frame_has(runut_frame_at(self, next), RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE |
                                                                                  RUNUT_IS_ROLE | RUNUT_IS_PERSON));
    if (next < s->end && speaker->span.start > runut_frame_at(self, next - 1)->span.start)
        ends = true;
    emit(self, past_dateline(self, s), ends ? comma - 1 : s->end, speaker);
}

/* 'The dam, Moira Kell said, would hold': the subject stands between two commas with its verb. */
static bool is_inserted(const runut_reading *self, const runut_frame_sentence *s, size_t cue,
                        const runut_speaker *speaker)
{
    size_t subject = element_at(self, s->first, cue, speaker->span.start);
    bool english = runut_slice_starts(self->annotation->language, RUNUT_LITERAL("en"));
    return english && subject > s->first + 1 && subject < cue && cue + 2 < s->end &&
           runut_frame_marks(runut_frame_at(self, subject - 1), ',') &&
           runut_frame_marks(runut_frame_at(self, cue + 1), ',') &&
           runut_described_head(self, s->first, subject - 1) == subject - 1;
}

/* What stands behind the source of "Menurut X, …"; without a comma only where the source is a name, or nothing but the
 * cue: "Laut X stehen …", "Secondo lei viene …". */
static void emit_according(runut_reading *self, const runut_frame_sentence *s, size_t cue, const runut_speaker *speaker)
{
    bool behind = speaker->span.start >= runut_frame_at(self, cue)->span.end;
    size_t from = behind ? element_at(self, cue, s->end, speaker->span.end) : cue + 1;
    if (!behind && speaker->until > cue && speaker->until < s->end)
        from = speaker->until; /* "Segundo a engenheira, …" */
    size_t comma = after_comma(self, from, s->end);
    const runut_element *next = from < s->end ? runut_frame_at(self, from) : NULL;
    bool goes_on = next && next->kind == RUNUT_AT_WORD && !runut_frame_has(next, RUNUT_IS_RELATIVE | RUNUT_IS_ROLE);
    bool named = !behind || speaker->name >= 0;
    bool soon = comma < s->end && comma - from <= 3 && !(self->habits & RUNUT_VERB_SECOND); /* "根據X的說法，" */
    emit(self, goes_on && named && !soon ? from : comma, s->end, speaker);
}

/* Does nothing but light words part the verb from its subject? "bagi membantah", "said disputed licences" are none. */
static bool is_next_to(const runut_reading *self, size_t begin, size_t cue, const runut_speaker *speaker)
{
    size_t i = cue;
    while (i > begin && runut_frame_has(runut_frame_at(self, i - 1), RUNUT_IS_ADVERB))
        i--;
    if (i == begin)
        return false;
    const runut_element *before = runut_frame_at(self, i - 1);
    return before->span.end == speaker->span.end || before->kind == RUNUT_AT_NAME || before->kind == RUNUT_AT_MARK ||
           runut_frame_has(before, RUNUT_IS_PRONOUN | RUNUT_IS_RELATIVE);
}

/* 'X meminta warga menjauh', 'X denied that …': the verb is part of what is told. */
static bool emit_act(runut_reading *self, const runut_frame_sentence *s, size_t cue)
{
    const runut_element *e = runut_frame_at(self, cue);
    const uint32_t acts = RUNUT_IS_ASKS | RUNUT_IS_DENIES;
    if (!runut_frame_has(e, acts) || cue + 1 >= s->end || (e->classes & RUNUT_IS_SAY_RIGHT))
        return false;
    const runut_element *next = runut_frame_at(self, cue + 1);
    if (next->kind == RUNUT_AT_MARK || next->kind == RUNUT_AT_QUOTE)
        return false;
    runut_speaker speaker = runut_speaker_left(self, s->first, cue);
    if (!speaker.found || !is_person(self, &speaker, s) || speaker.span.start >= e->span.start ||
        !is_next_to(self, s->first, cue, &speaker))
        return false;
    speaker.cue = e->span;
    size_t end = cue + 1;
    while (end < s->end && runut_frame_at(self, end)->kind != RUNUT_AT_QUOTE)
        end++;
    if (end < s->end)
        return false;
    speaker.why = runut_frame_has(e, RUNUT_IS_DENIES) ? "subject of what it denies" : "subject of what it asks";
    emit(self, cue, s->end, &speaker);
    return true;
}

/* 'X köprünün güvenli olduğunu söyledi': a noun clause, whose ending shows it, between subject and verb. */
static void emit_between(runut_reading *self, const runut_frame_sentence *s, size_t cue, const runut_speaker *speaker)
{
    static const char *const endings[] = {"ğını",      "ğini",      "ğunu",      "ğünü",
                                          "diklerini", "caklarını", "ceklerini", "dıklarını"};
    size_t from = element_at(self, s->first, cue, speaker->span.end);
    runut_slice last = cue > from ? runut_frame_text(self, runut_frame_at(self, cue - 1)->span) : (runut_slice){"", 0};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (runut_slice_ends(last, runut_slice_of(endings[i]))) {
            emit(self, from, cue, speaker);
            return;
        }
}

/* "Cem Atabek'e göre …": the source stands before its word. */
static bool emit_source_first(runut_reading *self, const runut_frame_sentence *s, size_t cue)
{
    enum { SUFFIX = 3 };
    size_t i = cue;
    while (i > s->first && cue - i < SUFFIX && !runut_frame_named(self, i - 1))
        i--;
    if (i != s->first + 1 || !runut_frame_named(self, i - 1))
        return false;
    runut_speaker speaker = runut_speaker_named(self, i - 1, "named before the word for according");
    speaker.cue = runut_frame_at(self, cue)->span;
    emit(self, cue + 1, s->end, &speaker);
    return true;
}

/* "قال الخطيب إن …", "Dijo la alcaldesa que …": where the clause begins behind a subject that follows its verb. */
static size_t that_behind(const runut_reading *self, const runut_frame_sentence *s, const runut_speaker *speaker)
{
    enum { MOST = 10 };
    size_t i = element_at(self, s->first, s->end, speaker->span.end), first = i;
    for (; i < s->end && i < first + MOST; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind == RUNUT_AT_QUOTE || runut_frame_has(e, RUNUT_SAYS) || runut_frame_marks(e, ':'))
            return s->end;
        if (runut_frame_has(e, RUNUT_IS_THAT))
            return i + 1;
    }
    return s->end;
}

static void emit_by_side(runut_reading *self, const runut_frame_sentence *s, size_t cue, const runut_speaker *speaker)
{
    const runut_element *e = runut_frame_at(self, cue);
    bool right = runut_frame_has(e, RUNUT_IS_SAY_RIGHT | RUNUT_IS_SAY_SELF | RUNUT_ACCORDS);
    bool behind = speaker->span.start >= e->span.end;
    if (runut_frame_has(e, RUNUT_ACCORDS) && cue <= s->first + 1)
        emit_according(self, s, cue, speaker);
    else if (behind && that_behind(self, s, speaker) < s->end)
        emit(self, that_behind(self, s, speaker), s->end, speaker);
    else if (right || behind || stands_behind(self, s, cue, speaker))
        emit_before(self, s, cue, speaker);
    else if (is_inserted(self, s, cue, speaker))
        emit(self, past_dateline(self, s), s->end, speaker);
    else if ((self->habits & RUNUT_VERB_LAST) && cue + 1 < s->end &&
             runut_frame_has(runut_frame_at(self, cue + 1), RUNUT_IS_THAT))
        emit(self, cue + 2, s->end, speaker);
    else if (self->habits & RUNUT_VERB_LAST)
        emit_between(self, s, cue, speaker);
    else
        emit(self, clause_start(self, cue, s->end), s->end, speaker);
}

void runut_indirect_find(runut_reading *self, size_t sentence)
{
    const runut_frame_sentence *s = &self->sentences.at[sentence];
    size_t limit = s->end - s->first > REACH ? s->first + REACH : s->end;
    if (has_statement(self, s))
        return;
    for (size_t i = s->first; i < limit; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (emit_act(self, s, i))
            return;
        if ((!runut_frame_says(self, i) && !runut_frame_has(e, RUNUT_ACCORDS)) || runut_frame_has(e, RUNUT_IS_DENIES))
            continue;
        if ((self->habits & RUNUT_VERB_LAST) && runut_frame_has(e, RUNUT_ACCORDS)) {
            if (emit_source_first(self, s, i))
                return;
            continue;
        }
        runut_speaker speaker = runut_speaker_of_cue(self, s->first, i, s->end);
        if (!speaker.found || !is_person(self, &speaker, s))
            continue;
        emit_by_side(self, s, i, &speaker);
        return;
    }
}
