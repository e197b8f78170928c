/* What the names of a table's columns mean. */
#ifndef RUNUT_READ_CSV_COLUMNS_H
#define RUNUT_READ_CSV_COLUMNS_H

#include <stdbool.h>

#include "read/capture.h"

enum { RUNUT_CSV_COLUMNS = 256 };

typedef enum runut_column {
    RUNUT_COLUMN_OTHER,
    RUNUT_COLUMN_BODY,
    RUNUT_COLUMN_PAGE,
    RUNUT_COLUMN_ID,
    RUNUT_COLUMN_URL,
    RUNUT_COLUMN_PUBLISHER,
    RUNUT_COLUMN_HEADLINE,
    RUNUT_COLUMN_DATE,
    RUNUT_COLUMN_LANGUAGE,
    RUNUT_COLUMN_AUTHOR,
    RUNUT_COLUMN_STANDFIRST,
    RUNUT_COLUMN_CREDIT,
    RUNUT_COLUMN_DATE_FROM,
    RUNUT_COLUMN_KIND,
    RUNUT_COLUMN_FOUND,
    RUNUT_COLUMNS
} runut_column;

typedef struct runut_csv_columns {
    char delimiter;
    size_t count;
    unsigned char meaning[RUNUT_CSV_COLUMNS]; /* a runut_column */
    unsigned char rank[RUNUT_CSV_COLUMNS];    /* of several with one meaning the smallest that holds something counts */
} runut_csv_columns;

/* Reads the row of names, quoted or not; false where it is none. */
bool runut_csv_columns_read(runut_slice row, char delimiter, runut_csv_columns *out);

/* The delimiter with which `row` is a row of names; false where there is none. */
bool runut_csv_columns_find(runut_slice row, runut_csv_columns *out);

/* Cuts the next field off `*row`, its quotation marks undone in `arena` where that changes it; *more: there is another
 * one behind it. */
runut_slice runut_csv_field(runut_arena *arena, runut_slice *row, char delimiter, bool *more);

/* Fills `capture` from as many fields as there are columns. False where there is neither text nor page. */
bool runut_csv_capture(runut_arena *arena, const runut_csv_columns *columns, const runut_slice *fields,
                       runut_capture *capture);

/* Does `row` name three columns at least, two of which are known, though none of them may hold a text? */
bool runut_csv_columns_known(runut_slice row);

#endif
