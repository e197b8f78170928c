/* Input that is one capture as a whole: a saved page, a text file. */
#ifndef RUNUT_READ_PAGE_H
#define RUNUT_READ_PAGE_H

#include "read/reading.h"

int runut_page_read_html(runut_reading *reading, runut_input *input, runut_slice file);
int runut_page_read_text(runut_reading *reading, runut_input *input, runut_slice file);

#endif
