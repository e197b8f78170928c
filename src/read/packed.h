/* gzip or zstd within another of the two or within an archive. */
#ifndef RUNUT_READ_PACKED_H
#define RUNUT_READ_PACKED_H

#include "read/reading.h"

int runut_packed_read(runut_reading *reading, runut_input *input, runut_slice file);

#endif
