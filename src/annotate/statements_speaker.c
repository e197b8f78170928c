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

enum { REACH_LEFT = 60, REACH_RIGHT = 20, REACH_PEOPLE = 48, REACH_CONTEXT = 9, DESCRIPTION_MOST = 14 };

static const runut_speaker nobody = {.name = -1};

static runut_slice slice_of(const runut_reading *self, runut_span span)
{
    return runut_slice_part(self->body, span.start, span.end);
}

static bool has(const runut_element *e, uint32_t classes)
{
    return e->kind == RUNUT_AT_WORD && (e->classes & classes);
}

static bool is_person(const runut_reading *self, size_t i)
{
    return runut_frame_is(self, runut_frame_at(self, i), RUNUT_PERSON);
}

static bool is_name(const runut_reading *self, size_t i)
{
    return runut_frame_at(self, i)->kind == RUNUT_AT_NAME;
}

/* "Lumintang’s lawyer": the name is not the one who speaks. */
static bool is_possessor(const runut_reading *self, size_t i)
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

static bool after_preposition(const runut_reading *self, size_t i, size_t begin)
{
    return i > begin && has(runut_frame_at(self, i - 1), RUNUT_IS_PREPOSITION) &&
           !has(runut_frame_at(self, i - 1), RUNUT_SAYS);
}

static runut_speaker named(const runut_reading *self, size_t i, const char *why)
{
    const runut_element *e = runut_frame_at(self, i);
    const runut_name *name = runut_frame_name(self, e);
    if (!name)
        return nobody;
    return (runut_speaker){.found = true,
                           .name = (int32_t)(name - self->annotation->names.at),
                           .text = name->canonical.size ? name->canonical : slice_of(self, e->span),
                           .span = e->span,
                           .why = why};
}

bool runut_speaker_is_somebody(const runut_reading *self, const runut_speaker *speaker)
{
    return speaker->found && (speaker->name < 0 || self->annotation->names.at[speaker->name].kind != RUNUT_PLACE);
}

/* ---- pronouns ---- */

static size_t sentence_first(const runut_reading *self, size_t i)
{
    return self->sentences.at[runut_frame_at(self, i)->sentence].first;
}

/* The first person of [begin, end) who can be a subject; end where there is none. */
static size_t first_subject(const runut_reading *self, size_t begin, size_t end)
{
    size_t limit = end - begin > REACH_LEFT ? begin + REACH_LEFT : end;
    for (size_t i = begin; i < limit; i++)
        if (is_person(self, i) && !after_preposition(self, i, begin) && !is_possessor(self, i))
            return i;
    return end;
}

runut_speaker runut_speaker_pronoun(runut_reading *self, size_t at)
{
    size_t begin = sentence_first(self, at);
    if (at - begin > REACH_LEFT)
        begin = at - REACH_LEFT;
    size_t i = first_subject(self, begin, at);
    if (i < at)
        return named(self, i, "pronoun: the sentence's subject");
    uint32_t sentence = runut_frame_at(self, at)->sentence;
    if (sentence == 0 || !self->focus[sentence - 1].found)
        return nobody;
    runut_speaker speaker = self->focus[sentence - 1];
    speaker.why =
        self->own_focus[sentence - 1] ? "pronoun: subject of the sentence before" : "pronoun: the last subject before";
    return speaker;
}

/* ---- descriptions ---- */

static bool same_word(const runut_reading *self, const runut_element *a, const runut_element *b)
{
    return a->kind != RUNUT_AT_MARK && b->kind != RUNUT_AT_MARK && a->kind != RUNUT_AT_QUOTE &&
           runut_slice_equal_nocase(slice_of(self, a->span), slice_of(self, b->span));
}

static bool head_first(const runut_reading *self)
{
    runut_slice language = self->annotation->language;
    return !runut_slice_starts(language, RUNUT_LITERAL("en")) && !runut_slice_starts(language, RUNUT_LITERAL("de")) &&
           !runut_slice_starts(language, RUNUT_LITERAL("nl"));
}

/* The noun that a description is about: "dosen", "minister"; end where no word list knows one. */
static size_t head_of(const runut_reading *self, size_t begin, size_t end)
{
    size_t head = end;
    for (size_t i = begin; i < end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (i > begin && has(e, RUNUT_IS_PREPOSITION | RUNUT_IS_RELATIVE))
            break;
        if (!has(e, RUNUT_IS_ROLE | RUNUT_IS_PERSON))
            continue;
        head = i;
        if (head_first(self))
            break;
    }
    return head;
}

