/* ARC, what web archives wrote before WARC (Internet Archive, versions 1 and 2): each page in it is a capture. */
#ifndef RUNUT_READ_ARC_H
#define RUNUT_READ_ARC_H

#include "read/reading.h"

bool runut_arc_is(runut_slice start);
int runut_arc_read(runut_reading *reading, runut_input *input, runut_slice file);

#endif
