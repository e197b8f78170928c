/* Speakers without a known name: "seorang saksi", "the official", "dosen itu", and capitalized words that the names
 * module left alone. */
#include "annotate/statements.h"

#include "base/slice.h"
#include "base/utf8.h"

enum { REACH_PEOPLE = 48, REACH_CONTEXT = 9, REACH_DESCRIBED = 12, OTHER_RANK = -1 };

static bool same_word(const runut_reading *self, const runut_element *a, const runut_element *b)
{
    return a->kind != RUNUT_AT_MARK && b->kind != RUNUT_AT_MARK && a->kind != RUNUT_AT_QUOTE &&
           runut_slice_equal_nocase(runut_frame_text(self, a->span), runut_frame_text(self, b->span));
}

bool runut_described_head_first(const runut_reading *self)
{
    return !(self->habits & RUNUT_HEAD_LAST);
}

/* The noun that a description is about: "dosen", "minister"; end where no word list knows one. */
size_t runut_described_head(const runut_reading *self, size_t begin, size_t end)
{
    size_t head = end;
    for (size_t i = begin; i < end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (i > begin && runut_frame_has(e, RUNUT_IS_PREPOSITION | RUNUT_IS_RELATIVE))
            break;
        if (!runut_frame_has(e, RUNUT_IS_ROLE | RUNUT_IS_PERSON))
            continue;
        head = i;
        if (runut_described_head_first(self))
            break;
    }
    return head;
}

/* Has `text` the head of the description among its words? */
static bool has_head(const runut_reading *self, runut_slice text, size_t head)
{
    runut_slice word = runut_frame_text(self, runut_frame_at(self, head)->span);
    for (size_t at = 0; text.size && (at = runut_slice_find_nocase(text, word, at)) != SIZE_MAX; at++) {
        size_t end = at + word.size;
        if ((at == 0 || text.at[at - 1] == ' ') && (end == text.size || text.at[end] == ' '))
            return true;
    }
    return false;
}

/* The same role, of the same rank: a "prime minister" is not "the minister". */
static bool same_role(const runut_reading *self, size_t i, size_t head)
{
    bool here = i > 0 && runut_frame_has(runut_frame_at(self, i - 1), RUNUT_IS_RANK);
    bool there = head > 0 && runut_frame_has(runut_frame_at(self, head - 1), RUNUT_IS_RANK);
    return same_word(self, runut_frame_at(self, i), runut_frame_at(self, head)) && (there || !here);
}

/* "Rudi diangkat sebagai menteri", "X was sworn in as fisheries minister" */
static bool becomes(const runut_reading *self, size_t i, size_t to, size_t head)
{
    static const char *const words[] = {"as",   "sebagai", "menjadi", "selaku", "became", "becomes",
                                        "como", "comme",   "als",     "come",   "jako"};
    enum { NEAR = 4 };
    size_t as = SIZE_MAX;
    for (size_t k = i + 1; k < to; k++) {
        const runut_element *e = runut_frame_at(self, k);
        if (e->kind != RUNUT_AT_WORD || runut_frame_has(e, RUNUT_SAYS))
            return false;
        if (as != SIZE_MAX && k - as <= NEAR && same_role(self, k, head))
            return true;
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (runut_slice_is(runut_frame_text(self, e->span), words[w]))
                as = k;
    }
    return false;
}

