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
    uint32_t *joined; /* how many blocks are one line with this one */
    runut_metadata_span span;
} runut_page;

/* page.c: a page judged, before anything is made of it. */
runut_page *runut_page_new(runut_arena *arena, runut_slice html);

/* page_judge.c: fills `why` and `span` from the scores. */
void runut_page_judge(runut_page *self);

/* What a block is like; `levels` says how many elements around it are looked at. */
bool runut_page_in_classes(const runut_page *self, size_t block, uint32_t set, int levels);
bool runut_page_in_tag(const runut_page *self, size_t block, runut_html_tag tag, int levels);
float runut_page_link_share(const runut_html_block *block);
bool runut_page_is_credit(const runut_page *self, size_t block); /* "Sumber: …": names whom the news is from */

/* page_form.c: settles what hangs together though it was judged apart (rows of a table, embedded posts, pull quotes).
 */
void runut_page_settle(runut_page *self);

/* The line that begins at `block`, with its form and text; how many blocks it takes up, 1 at least. */
size_t runut_page_form(const runut_page *self, size_t block, runut_line *line);

/* page_kind.c: what the page is; `hidden`: words of a report that only its scripts hold. */
runut_article_kind runut_page_kind(const runut_page *self, float hidden);

/* page_roles.c: the role of a block that is not body. */
void runut_page_name_role(const runut_page *self, size_t block, runut_line *line);
void runut_page_set_role(runut_line *line, runut_line_role role, const char *why);

#endif
