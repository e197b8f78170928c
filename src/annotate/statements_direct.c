/* Which quotations are statements, and whose.
 *
 *     "…," kata X   "…," X said   "…" — X           a verb follows, with its subject
 *     X mengatakan, "…"   X: "…"                     a verb or a name leads up to it
 *     X menilai gaya Y "dingin dan kejam"            a few words, within a clause of X's verb
 *     "…," kata X, "…"   "…," kata X. "…"            goes on: the second has the first one's speaker
 *
 * Refused: names, titles and terms (a noun for such a thing stands before: "lagu", "istilah", "dubbed"; or every word
 * is capitalized), words that nobody says (a passive, no person for a subject) and short words used at a distance. */
#include "annotate/statements.h"

#include "base/slice.h"
#include "base/utf8.h"

enum { REACH_AFTER = 30, REACH_BEFORE = 48, SENTENCE_WORDS = 6 };

/* What a quotation looks like by itself. */
typedef struct shape {
    size_t words, capitals, longs; /* longs: words of four letters or more, of which `capitals` begin with a capital */
    bool upper;                    /* begins with a capital, or in a script that has none */
    bool caseless;                 /* that script */
    bool nouns;                    /* the language writes all nouns with a capital */
    bool stop, comma, ask;         /* its last character */
} shape;

static shape shape_of(const runut_reading *self, const runut_quote *quote)
{
    enum { LOOK = 400 };
    shape s = {.nouns = runut_slice_starts(self->annotation->language, RUNUT_LITERAL("de"))};
    runut_slice text = runut_slice_part(self->body, quote->inner.start, quote->inner.end);
    bool in_word = false;
    size_t letters = 0, ideographs = 0, thai = 0;
    bool capital = false;
    for (size_t at = 0; at < text.size && at < LOOK;) {
        uint32_t code = runut_utf8_next(text, &at);
        bool word =
            runut_code_is_letter(code) || runut_code_is_digit(code) || (in_word && (code == '-' || code == '\''));
        ideographs += code >= 0x2E80 && code < 0xAC00;
        thai += code >= 0x0E00 && code < 0x0F00;
        if (word && !in_word) {
            capital = runut_code_is_upper(code);
            if (s.words++ == 0) {
                s.caseless = !capital && !runut_code_is_lower(code) && runut_code_is_letter(code);
                s.upper = capital || s.caseless;
            }
            letters = 0;
        }
        letters += word;
        if (word && letters == 4) {
            s.longs++;
            s.capitals += capital;
        }
        in_word = word;
    }
    if (ideographs > 3)
        s.words += ideographs / 2;
    if (thai > 5)
        s.words += thai / 5;
    size_t at = text.size;
    uint32_t last = at ? runut_utf8_before(text, &at) : 0;
    while (at > 0 && (last == '\'' || last == 0x2019 || last == 0x201D || last == 0x300D || last == '"' || last == ')'))
        last = runut_utf8_before(text, &at);
    s.ask = last == '?' || last == '!' || last == 0xFF1F || last == 0xFF01 || last == 0x061F;
    s.stop = s.ask || last == '.' || last == 0x2026 || last == 0x3002;
    s.comma = last == ',' || last == 0xFF0C || last == '-' || last == 0x2014;
    return s;
}

static bool is_title(const shape *s)
{
    return !s->nouns && s->upper && !s->caseless && !s->stop && !s->comma && s->words <= 10 && s->longs == s->capitals;
}

/* Can stand as somebody's whole utterance. */
static bool is_full(const shape *s)
{
    return s->stop || s->comma || s->words >= SENTENCE_WORDS;
}

static void accept(runut_reading *self, size_t quote, runut_speaker speaker)
{
    self->attributions[quote].verdict = RUNUT_STATEMENT;
    self->attributions[quote].speaker = speaker;
}

static void refuse(runut_reading *self, size_t quote, const char *why)
{
    self->attributions[quote].verdict = RUNUT_REFUSED;
    self->attributions[quote].why = why;
}

/* ---- a verb after it ---- */

