/* JSON written straight into a buffer, as json-c prints it plain and with '/' as it is: for records that nobody looks
 * into before they are printed. Commas come by themselves; the caller closes what it opens. */
#ifndef RUNUT_ENGINE_WRITER_H
#define RUNUT_ENGINE_WRITER_H

#include "annotate/annotation.h"
#include "base/buffer.h"

typedef struct runut_writer {
    runut_buffer out;
    bool more; /* a comma stands before the next value or key */
} runut_writer;

runut_writer runut_writer_new(runut_arena *arena);
void runut_writer_open(runut_writer *self, char bracket);
void runut_writer_close(runut_writer *self, char bracket);
void runut_writer_key(runut_writer *self, const char *key);   /* ASCII letters */
void runut_writer_text(runut_writer *self, runut_slice text); /* null for an empty one */
void runut_writer_number(runut_writer *self, uint64_t number);
void runut_writer_rounded(runut_writer *self, double number); /* three digits */
void runut_writer_double(runut_writer *self, double number);  /* as many digits as it takes, as json-c prints it */
void runut_writer_json(runut_writer *self, runut_slice json); /* a value that is JSON already */

/* A key and its value. */
void runut_writer_put(runut_writer *self, const char *key, runut_slice text);
void runut_writer_put_texts(runut_writer *self, const char *key, const runut_slices *texts);
void runut_writer_put_day(runut_writer *self, const char *key, runut_day day); /* null for RUNUT_NO_DAY */
void runut_writer_put_span(runut_writer *self, runut_span span);               /* "start" and "end" */

#endif
