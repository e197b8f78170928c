/* Which articles `runut quotes` has to read.
 *
 *     --by, --about, --since …      those that the store's index finds for the question itself
 *     --limit alone                 the earliest ones, until they say enough
 *     then, again and again         those whose text has four words in a row of a saying that will be told: there its
 *                                   other prints are, earlier ones and later ones
 *
 * Prints that have five words of it in a row are found for sure, as in joining (relate/sayings.c): of every five words
 * four begin at an even place. Where a question has too many answers, or is in a script without blanks, which the index
 * cuts by its own mind, all articles are read instead: the answer is the same. */
#include "engine/quotes.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/utf8.h"

enum {
    ROUNDS = 5,
    MOST_ASKED = 400,   /* sayings whose prints are looked for */
    RARE = 300,         /* a word that stands in the store less often */
    MOST_NAMED = 3000,  /* articles read only to learn what a name's other forms are */
    RUN = 4,            /* words of a phrase */
    MOST_PHRASES = 120, /* asked for at once */
    MOST_WORDS = 120    /* of a saying */
};

typedef struct narrowing {
    runut_gathering *g;
    const runut_store_filter *filter;
    uint8_t *read; /* by article */
    uint32_t *fresh;
    size_t fresh_size;
    uint64_t articles;
    bool page; /* only what --limit lets through is looked for */
    RUNUT_VECTOR(runut_slice) phrases;
    runut_map *words; /* how often they stand in the store */
} narrowing;

/* Allocates nothing: it is called from within the store. */
static int take_number(void *context, uint32_t number)
{
    narrowing *self = context;
    if (number <= self->articles && !self->read[number]) {
        self->read[number] = 1;
        self->fresh[self->fresh_size++] = number;
    }
    return 0;
}

static bool is_spaceless(runut_slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code = runut_utf8_next(text, &at);
        if ((code >= 0x0E00 && code < 0x1100) || (code >= 0x1780 && code < 0x1800) || (code >= 0x2E80 && code < 0xD7B0))
            return true;
    }
    return false;
}

static runut_slice json_numbers(const narrowing *self)
{
    runut_buffer out = runut_buffer_new(self->g->arena, 16u << 20);
    for (size_t i = 0; i < self->fresh_size; i++) {
        char number[16];
        snprintf(number, sizeof number, "%c%u", i ? ',' : '[', self->fresh[i]);
        runut_buffer_text(&out, number);
    }
    runut_buffer_byte(&out, ']');
    return runut_buffer_slice(&out);
}

/* Reads what was found since the last time. */
static int read_fresh(narrowing *self)
{
    if (self->fresh_size == 0)
        return RUNUT_OK;
    runut_store_filter filter = *self->filter;
    filter.numbers = json_numbers(self);
    self->fresh_size = 0;
    return runut_quotes_gather(self->g, &filter);
}

/* ---- where to begin ---- */

static bool has_conditions(const runut_store_filter *f)
{
    return f->since != RUNUT_NO_DAY || f->until != RUNUT_NO_DAY || f->publisher.size || f->language.size ||
           f->person.size || f->organization.size || f->place.size || f->event || f->story || f->words.size;
}

/* Articles that name the one asked for, or have the words of the name in their text. */
static int find_by(narrowing *self)
{
    runut_gathering *g = self->g;
    runut_store_filter words = {.since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY};
    words.words = runut_slice_of(g->filter->by);
    int code = runut_store_find(g->runut->store, &words, false, take_number, self, g->error);
    if (code == RUNUT_OK)
        code = runut_store_find_named(g->runut->store, g->by.at, g->by.size, (runut_slice){0}, take_number, self,
                                      g->error);
    return code;
}

/* Articles that mention somebody of whom it has been learned that --by means him. */
static int find_keys(narrowing *self)
{
    runut_gathering *g = self->g;
    if (g->keys.size == 0)
        return RUNUT_OK;
    struct json_object *list = json_object_new_array();
    for (size_t i = 0; i < g->keys.size; i++)
        json_object_array_add(list, json_object_new_string_len(g->keys.at[i].at, (int)g->keys.at[i].size));
    runut_slice keys = runut_arena_copy(g->arena, runut_slice_of(json_object_to_json_string(list)));
    json_object_put(list);
    return runut_store_find_named(g->runut->store, NULL, 0, keys, take_number, self, g->error);
}

static uint32_t count_told(const runut_gathering *g)
{
    uint32_t told = 0;
    for (size_t i = 0; i < g->prints.size; i++)
        told += g->links[i].first == i && g->prints.at[i].told;
    return told;
}

