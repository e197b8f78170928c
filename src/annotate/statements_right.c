/* The subject after its verb: "kata [role words] NAME", "said one of them, NAME", "kata dosen itu". */
#include "annotate/statements.h"

#include "base/slice.h"
#include "base/utf8.h"

enum { REACH = 20, DESCRIPTION_MOST = 14 };

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

/* ', Datuk Zulkarnain', ', Prof. Dr. Budi': past the titles before a name. */
static size_t past_titles(const runut_reading *self, size_t i, size_t limit)
{
    enum { MOST = 6, SHORT = 5 };
    for (size_t first = i; i < limit && i < first + MOST; i++) {
        const runut_element *e = runut_frame_at(self, i);
        bool title = e->kind == RUNUT_AT_WORD && e->upper &&
                     (runut_frame_has(e, RUNUT_IS_ROLE) || e->span.end - e->span.start <= SHORT);
        if (!title && !(i > first && runut_frame_marks(e, '.')))
            break;
    }
    return i;
}

/* Ends the description that began at `begin`; a person found on the way is the speaker. */
static size_t right_end(const runut_reading *self, size_t begin, size_t end, size_t *person, bool *relative)
{
    size_t limit = end - begin > REACH ? begin + REACH : end;
    bool role = false;
    for (size_t i = begin; i < limit; i++) {
        size_t past = skip_parenthesis(self, i, limit);
        if (past > i) {
            i = past - 1;
            continue;
        }
        const runut_element *e = runut_frame_at(self, i);
        bool kin = i > begin && runut_frame_has(runut_frame_at(self, i - 1), RUNUT_IS_KIN);
        bool inner = kin || (role && runut_speaker_after_preposition(self, i, begin));
        if (runut_frame_person(self, i) && !runut_speaker_possesses(self, i) && !inner) {
            bool title =
                (role || kin) && i > begin && i + 2 < limit && runut_frame_marks(runut_frame_at(self, i + 1), ',') &&
                runut_frame_person(self, i + 2); /* "Camat Timur Kobi, Jafar Rumakat": a place taken for a person */
            *person = title ? i + 2 : i;
            return i;
        }
        size_t after = runut_frame_marks(e, ',') ? past_titles(self, i + 1, limit) : limit;
        if (after < limit && runut_frame_person(self, after) && !runut_speaker_possesses(self, after)) {
            *person = after;
            return i;
        }
        if (runut_frame_has(e, RUNUT_IS_RELATIVE) && i > begin) {
            *relative = true;
            return i;
        }
        bool glued = runut_frame_marks(e, '-') && i > begin && i + 1 < limit &&
                     runut_frame_at(self, i - 1)->span.end == e->span.start &&
                     runut_frame_at(self, i + 1)->span.start == e->span.end; /* "32-year-old" */
        bool age = runut_frame_marks(e, '-') && i > begin && i - begin < 4 && runut_frame_number(self, begin);
        if (glued || age)
            continue;
        bool full_stop = e->mark == '.' && (i + 1 >= limit || !runut_frame_at(self, i + 1)->upper);
        bool stop = e->kind == RUNUT_AT_QUOTE ||
                    (e->kind == RUNUT_AT_MARK && (full_stop || !e->mark || !strchr(".'@/#", e->mark))) ||
                    (i > begin && runut_frame_has(e, RUNUT_IS_ADJUNCT)) || (i > begin && runut_frame_says(self, i)) ||
                    (i > begin && !e->upper && runut_frame_has(e, RUNUT_IS_TIME));
        if (stop)
            return i;
        role |= runut_frame_has(e, RUNUT_IS_ROLE | RUNUT_IS_INDEFINITE | RUNUT_IS_PERSON);
    }
    return limit;
}

