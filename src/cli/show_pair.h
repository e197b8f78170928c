/* What `compare` and `why` share: the two reports and what was found of them, for people. */
#ifndef RUNUT_CLI_SHOW_PAIR_H
#define RUNUT_CLI_SHOW_PAIR_H

#include "runut/compare.h"
#include "show.h"

/* The two reports, one below the other. */
void show_pair_heads(term *t, struct json_object *answer);

/* "one event: score .41, .08 are needed"; who copied whom. */
void show_pair_verdict(term *t, struct json_object *answer);

/* The reasons with their weights, in order of weight. */
void show_pair_reasons(term *t, struct json_object *answer);

/* A section's title, after an empty line. */
void show_pair_title(term *t, const char *title);

/* Asks runut_compare about the two operands and prints the answer as JSON or by `show`. The exit status. */
int show_pair(const cli *self, void (*show)(term *t, struct json_object *answer));

#endif
