/* Cuts the tokens into segments of the greatest total score: a semi-Markov Viterbi (Sarawagi and Cohen, 2004) whose
 * segments are at most SEGMENT_MOST tokens long, so that the whole is linear. It runs twice: clear mentions of the
 * first run vote for the words they are made of, and the votes decide the unclear ones ("Rudi", "Samudra") of the
 * second. Where the tagger leads, its names are taken as they are. */
#include "annotate/names_parts.h"
#include "base/slice.h"

enum {
    SEGMENT_MOST = 11,
    TAGGED_MOST = 20, /* tokens of a name where the tagger leads */
    BLOCK_MOST = 1024 /* tokens decoded at once: one sentence, or a part of a giant one */
};

static const float NEVER = -1e30f;

typedef struct cell {
    float score;
    uint32_t first;     /* of the segment that ends here with this label */
    names_label before; /* label that ended there */
} cell;

typedef struct lattice {
    const names_text *text;
    cell *cells;    /* of the block, NAMES_LABELS a token border */
    bool *named;    /* of the block's borders: may a name end there? */
    uint32_t start; /* the block's first token */
} lattice;

static cell *cell_at(const lattice *self, uint32_t border, names_label label)
{
    return &self->cells[(size_t)(border - self->start) * NAMES_LABELS + label];
}

static bool is_word(const names_text *self, uint32_t i)
{
    return i < self->count && self->tokens[i].kind == RUNUT_TOKEN_WORD;
}

static bool capital_at(const names_text *self, uint32_t i)
{
    return is_word(self, i) && self->words[i].capital;
}

static bool touches(const names_text *self, uint32_t i)
{
    return self->tokens[i].span.start == self->tokens[i - 1].span.end;
}

/* Is `i` a full stop of an initial or an abbreviation: "J. Smith", "Br. Sinulingga", "Inc."? */
static bool is_abbreviation_stop(const names_text *self, uint32_t i, uint32_t first)
{
    if (i == first || !runut_names_mark(self, i, ".") || !touches(self, i) || !capital_at(self, i - 1))
        return false;
    const names_word *word = &self->words[i - 1];
    if (word->normal.size == 1)
        return capital_at(self, i + 1);
    return word->normal.size <= 4 && capital_at(self, i + 1) && !self->tokens[i + 1].sentence_start &&
           word->phrases & (NAMES_PERSON_LINK | NAMES_ORG_TAIL | NAMES_ORG_HEAD | NAMES_PLACE_HEAD);
}

/* Brackets inside of a name: "(Persero) Tbk", "Pengadilan Negeri (PN) Mamuju". The number of tokens, 0 = none. */
static uint32_t bracket_inside(const names_text *self, uint32_t i)
{
    if (i + 3 >= self->count || !runut_names_mark(self, i, "(") || !capital_at(self, i + 1) ||
        !runut_names_mark(self, i + 2, ")") || !capital_at(self, i + 3))
        return 0;
    uint32_t next = self->words[i + 3].classes;
    bool tail = next & NAMES_ORG_TAIL && self->words[i + 1].classes & NAMES_ORG_TAIL;
    bool short_form = self->tokens[i + 1].all_upper && self->words[i + 1].classes & NAMES_ORG_HEAD &&
                      !(next & (NAMES_GIVEN | NAMES_FAMILY));
    return tail || short_form ? 3 : 0;
}

/* ", Klimatologi, dan Geofisika": a list inside of a body's name. */
static uint32_t list_inside(const names_text *self, uint32_t i, uint32_t first)
{
    if (!runut_names_mark(self, i, ",") || !(self->words[first].phrases & NAMES_ORG_HEAD) || i + 2 >= self->count)
        return 0;
    if (self->words[i + 1].classes & NAMES_ORG_LINK && capital_at(self, i + 2) && i > first + 2 &&
        runut_names_mark(self, i - 2, ","))
        return 1; /* the last one: ", dan Geofisika" */
    if (!capital_at(self, i + 1))
        return 0;
    for (uint32_t k = i + 1; k < i + 5 && k + 1 < self->count; k++) {
        if (capital_at(self, k) && self->words[k].classes & (NAMES_GIVEN | NAMES_FAMILY | NAMES_TITLE))
            return 0;
        if (!capital_at(self, k) && !runut_names_mark(self, k, ","))
            return self->words[k].classes & NAMES_ORG_LINK && capital_at(self, k + 1) && k > i + 1 ? 1 : 0;
    }
    return 0;
}

