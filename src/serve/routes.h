/* The table of routes: every address that the server knows, and who answers it. */
#ifndef RUNUT_SERVE_ROUTES_H
#define RUNUT_SERVE_ROUTES_H

#include "runut/engine.h"
#include "serve/request.h"

/* Where a handler runs. */
typedef enum runut_place {
    RUNUT_BY_WORKER, /* in a worker's thread, with a reading handle of the store; may take its time */
    RUNUT_AT_ONCE,   /* in MHD's thread, `store` is NULL; must not wait for anything */
    RUNUT_HANDED_ON  /* the same, but the connection is suspended: the handler, or whoever it hands the request on to,
                        calls  runut_server_answered */
} runut_place;

typedef struct runut_route {
    int methods;      /* bits of runut_method; GET brings HEAD along */
    const char *path; /* "api/v1/stories/" and a star: '*' stands for one segment, the request's name */
    runut_place place;
    /* " words since until ": which parameters there may be; NULL = any, unread (the page's own addresses) */
    const char *parameters;
    /* Makes request->reply. For requests with a body it is called once the body is complete. */
    void (*answer)(runut *store, runut_request *request);
    /* Takes the body, bit by bit, in MHD's thread (`size` bytes; must not wait). False after having made a reply, which
     * ends the request. NULL = the route takes no body. */
    bool (*take)(runut_request *request, const char *data, size_t size);
    /* Called in MHD's thread before the body comes (NULL = nothing to do): looks at the fields, makes request->own.
     * False after having made a reply: then the body is not read. */
    bool (*begin)(runut_request *request);
    bool open;    /* wants no token: the page itself, health, session */
    bool no_etag; /* the answer does not follow from the store's generation alone, or the route needs no ETag */
} runut_route;

extern const runut_route runut_routes[]; /* the last one has no path */

/* The route for the request's path and method. NULL after having made 404 or 405 the reply. */
const runut_route *runut_route_find(runut_request *request);

/* Are all parameters known to the route, and none given twice? False after having made 400 the reply. */
bool runut_route_check(const runut_route *route, runut_request *request);

/* The filter of the listings from the request's parameters (borrowed). False after having made 400 the reply. */
bool runut_route_filter(runut_request *request, runut_filter *filter);

/* The same without the limit. */
bool runut_route_narrow(runut_request *request, runut_filter *filter);

#endif
