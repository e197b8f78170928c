/* A reply in the making, and how it becomes MHD's. Every reply gets the security headers, whoever made it. */
#ifndef RUNUT_SERVE_REPLY_H
#define RUNUT_SERVE_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "runut/error.h"

struct json_object;
struct MHD_Response;
struct runut_request;

enum { RUNUT_REPLY_FIELDS = 8 };

typedef struct runut_reply {
    unsigned status;  /* 0 = not made yet */
    const char *type; /* Content-Type; static */
    const char *body; /* NULL = none */
    size_t size;
    char *owned;                   /* body, where it must be freed */
    struct MHD_Response *response; /* instead of body: a stream; released with the reply */
    struct {
        const char *name; /* static */
        char *value;      /* owned */
    } fields[RUNUT_REPLY_FIELDS];
    int field_count;
    const char *policy; /* Content-Security-Policy; NULL = that of data, which lets nothing load */
    bool close;         /* the connection ends with it */
} runut_reply;

/* Frees what it holds; it is as new afterwards. */
void runut_reply_clear(runut_reply *self);

/* Each makes the reply anew. `object` becomes the reply's (NULL: out of memory, 500); `text` is copied or borrowed. */
void runut_reply_json(runut_reply *self, struct json_object *object);
void runut_reply_static(runut_reply *self, const char *type, const char *body, size_t size);
void runut_reply_owned(runut_reply *self, const char *type, char *body, size_t size);
void runut_reply_stream(runut_reply *self, const char *type, struct MHD_Response *response);

/* application/problem+json; the title follows from the status. */
void runut_reply_problem(runut_reply *self, unsigned status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The problem that an engine's error is: 400, 404, 500 or 503. */
void runut_reply_error(runut_reply *self, const runut_error *error);

/* A further header field; more than fit are a programming error. */
void runut_reply_field(runut_reply *self, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* MHD's response with all fields; the caller's (MHD_destroy_response). The body goes over to it. NULL: out of memory.
 */
struct MHD_Response *runut_reply_response(runut_reply *self);

#endif
