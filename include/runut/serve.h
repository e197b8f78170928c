/* The server of `runut serve`: the page and the API of one store, on one address.
 *
 *     runut_server *server;
 *     runut_server_options options = {.store = "runut.db"};
 *     if (runut_server_start(&options, &server, &error) == RUNUT_OK) {
 *         puts(runut_server_address(server));
 *         …
 *         runut_server_stop(server);
 *     }
 *
 * It runs on threads of its own; signals are the caller's. 0 or NULL in an option = the default that its comment says.
 */
#ifndef RUNUT_SERVE_H
#define RUNUT_SERVE_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/error.h"

typedef struct runut_server runut_server;

/* How much a client may take; each may be set lower or higher, for a test or a busy desk. */
typedef struct runut_server_limits {
    unsigned connections;    /* at one time (1000) */
    unsigned of_one_address; /* of these from one address (200) */
    unsigned idle_seconds;   /* a connection on which nothing moves (60) */
    unsigned head_seconds;   /* until a request's head is complete, and between two requests (20) */
    unsigned body_rate; /* bytes a second that a body must come in with, or be taken with, after head_seconds (16384) */
    unsigned queued;    /* questions that wait for a worker; more are answered 503 (256) */
    unsigned milliseconds; /* one question to the store (10000) */
    unsigned rate, burst;  /* requests a second from one address, and at once (1000, 2 × rate) */
    bool no_rate;          /* no such limit */
    uint64_t upload;       /* bytes of one upload (256 MiB) */
} runut_server_limits;

typedef struct runut_server_options {
    const char *store;
    const char *listen;   /* "127.0.0.1:8750"; "[::1]:0": port 0 = any that is free */
    const char *host;     /* a further name by which clients reach it ("desk.example"), through a proxy say; or NULL */
    const char *token;    /* what clients must show; NULL = none: then it must be a loopback address and no `host` */
    const char *agencies; /* as in runut_annotate_options; for what is added */
    unsigned jobs;        /* threads that answer; 0 = one a core, at least 2 */
    bool read_only;       /* the store must be there, and nothing is added */
    runut_server_limits limits;
} runut_server_options;

/* Opens the store (making it where it does not exist) and answers from now on. RUNUT_ERR_USE for an address or token
 * that will not do, RUNUT_ERR_IO where it cannot be listened on, or what runut_open returns. *self is NULL on failure.
 */
int runut_server_start(const runut_server_options *options, runut_server **self, runut_error *error);

/* "http://127.0.0.1:8750/": with the port that it really has. Valid until runut_server_stop. */
const char *runut_server_address(const runut_server *self);

/* Takes no more requests, finishes those in hand, ends. NULL is allowed. */
void runut_server_stop(runut_server *self);

#endif
