/* What kind of input is this? Told by its first bytes, never by its name. */
#ifndef RUNUT_READ_SNIFF_H
#define RUNUT_READ_SNIFF_H

#include "base/slice.h"

typedef enum runut_format {
    RUNUT_FORMAT_TEXT,
    RUNUT_FORMAT_HTML,
    RUNUT_FORMAT_JSON_LINES,
    RUNUT_FORMAT_JSON /* one object or array over several lines */
} runut_format;

runut_format runut_sniff(runut_slice start);

#endif
