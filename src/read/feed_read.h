/* Feeds and lists of links as captures. */
#ifndef RUNUT_READ_FEED_READ_H
#define RUNUT_READ_FEED_READ_H

#include "read/feed.h"
#include "read/reading.h"

/* RSS, Atom, OPML, sitemaps. Items that hold their report are captures; teasers, and what lists hold, are told. */
int runut_feed_read(runut_reading *reading, runut_input *input, runut_slice file);

/* An item that holds its report as a capture: `body` and `plain` are what runut_feed_item_body found. In the arena, or
 * borrowed from the item. */
void runut_feed_capture(runut_arena *arena, runut_slice file, const runut_feed *feed, const runut_feed_item *item,
                        runut_slice body, bool plain, runut_capture *out);

/* A feed that is a record of an archive, `capture->bytes` from `capture->url`: items that hold their report are
 * captures; teasers and lists are counted and passed over, since the pages that they lead to may be in the archive
 * themselves. */
int runut_feed_read_record(runut_reading *reading, const runut_capture *capture, runut_slice charset);

struct json_object;

/* JSON Feed. */
int runut_feed_read_object(runut_reading *reading, struct json_object *object, runut_slice file, uint64_t record,
                           uint64_t byte);

#endif
