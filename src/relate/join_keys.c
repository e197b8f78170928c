/* Two kinds of keys, for the two questions that relating asks of a pair.
 *
 * Is the text taken over? MinHash (Broder 1997) of the runs of three words that tell something, by one permutation in
 * 64 bins (Li, Owen and Zhang 2012), empty bins filled from full ones (Shrivastava 2017), cut into bands of two bins:
 * texts that share a part J of their runs have an equal band with a chance of 1 - (1 - J²)³² (J = .1: .28, .2: .73,
 * .3: .95).
 *
 * Do both report one happening? Topics, the names that the article is about (by their keys, so that reports in two
 * languages meet) and the words of its headline that it says most often, stand alone and two at a time beside the days
 * that the happening may be of: windows of eight days of which one begins every fourth day, so that a day is in two of
 * them, and two days less than five apart always share one. Two topics stand also without a day, for what is undated.
 */
#include "relate/join_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/slice.h"

enum {
    BINS = 64,
    RUN = 3, /* words */
    ROWS = BINS / RUNUT_JOIN_BANDS,
    NAMES = 5, /* that an article is about, at most */
    WORDS = 3, /* beside them */
    TOPICS = NAMES + WORDS,
    MOST_KEY = 96,  /* bytes of a name's key */
    DAYS = 4,       /* of a happening whose day is in doubt */
    WINDOW_STEP = 4 /* days between the beginnings of two windows */
};

#define EMPTY UINT64_MAX

/* ---- fingerprint ---- */

/* The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static void put_run(uint64_t bins[BINS], const uint32_t run[RUN])
{
    uint64_t hash = 0;
    for (size_t i = 0; i < RUN; i++)
        hash = mix(hash + run[i] + 0x9E3779B97F4A7C15u);
    uint64_t *bin = &bins[hash >> 58], value = hash & (UINT64_MAX >> 6);
    if (value < *bin)
        *bin = value;
}

/* The least run of each bin. False where there is none at all. A text of fewer words than a run is one run. */
static bool fill_bins(const runut_digest *digest, uint64_t bins[BINS])
{
    uint32_t run[RUN] = {0};
    size_t words = 0;
    memset(bins, 0xFF, BINS * sizeof *bins);
    for (size_t i = 0; i < digest->tokens.size; i++) {
        if (digest->tokens.at[i].common)
            continue;
        memmove(run, run + 1, sizeof run - sizeof *run);
        run[RUN - 1] = digest->tokens.at[i].stem;
        if (++words >= RUN)
            put_run(bins, run);
    }
    if (words > 0 && words < RUN)
        put_run(bins, run);
    return words > 0;
}

/* An empty bin takes what a full one has, each from its own row of bins. */
static void fill_empty(uint64_t bins[BINS])
{
    uint64_t full[BINS];
    memcpy(full, bins, sizeof full);
    for (uint64_t i = 0; i < BINS; i++)
        for (uint64_t attempt = 1; bins[i] == EMPTY; attempt++) /* ends: one bin is full, and mix reaches them all */
            bins[i] = full[mix(i << 32 | attempt) % BINS];
}

static runut_slice hexadecimal(runut_arena *arena, uint64_t hash)
{
    char text[16];
    for (size_t i = sizeof text; i-- > 0; hash >>= 4)
        text[i] = "0123456789abcdef"[hash & 15];
    return runut_arena_copy(arena, (runut_slice){text, sizeof text});
}

static void make_fingerprint(runut_arena *arena, const runut_digest *digest, runut_slices *out)
{
    uint64_t bins[BINS];
    if (!fill_bins(digest, bins))
        return;
    fill_empty(bins);
    for (uint64_t band = 0; band < RUNUT_JOIN_BANDS; band++) {
        uint64_t hash = band;
        for (size_t row = 0; row < ROWS; row++)
            hash = mix(hash + bins[band * ROWS + row] + 0x9E3779B97F4A7C15u);
        RUNUT_PUSH(arena, *out, hexadecimal(arena, hash));
    }
}

/* ---- blocks ---- */

typedef struct topic {
    runut_slice key;
    uint64_t weight;
} topic;

static int by_weight(const void *a, const void *b)
{
    const topic *x = a, *y = b;
    return x->weight != y->weight ? (x->weight < y->weight ? 1 : -1) : runut_slice_order(x->key, y->key);
}

static int by_key(const void *a, const void *b)
{
    return runut_slice_order(((const topic *)a)->key, ((const topic *)b)->key);
}

