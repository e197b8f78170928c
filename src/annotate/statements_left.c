/* The subject before its verb: "NAME mengatakan", "[role], NAME, 34, said", "NAME, who …, told", "juru bicara X
 * berkata". */
#include "annotate/statements.h"

#include "base/slice.h"
#include "base/utf8.h"

enum { REACH = 60, DESCRIPTION_MOST = 14 };

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

/* "the government", "La oposición", "the Confederation of Small Firms" next to the verb */
static bool is_short_definite(const runut_reading *self, size_t start, size_t end)
{
    if (!runut_frame_has(runut_frame_at(self, start), RUNUT_IS_DEFINITE) || end - start < 2 || end - start > 6)
        return false;
    bool upper = runut_frame_at(self, start + 1)->upper;
    for (size_t i = start + 1; i < end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        bool inner = upper && runut_frame_has(e, RUNUT_IS_PREPOSITION);
        if (e->kind == RUNUT_AT_MARK ||
            (runut_frame_has(e, RUNUT_IS_PREPOSITION | RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE | RUNUT_IS_THAT) && !inner))
            return false;
    }
    return upper || end - start <= 4;
}

/* Does the part of the sentence that begins at `start` name somebody? */
static bool names_person(const runut_reading *self, size_t start)
{
    enum { MOST = 12 };
    for (size_t i = start; i < self->elements.size && i < start + MOST; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (e->kind == RUNUT_AT_MARK || e->kind == RUNUT_AT_QUOTE)
            return false;
        if (runut_frame_person(self, i))
            return true;
    }
    return false;
}

/* The apposition of [start, end): the name before the comma that it begins after. */
static runut_speaker before_apposition(runut_reading *self, size_t begin, size_t start)
{
    size_t before = before_parenthesis(self, begin, start - 1);
    const runut_element *mark = runut_frame_at(self, start - 1);
    if (before == begin || !(runut_frame_marks(mark, ',') || runut_frame_marks(mark, '-')))
        return RUNUT_NOBODY;
    if (runut_frame_person(self, before - 1) && !runut_speaker_possesses(self, before - 1))
        return runut_speaker_named(self, before - 1, "named before the verb");
    if (runut_frame_named(self, before - 1) && runut_frame_has(runut_frame_at(self, start), RUNUT_IS_RELATIVE))
        return runut_speaker_named(self, before - 1, "named before the verb");
    size_t first = part_start(self, begin, before);
    if (first == begin && before - first > 1 && runut_described_capitalized(self, first, before))
        return runut_described_as(self, first, before, (runut_slice){0}, "capitalized before the verb");
    uint32_t inserted = RUNUT_IS_RELATIVE | RUNUT_IS_ADVERB | RUNUT_IS_INDEFINITE;
    if (!names_person(self, start))
        inserted |= RUNUT_IS_PREPOSITION | RUNUT_IS_ADJUNCT; /* "La Regione, in una nota, parla di …" */
    bool known = runut_described_head(self, first, before) < before || is_short_definite(self, first, before);
    if (runut_frame_has(runut_frame_at(self, start), inserted) && before > first &&
        before - first <= DESCRIPTION_MOST && known)
        return runut_described(self, first, before, runut_frame_has(runut_frame_at(self, first), RUNUT_IS_DEFINITE));
    return RUNUT_NOBODY;
}

/* "[role], NAME, said" and "NAME, [anything], said": `end` is just past the last part. */
static runut_speaker subject_of_parts(runut_reading *self, size_t begin, size_t end)
{
    enum { PARTS = 5 };
    for (int n = 0; n < PARTS && end > begin; n++) {
        end = before_parenthesis(self, begin, end);
        size_t start = part_start(self, begin, end);
        bool number = end - start == 1 && runut_frame_number(self, start);
        if (end - start == 1 && runut_frame_named(self, start) && !runut_speaker_after_preposition(self, start, begin))
            return runut_speaker_named(self, start, "named before the verb");
        if (start == begin)
            break;
        if (!number && runut_described_capitalized(self, start, end))
            return runut_described_as(self, start, end, (runut_slice){0}, "capitalized before the verb");
        if (!number)
            return before_apposition(self, begin, start);
        end = start - 1;
    }
    return RUNUT_NOBODY;
}

