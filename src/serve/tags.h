/* Entity tags (RFC 9110, 8.8.3 and 13.1.2). */
#ifndef RUNUT_SERVE_TAGS_H
#define RUNUT_SERVE_TAGS_H

#include <stdbool.h>

/* Is `tag` (with its quotation marks) one of those that If-None-Match lists, or does it take any ('*')? Weak or not
 * makes no difference. `list` may be NULL: then it is not. */
bool runut_tag_matches(const char *list, const char *tag);

#endif
