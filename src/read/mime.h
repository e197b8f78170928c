/* MIME (RFC 2045 to 2047, 2231, 5322): headers, encodings, parts. Shared by mail, saved pages and feeds. */
#ifndef RUNUT_READ_MIME_H
#define RUNUT_READ_MIME_H

#include <stdbool.h>

#include "base/vector.h"

enum { RUNUT_MIME_DEPTH = 16, RUNUT_MIME_PARTS = 10000 };

/* How many bytes the header lines of `message` take, with the empty line that ends them. */
size_t runut_mime_head(runut_slice message);

/* The next header line of `*head`, with what is folded onto it; false at the end. Lines that are none are skipped.
 * `value` may still hold line ends. */
bool runut_mime_next_header(runut_slice *head, runut_slice *name, runut_slice *value);

/* The value of the first header of this name, unfolded and trimmed; empty where there is none. */
runut_slice runut_mime_header(runut_arena *arena, runut_slice head, const char *name);

/* "text/html" of "text/html; charset=utf-8", in lower case. */
runut_slice runut_mime_value(runut_arena *arena, runut_slice header);

/* What a header says after `name`=, quoted or not; empty where it says nothing. */
runut_slice runut_mime_parameter(runut_arena *arena, runut_slice header, const char *name);

/* A header's text as UTF-8, encoded words ("=?utf-8?Q?…?=") undone. */
runut_slice runut_mime_words(runut_arena *arena, runut_slice text);

/* The name in "Nama Penulis <nama@example.org>" or "nama@example.org (Nama Penulis)"; empty for an address alone; what
 * holds no address is a name. */
runut_slice runut_mime_person(runut_slice text);

/* Base64: what is not of its alphabet is passed over. */
runut_slice runut_mime_base64(runut_arena *arena, runut_slice text);

/* `header`: false = quoted-printable, true = the 'Q' of encoded words. */
runut_slice runut_mime_quoted(runut_arena *arena, runut_slice text, bool header);

/* `body` with its Content-Transfer-Encoding undone; `body` itself for those that change nothing. */
runut_slice runut_mime_decode(runut_arena *arena, runut_slice body, runut_slice encoding);

/* A part that is no multipart. Its body is as it stands in the message. */
typedef struct runut_mime_part {
    runut_slice head, body;
    runut_slice type; /* "text/plain" where nothing is said */
    runut_slice content_type;
} runut_mime_part;

/* Called for each in order, however deep; non-zero stops. */
typedef int (*runut_on_part)(void *context, const runut_mime_part *part);

/* Walks through `message`. Multiparts that stand deeper than RUNUT_MIME_DEPTH are handed on as parts; after
 * RUNUT_MIME_PARTS it ends. Returns what the callback did. */
int runut_mime_walk(runut_arena *arena, runut_slice message, runut_on_part on_part, void *context);

#endif
