/* zip, read as it comes, so from a pipe too: stored and deflated members, zip64. Encrypted and otherwise packed members
 * are told, and so are office documents, which are zip too. Names are labels, as in tar.h. */
#ifndef RUNUT_READ_ZIP_H
#define RUNUT_READ_ZIP_H

#include "read/reading.h"

bool runut_zip_is(runut_slice start);
int runut_zip_read(runut_reading *reading, runut_input *input, runut_slice file);

#endif
