/* tar: ustar, pax and GNU's long names. Each file in it is read as if it stood alone; folders, links and devices are
 * passed over. Names are labels: nothing is ever written, so '..' and the like do no harm. */
#ifndef RUNUT_READ_TAR_H
#define RUNUT_READ_TAR_H

#include "read/reading.h"

bool runut_tar_is(runut_slice start);
int runut_tar_read(runut_reading *reading, runut_input *input, runut_slice file);

#endif
