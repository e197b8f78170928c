/* Shared by the files of engine/. */
#ifndef RUNUT_ENGINE_INTERNAL_H
#define RUNUT_ENGINE_INTERNAL_H

#include <json-c/json.h>

#include "annotate/annotate.h"
#include "base/slice.h"
#include "relate/relate.h"
#include "runut/engine.h"
#include "store/store.h"

struct runut {
    runut_store *store;
    runut_annotator *annotator;
    runut_arena *arena;   /* of the article in hand */
    runut_arena *words;   /* of the text being cut into index terms */
    runut_relater *relater; /* loaded when first needed; NULL = not loaded, or not to be trusted any more */
    int64_t generation;   /* the store's when the relater last agreed with it */
    uint32_t last_related; /* number of the last article that the relater has */
};

/* ---- record.c: what one article says, as JSON ---- */

/* Export's keys but for articleBody and relations. The object is the caller's; NULL = out of memory. */
struct json_object *runut_record_of(const runut_article *article, const runut_annotation *annotation);

/* How an article stands to others: {"why", "reuse", "disagreements", "novel"}; articles by number. */
struct json_object *runut_record_of_relation(const runut_relation *relation);

struct json_object *runut_json_text(runut_slice text);       /* NULL for an empty one */
struct json_object *runut_json_day(runut_day day);           /* NULL for RUNUT_NO_DAY */
struct json_object *runut_json_span(struct json_object *object, runut_span span); /* puts start and end */

/* ---- views.c ---- */

/* An article as export prints it, from its row. */
int runut_view_article(runut *self, const runut_row *row, struct json_object **answer, runut_error *error);

/* ---- terms.c ---- */
int runut_index_terms(void *context, runut_slice text, runut_slice language, bool query, runut_store_emit emit, void *to);

#endif
