/* A file as a stream of bytes, gzip (any number of members) undone on the fly. */
#ifndef RUNUT_READ_INPUT_H
#define RUNUT_READ_INPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

typedef struct runut_input runut_input;

/* Opens `path`, or standard input for "-". NULL with `error` set (place and reason) on failure. */
runut_input *runut_input_open(const char *path, runut_error *error);
void runut_input_close(runut_input *self);

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

#endif
