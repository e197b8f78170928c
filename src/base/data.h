/* The files of data/, embedded into the library at build time (tools/embed.py). */
#ifndef RUNUT_BASE_DATA_H
#define RUNUT_BASE_DATA_H

#include "runut/slice.h"

/* The bytes of data/`name` ("months.tsv"), valid for ever; empty where there is no such file. In the tables a line is
 * a record, TAB separates fields, a line that begins with '#' is a comment. */
runut_slice runut_data(const char *name);

/* Cuts the next record off `rest`: its fields into `fields` (missing ones empty). Comments and empty lines are skipped.
 * Returns the number of fields, 0 at the end. */
size_t runut_data_row(runut_slice *rest, runut_slice *fields, size_t most);

/* The records of `table` from the first one on whose first field is not before `key`; the table must be in byte order
 * (LC_ALL=C sort), comments at its head only. By halving: no index is built. */
runut_slice runut_data_from(runut_slice table, runut_slice key);

/* The record of such a table whose first field is `key`. Returns as runut_data_row, 0 = none. */
size_t runut_data_find(runut_slice table, runut_slice key, runut_slice *fields, size_t most);

#endif
