/* Which carrier the words of a statement came through: the one that its sentence names; for words that go on right
 * after such a sentence in the same paragraph and by the same speaker, the same; for what somebody wrote, the only
 * agency of a report that has one. Hits and statements are both in order, so one pass does. */
#include "annotate/sources.h"
#include "base/slice.h"

static uint32_t sentence_of(const runut_sourcing *self, uint32_t offset, uint32_t hint)
{
    const runut_annotation *a = self->annotation;
    while (hint > 0 && a->sentences.at[hint].span.start > offset)
        hint--;
    while (hint + 1 < a->sentences.size && a->sentences.at[hint + 1].span.start <= offset)
        hint++;
    return hint;
}

static uint32_t paragraph_of(const runut_sourcing *self, uint32_t sentence)
{
    return self->annotation->sentences.at[sentence].paragraph;
}

/* The hit of the sentences [from, to]. */
static uint32_t hit_in(const runut_sourcing *self, uint32_t from, uint32_t to)
{
    for (uint32_t s = from; s <= to && s < from + 12; s++)
        if (self->nearest[s])
            return self->nearest[s];
    return self->nearest[to];
}

static bool same_speaker(const runut_statement *a, const runut_statement *b)
{
    if (a->speaker_name >= 0 && b->speaker_name >= 0)
        return a->speaker_name == b->speaker_name;
    return a->speaker.size == 0 || b->speaker.size == 0 || runut_slice_equal(a->speaker, b->speaker);
}

/* Is it written words, as of a letter? */
static bool is_written(const runut_sourcing *self, const runut_statement *statement)
{
    static const char *const cues[] = {"tulis", "tulisnya", "menulis", "wrote",      "writes",   "escribió", "schrieb",
                                       "écrit", "a écrit",  "scrive",  "ha scritto", "escreveu", "написал",  "schreef"};
    runut_slice cue = runut_slice_part(self->text, statement->cue.start, statement->cue.end);
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
        if (runut_slice_equal_nocase(cue, runut_slice_of(cues[i])))
            return true;
    return false;
}

static const runut_source *only_agency(const runut_annotation *a)
{
    return a->sources.size == 1 && a->sources.at[0].agency ? &a->sources.at[0] : NULL;
}

static runut_slice name_of(const runut_sourcing *self, uint32_t hit)
{
    return runut_carrier_shown(self, &self->carriers.at[hit - 1]);
}

void runut_via_set(runut_sourcing *self)
{
    runut_annotation *a = self->annotation;
    if (!a->statements.size || !a->sentences.size)
        return;
    runut_slice before = {0};
    uint32_t last = 0, hint = 0;
    for (size_t i = 0; i < a->statements.size; i++) {
        runut_statement *statement = &a->statements.at[i];
        uint32_t from = hint = sentence_of(self, statement->span.start, hint);
        uint32_t to = sentence_of(self, statement->span.end ? statement->span.end - 1 : 0, from);
        uint32_t hit = hit_in(self, from, to);
        bool goes_on = i > 0 && before.size && from <= last + 1 &&
                       paragraph_of(self, from) == paragraph_of(self, last) && same_speaker(statement, statement - 1);
        if (hit)
            statement->via = name_of(self, hit);
        else if (goes_on)
            statement->via = before;
        else if (from > 0 && self->nearest[from - 1] && paragraph_of(self, from) == paragraph_of(self, from - 1) &&
                 (self->carriers.at[self->nearest[from - 1] - 1].hit & RUNUT_CUE_TOLD))
            statement->via = name_of(self, self->nearest[from - 1]);
        else if (only_agency(a) && !statement->indirect && is_written(self, statement))
            statement->via = only_agency(a)->name;
        before = statement->via;
        last = to;
    }
}
