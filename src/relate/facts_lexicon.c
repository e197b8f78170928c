/* The table of words around numbers. One article needs the rows of its own language only, a few hundred words, so the
 * lexicon is of one language (digester.c keeps them): a word that means something else elsewhere ("once", "due", "mil")
 * cannot mislead. Open addressing; a word may have several entries. */
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "relate/facts.h"

enum { PHRASE_WORDS = 3, PREFIX_LEAST = 3, BEGIN_MOST = 3, BEGINNINGS = 1 << 13 };

struct runut_fact_lexicon {
    runut_arena *arena;
    runut_fact_word *slots; /* label.at == NULL = free */
    size_t size, capacity;
    /* By what the first word begins with, a bit for each kind that has such an entry; one that is a prefix; one of
     * several words. */
    uint8_t begins[BEGINNINGS], prefixes[BEGINNINGS], phrases[BEGINNINGS];
};

static uint64_t fnv(uint64_t hash, runut_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001b3u;
    return hash;
}

#define FNV_START 0xcbf29ce484222325u

/* FNV's low bits are weak; kind and prefix are part of the key. */
static uint64_t slot_key(uint64_t hash, runut_fact_kind kind, bool prefix)
{
    hash ^= ((uint64_t)kind * 2 + prefix + 1) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    return hash ^ hash >> 29;
}

/* Place of the first `size` bytes of a word among the beginnings: nearly all words are told off by theirs. */
static size_t begin_place(runut_slice word, size_t size)
{
    uint32_t bytes = (uint32_t)size;
    for (size_t i = 0; i < size; i++)
        bytes = bytes << 8 | (unsigned char)word.at[i];
    return (uint32_t)(bytes * 0x9e3779b1u) >> 19;
}

static size_t place_of(runut_slice word)
{
    return begin_place(word, word.size < BEGIN_MOST ? word.size : BEGIN_MOST);
}

bool runut_fact_word_may_begin(const runut_fact_lexicon *self, runut_slice word, runut_fact_kind kind)
{
    for (size_t size = 0; size <= BEGIN_MOST && size <= word.size; size++)
        if (self->begins[begin_place(word, size)] >> kind & 1)
            return true;
    return false;
}

static void put(runut_fact_lexicon *self, runut_fact_word word)
{
    size_t i = (size_t)word.hash & (self->capacity - 1);
    while (self->slots[i].label.at)
        i = (i + 1) & (self->capacity - 1);
    self->slots[i] = word;
}

static void add(runut_fact_lexicon *self, runut_fact_word word)
{
    if (self->size * 2 >= self->capacity) {
        runut_fact_word *old = self->slots;
        size_t count = self->capacity;
        self->capacity = count ? count * 2 : 2048;
        self->slots = runut_arena_alloc(self->arena, self->capacity * sizeof *old);
        for (size_t i = 0; i < count; i++)
            if (old[i].label.at)
                put(self, old[i]);
    }
    put(self, word);
    self->size++;
}

static uint32_t bit_of(runut_slice name, const char *const *names, const uint32_t *bits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (runut_slice_is(name, names[i]))
            return bits[i];
    return 0;
}

static uint32_t cue_of(runut_slice name)
{
    static const char *const names[] = {"approximate", "negated", "before", "part",           "to",
                                        "namely",      "and",     "change", "clock",          "zone",
                                        "am",          "pm",      "level",  "ordinal prefix", "ordinal suffix"};
    static const uint32_t bits[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384};
    return bit_of(name, names, bits, sizeof bits / sizeof *bits);
}

static uint32_t number_of(runut_slice name)
{
    static const char *const names[] = {"add", "teen", "times", "scale", "ordinal", "article"};
    static const uint32_t how[] = {0, 1, 2, 3, 4, 5};
    return bit_of(name, names, how, sizeof how / sizeof *how);
}

