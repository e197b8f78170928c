/* A file, or a part of another input, as bytes that come one after the other; gzip and zstd are undone (stream.h). */
#ifndef RUNUT_READ_INPUT_H
#define RUNUT_READ_INPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "read/stream.h"

typedef struct runut_input runut_input;

/* Opens `path`, or standard input for "-". NULL with `error` set (place and reason) on failure. */
runut_input *runut_input_open(const char *path, runut_error *error);

/* The same for a regular file only, at `path` itself: no link, no FIFO, no device. */
runut_input *runut_input_open_file(const char *path, runut_error *error);

/* The next `size` bytes of `parent` (UINT64_MAX: all that are left, or as many as `form` takes) as an input of its own.
 * `parent` outlives it and is not read meanwhile. NULL when memory is out. */
runut_input *runut_input_within(runut_input *parent, runut_form form, uint64_t size, runut_error *error);
void runut_input_close(runut_input *self);

/* All that is left of `parent`, text in UTF-16 or UTF-32, as an input of its own in UTF-8. As above. */
runut_input *runut_input_decoded(runut_input *parent, runut_error *error);

/* From the beginning on, the bytes' CRC-32 is compared with `crc`, or, where that is NULL, with the one behind them
 * (zip's data descriptor). Where they differ the input fails at its end. */
void runut_input_expect(runut_input *self, const uint32_t *crc);

/* Reads to the end, and leaves its parent right behind its last byte where deflate tells that by itself. False where
 * it is broken: then the parent stands somewhere in it. */
bool runut_input_finish(runut_input *self);

/* The first bytes (64 KiB or all there is) without consuming them; valid until the next read. Fewer where reading
 * failed: then the next read tells. */
runut_slice runut_input_peek(runut_input *self);

/* All that is left, at most `most` bytes; valid until close. RUNUT_ERR_INPUT where there is more or gzip is broken. */
int runut_input_all(runut_input *self, size_t most, runut_slice *bytes, runut_error *error);

/* The next line without its end; valid until the next call. *byte: where it begins. RUNUT_OK with *end set at the end.
 * RUNUT_ERR_INPUT where the line is longer than `most` (it is skipped: call again for the next) or reading failed
 * (*end is set too). */
int runut_input_line(runut_input *self, size_t most, runut_slice *line, uint64_t *byte, bool *end, runut_error *error);

/* As runut_input_line, but all whole lines that are there by now, with their ends; valid until the next call. The last
 * one may lack its end. */
int runut_input_lines(runut_input *self, size_t most, runut_slice *lines, uint64_t *byte, bool *end,
                      runut_error *error);

/* ---- for formats that are read by length ---- */

/* At least `size` bytes that are not taken yet; fewer at the end or on failure. Valid until more is asked for. */
runut_slice runut_input_ahead(runut_input *self, size_t size);

/* Takes bytes that were seen; gives back what was taken last, as long as nothing was asked for since. */
void runut_input_take(runut_input *self, size_t size);
void runut_input_give_back(runut_input *self, size_t size);

/* Takes `size` bytes without looking; how many there were. */
uint64_t runut_input_skip(runut_input *self, uint64_t size);

/* Bytes taken so far. */
uint64_t runut_input_at(const runut_input *self);

/* Why nothing more comes: RUNUT_OK at the end, and as long as more may come. */
int runut_input_failure(const runut_input *self, runut_error *error);

/* After a failure by broken data: drops what was not taken and goes on at the next member. False where there is none.
 */
bool runut_input_resume(runut_input *self);

/* Takes what is there by now, none at the end; valid until the next call. *byte: where it begins. */
int runut_input_block(runut_input *self, runut_slice *bytes, uint64_t *byte, runut_error *error);

#endif
