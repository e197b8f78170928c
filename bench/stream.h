/* Invented streams of news with known truth, as digests: for benchmarks of relating alone. */
#ifndef RUNUT_BENCH_STREAM_H
#define RUNUT_BENCH_STREAM_H

#include "relate/digest.h"

typedef struct stream stream;

/* `articles` reports of happenings over four years, in order of arrival; the same seed gives the same stream. NULL =
 * out of memory. */
stream *stream_new(uint64_t seed, size_t articles);
void stream_free(stream *self);

/* The happening that report `i` tells of, from 0; the one that its story began with; the first of the row of
 * recurrences that this one is of (itself where it is the first). */
uint32_t stream_event(const stream *self, size_t i);
uint32_t stream_story(const stream *self, size_t i);
uint32_t stream_row(const stream *self, size_t i);
size_t stream_events(const stream *self);

/* Was report `i` copied from an earlier one (reprint or rewrite)? */
bool stream_is_copy(const stream *self, size_t i);

/* The digest of report `i`, in `arena`. */
runut_slice stream_digest(const stream *self, runut_arena *arena, size_t i);

#endif
