/* Stems, with a cache.
 *
 * Indonesian and Malay go to Hunspell with the Indonesian dictionary, which knows that 'menteri' is a root and
 * 'menulis' is not; where it is missing, affixes are stripped. The other languages go to Snowball, as far as it has
 * them; else the stem is the folded word. A stem costs 1 to 10 µs, a look-up in the cache 30 ns: the cache is of fixed
 * size, allocated once, and is emptied when full. */
#include <libstemmer.h>
#include <stdlib.h>

#include "annotate/texts.h"
#include "base/memory.h"
#include "base/slice.h"

enum {
    SLOTS = 1 << 16,       /* of the cache; a power of two */
    FILL_MOST = SLOTS / 2, /* terms before it is emptied */
    STORE = 2 << 20,       /* bytes of terms and stems */
    WORD_MOST = 48,        /* longer words are no words: folded form */
    STEMMERS = 32
};

#define ID_AFFIXES "/usr/share/hunspell/id_ID.aff"
#define ID_WORDS "/usr/share/hunspell/id_ID.dic"

/* `at`: offset of the term in the store, its stem behind it. */
typedef struct slot {
    uint64_t hash; /* 0 = free */
    uint32_t at;
    uint8_t size, stem_size;
    uint8_t start; /* where the stem begins in the term, if it is a part of it */
    bool inside;
    uint8_t language[3];
} slot;

struct runut_stems {
    runut_hunspell *indonesian;
    bool tried; /* to load it */
    struct {
        char language[8];
        struct sb_stemmer *stemmer;
    } snowball[STEMMERS];
    size_t stemmers;
    slot *slots;
    char *store;
    size_t used, stored;
};

runut_stems *runut_stems_new(void)
{
    runut_stems *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->slots = calloc(SLOTS, sizeof *self->slots);
    self->store = malloc(STORE);
    if (self->slots && self->store)
        return self;
    runut_stems_free(self);
    return NULL;
}

void runut_stems_free(runut_stems *self)
{
    if (!self)
        return;
    for (size_t i = 0; i < self->stemmers; i++)
        if (self->snowball[i].stemmer)
            sb_stemmer_delete(self->snowball[i].stemmer);
    if (self->indonesian)
        runut_hunspell_free(self->indonesian);
    free(self->slots);
    free(self->store);
    free(self);
}

static bool is_indonesian(runut_slice language)
{
    return runut_slice_is(language, "id") || runut_slice_is(language, "ms");
}

/* Loaded when the first Indonesian word comes: 6 ms. */
static runut_hunspell *indonesian(runut_stems *self, runut_arena *arena)
{
    if (self->tried)
        return self->indonesian;
    runut_memory_watch();
    self->indonesian = runut_hunspell_new(ID_AFFIXES, ID_WORDS);
    if (!self->indonesian && runut_memory_ran_out())
        runut_arena_fail(arena); /* else words were stemmed in another way than those of the store */
    self->tried = true;
    return self->indonesian;
}

/* The language's Snowball stemmer, opened when it is first asked for; NULL where there is none. */
static struct sb_stemmer *snowball(runut_stems *self, runut_arena *arena, runut_slice language)
{
    char name[8] = {0};
    if (language.size < 2 || language.size >= sizeof name || runut_slice_is(language, "und"))
        return NULL;
    memcpy(name, language.at, language.size);
    for (size_t i = 0; i < self->stemmers; i++)
        if (strcmp(self->snowball[i].language, name) == 0)
            return self->snowball[i].stemmer;
    if (self->stemmers == STEMMERS)
        return NULL;
    runut_memory_watch();
    struct sb_stemmer *stemmer = sb_stemmer_new(name, "UTF_8");
    if (!stemmer && runut_memory_ran_out())
        runut_arena_fail(arena);
    size_t i = self->stemmers++;
    memcpy(self->snowball[i].language, name, sizeof name);
    return self->snowball[i].stemmer = stemmer;
}

static bool is_ascii(runut_slice word)
{
    for (size_t i = 0; i < word.size; i++)
        if ((unsigned char)word.at[i] >= 0x80)
            return false;
    return true;
}

/* 'negara-negara' → 'negara': a plural says its word twice. */
static runut_slice without_doubling(runut_slice word)
{
    size_t hyphen = runut_slice_find(word, RUNUT_LITERAL("-"), 0);
    if (hyphen == SIZE_MAX || hyphen < 2)
        return word;
    runut_slice first = runut_slice_part(word, 0, hyphen), second = runut_slice_part(word, hyphen + 1, word.size);
    return runut_slice_starts(second, first) ? second : word;
}

static runut_slice without_clitic(runut_slice word)
{
    static const char *const clitics[] = {"-nya", "nya", "lah", "kah"};
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++) {
        runut_slice clitic = runut_slice_of(clitics[i]);
        if (word.size >= clitic.size + 4 && runut_slice_ends(word, clitic))
            return runut_slice_part(word, 0, word.size - clitic.size);
    }
    return word;
}

