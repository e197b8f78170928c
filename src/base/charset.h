/* Names of charsets, and bytes of a known charset as UTF-8. What charset a page or a text is in: clean/charset.c. */
#ifndef RUNUT_BASE_CHARSET_H
#define RUNUT_BASE_CHARSET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { RUNUT_CHARSET_NAME = 41 };

/* `label` as it stands in a declaration, as ICU knows what is meant by it: "latin1" and "ascii" are windows-1252. Empty
 * for an empty one; cut where it is too long. */
void runut_charset_name(runut_slice label, char out[RUNUT_CHARSET_NAME]);

/* `bytes` as valid UTF-8; broken sequences become U+FFFD. False where there is no charset of that name. */
bool runut_charset_convert(runut_arena *arena, const char *name, runut_slice bytes, runut_slice *text);

runut_slice runut_charset_windows_1252(runut_arena *arena, runut_slice bytes);

/* What one byte stands for in windows-1252, as the Encoding Standard has it. */
uint32_t runut_charset_windows_code(unsigned char byte);

#endif
