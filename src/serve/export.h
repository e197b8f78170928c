/* GET /export: all that is known of each article, a line of JSON each, as `runut export` prints it; sent as it is read.
 */
#ifndef RUNUT_SERVE_EXPORT_H
#define RUNUT_SERVE_EXPORT_H

#include "runut/engine.h"
#include "serve/request.h"

typedef struct runut_exports runut_exports;
struct runut_server;

int runut_exports_start(struct runut_server *server, runut_exports **self, runut_error *error);
void runut_exports_stop(runut_exports *self);
void runut_exports_free(runut_exports *self);

void runut_export_answer(runut *store, runut_request *request);

#endif
