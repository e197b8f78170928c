/* One GET by libcurl, with limits on everything: no cookies, no passwords, no proxies, no redirects of its own, http
 * and https only, certificates checked. Where it may connect to is decided when the address is known (fetch/address.h),
 * so that neither a name nor a redirect leads into the own network. */
#ifndef RUNUT_FETCH_CLIENT_H
#define RUNUT_FETCH_CLIENT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fetch/network.h"
#include "runut/slice.h"

typedef struct runut_fetcher_options {
    unsigned seconds;                  /* that one request may take */
    uint32_t delay;                    /* milliseconds between two requests to a host, at least */
    runut_networks allowed;            /* that are not public */
    const volatile sig_atomic_t *stop; /* ends waiting, and soon what is under way; may be NULL */
} runut_fetcher_options;

typedef enum runut_fetched {
    RUNUT_FETCHED,         /* an answer came; its status says what it is */
    RUNUT_FETCH_NO_URL,    /* no address that can be asked for */
    RUNUT_FETCH_PRIVATE,   /* not an address of the public internet */
    RUNUT_FETCH_ROBOTS,    /* robots.txt forbids it */
    RUNUT_FETCH_NOT_NOW,   /* robots.txt cannot be read, or the host wants to be left alone for a while */
    RUNUT_FETCH_NO_HOST,   /* the name is not known */
    RUNUT_FETCH_TLS,       /* no trustworthy certificate */
    RUNUT_FETCH_LARGE,     /* more than may be */
    RUNUT_FETCH_REDIRECTS, /* too many, or in a circle, or to nowhere */
    RUNUT_FETCH_BROKEN     /* no connection, too slow, an answer that breaks off */
} runut_fetched;

typedef struct runut_fetch_request {
    const char *url, *etag, *modified; /* of the version that is there; NULL or "" = none */
    const char *accept;
    size_t most; /* bytes of the body, after decompression */
    bool cut;    /* a longer body is cut, not refused */
} runut_fetch_request;

/* Valid until the client's next one. Empty = not stated. */
typedef struct runut_fetch_answer {
    runut_fetched what;
    unsigned status;
    runut_slice body;
    const char *type, *etag, *modified, *location;
    uint32_t retry_after; /* seconds */
    const char *why;      /* where `what` is not RUNUT_FETCHED: a short reason */
} runut_fetch_answer;

typedef struct runut_client runut_client;

/* The options must outlive it; its delay is not the client's. NULL when memory is out. */
runut_client *runut_client_new(const runut_fetcher_options *options);
void runut_client_free(runut_client *self);

void runut_client_get(runut_client *self, const runut_fetch_request *request, runut_fetch_answer *answer);

#endif
