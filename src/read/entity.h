/* Character references of HTML: "&nbsp;", "&#8217;". */
#ifndef RUNUT_READ_ENTITY_H
#define RUNUT_READ_ENTITY_H

#include "base/slice.h"

enum { RUNUT_LONGEST_ENTITY = 40 };

/* `raw` begins at '&': what it stands for goes to `text` (`room` holds it, where it is a number); how many bytes were
 * used, 0 where this is no reference. Names must end in ';'. */
size_t runut_entity_read(runut_slice raw, char room[4], runut_slice *text);

#endif
