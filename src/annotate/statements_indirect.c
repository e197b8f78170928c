/* What is said without quotation marks: 'X mengatakan (bahwa) …', 'Menurut X, …', '…, kata X', 'X said (that) …'. Only
 * verbs of saying with a known subject count; a sentence gives one indirect statement at most, and none where it has a
 * quotation that is a statement already. */
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

static size_t count_words(const runut_reading *self, size_t begin, size_t end)
{
    size_t words = 0;
    for (size_t i = begin; i < end && words < LEAST_WORDS; i++)
        words += runut_frame_at(self, i)->kind != RUNUT_AT_MARK;
    return words;
}

static void emit(runut_reading *self, size_t begin, size_t end, const runut_speaker *speaker)
{
    while (end > begin && runut_frame_at(self, end - 1)->kind == RUNUT_AT_MARK &&
           !runut_frame_marks(runut_frame_at(self, end - 1), ')'))
        end--;
    while (begin < end && runut_frame_at(self, begin)->kind == RUNUT_AT_MARK)
        begin++;
    if (begin >= end || count_words(self, begin, end) < LEAST_WORDS)
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
    if (runut_frame_has(runut_frame_at(self, cue), RUNUT_IS_NEEDS_THAT) || cue + 2 >= end)
        return end;
    const runut_element *next = runut_frame_at(self, cue + 1);
    bool addressed = next->kind == RUNUT_AT_NAME || runut_frame_has(next, RUNUT_IS_PREPOSITION);
    for (size_t k = cue + 2; addressed && k < end && k < cue + ADDRESSEE; k++)
        if (runut_frame_marks(runut_frame_at(self, k), ','))
            return k + 1;
    return cue + 1;
}

/* '…, KPL said without giving a date': the words said stand before it all the same. */
static bool stands_behind(const runut_reading *self, const runut_frame_sentence *s, size_t cue,
                          const runut_speaker *speaker)
{
    if (cue + 1 < s->end && !runut_frame_has(runut_frame_at(self, cue + 1), RUNUT_IS_PREPOSITION | RUNUT_IS_ADJUNCT))
        return false;
    if (cue + 1 < s->end &&
        (runut_frame_has(runut_frame_at(self, cue + 1), RUNUT_IS_THAT) || s->end - cue > SHORT_TAIL))
        return false;
    size_t subject = cue;
    while (subject > s->first && runut_frame_at(self, subject - 1)->span.start >= speaker->span.start)
        subject--;
    for (size_t k = subject; k > s->first + ENOUGH_WORDS && k + ENOUGH_WORDS > subject; k--)
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

/* Is a described speaker a person, rather than "the report", "laporan keuangan"? */
static bool is_person(const runut_reading *self, const runut_speaker *speaker, const runut_frame_sentence *s)
{
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
                (next < s->end && runut_frame_has(runut_frame_at(self, next), RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE));
    if (next < s->end && speaker->span.start > runut_frame_at(self, next - 1)->span.start)
        ends = true;
    emit(self, past_dateline(self, s), ends ? comma - 1 : s->end, speaker);
}

void runut_indirect_find(runut_reading *self, size_t sentence)
{
    const runut_frame_sentence *s = &self->sentences.at[sentence];
    size_t limit = s->end - s->first > REACH ? s->first + REACH : s->end;
    if (has_statement(self, s))
        return;
    for (size_t i = s->first; i < limit; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if ((!runut_frame_says(self, i) && !runut_frame_has(e, RUNUT_ACCORDS)) || runut_frame_has(e, RUNUT_IS_DENIES))
            continue;
        runut_speaker speaker = runut_speaker_of_cue(self, s->first, i, s->end);
        if (!speaker.found || !is_person(self, &speaker, s))
            continue;
        bool right = runut_frame_has(e, RUNUT_IS_SAY_RIGHT | RUNUT_IS_SAY_SELF | RUNUT_ACCORDS);
        bool behind = speaker.span.start >= e->span.end;
        if (runut_frame_has(e, RUNUT_ACCORDS) && i <= s->first + 1) {
            size_t from = behind ? element_at(self, i, s->end, speaker.span.end) : i + 1;
            emit(self, after_comma(self, from, s->end), s->end, &speaker);
        } else if (right || behind) {
            emit_before(self, s, i, &speaker);
        } else if (stands_behind(self, s, i, &speaker)) {
            emit_before(self, s, i, &speaker);
        } else {
            emit(self, clause_start(self, i, s->end), s->end, &speaker);
        }
        return;
    }
}
