/* Words are runs of letters and digits, case folded; in scripts without blanks (Han, Kana, Thai, Khmer, …) every code
 * point with the two before it stands for a word. Every run of three words is hashed once and goes to one of 256 bins,
 * which keeps its least value: MinHash (Broder 1997) by one permutation (Li, Owen and Zhang 2012). Of each bin a byte
 * is kept (b-bit minwise hashing, Li and König 2010), which estimates the Jaccard similarity within ± .03; bins that
 * are empty in both texts say nothing and are left out, so that short texts are compared by all their runs.
 *
 *     text ─→ words ─┬─ runs of 3 ─→ 256 bins ─┬─→ a byte of each: the sketch
 *                    │                         └─→ empty ones filled ─→ 3 to a band: 24 keys
 *                    └─ numbers and names, each with the two words before it ─→ 32 and 16 bins ─→ two bytes of each
 *
 * For the band keys alone empty bins are filled from full ones (Shrivastava 2017).
 *
 * The share of words alone cannot tell a reprint with some words changed from a report made of the same template
 * (weather, markets, earthquakes). What stands in the same place can: a bin of facts is chosen by the two words before
 * a number, and keeps a byte of them and one of the number. Where at three places or more, and at a fifth of those
 * that both texts have, something else follows, a form was filled in anew. A date line that every outlet sets in its
 * own way has no place in common, and says nothing. A name is here a word with a capital that follows one without:
 * enough for a veto, in scripts that have capitals.
 *
 * Many bytes are looked at together, since this is most of what `dedup` costs: see docs/dedup.md. */
#include "relate/near_duplicates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/slice.h"
#include "base/utf8.h"

enum {
    RUN = 3,       /* words */
    ROWS = 3,      /* bins of a band */
    BELOW = 0x800, /* code points that have a place in the table: those of two bytes */
    LONGEST = 64   /* bytes of a word that are hashed together, outside ASCII */
};

#define EMPTY UINT32_MAX
#define EIGHT(byte) ((uint64_t)(byte)*0x0101010101010101u)

enum { NO_WORD = 0, UPPER = 1 << 14, DIGIT = 1 << 13, CODE = DIGIT - 1 };

struct runut_sketcher {
    uint16_t wide[BELOW]; /* NO_WORD, or the folded code point with UPPER or DIGIT of the one that it was */
};

/* ---- hashes ---- */