/* "a senior spokesperson", "seorang pejabat", "juru bicara": where the description of the noun at `i` begins. */
static size_t with_article(const runut_reading *self, size_t i, size_t start)
{
    for (size_t k = i; k > start && i - k < 4; k--) {
        const runut_element *e = runut_frame_at(self, k - 1);
        if (runut_frame_has(e, RUNUT_IS_DEFINITE | RUNUT_IS_INDEFINITE))
            return k - 1;
        if (e->kind != RUNUT_AT_WORD || runut_frame_has(e, RUNUT_IS_PREPOSITION | RUNUT_IS_ADJUNCT | RUNUT_SAYS))
            break;
    }
    while (i > start && runut_frame_has(runut_frame_at(self, i - 1), RUNUT_IS_ROLE))
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
        if (runut_frame_person(self, k) && !runut_speaker_possesses(self, k) &&
            !runut_speaker_after_preposition(self, k, start))
            return runut_speaker_named(self, k, "named before the verb");
    for (size_t k = i; k-- > start && i - k <= 5;) {
        const runut_element *e = runut_frame_at(self, k);
        if (runut_frame_has(e, RUNUT_IS_ROLE) && !runut_speaker_after_preposition(self, k, start))
            return runut_described(self, with_article(self, k, start), i + 1, false);
        if (runut_frame_has(e, RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE))
            break;
    }
    return RUNUT_NOBODY;
}

/* In a script without capitals and blanks nothing shows a name; what stands between the sentence's last mark and the
 * verb is the subject, roles before it ("市長の") and particles behind it ("氏は") aside. */
static runut_speaker unspaced_left(runut_reading *self, size_t start, size_t end)
{
    enum { MOST = 8 };
    while (end > start && runut_frame_has(runut_frame_at(self, end - 1), RUNUT_IS_ADVERB))
        end--;
    while (start < end && runut_frame_has(runut_frame_at(self, start), RUNUT_IS_TIME | RUNUT_IS_ADVERB))
        start++;
    for (size_t i = start + 1; i < end; i++) /* "发言人 在声明中 指出", "陈雅文 周二 表示" */
        if (runut_frame_has(runut_frame_at(self, i), RUNUT_IS_PREPOSITION | RUNUT_IS_TIME) ||
            runut_frame_number(self, i))
            end = i;
    for (size_t i = start; i + 1 < end; i++) {
        const runut_element *e = runut_frame_at(self, i);
        if (runut_slice_is(runut_frame_text(self, e->span), "の") || runut_frame_has(e, RUNUT_IS_ROLE))
            start = i + 1;
    }
    if (start >= end || end - start > MOST)
        return RUNUT_NOBODY;
    for (size_t i = start; i < end; i++)
        if (runut_frame_at(self, i)->kind == RUNUT_AT_MARK || runut_frame_has(runut_frame_at(self, i), RUNUT_SAYS))
            return RUNUT_NOBODY;
    return runut_described_as(self, start, end, (runut_slice){0}, "stands before the verb");
}

static bool is_unspaced(const runut_reading *self, size_t i)
{
    size_t at = 0;
    runut_slice text = runut_frame_text(self, runut_frame_at(self, i)->span);
    uint32_t code = text.size ? runut_utf8_next(text, &at) : 0;
    return code >= 0x2E80 && code < 0xA000;
}

