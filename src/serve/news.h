/* GET /news: what comes into the store, told as it comes (server-sent events, WHATWG HTML 9.2). */
#ifndef RUNUT_SERVE_NEWS_H
#define RUNUT_SERVE_NEWS_H

#include "runut/engine.h"
#include "serve/request.h"

typedef struct runut_news runut_news;
struct runut_server;

int runut_news_start(struct runut_server *server, runut_news **self, runut_error *error);

/* Something was added: looks at once. NULL is allowed, as below. */
void runut_news_wake(runut_news *self);
unsigned runut_news_subscribers(runut_news *self);
void runut_news_stop(runut_news *self);
void runut_news_free(runut_news *self);

void runut_news_answer(runut *store, runut_request *request);

#endif
