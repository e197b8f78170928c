/* The client with manners: robots.txt is asked first, a host is asked one thing at a time and left in peace between two
 * requests, and redirects are followed hop by hop, each checked as if it had been asked for itself. Several seats share
 * what is known of hosts; each is used by one thread at a time. */
#ifndef RUNUT_FETCH_FETCHER_H
#define RUNUT_FETCH_FETCHER_H

#include <signal.h>

#include "fetch/client.h"
#include "fetch/url.h"

typedef struct runut_visit_answer {
    runut_fetch_answer answer;
    char url[4 * RUNUT_URL_MOST];   /* that answered in the end */
    char moved[4 * RUNUT_URL_MOST]; /* where permanent redirects lead from the beginning; "" = there was none */
} runut_visit_answer;

typedef struct runut_fetcher runut_fetcher;
typedef struct runut_seat runut_seat;

/* NULL when memory is out. */
runut_fetcher *runut_fetcher_new(const runut_fetcher_options *options);
void runut_fetcher_free(runut_fetcher *self); /* after its seats */
runut_seat *runut_seat_new(runut_fetcher *fetcher);
void runut_seat_free(runut_seat *self);

/* What came of asking for robots.txt; valid until the seat's next request. */
typedef struct runut_learned {
    bool learned;             /* it was asked for now: the page itself has its turn later */
    bool known;               /* the answer may be remembered */
    runut_slice origin, text; /* text: empty where there is none */
} runut_learned;

/* Reads robots.txt of the host where that is due, after waiting for its turn. */
runut_learned runut_seat_learn(runut_seat *self, runut_slice url);

/* Asks for the page, after waiting for its turn. request->url is the address. The answer is valid until the seat's next
 * request. */
void runut_seat_visit(runut_seat *self, const runut_fetch_request *request, runut_visit_answer *out);

/* Milliseconds until the host of `url` may be asked; 0 = now, also where the address is none. */
uint64_t runut_fetcher_wait_of(runut_fetcher *self, runut_slice url);

/* Is nothing known yet of the robots.txt of its host? Then *origin is that host, valid until the next question. */
bool runut_fetcher_needs(runut_fetcher *self, runut_slice url, runut_slice *origin);

/* What was learned before, and holds for so many seconds more. */
void runut_fetcher_recall(runut_fetcher *self, runut_slice origin, runut_slice text, uint32_t seconds);

/* Sleeps; less where it is stopped. */
void runut_fetcher_sleep(const runut_fetcher *self, uint64_t milliseconds);

#endif