static uint32_t subject_flags(runut_slice extra)
{
    static const char *const names[] = {"count",  "money", "percent", "length", "duration", "term", "times",
                                        "minute", "other", "strict",  "toll",   "strong",   "wide", "state"};
    static const uint32_t bits[] = {RUNUT_FITS_COUNT,    RUNUT_FITS_MONEY,     RUNUT_FITS_PERCENT, RUNUT_FITS_LENGTH,
                                    RUNUT_FITS_DURATION, RUNUT_FITS_TERM,      RUNUT_FITS_TIMES,   RUNUT_FITS_MINUTE,
                                    RUNUT_FITS_OTHER,    RUNUT_SUBJECT_STRICT, RUNUT_SUBJECT_TOLL, RUNUT_SUBJECT_STRONG,
                                    RUNUT_SUBJECT_WIDE,  RUNUT_SUBJECT_STATE};
    uint32_t flags = 0;
    for (runut_slice name; runut_slice_field(&extra, ' ', &name);)
        flags |= bit_of(name, names, bits, sizeof bits / sizeof *bits);
    return flags;
}

static uint32_t unit_flags(runut_slice key, runut_slice extra)
{
    static const char *const names[] = {"metre", "percent", "second", "month", "times"};
    static const uint32_t bits[] = {RUNUT_FITS_LENGTH, RUNUT_FITS_PERCENT, RUNUT_FITS_DURATION, RUNUT_FITS_TERM,
                                    RUNUT_FITS_TIMES};
    if (runut_slice_is(extra, "money"))
        return RUNUT_FITS_MONEY;
    uint32_t bit = bit_of(key, names, bits, sizeof bits / sizeof *bits);
    return bit ? bit : RUNUT_FITS_OTHER;
}

/* "1e3", "0.3048", "60": all that the table holds. */
static double factor_of(runut_slice text)
{
    double value = 0, place = 0;
    int power = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        if (c == '.')
            place = 1;
        else if (c == 'e') {
            for (i++; i < text.size; i++)
                power = power * 10 + (text.at[i] - '0');
        } else if (runut_is_digit((unsigned char)c)) {
            value = value * 10 + (c - '0');
            place *= 10;
        }
    }
    if (place > 1)
        value /= place;
    for (; power > 0; power--)
        value *= 10;
    return value;
}

static bool speaks(runut_slice languages, runut_slice language)
{
    if (runut_slice_is(languages, "*"))
        return true;
    for (runut_slice one; runut_slice_field(&languages, ' ', &one);)
        if (runut_slice_equal(one, language))
            return true;
    return false;
}

static void add_word(runut_fact_lexicon *self, runut_fact_kind kind, const runut_slice *fields, runut_slice word)
{
    runut_fact_word entry = {.label = fields[1], .value = 1};
    size_t equals = kind == RUNUT_FACT_NUMBER ? runut_slice_find(word, RUNUT_LITERAL("="), 0) : SIZE_MAX;
    if (equals != SIZE_MAX) {
        entry.value = factor_of(runut_slice_part(word, equals + 1, word.size));
        word = runut_slice_part(word, 0, equals);
    }
    bool prefix = runut_slice_ends(word, RUNUT_LITERAL("*"));
    if (prefix)
        word.size--;
    if (kind == RUNUT_FACT_UNIT && !runut_slice_is(fields[2], "money"))
        entry.value = factor_of(fields[2]);
    entry.flags = kind == RUNUT_FACT_CUE       ? cue_of(fields[1])
                  : kind == RUNUT_FACT_SUBJECT ? subject_flags(fields[2])
                  : kind == RUNUT_FACT_UNIT    ? unit_flags(fields[1], fields[2])
                                               : 1;
    entry.key = kind == RUNUT_FACT_NUMBER ? number_of(fields[1]) : (uint32_t)runut_slice_hash(fields[1]);
    entry.hash = slot_key(fnv(FNV_START, word), kind, prefix);
    add(self, entry);
    runut_slice rest = word, first = word;
    runut_slice_field(&rest, ' ', &first);
    uint8_t bit = (uint8_t)(1u << kind);
    self->begins[place_of(first)] |= bit;
    self->prefixes[place_of(first)] |= prefix ? bit : 0;
    self->phrases[place_of(first)] |= first.size < word.size ? bit : 0;
}

static bool kind_of(runut_slice name, runut_fact_kind *kind)
{
    static const char *const names[] = {"number", "unit", "subject", "cue"};
    for (int i = 0; i < 4; i++)
        if (runut_slice_is(name, names[i])) {
            *kind = (runut_fact_kind)i;
            return true;
        }
    return false;
}

