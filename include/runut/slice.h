/* A borrowed stretch of bytes: pointer and length, never NUL-terminated by assumption.
 * A slice owns nothing; whoever hands one out says how long it stays valid. */
#ifndef RUNUT_SLICE_H
#define RUNUT_SLICE_H

#include <stddef.h>

typedef struct runut_slice {
    const char *at;
    size_t size;
} runut_slice;

#endif
