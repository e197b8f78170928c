/* GET /metrics: what the server has done, in Prometheus' text format 0.0.4. Counting takes no lock; what is told apart
 * is the table of routes, never what clients ask for, so that nobody can make it grow. */
#ifndef RUNUT_SERVE_METRICS_H
#define RUNUT_SERVE_METRICS_H

#include <stddef.h>

#include "runut/engine.h"
#include "serve/request.h"

typedef struct runut_metrics runut_metrics;

runut_metrics *runut_metrics_new(void); /* NULL when memory is out */
void runut_metrics_free(runut_metrics *self);

/* A request is answered with this status. Any thread. */
void runut_metrics_count(runut_metrics *self, const runut_request *request, unsigned status);

/* Bytes of bodies that came in and went out. Any thread. */
void runut_metrics_received(runut_metrics *self, size_t bytes);
void runut_metrics_sent(runut_metrics *self, size_t bytes);

void runut_metrics_answer(runut *store, runut_request *request);

#endif
