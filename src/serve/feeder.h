/* Answers that come in pieces. MHD's thread sends them, a feeder's thread asks the store for them, and between the two
 * lies a buffer of bounded size:
 *
 *     store ─ fill (feeder's thread) ─→ buffer ─ read (MHD's thread) ─→ client
 *
 * A client that reads slowly leaves its buffer full, so that nothing is asked for it: it holds neither a transaction of
 * the store nor a thread. One that waits for news has an empty buffer and a suspended connection. */
#ifndef RUNUT_SERVE_FEEDER_H
#define RUNUT_SERVE_FEEDER_H

#include <stdbool.h>
#include <stddef.h>

#include "runut/engine.h"
#include "serve/request.h"

typedef struct runut_feeder runut_feeder;
typedef struct runut_outgoing runut_outgoing;
struct runut_server;

typedef enum runut_fed {
    RUNUT_FED_MORE,  /* there is more at once */
    RUNUT_FED_ALL,   /* nothing more for the time being */
    RUNUT_FED_END,   /* nothing more */
    RUNUT_FED_BROKEN /* the rest is missing: the client must not take it for whole */
} runut_fed;

typedef struct runut_feeder_plan {
    const char *name; /* of a stream, for the problem: "exports" */
    unsigned most;    /* streams at one time */
    /* In the feeder's thread, while the stream has room: puts a piece or some. */
    runut_fed (*fill)(void *own, runut *store, runut_outgoing *stream);
    void (*free_own)(void *own);
    /* Streams that had all are filled again every `period` milliseconds, or when the feeder is woken; 0 = never. */
    unsigned period;
    /* Called before they are; `woken`: by runut_feeder_wake. NULL = nothing to do. */
    void (*look)(void *context, runut *store);
    void *context;
} runut_feeder_plan;

int runut_feeder_start(struct runut_server *server, const runut_feeder_plan *plan, runut_feeder **self,
                       runut_error *error);

/* Makes a stream the request's reply, of which `own` is; 503 where there are too many. Any thread. */
void runut_feeder_reply(runut_feeder *self, runut_request *request, const char *type, void *own);

/* Looks now. Any thread. */
void runut_feeder_wake(runut_feeder *self);

unsigned runut_feeder_count(runut_feeder *self);

/* Ends all streams and the thread: no connection of theirs is suspended any more. NULL is allowed. */
void runut_feeder_stop(runut_feeder *self);

/* When no connection is left. */
void runut_feeder_free(runut_feeder *self);

/* In `fill`: puts bytes behind those that wait. Without memory the stream ends broken. */
void runut_outgoing_put(runut_outgoing *self, const char *data, size_t size);

/* Is there so little in the buffer that more should be put? */
bool runut_outgoing_has_room(runut_outgoing *self);

#endif
