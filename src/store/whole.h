/* All that a store holds and cannot make again, to be written out and put into a new one. */
#ifndef RUNUT_STORE_WHOLE_H
#define RUNUT_STORE_WHOLE_H

#include "store/store.h"

/* Every article in order of arrival, with all columns of its own, its event and its relation, and its other lines. */
typedef int (*runut_on_whole_article)(void *context, const runut_row *row, runut_slice lines);
int runut_store_whole_articles(runut_store *self, runut_on_whole_article on_article, void *context, runut_error *error);

typedef enum runut_whole {
    RUNUT_WHOLE_EVENT,   /* number, story, day, year, month, title article, articles; text: origins (JSON) */
    RUNUT_WHOLE_VERSION, /* article, the one that it replaces */
    RUNUT_WHOLE_MOVE,    /* number, article, old event, new event, newest article */
    RUNUT_WHOLE_ARRIVAL, /* first article, seconds since 1970 */
    RUNUT_WHOLE_COUNTER, /* value; text: name */
    RUNUT_WHOLE_TABLES
} runut_whole;

enum { RUNUT_WHOLE_NUMBERS = 7 };
typedef struct runut_whole_row {
    int64_t numbers[RUNUT_WHOLE_NUMBERS]; /* a day: INT64_MIN = none */
    runut_slice text;
} runut_whole_row;

/* The rows of a table in the order of their first number (counters: of their names). */
typedef int (*runut_on_whole_row)(void *context, const runut_whole_row *row);
int runut_store_whole_rows(runut_store *self, runut_whole table, runut_on_whole_row on_row, void *context,
                           runut_error *error);

/* Puts a row of a table other than those of events and versions (runut_store_event_put, runut_store_version_put).
 * RUNUT_ERR_INPUT where one like it is there.
 */
int runut_store_whole_put(runut_store *self, runut_whole table, const runut_whole_row *row, runut_error *error);

/* The number of the article of that id; 0 = none. */
int runut_store_id_taken(runut_store *self, runut_slice id, uint32_t *number, runut_error *error);

#endif
