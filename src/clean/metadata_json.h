/* A forgiving JSON reader for JSON-LD: what pages embed is often broken (raw line ends in strings, trailing commas,
 * comments, cut off). It reads as far as it can and keeps what it has read; everything lives in the arena. (json-c
 * refuses such input as a whole, and holds memory that the arena's guard could not release.) */
#ifndef RUNUT_CLEAN_METADATA_JSON_H
#define RUNUT_CLEAN_METADATA_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"

typedef enum runut_json_kind { RUNUT_JSON_TEXT, RUNUT_JSON_OTHER, RUNUT_JSON_OBJECT, RUNUT_JSON_ARRAY } runut_json_kind;

typedef struct runut_json {
    runut_json_kind kind;
    uint32_t parent, next; /* indexes into the same vector; next 0 = none */
    uint32_t child;        /* first one; 0 = none */
    runut_slice key;       /* in an object */
    runut_slice text;      /* TEXT: unescaped; OTHER: as it stands */
} runut_json;

typedef RUNUT_VECTOR(runut_json) runut_jsons;

/* Adds what `text` holds to `values`, as children of the value at `under`. */
void runut_json_read(runut_arena *arena, runut_slice text, runut_jsons *values, uint32_t under);

/* The member of that name (any case); 0 where there is none. */
uint32_t runut_json_member(const runut_jsons *values, uint32_t object, const char *key);

#endif
