/* A page while it is being cleaned; page*.c only. */
#ifndef RUNUT_CLEAN_PAGE_H
#define RUNUT_CLEAN_PAGE_H

#include "clean/article.h"
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

/* page_judge.c: fills `why` and `span` from the scores. */
void runut_page_judge(runut_page *self);

/* What a block is like; `levels` says how many elements around it are looked at. */
bool runut_page_in_classes(const runut_page *self, size_t block, uint32_t set, int levels);
bool runut_page_in_tag(const runut_page *self, size_t block, runut_html_tag tag, int levels);
float runut_page_link_share(const runut_html_block *block);
bool runut_page_is_credit(const runut_page *self, size_t block); /* "Sumber: …": names whom the news is from */

/* page_roles.c: the role of a block that is not body. */
void runut_page_name_role(const runut_page *self, size_t block, runut_line *line);
void runut_page_set_role(runut_line *line, runut_line_role role, const char *why);

#endif
