/* Who is the subject of a verb of saying.
 *
 *     kata [role words] NAME · kata [role words], NAME, … · kata dia · kata dosen itu       the right side
 *     NAME mengatakan · [role], NAME, mengatakan · NAME, [anything], mengatakan · ia mengatakan     the left side
 *
 * Names are taken where there are some; a pronoun means the focus of the sentences before (their speaker or subject);
 * "dosen itu", "the official" the last person who was introduced with that word; anything else is a description, kept
 * as printed. All searches have a reach, so that the whole stays linear. */
#include "annotate/statements.h"

#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"

/* "Lumintang’s lawyer": the name is not the one who speaks. */
bool runut_speaker_possesses(const runut_reading *self, size_t i)
{
    runut_slice after = runut_slice_part(self->body, runut_frame_at(self, i)->span.end, self->body.size);
    if (after.size && after.at[0] == '\'')
        after = runut_slice_part(after, 1, after.size);
    else if (runut_slice_starts(after, RUNUT_LITERAL("’")))
        after = runut_slice_part(after, 3, after.size);
    else
        return false;
    return after.size > 1 && after.at[0] == 's' && !runut_is_alpha((unsigned char)after.at[1]);
}

bool runut_speaker_after_preposition(const runut_reading *self, size_t i, size_t begin)
{
    return i > begin && runut_frame_has(runut_frame_at(self, i - 1), RUNUT_IS_PREPOSITION) &&
           !runut_frame_has(runut_frame_at(self, i - 1), RUNUT_SAYS);
}

runut_speaker runut_speaker_named(const runut_reading *self, size_t i, const char *why)
{
    const runut_element *e = runut_frame_at(self, i);
    const runut_name *name = runut_frame_name(self, e);
    if (!name)
        return RUNUT_NOBODY;
    int32_t like = name->kind == RUNUT_PLACE ? runut_described_name(self, runut_frame_text(self, e->span)) : -1;
    if (like >= 0)
        name = &self->annotation->names.at[like]; /* "kata Guntur", a town too, where Guntur Adi spoke before */
    return (runut_speaker){.found = true,
                           .name = (int32_t)(name - self->annotation->names.at),
                           .text = name->canonical.size ? name->canonical : runut_frame_text(self, e->span),
                           .span = e->span,
                           .why = why};
}

bool runut_speaker_is_somebody(const runut_reading *self, const runut_speaker *speaker)
{
    return speaker->found && (speaker->name < 0 || self->annotation->names.at[speaker->name].kind != RUNUT_PLACE);
}

enum { REACH = 60 };

/* ---- pronouns ---- */

static size_t sentence_first(const runut_reading *self, size_t i)
{
    return self->sentences.at[runut_frame_at(self, i)->sentence].first;
}

/* The first person of [begin, end) who can be a subject; end where there is none. */
size_t runut_speaker_first(const runut_reading *self, size_t begin, size_t end)
{
    size_t limit = end - begin > REACH ? begin + REACH : end;
    for (size_t i = begin; i < limit; i++)
        if (runut_frame_person(self, i) && !runut_speaker_after_preposition(self, i, begin) &&
            !runut_speaker_possesses(self, i))
            return i;
    return end;
}

runut_speaker runut_speaker_pronoun(runut_reading *self, size_t at)
{
    size_t begin = sentence_first(self, at);
    if (at - begin > REACH)
        begin = at - REACH;
    size_t i = runut_speaker_first(self, begin, at);
    if (i < at)
        return runut_speaker_named(self, i, "pronoun: the sentence's subject");
    for (size_t k = at; k-- > begin;) { /* „…“, sagte Birte Lohse. „…“, versprach sie. */
        const runut_element *e = runut_frame_at(self, k);
        if (e->kind != RUNUT_AT_QUOTE || self->attributions[e->index].verdict != RUNUT_STATEMENT ||
            !self->attributions[e->index].speaker.found)
            continue;
        runut_speaker speaker = self->attributions[e->index].speaker;
        speaker.why = "pronoun: the speaker of the quotation before";
        return speaker;
    }
    uint32_t sentence = runut_frame_at(self, at)->sentence;
    if (sentence == 0 || !self->focus[sentence - 1].found)
        return RUNUT_NOBODY;
    runut_speaker speaker = self->focus[sentence - 1];
    speaker.why =
        self->own_focus[sentence - 1] ? "pronoun: subject of the sentence before" : "pronoun: the last subject before";
    return speaker;
}

/* 'said the minister: "…"' */
static bool ends_at_colon(const runut_reading *self, size_t end, const runut_speaker *speaker)
{
    return end >= 2 && runut_frame_marks(runut_frame_at(self, end - 1), ':') &&
           runut_frame_at(self, end - 2)->span.end == speaker->span.end;
}