/* --limit alone: the earliest articles, twice as many as long as they say too little. */
static int find_earliest(narrowing *self)
{
    runut_gathering *g = self->g;
    runut_store_filter filter = {.since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY, .limit = g->filter->limit};
    bool all = false;
    int code = RUNUT_OK;
    self->page = true;
    for (size_t told = 0; told < g->filter->limit && code == RUNUT_OK && !all;) {
        filter.limit = filter.limit < UINT32_MAX / 2 ? filter.limit * 2 : UINT32_MAX;
        all = filter.limit >= self->articles;
        code = runut_store_find(g->runut->store, &filter, true, take_number, self, g->error);
        if (code == RUNUT_OK)
            code = read_fresh(self);
        if (code != RUNUT_OK)
            return code;
        runut_quotes_join(g);
        told = count_told(g);
    }
    return code;
}

/* Articles that answer the question itself; *few = false: so many that all may as well be read. */
static int find_first(narrowing *self, bool *few)
{
    runut_gathering *g = self->g;
    bool conditions = has_conditions(self->filter), by = g->by.size > 0;
    int code = RUNUT_OK;
    *few = true;
    if (!conditions && !by)
        return find_earliest(self);
    if (by)
        code = find_by(self);
    if (conditions && self->fresh_size > MOST_NAMED) {
        while (self->fresh_size > 0)
            self->read[self->fresh[--self->fresh_size]] = 0;
    }
    runut_store_filter filter = *self->filter;
    filter.limit = 0;
    if (code == RUNUT_OK && conditions)
        code = runut_store_find(g->runut->store, &filter, false, take_number, self, g->error);
    *few = self->fresh_size * 2 <= self->articles;
    if (code == RUNUT_OK && *few)
        code = read_fresh(self);
    if (code == RUNUT_OK && *few && by && !conditions)
        code = find_keys(self);
    return code == RUNUT_OK && *few ? read_fresh(self) : code;
}

/* ---- other prints ---- */

typedef struct piece {
    uint32_t start, end;
} piece;

static size_t cut(runut_slice text, piece out[MOST_WORDS])
{
    runut_slice word;
    size_t count = 0;
    for (size_t at = 0; count < MOST_WORDS && runut_utf8_next_word(text, &at, &word);) {
        uint32_t start = (uint32_t)(word.at - text.at);
        out[count++] = (piece){start, start + (uint32_t)word.size};
    }
    return count;
}

static int ask_phrases(narrowing *self)
{
    runut_gathering *g = self->g;
    int code =
        runut_store_find_phrases(g->runut->store, self->phrases.at, self->phrases.size, take_number, self, g->error);
    self->phrases.size = 0;
    return code;
}

/* How often the word stands in the store, no further than a twentieth of its articles. */
static int count_word(narrowing *self, runut_slice word, uint32_t *count)
{
    bool is_new;
    uint32_t most = (uint32_t)(self->articles / 20) + 2 * RARE;
    uint32_t *slot = runut_map_put(self->words, runut_utf8_fold(self->g->arena, word), &is_new);
    if (is_new) {
        runut_slice term = runut_utf8_fold(self->g->arena, word);
        int code = runut_store_count_term(self->g->runut->store, term, most, count, self->g->error);
        *slot = *count + 1;
        return code;
    }
    *count = *slot - 1;
    return RUNUT_OK;
}

/* What the rarest word of the run at `at` costs: 0 = cheap, 1 = dear, 2 = all of them stand everywhere. */
static int dearness(narrowing *self, runut_slice text, const piece *words, size_t run, int *code)
{
    uint32_t least = UINT32_MAX, count = 0;
    for (size_t i = 0; i < run && *code == RUNUT_OK; i++) {
        *code = count_word(self, runut_slice_part(text, words[i].start, words[i].end), &count);
        if (count < least)
            least = count;
    }
    return least < RARE ? 0 : least < self->articles / 20 + 2 * RARE ? 1 : 2;
}

/* Four words in a row from every other place, and the last four; all of a shorter saying. Where no word of them is rare
 * every other one of these is enough, and none where all words stand everywhere: they say nothing. */
static int search(narrowing *self, runut_slice text)
{
    enum { LEAST = 3 };
    piece words[MOST_WORDS];
    size_t count = cut(text, words), run = count < RUN ? count : RUN;
    int code = RUNUT_OK;
    for (size_t i = 0; count >= LEAST && i + run <= count && code == RUNUT_OK; i += i + run + 1 == count ? 1 : 2) {
        int dear = dearness(self, text, words + i, run, &code);
        if (code != RUNUT_OK || dear == 2 || (dear == 1 && i % 4 != 0 && count > 2 * RUN))
            continue;
        runut_slice phrase = runut_slice_part(text, words[i].start, words[i + run - 1].end);
        RUNUT_PUSH(self->g->arena, self->phrases, phrase);
        if (self->phrases.size == MOST_PHRASES)
            code = ask_phrases(self);
    }
    return code;
}