/* Has `text` the head of the description among its words? */
static bool has_head(const runut_reading *self, runut_slice text, size_t head)
{
    runut_slice word = slice_of(self, runut_frame_at(self, head)->span);
    for (size_t at = 0; text.size && (at = runut_slice_find_nocase(text, word, at)) != SIZE_MAX; at++) {
        size_t end = at + word.size;
        if ((at == 0 || text.at[at - 1] == ' ') && (end == text.size || text.at[end] == ' '))
            return true;
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
    bool found = name && has_head(self, name->role, head);
    int score = 0;
    for (size_t k = i; k-- > from && runut_frame_at(self, k)->kind != RUNUT_AT_QUOTE;) {
        const runut_element *e = runut_frame_at(self, k);
        if (is_person(self, k) || (e->kind == RUNUT_AT_MARK && k + 1 != i))
            break;
        found |= same_word(self, e, runut_frame_at(self, head));
        for (size_t w = begin; w < end; w++)
            score += same_word(self, e, runut_frame_at(self, w));
    }
    bool apposition = i + 1 < to && runut_frame_at(self, i + 1)->kind == RUNUT_AT_MARK;
    for (size_t k = i + 1; apposition && k < to && !is_person(self, k); k++) {
        const runut_element *e = runut_frame_at(self, k);
        if (e->kind == RUNUT_AT_QUOTE || has(e, RUNUT_SAYS))
            break;
        found |= same_word(self, e, runut_frame_at(self, head));
    }
    return found ? 1 + score : 0;
}

/* The last one introduced with the description's head. */
static runut_speaker introduced(const runut_reading *self, size_t begin, size_t end, size_t head)
{
    runut_speaker best = nobody;
    int best_fit = 0;
    size_t least = self->people.size > REACH_PEOPLE ? self->people.size - REACH_PEOPLE : 0;
    for (size_t p = self->people.size; p-- > least;) {
        size_t i = self->people.at[p];
        int score = i < begin ? fit(self, i, begin, end, head) : 0;
        if (score > best_fit) {
            best_fit = score;
            best = named(self, i, "description of somebody named before");
        }
    }
    size_t few = self->described.size > 8 ? self->described.size - 8 : 0;
    for (size_t d = self->described.size; d-- > few;)
        if (has_head(self, slice_of(self, self->described.at[d].span), head) &&
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
            !runut_slice_starts_nocase(name->canonical, slice_of(self, token->span)))
            continue;
        runut_slice before = runut_slice_part(self->body, at, token->span.start);
        *text = runut_arena_printf(self->arena, "%.*s%.*s", (int)before.size, before.at, (int)name->canonical.size,
                                   name->canonical.at);
        return true;
    }
    return false;
}

/* Only capitalized words, and few: a name that nobody told us. */
static bool is_capitalized(const runut_reading *self, size_t begin, size_t end)
{
    enum { MOST = 5 };
    const uint32_t light = RUNUT_IS_ADVERB | RUNUT_IS_ADJUNCT | RUNUT_IS_PREPOSITION | RUNUT_IS_RELATIVE |
                           RUNUT_IS_THAT | RUNUT_IS_THEY | RUNUT_IS_DEMONSTRATIVE | RUNUT_IS_INDEFINITE |
                           RUNUT_IS_DEFINITE;
    if (begin >= end || end - begin > MOST)
        return false;
    for (size_t i = begin; i < end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind != RUNUT_AT_NAME && (e->kind != RUNUT_AT_WORD || !e->upper || has(e, light)))
            return false;
    }
    return true;
}

/* The known person of whose name `text` is the first or the last word; -1 = none. */
static int32_t name_like(const runut_reading *self, runut_slice text)
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

static runut_speaker describe(runut_reading *self, size_t begin, size_t end, runut_slice text, const char *why)
{
    runut_span span = {runut_frame_at(self, begin)->span.start, runut_frame_at(self, end - 1)->span.end};
    runut_speaker speaker = {.found = true, .name = -1, .span = span, .why = why};
    speaker.text = text.size ? text : runut_utf8_collapse(self->arena, slice_of(self, span));
    int32_t like = end - begin == 1 && is_capitalized(self, begin, end) ? name_like(self, speaker.text) : -1;
    if (like >= 0) {
        speaker.name = like;
        speaker.text = self->annotation->names.at[like].canonical;
        return speaker;
    }
    RUNUT_PUSH(self->arena, self->described, speaker);
    return speaker;
}