/* "Muthu a/l Raman": son or daughter of. */
static bool is_filiation(const names_text *self, uint32_t i)
{
    if (i + 3 >= self->count || !is_word(self, i) || !runut_names_mark(self, i + 1, "/") || !capital_at(self, i + 3) ||
        !touches(self, i + 1) || !touches(self, i + 2))
        return false;
    runut_slice left = self->words[i].normal, right = self->words[i + 2].normal;
    return left.size == 1 && right.size == 1 && memchr("asd", left.at[0], 3) && memchr("lpo", right.at[0], 3);
}

/* "Хабаровского >края<": what a place is, written small behind its name. */
static bool is_small_tail(const names_text *self, uint32_t first, uint32_t i)
{
    return i == first + 1 && is_word(self, i) && !self->words[i].capital && capital_at(self, first) &&
           self->words[i].classes & NAMES_PLACE_TAIL && (unsigned char)self->words[i].normal.at[0] >= 0xD0;
}

/* The token behind `i` that still belongs to a name begun at `first`, or 0 where the name must end. */
static uint32_t step(const names_text *self, uint32_t first, uint32_t i)
{
    if (i >= self->block_end || (i > first && self->tokens[i].sentence_start && self->words[i].capital) ||
        (i > first && self->words[i - 1].suffixed))
        return 0;
    if (capital_at(self, i))
        return i + 1;
    if (self->tokens[i].kind == RUNUT_TOKEN_NUMBER)
        return self->tokens[i].span.end - self->tokens[i].span.start <= 3 ? i + 1 : 0;
    if (is_word(self, i) && self->words[i].classes & (NAMES_PERSON_LINK | NAMES_ORG_LINK | NAMES_OF))
        return i + 1;
    if (is_word(self, i) && i > first && self->words[i].classes & NAMES_ARTICLE &&
        self->words[i - 1].classes & NAMES_OF && !self->words[i - 1].capital)
        return i + 1; /* "de la" */
    if (is_small_tail(self, first, i))
        return i + 1;
    if (is_filiation(self, i))
        return i + 3;
    if (i > first && (runut_names_mark(self, i, "'") || runut_names_mark(self, i, "’")) && touches(self, i) &&
        capital_at(self, i - 1) && capital_at(self, i + 1) &&
        runut_slice_ends(self->words[i - 1].normal, RUNUT_LITERAL("s")))
        return i + 1; /* "Fishers' Union" */
    if (runut_names_mark(self, i, "&/") || is_abbreviation_stop(self, i, first))
        return i + 1;
    if (runut_names_mark(self, i, ",") && list_inside(self, i, first))
        return i + 1;
    uint32_t bracket = bracket_inside(self, i);
    return bracket ? i + bracket : 0;
}

static bool may_end(const names_text *self, uint32_t first, uint32_t last)
{
    if (capital_at(self, last) || is_small_tail(self, first, last))
        return true;
    return self->tokens[last].kind == RUNUT_TOKEN_NUMBER && last > first && self->words[first].capital;
}

static void relax(const lattice *self, uint32_t end, names_label label, float score, uint32_t first, names_label before)
{
    cell *c = cell_at(self, end, label);
    if (score > c->score)
        *c = (cell){score, first, before};
    self->named[end - self->start] |= label != NAMES_OTHER;
}

/* Tries [first, end) under every label after every label that may end at `first`. */
static void try_segment(const lattice *self, uint32_t first, uint32_t end)
{
    float scores[NAMES_LABELS] = {0};
    runut_names_score(self->text, first, end, scores);
    bool suffixed = first > self->start && self->text->words[first - 1].suffixed;
    for (names_label label = NAMES_PERSON; label < NAMES_LABELS; label++) {
        if (scores[label] <= 0)
            continue;
        for (names_label before = NAMES_OTHER; before < NAMES_LABELS; before++)
            if (cell_at(self, first, before)->score > NEVER)
                relax(self, end, label,
                      cell_at(self, first, before)->score + scores[label] +
                          (suffixed ? 0 : runut_names_follows(before, label, self->text->words[first].title_before)),
                      first, before);
    }
}

