/* Bytes of any charset to UTF-8, piece by piece as they come. */
#ifndef RUNUT_READ_TRANSCODE_H
#define RUNUT_READ_TRANSCODE_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/slice.h"

typedef struct runut_transcoder runut_transcoder;

/* `start`: the first bytes, for a byte order mark or UTF-16 without one; `label`: the charset that is declared, may be
 * empty. UTF-8 where nothing is known; a byte that is none is taken for windows-1252, which is what mostly slips in.
 * Never NULL but when memory is out. */
runut_transcoder *runut_transcoder_new(runut_slice start, runut_slice label);
void runut_transcoder_free(runut_transcoder *self);

/* Is it UTF-16 or UTF-32, by a mark or by the zeros in its first characters? */
bool runut_transcoder_is_wide(runut_slice start);

/* Decodes some of `bytes` and cuts it off; false where it is used up. The text is valid UTF-8 without a byte order
 * mark, at most RUNUT_TRANSCODED bytes, and stands until the next call. `last`: nothing comes behind `bytes`. */
enum { RUNUT_TRANSCODED = 64 * 1024 };
bool runut_transcoder_next(runut_transcoder *self, runut_slice *bytes, bool last, runut_slice *text);

/* The byte that the text at offset `place`, counted from the beginning of all, was made of. */
uint64_t runut_transcoder_byte(const runut_transcoder *self, uint64_t place);

#endif
