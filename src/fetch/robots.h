/* robots.txt as RFC 9309 has it, with Crawl-delay. */
#ifndef RUNUT_FETCH_ROBOTS_H
#define RUNUT_FETCH_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"

enum { RUNUT_ROBOTS_MOST = 512 << 10 }; /* bytes that are read of the file; the standard wants 500 KiB at least */

typedef struct runut_robots_rule {
    runut_slice pattern; /* in the form of runut_robots_normal, '*' and a last '$' are special */
    bool allow;
} runut_robots_rule;

typedef struct runut_robots {
    RUNUT_VECTOR(runut_robots_rule) rules; /* of the groups that name the product, else of those for all */
    uint32_t delay;                        /* Crawl-delay in milliseconds; 0 = none */
} runut_robots;

/* Any bytes; `product`: "runut". All that it holds lives in `arena`. */
runut_robots runut_robots_read(runut_arena *arena, runut_slice text, runut_slice product);

/* May `target` ("/path?query") be asked for? The longest pattern that fits decides, of two as long the one that
 * allows. The arena is for what it needs meanwhile. */
bool runut_robots_allow(const runut_robots *self, runut_arena *arena, runut_slice target);

#endif
