/* JSON records to captures: schema.org's names as in DESIGN, trafilatura's and news-please's understood too. */
#ifndef RUNUT_READ_RECORD_H
#define RUNUT_READ_RECORD_H

#include "base/error.h"
#include "read/capture.h"

struct json_object;

/* Fills `capture` from `object`: slices point into `object`, the authors' array lives in `arena`; runs under the
 * caller's RUNUT_ARENA_TRY. RUNUT_ERR_INPUT where there is neither text nor page. */
int runut_record_capture(runut_arena *arena, struct json_object *object, runut_capture *capture, runut_error *error);

#endif
