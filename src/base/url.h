/* Addresses: relative to others (RFC 3986, section 5.2), and of the same page. */
#ifndef RUNUT_BASE_URL_H
#define RUNUT_BASE_URL_H

#include <stdbool.h>

#include "base/arena.h"

/* Does it begin as an address of http or https? */
bool runut_url_is_web(runut_slice text);

/* `reference` as it stands in what was found at `base`. `reference` itself where it is absolute, or where `base` is
 * not. */
runut_slice runut_url_resolve(runut_arena *arena, runut_slice base, runut_slice reference);

/* What all addresses of one page have in common, to tell it again: without scheme, "www.", fragment, marks of who led
 * there and light editions ("m.", "/amp"). Empty where it is no address of a page: not http or https, or the front page
 * of a host, which is another one every day. */
runut_slice runut_url_key(runut_arena *arena, runut_slice url);

#endif
