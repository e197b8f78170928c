/* What the learned tagger sees of a token: numbers of hashed features. tools/name_features.c prints them for training,
 * names_tagger.c adds up their weights, so that both sides see the same.
 *
 * Features are the word and its neighbours, its ends, how they are written, their classes in the tables, the known
 * names they belong to, the run of capitalized words around the token, and what the rules of names_score.c make of it
 * at first sight, so that training finds out where they are to be trusted. Every word is hashed once; a feature
 * mixes such a hash with its own number. */
#include "annotate/names_parts.h"
#include "base/slice.h"

enum {
    REACH = 2, /* tokens: how near to a capital a token must be to be looked at */
    OUTSIDE_BEFORE = 8,
    OUTSIDE_BEHIND = 9 /* shapes beyond the text */
};

struct names_view {
    uint64_t hash;     /* of the word */
    uint8_t shape;     /* how it is written */
    uint8_t known;     /* what known name it belongs to */
    bool quoted;       /* inside of quotation marks */
    uint8_t ruled;     /* the rules' segment: its label, whether it begins or ends here, how good it is */
    uint32_t run, end; /* the run of capitals around it */
};

static uint8_t shape_of(const runut_token *token)
{
    uint32_t length = token->span.end - token->span.start;
    if (token->kind != RUNUT_TOKEN_WORD)
        return token->kind == RUNUT_TOKEN_NUMBER ? 1 : 2;
    if (token->all_upper)
        return length < 6 ? 3 : 4;
    return token->upper ? (length < 4 ? 5 : 6) : 7;
}

static uint64_t hash_of(const names_text *self, uint32_t i)
{
    if (self->tokens[i].kind == RUNUT_TOKEN_NUMBER)
        return 1;
    runut_slice word = self->words[i].normal;
    return runut_slice_hash(word.size ? word : runut_names_text(self, i, i + 1));
}

/* Names of the tables: the longest from the left, none over another. */
static void view_known(const names_text *self, names_view *views)
{
    uint32_t until = 0;
    for (uint32_t i = 0; i < self->count; i++) {
        const names_word *word = &self->words[i];
        uint32_t best = 0;
        names_known known = NAMES_UNKNOWN;
        for (uint32_t k = 0; k < word->match_count; k++) {
            const names_match *match = &self->matches.at[word->first_match + k];
            bool fits = !match->entry->capitals || self->tokens[i].all_upper;
            if (match->entry->known && match->end > best && fits) {
                best = match->end;
                known = match->entry->known;
            }
        }
        if (best <= until || best <= i)
            continue;
        for (uint32_t k = i; k < best; k++)
            views[k].known = (uint8_t)(known * 4 + (k == i) + (best - i > 1) * 2);
        until = best;
    }
}

/* Runs of capitalized words and numbers. */
static void view_runs(const names_text *self, names_view *views)
{
    for (uint32_t i = 0, end; i < self->count; i = end) {
        end = i + 1;
        views[i].run = UINT32_MAX;
        if (!self->words[i].capital)
            continue;
        while (end < self->count && !self->tokens[end].sentence_start &&
               (self->words[end].capital || self->tokens[end].kind == RUNUT_TOKEN_NUMBER))
            end++;
        for (uint32_t k = i; k < end; k++) {
            views[k].run = i;
            views[k].end = end;
        }
    }
}

/* What the rules take the tokens for: the label's number, begins and ends in one bit each, and how surely in two. */
static void view_rules(const names_text *self, names_view *views)
{
    for (size_t k = 0; k < self->segments.size; k++) {
        const names_segment *s = &self->segments.at[k];
        uint8_t sure = s->score < 0.5f ? 0 : s->score < 1.2f ? 1 : s->score < 2.2f ? 2 : 3;
        for (uint32_t i = s->first; i < s->end; i++)
            views[i].ruled = (uint8_t)(s->label << 4 | (i == s->first) << 3 | (i + 1 == s->end) << 2 | sure);
    }
}

names_view *runut_names_view(const names_text *self)
{
    names_view *views = runut_arena_alloc(self->arena, ((size_t)self->count + 1) * sizeof *views);
    for (uint32_t i = 0, inside = 0; i < self->count; i++) {
        views[i].hash = hash_of(self, i);
        views[i].shape = shape_of(&self->tokens[i]);
        inside ^= runut_names_mark(self, i, "\"`");
        views[i].quoted = inside;
    }
    view_known(self, views);
    view_runs(self, views);
    view_rules(self, views);
    return views;
}

bool runut_names_in_view(const names_text *self, uint32_t i)
{
    for (uint32_t k = i > REACH ? i - REACH : 0; k <= i + REACH && k < self->count; k++)
        if (self->words[k].capital && !self->words[k].caseless)
            return true;
    return false;
}

/* ---- one token ---- */

typedef struct looker {
    const names_text *text;
    const names_view *views;
    names_features *out;
} looker;

