/* Subjects that a particle marks, in languages whose verb of saying ends the sentence.
 *
 *     港湾局の高瀬美咲局長は12日の会見で「…」と述べた        は
 *     어민 대표 정도현 씨는 "…"며                             는, glued to its word
 *     एक स्थानीय निवासी ने पत्रकारों से कहा                        ने
 *     └─ phrase ────────┘
 *
 * A topic (は, 는) counts wherever it stands; a bare subject (が, 이) only right before the words said, for elsewhere
 * it belongs to another clause. Of the phrase the name is taken that the names module knows; else what is left without
 * the roles and titles around it. */
#include "annotate/statements.h"

#include "base/slice.h"
#include "base/utf8.h"

enum { REACH = 60, PHRASE_MOST = 12 };

/* The particle that ends a Korean word, as a number of bytes; 0 = none. *topic: one that counts wherever it stands. */
static size_t glued_mark(runut_slice word, bool *topic)
{
    static const struct {
        const char *text;
        bool topic;
    } marks[] = {{"께서는", true}, {"에서는", false}, {"께서", true}, {"은", true},
                 {"는", true},     {"이", false},     {"가", false},  {"도", false}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        runut_slice mark = runut_slice_of(marks[i].text);
        if (!runut_slice_ends(word, mark) || word.size == mark.size)
            continue;
        *topic = marks[i].topic;
        return strcmp(marks[i].text, "에서는") == 0 ? 0 : mark.size;
    }
    return 0;
}

static bool is_korean(const runut_reading *self)
{
    return runut_slice_starts(self->annotation->language, RUNUT_LITERAL("ko"));
}

/* Does element `i` mark what stands before it (or, glued, itself) as the subject? *tail: bytes of a glued mark. */
static bool marks_subject(const runut_reading *self, size_t i, bool *topic, size_t *tail)
{
    const runut_element *e = runut_frame_at(self, i);
    *tail = 0;
    *topic = true;
    if (e->kind != RUNUT_AT_WORD)
        return false;
    runut_slice word = runut_frame_text(self, e->span);
    if (is_korean(self)) {
        *tail = glued_mark(word, topic);
        bool alone = runut_frame_has(e, RUNUT_IS_SUBJECT);
        return alone || (*tail > 0 && !runut_frame_has(e, RUNUT_SAYS));
    }
    if (!runut_frame_has(e, RUNUT_IS_SUBJECT))
        return false;
    *topic = !runut_slice_is(word, "が") && !runut_slice_is(word, "も");
    return true;
}

static bool joins(const runut_reading *self, size_t i)
{
    return runut_slice_is(runut_frame_text(self, runut_frame_at(self, i)->span), "の");
}

/* Where the phrase that ends before `end` begins. */
static size_t phrase_start(const runut_reading *self, size_t begin, size_t end)
{
    size_t i = end;
    while (i > begin && end - i < PHRASE_MOST) {
        const runut_element *e = runut_frame_at(self, i - 1);
        if (runut_frame_marks(e, ')') && i >= begin + 3 && runut_frame_marks(runut_frame_at(self, i - 3), '(')) {
            i -= 3; /* "오민재(45) 씨는" */
            continue;
        }
        bool topic;
        size_t tail;
        if (e->kind == RUNUT_AT_QUOTE || e->kind == RUNUT_AT_MARK || runut_frame_has(e, RUNUT_SAYS | RUNUT_ACCORDS) ||
            marks_subject(self, i - 1, &topic, &tail) ||
            (i < end && runut_frame_has(e, RUNUT_IS_PREPOSITION | RUNUT_IS_TIME)))
            break;
        i--;
    }
    return i;
}

static bool is_title(const runut_reading *self, size_t i)
{
    return runut_frame_has(runut_frame_at(self, i), RUNUT_IS_ROLE | RUNUT_IS_KIN);
}

/* The last element that is a name, or SIZE_MAX. */
static size_t name_in(const runut_reading *self, size_t begin, size_t end)
{
    for (size_t i = end; i-- > begin;)
        if (runut_frame_named(self, i) && !runut_frame_is(self, runut_frame_at(self, i), RUNUT_PLACE) &&
            !(i + 1 < end && joins(self, i + 1)))
            return i;
    return SIZE_MAX;
}

/* The last speaker described so far whose name begins with `text`: "高瀬" after "高瀬美咲". */
static runut_slice longer_name(const runut_reading *self, runut_slice text)
{
    enum { FEW = 12 };
    size_t few = self->described.size > FEW ? self->described.size - FEW : 0;
    for (size_t d = self->described.size; d-- > few;)
        if (self->described.at[d].text.size > text.size && runut_slice_starts(self->described.at[d].text, text))
            return self->described.at[d].text;
    for (size_t n = 0; n < self->annotation->names.size && n < 200; n++) {
        const runut_name *name = &self->annotation->names.at[n];
        if (name->kind == RUNUT_PERSON && name->canonical.size > text.size && runut_slice_starts(name->canonical, text))
            return name->canonical;
    }
    return (runut_slice){"", 0};
}

