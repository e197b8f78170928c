/* A line of JSON read where it stands: what is wanted of a record is found, and nothing is built. For a filter that
 * hands records on as they are, ten times the speed of a parser. Strict: RFC 8259, nested 63 deep at most, but for NaN,
 * Infinity and -Infinity, which Python's json and its kin write for what is missing: they stand for null. */
#ifndef RUNUT_READ_JSON_LINE_H
#define RUNUT_READ_JSON_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct json_object;
struct json_tokener;

enum { RUNUT_JSON_CUTS = 4 };

typedef struct runut_json_cut {
    size_t start, end;
} runut_json_cut;

/* Slices are parts of the line as they stand there. */
typedef struct runut_json_line {
    runut_slice text; /* of `articleBody`, else `text`, else `maintext`: between the quotation marks; empty = none */
    bool escaped;     /* it has backslashes: see runut_json_unescape */
    bool has_text;    /* there is such a key, maybe without text */
    bool has_page;    /* `html` holds something */
    bool nested;      /* one of these keys holds a list or an object: the line must be parsed to know it */
    runut_slice name; /* the value of `id`, `@id`, `identifier`, `url` or `source-url`: a string with its marks, or an
                         integer; empty = none */
    size_t close;     /* offset of the closing brace */
    bool bare;        /* nothing but what is cut stands before it */
    size_t cut_count;
    runut_json_cut cuts[RUNUT_JSON_CUTS]; /* where members stand that `dedup` puts in, from an earlier run */
} runut_json_line;

/* RUNUT_ERR_INPUT with error->byte, an offset in the line, where it is no JSON object. Linear in the line. */
int runut_json_line_read(runut_slice line, runut_json_line *out, runut_error *error);

/* Is `text` one value of JSON, white space around it? RUNUT_ERR_INPUT with error->byte, an offset, where it is not: the
 * parser that builds objects is lenient, so this stands before it. Linear. */
int runut_json_check(runut_slice text, runut_error *error);

/* The same, built (json_object_put). NULL with `error` where it is broken, and for "null". */
struct json_object *runut_json_build(struct json_tokener *tokener, runut_slice text, runut_error *error);

/* Writes `raw`, from within quotation marks and known to be sound, as UTF-8 to `to`, which has room for as many bytes;
 * their number. Half a surrogate pair becomes U+FFFD. */
size_t runut_json_unescape(runut_slice raw, char *to);

#endif
