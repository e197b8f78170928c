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
        if (runut_frame_marks(e, ',') && i + 1 < limit && runut_frame_person(self, i + 1) &&
            !runut_speaker_possesses(self, i + 1)) {
            *person = i + 1;
            return i;
        }
        if (runut_frame_has(e, RUNUT_IS_RELATIVE) && i > begin) {
            *relative = true;
            return i;
        }
        bool full_stop = e->mark == '.' && (i + 1 >= limit || !runut_frame_at(self, i + 1)->upper);
        bool stop = e->kind == RUNUT_AT_QUOTE ||
                    (e->kind == RUNUT_AT_MARK && (full_stop || !e->mark || !strchr(".'@/#", e->mark))) ||
                    (i > begin && runut_frame_has(e, RUNUT_IS_ADJUNCT)) || (i > begin && runut_frame_says(self, i));
        if (stop)
            return i;
        role |= runut_frame_has(e, RUNUT_IS_ROLE | RUNUT_IS_INDEFINITE | RUNUT_IS_PERSON);
    }
    return limit;
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

runut_speaker runut_speaker_right(runut_reading *self, size_t cue, size_t end)
{
    if (runut_frame_has(runut_frame_at(self, cue), RUNUT_IS_SAY_SELF | RUNUT_IS_ACCORDING_SELF))
        return runut_speaker_pronoun(self, cue);
    size_t i = cue + 1;
    for (int k = 0; k < 3 && i < end && runut_frame_has(runut_frame_at(self, i), RUNUT_IS_ADVERB); k++)
        i++;
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
    if (stop - i > DESCRIPTION_MOST || stop == i || runut_frame_has(first, RUNUT_IS_ADJUNCT | RUNUT_IS_RELATIVE))
        return RUNUT_NOBODY;
    bool known = runut_frame_has(first, RUNUT_IS_DEFINITE) ||
                 runut_frame_has(runut_frame_at(self, stop - 1), RUNUT_IS_DEMONSTRATIVE) ||
                 (relative && demonstrative_follows(self, stop, end));
    return runut_described(self, i, stop, known);
}
