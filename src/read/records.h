/* JSON Lines, and JSON as one object or an array of objects: each object a record (record.h). */
#ifndef RUNUT_READ_RECORDS_H
#define RUNUT_READ_RECORDS_H

#include "read/reading.h"

/* Lines: as captures, or as they are where the reading wants lines. */
int runut_records_read_lines(runut_reading *reading, runut_input *input, runut_slice file);

/* An object or an array of objects, over any number of lines. */
int runut_records_read_json(runut_reading *reading, runut_input *input, runut_slice file);

/* Delivers what `capture->bytes` say, an object with an article's keys, in the place of `capture`; anything else is
 * counted and passed over: web servers send all kinds of things as JSON. */
int runut_records_deliver_json(runut_reading *reading, const runut_capture *capture);

#endif
