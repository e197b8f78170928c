/* A run of tokens, looked at once for all labels; names_run.c and names_score.c only. */
#ifndef RUNUT_ANNOTATE_NAMES_RUN_H
#define RUNUT_ANNOTATE_NAMES_RUN_H

#include "annotate/names_parts.h"

/* What the words of a run have in common; filled once for all labels. */
typedef struct names_run {
    uint32_t first, end;
    uint32_t capitals, given, family, stops, fields, links, fresh, numbers, tails, org_tails, acronyms;
    uint32_t inner_titles, inner_heads, initials, marks, voters, inner_orgs, owners, smalls, joins, countries;
    const names_entry *known;
    uint32_t first_classes, last_classes; /* of phrases that begin the run; of its last word */
    uint32_t head_end;                    /* behind the organization's, place's or thing's head */
    float votes[NAMES_LABELS];            /* runut_names_votes */
    float said, cited, cut_off;           /* names_score.c, once for all labels */
    bool aged;
} names_run;

static inline bool is_capital_word(const names_text *self, uint32_t i)
{
    return self->words[i].capital && self->tokens[i].kind == RUNUT_TOKEN_WORD;
}

/* A run and its scores, so far as votes and the learned opinion do not change them. */
typedef struct names_reading {
    names_run run;
    float scores[NAMES_LABELS];
} names_reading;

struct names_readings {
    RUNUT_VECTOR(names_reading) all;
    size_t next; /* the one that is expected next */
};

/* All but votes and what names_score.c adds. */
names_run runut_names_look(const names_text *self, uint32_t first, uint32_t end);

/* Clear mentions' votes for the run's words: nothing before they voted. */
void runut_names_votes(const names_text *self, names_run *r);

#endif
