/* Bytes that only grow, kept in memory as far as that may be used and in a file for the rest: what `dedup` remembers.
 *
 *     append ─→ chunk, chunk, … the last ones in memory; the oldest are written to the file and let go
 *     read ───→ from the chunk, else from the file
 *
 * Without a path the file is a nameless one in $TMPDIR, made when memory does not suffice. */
#ifndef RUNUT_ENGINE_SPOOL_H
#define RUNUT_ENGINE_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct runut_spool runut_spool;

/* `path`: an existing file is taken up with its first `size` bytes, the rest of it is cut off; NULL = nameless.
 * `chunk`: bytes that are kept or let go together. RUNUT_ERR_IO (also where the file is shorter than `size`),
 * RUNUT_ERR_MEMORY. */
int runut_spool_open(const char *path, uint64_t size, size_t chunk, size_t most_chunks, runut_spool **out,
                     runut_error *error);
void runut_spool_close(runut_spool *self);

uint64_t runut_spool_size(const runut_spool *self);

int runut_spool_append(runut_spool *self, const void *bytes, size_t size, runut_error *error);

/* Reads `size` bytes from `offset`. RUNUT_ERR_STORE where they are not there. */
int runut_spool_read(runut_spool *self, uint64_t offset, void *to, size_t size, runut_error *error);

/* The same without a copy: a pointer into memory, valid until the next append, or NULL where these bytes are not there,
 * or not in one chunk in memory. */
const void *runut_spool_at(const runut_spool *self, uint64_t offset, size_t size);

/* All that was appended is in the file and safe on the disk. */
int runut_spool_sync(runut_spool *self, runut_error *error);

/* A nameless file in $TMPDIR (or /tmp); -1 with errno. */
int runut_temporary_file(void);

/* Whole reads and writes at a place of a file. */
int runut_write_at(int fd, const void *bytes, size_t size, uint64_t offset, runut_error *error);
int runut_read_at(int fd, void *to, size_t size, uint64_t offset, runut_error *error);

#endif
