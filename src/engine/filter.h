/* Shared by filter.c and filter_write.c: one capture while it is cleaned without a store. */
#ifndef RUNUT_ENGINE_FILTER_H
#define RUNUT_ENGINE_FILTER_H

#include "clean/article.h"
#include "read/capture.h"
#include "runut/clean.h"

typedef struct runut_filter_job {
    runut_arena *arena; /* holds all of the below */
    runut_capture capture;
    runut_slice text; /* what is handed out */
    runut_error error;
} runut_filter_job;

/* Writes `article` into job->text. RUNUT_OK, or RUNUT_ERR_INPUT where it needs more memory than one record may. Runs
 * under a RUNUT_ARENA_TRY of the job's arena, which is no guard any more when it returns. */
int runut_filter_write(runut_filter_job *job, const runut_article *article, const runut_clean_options *options);

#endif