static inline uint64_t fold_product(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* As the hash functions of Wang Yi (wyhash, 2019) do it. */
static inline uint64_t mix(uint64_t hash, uint64_t part)
{
    return fold_product(hash ^ 0xA0761D6478BD642Fu, part ^ 0xE7037ED1A0B428DBu);
}

/* ---- one text ---- */

typedef struct sketching {
    const runut_sketcher *tables;
    runut_slice text;
    uint64_t words;
    uint64_t before[RUN - 1]; /* hashes of the last words */
    uint64_t whole;
    uint64_t number, place; /* the number that the last word was part of, or 0; the words before it */
    bool upper;             /* the last word has a capital */
    uint64_t unspaced[2];   /* code points of a script without blanks that came last */
    size_t end;             /* of the last word */
    uint32_t run_bins[RUNUT_SKETCH_BINS];
    uint64_t number_bins[RUNUT_SKETCH_NUMBERS], name_bins[RUNUT_SKETCH_NAMES];
} sketching;

typedef struct word {
    uint64_t hash;
    size_t start, end;
    bool digit, upper; /* how it begins */
} word;

/* Without a branch: for a text of usual length nobody can tell which of the two it will be. */
static inline void put(uint32_t *least, uint64_t hash)
{
    uint32_t *bin = &least[hash >> 56], value = (uint32_t)(hash >> 8) & (UINT32_MAX >> 1), old = *bin;
    *bin = value < old ? value : old;
}

/* The least place of each bin, and of several facts at one place the least. */
static void put_fact(uint64_t *least, size_t count, uint64_t place, uint64_t fact)
{
    place = mix(place, 0);
    uint64_t *bin = &least[place % count], value = place >> 32 << 32 | fact >> 32;
    *bin = value < *bin ? value : *bin;
}

/* A number goes on where only a mark stands between its parts: 5.2, 12,000, 10:15, 6/5/2024. It is done where the next
 * word is no part of it. */
static __attribute__((noinline)) void put_facts(sketching *self, const word *w)
{
    unsigned char gap = self->words && w->start - self->end == 1 ? (unsigned char)self->text.at[self->end] : 0;
    if (self->number && w->digit && gap > ' ' && gap != '-') {
        self->number = mix(self->number, w->hash);
        return;
    }
    if (self->number)
        put_fact(self->number_bins, RUNUT_SKETCH_NUMBERS, self->place, self->number);
    self->place = self->before[0] * 3 + self->before[1];
    self->number = w->digit ? mix(1, w->hash) : 0;
    if (w->upper && !self->upper && gap == ' ')
        put_fact(self->name_bins, RUNUT_SKETCH_NAMES, self->place, mix(2, w->hash));
}

static inline void put_word(sketching *self, const word *w)
{
    uint64_t run = mix(self->before[0] * 0x9E3779B97F4A7C15u + self->before[1], w->hash);
    if (w->digit | w->upper | (self->number != 0))
        put_facts(self, w);
    self->words++;
    self->whole = mix(self->whole, w->hash);
    self->before[0] = self->before[1];
    self->before[1] = w->hash;
    self->end = w->end;
    self->upper = w->upper;
    if (self->words >= RUN)
        put(self->run_bins, run);
}

/* ---- where words begin and end ---- */

/* A bit for each of 64 bytes, the first one lowest: is it an ASCII letter or digit, or outside ASCII? */
#ifdef __SSE2__
static inline uint64_t sixteen_bits(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)at), lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    __m128i letter = _mm_sub_epi8(lower, _mm_set1_epi8('a')), digit = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
    digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letter, digit), bytes));
}

static inline uint64_t word_bits(const char *at)
{
    return sixteen_bits(at) | sixteen_bits(at + 16) << 16 | sixteen_bits(at + 32) << 32 | sixteen_bits(at + 48) << 48;
}
#else
static inline uint64_t word_bits(const char *at)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < 64; i++) {
        unsigned char byte = (unsigned char)at[i];
        bits |= (uint64_t)(byte >= 0x80 || runut_is_alpha(byte) || runut_is_digit(byte)) << i;
    }
    return bits;
}
#endif

/* ---- words ---- */

/* Sixteen bytes, the first one lowest. */
typedef struct sixteen {
    uint64_t low, high;
} sixteen;

/* The `size` bytes (1 to 16) at `at`, with these bits set in each; zeros behind them. */
static inline sixteen load(runut_slice text, size_t at, size_t size, uint64_t set)
{
    static const uint8_t masks[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    sixteen bytes = {0}, mask;
    if (text.size - at >= sizeof bytes) /* apart, so that it is one load */
        memcpy(&bytes, text.at + at, sizeof bytes);
    else
        memcpy(&bytes, text.at + at, size);
    memcpy(&mask, masks + 16 - size, sizeof mask);
    return (sixteen){(bytes.low | set) & mask.low, (bytes.high | set) & mask.high};
}

static inline uint64_t hash_sixteen(uint64_t hash, sixteen bytes)
{
    return fold_product(hash ^ bytes.low ^ 0xA0761D6478BD642Fu, bytes.high ^ 0xE7037ED1A0B428DBu);
}

/* The hash of a word's folded bytes. */
static uint64_t hash_bytes(const char *at, size_t size)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < size; i += sizeof(sixteen))
        hash = hash_sixteen(hash, load((runut_slice){at, size}, i, size - i < 16 ? size - i : 16, 0));
    return hash;
}

static bool is_unspaced(uint32_t code)
{
    return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) ||
           (code >= 0x1780 && code <= 0x17FF) || (code >= 0x3040 && code <= 0x30FF) ||
           (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0x20000 && code <= 0x3FFFF);
}

