/* What the keys of records are called by those who write them: schema.org's and our own names first, then trafilatura,
 * news-please, newspaper, Hugging Face's news sets, the press's own interfaces. The first that holds something counts.
 * One table for those who parse records and those who read them where they stand (json_line.h). */
#ifndef RUNUT_READ_RECORD_KEYS_H
#define RUNUT_READ_RECORD_KEYS_H

#include <stddef.h>

#include "runut/slice.h"

enum { RUNUT_RECORD_LONGEST_KEY = 16 }; /* of the keys in these lists */

typedef struct runut_record_keys {
    const char *const *names;
    size_t count;
} runut_record_keys;

extern const runut_record_keys runut_record_texts; /* of the first `runut_record_plain` ones nobody puts pages there */
extern const size_t runut_record_plain;
extern const runut_record_keys runut_record_pages, runut_record_ids, runut_record_urls;

/* "None", "nan" and the like, as programs print what is missing. */
int runut_record_is_missing(runut_slice text);

#endif
