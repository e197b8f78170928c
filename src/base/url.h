/* Addresses that are relative to others (RFC 3986, section 5.2). */
#ifndef RUNUT_BASE_URL_H
#define RUNUT_BASE_URL_H

#include "base/arena.h"

/* `reference` as it stands in what was found at `base`. `reference` itself where it is absolute, or where `base` is
 * not. */
runut_slice runut_url_resolve(runut_arena *arena, runut_slice base, runut_slice reference);

#endif