/* How well the words around the person at `i` fit the description: 0 = its head is not among them. */
static int fit(const runut_reading *self, size_t i, size_t begin, size_t end, size_t head)
{
    const runut_frame_sentence *s = &self->sentences.at[runut_frame_at(self, i)->sentence];
    size_t from = i - s->first > REACH_CONTEXT ? i - REACH_CONTEXT : s->first;
    size_t to = s->end - i > REACH_CONTEXT ? i + REACH_CONTEXT : s->end;
    const runut_name *name = runut_frame_name(self, runut_frame_at(self, i));
    bool found = false, other = false; /* other: of another rank */
    int score = 0;
    for (size_t k = i; k-- > from && runut_frame_at(self, k)->kind != RUNUT_AT_QUOTE;) {
        const runut_element *e = runut_frame_at(self, k);
        if (runut_frame_person(self, k) || (e->kind == RUNUT_AT_MARK && k + 1 != i))
            break;
        found |= same_role(self, k, head);
        other |= same_word(self, e, runut_frame_at(self, head)) && !same_role(self, k, head);
        for (size_t w = begin; w < end; w++)
            score += same_word(self, e, runut_frame_at(self, w));
    }
    bool apposition = i + 1 < to && runut_frame_at(self, i + 1)->kind == RUNUT_AT_MARK;
    for (size_t k = i + 1; apposition && k < to && !runut_frame_person(self, k); k++) {
        const runut_element *e = runut_frame_at(self, k);
        if (e->kind == RUNUT_AT_QUOTE || runut_frame_has(e, RUNUT_SAYS))
            break;
        found |= same_role(self, k, head);
        other |= same_word(self, e, runut_frame_at(self, head)) && !same_role(self, k, head);
    }
    found |= !other && name && has_head(self, name->role, head);
    found |= !apposition && becomes(self, i, to, head);
    return found ? 1 + score : other ? OTHER_RANK : 0;
}