static runut_speaker described_left(runut_reading *self, size_t begin, size_t end)
{
    size_t start = part_start(self, begin, end);
    if (start < end && is_unspaced(self, start))
        return unspaced_left(self, start, end);
    while (start < end && runut_frame_has(runut_frame_at(self, start), RUNUT_IS_ADVERB))
        start++;
    if (start >= end || end - start > DESCRIPTION_MOST || runut_frame_has(runut_frame_at(self, start), RUNUT_IS_THEY))
        return RUNUT_NOBODY;
    const runut_element *first = runut_frame_at(self, start);
    size_t before = start > begin ? before_parenthesis(self, begin, start - 1) : begin;
    while (before > begin + 1 &&
           (runut_frame_number(self, before - 1) || runut_frame_marks(runut_frame_at(self, before - 1), ',')))
        before--;
    if (before > begin && !first->upper && runut_frame_person(self, before - 1) &&
        !runut_speaker_possesses(self, before - 1) && runut_frame_marks(runut_frame_at(self, start - 1), ',') &&
        runut_frame_has(first, RUNUT_IS_ROLE | RUNUT_IS_RELATIVE))
        return runut_speaker_named(self, before - 1,
                                   "named before the verb"); /* "Budi, 45, warga yang ditemui di sana mengatakan" */
    if (runut_described_capitalized(self, start, end))
        return runut_described_as(self, start, end, (runut_slice){0}, "capitalized before the verb");
    if (is_short_definite(self, start, end))
        return runut_described(self, start, end, true);
    size_t head = runut_described_head(self, start, end);
    if (head == end || (head - start > 3 && !runut_frame_has(first, RUNUT_IS_INDEFINITE | RUNUT_IS_DEFINITE)))
        return RUNUT_NOBODY;
    if (!runut_frame_has(first, RUNUT_IS_INDEFINITE | RUNUT_IS_DEFINITE | RUNUT_IS_ROLE | RUNUT_IS_PERSON) &&
        !first->upper && runut_described_head_first(self))
        start = head;
    bool known = runut_frame_has(first, RUNUT_IS_DEFINITE) ||
                 runut_frame_has(runut_frame_at(self, end - 1), RUNUT_IS_DEMONSTRATIVE);
    return runut_described(self, start, end, known);
}

/* Nothing stands next to the verb: the nearest one before who can be its subject. */
static runut_speaker walk_left(runut_reading *self, size_t begin, size_t end)
{
    for (size_t i = end; i-- > begin;) {
        const runut_element *e = runut_frame_at(self, i);
        if (runut_frame_has(e, RUNUT_IS_PRONOUN) && !runut_speaker_after_preposition(self, i, begin))
            return runut_speaker_pronoun(self, i);
        if (e->kind != RUNUT_AT_NAME || runut_frame_is(self, e, RUNUT_PLACE) ||
            runut_speaker_after_preposition(self, i, begin) || runut_speaker_possesses(self, i))
            continue;
        size_t part = part_start(self, begin, i);
        size_t relative = i;
        for (size_t k = part; k < i; k++)
            if (runut_frame_has(runut_frame_at(self, k), RUNUT_IS_RELATIVE))
                relative = k;
        if (relative < i && relative > part && runut_frame_named(self, relative - 1))
            return runut_speaker_named(self, relative - 1, "named before the verb");
        if (relative < i) {
            runut_speaker speaker = described_left(self, begin, end);
            if (speaker.found)
                return speaker;
            continue;
        }
        if (!runut_frame_person(self, i)) {
            runut_speaker owner = owner_of(self, begin, i);
            if (owner.found)
                return owner;
        }
        return runut_speaker_named(self, i, "named before the verb");
    }
    return RUNUT_NOBODY;
}

static bool blank_before(const runut_reading *self, size_t i)
{
    uint32_t at = runut_frame_at(self, i)->span.start;
    return at > 0 && self->body.at[at - 1] == ' ';
}

/* "นายวิชัย มั่นคง ตัวแทนชุมชน กล่าวว่า": a title, the name up to the second blank; without a title what stands
 * between the last blank and the verb. */
