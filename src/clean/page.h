/* A page while it is being cleaned; page*.c only. */
#ifndef RUNUT_CLEAN_PAGE_H
#define RUNUT_CLEAN_PAGE_H

#include "clean/blocks.h"
#include "clean/metadata.h"

typedef struct runut_page {
    runut_html_tree *tree;
    runut_metadata *metadata;
    runut_block_text *texts; /* one a block, as are the next two */
    float *score;
    const char **why; /* why it is not body: "" = the judgement; NULL = it is body */
    runut_metadata_span span;
} runut_page;

#endif
