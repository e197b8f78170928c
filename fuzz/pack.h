/* Bytes packed as others pack them, so that readers meet sound checksums and lengths. All results are malloc'd. */
#ifndef RUNUT_FUZZ_PACK_H
#define RUNUT_FUZZ_PACK_H

#include "support.h"

/* zlib's `window`: 31 = gzip, 15 = zlib, -15 = bare deflate. */
runut_slice fuzz_deflate(runut_slice bytes, int window);
runut_slice fuzz_zstd(runut_slice bytes);

enum { FUZZ_MEMBERS = 8 };

/* Archives whose members are called "1", "2", … */
runut_slice fuzz_tar(const runut_slice *members, size_t count);
runut_slice fuzz_zip(const runut_slice *members, size_t count, bool deflated);

#endif
