/* Markup in titles and teasers; a report's own is left to `clean`. */
#ifndef RUNUT_READ_MARKUP_H
#define RUNUT_READ_MARKUP_H

#include <stdbool.h>

#include "base/buffer.h"

/* `html` as one line: without tags and comments, references undone, white space one blank. */
runut_slice runut_markup_text(runut_arena *arena, runut_slice html);

/* How many bytes of `html` (or of plain text) are to be seen, white space not counted. *cut: it ends in an ellipsis, or
 * has one shortly before its end ("… Read more"). */
size_t runut_markup_visible(runut_slice html, bool plain, bool *cut);

/* Writes `text` so that it stands for itself in HTML. */
void runut_markup_escape(runut_buffer *out, runut_slice text);

#endif