/* "kata ketua pejabat penyelamat di Kota Baru, Guntur Adi.": the name stands behind the description's place. */
static size_t name_behind(const runut_reading *self, size_t stop, size_t end)
{
    enum { MOST = 6 };
    size_t i = stop;
    while (i < end && i < stop + MOST && runut_frame_at(self, i)->kind != RUNUT_AT_MARK)
        i++;
    bool name = i > stop && i + 1 < end && runut_frame_marks(runut_frame_at(self, i), ',') &&
                runut_frame_person(self, i + 1) && !runut_speaker_possesses(self, i + 1);
    bool closed = name && (i + 2 == end || runut_frame_at(self, i + 2)->kind == RUNUT_AT_MARK);
    return closed ? i + 1 : end;
}

/* "pernyataan resmi PSSI", "a Reuters report" */
static bool has_document(const runut_reading *self, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        if (runut_frame_has(runut_frame_at(self, i), RUNUT_IS_DOCUMENT))
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
        if (runut_frame_has(e, RUNUT_IS_DEMONSTRATIVE))
            return true;
    }
    return false;
}

/* Past what stands between a verb and its subject: "dijo [este martes] la alcaldesa", "kata [lagi] Rudi". */
static size_t past_light(const runut_reading *self, size_t i, size_t end)
{
    enum { MOST = 5 };
    size_t begin = i;
    bool when = false;
    while (i < end && i < begin + MOST) {
        const runut_element *e = runut_frame_at(self, i);
        size_t past = when ? skip_parenthesis(self, i, end) : i;
        bool soon = i + 1 < end && runut_frame_has(runut_frame_at(self, i + 1), RUNUT_IS_TIME) &&
                    runut_frame_has(e, RUNUT_IS_PREPOSITION | RUNUT_IS_DEFINITE);
        bool article = runut_frame_has(e, RUNUT_IS_DEFINITE) && i + 1 < end &&
                       runut_frame_has(runut_frame_at(self, i + 1), RUNUT_IS_ROLE | RUNUT_IS_PERSON);
        if (past == i && !soon && (article || !runut_frame_has(e, RUNUT_IS_ADVERB | RUNUT_IS_TIME)))
            break;
        when |= soon || runut_frame_has(e, RUNUT_IS_TIME);
        i = past > i ? past : i + 1;
    }
    return i;
}

/* 'contou, emocionada, a mãe do jovem': a word or two between commas part the verb from its subject. */
static size_t past_inserted(const runut_reading *self, size_t i, size_t end)
{
    enum { MOST = 5 };
    if (i + 1 >= end || !runut_frame_marks(runut_frame_at(self, i), ','))
        return i;
    for (size_t k = i + 1; k + 1 < end && k <= i + 1 + MOST; k++) {
        const runut_element *e = runut_frame_at(self, k), *next = runut_frame_at(self, k + 1);
        bool subject = next->kind == RUNUT_AT_NAME ||
                       runut_frame_has(next, RUNUT_IS_DEFINITE | RUNUT_IS_INDEFINITE | RUNUT_IS_ROLE);
        if (runut_frame_marks(e, ','))
            return k > i + 1 && subject ? k + 1 : i;
        if (e->kind != RUNUT_AT_WORD || e->upper)
            return i;
    }
    return i;
}

/* 'comentó tras el partido el delantero …': a phrase with a preposition, then the subject with its article. */
static size_t past_phrase(const runut_reading *self, size_t i, size_t end)
{
    enum { MOST = 8 };
    if (i >= end || !runut_frame_has(runut_frame_at(self, i), RUNUT_IS_PREPOSITION))
        return i;
    for (size_t k = i + 2; k + 1 < end && k < i + MOST; k++) {
        const runut_element *before = runut_frame_at(self, k - 1), *e = runut_frame_at(self, k);
        if (e->kind == RUNUT_AT_MARK || e->kind == RUNUT_AT_QUOTE)
            return i;
        bool noun = before->kind == RUNUT_AT_NAME ||
                    !runut_frame_has(before, RUNUT_IS_PREPOSITION | RUNUT_IS_DEFINITE | RUNUT_IS_INDEFINITE);
        if (noun && runut_frame_has(e, RUNUT_IS_DEFINITE) &&
            runut_frame_has(runut_frame_at(self, k + 1), RUNUT_IS_ROLE))
            return k;
    }
    return i;
}