static uint16_t entry_of(uint32_t code)
{
    bool digit = runut_code_is_digit(code);
    if (!digit && !runut_code_is_letter(code))
        return NO_WORD;
    uint32_t folded = runut_code_lower(code);
    return (uint16_t)((folded <= CODE ? folded : code) | (digit ? DIGIT : 0) | (runut_code_is_upper(code) ? UPPER : 0));
}

/* The next code point of a word before `end`: its folded form; 0 where the word ends. */
static uint32_t next_of_word(const sketching *self, size_t *at, size_t end, bool *digit, bool *upper)
{
    size_t i = *at;
    if (i >= end)
        return 0;
    uint32_t code = runut_utf8_next(self->text, &i), entry = code < BELOW ? self->tables->wide[code] : NO_WORD;
    uint32_t folded = entry & CODE;
    *digit = entry & DIGIT;
    *upper = entry & UPPER;
    if (code >= BELOW) {
        if (is_unspaced(code) || (!runut_code_is_letter(code) && !runut_code_is_digit(code)))
            return 0;
        folded = runut_code_lower(code);
        *digit = runut_code_is_digit(code);
        *upper = runut_code_is_upper(code);
    }
    *at = folded ? i : *at;
    return folded;
}

/* The word that begins at `start`, if one does. */
static void read_wide(const sketching *self, size_t start, size_t end, word *w)
{
    char folded[LONGEST + 4];
    size_t size = 0, at = start;
    bool digit = false, upper = false;
    *w = (word){.start = start};
    for (uint32_t code; size < LONGEST && (code = next_of_word(self, &at, end, &digit, &upper));) {
        if (size == 0) {
            w->digit = digit;
            w->upper = upper;
        }
        size += runut_utf8_encode(code, folded + size);
    }
    w->end = at;
    w->hash = hash_bytes(folded, size);
}

/* A code point of a script without blanks, with the two before it. */
static bool read_unspaced(sketching *self, size_t start, word *w)
{
    size_t end = start;
    uint32_t code = runut_utf8_next(self->text, &end);
    if (!is_unspaced(code))
        return false;
    *w = (word){.start = start, .end = end, .hash = mix(mix(self->unspaced[0], self->unspaced[1]), code)};
    self->unspaced[0] = self->unspaced[1];
    self->unspaced[1] = code;
    return true;
}

/* A stretch that is not all ASCII, or long: of several words maybe, with marks between them. One word without end is
 * cut into words of 64 bytes. */
static __attribute__((noinline)) void read_stretch(sketching *self, size_t start, size_t end)
{
    for (size_t at = start; at < end;) {
        word w;
        if (!read_unspaced(self, at, &w))
            read_wide(self, at, end, &w);
        if (w.end > at)
            put_word(self, &w);
        else
            runut_utf8_next(self->text, &w.end);
        at = w.end;
    }
}

/* The bytes from `start` to `end`, between which is none that separates words. */
static inline void read_word(sketching *self, size_t start, size_t end)
{
    size_t size = end - start;
    sixteen bytes = load(self->text, start, size < 16 ? size : 16, EIGHT(0x20)); /* digits have that bit too */
    if (size > 16 || ((bytes.low | bytes.high) & EIGHT(0x80))) {
        read_stretch(self, start, end);
        return;
    }
    unsigned char first = (unsigned char)self->text.at[start];
    put_word(self, &(word){.hash = hash_sixteen(0, bytes),
                           .start = start,
                           .end = end,
                           .digit = first <= '9',
                           .upper = (unsigned)first - (unsigned)'A' < 26u});
}

/* Bits of the 64 bytes at `at`, blanks behind the end. */
static inline uint64_t bits_at(runut_slice text, size_t at)
{
    char last[64];
    if (text.size - at >= sizeof last)
        return word_bits(text.at + at);
    memset(last, ' ', sizeof last);
    memcpy(last, text.at + at, text.size - at);
    return word_bits(last);
}

