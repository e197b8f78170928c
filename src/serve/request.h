/* One request: what was asked, in parts, and the reply in the making.
 *
 * It begins in MHD's thread (server.c), which alone refuses (guard.c) and routes it (routes.c). A worker (workers.c)
 * then has it to itself while the connection is suspended; afterwards it is the MHD thread's again, which sends the
 * reply and frees it. */
#ifndef RUNUT_SERVE_REQUEST_H
#define RUNUT_SERVE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "serve/reply.h"

typedef enum runut_method {
    RUNUT_METHOD_GET = 1, /* bits: a route has several */
    RUNUT_METHOD_HEAD = 2,
    RUNUT_METHOD_POST = 4,
    RUNUT_METHOD_DELETE = 8,
    RUNUT_METHOD_OPTIONS = 16,
    RUNUT_METHOD_OTHER = 0
} runut_method;

enum { RUNUT_REQUEST_SEGMENTS = 6, RUNUT_REQUEST_PARAMETERS = 24 };

typedef struct runut_parameter {
    const char *name, *value;
} runut_parameter;

typedef struct runut_request {
    struct runut_server *server;
    struct MHD_Connection *connection;
    const struct runut_route *route; /* NULL until it is found */
    runut_method method;
    char *target; /* as it stood in the request line, with the query */
    size_t target_size, method_size;
    const char *version_text;                     /* "HTTP/1.1"; MHD's */
    char *room;                                   /* holds the decoded texts below */
    const char *segments[RUNUT_REQUEST_SEGMENTS]; /* of the path: "api", "v1", "stories", "s3" */
    int segment_count;
    const char *name; /* the segment at the route's '*', decoded; else NULL */
    runut_parameter parameters[RUNUT_REQUEST_PARAMETERS];
    int parameter_count;
    runut_reply reply;
    enum {
        RUNUT_REQUEST_NEW,    /* its head is being read */
        RUNUT_REQUEST_TAKEN,  /* let in; its body, if it has one, comes in */
        RUNUT_REQUEST_ASKED,  /* with a worker */
        RUNUT_REQUEST_REPLIED /* its reply is being sent */
    } state;
    bool sized; /* it has a body, of `size` bytes */
    uint64_t size;
    uint64_t received; /* bytes of its body */
    int64_t began;     /* milliseconds, runut_serve_now */
    /* What the route's `take` and `end` keep between calls; freed by own_free with the request, if not NULL. */
    void *own;
    void (*own_free)(void *own);
    struct runut_request *next; /* of whoever queues it */
} runut_request;

/* The request for `target`; NULL when memory is out. */
runut_request *runut_request_new(struct runut_server *server, struct MHD_Connection *connection, const char *target);
void runut_request_free(runut_request *self);

/* Cuts path and query into segments and parameters, decoded. False after having made a problem the reply. */
bool runut_request_read(runut_request *self);

/* The parameter's value, NULL where it is not given. */
const char *runut_request_parameter(const runut_request *self, const char *name);

/* A number in decimal between least and most, or 0 where the parameter is not given. False: a problem is the reply. */
bool runut_request_number(runut_request *self, const char *name, uint32_t least, uint32_t most, uint32_t *number);

/* The field's value, NULL where there is none; the first of several. */
const char *runut_request_header(const runut_request *self, const char *field);

runut_method runut_method_of(const char *name);

/* Milliseconds of a clock that only goes forward. */
int64_t runut_serve_now(void);

#endif
