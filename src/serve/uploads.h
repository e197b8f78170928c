/* Uploads on their way to the writer: files in a folder of the server's own, so that none of them is ever in memory as
 * a whole. They lie in $TMPDIR or else beside the store, and are gone when the upload is; what a server that was killed
 * left behind, the next one that uses the same place clears away. */
#ifndef RUNUT_SERVE_UPLOADS_H
#define RUNUT_SERVE_UPLOADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runut/engine.h"

typedef struct runut_uploads runut_uploads;

/* One upload: its files in the order in which they came. */
typedef struct runut_upload {
    runut_uploads *all;
    runut_add_input *inputs; /* path and name of each */
    int count, room;
    uint64_t bytes;
    unsigned number;             /* of its folder; 0 = it has none yet */
    int file;                    /* the one that is being written; -1 = none */
    struct runut_writer *writer; /* who takes it */
    struct runut_upload *next;
} runut_upload;

/* At most `most` uploads at one time, of `bytes` together. NULL when memory is out. */
runut_uploads *runut_uploads_new(const char *store, unsigned most, uint64_t bytes);

/* All uploads must be gone. */
void runut_uploads_free(runut_uploads *self);

/* NULL where there are too many already, or memory is out. */
runut_upload *runut_upload_new(runut_uploads *all);

/* Removes its files and gives back its place. */
void runut_upload_free(runut_upload *self);

/* The same without the record itself, which may be read until it is freed. */
void runut_upload_clear(runut_upload *self);

/* A file comes: `name` is the label under which it is stored. Then its bytes, then its end. False: errno says why;
 * EDQUOT where all uploads together are too large. */
bool runut_upload_begin(runut_upload *self, const char *name);
bool runut_upload_write(runut_upload *self, const char *data, size_t size);
bool runut_upload_end(runut_upload *self);

/* How many there are, from the first byte until they are stored. */
unsigned runut_uploads_open(const runut_uploads *self);

#endif
