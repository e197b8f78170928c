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

/* Where an event's news comes from: "KCNA; a2 CNN Indonesia". */
void show_origins(term *t, struct json_object *reports);

/* An event's head: date, number, headline, counts. */
void show_event_head(term *t, struct json_object *event);

/* Prints one answer as JSON (indented) and lets go of it. */
void show_json(struct json_object *answer);

#endif