/* A verb before its subject stands first or after a mark. */
static bool inverted(const runut_reading *self, size_t begin, size_t cue)
{
    while (cue > begin && runut_frame_has(runut_frame_at(self, cue - 1), RUNUT_IS_ADVERB | RUNUT_IS_AND))
        cue--;
    const runut_element *before = cue > begin ? runut_frame_at(self, cue - 1) : NULL;
    return !before || before->kind == RUNUT_AT_MARK || before->kind == RUNUT_AT_QUOTE;
}

/* "Poi si sfoga: …", "Añadió que …": a sentence that begins with its verb, in a language that leaves pronouns out. */
static bool has_no_subject(const runut_reading *self, size_t begin, size_t cue)
{
    if (!(self->habits & RUNUT_DROPS_SUBJECT) || sentence_first(self, cue) != begin)
        return false;
    while (cue > begin &&
           (runut_frame_has(runut_frame_at(self, cue - 1), RUNUT_IS_ADVERB | RUNUT_IS_TIME | RUNUT_IS_AND) ||
            runut_frame_marks(runut_frame_at(self, cue - 1), ',')))
        cue--;
    return cue == begin;
}

/* "disebut oleh X", "was called by X": who does it. */
static runut_speaker agent_of(const runut_reading *self, size_t cue, size_t end)
{
    enum { MOST = 10 };
    for (size_t i = cue + 1; i + 1 < end && i < cue + MOST; i++) {
        runut_slice word = runut_frame_text(self, runut_frame_at(self, i)->span);
        bool by = runut_slice_is(word, "oleh") || runut_slice_is(word, "by");
        for (size_t k = i + 1; by && k < end && k < i + MOST; k++)
            if (runut_frame_named(self, k))
                return runut_speaker_named(self, k, "agent of a passive verb");
    }
    return RUNUT_NOBODY;
}

/* "वर्मा के अनुसार", "高瀬氏によると", "Aktaş'a göre": the source stands before its word. */
static runut_speaker source_before(runut_reading *self, size_t begin, size_t cue)
{
    enum { NEAR = 4 };
    for (size_t i = cue; i-- > begin && cue - i <= NEAR && runut_frame_at(self, i)->kind != RUNUT_AT_MARK;)
        if (runut_frame_named(self, i) && !runut_frame_is(self, runut_frame_at(self, i), RUNUT_PLACE))
            return runut_speaker_named(self, i, "named before the word for according");
    size_t head = runut_described_head(self, cue - begin > NEAR ? cue - NEAR : begin, cue);
    return head < cue ? runut_described(self, head, cue, false) : RUNUT_NOBODY;
}

/* "В пресс-службе администрации пояснили", "У поліції уточнили" */
static runut_speaker office_before(runut_reading *self, size_t begin, size_t cue)
{
    enum { MOST = 7 };
    size_t end = cue;
    while (end > begin && runut_frame_has(runut_frame_at(self, end - 1), RUNUT_IS_ADVERB | RUNUT_IS_TIME))
        end--;
    if (end < begin + 2 || end - begin > MOST || !runut_frame_has(runut_frame_at(self, begin), RUNUT_IS_PREPOSITION))
        return RUNUT_NOBODY;
    for (size_t i = begin + 1; i < end; i++)
        if (runut_frame_at(self, i)->kind == RUNUT_AT_MARK || runut_frame_at(self, i)->kind == RUNUT_AT_QUOTE)
            return RUNUT_NOBODY;
    return runut_described_as(self, begin + 1, end, (runut_slice){0}, "the office that speaks");
}

runut_speaker runut_speaker_of_cue(runut_reading *self, size_t begin, size_t cue, size_t end)
{
    uint32_t classes = runut_frame_at(self, cue)->classes;
    runut_speaker speaker;
    if ((self->habits & RUNUT_VERB_LAST) && (classes & RUNUT_IS_ACCORDING)) {
        speaker = source_before(self, begin, cue);
    } else if ((classes & RUNUT_IS_PASSIVE) && !(classes & (RUNUT_SAYS | RUNUT_IS_VIEW))) {
        speaker = agent_of(self, cue, end);
    } else if ((classes & (RUNUT_IS_SAY_SELF | RUNUT_ACCORDS)) ||
               ((classes & RUNUT_IS_SAY_RIGHT) && !(classes & RUNUT_IS_SAY))) {
        speaker = runut_speaker_right(self, cue, end);
    } else {
        speaker = runut_speaker_left(self, begin, cue);
        bool may_invert = (classes & RUNUT_IS_SAY) || (self->habits & RUNUT_VERB_FIRST);
        if (!speaker.found && may_invert && inverted(self, begin, cue))
            speaker = runut_speaker_right(self, cue, end);
        if (!speaker.found && (classes & RUNUT_IS_SAY) && has_no_subject(self, begin, cue))
            speaker = runut_speaker_pronoun(self, cue);
        if (!speaker.found && (self->habits & RUNUT_IMPERSONAL))
            speaker = office_before(self, begin, cue);
        if (!(self->habits & RUNUT_VERB_FIRST) && speaker.name < 0 &&
            speaker.span.start > runut_frame_at(self, cue)->span.start && !ends_at_colon(self, end, &speaker))
            speaker = RUNUT_NOBODY; /* "said the ferry had left": no subject, unless a quotation stands beside it */
    }
    speaker.cue = runut_frame_at(self, cue)->span;
    return speaker;
}

