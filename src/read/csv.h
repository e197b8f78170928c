/* Tables of reports: CSV (RFC 4180), TSV, and what spreadsheets make of them. The first row names the columns. */
#ifndef RUNUT_READ_CSV_H
#define RUNUT_READ_CSV_H

#include <stdbool.h>

#include "read/reading.h"

/* Does it begin with a row of names, one of them for the report's text or page? */
bool runut_csv_is(runut_slice start);

/* Each row is a capture. One with more or fewer fields than there are names is told, and so is a quotation mark that
 * nothing closes; the others go on. */
int runut_csv_read(runut_reading *reading, runut_input *input, runut_slice file);

/* A table in which no column holds a text: told as such. */
bool runut_csv_is_without_texts(runut_slice start);
int runut_csv_read_without_texts(runut_reading *reading, runut_input *input, runut_slice file);

#endif