/* `known`: the text means somebody already spoken of ("itu", "the"). */
static runut_speaker description(runut_reading *self, size_t begin, size_t end, bool known)
{
    while (end > begin && runut_frame_at(self, end - 1)->kind == RUNUT_AT_MARK)
        end--;
    if (begin >= end)
        return nobody;
    size_t head = head_of(self, begin, end);
    bool demonstrative = has(runut_frame_at(self, end - 1), RUNUT_IS_DEMONSTRATIVE);
    if (known && head < end) {
        runut_speaker speaker = introduced(self, begin, end, head);
        runut_slice text;
        size_t noun = end - 1 - demonstrative;
        if (demonstrative && noun > begin && noun != head && complete(self, begin, noun, &text) &&
            !(speaker.found && speaker.name < 0))
            return describe(self, begin, end, text, "described");
        if (speaker.found)
            return speaker;
        uint32_t sentence = runut_frame_at(self, begin)->sentence;
        bool plain = end - begin - demonstrative <= 2 || has(runut_frame_at(self, head), RUNUT_IS_PERSON);
        if (plain && sentence > 0 && self->focus[sentence - 1].found) {
            speaker = self->focus[sentence - 1];
            speaker.why = "description: subject of the sentence before";
            return speaker;
        }
    }
    if (demonstrative && end - 1 > begin)
        end--;
    return describe(self, begin, end, (runut_slice){0}, "described");
}

/* ---- the right side ---- */

static size_t skip_parenthesis(const runut_reading *self, size_t i, size_t end)
{
    enum { MOST = 12 };
    if (!runut_frame_marks(runut_frame_at(self, i), '('))
        return i;
    for (size_t k = i + 1; k < end && k < i + MOST; k++)
        if (runut_frame_marks(runut_frame_at(self, k), ')'))
            return k + 1;
    return i;
}

/* Ends the description that began at `begin`; a person found on the way is the speaker. */
static size_t right_end(const runut_reading *self, size_t begin, size_t end, size_t *person, bool *relative)
{
    size_t limit = end - begin > REACH_RIGHT ? begin + REACH_RIGHT : end;
    bool role = false;
    for (size_t i = begin; i < limit; i++) {
        size_t past = skip_parenthesis(self, i, limit);
        if (past > i) {
            i = past - 1;
            continue;
        }
        const runut_element *e = runut_frame_at(self, i);
        bool kin = i > begin && has(runut_frame_at(self, i - 1), RUNUT_IS_KIN);
        bool inner = kin || (role && after_preposition(self, i, begin));
        if (is_person(self, i) && !is_possessor(self, i) && !inner) {
            bool title = (role || kin) && i > begin && i + 2 < limit &&
                         runut_frame_marks(runut_frame_at(self, i + 1), ',') &&
                         is_person(self, i + 2); /* "Camat Timur Kobi, Jafar Rumakat": a place taken for a person */
            *person = title ? i + 2 : i;
            return i;
        }
        if (runut_frame_marks(e, ',') && i + 1 < limit && is_person(self, i + 1) && !is_possessor(self, i + 1)) {
            *person = i + 1;
            return i;
        }
        if (has(e, RUNUT_IS_RELATIVE) && i > begin) {
            *relative = true;
            return i;
        }
        bool full_stop = e->mark == '.' && (i + 1 >= limit || !runut_frame_at(self, i + 1)->upper);
        bool stop = e->kind == RUNUT_AT_QUOTE ||
                    (e->kind == RUNUT_AT_MARK && (full_stop || !e->mark || !strchr(".'@/#", e->mark))) ||
                    (i > begin && has(e, RUNUT_IS_ADJUNCT)) || (i > begin && runut_frame_says(self, i));
        if (stop)
            return i;
        role |= has(e, RUNUT_IS_ROLE | RUNUT_IS_INDEFINITE | RUNUT_IS_PERSON);
    }
    return limit;
}

