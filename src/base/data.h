/* The files of data/, embedded into the library at build time (tools/embed.py).
 *
 * In the tables (.tsv) a line is a record, TAB separates fields, a line that begins with '#' is a comment. Each has an
 * index of its first fields, made at build time, so that a look-up costs no more than a hash: nothing is read into maps
 * at run time where only single records are asked for. */
#ifndef RUNUT_BASE_DATA_H
#define RUNUT_BASE_DATA_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/slice.h"

/* Open addressing, linear probing: eight bits of the key's hash and 24 of 1 + its offset in the table; 0 = free. */
typedef struct runut_table_index {
    const uint32_t *slots;
    uint32_t mask; /* how many slots there are, less one */
} runut_table_index;

/* One file; valid for ever. */
typedef struct runut_table {
    const char *name, *at, *end;
    runut_table_index records, names;
} runut_table;

/* data/NAME.tsv is runut_table_NAME_tsv too, for those who look up every word; these here are asked so. */
extern const runut_table runut_table_line_cues_tsv, runut_table_page_dates_tsv, runut_table_calendar_tsv;

/* data/`name` ("months.tsv"); an empty table where there is no such file. */
const runut_table *runut_data_table(const char *name);

/* The bytes of data/`name`; empty where there is no such file. */
runut_slice runut_data(const char *name);

/* Cuts the next record off `rest`: its fields into `fields` (missing ones empty). Comments and empty lines are skipped.
 * Returns the number of fields, 0 at the end. */
size_t runut_data_row(runut_slice *rest, runut_slice *fields, size_t most);

/* The first record whose first field is `key`. Returns as runut_data_row, 0 = none. */
size_t runut_data_find(const runut_table *table, runut_slice key, runut_slice *fields, size_t most);

/* The table from the first record on whose first field is `word` or begins with it and a blank: in a sorted table all
 * such stand together. Empty where there is none. */
runut_slice runut_data_phrases(const runut_table *table, runut_slice word);

/* Is `name`, ASCII case apart, one of the names that '|' parts in the fields that tools/embed.py lists for the table?
 */
bool runut_data_names(const runut_table *table, runut_slice name);

/* The records whose first fields stand anywhere in a text: one pass over it, whatever the size of the table, which
 * tools/embed.py must list as SOUGHT. */
typedef struct runut_data_search {
    const runut_table *table;
    runut_slice text;
    size_t at;     /* where it looks; begins as 0 */
    uint32_t slot; /* the next in the index, if `open` */
    bool open;
} runut_data_search;

/* The next one, with its fields; a record comes as often as it stands there. Returns as runut_data_row, 0 at the end.
 */
size_t runut_data_inside(runut_data_search *self, runut_slice *fields, size_t most);

#endif