runut_fact_lexicon *runut_fact_lexicon_new(runut_arena *arena, runut_slice language)
{
    runut_fact_lexicon *self = runut_arena_alloc(arena, sizeof *self);
    self->arena = arena;
    self->capacity = 2048;
    self->slots = runut_arena_alloc(arena, self->capacity * sizeof *self->slots);
    runut_slice rest = runut_data("facts.tsv"), fields[5], first = language;
    runut_slice_field(&language, '-', &first);
    if (first.size == 0 || runut_slice_is(first, "und"))
        first = RUNUT_LITERAL("en");
    while (runut_data_row(&rest, fields, 5)) {
        runut_fact_kind kind;
        if (!speaks(fields[3], first) || !kind_of(fields[0], &kind))
            continue;
        for (runut_slice word; runut_slice_field(&fields[4], ',', &word);)
            add_word(self, kind, fields, runut_slice_trim(word));
    }
    return self;
}

static const runut_fact_word *find(const runut_fact_lexicon *self, uint64_t hash, runut_fact_kind kind, bool prefix,
                                   uint32_t fits)
{
    hash = slot_key(hash, kind, prefix);
    for (size_t i = (size_t)hash & (self->capacity - 1); self->slots[i].label.at; i = (i + 1) & (self->capacity - 1))
        if (self->slots[i].hash == hash && (self->slots[i].flags & fits))
            return &self->slots[i];
    return NULL;
}

const runut_fact_word *runut_fact_word_find(const runut_fact_lexicon *self, runut_slice folded, runut_fact_kind kind,
                                            uint32_t fits)
{
    enum { LONGEST = 48 };
    size_t place = place_of(folded);
    if (!(self->begins[place] >> kind & 1))
        return NULL;
    const runut_fact_word *word = find(self, fnv(FNV_START, folded), kind, false, fits);
    uint64_t hash = FNV_START;
    if (word || folded.size > LONGEST || !(self->prefixes[place] >> kind & 1))
        return word;
    for (size_t i = 0, next; i < folded.size; i = next) {
        next = i + 1;
        while (next < folded.size && ((unsigned char)folded.at[next] & 0xC0) == 0x80)
            next++;
        hash = fnv(hash, runut_slice_part(folded, i, next));
        const runut_fact_word *longer = next >= PREFIX_LEAST ? find(self, hash, kind, true, fits) : NULL;
        word = longer ? longer : word;
    }
    return word;
}

runut_slice runut_fact_text(const runut_annotation *annotation, size_t token)
{
    enum { LONGEST = 64 }; /* no word of the table is longer; keeps hostile ones cheap */
    const runut_token *t = &annotation->tokens.at[token];
    runut_slice text = t->folded.size ? t->folded : runut_slice_part(annotation->body, t->span.start, t->span.end);
    return runut_slice_part(text, 0, LONGEST);
}

const runut_fact_word *runut_fact_word_at(const runut_fact_lexicon *self, const runut_annotation *annotation, size_t at,
                                          runut_fact_kind kind, uint32_t fits, size_t *length)
{
    runut_slice first = runut_fact_text(annotation, at);
    *length = 1;
    size_t place = place_of(first);
    if (!(self->begins[place] >> kind & 1))
        return NULL;
    const runut_fact_word *best = runut_fact_word_find(self, first, kind, fits);
    if (!(self->phrases[place] >> kind & 1))
        return best;
    uint64_t hash = fnv(FNV_START, first);
    for (size_t n = 1; n < PHRASE_WORDS && at + n < annotation->tokens.size; n++) {
        const runut_token *next = &annotation->tokens.at[at + n];
        if (next->kind == RUNUT_TOKEN_NUMBER || next->sentence != annotation->tokens.at[at].sentence)
            break;
        hash = fnv(fnv(hash, RUNUT_LITERAL(" ")), runut_fact_text(annotation, at + n));
        const runut_fact_word *word = find(self, hash, kind, false, fits);
        if (word) {
            best = word;
            *length = n + 1;
        }
    }
    return best;
}
