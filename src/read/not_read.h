/* What people hand over and nobody here reads: told by its name, rather than as something binary. */
#ifndef RUNUT_READ_NOT_READ_H
#define RUNUT_READ_NOT_READ_H

#include "read/reading.h"

/* What these first bytes are: "a PDF file", …; NULL where it is nothing of the table. */
const char *runut_not_read_name(runut_slice start);

bool runut_not_read_is(runut_slice start);
int runut_not_read_read(runut_reading *reading, runut_input *input, runut_slice file);

/* Indexes of web archives (CDX, CDXJ) say nothing that the archives do not: they are counted. */
bool runut_not_read_is_index(runut_slice start);
int runut_not_read_index(runut_reading *reading, runut_input *input, runut_slice file);

#endif
