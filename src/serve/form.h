/* multipart/form-data (RFC 7578) as it comes in, bit by bit: nothing is held but a part's head. Linear in the bytes,
 * however they are cut. */
#ifndef RUNUT_SERVE_FORM_H
#define RUNUT_SERVE_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "runut/error.h"

typedef struct runut_form runut_form;

/* What a part's head says; valid during the call. */
typedef struct runut_form_part {
    const char *name; /* of the field; "" where it has none */
    const char *file; /* as the client calls it, any bytes but NUL; NULL where the part is no file */
} runut_form_part;

/* Each is called with `context`; false ends the reading (RUNUT_ERR_STOPPED). */
typedef struct runut_form_reader {
    void *context;
    bool (*begin)(void *context, const runut_form_part *part);
    bool (*data)(void *context, const char *data, size_t size);
    bool (*end)(void *context);
} runut_form_reader;

/* `type` is the request's Content-Type. NULL with RUNUT_ERR_INPUT where it names no boundary that may be, or with
 * RUNUT_ERR_MEMORY. */
runut_form *runut_form_new(const char *type, const runut_form_reader *reader, runut_error *error);
void runut_form_free(runut_form *self);

/* RUNUT_ERR_INPUT with error->byte where the form is broken; nothing more may be given to it then. */
int runut_form_take(runut_form *self, const char *data, size_t size, runut_error *error);

/* All was given: RUNUT_ERR_INPUT where the form has not come to its end. */
int runut_form_finish(const runut_form *self, runut_error *error);

/* ---- form_fields.c ---- */

/* Is `value`, a header field's, this type, whatever parameters it has? "text/html" is that of "Text/HTML; charset=x".
 */
bool runut_field_is(const char *value, const char *type);

/* The value of a parameter in a header field ('; name=token' or '; name="quoted"'), ended with a NUL. False where there
 * is none, or where it does not fit into `room` bytes. */
bool runut_field_parameter(const char *value, const char *name, char *out, size_t room);

/* A file's name from Content-Disposition: `filename*` (RFC 5987) where there is one in UTF-8, else `filename`, in which
 * browsers write three characters as %22, %0D and %0A. */
bool runut_field_file(const char *disposition, char *out, size_t room);

/* A name that a stranger gave, as a label: valid UTF-8 of at most `room` - 1 bytes. Of a long one the end stays, behind
 * a mark: that is where files differ. */
void runut_label_make(const char *name, char *out, size_t room);

#endif
