/* The server as its files share it. */
#ifndef RUNUT_SERVE_SERVER_H
#define RUNUT_SERVE_SERVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "runut/serve.h"
#include "serve/guard.h"
#include "serve/request.h"
#include "serve/routes.h"
#include "serve/sockets.h"
#include "serve/workers.h"

struct runut_server {
    runut_server_options options; /* with the defaults filled in; its strings are copies */
    struct MHD_Daemon *daemon;
    int listening;                   /* the socket */
    char address[300];               /* "http://127.0.0.1:8750/" */
    runut_guard *guard;              /* MHD's thread only */
    runut_sockets *sockets;          /* the connections, and how long each may take */
    runut_workers *workers;          /* who asks the store */
    struct runut_writer *writer;     /* who adds to it; NULL where the store is only read */
    struct runut_news *news;         /* who tells what comes */
    struct runut_exports *exports;   /* who sends whole articles */
    struct runut_sessions *sessions; /* MHD's thread only */
    struct runut_metrics *metrics;   /* what is counted */
    atomic_bool stopping;            /* new requests are answered 503 */
    atomic_uint open;                /* requests taken whose reply is not sent to its end */
    int64_t began;                   /* runut_serve_now */
};

/* The reply of a request that a worker or the writer had is made: MHD's thread sends it. May be called by any thread,
 * once for each request. */
void runut_server_answered(runut_request *request);

#endif