/* "pernyataan resmi PSSI", "a Reuters report" */
static bool has_document(const runut_reading *self, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        if (has(runut_frame_at(self, i), RUNUT_IS_DOCUMENT))
            return true;
    return false;
}

/* "diplomat yang menolak disebut namanya itu" */
static bool demonstrative_follows(const runut_reading *self, size_t i, size_t end)
{
    enum { MOST = 14 };
    for (size_t k = i; k < end && k < i + MOST; k++) {
        const runut_element *e = runut_frame_at(self, k);
        if (e->kind == RUNUT_AT_MARK || e->kind == RUNUT_AT_QUOTE)
            return false;
        if (has(e, RUNUT_IS_DEMONSTRATIVE))
            return true;
    }
    return false;
}

runut_speaker runut_speaker_right(runut_reading *self, size_t cue, size_t end)
{
    if (has(runut_frame_at(self, cue), RUNUT_IS_SAY_SELF | RUNUT_IS_ACCORDING_SELF))
        return runut_speaker_pronoun(self, cue);
    size_t i = cue + 1;
    for (int k = 0; k < 3 && i < end && has(runut_frame_at(self, i), RUNUT_IS_ADVERB); k++)
        i++;
    if (i < end && has(runut_frame_at(self, i), RUNUT_IS_PREPOSITION) &&
        !has(runut_frame_at(self, i), RUNUT_IS_ADJUNCT))
        i++;
    if (i >= end)
        return nobody;
    const runut_element *first = runut_frame_at(self, i);
    if (has(first, RUNUT_IS_PRONOUN))
        return runut_speaker_pronoun(self, i);
    if (first->kind == RUNUT_AT_MARK || first->kind == RUNUT_AT_QUOTE || has(first, RUNUT_IS_THEY | RUNUT_IS_THAT))
        return nobody;
    size_t person = end;
    bool relative = false;
    size_t stop = right_end(self, i, end, &person, &relative);
    if (person < end)
        return named(self, person, "named after the verb");
    for (size_t k = i + 1; k < stop && has_document(self, i, stop); k++)
        if (is_name(self, k) && !runut_frame_is(self, runut_frame_at(self, k), RUNUT_PLACE))
            return named(self, k, "whose document it is");
    if (is_name(self, i) && !is_possessor(self, i))
        return named(self, i, "named after the verb");
    if (stop + 1 < end && runut_frame_marks(runut_frame_at(self, stop), ',') &&
        runut_frame_is(self, runut_frame_at(self, stop + 1), RUNUT_ORGANIZATION))
        return named(self, stop + 1, "named after the verb");
    size_t past = stop + 1;
    while (past < end && past < stop + 5 && is_capitalized(self, past, past + 1))
        past++;
    if (stop < end && past > stop + 1 && runut_frame_marks(runut_frame_at(self, stop), ',') &&
        (past == end || runut_frame_at(self, past)->kind == RUNUT_AT_MARK))
        return describe(self, stop + 1, past, (runut_slice){0}, "capitalized after the verb"); /* "one of them, Nur," */
    if (stop - i > DESCRIPTION_MOST || stop == i || has(first, RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE))
        return nobody;
    bool known = has(first, RUNUT_IS_DEFINITE) || has(runut_frame_at(self, stop - 1), RUNUT_IS_DEMONSTRATIVE) ||
                 (relative && demonstrative_follows(self, stop, end));
    return description(self, i, stop, known);
}

/* ---- the left side ---- */

/* Where the comma's part of the sentence that ends before `end` begins. */
static size_t part_start(const runut_reading *self, size_t begin, size_t end)
{
    size_t i = end;
    while (i > begin) {
        const runut_element *e = runut_frame_at(self, i - 1);
        bool cut = e->kind == RUNUT_AT_QUOTE ||
                   (e->kind == RUNUT_AT_MARK && (e->mark == ',' || e->mark == ':' || e->mark == ';' || e->mark == '-'));
        if (cut)
            break;
        i--;
    }
    return i;
}

/* Steps back over "(34)". */
static size_t before_parenthesis(const runut_reading *self, size_t begin, size_t end)
{
    enum { MOST = 12 };
    if (end == begin || !runut_frame_marks(runut_frame_at(self, end - 1), ')'))
        return end;
    for (size_t k = end - 1; k > begin && k + MOST > end; k--)
        if (runut_frame_marks(runut_frame_at(self, k - 1), '('))
            return k - 1;
    return end;
}