static size_t skip_after(const runut_reading *self, size_t i, size_t end)
{
    for (int k = 0; k < 5 && i < end; k++, i++) {
        const runut_element *e = runut_frame_at(self, i);
        bool light = e->kind == RUNUT_AT_MARK
                         ? e->mark == ',' || e->mark == '-' || e->mark == '.'
                         : runut_frame_has(e, RUNUT_IS_ADVERB) && !runut_frame_has(e, RUNUT_SAYS | RUNUT_IS_RELATIVE);
        if (!light)
            break;
    }
    return i;
}

/* '"…," kata X', '"…," said X', '„…“ と述べた': where the verb stands that follows; `end` where there is none. */
static size_t verb_behind(const runut_reading *self, size_t q, size_t end)
{
    enum { MARKED = 9 };
    const uint32_t verbs = RUNUT_SAYS | RUNUT_ACCORDS | (self->habits & RUNUT_VERB_LAST ? RUNUT_IS_VIEW : 0);
    size_t i = skip_after(self, q + 1, end), far = i;
    if (i < end && runut_frame_has(runut_frame_at(self, i), verbs)) {
        bool particle = runut_frame_has(runut_frame_at(self, i), RUNUT_IS_ADVERB); /* "라고 말했다" */
        return particle && i + 1 < end && runut_frame_has(runut_frame_at(self, i + 1), RUNUT_SAYS) ? i + 1 : i;
    }
    if (!(self->habits & RUNUT_MARKS_SUBJECT))
        return end;
    bool marked = false; /* '"…" 一人 は 語った', '"…," निवासी ने कहा': a subject with its mark may come between */
    for (; far < end && far < i + MARKED; far++) {
        const runut_element *e = runut_frame_at(self, far);
        if (e->kind == RUNUT_AT_QUOTE || e->kind == RUNUT_AT_MARK)
            return end;
        if (runut_frame_has(e, verbs))
            return marked ? far : end;
        marked |= runut_frame_has(e, RUNUT_IS_SUBJECT);
    }
    return end;
}

/* Whose verb it is that ends the sentence: the marked subject between, else the one before the quotation, else that of
 * the quotation before it. */
static runut_speaker verb_last_speaker(runut_reading *self, size_t q, size_t verb)
{
    const runut_frame_sentence *s = &self->sentences.at[runut_frame_at(self, q)->sentence];
    size_t begin = q;
    while (begin > s->first && q - begin < REACH_BEFORE && runut_frame_at(self, begin - 1)->kind != RUNUT_AT_QUOTE)
        begin--;
    runut_speaker speaker = runut_speaker_marked(self, q + 1, verb);
    if (!speaker.found)
        speaker = runut_speaker_marked(self, begin, q);
    if (!speaker.found && begin < q)
        speaker = runut_speaker_left(self, begin, q);    /* 'Selin, "…" dedi' */
    for (size_t k = q; !speaker.found && k > begin; k--) /* 'Muhalefet lideri, hükümeti "…" suçladı' */
        if (runut_frame_marks(runut_frame_at(self, k - 1), ',')) {
            speaker = runut_speaker_left(self, begin, k);
            break;
        }
    const runut_attribution *before = self->attributions;
    uint32_t index = runut_frame_at(self, q)->index;
    if (!speaker.found && begin > s->first && index > 0 && before[index - 1].verdict == RUNUT_STATEMENT)
        speaker = before[index - 1].speaker;
    if (!speaker.found && begin > s->first)
        speaker = runut_speaker_marked(self, s->first, begin);
    return speaker;
}

static bool verb_follows(runut_reading *self, size_t q, size_t end, runut_speaker *speaker)
{
    const runut_frame_sentence *s = &self->sentences.at[runut_frame_at(self, q)->sentence];
    size_t i = verb_behind(self, q, end);
    if (i >= end)
        return false;
    const runut_element *e = runut_frame_at(self, i);
    if (runut_frame_has(e, RUNUT_IS_SAY_LEFT) && !runut_frame_has(e, RUNUT_IS_SAY_RIGHT))
        return false;
    *speaker = self->habits & RUNUT_VERB_LAST ? verb_last_speaker(self, q, i) : RUNUT_NOBODY;
    if (!speaker->found && !(self->habits & RUNUT_MARKS_SUBJECT))
        *speaker = runut_speaker_right(self, i, end);
    if (!speaker->found && runut_frame_has(e, RUNUT_IS_SAY))
        *speaker = runut_speaker_left(self, s->first, i);
    if (!speaker->found && runut_frame_has(e, RUNUT_IS_SAY) && !runut_frame_has(e, RUNUT_IS_PASSIVE))
        *speaker = runut_speaker_pronoun(self, i); /* '"…", completou.': the verb's ending is the pronoun */
    speaker->cue = e->span;
    return true;
}