/* A phrase of the tables that holds small words and a capital: "semenanjung Korea", "République démocratique du Congo".
 */
static void try_listed(const lattice *in, uint32_t first)
{
    const names_text *self = in->text;
    const names_word *word = &self->words[first];
    if (word->classes & NAMES_ADMIN) /* "pulau Flores" is "Flores" */
        return;
    for (uint32_t k = 0; k < word->match_count; k++) {
        const names_match *match = &self->matches.at[word->first_match + k];
        if (match->end > first + 1 && match->end <= self->block_end && match->entry->known &&
            ((word->capital && match->entry->known == NAMES_LISTED_ORG) || capital_at(self, match->end - 1)))
            try_segment(in, first, match->end);
    }
}

/* Where there are no capitals only the tables tell. */
static void try_caseless(const lattice *in, uint32_t first)
{
    const names_text *self = in->text;
    const names_word *word = &self->words[first];
    for (uint32_t k = 0; k < word->match_count; k++) {
        const names_match *match = &self->matches.at[word->first_match + k];
        if (match->entry->known && match->end <= self->block_end && !(match->entry->classes & NAMES_STOP))
            try_segment(in, first, match->end);
    }
}

/* A name whose head is written small: "tribunal de Nanterre", "río Júcar". */
static void try_low_head(const lattice *in, uint32_t first)
{
    const names_text *self = in->text;
    const names_word *word = &self->words[first];
    uint32_t i = first + 1;
    for (uint32_t k = 0; k < word->match_count; k++) {
        const names_match *match = &self->matches.at[word->first_match + k];
        if (match->entry->classes & (NAMES_LOW_HEAD | NAMES_LOW_PLACE) && match->end > i)
            i = match->end;
    }
    for (uint32_t most = first + SEGMENT_MOST; i < most && i < self->block_end;) {
        uint32_t next = step(self, first, i);
        if (next == 0 || next > most || next > self->block_end)
            break;
        if (capital_at(self, next - 1))
            try_segment(in, first, next);
        i = next;
    }
}

/* The token behind the small words at `i` that go on with a body's name: an adjective ("européenne"), or "of" and one
 * noun ("des comptes"); 0 = none. */
static uint32_t small_step(const names_text *self, uint32_t i)
{
    if (!is_word(self, i) || self->words[i].capital)
        return 0;
    if (self->words[i].classes & (NAMES_ORG_ADJ | NAMES_FIELD))
        return i + 1;
    uint32_t noun = i;
    while (noun < i + 2 && is_word(self, noun) && self->words[noun].classes & (NAMES_OF | NAMES_ARTICLE))
        noun++;
    bool plain = noun > i && self->words[i].classes & NAMES_OF && is_word(self, noun) && !self->words[noun].capital &&
                 !(self->words[noun].classes & (NAMES_STOP | NAMES_SAY | NAMES_IN));
    return plain ? noun + 1 : 0;
}

/* A body's name that goes on in small letters: "Institut de physique du globe". */
static void try_small_tail(const lattice *in, uint32_t first)
{
    const names_text *self = in->text;
    bool clear = first + 1 < self->block_end && self->words[first + 1].classes & (NAMES_FIELD | NAMES_ORG_ADJ);
    if (!(self->words[first].phrases & NAMES_ORG_HEAD) || (self->words[first].weak && !clear))
        return;
    bool small = false;
    for (uint32_t i = first + 1, most = first + SEGMENT_MOST; i < most && i < self->block_end;) {
        uint32_t next = small_step(self, i);
        small |= next > 0;
        if (next == 0)
            next = small || capital_at(self, i) ? step(self, first, i) : 0;
        if (next == 0 || next > most || next > self->block_end)
            return;
        bool noun = !(self->words[next - 1].classes & (NAMES_OF | NAMES_ARTICLE | NAMES_ORG_LINK));
        if (small && (capital_at(self, next - 1) || noun))
            try_segment(in, first, next);
        i = next;
    }
}