static bool is_number(const runut_reading *self, size_t i)
{
    const runut_element *e = runut_frame_at(self, i);
    return e->kind == RUNUT_AT_WORD && self->annotation->tokens.at[e->index].kind == RUNUT_TOKEN_NUMBER;
}

/* "[role], NAME, said" and "NAME, [anything], said": `end` is just past the last part. */
static size_t subject_of_parts(const runut_reading *self, size_t begin, size_t end)
{
    enum { PARTS = 5 };
    for (int n = 0; n < PARTS && end > begin; n++) {
        end = before_parenthesis(self, begin, end);
        size_t start = part_start(self, begin, end);
        if (end - start == 1 && is_name(self, start) && !after_preposition(self, start, begin))
            return start;
        if (start == begin)
            break;
        size_t before = before_parenthesis(self, begin, start - 1);
        bool number = end - start == 1 && is_number(self, start);
        if (!number && before > begin && is_person(self, before - 1) && !is_possessor(self, before - 1) &&
            runut_frame_marks(runut_frame_at(self, start - 1), ','))
            return before - 1;
        if (!number && before > begin && is_name(self, before - 1) &&
            has(runut_frame_at(self, start), RUNUT_IS_RELATIVE))
            return before - 1;
        if (!number)
            break;
        end = start - 1;
    }
    return SIZE_MAX;
}

/* "a senior spokesperson", "seorang pejabat", "juru bicara": where the description of the noun at `i` begins. */
static size_t with_article(const runut_reading *self, size_t i, size_t start)
{
    for (size_t k = i; k > start && i - k < 4; k--) {
        const runut_element *e = runut_frame_at(self, k - 1);
        if (has(e, RUNUT_IS_DEFINITE | RUNUT_IS_INDEFINITE))
            return k - 1;
        if (e->kind != RUNUT_AT_WORD || has(e, RUNUT_IS_PREPOSITION | RUNUT_IS_ADJUNCT | RUNUT_SAYS))
            break;
    }
    while (i > start && has(runut_frame_at(self, i - 1), RUNUT_IS_ROLE))
        i--;
    return i;
}

/* "Hendro Salim of Cakra Sekuritas said", "juru bicara BMKG mengatakan": the name next to the verb is not the subject.
 */
static runut_speaker owner_of(runut_reading *self, size_t begin, size_t i)
{
    size_t start = part_start(self, begin, i);
    if (i - start > DESCRIPTION_MOST)
        start = i - DESCRIPTION_MOST;
    for (size_t k = i; k-- > start;)
        if (is_person(self, k) && !is_possessor(self, k) && !after_preposition(self, k, start))
            return named(self, k, "named before the verb");
    for (size_t k = i; k-- > start && i - k <= 5;) {
        const runut_element *e = runut_frame_at(self, k);
        if (has(e, RUNUT_IS_ROLE) && !after_preposition(self, k, start))
            return description(self, with_article(self, k, start), i + 1, false);
        if (has(e, RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE))
            break;
    }
    return nobody;
}

static runut_speaker described_left(runut_reading *self, size_t begin, size_t end)
{
    size_t start = part_start(self, begin, end);
    while (start < end && has(runut_frame_at(self, start), RUNUT_IS_ADVERB))
        start++;
    if (start >= end || end - start > DESCRIPTION_MOST || has(runut_frame_at(self, start), RUNUT_IS_THEY))
        return nobody;
    const runut_element *first = runut_frame_at(self, start);
    size_t before = start > begin ? before_parenthesis(self, begin, start - 1) : begin;
    while (before > begin + 1 &&
           (is_number(self, before - 1) || runut_frame_marks(runut_frame_at(self, before - 1), ',')))
        before--;
    if (before > begin && !first->upper && is_person(self, before - 1) && !is_possessor(self, before - 1) &&
        runut_frame_marks(runut_frame_at(self, start - 1), ',') && has(first, RUNUT_IS_ROLE | RUNUT_IS_RELATIVE))
        return named(self, before - 1, "named before the verb"); /* "Budi, 45, warga yang ditemui di sana mengatakan" */
    if (is_capitalized(self, start, end))
        return describe(self, start, end, (runut_slice){0}, "capitalized before the verb");
    size_t head = head_of(self, start, end);
    if (head == end || (head - start > 3 && !has(first, RUNUT_IS_INDEFINITE | RUNUT_IS_DEFINITE)))
        return nobody;
    if (!has(first, RUNUT_IS_INDEFINITE | RUNUT_IS_DEFINITE | RUNUT_IS_ROLE | RUNUT_IS_PERSON) && !first->upper &&
        head_first(self))
        start = head;
    bool known = has(first, RUNUT_IS_DEFINITE) || has(runut_frame_at(self, end - 1), RUNUT_IS_DEMONSTRATIVE);
    return description(self, start, end, known);
}