static bool is_unlisted(const runut_reading *self, size_t i, size_t end)
{
    const runut_element *e = i < end ? runut_frame_at(self, i) : NULL;
    return e && e->kind == RUNUT_AT_WORD && !e->upper && e->classes == 0 &&
           self->annotation->tokens.at[e->index].kind == RUNUT_TOKEN_WORD;
}

/* A verb that no list knows, in a place where only a verb of saying stands: '"…," koar X', '"…," koarnya.', '"…," X
 * thundered'. The quotation must end as one that goes on does. */
static bool unlisted_verb_follows(runut_reading *self, size_t q, size_t end, runut_speaker *speaker)
{
    size_t i = q + 1;
    if (i < end && runut_frame_marks(runut_frame_at(self, i), ','))
        i++;
    size_t verb = SIZE_MAX;
    if (is_unlisted(self, i, end) && i + 1 < end) {
        const runut_element *e = runut_frame_at(self, i), *next = runut_frame_at(self, i + 1);
        bool ends = next->kind == RUNUT_AT_MARK || runut_frame_has(next, RUNUT_IS_ADJUNCT);
        runut_slice word = runut_slice_part(self->body, e->span.start, e->span.end);
        if (runut_frame_is(self, next, RUNUT_PERSON) || runut_frame_has(next, RUNUT_IS_PRONOUN))
            *speaker = runut_speaker_right(self, verb = i, end);
        else if (ends && word.size > 6 && runut_slice_ends(word, RUNUT_LITERAL("nya")))
            *speaker = runut_speaker_pronoun(self, verb = i);
    } else if (i < end && runut_frame_is(self, runut_frame_at(self, i), RUNUT_PERSON) &&
               is_unlisted(self, i + 1, end)) {
        *speaker = runut_speaker_left(self, q + 1, verb = i + 1);
    }
    if (verb == SIZE_MAX || !speaker->found)
        return false;
    speaker->cue = runut_frame_at(self, verb)->span;
    return true;
}

/* '"…," president director Bagus Hartawan told …': the subject comes first. */
static bool subject_follows(runut_reading *self, size_t q, size_t end, runut_speaker *speaker)
{
    enum { NEAR = 6 };
    size_t limit = end - q > REACH_AFTER ? q + REACH_AFTER : end;
    for (size_t i = q + 1; i < limit; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind == RUNUT_AT_QUOTE || runut_frame_marks(e, ':') || runut_frame_marks(e, ';'))
            return false;
        if (!runut_frame_has(e, RUNUT_IS_SAY | RUNUT_IS_SAY_LEFT | RUNUT_IS_SAY_SELF))
            continue;
        *speaker = runut_frame_has(e, RUNUT_IS_SAY_SELF) ? runut_speaker_right(self, i, end)
                                                         : runut_speaker_left(self, q + 1, i);
        speaker->cue = e->span;
        return speaker->found || (i - q <= NEAR && i > q + 2); /* somebody unknown says it */
    }
    return false;
}

/* '"…" — Rudi Prasojo' at the end of a line. */
static bool signature_follows(runut_reading *self, size_t q, size_t end, runut_speaker *speaker)
{
    if (q + 2 >= end || end - q > 12 || !runut_frame_marks(runut_frame_at(self, q + 1), '-'))
        return false;
    const runut_element *e = runut_frame_at(self, q + 2);
    if (!runut_frame_is(self, e, RUNUT_PERSON))
        return false;
    *speaker = runut_speaker_right(self, q + 1, end);
    speaker->cue = runut_frame_at(self, q + 1)->span;
    speaker->why = "signed";
    return speaker->found;
}

/* ---- a verb before it ---- */