static void try_from(const lattice *in, uint32_t first)
{
    const names_text *self = in->text;
    if (!is_word(self, first))
        return;
    if (self->words[first].caseless) {
        try_caseless(in, first);
        return;
    }
    if (!self->words[first].capital) {
        try_listed(in, first);
        if (self->words[first].phrases & (NAMES_LOW_HEAD | NAMES_LOW_PLACE))
            try_low_head(in, first);
        return;
    }
    if (self->words[first].match_count > 1)
        try_listed(in, first);
    try_small_tail(in, first);
    for (uint32_t i = first; i < first + SEGMENT_MOST;) {
        uint32_t next = step(self, first, i);
        if (next == 0 || next > first + SEGMENT_MOST || next > self->block_end)
            break;
        if (may_end(self, first, next - 1))
            try_segment(in, first, next);
        i = next;
    }
}

/* Appends the best segments of the block, in order. */
static void backtrack(names_text *self, const cell *cells, uint32_t start, uint32_t end)
{
    names_label label = NAMES_OTHER;
    for (names_label l = NAMES_PERSON; l < NAMES_LABELS; l++)
        if (cells[(size_t)(end - start) * NAMES_LABELS + l].score >
            cells[(size_t)(end - start) * NAMES_LABELS + label].score)
            label = l;
    size_t from = self->segments.size;
    while (end > start) {
        const cell *c = &cells[(size_t)(end - start) * NAMES_LABELS + label];
        const cell *before = &cells[(size_t)(c->first - start) * NAMES_LABELS + c->before];
        if (label != NAMES_OTHER)
            RUNUT_PUSH(self->arena, self->segments, ((names_segment){c->first, end, label, c->score - before->score}));
        end = c->first;
        label = c->before;
    }
    for (size_t k = self->segments.size; from + 1 < k; from++) {
        names_segment swap = self->segments.at[from];
        self->segments.at[from] = self->segments.at[--k];
        self->segments.at[k] = swap;
    }
}

/* What it costs to end a name before a word that could go on with it. */
static float left_behind(const names_text *self, uint32_t i)
{
    if (!capital_at(self, i) || self->words[i].caseless || (i > 0 && self->words[i - 1].suffixed))
        return 0;
    bool title =
        self->words[i].title_end && i + 1 < self->count && (capital_at(self, i + 1) || self->words[i].title_end > 1);
    return title || self->words[i].weak ? 0.2f : 1.2f;
}

/* Token `i` is no name, whatever ended before it. */
static void leave(const lattice *in, uint32_t i)
{
    const cell *here = cell_at(in, i, NAMES_OTHER);
    if (!in->named[i - in->start]) {
        relax(in, i + 1, NAMES_OTHER, here->score, i, NAMES_OTHER);
        return;
    }
    float cost = left_behind(in->text, i);
    for (names_label before = NAMES_OTHER; before < NAMES_LABELS; before++) {
        bool name = before != NAMES_OTHER && before != NAMES_ROLE;
        if (here[before].score > NEVER)
            relax(in, i + 1, NAMES_OTHER, here[before].score - (name ? cost : 0), i, before);
    }
}

static void decode_block(names_text *self, cell *cells, uint32_t start)
{
    bool named[BLOCK_MOST + 1];
    memset(named, 0, self->block_end - start + 1);
    for (size_t i = 0; i < ((size_t)(self->block_end - start) + 1) * NAMES_LABELS; i++)
        cells[i].score = NEVER;
    cells[NAMES_OTHER].score = 0;
    lattice in = {self, cells, named, start};
    for (uint32_t i = start; i < self->block_end; i++) {
        leave(&in, i);
        try_from(&in, i);
    }
    backtrack(self, cells, start, self->block_end);
}