/* Prints of the first prints that will be told, or of as many as can be shown. */
typedef RUNUT_VECTOR(uint32_t) prints;

static void list_asked(narrowing *self, prints *out)
{
    const runut_gathering *g = self->g;
    uint32_t told = 0;
    for (size_t k = 0; k < g->prints.size && out->size <= MOST_ASKED; k++) {
        uint32_t first = g->order[k];
        if (g->links[first].first != first || !g->prints.at[first].told)
            continue;
        if (self->page && told++ == g->filter->limit)
            return;
        for (int32_t i = (int32_t)first; i >= 0; i = g->prints.at[i].next)
            RUNUT_PUSH(g->arena, *out, (uint32_t)i);
    }
}

/* Looks for other prints of all that will be told; *few = false: too many, or a script without blanks. */
static int search_all(narrowing *self, bool *few)
{
    runut_gathering *g = self->g;
    prints asked = {0};
    int code = RUNUT_OK;
    list_asked(self, &asked);
    *few = asked.size <= MOST_ASKED;
    for (size_t k = 0; k < asked.size && *few; k++)
        *few = !is_spaceless(g->sayings.at[asked.at[k]].text);
    for (size_t k = 0; k < asked.size && code == RUNUT_OK && *few; k++) {
        runut_gathered_print *p = &g->prints.at[asked.at[k]];
        if (!p->searched)
            code = search(self, g->sayings.at[asked.at[k]].text);
        p->searched = true;
    }
    if (code == RUNUT_OK && *few && self->phrases.size)
        code = ask_phrases(self);
    return code;
}

/* --limit: all articles up to the day of the last saying that can be shown are read, so that no later one can turn out
 * to have been said before it; then only the page's own prints are looked for. *few = false: those are too many. */
static int find_page(narrowing *self, bool *few)
{
    runut_gathering *g = self->g;
    runut_store_filter before = {.since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY};
    uint32_t told = 0, limit = g->filter->limit;
    runut_quotes_join(g);
    if (limit == 0 || count_told(g) <= limit || self->page)
        return RUNUT_OK;
    for (size_t k = 0; k < g->prints.size && told < limit; k++) {
        uint32_t first = g->order[k];
        if (g->links[first].first == first && g->prints.at[first].told && ++told == limit)
            before.until = g->sayings.at[first].day;
    }
    if (before.until == RUNUT_NO_DAY)
        return RUNUT_OK;
    int code = runut_store_find(g->runut->store, &before, false, take_number, self, g->error);
    *few = self->fresh_size <= MOST_NAMED || self->fresh_size * 2 < self->articles;
    self->page = *few;
    return code == RUNUT_OK && *few ? read_fresh(self) : code;
}

static int search_rounds(narrowing *self, bool *few)
{
    runut_gathering *g = self->g;
    int code = find_page(self, few);
    for (int round = 0; round < ROUNDS && code == RUNUT_OK && *few; round++) {
        runut_quotes_join(g);
        code = search_all(self, few);
        if (code != RUNUT_OK || !*few || self->fresh_size == 0)
            return code;
        code = read_fresh(self);
    }
    if (code == RUNUT_OK && *few)
        runut_quotes_join(g);
    return code;
}

/* All is gathered anew by who asked. */
static void forget(runut_gathering *g)
{
    g->reports.size = g->prints.size = g->sayings.size = g->keys.size = 0;
    g->speakers = runut_map_new(g->arena);
}

int runut_quotes_narrow(runut_gathering *self, const runut_store_filter *filter, bool *done)
{
    runut_store_counts counts;
    narrowing n = {.g = self, .filter = filter};
    *done = false;
    bool asks = self->by.size || has_conditions(filter) || self->filter->limit;
    if (!asks || (self->filter->by && is_spaceless(runut_slice_of(self->filter->by))))
        return RUNUT_OK;
    int code = runut_store_count(self->runut->store, &counts, self->error);
    if (code != RUNUT_OK)
        return code;
    n.articles = counts.articles;
    n.read = runut_arena_alloc(self->arena, counts.articles + 1);
    n.words = runut_map_new(self->arena);
    n.fresh = runut_arena_alloc(self->arena, (counts.articles + 1) * sizeof *n.fresh);
    bool few = true;
    code = find_first(&n, &few);
    if (code == RUNUT_OK && few)
        code = search_rounds(&n, &few);
    if (code == RUNUT_OK && !few)
        forget(self);
    *done = few;
    return code;
}
