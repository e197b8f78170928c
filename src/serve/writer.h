/* The one thread that writes: it has the only handle that may, and adds the uploads that wait for it, all that there
 * are at a time. Each is answered when what it brought is safe on disk, or refused with a reason. */
#ifndef RUNUT_SERVE_WRITER_H
#define RUNUT_SERVE_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/error.h"
#include "serve/uploads.h"

typedef struct runut_writer runut_writer;
struct runut_server;
struct runut_request;

/* Opens the store for writing. */
int runut_writer_start(struct runut_server *server, runut_writer **self, runut_error *error);

/* Where requests put their uploads until they are complete. */
runut_uploads *runut_writer_uploads(runut_writer *self);

/* Takes the request, whose connection is suspended and whose `own` is a runut_upload, complete. False where the server
 * stops. */
bool runut_writer_ask(runut_writer *self, struct runut_request *request);

/* Frees an upload that came to nothing, in the writer's thread: there may be many files to remove. */
void runut_writer_discard(runut_writer *self, runut_upload *upload);

/* What came of all captures since the start. */
typedef struct runut_writer_counts {
    uint64_t stored, known, rejected;
    unsigned waiting; /* uploads, complete or not */
} runut_writer_counts;

void runut_writer_count(runut_writer *self, runut_writer_counts *counts);

/* Finishes the capture in hand, refuses the rest, ends the thread: every request that it had is answered then. */
void runut_writer_stop(runut_writer *self);

/* Once no request is left; stops it if need be. NULL is allowed. */
void runut_writer_free(runut_writer *self);

#endif
