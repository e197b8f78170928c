/* HTTP's content codings undone, piece by piece, into one stretch of bytes. */
#ifndef RUNUT_READ_DECODE_H
#define RUNUT_READ_DECODE_H

#include "base/error.h"
#include "read/scratch.h"

typedef enum runut_coding {
    RUNUT_CODING_NONE,
    RUNUT_CODING_GZIP,
    RUNUT_CODING_DEFLATE, /* with zlib's header or, as many servers have it, without */
    RUNUT_CODING_BROTLI,
    RUNUT_CODING_ZSTD,
    RUNUT_CODING_UNKNOWN
} runut_coding;

/* As Content-Encoding names it. */
runut_coding runut_coding_named(runut_slice name);

typedef struct runut_decoder runut_decoder;

/* `out` outlives the decoder; more than `most` bytes are refused, and what is far more than came in (stream.c). NULL
 * when memory is out. */
runut_decoder *runut_decoder_open(runut_coding coding, runut_scratch *out, size_t most);
void runut_decoder_close(runut_decoder *self);

/* What stands behind the end is not looked at. RUNUT_ERR_INPUT where it is broken or too large. */
int runut_decoder_feed(runut_decoder *self, runut_slice piece, runut_error *error);

/* Is all there? */
bool runut_decoder_ended(const runut_decoder *self);

#endif
