/* HAR: what a browser's network panel exports, requests and answers as JSON
 * (http://www.softwareishard.com/blog/har-12-spec/). */
#ifndef RUNUT_READ_HAR_H
#define RUNUT_READ_HAR_H

#include "read/reading.h"

struct json_object;

bool runut_har_is(struct json_object *object);

/* Each answer that holds a page, a text or a record; others are counted. Records are numbered as the entries are. */
int runut_har_read(runut_reading *reading, struct json_object *object, runut_slice file);

#endif