static void decode(names_text *self, cell *cells)
{
    self->segments.size = 0;
    runut_names_score_begin(self);
    for (uint32_t start = 0; start < self->count; start = self->block_end) {
        uint32_t end = start + 1;
        while (end < self->count && end - start < BLOCK_MOST &&
               self->tokens[end].sentence == self->tokens[start].sentence)
            end++;
        self->block_end = end;
        decode_block(self, cells, start);
    }
}

/* Clear mentions of several words, or known ones, vote for their words. */
static void vote(names_text *self)
{
    for (size_t i = 0; i < runut_map_size(self->index); i++)
        RUNUT_APPEND(self->arena, self->votes);
    for (size_t s = 0; s < self->segments.size; s++) {
        const names_segment *segment = &self->segments.at[s];
        if (segment->score < 1.2f || segment->label == NAMES_ROLE)
            continue;
        for (uint32_t i = segment->first; i < segment->end; i++) {
            uint32_t number = capital_at(self, i) ? self->words[i].number : 0;
            uint32_t classes = self->words[i].classes;
            if (!number || (classes & (NAMES_GENERAL | NAMES_STOP) && !(classes & (NAMES_GIVEN | NAMES_FAMILY))))
                continue;
            names_votes *votes = &self->votes.at[number - 1];
            float weight = segment->label == NAMES_PERSON ? 1.3f : 0.9f;
            votes->of[segment->label] =
                votes->of[segment->label] + weight > 1.8f ? 1.8f : votes->of[segment->label] + weight;
        }
    }
    self->voted = true;
}

/* Does the tagger's name at `i` tell what its word alone stands for? Every word of a person does, of others only names
 * of one word. */
static bool tells(const names_text *self, uint32_t i)
{
    uint8_t label = self->tags->labels[i];
    bool alone = label % 2 && (i + 1 == self->count || self->tags->labels[i + 1] != label + 1);
    return self->words[i].normal.size > 2 && !(self->words[i].classes & (NAMES_GENERAL | NAMES_STOP)) &&
           (alone || (label + 1) / 2 == 1);
}

/* Names that the tagger knows first and leaves out later: "Fransiskus Lado … Fransiskus". */
static void spread_tags(const names_text *self)
{
    uint8_t *kinds = runut_arena_alloc(self->arena, runut_map_size(self->index) + 2), *labels = self->tags->labels;
    for (uint32_t i = 0; i < self->count; i++) {
        uint32_t number = capital_at(self, i) ? self->words[i].number : 0;
        bool beside = (i > 0 && labels[i - 1]) || (i + 1 < self->count && (labels[i + 1] || capital_at(self, i + 1)));
        if (number && labels[i] && tells(self, i))
            kinds[number] = labels[i] % 2 ? labels[i] : (uint8_t)(labels[i] - 1);
        else if (number && !labels[i] && !beside)
            labels[i] = kinds[number];
    }
}

/* The tagger's names as segments. */
static void take_tags(names_text *self)
{
    static const names_label kinds[NAMES_TAGS] = {NAMES_PERSON, NAMES_ORG, NAMES_PLACE};
    spread_tags(self);
    self->segments.size = 0;
    for (uint32_t i = 0, end; i < self->count; i = end) {
        uint8_t label = self->tags->labels[i];
        end = i + 1;
        if (label % 2 == 0)
            continue;
        while (end < self->count && end - i < TAGGED_MOST && self->tags->labels[end] == label + 1)
            end++;
        names_label kind = kinds[label / 2];
        names_segment segment = {i, end, kind, runut_names_tagged(self->tags, i, end, kind)};
        RUNUT_PUSH(self->arena, self->segments, segment);
    }
}

static cell *cells_of(const names_text *self)
{
    uint32_t borders = (self->count < BLOCK_MOST ? self->count : BLOCK_MOST) + 1;
    return runut_arena_take(self->arena, (size_t)borders * NAMES_LABELS * sizeof(cell));
}

void runut_names_segment(names_text *self)
{
    cell *cells = cells_of(self);
    decode(self, cells);
    if (self->tagger)
        self->tags = runut_names_tag(self->tagger, self);
    if (self->led) {
        take_tags(self);
        return;
    }
    vote(self);
    decode(self, cells);
}