/* Is the quotation the name of the thing before it: 'lagu "Angin Laut"', 'diberi nama “Ruang Ingatan”'? */
static bool is_named_thing(const runut_reading *self, size_t q, size_t begin)
{
    size_t i = q;
    for (int k = 0; k < 2 && i > begin; k++, i--) {
        const runut_element *e = runut_frame_at(self, i - 1);
        if (runut_frame_has(e, RUNUT_IS_NAMING))
            return true;
        bool light = runut_frame_marks(e, ',') || runut_frame_marks(e, '(') ||
                     runut_frame_has(e, RUNUT_IS_DEFINITE | RUNUT_IS_INDEFINITE | RUNUT_IS_RELATIVE);
        if (!light)
            return false;
    }
    return false;
}

/* The nearest cue before `q`; SIZE_MAX where there is none. */
static size_t cue_before(const runut_reading *self, size_t q, size_t begin)
{
    const uint32_t wanted = RUNUT_SAYS | RUNUT_IS_VIEW | RUNUT_ACCORDS | RUNUT_IS_CALL_IT | RUNUT_IS_PASSIVE;
    if (q - begin > REACH_BEFORE)
        begin = q - REACH_BEFORE;
    for (size_t i = q; i-- > begin;) {
        const runut_element *e = runut_frame_at(self, i);
        if (!runut_frame_has(e, wanted))
            continue;
        if (runut_frame_has(e, RUNUT_SAYS) && !(e->classes & wanted & ~(uint32_t)RUNUT_SAYS) &&
            !runut_frame_says(self, i))
            continue;
        if (runut_frame_has(e, RUNUT_IS_PASSIVE) && !runut_frame_has(e, RUNUT_SAYS | RUNUT_IS_VIEW) && q - i > 6)
            continue;
        return i;
    }
    return SIZE_MAX;
}

static bool only_light_between(const runut_reading *self, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind == RUNUT_AT_NAME || e->kind == RUNUT_AT_QUOTE)
            return false;
        if (e->kind == RUNUT_AT_WORD && !runut_frame_has(e, RUNUT_IS_ADVERB | RUNUT_IS_THAT | RUNUT_IS_PRONOUN))
            return false;
    }
    return true;
}

/* Does a comma or a colon lead up to the quotation? */
static bool is_led(const runut_reading *self, size_t q, size_t begin)
{
    if (q == begin)
        return false;
    const runut_element *e = runut_frame_at(self, q - 1);
    bool that = (self->habits & RUNUT_NO_COMMAS) && runut_frame_has(e, RUNUT_IS_THAT | RUNUT_SAYS);
    return that || runut_frame_marks(e, ',') || runut_frame_marks(e, ':');
}

static bool is_place(const runut_reading *self, const runut_speaker *speaker)
{
    return speaker->found && !runut_speaker_is_somebody(self, speaker);
}

/* 'sostuvo que la obra “es una chapuza”': a lower-case clause of what is reported is no name. */
static bool is_predicate(const runut_reading *self, size_t q, size_t cue, const shape *s)
{
    if (s->upper || s->words < 3 || !runut_frame_has(runut_frame_at(self, cue), RUNUT_SAYS))
        return false;
    for (size_t i = cue + 1; i < q; i++)
        if (runut_frame_has(runut_frame_at(self, i), RUNUT_IS_THAT))
            return true;
    return false;
}

static const char *why_not(runut_reading *self, size_t q, size_t begin, size_t cue, const shape *s,
                           const runut_speaker *speaker)
{
    const runut_element *e = runut_frame_at(self, cue);
    bool direct = is_led(self, q, begin) && runut_frame_has(e, RUNUT_SAYS) && (s->upper || is_full(s));
    if (direct)
        return NULL;
    if (is_named_thing(self, q, begin) && !is_predicate(self, q, cue, s))
        return "name of a thing";
    if (runut_frame_has(e, RUNUT_IS_PASSIVE) && !speaker->found)
        return "scare quotes: nobody says it";
    if (!speaker->found)
        return "scare quotes: no speaker";
    if (runut_frame_has(e, RUNUT_IS_CALL_IT) && speaker->name < 0)
        return "name of a thing";
    if (is_place(self, speaker) && s->words < 4)
        return "scare quotes: no person says it";
    if (is_title(s) && !is_led(self, q, begin) && !only_light_between(self, cue + 1, q))
        return "name or title";
    bool opens = runut_frame_has(e, RUNUT_ACCORDS) && q > begin && runut_frame_marks(runut_frame_at(self, q - 1), ',');
    const runut_frame_sentence *sentence = &self->sentences.at[runut_frame_at(self, q)->sentence];
    if (opens && s->words <= 2 && q + 1 < sentence->end && runut_frame_at(self, q + 1)->kind != RUNUT_AT_MARK)
        return "scare quotes: a word for a thing";
    return NULL;
}

