/* JSON records to captures: schema.org's names as in DESIGN, trafilatura's and news-please's understood too. */
#ifndef RUNUT_READ_RECORD_H
#define RUNUT_READ_RECORD_H

#include "base/error.h"
#include "read/capture.h"

struct json_object;

/* The list of records in an answer of a search or a news interface: under "articles", "results", "hits", …, at most two
 * objects deep. NULL where `object` is a record itself, or anything else. */
struct json_object *runut_record_list(struct json_object *object);

/* The record within what a database wraps around it ("_source", "row", …); `object` itself where there is nothing. */
struct json_object *runut_record_within(struct json_object *object);

/* Fills `capture` from `object`: slices point into `object`, the authors' array lives in `arena`; runs under the
 * caller's RUNUT_ARENA_TRY. RUNUT_ERR_INPUT where there is neither text nor page. */
int runut_record_capture(runut_arena *arena, struct json_object *object, runut_capture *capture, runut_error *error);

/* What a record or a table says of a date, as ISO 8601 where it can be read: also seconds or milliseconds since 1970.
 */
runut_slice runut_record_date(runut_arena *arena, runut_slice text);

/* Names with ';' between them, or a list as Python prints it. */
void runut_record_authors(runut_arena *arena, runut_slice text, runut_slices *authors);

#endif