/* Malay and Indonesian affixes, longest first; what is left has four letters at least. */
runut_slice runut_stems_strip(runut_slice word)
{
    static const char *const before[] = {"memper", "diper", "meng", "meny", "peng", "peny", "mem", "men", "pem",
                                         "pen",    "ber",   "ter",  "per",  "me",   "di",   "ke",  "pe",  "se"};
    static const char *const after[] = {"kan", "an", "i"};
    word = without_clitic(without_doubling(word));
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        runut_slice prefix = runut_slice_of(before[i]);
        if (word.size >= prefix.size + 4 && runut_slice_starts(word, prefix)) {
            word = runut_slice_part(word, prefix.size, word.size);
            break;
        }
    }
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        runut_slice suffix = runut_slice_of(after[i]);
        if (word.size >= suffix.size + 4 && runut_slice_ends(word, suffix))
            return runut_slice_part(word, 0, word.size - suffix.size);
    }
    return word;
}

static runut_slice stem_indonesian(runut_stems *self, runut_arena *arena, runut_slice word, char *room)
{
    if (!is_ascii(word) || word.size < 3)
        return word;
    if (!indonesian(self, arena))
        return runut_stems_strip(word);
    runut_slice single = without_doubling(word);
    size_t size = runut_hunspell_stem(self->indonesian, single.at, single.size, room, WORD_MOST);
    if (size == SIZE_MAX)
        runut_arena_fail(arena);
    return size ? (runut_slice){room, size} : without_clitic(single);
}

/* The stem, in `room` or a part of `word`; not cached. */
static runut_slice compute(runut_stems *self, runut_arena *arena, runut_slice word, runut_slice language, char *room)
{
    if (is_indonesian(language))
        return stem_indonesian(self, arena, word, room);
    struct sb_stemmer *stemmer = snowball(self, arena, language);
    if (!stemmer)
        return word;
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word.at, (int)word.size);
    if (!stem)
        runut_arena_fail(arena);
    int size = sb_stemmer_length(stemmer);
    if (size <= 0 || size > WORD_MOST)
        return word;
    memcpy(room, stem, (size_t)size);
    return (runut_slice){room, (size_t)size};
}

/* The term's slot, or the free one where it belongs. */
static slot *find(runut_stems *self, uint64_t hash, runut_slice word, runut_slice language)
{
    for (size_t i = hash & (SLOTS - 1);; i = (i + 1) & (SLOTS - 1)) {
        slot *s = &self->slots[i];
        if (s->hash == 0)
            return s;
        if (s->hash == hash && s->size == word.size && runut_bytes_equal(self->store + s->at, word.at, word.size) &&
            runut_bytes_equal((const char *)s->language, language.at, language.size < 3 ? language.size : 3))
            return s;
    }
}

static void empty(runut_stems *self)
{
    memset(self->slots, 0, SLOTS * sizeof *self->slots);
    self->used = self->stored = 0;
}

static slot *remember(runut_stems *self, uint64_t hash, runut_slice word, runut_slice language, runut_slice stem)
{
    if (self->used >= FILL_MOST || self->stored + word.size + stem.size > STORE)
        empty(self);
    slot *s = find(self, hash, word, language);
    size_t part = runut_slice_find(word, stem, 0);
    *s = (slot){.hash = hash,
                .at = (uint32_t)self->stored,
                .size = (uint8_t)word.size,
                .stem_size = (uint8_t)stem.size,
                .inside = part != SIZE_MAX,
                .start = (uint8_t)(part != SIZE_MAX ? part : 0)};
    memcpy(s->language, language.at, language.size < 3 ? language.size : 3);
    memcpy(self->store + self->stored, word.at, word.size);
    memcpy(self->store + self->stored + word.size, stem.at, stem.size);
    self->stored += word.size + stem.size;
    self->used++;
    return s;
}

bool runut_stems_has(runut_stems *self, runut_arena *arena, runut_slice language)
{
    return is_indonesian(language) || snowball(self, arena, language) != NULL;
}

runut_slice runut_stems_of(runut_stems *self, runut_arena *arena, runut_slice folded, uint64_t word_hash,
                           runut_slice language)
{
    if (folded.size == 0 || folded.size > WORD_MOST || language.size < 2)
        return folded;
    uint64_t hash =
        (word_hash ^ (uint64_t)(unsigned char)language.at[0] << 20 ^ (uint64_t)(unsigned char)language.at[1] << 40) |
        1ull << 63;
    slot *s = find(self, hash, folded, language);
    if (s->hash == 0) {
        char room[WORD_MOST];
        s = remember(self, hash, folded, language, compute(self, arena, folded, language, room));
    }
    if (s->inside)
        return runut_slice_part(folded, s->start, (size_t)s->start + s->stem_size);
    return runut_arena_copy(arena, (runut_slice){self->store + s->at + s->size, s->stem_size});
}