/* How many of the mentions of persons stand before element `at`. */
static size_t people_before(const runut_reading *self, size_t at)
{
    size_t low = 0, high = self->people.size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (self->people.at[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Is the one in focus known for a role of another rank only? */
static bool is_other_rank(const runut_reading *self, int32_t name, size_t begin, size_t end, size_t head)
{
    size_t last = people_before(self, begin), least = last > REACH_PEOPLE ? last - REACH_PEOPLE : 0;
    for (size_t p = last; p-- > least;) {
        size_t i = self->people.at[p];
        const runut_name *other = runut_frame_name(self, runut_frame_at(self, i));
        if (other == &self->annotation->names.at[name] && fit(self, i, begin, end, head) == OTHER_RANK)
            return true;
    }
    return false;
}

/* The last one introduced with the description's head. */
static runut_speaker introduced(const runut_reading *self, size_t begin, size_t end, size_t head)
{
    runut_speaker best = RUNUT_NOBODY;
    int best_fit = 0;
    size_t last = people_before(self, begin), least = last > REACH_PEOPLE ? last - REACH_PEOPLE : 0;
    for (size_t p = last; p-- > least;) {
        size_t i = self->people.at[p];
        int score = fit(self, i, begin, end, head);
        if (score > best_fit) {
            best_fit = score;
            best = runut_speaker_named(self, i, "description of somebody named before");
        }
    }
    size_t few = self->described.size > REACH_DESCRIBED ? self->described.size - REACH_DESCRIBED : 0;
    for (size_t d = self->described.size; d-- > few;)
        if (has_head(self, runut_frame_text(self, self->described.at[d].span), head) &&
            (!best.found || self->described.at[d].span.start > best.span.start)) {
            best = self->described.at[d];
            best.why = "description of somebody described before";
            break;
        }
    return best;
}

/* "juru bicara kementerian itu" → "juru bicara Kementerian BUMN", where that was the last ministry named. */
static bool complete(const runut_reading *self, size_t begin, size_t noun, runut_slice *text)
{
    const runut_annotation *a = self->annotation;
    const runut_token *token = &a->tokens.at[runut_frame_at(self, noun)->index];
    uint32_t at = runut_frame_at(self, begin)->span.start;
    size_t most = 0;
    size_t low = 0, high = a->mentions.size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (a->mentions.at[middle].span.start < at)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t m = low; m-- > 0 && most++ < REACH_PEOPLE;) {
        const runut_mention *mention = &a->mentions.at[m];
        const runut_name *name = &a->names.at[mention->name];
        if (name->kind != RUNUT_ORGANIZATION ||
            !runut_slice_starts_nocase(name->canonical, runut_frame_text(self, token->span)))
            continue;
        runut_slice before = runut_slice_part(self->body, at, token->span.start);
        *text = runut_arena_printf(self->arena, "%.*s%.*s", (int)before.size, before.at, (int)name->canonical.size,
                                   name->canonical.at);
        return true;
    }
    return false;
}

/* Only capitalized words, and few: a name that nobody told us. */
bool runut_described_capitalized(const runut_reading *self, size_t begin, size_t end)
{
    enum { MOST = 5 };
    const uint32_t light = RUNUT_IS_ADVERB | RUNUT_IS_ADJUNCT | RUNUT_IS_PREPOSITION | RUNUT_IS_RELATIVE |
                           RUNUT_IS_THAT | RUNUT_IS_THEY | RUNUT_IS_DEMONSTRATIVE | RUNUT_IS_INDEFINITE |
                           RUNUT_IS_DEFINITE | RUNUT_IS_AND;
    if (begin >= end || end - begin > MOST)
        return false;
    for (size_t i = begin; i < end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind != RUNUT_AT_NAME && (e->kind != RUNUT_AT_WORD || !e->upper || runut_frame_has(e, light)))
            return false;
    }
    return true;
}

/* The known person of whose name `text` is the first or the last word; -1 = none. */
int32_t runut_described_name(const runut_reading *self, runut_slice text)
{
    enum { MOST = 200 };
    const runut_annotation *a = self->annotation;
    for (size_t i = 0; i < a->names.size && i < MOST; i++) {
        runut_slice name = a->names.at[i].canonical;
        bool longer = a->names.at[i].kind == RUNUT_PERSON && name.size > text.size + 1;
        if (longer && runut_slice_ends(name, text) && name.at[name.size - text.size - 1] == ' ')
            return (int32_t)i;
        if (longer && runut_slice_starts(name, text) && name.at[text.size] == ' ')
            return (int32_t)i;
    }
    return -1;
}

static bool is_caseless(runut_slice text)
{
    size_t at = 0;
    uint32_t code = text.size ? runut_utf8_next(text, &at) : 0;
    return runut_code_is_letter(code) && !runut_code_is_upper(code) && !runut_code_is_lower(code);
}

runut_speaker runut_described_as(runut_reading *self, size_t begin, size_t end, runut_slice text, const char *why)
{
    while (end - begin > 2 && runut_described_capitalized(self, begin, end) &&
           runut_frame_has(runut_frame_at(self, begin), RUNUT_IS_ROLE)) /* "Omwonende Truus Kramer" */
        begin++;
    runut_span span = {runut_frame_at(self, begin)->span.start, runut_frame_at(self, end - 1)->span.end};
    if (runut_described_capitalized(self, begin, end) && runut_frame_person(self, end - 1))
        return runut_speaker_named(self, end - 1, "named before the verb"); /* "Menteri NAME" */
    runut_speaker speaker = {.found = true, .name = -1, .span = span, .why = why};
    speaker.text = text.size ? text : runut_utf8_collapse(self->arena, runut_frame_text(self, span));
    int32_t like = end - begin == 1 && runut_described_capitalized(self, begin, end)
                       ? runut_described_name(self, speaker.text)
                       : -1;
    if (like >= 0) {
        speaker.name = like;
        speaker.text = self->annotation->names.at[like].canonical;
        return speaker;
    }
    size_t few = self->described.size > REACH_DESCRIBED ? self->described.size - REACH_DESCRIBED : 0;
    for (size_t d = self->described.size; end - begin == 1 && d-- > few;) {
        runut_slice known = self->described.at[d].text; /* "Ruiz" after "Ana Ruiz" */
        if (known.size > speaker.text.size && runut_slice_ends(known, speaker.text) &&
            known.at[known.size - speaker.text.size - 1] == ' ' &&
            (runut_described_capitalized(self, begin, end) ||
             (is_caseless(speaker.text) && !runut_frame_has(runut_frame_at(self, begin), RUNUT_IS_ROLE)))) {
            speaker.text = known;
            return speaker;
        }
    }
    RUNUT_PUSH(self->arena, self->described, speaker);
    return speaker;
}

/* Is there a word in [begin, end) that can stand for somebody? "a", "32", "various" can not. */
static bool has_noun(const runut_reading *self, size_t begin, size_t end)
{
    const uint32_t light = RUNUT_IS_DEFINITE | RUNUT_IS_INDEFINITE | RUNUT_IS_ADVERB | RUNUT_IS_PREPOSITION;
    for (size_t i = begin; i < end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        bool word = e->kind == RUNUT_AT_WORD && !runut_frame_number(self, i);
        if (e->kind == RUNUT_AT_NAME || (word && (!(e->classes & light) || (e->classes & RUNUT_IS_ROLE))))
            return true;
    }
    return false;
}

/* Without "and", "but", "which" before the description, and without marks, brackets and "and …" behind it. */
static void narrow(const runut_reading *self, size_t *begin, size_t *end)
{
    const uint32_t joins = RUNUT_IS_AND | RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE | RUNUT_IS_THAT;
    const uint32_t keeps =
        RUNUT_IS_PREPOSITION | RUNUT_IS_DEFINITE | RUNUT_IS_INDEFINITE | RUNUT_IS_ROLE | RUNUT_IS_PERSON;
    while (*begin + 1 < *end && runut_frame_has(runut_frame_at(self, *begin), joins) &&
           !runut_frame_has(runut_frame_at(self, *begin), keeps))
        ++*begin;
    for (size_t i = *begin + 1; i < *end; i++)
        if (runut_frame_marks(runut_frame_at(self, i), '(')) /* "perawat Rumah Sakit Contoh (RSC)" */
            *end = i;
    while (*end > *begin && runut_frame_at(self, *end - 1)->kind == RUNUT_AT_MARK)
        --*end;
    bool joined = *end > *begin && runut_frame_has(runut_frame_at(self, *end - 1), RUNUT_IS_ADJUNCT) &&
                  !runut_frame_has(runut_frame_at(self, *end - 1), keeps | RUNUT_IS_DEMONSTRATIVE | RUNUT_IS_TIME);
    for (size_t i = *begin; joined && i < *end; i++) /* "Police pulled him over and said" */
        if (runut_frame_has(runut_frame_at(self, i), RUNUT_IS_ROLE | RUNUT_IS_PERSON)) {
            *end = i + 1;
            return;
        }
}

/* Is the one in focus of the paragraph before known by a role, and not by this one? */
static bool has_other_role(const runut_reading *self, uint32_t sentence, size_t head)
{
    const runut_speaker *focus = &self->focus[sentence - 1];
    if (!focus->found || focus->name < 0 ||
        self->sentences.at[sentence].paragraph == self->sentences.at[sentence - 1].paragraph)
        return false;
    runut_slice role = self->annotation->names.at[focus->name].role;
    return role.size && !has_head(self, role, head);
}

/* `known`: the text means somebody already spoken of ("itu", "the"). */
runut_speaker runut_described(runut_reading *self, size_t begin, size_t end, bool known)
{
    narrow(self, &begin, &end);
    if (begin >= end || !has_noun(self, begin, end))
        return RUNUT_NOBODY;
    size_t head = runut_described_head(self, begin, end);
    if (!known && (self->habits & RUNUT_NO_ARTICLES) && head == begin && end - begin == 1) {
        runut_speaker speaker = introduced(self, begin, end, head); /* "powiedziała burmistrz" */
        speaker.until = (uint32_t)end;
        if (speaker.found && speaker.name >= 0)
            return speaker;
    }
    bool demonstrative = runut_frame_has(runut_frame_at(self, end - 1), RUNUT_IS_DEMONSTRATIVE);
    if (known && head < end) {
        runut_speaker speaker = introduced(self, begin, end, head);
        runut_slice text;
        size_t noun = end - 1 - demonstrative;
        if (demonstrative && noun > begin && noun != head && complete(self, begin, noun, &text) &&
            !(speaker.found && speaker.name < 0))
            return runut_described_as(self, begin, end, text, "described");
        speaker.until = (uint32_t)end;
        if (speaker.found)
            return speaker;
        uint32_t sentence = runut_frame_at(self, begin)->sentence;
        bool plain = end - begin - demonstrative <= 3 || runut_frame_has(runut_frame_at(self, head), RUNUT_IS_PERSON);
        bool generic = runut_frame_has(runut_frame_at(self, head), RUNUT_IS_PERSON);
        if (plain && sentence > 0 && (generic || demonstrative || !has_other_role(self, sentence, head)) &&
            self->focus[sentence - 1].found && (self->focus[sentence - 1].name >= 0 || generic) &&
            !(self->focus[sentence - 1].name >= 0 &&
              is_other_rank(self, self->focus[sentence - 1].name, begin, end, head))) {
            speaker = self->focus[sentence - 1];
            speaker.until = (uint32_t)end;
            speaker.why = "description: subject of the sentence before";
            return speaker;
        }
    }
    if (demonstrative && end - 1 > begin)
        end--;
    return runut_described_as(self, begin, end, (runut_slice){0}, "described");
}
