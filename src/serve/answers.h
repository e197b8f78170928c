/* The answers that come from the store: each a function from request to reply, run by a worker. */
#ifndef RUNUT_SERVE_ANSWERS_H
#define RUNUT_SERVE_ANSWERS_H

#include <sys/stat.h>

#include "runut/engine.h"
#include "serve/request.h"

/* Answers the request by its route: sets the time limit, sees whether the client has the answer already (ETag), and
 * calls the route's handler. `file` is the store's: another file at the same path makes other ETags. */
void runut_answers_make(runut *store, const struct stat *file, runut_request *request);

void runut_answer_stories(runut *store, runut_request *request);
void runut_answer_events(runut *store, runut_request *request);
void runut_answer_articles(runut *store, runut_request *request);
void runut_answer_search(runut *store, runut_request *request);
void runut_answer_quotes(runut *store, runut_request *request);
void runut_answer_story(runut *store, runut_request *request);
void runut_answer_event(runut *store, runut_request *request);
void runut_answer_article(runut *store, runut_request *request);
void runut_answer_values(runut *store, runut_request *request);
void runut_answer_lines(runut *store, runut_request *request);
void runut_answer_compare(runut *store, runut_request *request);
void runut_answer_between(runut *store, runut_request *request);
void runut_answer_health(runut *store, runut_request *request);

#endif
