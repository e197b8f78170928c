/* Reports as XML: what trafilatura prints as XML and as TEI, and the press's NITF; one or many in a file. */
#ifndef RUNUT_READ_DOCUMENT_H
#define RUNUT_READ_DOCUMENT_H

#include "read/reading.h"

bool runut_document_is(runut_slice start);
int runut_document_read(runut_reading *reading, runut_input *input, runut_slice file);

/* XML that is nothing of all that is read: told with the name of its first element. */
bool runut_document_is_other(runut_slice start);
int runut_document_read_other(runut_reading *reading, runut_input *input, runut_slice file);

#endif
