/* XML of any charset as events, piece by piece as it comes: expat behind transcode.h and xml_mend.h. Nothing outside is
 * ever asked for and no entity is expanded but those of HTML; how deep elements stand, and how long a tag may be, is
 * bounded. */
#ifndef RUNUT_READ_XML_H
#define RUNUT_READ_XML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum { RUNUT_XML_MOST_DEPTH = 256 };

/* Names are as they stand there ("dc:creator"); attributes are name, value, name, value, …, NULL. */
typedef struct runut_xml_events {
    void (*start)(void *context, const char *name, const char *const *attributes);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, runut_slice text); /* a part of it */
} runut_xml_events;

typedef struct runut_xml runut_xml;

/* `start`: the first bytes; `charset`: as the container declares it, may be empty. NULL when memory is out. */
runut_xml *runut_xml_new(runut_slice start, runut_slice charset, const runut_xml_events *events, void *context);
void runut_xml_free(runut_xml *self);

/* RUNUT_OK; RUNUT_ERR_INPUT with error->byte where it is broken, what came before having been told; RUNUT_ERR_STOPPED
 * after runut_xml_stop; RUNUT_ERR_MEMORY. Nothing may be pushed after an error or `last`. */
int runut_xml_push(runut_xml *self, runut_slice bytes, bool last, runut_error *error);

/* From within an event: no further ones. */
void runut_xml_stop(runut_xml *self);

/* From within an event: the byte of what it tells. */
uint64_t runut_xml_byte(const runut_xml *self);

/* The name of the first element, without prefix; empty where these bytes do not begin like XML. ASCII, in `room`. */
runut_slice runut_xml_root(runut_slice start, char room[32]);

#endif
