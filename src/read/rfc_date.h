/* Dates of mail and feeds: "Mon, 01 Sep 2025 10:00:00 +0700" (RFC 5322 with its old zones). */
#ifndef RUNUT_READ_RFC_DATE_H
#define RUNUT_READ_RFC_DATE_H

#include "base/arena.h"

/* As ISO 8601, "2025-09-01T10:00:00+07:00"; "2025-09-01 10:00" gets its 'T'; `text` itself, trimmed, where it is
 * neither. */
runut_slice runut_rfc_date(runut_arena *arena, runut_slice text);

#endif
