/* HTTP responses as archives keep them: status line, fields, body with its codings. */
#ifndef RUNUT_READ_HTTP_H
#define RUNUT_READ_HTTP_H

#include <stdbool.h>

#include "base/error.h"
#include "read/scratch.h"

/* Slices are parts of the message. */
typedef struct runut_http {
    unsigned status;    /* 0 = unreadable */
    runut_slice type;   /* Content-Type, whole */
    runut_slice coding; /* Content-Encoding */
    bool chunked;       /* Transfer-Encoding says so */
    runut_slice body;   /* as it was sent */
} runut_http;

/* Cuts the next field "Name: value" off `rest`; false at the blank line behind the last one (which is cut off too) and
 * at the end. Lines end with CRLF or LF; a line that has no colon has an empty name. */
bool runut_http_field(runut_slice *rest, runut_slice *name, runut_slice *value);

/* Offset behind the blank line that ends a header, looked for from `from` on; SIZE_MAX = there is none. */
size_t runut_http_header_end(runut_slice text, size_t from);

/* False where `message` is none, or its header has no end. */
bool runut_http_read(runut_slice message, runut_http *out);

/* The body without its codings: a part of the message, or in `scratch`, at most `most` bytes. `cut`: the message may
 * lack its end. RUNUT_ERR_INPUT where it is broken or too large; RUNUT_ERR_MEMORY. */
int runut_http_body(const runut_http *http, bool cut, runut_scratch *scratch, size_t most, runut_slice *body,
                    runut_error *error);

#endif