/* "오민재(45) 씨는" → "오민재": without the particle, the title glued to a name and the age; true where it had a title.
 */
static bool bare_text(const runut_reading *self, runut_slice *text, size_t tail)
{
    bool titled = false;
    if (text->size > tail)
        text->size -= tail;
    if (!is_korean(self))
        return false;
    if (text->size > 3 &&
        (runut_slice_ends(*text, RUNUT_LITERAL("씨")) || runut_slice_ends(*text, RUNUT_LITERAL("님")))) {
        text->size -= 3;
        titled = true;
    }
    size_t bracket = runut_slice_find(*text, RUNUT_LITERAL("("), 0);
    *text = runut_slice_trim(bracket != SIZE_MAX && bracket > 0 ? runut_slice_part(*text, 0, bracket) : *text);
    return titled;
}

/* [begin, end) without what is no part of a name: titles behind it, roles and owners before it. */
static runut_speaker speaker_of_phrase(runut_reading *self, size_t begin, size_t end, size_t tail)
{
    while (begin + 1 < end &&
           runut_frame_has(runut_frame_at(self, begin), RUNUT_IS_ADVERB | RUNUT_IS_AND | RUNUT_IS_TIME))
        begin++;
    size_t whole = begin, stop = end, name = name_in(self, begin, end);
    if (name != SIZE_MAX)
        return runut_speaker_named(self, name, "the marked subject");
    while (stop > begin + 1 &&
           (is_title(self, stop - 1) || runut_frame_has(runut_frame_at(self, stop - 1), RUNUT_IS_ADVERB)))
        stop--;
    bool light = runut_frame_has(runut_frame_at(self, begin), RUNUT_IS_INDEFINITE | RUNUT_IS_PREPOSITION);
    if (stop < end && (light || (is_korean(self) && stop - begin > 1 && !is_title(self, begin)) ||
                       is_title(self, stop - 1) || joins(self, stop - 1)))
        stop = end; /* "경찰 관계자", "市の担当者": nothing but roles */
    bool titled = stop < end;
    for (size_t i = begin; i + 1 < stop; i++)
        if (joins(self, i) || is_title(self, i))
            begin = i + 1;
    if (stop == end && runut_described_head(self, begin, end) < end)
        begin = whole; /* "市の担当者": nothing but a role */
    if (titled && begin == stop)
        begin = whole, stop = end;
    runut_speaker speaker = runut_described_as(self, begin, stop, (runut_slice){0}, "the marked subject");
    if (speaker.name >= 0)
        return speaker;
    bool last = self->described.size && self->described.at[self->described.size - 1].span.start == speaker.span.start;
    self->described.size -= last;
    titled |= bare_text(self, &speaker.text, stop == end ? tail : 0);
    speaker.name = runut_described_name(self, speaker.text); /* "ठाकुर" */
    if (speaker.name >= 0)
        speaker.text = self->annotation->names.at[speaker.name].canonical;
    runut_slice longer = titled && speaker.name < 0 ? longer_name(self, speaker.text) : (runut_slice){"", 0};
    if (longer.size)
        speaker.text = longer;
    if (last)
        RUNUT_PUSH(self->arena, self->described, speaker);
    return speaker;
}

runut_speaker runut_speaker_marked(runut_reading *self, size_t begin, size_t end)
{
    if (!(self->habits & RUNUT_MARKS_SUBJECT))
        return RUNUT_NOBODY;
    if (end - begin > REACH)
        begin = end - REACH;
    for (size_t i = end; i-- > begin;) {
        bool topic;
        size_t tail, next = i + 1;
        if (!marks_subject(self, i, &topic, &tail))
            continue;
        while (next < end && runut_frame_at(self, next)->kind == RUNUT_AT_MARK)
            next++;
        size_t stop = tail ? i + 1 : i, start = phrase_start(self, begin, tail ? i : stop);
        if ((!topic && next < end) || start >= stop)
            continue;
        bool pronoun = stop - start == 1 && runut_frame_has(runut_frame_at(self, stop - 1), RUNUT_IS_PRONOUN);
        if (pronoun || runut_frame_has(runut_frame_at(self, start), RUNUT_IS_DEMONSTRATIVE))
            return runut_speaker_pronoun(self, stop - 1);
        return speaker_of_phrase(self, start, stop, tail);
    }
    return RUNUT_NOBODY;
}
