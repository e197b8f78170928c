/* Bytes of a file, or of a part of another input, with gzip, zstd, bzip2 or xz (any number of members, frames or
 * streams) or deflate undone as they come; a small member of gzip that is
 * all there is undone at once (libdeflate), which is twice as quick. */
#ifndef RUNUT_READ_STREAM_H
#define RUNUT_READ_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Where bytes come from: up to `most` of them to `to`, one at least. 0 at the end, or on failure: then `error` has a
 * code. Not called again after 0. */
typedef struct runut_supply {
    size_t (*read)(void *context, void *to, size_t most, runut_error *error);
    void *context;
    bool steady; /* it is a file: nobody waits for what it has */
} runut_supply;

typedef enum runut_form {
    RUNUT_FORM_ANY,    /* told by the first bytes: packed, or as they are */
    RUNUT_FORM_PLAIN,  /* as they are */
    RUNUT_FORM_DEFLATE /* deflate without a header, as in zip; ends by itself */
} runut_form;

typedef struct runut_stream runut_stream;

/* Do these bytes (RUNUT_PACKING_SEEN or all there are) begin a packed file? */
bool runut_stream_is_packed(runut_slice start);

/* What was read of a file and what was made of it, by all streams that stand in it. */
typedef struct runut_root {
    uint64_t drawn, unpacked;
} runut_root;

/* `root`: of the file that all comes from (runut_stream_root of the outer stream); NULL = this is the file. NULL when
 * memory is out. */
runut_stream *runut_stream_open(runut_supply source, runut_form form, runut_root *root);
void runut_stream_close(runut_stream *self);

/* What is there by now, at least one byte unless a member ends (*member_end); 0 without that at the end, or on failure
 * (then `error` has a code): broken data, or more of it than anybody packs but to do harm. */
size_t runut_stream_read(runut_stream *self, void *to, size_t most, bool *member_end, runut_error *error);

/* After broken data: goes on with the next gzip member or zstd frame. False where there is none. */
bool runut_stream_resume(runut_stream *self);

/* Bytes that were read from the source and not looked at: what stands behind the end of deflate. */
size_t runut_stream_rest(const runut_stream *self);

/* The first of them, `size` where there are as many; valid until anything else is called. */
runut_slice runut_stream_behind(runut_stream *self, size_t size);

runut_root *runut_stream_root(const runut_stream *self);

#endif