static void add(const looker *self, uint64_t kind, uint64_t value)
{
    uint64_t mixed = (value ^ kind * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
    mixed = (mixed ^ mixed >> 32) * 0xC4CEB9FE1A85EC53u;
    if (self->out->size < NAMES_FEATURES_MOST)
        self->out->buckets[self->out->size++] = (uint32_t)(mixed >> (64 - NAMES_BUCKET_BITS));
}

static uint64_t hash_at(const looker *self, int64_t i)
{
    return i < 0 ? 2 : i >= self->text->count ? 3 : self->views[i].hash;
}

static uint64_t shape_at(const looker *self, int64_t i)
{
    return i < 0 ? OUTSIDE_BEFORE : i >= self->text->count ? OUTSIDE_BEHIND : self->views[i].shape;
}

static uint64_t known_at(const looker *self, int64_t i)
{
    return i < 0 || i >= self->text->count ? 99 : self->views[i].known;
}

static void add_words(const looker *self, int64_t i)
{
    add(self, 1, 0);
    for (int64_t back = -2; back <= 2; back++)
        add(self, (uint64_t)(4 + back), hash_at(self, i + back));
}

/* Up to four bytes at both ends. */
static void add_ends(const looker *self, runut_slice word)
{
    uint64_t before = 0, behind = 0;
    for (size_t n = 0; n < 4 && n + 1 < word.size; n++) {
        before = before << 8 | (unsigned char)word.at[n];
        behind = behind << 8 | (unsigned char)word.at[word.size - 1 - n];
        add(self, 10 + n, before);
        add(self, 14 + n, behind);
    }
}

static void add_shapes(const looker *self, int64_t i)
{
    uint64_t own = shape_at(self, i), before = shape_at(self, i - 1), after = shape_at(self, i + 1);
    const names_word *word = &self->text->words[i];
    add(self, 20, own | (uint64_t)self->text->tokens[i].sentence_start << 8);
    add(self, 21, own | before << 8 | after << 16);
    add(self, 22, own | before << 8 | after << 16 | shape_at(self, i - 2) << 24 | shape_at(self, i + 2) << 32);
    add(self, 23, own | before << 8);
    add(self, 24, own | after << 8);
    add(self, 25, word->title_before);
    add(self, 26, word->place_before | (uint64_t)word->quoted << 1 | (uint64_t)word->inside << 2);
    add(self, 27,
        word->lower_elsewhere | (uint64_t)word->upper_elsewhere << 1 | (uint64_t)word->weak << 2 |
            (uint64_t)self->views[i].quoted << 3);
}

static void add_bits(const looker *self, uint64_t kind, uint32_t bits)
{
    for (; bits; bits &= bits - 1)
        add(self, kind, (uint64_t)(uint32_t)__builtin_ctz(bits));
}

static void add_tables(const looker *self, int64_t i)
{
    const names_word *word = &self->text->words[i];
    add_bits(self, 30, word->classes);
    add_bits(self, 31, word->phrases & ~word->classes);
    if (i > 0)
        add_bits(self, 32, word[-1].classes);
    if (i + 1 < self->text->count)
        add_bits(self, 33, word[1].classes);
    add(self, 34, known_at(self, i));
    add(self, 35, known_at(self, i) | known_at(self, i - 1) << 8 | known_at(self, i + 1) << 16);
}

static uint64_t ruled_at(const looker *self, int64_t i)
{
    return i < 0 || i >= self->text->count ? 0 : self->views[i].ruled;
}

static void add_rules(const looker *self, int64_t i)
{
    uint64_t own = ruled_at(self, i), kind = own >> 3;
    add(self, 60, own);
    add(self, 61, kind | (ruled_at(self, i - 1) >> 4) << 8 | (ruled_at(self, i + 1) >> 4) << 16);
    add(self, 62, kind | shape_at(self, i) << 8);
    add(self, 63, own >> 2 | known_at(self, i) << 8);
}

/* Two words on one side, and what the tables know behind the word before. */
static void add_pairs(const looker *self, int64_t i)
{
    uint32_t named = self->text->words[i].classes & (NAMES_GIVEN | NAMES_FAMILY);
    add(self, 70, hash_at(self, i - 2) * 31 + hash_at(self, i - 1));
    add(self, 71, hash_at(self, i + 1) * 31 + hash_at(self, i + 2));
    add(self, 72, known_at(self, i) + hash_at(self, i - 1) * 31);
    add(self, 73, named + hash_at(self, i - 1) * 31);
}

static void add_run(const looker *self, int64_t i)
{
    const names_view *view = &self->views[i];
    if (view->run == UINT32_MAX)
        return;
    int64_t run = view->run, end = view->end, offset = i - run, length = end - run;
    add(self, 50, hash_at(self, run) + (uint64_t)(offset > 3 ? 3 : offset));
    add(self, 51, hash_at(self, run));
    add(self, 52, hash_at(self, run - 1) + (i == run));
    add(self, 53, hash_at(self, end) + (i + 1 == end));
    add(self, 54, hash_at(self, end - 1) + (i + 1 == end));
    add(self, 55, (uint64_t)((length > 6 ? 6 : length) | (offset > 4 ? 4 : offset) << 4));
}

void runut_names_features(const names_text *text, const names_view *views, uint32_t i, names_features *out)
{
    looker self = {text, views, out};
    out->size = 0;
    add_words(&self, i);
    add_ends(&self, text->words[i].normal);
    add_shapes(&self, i);
    add_tables(&self, i);
    add_run(&self, i);
    add_rules(&self, i);
    add_pairs(&self, i);
}
