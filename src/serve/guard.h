/* What is refused before any work: requests that are not well-formed (head.c), too many from one address (rate.c), for
 * another host or from another site's page, without the token. MHD's thread only. */
#ifndef RUNUT_SERVE_GUARD_H
#define RUNUT_SERVE_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#include "runut/serve.h"
#include "serve/request.h"

typedef struct runut_guard runut_guard;

/* `host` and `port` as listened on. NULL when memory is out. */
runut_guard *runut_guard_new(const runut_server_options *options, const char *host, unsigned port);
void runut_guard_free(runut_guard *self);

/* May the request go on? Looks at its head alone. False after having made the reply. */
bool runut_guard_admits(runut_guard *self, runut_request *request);

/* Does the request show the token, or is none wanted? False after having made 401 the reply. */
bool runut_guard_allows(runut_guard *self, runut_request *request);

/* Is that the token? Takes the same time wherever they differ. */
bool runut_guard_is_token(const runut_guard *self, const char *shown, size_t size);

/* ---- head.c ---- */

/* Does this libmicrohttpd let heads through that it should not (before 0.9.77)? */
bool runut_head_is_generous(void);

/* Is the request's head what HTTP/1.1 allows, byte by byte, and can there be no two opinions on where it ends? */
bool runut_head_sound(runut_request *request);

/* ---- rate.c ---- */

typedef struct runut_rate runut_rate;
runut_rate *runut_rate_new(unsigned rate, unsigned burst);
void runut_rate_free(runut_rate *self);

/* May one more request of that address be answered now? False: *seconds says when to ask again. */
bool runut_rate_take(runut_rate *self, const struct sockaddr *address, int64_t now, unsigned *seconds);

#endif
