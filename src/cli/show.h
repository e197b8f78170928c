/* JSON answers as text for people; shared by the commands that list reports. */
#ifndef RUNUT_CLI_SHOW_H
#define RUNUT_CLI_SHOW_H

#include <json-c/json.h>

#include "cli.h"
#include "term.h"

/* The text at `key`, "" where there is none; a number as text. Borrowed. */
const char *show_text(struct json_object *object, const char *key);
struct json_object *show_list(struct json_object *object, const char *key); /* NULL or an array */
size_t show_size(struct json_object *list);
int64_t show_number(struct json_object *object, const char *key);

/* "3 reports" */
void show_count(term *t, int64_t count, const char *one, const char *many);

/* The reports of an event as a tree: who copied whom, below whom; with dates, reasons and sources. */
void show_tree(term *t, struct json_object *reports);

/* An event's head: date, number, headline, how many reports and whom their news comes from. */
void show_event_head(term *t, struct json_object *event);

/* A command that shows one thing by its name: asks, prints it as JSON or by `show`. The exit status. */
typedef int (*show_ask)(runut *r, const char *name, struct json_object **answer, runut_error *error);
int show_one(const cli *self, show_ask ask, void (*show)(term *t, struct json_object *answer));

/* Prints (and releases) the answer of a call that gave `code`, or says what went wrong. The exit status. */
int show_answer(const cli *self, int code, struct json_object *answer, const runut_error *error,
                void (*show)(term *t, struct json_object *answer));

/* A command that lists things: each as a line of JSON or by `show`; `nothing` is said where there are none. */
typedef int (*show_list_ask)(runut *r, const runut_filter *filter, runut_visit visit, void *context,
                             runut_error *error);
int show_each(const cli *self, const char *words, show_list_ask ask, void (*show)(term *t, struct json_object *item),
              const char *nothing);

/* ---- show_version.c ---- */

/* "newer version of a1, 3 changes; replaced by a7"; nothing where there is one version only. */
void show_version_links(term *t, struct json_object *report);

/* What is different from the version before. */
void show_changes(term *t, struct json_object *article);

#endif
