/* A word's runs of four letters, its beginning marked: ^min mini inis nist iste ster. How rare a run is in a language
 * is told by the words that it stands in (data/word_frequency.tsv), as in background.c.
 *
 * Two texts of one language are compared in its script. Where the languages differ all is written in Latin letters;
 * where one of them writes no vowels, these are left out of both. */
#include "relate/letters.h"

#include <math.h>
#include <stdlib.h>

#include "base/data.h"
#include "base/latin.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "relate/digest_parts.h"

enum { RUN = 4, MOST_LETTERS = 48, MOST_TOKENS = 4000, OPENING = 10, LEAD = 60, MOST_TABLES = 64, LONGEST_TAG = 3 };
static const float WORDS = 100, RAREST = 6;

typedef enum letter_script { AS_WRITTEN, LATIN, BONES } letter_script;

typedef struct run {
    uint32_t hash; /* 0 = free */
    float frequency;
} run;

/* Runs of one language in one script: an open-addressing table. */
typedef struct table {
    runut_slice language;
    letter_script script;
    run *slots;
    size_t mask, size;
} table;

struct runut_letters {
    runut_arena *arena;
    runut_latin *latin;
    table tables[MOST_TABLES];
    size_t size;
};

runut_letters *runut_letters_new(void)
{
    runut_letters *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->arena = runut_arena_new((size_t)256 << 20);
    self->latin = runut_latin_new();
    if (self->arena && self->latin)
        return self;
    runut_letters_free(self);
    return NULL;
}

void runut_letters_free(runut_letters *self)
{
    if (!self)
        return;
    runut_arena_free(self->arena);
    runut_latin_free(self->latin);
    free(self);
}

/* ---- runs of a word ---- */

/* Letters that are no base letter with a mark. */
static uint32_t base_letter(uint32_t code)
{
    switch (code) {
    case 0xDF: /* ß */
        return 's';
    case 0x131: /* ı */
        return 'i';
    case 0x142: /* ł */
        return 'l';
    case 0xF8: /* ø */
        return 'o';
    case 0x111: /* đ */
        return 'd';
    default:
        return code;
    }
}

static bool is_vowel(uint32_t code)
{
    return code == 'a' || code == 'e' || code == 'i' || code == 'o' || code == 'u';
}

/* The word's letters, '^' before them; how many. Bones are without vowels and without the second of two equal ones. */
static size_t letters_of(runut_latin *latin, runut_arena *arena, runut_slice word, letter_script script,
                         uint32_t letters[MOST_LETTERS])
{
    size_t n = 1;
    letters[0] = '^';
    word = runut_utf8_plain(arena, script == AS_WRITTEN ? word : runut_latin_word(latin, arena, word));
    for (size_t i = 0; i < word.size && n < MOST_LETTERS;) {
        uint32_t code = base_letter(runut_utf8_next(word, &i));
        if (script == BONES && (is_vowel(code) || code == '\'' || code == letters[n - 1]))
            continue;
        letters[n++] = code;
    }
    return n;
}

static uint32_t hash_of(const uint32_t *letters, size_t size)
{
    uint32_t hash = (uint32_t)runut_slice_hash((runut_slice){(const char *)letters, size * sizeof *letters});
    return hash + !hash;
}

/* A word of fewer letters is one run. */
static size_t runs_of(runut_latin *latin, runut_arena *arena, runut_slice word, letter_script script,
                      uint32_t runs[MOST_LETTERS])
{
    uint32_t letters[MOST_LETTERS];
    size_t size = letters_of(latin, arena, word, script, letters), n = 0;
    if (size <= 1)
        return 0;
    if (size <= RUN)
        runs[n++] = hash_of(letters, size);
    for (size_t i = 0; size > RUN && i + RUN <= size; i++)
        runs[n++] = hash_of(letters + i, RUN);
    return n;
}

/* ---- how rare they are ---- */

static run *find(const table *self, uint32_t hash)
{
    size_t i = (hash * 2654435761u) & self->mask;
    while (self->slots[i].hash && self->slots[i].hash != hash)
        i = (i + 1) & self->mask;
    return &self->slots[i];
}