runut_speaker runut_speaker_right(runut_reading *self, size_t cue, size_t end)
{
    if (runut_frame_has(runut_frame_at(self, cue), RUNUT_IS_SAY_SELF | RUNUT_IS_ACCORDING_SELF))
        return runut_speaker_pronoun(self, cue);
    size_t i = past_inserted(self, past_light(self, cue + 1, end), end);
    i = past_phrase(self, i, end);
    if (i < end && runut_frame_has(runut_frame_at(self, i), RUNUT_IS_PREPOSITION) &&
        !runut_frame_has(runut_frame_at(self, i), RUNUT_IS_ADJUNCT))
        i++;
    if (i >= end)
        return RUNUT_NOBODY;
    const runut_element *first = runut_frame_at(self, i);
    if (runut_frame_has(first, RUNUT_IS_PRONOUN))
        return runut_speaker_pronoun(self, i);
    if (first->kind == RUNUT_AT_MARK || first->kind == RUNUT_AT_QUOTE ||
        runut_frame_has(first, RUNUT_IS_THEY | RUNUT_IS_THAT))
        return RUNUT_NOBODY;
    size_t person = end;
    bool relative = false;
    size_t stop = right_end(self, i, end, &person, &relative);
    if (person == end && stop > i && stop < end && runut_frame_has(runut_frame_at(self, stop), RUNUT_IS_PREPOSITION) &&
        runut_described_head(self, i, stop) < stop)
        person = name_behind(self, stop, end);
    if (person < end)
        return runut_speaker_named(self, person, "named after the verb");
    for (size_t k = i + 1; k < stop && has_document(self, i, stop); k++)
        if (runut_frame_named(self, k) && !runut_frame_is(self, runut_frame_at(self, k), RUNUT_PLACE))
            return runut_speaker_named(self, k, "whose document it is");
    if (runut_frame_named(self, i) && !runut_speaker_possesses(self, i))
        return runut_speaker_named(self, i, "named after the verb");
    if (stop + 1 < end && runut_frame_marks(runut_frame_at(self, stop), ',') &&
        runut_frame_is(self, runut_frame_at(self, stop + 1), RUNUT_ORGANIZATION))
        return runut_speaker_named(self, stop + 1, "named after the verb");
    size_t past = stop + 1;
    while (past < end && past < stop + 5 && runut_described_capitalized(self, past, past + 1))
        past++;
    if (stop < end && past > stop + 1 && runut_frame_marks(runut_frame_at(self, stop), ',') &&
        (past == end || runut_frame_at(self, past)->kind == RUNUT_AT_MARK))
        return runut_described_as(self, stop + 1, past, (runut_slice){0},
                                  "capitalized after the verb"); /* "one of them, Nur," */
    bool adjunct = runut_frame_has(first, RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE) &&
                   !(runut_frame_has(first, RUNUT_IS_DEFINITE) && stop > i + 1 &&
                     runut_frame_has(runut_frame_at(self, i + 1), RUNUT_IS_ROLE | RUNUT_IS_PERSON));
    if (stop - i > DESCRIPTION_MOST || stop == i || adjunct)
        return RUNUT_NOBODY;
    size_t capital = stop;
    while ((self->habits & RUNUT_VERB_LAST) && capital > i && runut_frame_at(self, capital - 1)->upper)
        capital--;
    if (capital < stop)
        i = capital; /* '"…" diyerek temkinli konuşan Soylu' */
    bool known = runut_frame_has(first, RUNUT_IS_DEFINITE) ||
                 runut_frame_has(runut_frame_at(self, stop - 1), RUNUT_IS_DEMONSTRATIVE) ||
                 (relative && demonstrative_follows(self, stop, end));
    return runut_described(self, i, stop, known);
}
