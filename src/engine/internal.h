/* Shared by the files of engine/. */
#ifndef RUNUT_ENGINE_INTERNAL_H
#define RUNUT_ENGINE_INTERNAL_H

#include <json-c/json.h>

#include "annotate/annotate.h"
#include "base/slice.h"
#include "engine/writer.h"
#include "read/capture.h"
#include "relate/relate.h"
#include "runut/engine.h"
#include "store/store.h"

struct runut {
    runut_store *store;
    runut_annotator *annotator;
    runut_arena *arena;           /* of the article in hand */
    runut_arena *words;           /* of the text being cut into index terms */
    runut_relater *relater;       /* loaded when first needed; NULL = not loaded, or not to be trusted any more */
    int64_t generation;           /* the store's when the relater last agreed with it */
    uint32_t last_related;        /* number of the last article that the relater has */
    struct runut_worker *workers; /* of the last adding (worker.h): dictionaries take longer to load than a report */
    size_t worker_count;
};

/* The most bytes that one article may need; taken only when needed. */
#define RUNUT_ARTICLE_ARENA ((size_t)4 << 30)

/* ---- annotator.c ---- */

/* A new annotator that also knows the agencies of the table in the file `agencies` (NULL = no more). RUNUT_ERR_IO,
 * RUNUT_ERR_USE where the table is broken, or RUNUT_ERR_MEMORY; then *annotator is NULL. */
int runut_annotator_open(runut_annotator **annotator, const char *agencies, runut_error *error);

/* ---- identity.c ---- */

/* 16 bytes: the hash of all that the capture holds. */
runut_slice runut_capture_hash(runut_arena *arena, const runut_capture *capture);

/* As the record names itself, else the hash in hexadecimal. */
runut_slice runut_capture_name(runut_arena *arena, const runut_capture *capture, runut_slice hash);

/* ---- record.c: what one article says, as JSON ---- */

/* Export's keys but for articleBody and relations: an object, in the arena. */
runut_slice runut_record_of(runut_arena *arena, const runut_article *article, const runut_annotation *annotation);
void runut_record_put(runut_writer *out, const runut_article *article, const runut_annotation *annotation);

/* Of these the keys that cleaning alone gives, "inLanguage" to "datePublishedFrom". */
void runut_record_put_article(runut_writer *out, const runut_article *article, runut_slice language);

const char *runut_kind_name(runut_article_kind kind);

/* How an article stands to others: {"why", "reuse", "disagreements", "novel"}; articles by number. */
struct json_object *runut_record_of_relation(const runut_relation *relation);

struct json_object *runut_json_text(runut_slice text); /* NULL for an empty one */
struct json_object *runut_json_texts(const runut_slices *texts);
struct json_object *runut_json_day(runut_day day);                                /* NULL for RUNUT_NO_DAY */
struct json_object *runut_json_rounded(double value);                             /* three digits */
struct json_object *runut_json_span(struct json_object *object, runut_span span); /* puts start and end */

/* ---- views.c ---- */

/* An article as export prints it, from its row. */
int runut_view_article(runut *self, const runut_row *row, struct json_object **answer, runut_error *error);

/* The store's filter for the caller's; RUNUT_ERR_USE where a day is none. */
int runut_view_filter(const runut_filter *filter, runut_store_filter *out, runut_error *error);

/* An event as listings have it. */
struct json_object *runut_view_event(const runut_row_event *row);

/* How others name an article: its own id where the record had one, else its file. */
runut_slice runut_view_reference(const runut_row *row);

void runut_json_put(struct json_object *to, const char *key, runut_slice text);

/* "a12" under `key`; null for 0. */
void runut_json_put_name(struct json_object *to, const char *key, char letter, uint32_t number);

/* An empty object where `text` is no JSON. */
struct json_object *runut_json_parse(runut_slice text);

/* ---- terms.c ---- */
int runut_index_terms(void *context, runut_slice text, runut_slice language, bool query, runut_store_emit emit,
                      void *to);

#endif
