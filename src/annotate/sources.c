/* Whom a report has its news from, nearest first: credits of the whole report, then the carriers that its sentences
 * name, in the order of the first naming (within a sentence: see source_hits.c), last what carries no news but records:
 * journals, and exchanges with their disclosures. The outlet itself is none of its own sources. */
#include "annotate/sources.h"
#include "annotate/stage.h"
#include "base/slice.h"

enum { SOURCES_MOST = 64 };

typedef struct chain {
    runut_sourcing *self;
    runut_map *seen;
    bool records; /* the pass that takes journals and exchanges */
} chain;

static void flag(const runut_sourcing *self, runut_span span, size_t *token, uint8_t flags)
{
    const runut_tokens *tokens = self->tokens;
    while (*token < tokens->size && tokens->at[*token].span.end <= span.start)
        ++*token;
    for (size_t i = *token; i < tokens->size && tokens->at[i].span.start < span.end; i++)
        self->flags[i] |= flags;
}

static bool is_country(runut_slice key)
{
    return key.size == 2 && (unsigned)(key.at[0] - 'A') < 26 && (unsigned)(key.at[1] - 'A') < 26;
}

/* What the modules before know of each token. */
static void flag_all(runut_sourcing *self)
{
    const runut_annotation *a = self->annotation;
    size_t token = 0;
    uint8_t *often = runut_arena_alloc(self->arena, a->names.size + 1);
    memset(often, 0, a->names.size + 1);
    for (size_t i = 0; i < a->mentions.size; i++)
        if (often[a->mentions.at[i].name] < 2)
            often[a->mentions.at[i].name]++;
    for (size_t i = 0; i < a->mentions.size; i++) {
        const runut_name *name = &a->names.at[a->mentions.at[i].name];
        uint8_t flags = name->kind == RUNUT_PERSON  ? RUNUT_TOKEN_PERSON
                        : name->kind == RUNUT_PLACE ? RUNUT_TOKEN_PLACE
                                                    : 0;
        if (is_country(name->key))
            flags |= RUNUT_TOKEN_COUNTRY;
        if (name->kind == RUNUT_PERSON && often[a->mentions.at[i].name] > 1)
            flags |= RUNUT_TOKEN_ACTS_PERSON;
        flag(self, a->mentions.at[i].span, &token, flags);
        if (token < self->tokens->size && flags)
            self->flags[token] |= RUNUT_TOKEN_BEGINS;
    }
    token = 0;
    for (size_t i = 0; i < a->statements.size; i++)
        if (!a->statements.at[i].indirect)
            flag(self, a->statements.at[i].span, &token, RUNUT_TOKEN_QUOTED);
}

/* "The Times" after "Los Angeles Times", or in the New York Times: the short form of a name that is there already. */
static bool is_short_form(const chain *to, const runut_carrier *carrier)
{
    const runut_sourcing *self = to->self;
    runut_slice rest = carrier->printed.size ? carrier->printed : carrier->name;
    if (!runut_slice_starts_nocase(rest, RUNUT_LITERAL("the ")) ||
        runut_slice_find(rest, RUNUT_LITERAL(" "), 4) != SIZE_MAX)
        return false;
    runut_slice key = runut_agencies_key(self->arena, rest);
    for (size_t i = 0; i < self->annotation->sources.size; i++)
        if (runut_slice_ends(runut_agencies_key(self->arena, self->annotation->sources.at[i].key), key))
            return true;
    return runut_slice_ends(self->own, key);
}

static void push(chain *to, const runut_carrier *carrier, bool in_body)
{
    runut_sourcing *self = to->self;
    runut_annotation *a = self->annotation;
    bool record = carrier->kind >= RUNUT_CARRIER_JOURNAL, is_new;
    if (record != to->records || carrier->anaphor || a->sources.size >= SOURCES_MOST ||
        runut_carrier_is_self(self, carrier) || is_short_form(to, carrier))
        return;
    runut_map_put(to->seen, runut_agencies_key(self->arena, carrier->name), &is_new);
    if (!is_new)
        return;
    runut_source source = {.name = runut_carrier_shown(self, carrier),
                           .key = carrier->name,
                           .text = carrier->printed.size ? carrier->printed : carrier->name,
                           .agency = carrier->kind == RUNUT_CARRIER_AGENCY};
    if (in_body) {
        size_t first = carrier->cue_first < carrier->first ? carrier->cue_first : carrier->first;
        size_t end = carrier->cue_end > carrier->end ? carrier->cue_end : carrier->end;
        source.span = (runut_span){self->tokens->at[first].span.start, self->tokens->at[end - 1].span.end};
        source.text = runut_slice_part(self->text, source.span.start, source.span.end);
    }
    RUNUT_PUSH(self->arena, a->sources, source);
}

