/* The report of a page that holds it in a script only; page.c only. */
#ifndef RUNUT_CLEAN_PAGE_JSON_H
#define RUNUT_CLEAN_PAGE_JSON_H

#include "clean/page.h"

/* Markup of what reads most like the report in the page's JSON; empty where nothing does. `headline` is the page's. */
runut_slice runut_page_json(runut_arena *arena, const runut_slices *scripts, runut_slice headline);

#endif