/* Nothing stands next to the verb: the nearest one before who can be its subject. */
static runut_speaker walk_left(runut_reading *self, size_t begin, size_t end)
{
    for (size_t i = end; i-- > begin;) {
        const runut_element *e = runut_frame_at(self, i);
        if (has(e, RUNUT_IS_PRONOUN) && !after_preposition(self, i, begin))
            return runut_speaker_pronoun(self, i);
        if (e->kind != RUNUT_AT_NAME || runut_frame_is(self, e, RUNUT_PLACE) || after_preposition(self, i, begin) ||
            is_possessor(self, i))
            continue;
        size_t part = part_start(self, begin, i);
        size_t relative = i;
        for (size_t k = part; k < i; k++)
            if (has(runut_frame_at(self, k), RUNUT_IS_RELATIVE))
                relative = k;
        if (relative < i && relative > part && is_name(self, relative - 1))
            return named(self, relative - 1, "named before the verb");
        if (relative < i) {
            runut_speaker speaker = described_left(self, begin, end);
            if (speaker.found)
                return speaker;
            continue;
        }
        if (!is_person(self, i)) {
            runut_speaker owner = owner_of(self, begin, i);
            if (owner.found)
                return owner;
        }
        return named(self, i, "named before the verb");
    }
    return nobody;
}

runut_speaker runut_speaker_left(runut_reading *self, size_t begin, size_t cue)
{
    if (cue - begin > REACH_LEFT)
        begin = cue - REACH_LEFT;
    size_t end = cue;
    for (int k = 0; k < 5 && end > begin && has(runut_frame_at(self, end - 1), RUNUT_IS_ADVERB); k++)
        end--;
    if (end == begin)
        return nobody;
    const runut_element *next = runut_frame_at(self, end - 1);
    if (has(next, RUNUT_IS_PRONOUN))
        return runut_speaker_pronoun(self, end - 1);
    if (has(next, RUNUT_IS_THEY))
        return nobody;
    if (runut_frame_marks(next, ',') || runut_frame_marks(next, ')')) {
        size_t i = subject_of_parts(self, begin, runut_frame_marks(next, ',') ? end - 1 : end);
        if (i != SIZE_MAX)
            return named(self, i, "named before the verb");
    }
    if (runut_frame_marks(next, ')')) {
        end = before_parenthesis(self, begin, end);
        next = runut_frame_at(self, end > begin ? end - 1 : begin);
    }
    if (next->kind == RUNUT_AT_NAME && !after_preposition(self, end - 1, begin) && is_person(self, end - 1))
        return named(self, end - 1, "named before the verb");
    if (next->kind == RUNUT_AT_NAME) {
        runut_speaker owner = owner_of(self, begin, end - 1);
        if (owner.found)
            return owner;
        if (!after_preposition(self, end - 1, begin))
            return named(self, end - 1, "named before the verb");
    }
    size_t part = part_start(self, begin, end);
    if (first_subject(self, part, end) == end) {
        runut_speaker speaker = described_left(self, begin, end);
        if (speaker.found)
            return speaker;
    }
    return walk_left(self, begin, end);
}

/* A verb before its subject stands first or after a mark. */
static bool inverted(const runut_reading *self, size_t begin, size_t cue)
{
    const runut_element *before = cue > begin ? runut_frame_at(self, cue - 1) : NULL;
    return !before || before->kind == RUNUT_AT_MARK || before->kind == RUNUT_AT_QUOTE;
}