static void grow(runut_arena *arena, table *self)
{
    table old = *self;
    self->mask = 2 * old.mask + 1;
    self->slots = runut_arena_alloc(arena, (self->mask + 1) * sizeof *self->slots);
    for (size_t i = 0; i <= old.mask; i++)
        if (old.slots[i].hash)
            *find(self, old.slots[i].hash) = old.slots[i];
}

static void add(runut_arena *arena, table *self, uint32_t hash, float frequency)
{
    run *slot = find(self, hash);
    if (!slot->hash) {
        slot->hash = hash;
        self->size++;
    }
    slot->frequency += frequency;
    if (2 * self->size > self->mask)
        grow(arena, self);
}

static void read_words(runut_letters *self, table *out, runut_slice words, float frequency)
{
    uint32_t runs[MOST_LETTERS];
    for (runut_slice word; runut_slice_field(&words, ' ', &word);) {
        size_t count = runs_of(self->latin, self->arena, word, out->script, runs);
        for (size_t i = 0; i < count; i++)
            add(self->arena, out, runs[i], frequency);
    }
}

static table read_table(runut_letters *self, runut_slice language, letter_script script)
{
    enum { FIRST = 1024 };
    const runut_table *all = runut_data_table("word_frequency.tsv");
    runut_slice fields[3], lines = {"", 0};
    table out = {.language = runut_arena_copy(self->arena, language), .script = script, .mask = FIRST - 1};
    out.slots = runut_arena_alloc(self->arena, FIRST * sizeof *out.slots);
    if (runut_data_find(all, language, fields, 1))
        lines = (runut_slice){fields[0].at, (size_t)(all->end - fields[0].at)};
    while (runut_data_row(&lines, fields, 3) && runut_slice_equal(fields[0], language)) {
        uint32_t tenths = 0;
        runut_slice_number(fields[1], &tenths);
        read_words(self, &out, fields[2], powf(10, (float)tenths / 10 - 9));
    }
    return out;
}

/* NULL where there is no room to remember it. */
static const table *table_of(runut_letters *self, runut_slice language, letter_script script)
{
    for (size_t i = 0; i < self->size; i++)
        if (self->tables[i].script == script && runut_slice_equal(self->tables[i].language, language))
            return &self->tables[i];
    if (self->size == MOST_TABLES || language.size > LONGEST_TAG || RUNUT_ARENA_TRY(self->arena) != 0)
        return NULL;
    self->tables[self->size] = read_table(self, language, script);
    return &self->tables[self->size++];
}

static float frequency(const table *self, uint32_t hash)
{
    return self ? find(self, hash)->frequency : 0;
}

/* ---- two texts ---- */

typedef struct pair {
    runut_letters *letters;
    runut_arena *arena;
    letter_script script;
    const table *a, *b; /* of the two languages */
} pair;

/* Of a run in a text of either language: as rare as in the one that has it more often. */
static float rarity(const pair *self, uint32_t hash)
{
    float x = frequency(self->a, hash), y = frequency(self->b, hash), most = x > y ? x : y;
    float idf = most > 0 ? -logf(1 - expf(-most * WORDS)) : RAREST;
    return idf < RAREST ? idf : RAREST;
}

static runut_slice first_part(runut_slice language)
{
    runut_slice first = {"", 0};
    runut_slice_field(&language, '-', &first);
    return first;
}

/* `tags` are parted by blanks. */
static bool is_one_of(runut_slice language, const char *tags)
{
    runut_slice rest = runut_slice_of(tags);
    for (runut_slice tag; runut_slice_field(&rest, ' ', &tag);)
        if (tag.size && runut_slice_equal(tag, language))
            return true;
    return false;
}

static bool writes_no_vowels(runut_slice language)
{
    return is_one_of(language, "ar fa he ur ps ug yi");
}

/* Their sounds are written by syllables or not at all. */
static bool writes_no_letters(runut_slice language)
{
    return is_one_of(language, "zh ja ko th lo km my");
}