static bool verb_leads(runut_reading *self, size_t q, size_t begin, const shape *s, runut_speaker *speaker,
                       const char **why)
{
    size_t cue = cue_before(self, q, begin);
    if (cue == SIZE_MAX)
        return false;
    *speaker = runut_speaker_of_cue(self, begin, cue, q);
    *why = why_not(self, q, begin, cue, s, speaker);
    return true;
}

/* 'Rudi: "…"' */
static bool name_leads(runut_reading *self, size_t q, size_t begin, runut_speaker *speaker)
{
    if (q < begin + 2 || !runut_frame_marks(runut_frame_at(self, q - 1), ':'))
        return false;
    bool next_to = runut_frame_person(self, q - 2); /* 'donde habló también el senador Rudi: "…"' */
    if (q - begin > 12 && !next_to)
        return false;
    *speaker = next_to ? runut_speaker_named(self, q - 2, "") : runut_speaker_left(self, begin, q - 1);
    speaker->why = "named before the colon";
    return speaker->found;
}

/* ---- going on ---- */

/* The attribution of the quotation before `quote`, where that stands in the same sentence or the one before. */
static const runut_attribution *previous(const runut_reading *self, size_t quote, size_t sentence)
{
    if (quote == 0)
        return NULL;
    const runut_attribution *a = &self->attributions[quote - 1];
    if (a->verdict != RUNUT_STATEMENT)
        return NULL;
    uint32_t before = runut_frame_at(self, a->element)->sentence;
    return before + 1 >= sentence ? a : NULL;
}

static bool stands_alone(const runut_reading *self, size_t q, const runut_frame_sentence *s)
{
    for (size_t i = s->first; i < s->end && i < s->first + 8; i++)
        if (i != q && runut_frame_at(self, i)->kind != RUNUT_AT_MARK)
            return false;
    return s->end - s->first <= 8;
}

static bool goes_on(runut_reading *self, size_t quote, size_t q, const shape *s, runut_speaker *speaker)
{
    size_t sentence = runut_frame_at(self, q)->sentence;
    const runut_frame_sentence *frame = &self->sentences.at[sentence];
    const runut_attribution *before = previous(self, quote, sentence);
    bool same = before && runut_frame_at(self, before->element)->sentence == sentence;
    if (same && before->speaker.found && is_led(self, q, frame->first) && is_full(s)) {
        *speaker = before->speaker;
        speaker->why = "second half of a split quotation";
        return true;
    }
    if (!stands_alone(self, q, frame) || !(s->upper || s->stop) || (is_title(s) && s->words > 1))
        return false;
    if (before && !same && is_full(s)) {
        *speaker = before->speaker;
        speaker->why = "goes on from the quotation before";
        return true;
    }
    if (sentence > 0 && self->own_focus[sentence - 1] &&
        self->sentences.at[sentence - 1].paragraph == frame->paragraph && is_full(s)) {
        *speaker = self->focus[sentence - 1];
        speaker->why = "subject of the sentence before";
        return true;
    }
    return false;
}

/* A few words in the sentence after an indirect statement, which has no other person for a subject. */
static bool follows_report(runut_reading *self, size_t q, const shape *s, runut_speaker *speaker)
{
    size_t sentence = runut_frame_at(self, q)->sentence;
    const runut_frame_sentence *frame = &self->sentences.at[sentence];
    if (sentence == 0 || s->words < 2 || is_title(s) || !self->reports[sentence - 1] ||
        !self->focus[sentence - 1].found || self->sentences.at[sentence - 1].paragraph != frame->paragraph ||
        is_named_thing(self, q, frame->first))
        return false;
    for (size_t i = frame->first; i < frame->end && i < frame->first + REACH_BEFORE; i++)
        if (runut_frame_is(self, runut_frame_at(self, i), RUNUT_PERSON))
            return false;
    *speaker = self->focus[sentence - 1];
    speaker->why = "goes on from the indirect speech before";
    return true;
}

