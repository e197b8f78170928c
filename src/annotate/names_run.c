#include "annotate/names_run.h"
#include "base/slice.h"
#include "base/utf8.h"

static bool is_initial(const names_text *self, uint32_t i)
{
    runut_slice normal = self->words[i].normal;
    return is_capital_word(self, i) && (normal.size == 1 || (normal.size == 3 && normal.at[1] == ' '));
}

/* "Myanmar's Ministry": a known place that owns what follows. */
static bool is_owner(const names_text *self, const names_run *r, uint32_t i)
{
    if (i + 1 >= r->end || self->words[i].normal.size + 2 != self->tokens[i].folded.size ||
        self->words[i].normal.size < 2)
        return false;
    const names_entry *entry = runut_names_known(self, i, i + 1);
    return entry && entry->known >= NAMES_COUNTRY && entry->known <= NAMES_LISTED_PLACE;
}

/* "Interno >e la< Guardia": another body begins behind "and". */
static bool is_joined(const names_text *self, uint32_t i)
{
    uint32_t back = self->words[i - 1].classes & NAMES_ARTICLE && i > 1 ? i - 2 : i - 1;
    const names_word *before = &self->words[back];
    bool over = before->classes & NAMES_OF && self->glues && i == back + 1; /* "[FC X] van Sparta" */
    return !before->capital && self->of &&
           (over || (before->classes & NAMES_ORG_LINK && !(before->classes & NAMES_OF)));
}

static bool is_country(const names_text *self, uint32_t i)
{
    const names_entry *entry = runut_names_known(self, i, i + 1);
    return entry && entry->known == NAMES_COUNTRY;
}

static void count_word(const names_text *self, names_run *r, uint32_t i)
{
    const names_word *word = &self->words[i];
    uint32_t classes = word->classes;
    if (!is_capital_word(self, i)) {
        r->numbers += self->tokens[i].kind == RUNUT_TOKEN_NUMBER;
        r->marks += self->tokens[i].kind == RUNUT_TOKEN_MARK;
        r->links += self->tokens[i].kind == RUNUT_TOKEN_WORD && !(classes & (NAMES_OF | NAMES_ARTICLE));
        r->smalls += self->tokens[i].kind == RUNUT_TOKEN_WORD;
        return;
    }
    r->capitals++;
    r->countries += i > r->first && !(classes & (NAMES_GIVEN | NAMES_FAMILY)) && is_country(self, i);
    r->owners += is_owner(self, r, i);
    bool name = classes & (NAMES_GIVEN | NAMES_FAMILY);
    r->given += (classes & NAMES_GIVEN) != 0;
    r->family += (classes & NAMES_FAMILY) != 0;
    r->stops +=
        (classes & (NAMES_COMMON | NAMES_DEMONYM) && !(name && i > r->first) && i >= r->head_end) ||
        (classes & (NAMES_STOP | NAMES_SAY) && !name && (i == r->first ? word->weak || r->end == i + 1 : false));
    r->fields += (classes & NAMES_FIELD) != 0;
    r->initials += is_initial(self, i);
    r->acronyms += self->tokens[i].all_upper && !word->shout && !(classes & NAMES_COMMON);
    r->fresh += !(classes & ~(NAMES_GIVEN | NAMES_FAMILY | NAMES_PERSON_LINK | NAMES_HONORIFIC));
    if (i > r->first) {
        bool behind_head = r->first_classes & NAMES_ORG_HEAD && i == r->head_end; /* "Asosiasi >Pengemudi<" */
        r->inner_titles +=
            classes & (NAMES_TITLE | NAMES_RANK) && !name && i + 1 < r->end && i >= r->head_end && !behind_head;
        r->inner_orgs += (classes & NAMES_ORG_HEAD) != 0;
        r->joins += classes & NAMES_ORG_HEAD && is_joined(self, i);
        r->inner_heads += (classes & (NAMES_ORG_HEAD | NAMES_PLACE_HEAD | NAMES_THING_HEAD)) != 0;
    }
    r->tails += (classes & (NAMES_PLACE_TAIL | NAMES_THING_TAIL | NAMES_ORG_TAIL)) != 0 && i > r->first;
    r->voters += !(classes & NAMES_GENERAL) || name;
}

static void add_votes(const names_text *self, names_run *r, uint32_t i)
{
    const names_votes *votes = &self->votes.at[self->words[i].number - 1];
    for (int label = 0; label < NAMES_LABELS; label++) {
        float vote = votes->of[label];
        if (label != NAMES_PERSON) /* the mean over the words */
            r->votes[label] += vote;
        else if (vote > r->votes[label]) /* one known word makes a person of the whole */
            r->votes[label] = vote;
    }
}

void runut_names_votes(const names_text *self, names_run *r)
{
    memset(r->votes, 0, sizeof r->votes);
    if (!self->voted)
        return;
    for (uint32_t i = r->first; i < r->end; i++)
        if (is_capital_word(self, i) && self->words[i].number)
            add_votes(self, r, i);
    float weight = r->known ? 0.3f : 1.0f;
    for (int label = 0; label < NAMES_LABELS; label++)
        r->votes[label] *= weight / (float)(r->voters && label != NAMES_PERSON ? r->voters : 1);
    if (r->known && r->known->known >= NAMES_CITY && r->known->known <= NAMES_TOWN)
        r->votes[NAMES_PERSON] *= 3.0f; /* there is a town of every name: "Guntur" */
}

/* The classes of the phrases that begin the run and end inside of it, and where the longest head ends. */
static void look_at_head(const names_text *self, names_run *r)
{
    const names_word *word = &self->words[r->first];
    if (word->classes & NAMES_ORG_HEAD) { /* by its ending, perhaps */
        r->first_classes |= NAMES_ORG_HEAD;
        r->head_end = r->first + 1;
    }
    for (uint32_t k = 0; k < word->match_count; k++) {
        const names_match *match = &self->matches.at[word->first_match + k];
        if (match->end > r->end)
            continue;
        r->first_classes |= match->entry->classes;
        if (match->end == r->end && r->head_end > r->first && r->end > r->first + 2 &&
            match->entry->classes & NAMES_ORG_HEAD)
            continue; /* a whole body's name: "Badan Penanggulangan Bencana Daerah" */
        if (match->end > r->head_end &&
            match->entry->classes & (NAMES_ORG_HEAD | NAMES_PLACE_HEAD | NAMES_THING_HEAD | NAMES_TITLE | NAMES_RANK))
            r->head_end = match->end;
    }
}

/* Classes of phrases that end the run: its last word, or its last two. */
static void look_at_tail(const names_text *self, names_run *r)
{
    r->last_classes = self->words[r->end - 1].classes;
    for (uint32_t back = 2; back <= 3 && r->end - r->first > back; back++) {
        const names_word *word = &self->words[r->end - back];
        for (uint32_t k = 0; k < word->match_count; k++)
            if (self->matches.at[word->first_match + k].end == r->end)
                r->last_classes |= self->matches.at[word->first_match + k].entry->classes;
    }
}

names_run runut_names_look(const names_text *self, uint32_t first, uint32_t end)
{
    names_run r = {.first = first, .end = end, .head_end = first};
    look_at_head(self, &r);
    for (uint32_t i = first; i < end; i++)
        count_word(self, &r, i);
    r.known = runut_names_known(self, first, end);
    look_at_tail(self, &r);
    return r;
}