static void add_word(const pair *self, runut_weights *out, const runut_token *t, float weight)
{
    uint32_t runs[MOST_LETTERS];
    size_t count = runs_of(self->letters->latin, self->arena, t->stem, self->script, runs);
    for (size_t i = 0; i < count; i++)
        RUNUT_PUSH(self->arena, *out, ((runut_weight){runs[i], weight}));
}

/* At most `most` words, the first `lead` of them twice as heavy. */
static runut_weights vector_of(const pair *self, const runut_tokens *tokens, size_t most, size_t lead)
{
    runut_weights out = {0};
    size_t words = 0;
    for (size_t i = 0; i < tokens->size && words < most; i++)
        if (tokens->at[i].kind != RUNUT_TOKEN_MARK)
            add_word(self, &out, &tokens->at[i], words++ < lead ? 2 : 1);
    runut_weights_gather(self->arena, &out);
    for (size_t i = 0; i < out.size; i++)
        out.at[i].weight = (1 + logf(out.at[i].weight)) * rarity(self, out.at[i].term);
    return out;
}

static float dot(const runut_weights *a, const runut_weights *b)
{
    float sum = 0;
    for (size_t i = 0, k = 0; i < a->size && k < b->size;) {
        uint32_t x = a->at[i].term, y = b->at[k].term;
        if (x == y)
            sum += a->at[i].weight * b->at[k].weight;
        i += x <= y;
        k += y <= x;
    }
    return sum;
}

static float cosine(const runut_weights *a, const runut_weights *b)
{
    float norms = sqrtf(dot(a, a) * dot(b, b));
    return norms > 0 ? dot(a, b) / norms : 0;
}

/* Of the weight of `some`, what `all` has too. */
static float share(const runut_weights *some, const runut_weights *all)
{
    float sum = 0, found = 0;
    for (size_t i = 0, k = 0; i < some->size; i++) {
        while (k < all->size && all->at[k].term < some->at[i].term)
            k++;
        sum += some->at[i].weight;
        found += k < all->size && all->at[k].term == some->at[i].term ? some->at[i].weight : 0;
    }
    return sum > 0 ? found / sum : 0;
}

static runut_weights opening_of(const pair *self, const runut_worded *text)
{
    bool headline = text->headline && text->headline->size;
    return vector_of(self, headline ? text->headline : text->body, headline ? MOST_LETTERS : OPENING, 0);
}

/* Words of the headline count as words of the text. */
static runut_weights with(const pair *self, runut_weights all, const runut_weights *opening)
{
    runut_weights out = {0};
    for (size_t i = 0; i < all.size; i++)
        RUNUT_PUSH(self->arena, out, all.at[i]);
    for (size_t i = 0; i < opening->size; i++)
        RUNUT_PUSH(self->arena, out, opening->at[i]);
    runut_weights_gather(self->arena, &out);
    return out;
}

runut_letter_match runut_letters_compare(runut_letters *letters, runut_arena *arena, const runut_worded *a,
                                         const runut_worded *b)
{
    runut_slice x = first_part(a->language), y = first_part(b->language);
    pair self = {letters, arena, AS_WRITTEN, NULL, NULL};
    if (!runut_slice_equal(x, y))
        self.script = writes_no_vowels(x) || writes_no_vowels(y) ? BONES : LATIN;
    self.a = table_of(letters, x, self.script);
    self.b = table_of(letters, y, self.script);
    runut_weights in_a = vector_of(&self, a->body, MOST_TOKENS, LEAD),
                  in_b = vector_of(&self, b->body, MOST_TOKENS, LEAD);
    runut_weights of_a = opening_of(&self, a), of_b = opening_of(&self, b);
    runut_weights all_a = with(&self, in_a, &of_a), all_b = with(&self, in_b, &of_b);
    return (runut_letter_match){.all = cosine(&in_a, &in_b),
                                .distant = self.script == BONES ||
                                           (self.script == LATIN && writes_no_letters(x) != writes_no_letters(y)),
                                .opening = (share(&of_a, &all_b) + share(&of_b, &all_a)) / 2};
}
