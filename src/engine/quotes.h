/* Inside of `runut quotes`: quotes.c gathers sayings from records and tells them, quotes_narrow.c decides which
 * records, quotes_page.c does so for a page. */
#ifndef RUNUT_ENGINE_QUOTES_H
#define RUNUT_ENGINE_QUOTES_H

#include "base/map.h"
#include "engine/internal.h"
#include "relate/sayings.h"

/* One article that says something. */
typedef struct runut_gathered_report {
    uint32_t number, event, story;
    runut_slice reference, id, publisher, headline, language;
    runut_day day;
} runut_gathered_report;

/* One saying as an article prints it; sayings[i] goes with prints[i]. */
typedef struct runut_gathered_print {
    uint32_t report;
    runut_slice speaker, via;
    uint32_t end;
    bool reported;
    bool asked;    /* the filter wants it */
    bool by;       /* its speaker is the one asked for */
    bool told;     /* of a first print: it or a later one is asked for */
    bool searched; /* other prints of the same words have been looked for */
    int32_t next;  /* later print of the same words; -1 = none */
    uint32_t last;
} runut_gathered_print;

typedef struct runut_gathering {
    runut *runut;
    runut_arena *arena;
    const runut_filter *filter;
    runut_error *error;
    struct json_object *record; /* in hand */
    runut_slices by, about;     /* words of --by, folded; terms of --about, see add_query_term */
    runut_slices text_terms;    /* of the saying in hand */
    runut_map *speakers;        /* keys of names that --by means, in any article, folded */
    runut_slices keys;          /* the same as the store has them */
    RUNUT_VECTOR(runut_gathered_report) reports;
    RUNUT_VECTOR(runut_gathered_print) prints;
    RUNUT_VECTOR(runut_saying) sayings;
    runut_saying_link *links; /* set by runut_quotes_join, with the order of time */
    uint32_t *order;
    int code;
} runut_gathering;

/* Reads the records of the articles that `narrowed->numbers` lists (empty: of all). */
int runut_quotes_gather(runut_gathering *self, const runut_store_filter *narrowed);

/* Reads the records of these (a JSON array); what passes is what runut_store_by_time found to. */
int runut_quotes_gather_listed(runut_gathering *self, runut_slice numbers);

/* Ready to gather what `filter` asks for; `narrowed` gets what it asks of articles. */
int runut_quotes_begin(runut_gathering *self, runut *of, const runut_filter *filter, runut_store_filter *narrowed,
                       runut_error *error);

/* A first print with the later ones. */
struct json_object *runut_quotes_item(const runut_gathering *self, uint32_t i);

/* Joins what is gathered so far and says which first prints are told. */
void runut_quotes_join(runut_gathering *self);

/* Gathers and joins what the filter can tell, reading no other articles; *done = false: it must be all of them. */
int runut_quotes_narrow(runut_gathering *self, const runut_store_filter *narrowed, bool *done);

#endif