static int by_term(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool leads(const runut_digest *digest, uint32_t key)
{
    return digest->lead.size && bsearch(&key, digest->lead.at, digest->lead.size, sizeof key, by_term);
}

/* The names that the article is about: those of the headline and the first sentences before
 * others, then by how often they are named. */
static size_t find_names(runut_arena *arena, const runut_annotation *annotation, const runut_digest *digest,
                         topic topics[NAMES])
{
    RUNUT_VECTOR(topic) all = {0};
    for (size_t i = 0; i < digest->names.size && i < annotation->names.size; i++) {
        const runut_digest_name *name = &digest->names.at[i];
        if (annotation->names.at[i].key.size == 0 || annotation->names.at[i].key.size > MOST_KEY)
            continue;
        uint64_t place = (uint64_t)name->in_headline * 2 + leads(digest, name->key);
        RUNUT_PUSH(arena, all, ((topic){annotation->names.at[i].key, place << 32 | name->mentions}));
    }
    if (all.size > 1)
        qsort(all.at, all.size, sizeof *all.at, by_weight);
    size_t count = 0;
    for (size_t i = 0; i < all.size && count < NAMES; i++)
        if (count == 0 || !runut_slice_equal(topics[count - 1].key, all.at[i].key))
            topics[count++] = all.at[i];
    return count;
}

typedef struct word {
    runut_slice stem;
    uint32_t count;
} word;

static int by_count(const void *a, const void *b)
{
    const word *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : runut_slice_order(x->stem, y->stem);
}

typedef RUNUT_VECTOR(word) words;

enum { SHORTEST = 4, LONGEST = 48 }; /* stems that are counted */

/* The distinct stems of the headline, else of the first sentence; `numbers`: their places in `all`. */
static void take_words(runut_arena *arena, const runut_annotation *a, words *all, runut_map *numbers)
{
    bool headless = a->headline_tokens.size == 0;
    const runut_tokens *from = headless ? &a->tokens : &a->headline_tokens;
    size_t end = !headless ? from->size : a->sentences.size ? a->sentences.at[0].end_token : 0;
    for (size_t i = 0; i < end; i++) {
        bool is_new;
        if (from->at[i].kind != RUNUT_TOKEN_WORD || from->at[i].stem.size < SHORTEST || from->at[i].stem.size > LONGEST)
            continue;
        uint32_t *number = runut_map_put(numbers, from->at[i].stem, &is_new);
        if (!is_new)
            continue;
        *number = (uint32_t)all->size;
        RUNUT_PUSH(arena, *all, ((word){from->at[i].stem, 0}));
    }
}

/* Those of them that the body says most often. */
static size_t find_words(runut_arena *arena, const runut_annotation *annotation, topic topics[WORDS])
{
    words all = {0};
    runut_map *numbers = runut_map_new(arena);
    take_words(arena, annotation, &all, numbers);
    for (size_t i = 0; i < annotation->tokens.size && all.size; i++) {
        const runut_token *t = &annotation->tokens.at[i];
        if (t->stem.size < SHORTEST || t->stem.size > LONGEST) /* take_words has none of them */
            continue;
        bool same = t->stem.at == t->folded.at && t->stem.size == t->folded.size;
        const uint32_t *number = runut_map_get_hashed(numbers, t->stem, same ? t->hash : runut_slice_hash(t->stem));
        if (number)
            all.at[*number].count++;
    }
    if (all.size > 1)
        qsort(all.at, all.size, sizeof *all.at, by_count);
    size_t count = 0;
    for (; count < all.size && count < WORDS; count++)
        topics[count].key = runut_arena_printf(arena, "~%.*s", (int)all.at[count].stem.size, all.at[count].stem.at);
    return count;
}

/* Beginnings of the windows that the happening may be in. */
static size_t find_windows(const runut_digest *digest, runut_day windows[2 * DAYS])
{
    size_t count = 0;
    runut_day days[DAYS];
    size_t day_count = 0;
    if (digest->date_conflict)
        for (size_t i = 0; i < digest->candidates.size && day_count < DAYS; i++)
            days[day_count++] = digest->candidates.at[i];
    else if (digest->event != RUNUT_NO_DAY)
        days[day_count++] = digest->event;
    if (day_count == 0 && digest->published != RUNUT_NO_DAY)
        days[day_count++] = digest->published;
    for (size_t i = 0; i < day_count; i++) {
        runut_day start = days[i] - ((days[i] % WINDOW_STEP) + WINDOW_STEP) % WINDOW_STEP;
        windows[count++] = start;
        windows[count++] = start - WINDOW_STEP;
    }
    return count;
}

static void put_block(runut_arena *arena, runut_map *seen, runut_slices *out, runut_slice key)
{
    bool is_new;
    runut_map_put(seen, key, &is_new);
    if (is_new)
        RUNUT_PUSH(arena, *out, key);
}

/* "WINDOW KEY", "WINDOW KEY+OTHER". Written by hand: there are dozens an article. */
static runut_slice block_of(runut_arena *arena, runut_slice window, runut_slice key, runut_slice other)
{
    size_t size = window.size + 1 + key.size + (other.size ? 1 + other.size : 0);
    char *text = runut_arena_take(arena, size + 1), *at = text;
    memcpy(at, window.at, window.size);
    at += window.size;
    *at++ = ' ';
    memcpy(at, key.at, key.size);
    at += key.size;
    if (other.size) {
        *at++ = '+';
        memcpy(at, other.at, other.size);
    }
    text[size] = '\0';
    return (runut_slice){text, size};
}

static void put_pairs(runut_arena *arena, runut_slice window, const topic *topics, size_t count, runut_map *seen,
                      runut_slices *out)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            put_block(arena, seen, out, block_of(arena, window, topics[i].key, topics[j].key));
}

static void make_blocks(runut_arena *arena, const runut_annotation *annotation, const runut_digest *digest,
                        runut_slices *out)
{
    topic topics[TOPICS] = {0};
    runut_day windows[2 * DAYS];
    runut_map *seen = runut_map_new(arena);
    size_t count = find_names(arena, annotation, digest, topics), window_count = find_windows(digest, windows);
    count += find_words(arena, annotation, topics + count);
    if (count > 1)
        qsort(topics, count, sizeof *topics, by_key);
    for (size_t i = 0; i < window_count; i++) {
        char window[16];
        runut_day_print(windows[i], window);
        for (size_t t = 0; t < count; t++)
            put_block(arena, seen, out, block_of(arena, runut_slice_of(window), topics[t].key, (runut_slice){"", 0}));
        put_pairs(arena, runut_slice_of(window), topics, count, seen, out);
    }
    put_pairs(arena, RUNUT_LITERAL("any"), topics, count, seen, out);
}

void runut_join_keys_make(runut_arena *arena, const runut_annotation *annotation, const runut_digest *digest,
                          runut_join_keys *keys)
{
    *keys = (runut_join_keys){0};
    make_fingerprint(arena, digest, &keys->fingerprint);
    make_blocks(arena, annotation, digest, &keys->blocks);
}
