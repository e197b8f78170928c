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
    runut_annotator *annotator;      /* made when first needed (runut_annotator_ready), as its tables are large */
    runut_annotator *tokenizer;      /* for index terms as long as there is no annotator; made when first needed */
    runut_arena *arena;              /* of the article in hand */
    runut_arena *words;              /* of the text being cut into index terms */
    runut_relater *relater;          /* loaded when first needed; NULL = not loaded, or not to be trusted any more */
    int64_t generation;              /* the store's when the relater last agreed with it */
    struct runut_comparer *comparer; /* made when first needed */
    uint32_t last_related;           /* number of the last article that the relater has */
    struct runut_worker *workers;    /* of the last adding (worker.h): dictionaries take longer to load than a report */
    size_t worker_count;
};

/* For reading, whatever its schema and state; `alone`: nobody else may open it meanwhile. */
int runut_open_as_it_is(const char *path, bool alone, runut **self, runut_error *error);

/* The most bytes that one article may need; taken only when needed. */
#define RUNUT_ARTICLE_ARENA ((size_t)4 << 30)

/* ---- annotator.c ---- */

/* A new annotator that also knows the agencies of the table in the file `agencies` (NULL = no more). RUNUT_ERR_IO,
 * RUNUT_ERR_USE where the table is broken, or RUNUT_ERR_MEMORY; then *annotator is NULL. */
int runut_annotator_open(runut_annotator **annotator, const char *agencies, runut_error *error);

/* Makes self->annotator where it is not there yet. */
int runut_annotator_ready(runut *self, runut_error *error);

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

/* How an article stands to others: {"why", "reuse", "disagreements", "novel"}; articles by number. In the arena. */
runut_slice runut_record_of_relation(runut_arena *arena, const runut_relation *relation);

/* Of these one disagreement; "novel" with its key. */
void runut_record_put_disagreement(runut_writer *out, const runut_disagreement *disagreement);
void runut_record_put_novel(runut_writer *out, const runut_relation *relation);

struct json_object *runut_json_text(runut_slice text);                            /* NULL for an empty one */
struct json_object *runut_json_day(runut_day day);                                /* NULL for RUNUT_NO_DAY */
struct json_object *runut_json_rounded(double value);                             /* three digits */
struct json_object *runut_json_span(struct json_object *object, runut_span span); /* puts start and end */

/* ---- views.c ---- */

/* An article as export prints it, from its row. */
int runut_view_article(runut *self, const runut_row *row, struct json_object **answer, runut_error *error);

/* The store's filter for the caller's; RUNUT_ERR_USE where a day is none. */
int runut_view_filter(const runut_filter *filter, runut_store_filter *out, runut_error *error);

/* "s3" or "3": what a name that begins with `letter` means. RUNUT_ERR_USE where it is none; `what` = "a story". */
int runut_view_name(const char *name, char letter, const char *what, uint32_t *number, runut_error *error);

/* The number of the article that the text was taken from → how others name it. */
void runut_view_name_reuse(runut *self, struct json_object *relation);

/* How others name an article: its own id where the record had one, else its file. */
runut_slice runut_view_reference(const runut_row *row);

void runut_json_put(struct json_object *to, const char *key, runut_slice text);

/* "a12" under `key`; null for 0. */
void runut_json_put_name(struct json_object *to, const char *key, char letter, uint32_t number);

void runut_json_put_number(struct json_object *to, const char *key, int64_t number);

/* Puts what `from` has under `key` into another object. */
void runut_json_move(struct json_object *from, struct json_object *to, const char *key);

/* An empty object where `text` is no JSON. */
struct json_object *runut_json_parse(runut_slice text);

/* One run of a listing of the store: who asked, and how it went. */
typedef struct runut_listing_run {
    runut *runut;
    runut_visit visit;
    void *context;
    runut_error *error;
    int code;
} runut_listing_run;
/* ---- version.c: newer versions of articles; all while the store is being written ---- */

/* Looks at the articles that are new: which of them are edits of one that was found at the same address. Under the
 * guard of self->arena, which it resets. */
int runut_versions_judge(runut *self, runut_error *error);

/* Tells the relater, which has just been loaded, all versions that are known. */
int runut_versions_load(runut *self, runut_error *error);

/* ---- version_changes.c ---- */

/* What is different in `article` from its older version `replaces`, as docs/output.md has it. */
int runut_version_changes(runut *self, uint32_t article, uint32_t replaces, struct json_object **changes,
                          runut_error *error);

/* "replaces", "replacesArticle", "replacedBy", "replacedByArticle". */
int runut_version_put(runut *self, uint32_t article, struct json_object *out, uint32_t *replaces, runut_error *error);

/* ---- stories.c, reports.c: as listings have them ---- */
struct json_object *runut_view_event(const runut_row_event *row);
struct json_object *runut_view_story(runut *self, const runut_row_story *row);

/* A report of an event, from a row of runut_store_report. */
struct json_object *runut_view_report(runut *self, const runut_row *row);

/* The same in a listing of its own, with its place among the others. */
struct json_object *runut_view_listed(runut *self, const runut_row *row);

/* "2026-01-02T03:04:05Z"; NULL for 0. */
struct json_object *runut_json_time(int64_t seconds);

/* ---- lines.c: the capture's lines that are no part of the body ---- */
const char *runut_role_name(runut_line_role role);

/* As the store keeps them, in the arena; empty where there are none. */
runut_slice runut_lines_pack(runut_arena *arena, const runut_article *article);

/* Packs and unpacks their JSON; unpacked: empty where they are damaged. */
runut_slice runut_lines_pack_text(runut_arena *arena, runut_slice text);
runut_slice runut_lines_text(runut_arena *arena, runut_slice packed);

/* A list of {"at", "text", "role", "why"}. */
struct json_object *runut_lines_unpack(runut_slice packed);

/* Are they, or are they damaged? */
bool runut_lines_readable(runut_slice packed);

/* ---- quotes_page.c ---- */

/* A page of quotes behind the place `after` (NULL = from the beginning), put into `items`; *last: the place of the last
 * one, *more: whether others follow. */
int runut_quotes_page(runut *self, const runut_filter *filter, const runut_place *after, uint32_t most,
                      struct json_object *items, runut_place *last, bool *more, runut_error *error);

/* ---- cursor.c ---- */

enum { RUNUT_CURSOR_SIZE = 128 };

/* The cursor of a place; `listing` and `order` are letters that say of what. */
void runut_cursor_print(char out[RUNUT_CURSOR_SIZE], char listing, char order, const runut_filter *filter,
                        const runut_place *place, int keys);

/* Back again. RUNUT_ERR_USE where it is broken or made for another listing, order or filter. */
int runut_cursor_read(const char *text, char listing, char order, const runut_filter *filter, runut_place *place,
                      int keys, runut_error *error);

/* ---- terms.c ---- */
int runut_index_terms(void *context, runut_slice text, runut_slice language, bool query, runut_store_emit emit,
                      void *to);

#endif
