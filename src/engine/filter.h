/* Shared by filter.c, filter_write.c and filter_annotate.c: one capture while it goes through without a store. */
#ifndef RUNUT_ENGINE_FILTER_H
#define RUNUT_ENGINE_FILTER_H

#include "annotate/annotate.h"
#include "base/buffer.h"
#include "clean/article.h"
#include "engine/writer.h"
#include "read/capture.h"
#include "relate/digest.h"
#include "runut/filter.h"

typedef struct runut_filter_job {
    runut_arena *arena; /* holds all of the below */
    runut_capture capture;
    runut_slice text; /* what is handed out */
    runut_error error;
} runut_filter_job;

/* Writes `article` into job->text. RUNUT_OK, or RUNUT_ERR_INPUT where it needs more memory than one record may. Runs
 * under a RUNUT_ARENA_TRY of the job's arena, which is no guard any more when it returns. */
int runut_filter_write(runut_filter_job *job, const runut_article *article, const runut_clean_options *options);

/* filter_html.c: `article` as an <article> element, escaped; nothing where it has no body. `page`: its
 * lines have forms. */
void runut_filter_html(runut_buffer *out, const runut_article *article, bool page);

/* Annotates `article`, in `arena`, and writes what it says into job->text; else as above. Both arenas are under a
 * RUNUT_ARENA_TRY, and neither is when it returns. */
int runut_filter_annotate(runut_filter_job *job, runut_arena *arena, runut_annotator *annotator,
                          runut_digester *digester, const runut_article *article);

/* What was written, in the job's arena, becomes job->text, a line. Returns as runut_filter_write. */
int runut_filter_print(runut_filter_job *job, runut_writer *record);

/* What names the capture in the output: as it is named itself, repaired. */
runut_slice runut_filter_id(const runut_filter_job *job);
runut_slice runut_filter_file(const runut_filter_job *job);

#endif