/* "disebut oleh X", "was called by X": who does it. */
static runut_speaker agent_of(const runut_reading *self, size_t cue, size_t end)
{
    enum { MOST = 10 };
    for (size_t i = cue + 1; i + 1 < end && i < cue + MOST; i++) {
        runut_slice word = slice_of(self, runut_frame_at(self, i)->span);
        bool by = runut_slice_is(word, "oleh") || runut_slice_is(word, "by");
        for (size_t k = i + 1; by && k < end && k < i + MOST; k++)
            if (is_name(self, k))
                return named(self, k, "agent of a passive verb");
    }
    return nobody;
}

runut_speaker runut_speaker_of_cue(runut_reading *self, size_t begin, size_t cue, size_t end)
{
    uint32_t classes = runut_frame_at(self, cue)->classes;
    runut_speaker speaker;
    if ((classes & RUNUT_IS_PASSIVE) && !(classes & (RUNUT_SAYS | RUNUT_IS_VIEW))) {
        speaker = agent_of(self, cue, end);
    } else if (classes & (RUNUT_IS_SAY_SELF | RUNUT_IS_SAY_RIGHT | RUNUT_ACCORDS)) {
        speaker = runut_speaker_right(self, cue, end);
    } else {
        speaker = runut_speaker_left(self, begin, cue);
        if (!speaker.found && (classes & RUNUT_IS_SAY) && inverted(self, begin, cue))
            speaker = runut_speaker_right(self, cue, end);
    }
    speaker.cue = runut_frame_at(self, cue)->span;
    return speaker;
}

/* ---- focus ---- */

static runut_speaker focus_of_cues(runut_reading *self, const runut_frame_sentence *s, bool *says)
{
    size_t limit = s->end - s->first > REACH_LEFT ? s->first + REACH_LEFT : s->end;
    for (size_t i = s->first; i < limit; i++) {
        if (!runut_frame_says(self, i) && !has(runut_frame_at(self, i), RUNUT_IS_VIEW | RUNUT_ACCORDS))
            continue;
        runut_speaker speaker = runut_speaker_of_cue(self, s->first, i, s->end);
        bool person =
            speaker.found && (speaker.name < 0 || self->annotation->names.at[speaker.name].kind == RUNUT_PERSON);
        *says = person && !has(runut_frame_at(self, i), RUNUT_IS_VIEW);
        if (person)
            return speaker;
    }
    return nobody;
}

/* 'Nurhayati (41), warga Barru, …', 'Nurhayati, warga Barru, …' where no name is known. */
static runut_speaker introduced_first(runut_reading *self, const runut_frame_sentence *s)
{
    size_t i = s->first;
    while (i < s->end && i < s->first + 5 && is_capitalized(self, i, i + 1))
        i++;
    if (i == s->first || i + 2 >= s->end)
        return nobody;
    const runut_element *mark = runut_frame_at(self, i), *next = runut_frame_at(self, i + 1);
    bool bracket = runut_frame_marks(mark, '('), comma = runut_frame_marks(mark, ',');
    const runut_element *last = runut_frame_at(self, i - 1);
    if (has(last, RUNUT_IS_ROLE | RUNUT_IS_PERSON) ||
        runut_slice_ends(slice_of(self, last->span), RUNUT_LITERAL("nya"))) /* "Suaminya, sopir truk, …" */
        return nobody;
    bool age = (bracket || comma) && is_number(self, i + 1) && runut_frame_at(self, i + 2)->kind == RUNUT_AT_MARK;
    bool role = comma && has(next, RUNUT_IS_ROLE | RUNUT_IS_RELATIVE) && !next->upper;
    return age || role ? describe(self, s->first, i, (runut_slice){0}, "introduced") : nobody;
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
        size_t i = first_subject(self, s->first, s->end);
        if (i < s->end)
            focus = named(self, i, "named");
    }
    if (!focus.found && is_capitalized(self, s->first, s->first + 1)) {
        const runut_element *e = runut_frame_at(self, s->first);
        int32_t like = name_like(self, slice_of(self, e->span)); /* "Agus" is a month to the names module */
        if (like >= 0)
            focus = (runut_speaker){.found = true,
                                    .name = like,
                                    .text = self->annotation->names.at[like].canonical,
                                    .span = e->span,
                                    .why = "named"};
    }
    bool pronoun = s->first < s->end && has(runut_frame_at(self, s->first), RUNUT_IS_PRONOUN);
    self->own_focus[sentence] = focus.found || pronoun;
    if (!focus.found && sentence > 0)
        focus = self->focus[sentence - 1];
    self->focus[sentence] = focus;
}
