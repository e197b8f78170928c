/* WARC (ISO 28500, versions 0.17 to 1.1), as web archives, CC-NEWS and Common Crawl's WET files are: each response,
 * resource or conversion that holds a report is a capture. */
#ifndef RUNUT_READ_WARC_H
#define RUNUT_READ_WARC_H

#include "read/reading.h"

bool runut_warc_is(runut_slice start);
int runut_warc_read(runut_reading *reading, runut_input *input, runut_slice file);

#endif