/* ---- focus ---- */

static runut_speaker focus_of_cues(runut_reading *self, const runut_frame_sentence *s, bool *says)
{
    size_t limit = s->end - s->first > REACH ? s->first + REACH : s->end;
    for (size_t i = s->first; i < limit; i++) {
        if (!runut_frame_says(self, i) && !runut_frame_has(runut_frame_at(self, i), RUNUT_IS_VIEW | RUNUT_ACCORDS))
            continue;
        runut_speaker speaker = runut_speaker_of_cue(self, s->first, i, s->end);
        bool person =
            speaker.found && (speaker.name < 0 || self->annotation->names.at[speaker.name].kind == RUNUT_PERSON);
        *says = person && !runut_frame_has(runut_frame_at(self, i), RUNUT_IS_VIEW);
        if (person)
            return speaker;
    }
    return RUNUT_NOBODY;
}

/* 'Nurhayati (41), warga Barru, …', 'Nurhayati, warga Barru, …' where no name is known. */
static runut_speaker introduced_first(runut_reading *self, const runut_frame_sentence *s)
{
    size_t i = s->first;
    while (i < s->end && i < s->first + 5 && runut_described_capitalized(self, i, i + 1))
        i++;
    if (i == s->first || i + 2 >= s->end)
        return RUNUT_NOBODY;
    const runut_element *mark = runut_frame_at(self, i), *next = runut_frame_at(self, i + 1);
    bool bracket = runut_frame_marks(mark, '('), comma = runut_frame_marks(mark, ',');
    const runut_element *last = runut_frame_at(self, i - 1);
    if (runut_frame_has(last, RUNUT_IS_ROLE | RUNUT_IS_PERSON) ||
        runut_slice_ends(runut_frame_text(self, last->span), RUNUT_LITERAL("nya"))) /* "Suaminya, sopir truk, …" */
        return RUNUT_NOBODY;
    bool age =
        (bracket || comma) && runut_frame_number(self, i + 1) && runut_frame_at(self, i + 2)->kind == RUNUT_AT_MARK;
    bool role = comma && runut_frame_has(next, RUNUT_IS_ROLE | RUNUT_IS_RELATIVE) && !next->upper;
    return age || role ? runut_described_as(self, s->first, i, (runut_slice){0}, "introduced") : RUNUT_NOBODY;
}

/* The one person that the sentence names, subject or not. */
static runut_speaker only_person(const runut_reading *self, const runut_frame_sentence *s)
{
    size_t limit = s->end - s->first > REACH ? s->first + REACH : s->end, found = limit;
    for (size_t i = s->first; i < limit; i++) {
        if (!runut_frame_person(self, i) || runut_speaker_possesses(self, i))
            continue;
        if (found < limit &&
            runut_frame_name(self, runut_frame_at(self, i)) != runut_frame_name(self, runut_frame_at(self, found)))
            return RUNUT_NOBODY;
        found = i;
    }
    return found < limit ? runut_speaker_named(self, found, "named") : RUNUT_NOBODY;
}

void runut_speaker_focus(runut_reading *self, size_t sentence, const runut_speaker *spoke)
{
    const runut_frame_sentence *s = &self->sentences.at[sentence];
    bool says = false;
    runut_speaker focus = spoke && spoke->found ? *spoke : focus_of_cues(self, s, &says);
    self->reports[sentence] = says;
    if (!focus.found)
        focus = introduced_first(self, s);
    if (!focus.found) {
        size_t i = runut_speaker_first(self, s->first, s->end);
        if (i < s->end)
            focus = runut_speaker_named(self, i, "named");
    }
    if (!focus.found && runut_described_capitalized(self, s->first, s->first + 1)) {
        const runut_element *e = runut_frame_at(self, s->first);
        int32_t like =
            runut_described_name(self, runut_frame_text(self, e->span)); /* "Agus" is a month to the names module */
        if (like >= 0)
            focus = (runut_speaker){.found = true,
                                    .name = like,
                                    .text = self->annotation->names.at[like].canonical,
                                    .span = e->span,
                                    .why = "named"};
    }
    if (!focus.found && (sentence == 0 || !self->focus[sentence - 1].found))
        focus = only_person(self, s); /* "Bagi pedagang seperti Mama Ucok, ini rezeki." */
    bool pronoun = s->first < s->end && runut_frame_has(runut_frame_at(self, s->first), RUNUT_IS_PRONOUN);
    self->own_focus[sentence] = focus.found || pronoun;
    if (!focus.found && sentence > 0)
        focus = self->focus[sentence - 1];
    self->focus[sentence] = focus;
}