/* 'das „Hafenblatt“ meldet': a capital and a few words, a word right before, a verb right after, and none of the marks
 * that part speech from its verb. 'por "El farero sordo", según …': behind a preposition only a title has a capital. */
static bool is_cited_title(const runut_reading *self, size_t q, const runut_frame_sentence *frame, const shape *s)
{
    enum { TITLE_WORDS = 6 };
    if (q == frame->first || !s->upper || s->caseless || s->stop || s->comma || s->words > TITLE_WORDS ||
        runut_frame_at(self, q - 1)->kind != RUNUT_AT_WORD)
        return false;
    const runut_element *before = runut_frame_at(self, q - 1);
    bool verb = q + 1 < frame->end && runut_frame_has(runut_frame_at(self, q + 1), RUNUT_SAYS);
    bool light = runut_frame_has(before, RUNUT_IS_DEFINITE | RUNUT_IS_PREPOSITION);
    if (verb && light && s->words <= 3)
        return true;
    bool says = q - 1 > frame->first && runut_frame_has(runut_frame_at(self, q - 2), RUNUT_SAYS | RUNUT_IS_VIEW);
    return !s->nouns && runut_frame_has(before, RUNUT_IS_PREPOSITION) && !says && s->words > 1;
}

/* '「…」。住民はそう振り返った。', '"…" Así lo explicó la alcaldesa.': a word for "thus" and a verb of saying. */
static bool says_thus(runut_reading *self, const runut_frame_sentence *s, runut_speaker *speaker)
{
    enum { MOST = 14 };
    size_t thus = SIZE_MAX, verb = SIZE_MAX, end = s->end - s->first > MOST ? s->first + MOST : s->end;
    for (size_t i = s->first; i < end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind == RUNUT_AT_QUOTE)
            return false;
        if (thus == SIZE_MAX && runut_frame_has(e, RUNUT_IS_THUS))
            thus = i;
        if (thus != SIZE_MAX && verb == SIZE_MAX && i > thus && runut_frame_has(e, RUNUT_SAYS))
            verb = i;
    }
    if (verb == SIZE_MAX || verb - thus > 4)
        return false;
    *speaker = runut_speaker_marked(self, s->first, verb);
    if (!speaker->found && !(self->habits & RUNUT_MARKS_SUBJECT))
        *speaker = runut_speaker_right(self, verb, s->end);
    if (!speaker->found)
        *speaker = runut_speaker_left(self, s->first, thus);
    speaker->cue = runut_frame_at(self, verb)->span;
    speaker->why = "the next sentence says whose words";
    return speaker->found;
}

static bool thus_follows(runut_reading *self, size_t q, const shape *s, runut_speaker *speaker)
{
    size_t next = runut_frame_at(self, q)->sentence + 1u;
    return next < self->sentences.size && is_full(s) && stands_alone(self, q, &self->sentences.at[next - 1]) &&
           says_thus(self, &self->sentences.at[next], speaker);
}