/* Words begin and end where a bit differs from the one before it. */
static void read_words(sketching *self)
{
    runut_slice text = self->text;
    uint64_t before = 0; /* the last bit */
    size_t start = 0;    /* of the word that it is in */
    for (size_t at = 0; at < text.size; at += 64) {
        uint64_t bits = bits_at(text, at), shifted = bits << 1 | before;
        uint64_t starts = bits & ~shifted, ends = ~bits & shifted;
        if (before && ends) {
            read_word(self, start, at + (size_t)__builtin_ctzll(ends));
            ends &= ends - 1;
        }
        for (; ends; ends &= ends - 1, starts &= starts - 1)
            read_word(self, at + (size_t)__builtin_ctzll(starts), at + (size_t)__builtin_ctzll(ends));
        if (starts)
            start = at + (size_t)__builtin_ctzll(starts);
        before = bits >> 63;
    }
    if (before)
        read_word(self, start, text.size);
}

/* ---- the sketch ---- */

/* How many distinct runs there were. From how many of the bins are empty (linear counting, Whang et al. 1990), or where
 * none is, from the least values: each is the first of those that are spread evenly over its bin (Giroire 2009). That
 * is right within some ten in a hundred, so it counts only where much came again and again. */
static uint64_t count_runs(const uint32_t *least, uint64_t put_in)
{
    const double size = RUNUT_SKETCH_BINS;
    uint64_t sum = 0;
    size_t empty = 0;
    for (size_t i = 0; i < RUNUT_SKETCH_BINS; i++) {
        empty += least[i] == EMPTY;
        sum += least[i];
    }
    double guess =
        empty ? -size * log((double)empty / size) : size * (size - 1) * (double)(UINT32_MAX >> 1) / ((double)sum + 1);
    return guess * 1.3 < (double)put_in ? (uint64_t)(guess + 0.5) : put_in;
}

/* A byte from 1 of each. */
static void keep_runs(const uint32_t *least, uint8_t *kept)
{
    for (size_t i = 0; i < RUNUT_SKETCH_BINS; i++) {
        uint32_t part = least[i] & 0x7FFFFF;
        kept[i] = least[i] == EMPTY ? 0 : (uint8_t)(1 + (((part << 8) - part) >> 23));
    }
}

static void keep_facts(const uint64_t *least, runut_sketch_fact *kept, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (least[i] != UINT64_MAX)
            kept[i] = (runut_sketch_fact){(uint8_t)(1 + (least[i] >> 32 & 0xFFFF) % 255), (uint8_t)least[i]};
}

/* For each bin the first full one from it on, around the end. One is full. */
static void find_next(const uint32_t *least, uint8_t next[RUNUT_SKETCH_BINS])
{
    uint8_t full = 0;
    for (size_t i = 2 * RUNUT_SKETCH_BINS; i-- > 0;) {
        size_t bin = i % RUNUT_SKETCH_BINS;
        full = least[bin] != EMPTY ? (uint8_t)bin : full;
        next[bin] = full;
    }
}

/* An empty bin takes what a full one has, each from its own row of bins; where the first few of the row are empty too,
 * the text is short, and the next full one will do. */
static uint32_t fill(const uint32_t *least, const uint8_t *next, size_t bin)
{
    enum { TRIES = 8 };
    size_t at = bin;
    for (uint64_t attempt = 1; least[at] == EMPTY && attempt <= TRIES; attempt++)
        at = mix(bin, attempt) % RUNUT_SKETCH_BINS;
    return least[next[at]];
}

static void make_bands(const uint32_t *least, uint64_t bands[RUNUT_SKETCH_BANDS])
{
    uint8_t next[RUNUT_SKETCH_BINS];
    find_next(least, next);
    for (uint64_t band = 0; band < RUNUT_SKETCH_BANDS; band++) {
        uint64_t hash = band;
        for (size_t row = 0; row < ROWS; row++)
            hash = mix(hash, fill(least, next, band * ROWS + row));
        bands[band] = hash;
    }
}

