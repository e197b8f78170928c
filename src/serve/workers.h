/* The threads that ask the store: each has a handle of its own that only reads, opened when first needed and anew when
 * the file at the store's path is another one. Requests wait for them in a bounded queue. */
#ifndef RUNUT_SERVE_WORKERS_H
#define RUNUT_SERVE_WORKERS_H

#include <stdbool.h>

#include "runut/error.h"

typedef struct runut_workers runut_workers;
struct runut_server;
struct runut_request;

int runut_workers_start(struct runut_server *server, unsigned threads, unsigned queued, runut_workers **self,
                        runut_error *error);

/* Queues the request, whose connection is suspended. False where the queue is full or the server stops. */
bool runut_workers_ask(runut_workers *self, struct runut_request *request);

/* How many requests wait. */
unsigned runut_workers_waiting(runut_workers *self);

/* Finishes what is queued and ends the threads. */
void runut_workers_stop(runut_workers *self);

#endif