static runut_speaker titled_left(runut_reading *self, size_t begin, size_t cue)
{
    enum { MOST = 8 };
    for (size_t i = cue; i-- > begin;) {
        if (!runut_frame_has(runut_frame_at(self, i), RUNUT_IS_KIN))
            continue;
        size_t end = i + 1, blanks = 0;
        while (end < cue && end < i + MOST && (blanks += blank_before(self, end)) < 2 &&
               runut_frame_at(self, end)->kind == RUNUT_AT_WORD)
            end++;
        return runut_described_as(self, i, end, (runut_slice){0}, "titled before the verb");
    }
    size_t start = cue;
    while (start > begin && cue - start < MOST && runut_frame_at(self, start - 1)->kind == RUNUT_AT_WORD &&
           (start == cue || !blank_before(self, start)))
        start--;
    return start < cue && runut_frame_has(runut_frame_at(self, start), RUNUT_IS_ROLE | RUNUT_IS_PERSON)
               ? runut_described_as(self, start, cue, (runut_slice){0}, "described before the verb")
               : RUNUT_NOBODY;
}

/* 'Görgü tanığı bir esnaf ise, "…" dedi': what ends with a noun for somebody, before the comma. */
static runut_speaker headed_left(runut_reading *self, size_t begin, size_t end)
{
    size_t start = part_start(self, begin, end);
    bool headed = start < end && runut_frame_has(runut_frame_at(self, end - 1), RUNUT_IS_ROLE | RUNUT_IS_PERSON);
    return headed && end - start <= DESCRIPTION_MOST ? runut_described(self, start, end, false) : RUNUT_NOBODY;
}

static size_t before_light(const runut_reading *self, size_t begin, size_t end)
{
    while (end > begin && runut_frame_has(runut_frame_at(self, end - 1), RUNUT_IS_ADVERB))
        end--;
    return end;
}

runut_speaker runut_speaker_left(runut_reading *self, size_t begin, size_t cue)
{
    if (cue - begin > REACH)
        begin = cue - REACH;
    runut_speaker marked = runut_speaker_marked(self, begin, cue);
    if (!marked.found && (self->habits & RUNUT_NO_COMMAS) && runut_speaker_first(self, begin, cue) == cue)
        marked = titled_left(self, begin, cue);
    if (marked.found)
        return marked;
    size_t end = cue;
    for (int k = 0; k < 5 && end > begin && runut_frame_has(runut_frame_at(self, end - 1), RUNUT_IS_ADVERB); k++)
        end--;
    if (end == begin)
        return RUNUT_NOBODY;
    const runut_element *next = runut_frame_at(self, end - 1);
    if (runut_frame_has(next, RUNUT_IS_PRONOUN))
        return runut_speaker_pronoun(self, end - 1);
    if (runut_frame_has(next, RUNUT_IS_THEY))
        return RUNUT_NOBODY;
    if (runut_frame_marks(next, ',') || runut_frame_marks(next, '-') || runut_frame_marks(next, ')')) {
        runut_speaker speaker = subject_of_parts(self, begin, runut_frame_marks(next, ')') ? end : end - 1);
        if (!speaker.found && (self->habits & RUNUT_VERB_LAST) && runut_frame_marks(next, ','))
            speaker = headed_left(self, begin, before_light(self, begin, end - 1));
        if (speaker.found)
            return speaker;
    }
    if (runut_frame_marks(next, ')')) {
        end = before_parenthesis(self, begin, end);
        next = runut_frame_at(self, end > begin ? end - 1 : begin);
    }
    if (next->kind == RUNUT_AT_NAME && !runut_speaker_after_preposition(self, end - 1, begin) &&
        runut_frame_person(self, end - 1))
        return runut_speaker_named(self, end - 1, "named before the verb");
    if (next->kind == RUNUT_AT_NAME) {
        runut_speaker owner = owner_of(self, begin, end - 1);
        if (owner.found)
            return owner;
        if (!runut_speaker_after_preposition(self, end - 1, begin))
            return runut_speaker_named(self, end - 1, "named before the verb");
    }
    size_t part = part_start(self, begin, end);
    if (runut_speaker_first(self, part, end) == end) {
        runut_speaker speaker = described_left(self, begin, end);
        if (!speaker.found && (self->habits & RUNUT_VERB_LAST))
            speaker = headed_left(self, begin, end);
        if (speaker.found)
            return speaker;
    }
    return walk_left(self, begin, end);
}
