/* Writing for people: colour only where it is wanted, lines no wider than the terminal, and no control character of a
 * capture ever reaches it. */
#ifndef RUNUT_CLI_TERM_H
#define RUNUT_CLI_TERM_H

#include <stdbool.h>
#include <stddef.h>

struct json_object;

typedef enum term_style {
    TERM_PLAIN,
    TERM_BOLD,
    TERM_DIM,
    TERM_ID, /* s1, e1, a1 */
    TERM_DATE,
    TERM_GOOD,
    TERM_WARN
} term_style;

typedef struct term {
    bool color;
    int width; /* columns to fill: of the terminal, $COLUMNS, else 80 */
    int column;
    int indent; /* of continued lines */
    bool blank; /* a blank is due before the next word, unless that begins a line */
    bool fresh; /* nothing but indentation stands in this line yet */
    term_style style;
} term;

/* `color`: "auto", "always", "never" or NULL (= auto: stdout is a terminal and NO_COLOR is not set). */
term term_new(const char *color);

/* Writes words, wrapped at the width; a wrapped line begins at self->indent. White space of any kind is one blank. */
void term_words(term *self, term_style style, const char *text);
void term_words_size(term *self, term_style style, const char *text, size_t size);

/* As term_words, printf style (at most 1 KiB). */
void term_printf(term *self, term_style style, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Blanks up to `column`; a new line first where it is behind us. */
void term_to(term *self, int column);
void term_line(term *self);

/* A copy without control characters (each becomes U+FFFD), to be freed; NULL when memory is out. */
char *term_clean(const char *text);

/* Prints an answer as JSON (json-c's flags) with a line end; on a terminal control characters that JSON lets through
 * are escaped too, which changes no value. */
void term_json(struct json_object *object, int flags);

/* Prints `text` as a JSON string, in quotes; nothing is allocated. What steers a terminal is escaped, bytes that are
 * not UTF-8 become U+FFFD. */
void term_json_string(const char *text);

/* Columns that `text` takes. */
int term_columns(const char *text, size_t size);

#endif
