/* Feeds and lists of links as captures. */
#ifndef RUNUT_READ_FEED_READ_H
#define RUNUT_READ_FEED_READ_H

#include "read/reading.h"

/* RSS, Atom, OPML, sitemaps. Items that hold their report are captures; teasers, and what lists hold, are told. */
int runut_feed_read(runut_reading *reading, runut_input *input, runut_slice file);

struct json_object;

/* JSON Feed. */
int runut_feed_read_object(runut_reading *reading, struct json_object *object, runut_slice file);

#endif
