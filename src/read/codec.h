/* One way to unpack, whoever packed: zlib, zstd, brotli, bzip2 and xz by the same four calls. */
#ifndef RUNUT_READ_CODEC_H
#define RUNUT_READ_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "runut/slice.h"

typedef enum runut_packing {
    RUNUT_PACKED_NOT,
    RUNUT_PACKED_GZIP,
    RUNUT_PACKED_ZSTD,
    RUNUT_PACKED_BZIP2,
    RUNUT_PACKED_XZ,
    RUNUT_PACKED_ZLIB,
    RUNUT_PACKED_DEFLATE, /* without a header */
    RUNUT_PACKED_BROTLI,
    RUNUT_PACKINGS
} runut_packing;

/* "gzip", … */
const char *runut_packing_name(runut_packing packing);

/* Do these bytes begin a member of gzip, a frame of zstd, a stream of bzip2 or xz? RUNUT_PACKED_NOT where they do not,
 * or are too few to say (RUNUT_PACKING_SEEN always suffice). */
enum { RUNUT_PACKING_SEEN = 10 };
runut_packing runut_packing_of(runut_slice start);

/* zstd's skippable frames, of which one may be a dictionary; eight bytes suffice. */
bool runut_packing_is_skippable(runut_slice start);

typedef enum runut_codec_state {
    RUNUT_CODEC_MORE, /* it goes on */
    RUNUT_CODEC_END,  /* the member, frame or stream is complete */
    RUNUT_CODEC_BROKEN,
    RUNUT_CODEC_MEMORY
} runut_codec_state;

typedef struct runut_codec runut_codec;

/* NULL when memory is out. What a packing may ask for is bounded: 128 MiB. */
runut_codec *runut_codec_open(runut_packing packing);
void runut_codec_close(runut_codec *self);

/* Another member, frame or stream begins. False when memory is out. */
bool runut_codec_reset(runut_codec *self);

/* zstd: what all frames from now on were packed with; may be packed itself. */
bool runut_codec_dictionary(runut_codec *self, runut_slice bytes);

/* Takes from `in`, which is cut accordingly, and puts `*got` bytes of `most` to `to`. `*why`: what is broken. There may
 * be more without input as long as `to` was filled. */
runut_codec_state runut_codec_step(runut_codec *self, runut_slice *in, void *to, size_t most, size_t *got,
                                   const char **why);

/* A member of gzip that is all in `in`, at once into `to`: twice as quick as in steps. False where it does not end
 * there, is larger than `most`, or is broken: then nothing is taken, and steps tell which. */
typedef struct runut_whole runut_whole;
runut_whole *runut_whole_open(void); /* NULL when memory is out */
void runut_whole_close(runut_whole *self);
bool runut_whole_member(runut_whole *self, runut_slice *in, void *to, size_t most, size_t *got);

#endif