static void read_sentences(runut_sourcing *self)
{
    const runut_annotation *a = self->annotation;
    for (size_t s = 0; s < a->sentences.size; s++) {
        size_t first = a->sentences.at[s].first_token, end = a->sentences.at[s].end_token;
        size_t first_carrier = self->carriers.size;
        runut_carriers_find(self, first, end);
        runut_hits_find(self, first, end, first_carrier);
    }
}

/* A title in quotation marks that a cue points at is nobody's words. */
static void drop_titles(runut_sourcing *self)
{
    runut_annotation *a = self->annotation;
    size_t kept = 0, c = 0;
    for (size_t i = 0; i < a->statements.size; i++) {
        const runut_statement *s = &a->statements.at[i];
        while (c < self->carriers.size && self->tokens->at[self->carriers.at[c].first].span.start < s->span.start)
            c++;
        const runut_carrier *carrier = c < self->carriers.size ? &self->carriers.at[c] : NULL;
        bool title = carrier && carrier->titled && carrier->hit && !s->indirect &&
                     self->tokens->at[carrier->first].span.start == s->span.start &&
                     self->tokens->at[carrier->end - 1].span.end == s->span.end;
        if (!title)
            a->statements.at[kept++] = *s;
    }
    a->statements.size = kept;
}

/* Carriers of one sentence after another into the chain. */
static void push_hits(chain *to)
{
    const runut_sourcing *self = to->self;
    const runut_annotation *a = self->annotation;
    for (size_t c = 0; c < self->carriers.size;) {
        uint32_t order[16];
        uint32_t sentence = self->tokens->at[self->carriers.at[c].first].sentence;
        size_t end = a->sentences.at[sentence].end_token, next = c;
        while (next < self->carriers.size && self->carriers.at[next].first < end)
            next++;
        size_t size = runut_hits_order(self, end, c, next, order);
        for (size_t i = 0; i < size; i++) {
            const runut_carrier *carrier = &self->carriers.at[order[i]];
            push(to, carrier, true);
            if (!self->nearest[sentence] && carrier->kind != RUNUT_CARRIER_EXCHANGE &&
                !runut_carrier_is_self(self, carrier))
                self->nearest[sentence] = order[i] + 1;
        }
        c = next;
    }
}

void runut_sources_annotate(const runut_agencies *agencies, runut_arena *arena, runut_annotation *annotation)
{
    const runut_tokens *tokens = &annotation->tokens;
    runut_sourcing self = {.tables = agencies,
                           .arena = arena,
                           .annotation = annotation,
                           .text = annotation->body,
                           .tokens = tokens,
                           .cues = runut_agencies_cues(agencies, annotation->language)};
    if (!self.cues)
        return;
    self.nearest = runut_arena_alloc(arena, (annotation->sentences.size + 1) * sizeof *self.nearest);
    self.flags = runut_arena_alloc(arena, tokens->size + 1);
    self.carrier_at = runut_arena_alloc(arena, (tokens->size + 1) * sizeof *self.carrier_at);
    self.canonical = runut_map_new(arena);
    flag_all(&self);
    runut_sourcing_look_up(&self);
    runut_credits_find(&self);
    read_sentences(&self);
    drop_titles(&self);
    chain all = {&self, runut_map_new(arena), false};
    for (int pass = 0; pass < 2; pass++, all.records = true) {
        for (size_t i = 0; i < self.credits.size; i++)
            push(&all, &self.credits.at[i], self.credits.at[i].described);
        push_hits(&all);
    }
    runut_via_set(&self);
}