bool runut_sketch_make(const runut_sketcher *tables, runut_slice text, runut_sketch *sketch,
                       uint64_t bands[RUNUT_SKETCH_BANDS])
{
    sketching self = {.tables = tables, .text = text};
    memset(self.run_bins, 0xFF, sizeof self.run_bins);
    memset(self.number_bins, 0xFF, sizeof self.number_bins);
    memset(self.name_bins, 0xFF, sizeof self.name_bins);
    read_words(&self);
    if (self.words == 0)
        return false;
    if (self.number)
        put_facts(&self, &(word){.start = text.size + 2});
    if (self.words < RUN) /* such a text is one run */
        put(self.run_bins, self.whole);
    *sketch = (runut_sketch){.text = self.whole,
                             .runs = count_runs(self.run_bins, self.words < RUN ? 1 : self.words - (RUN - 1))};
    keep_runs(self.run_bins, sketch->bins);
    keep_facts(self.number_bins, sketch->numbers, RUNUT_SKETCH_NUMBERS);
    keep_facts(self.name_bins, sketch->names, RUNUT_SKETCH_NAMES);
    make_bands(self.run_bins, bands);
    return true;
}

runut_sketcher *runut_sketcher_new(void)
{
    runut_sketcher *self = malloc(sizeof *self);
    for (uint32_t code = 0; self && code < BELOW; code++)
        self->wide[code] = entry_of(code);
    return self;
}

void runut_sketcher_free(runut_sketcher *self)
{
    free(self);
}

/* ---- two sketches ---- */

/* The share of what either has that both have; a byte is equal by chance once in 255 times. */
static double jaccard(const uint8_t *a, const uint8_t *b)
{
    unsigned equal = 0, none = 0, both = 0;
    for (size_t i = 0; i < RUNUT_SKETCH_BINS; i++) {
        unsigned empty = (unsigned)((a[i] | b[i]) == 0), same = (unsigned)(a[i] == b[i]);
        none += empty;
        equal += same & ~empty;
        both += (unsigned)(a[i] != 0) & (unsigned)(b[i] != 0);
    }
    double found = (double)equal - (double)(both - equal) / 254;
    return found > 0 ? found / (double)(RUNUT_SKETCH_BINS - none) : 0;
}

/* The share of the one that has fewer, given the shares of all. */
static double contained_in(double share, double a, double b)
{
    double common = share / (1 + share) * (a + b), less = a < b ? a : b;
    return common < less ? common / less : 1;
}

typedef struct places {
    unsigned same, other;
} places;

/* Adds the places that both have. */
static void compare_facts(const runut_sketch_fact *a, const runut_sketch_fact *b, size_t count, places *found)
{
    for (size_t i = 0; i < count; i++) {
        bool place = a[i].where && a[i].where == b[i].where;
        found->same += place && a[i].what == b[i].what;
        found->other += place && a[i].what != b[i].what;
    }
}

/* Is another thing told in the same words? A page that counts its readers, or gives its own time, is none: two places
 * may differ, and more where four times as many are the same. */
static bool is_template(const runut_sketch *a, const runut_sketch *b)
{
    enum { FEWEST = 3, SHARE = 5 };
    places found = {0};
    compare_facts(a->numbers, b->numbers, RUNUT_SKETCH_NUMBERS, &found);
    compare_facts(a->names, b->names, RUNUT_SKETCH_NAMES, &found);
    return found.other >= FEWEST && found.other * SHARE >= found.same + found.other;
}

double runut_sketch_similarity(const runut_sketch *a, const runut_sketch *b, bool contained)
{
    static const double MOST = 0.999; /* of texts that are not the same */
    if (a->text == b->text)
        return 1;
    double share = jaccard(a->bins, b->bins);
    if (share == 0 || is_template(a, b))
        return 0;
    if (contained)
        share = contained_in(share, (double)a->runs, (double)b->runs);
    return share < MOST ? share : MOST;
}
