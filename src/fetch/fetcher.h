/* The client with manners: robots.txt is asked first, a host is left in peace between two requests, and redirects are
 * followed hop by hop, each checked as if it had been asked for itself. One request at a time, so one connection. */
#ifndef RUNUT_FETCH_FETCHER_H
#define RUNUT_FETCH_FETCHER_H

#include <signal.h>

#include "fetch/client.h"
#include "fetch/url.h"

typedef struct runut_fetcher_options {
    unsigned seconds; /* that one request may take */
    uint32_t delay;   /* milliseconds between two requests to a host, at least */
    bool allow_private;
    const volatile sig_atomic_t *stop; /* ends waiting; may be NULL */
} runut_fetcher_options;

typedef struct runut_visit_answer {
    runut_fetch_answer answer;
    char url[4 * RUNUT_URL_MOST];   /* that answered in the end */
    char moved[4 * RUNUT_URL_MOST]; /* where permanent redirects lead from the beginning; "" = there was none */
} runut_visit_answer;

typedef struct runut_fetcher runut_fetcher;

runut_fetcher *runut_fetcher_new(const runut_fetcher_options *options);
void runut_fetcher_free(runut_fetcher *self);

/* Milliseconds until the host of `url` may be asked; 0 = now, also where the address is none. */
uint64_t runut_fetcher_wait_of(runut_fetcher *self, runut_slice url);

/* Reads robots.txt of the host where that is due, after waiting for its turn. False where it was not: then the page
 * itself may be asked for. */
bool runut_fetcher_learn(runut_fetcher *self, runut_slice url);

/* Asks for the page, after waiting for its turn. request->url is the address. */
void runut_fetcher_visit(runut_fetcher *self, const runut_fetch_request *request, runut_visit_answer *out);

/* Sleeps; less where it is stopped. */
void runut_fetcher_sleep(const runut_fetcher *self, uint64_t milliseconds);

#endif
