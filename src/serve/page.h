/* The page: its files as they were embedded at build time (tools/embed_page.py). */
#ifndef RUNUT_SERVE_PAGE_H
#define RUNUT_SERVE_PAGE_H

#include <stddef.h>

#include "runut/engine.h"
#include "serve/request.h"

typedef struct runut_page_file {
    const char *name;                                    /* "index.html", "assets/app-1a2b3c4d.js" */
    const char *type;                                    /* Content-Type */
    const char *tag;                                     /* of its content, as in an ETag, with quotation marks */
    const char *plain, *plain_end, *packed, *packed_end; /* packed: gzip; empty where that is no shorter */
} runut_page_file;

/* The embedded ones: the API's description, then the page in order of names. */
extern const runut_page_file runut_page_files[];
extern const size_t runut_page_file_count;

/* `/` and every address of a view: index.html. */
void runut_page_answer(runut *store, runut_request *request);

/* `/assets/…`: named after what they hold, so that a browser may keep them for ever. */
void runut_page_answer_asset(runut *store, runut_request *request);

/* `/api/v1/openapi.json`: what there is to ask, and what answers look like. */
void runut_page_answer_document(runut *store, runut_request *request);

#endif
