/* The shelf: what scoring needs of every article, packed. An article's place on the shelf is its number here (0, 1, …);
 * its number in the store is `article`. Vectors lie one after the other in one pool:
 *
 *     stems | entities | heads | places | lead | contexts | numbers
 *
 * stems, entities, heads, places and lead hold term numbers of the index, the others hashes or values; all rise. */
#ifndef RUNUT_RELATE_SHELF_H
#define RUNUT_RELATE_SHELF_H

#include "relate/digest.h"
#include "relate/index.h"
#include "relate/outlets.h"

/* Keeps words, names and so on apart in the one space of terms: what is put to the hash of a word of a name. */
#define RUNUT_SHELF_ENTITY_SALT 0x9e3779b9u

/* RUNUT_SHELF_MOST: of one kind in a vector. */
enum { RUNUT_SHELF_MOST = 600, RUNUT_SHELF_DAYS = 4, RUNUT_SHELF_NEAR = 12, RUNUT_SHELF_EDITIONS = 4 };

/* Days that an article may be of, both ends included. */
typedef struct runut_days {
    runut_day low, high;
} runut_days;

/* Another article and how like it is. */
typedef struct runut_near {
    uint32_t place;
    float match;
} runut_near;

typedef struct runut_shelved {
    uint32_t article, event, story;
    uint32_t reuse_of;            /* number of an article, 0 = none */
    uint32_t replaced_by;         /* likewise: a newer version of it */
    uint64_t bytes, terms, edges; /* where its digest, vectors and edges begin */
    uint32_t byte_count;          /* 0 = the digest is not held */
    uint32_t edge_count;
    uint32_t source, outlet;       /* the last of its sources, its publisher: numbers of outlets */
    runut_day published, happened; /* as the digest has them, RUNUT_NO_DAY = unknown; then: */
    int16_t year;
    uint8_t month;
    bool conflict, headline; /* are there a conflict of dates, a headline? */
    uint16_t stems, entities, heads, places, lead, contexts, numbers;
    uint8_t day_count; /* 0 = undated */
    uint8_t near_count;
    uint8_t edition_count;
    bool precise;   /* one day, and no doubt about it */
    bool vague;     /* its day is one of a record only */
    runut_day told; /* day of the happening where the text itself tells it, else RUNUT_NO_DAY */
    bool linked;    /* its edges are there */
    uint32_t language;
    float stem_norm, entity_norm, name_norm, head_sum, place_sum, context_norm; /* name: entities but for numbers */
    uint32_t editions[RUNUT_SHELF_EDITIONS];                                    /* as in the digest */
    runut_days days[RUNUT_SHELF_DAYS];
    runut_near near[RUNUT_SHELF_NEAR]; /* the most alike, best first */
} runut_shelved;

typedef struct runut_shelf {
    runut_heap *heap;
    runut_index *index;
    struct runut_pairs *pairs; /* matches computed already; NULL = none are kept */
    struct runut_ready *ready; /* the article compared last, made ready for the next comparison, or NULL */
    RUNUT_LIST(runut_shelved) articles;
    runut_outlets outlets;
    RUNUT_LIST(char) bytes; /* digests, of the newest articles only where others can be asked for */
    RUNUT_LIST(uint32_t) terms;
    RUNUT_LIST(uint8_t) counts;   /* beside terms */
    RUNUT_LIST(runut_near) edges; /* to the articles found for it */
    float weight[256];            /* of a count: 1 + ln count */
} runut_shelf;

void runut_shelf_init(runut_shelf *self, runut_heap *heap, runut_index *index);
void runut_shelf_free(runut_shelf *self);

/* Puts an article at the end; false when memory is out, and then nothing has changed that counts. `bytes`: the digest
 * to hold, empty = none. */
bool runut_shelf_put(runut_shelf *self, runut_arena *scratch, uint32_t article, const runut_digest *digest,
                     runut_slice bytes);

/* Norms of the articles from `first` on, after the index was weighed. */
void runut_shelf_weigh(runut_shelf *self, size_t first);

/* An article's telling terms by weight: at most RUNUT_SHELF_LOOKUPS. */
enum {
    RUNUT_SHELF_LOOKUP_STEMS = 30,
    RUNUT_SHELF_LOOKUP_ENTITIES = 20,
    RUNUT_SHELF_LOOKUPS = RUNUT_SHELF_LOOKUP_STEMS + RUNUT_SHELF_LOOKUP_ENTITIES
};
size_t runut_shelf_lookups(const runut_shelf *self, size_t place, runut_lookup *out);

/* Notes that `other` is `match` alike among the nearest of `place`; once for each. */
void runut_shelf_note(runut_shelf *self, size_t place, uint32_t other, float match);

/* Has the memory begin to bring an article's vectors, which are about to be read. */
void runut_shelf_prefetch(const runut_shelf *self, size_t place);

/* Empty where it is not held. */
runut_slice runut_shelf_bytes(const runut_shelf *self, size_t place);

/* Lets go of the digests of the articles from `first` on; those before it are not held. */
void runut_shelf_drop_bytes(runut_shelf *self, size_t first);

#endif
