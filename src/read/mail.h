/* Mail (EML) and saved pages in mail's form (MHTML). */
#ifndef RUNUT_READ_MAIL_H
#define RUNUT_READ_MAIL_H

#include <stdbool.h>

#include "read/reading.h"

/* Header lines that only a message has: a text that happens to begin with "From:" is none. */
bool runut_mail_is(runut_slice start);

/* A message is a capture: its HTML or its plain text, whichever says more. Messages in it (forwarded ones) are captures
 * of their own. */
int runut_mail_read(runut_reading *reading, runut_input *input, runut_slice file);

#endif
