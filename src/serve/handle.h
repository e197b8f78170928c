/* A handle of the store that follows its path: where another file is there by now, it is opened anew. One thread's. */
#ifndef RUNUT_SERVE_HANDLE_H
#define RUNUT_SERVE_HANDLE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "runut/engine.h"

typedef struct runut_handle {
    runut *store;     /* NULL = not open */
    struct stat file; /* which it was opened from */
} runut_handle;

/* Sees to it that the handle is open for the file that is at `path` now. `flags` as for runut_open; `agencies` may be
 * NULL. */
int runut_handle_open(runut_handle *self, const char *path, int flags, const char *agencies, runut_error *error);
void runut_handle_close(runut_handle *self);

#endif
