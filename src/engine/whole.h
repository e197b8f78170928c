/* A whole store as JSON Lines: shared by whole_export.c, whole_line.c and whole_import.c. What stands in which line
 * says docs/upkeep.md; the first key of a line says what it is. */
#ifndef RUNUT_ENGINE_WHOLE_H
#define RUNUT_ENGINE_WHOLE_H

#include "engine/internal.h"

enum { RUNUT_WHOLE_FORMAT = 1 };

/* Kinds of lines, in the order in which they come. */
typedef enum runut_whole_kind {
    RUNUT_LINE_HEADER,
    RUNUT_LINE_ARTICLE,
    RUNUT_LINE_EVENT,
    RUNUT_LINE_VERSION,
    RUNUT_LINE_MOVE,
    RUNUT_LINE_ARRIVAL,
    RUNUT_LINE_COUNTER,
    RUNUT_LINE_END,
    RUNUT_LINE_KINDS
} runut_whole_kind;

/* What a value must be. */
typedef enum runut_whole_type {
    RUNUT_VALUE_TEXT,   /* a string or null */
    RUNUT_VALUE_COUNT,  /* an integer from 0 on */
    RUNUT_VALUE_NUMBER, /* one from 1 to 2^31 - 1 */
    RUNUT_VALUE_BOOL,
    RUNUT_VALUE_DAY,   /* "YYYY-MM-DD" or null */
    RUNUT_VALUE_OBJECT /* an object or a list, as it stands there; a list may be null */
} runut_whole_type;

typedef struct runut_whole_key {
    const char *name;
    runut_whole_type type;
} runut_whole_key;

enum { RUNUT_WHOLE_KEYS = 16 };

/* The keys of a line, in order; the last one has no name. */
extern const runut_whole_key runut_whole_keys[RUNUT_LINE_KINDS][RUNUT_WHOLE_KEYS + 1];

/* Positions in runut_whole_keys[RUNUT_LINE_ARTICLE]. */
enum {
    RUNUT_ARTICLE_NUMBER,
    RUNUT_ARTICLE_ID,
    RUNUT_ARTICLE_NAMED,
    RUNUT_ARTICLE_HASH,
    RUNUT_ARTICLE_FILE,
    RUNUT_ARTICLE_URL,
    RUNUT_ARTICLE_LANGUAGE,
    RUNUT_ARTICLE_HEADLINE,
    RUNUT_ARTICLE_PUBLISHER,
    RUNUT_ARTICLE_DAY,
    RUNUT_ARTICLE_EVENT,
    RUNUT_ARTICLE_BODY,
    RUNUT_ARTICLE_RECORD,
    RUNUT_ARTICLE_RELATION,
    RUNUT_ARTICLE_DIGEST,
    RUNUT_ARTICLE_LINES
};

typedef struct runut_whole_value {
    runut_slice text; /* in the arena, or a part of the line */
    int64_t number;   /* of a COUNT, NUMBER, BOOL or DAY */
} runut_whole_value;

typedef struct runut_whole_line {
    runut_whole_kind kind;
    runut_whole_value values[RUNUT_WHOLE_KEYS];
} runut_whole_line;

/* Reads a line: strict JSON in UTF-8, with all keys of its kind and no others. RUNUT_ERR_INPUT with error->byte, an
 * offset in the line. */
int runut_whole_line_read(runut_arena *arena, runut_slice line, runut_whole_line *out, runut_error *error);

/* Base64 with its padding; of what is read only the one way of writing it is taken. */
runut_slice runut_base64_encode(runut_arena *arena, runut_slice bytes);
bool runut_base64_decode(runut_arena *arena, runut_slice text, runut_slice *bytes);

#endif
