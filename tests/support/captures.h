/* What a reading of bytes gives, as one text, and the packings to make such bytes. */
#ifndef RUNUT_TESTS_CAPTURES_H
#define RUNUT_TESTS_CAPTURES_H

#include "base/arena.h"
#include "read/read.h"

/* A line for each capture, "T" (text), "H" (page) or "A" (article), with its record, url, charset and up to 60 bytes,
 * line ends as spaces: "H 2 http://a.example/ utf-8 <p>x". A line for each rejection: "! RECORD BYTE MESSAGE". At the
 * end, where records were passed over: "skipped N" and "revisits N". `file` of captures is left out unless it has a
 * member's name, which then comes first: "[NAME] ". */
runut_slice runut_test_captures(runut_arena *arena, runut_slice bytes, size_t most_record);

/* The same from a pipe, whose writer hands the bytes on by and by. */
runut_slice runut_test_captures_piped(runut_arena *arena, runut_slice bytes, size_t step);

runut_slice runut_test_gzip(runut_arena *arena, runut_slice bytes);
runut_slice runut_test_zlib(runut_arena *arena, runut_slice bytes, int window); /* zlib's windowBits */
runut_slice runut_test_zstd(runut_arena *arena, runut_slice bytes);
runut_slice runut_test_zstd_with(runut_arena *arena, runut_slice bytes, runut_slice dictionary);
runut_slice runut_test_brotli(runut_arena *arena, runut_slice bytes);
runut_slice runut_test_join(runut_arena *arena, runut_slice a, runut_slice b);

#endif