static void decide(runut_reading *self, size_t quote, size_t q)
{
    const runut_frame_sentence *frame = &self->sentences.at[runut_frame_at(self, q)->sentence];
    shape s = shape_of(self, &self->quotes.at[quote]);
    runut_speaker speaker = {.name = -1}, after = {.name = -1};
    const char *why = NULL;
    if (is_cited_title(self, q, frame, &s)) {
        refuse(self, quote, "name or title");
        return;
    }
    if (q == frame->first && q + 2 == frame->end && runut_frame_marks(runut_frame_at(self, q + 1), '.'))
        s.stop = true; /* '"No funcionó".' */
    if (verb_follows(self, q, frame->end, &after)) {
        accept(self, quote, after);
        return;
    }
    bool comma = s.comma || s.ask || (q + 1 < frame->end && runut_frame_marks(runut_frame_at(self, q + 1), ','));
    bool led = is_led(self, q, frame->first);
    bool parted = comma || ((self->habits & RUNUT_NO_COMMAS) && s.words > 2);
    bool may_follow = parted && subject_follows(self, q, frame->end, &after);
    if (may_follow && after.found && (s.comma || s.ask || !comma) && !led) {
        accept(self, quote, after);
        return;
    }
    if (comma && (!s.ask || s.words > 2) && !led && unlisted_verb_follows(self, q, frame->end, &after)) {
        accept(self, quote, after);
        return;
    }
    bool leads = verb_leads(self, q, frame->first, &s, &speaker, &why);
    if (leads && !why && !speaker.found)
        name_leads(self, q, frame->first, &speaker);
    if (leads && !why)
        accept(self, quote, speaker);
    else if (may_follow && !is_named_thing(self, q, frame->first))
        accept(self, quote, after);
    else if (runut_inner_speaker(self, quote, q, &speaker) || thus_follows(self, q, &s, &speaker) ||
             signature_follows(self, q, frame->end, &speaker) || name_leads(self, q, frame->first, &speaker) ||
             goes_on(self, quote, q, &s, &speaker))
        accept(self, quote, speaker);
    else if (leads)
        refuse(self, quote, why);
    else if (q > frame->first && runut_frame_marks(runut_frame_at(self, q - 1), ':') && is_full(&s) && !is_title(&s))
        accept(self, quote, (runut_speaker){.name = -1, .why = "after a colon"});
    else if (follows_report(self, q, &s, &speaker))
        accept(self, quote, speaker);
    else if (is_named_thing(self, q, frame->first))
        refuse(self, quote, "name of a thing");
    else if (is_title(&s))
        refuse(self, quote, "name or title");
    else if (!stands_alone(self, q, frame) || s.words < (s.stop ? 2 : SENTENCE_WORDS))
        refuse(self, quote, "scare quotes: nobody says it");
}

void runut_direct_decide(runut_reading *self, size_t sentence)
{
    const runut_frame_sentence *s = &self->sentences.at[sentence];
    runut_speaker last = {.name = -1};
    for (size_t i = s->first; i < s->end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind != RUNUT_AT_QUOTE || self->attributions[e->index].verdict != RUNUT_UNDECIDED)
            continue;
        decide(self, e->index, i);
        if (self->attributions[e->index].verdict == RUNUT_STATEMENT && self->attributions[e->index].speaker.found)
            last = self->attributions[e->index].speaker;
    }
    runut_speaker_focus(self, sentence, &last);
}

/* '"…." Hal itu disampaikan X …': the next sentence begins with who said it. */
static bool next_sentence_tells(runut_reading *self, size_t sentence, runut_speaker *speaker)
{
    enum { SOON = 5 };
    if (sentence + 1 >= self->sentences.size)
        return false;
    const runut_frame_sentence *s = &self->sentences.at[sentence + 1];
    for (size_t i = s->first; i < s->end && i < s->first + SOON; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind != RUNUT_AT_WORD || runut_frame_has(e, RUNUT_IS_SAY_LEFT))
            return false;
        if (!runut_frame_has(e, RUNUT_IS_SAY_RIGHT | RUNUT_IS_SAY))
            continue;
        *speaker = runut_speaker_right(self, i, s->end);
        speaker->cue = e->span;
        speaker->why = "the next sentence says whose words";
        return speaker->found;
    }
    return false;
}

/* Whole sentences in quotation marks that nothing before explains: the next one's speaker, or nobody known. */
static void settle(runut_reading *self, size_t quote)
{
    runut_attribution *a = &self->attributions[quote];
    bool next = quote + 1 < self->quotes.size && self->attributions[quote + 1].verdict == RUNUT_STATEMENT;
    const runut_attribution *b = next ? &self->attributions[quote + 1] : NULL;
    bool near = next && runut_frame_at(self, b->element)->sentence <= runut_frame_at(self, a->element)->sentence + 1;
    runut_speaker speaker = {.name = -1, .why = "unknown"};
    if (near && (b->speaker.found || self->quotes.at[quote].goes_on)) {
        speaker = b->speaker;
        speaker.why = "goes on in the next quotation";
    } else {
        next_sentence_tells(self, runut_frame_at(self, a->element)->sentence, &speaker);
    }
    accept(self, quote, speaker);
}

void runut_direct_settle(runut_reading *self)
{
    for (size_t quote = self->quotes.size; quote-- > 0;)
        if (self->attributions[quote].verdict == RUNUT_UNDECIDED && self->attributions[quote].element != UINT32_MAX)
            settle(self, quote);
}
