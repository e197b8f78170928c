/* Captures to articles. */
#ifndef RUNUT_CLEAN_CLEAN_H
#define RUNUT_CLEAN_CLEAN_H

#include "base/error.h"
#include "clean/article.h"
#include "read/capture.h"

/* Cleans `capture` into `article`; everything it points to lives in `arena` or is borrowed from the capture. Runs
 * under the caller's RUNUT_ARENA_TRY. RUNUT_OK, or RUNUT_ERR_INPUT where there is no text at all (binary, empty). */
int runut_clean(runut_arena *arena, const runut_capture *capture, runut_article *article, runut_error *error);

#endif
