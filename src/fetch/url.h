/* Addresses of the web: which may be asked for, and in which form they are compared. */
#ifndef RUNUT_FETCH_URL_H
#define RUNUT_FETCH_URL_H

#include <stdbool.h>

#include "base/arena.h"

enum { RUNUT_URL_MOST = 4096 }; /* bytes */

typedef struct runut_url {
    runut_slice text;   /* '\0' behind it; without fragment, escaped where it must be */
    runut_slice origin; /* "https://kabar.example:443" */
    runut_slice target; /* "/path?query" */
} runut_url;

/* False where it is no absolute address of http or https, holds a user's name, control characters or too much. */
bool runut_url_read(runut_arena *arena, runut_slice text, runut_url *url);

#endif
