/* HTML tokens: WHATWG's tokenization (HTML standard, section 13.2.5) as far as it decides what is text, what is a tag
 * and what is neither. Tokens point into the page; nothing is copied or decoded until somebody asks for it.
 *
 *     runut_html_tokenizer t = runut_html_begin(html);
 *     while (runut_html_next(&t, &token))
 *         if (token.kind == RUNUT_HTML_TEXT) … runut_html_decode(arena, token.text, token.coding) …
 *
 * Each byte is looked at a bounded number of times, whatever the page: the scan only ever moves forward. After the
 * start tag of a raw element the caller says so with runut_html_enter (the tree knows; the tokenizer does not). */
#ifndef RUNUT_CLEAN_HTML_TOKEN_H
#define RUNUT_CLEAN_HTML_TOKEN_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/slice.h"

enum { RUNUT_HTML_MOST_ATTRIBUTES = 128 }; /* of one tag; further ones are read over */

typedef enum runut_html_kind {
    RUNUT_HTML_TEXT,
    RUNUT_HTML_START,
    RUNUT_HTML_END,
    RUNUT_HTML_COMMENT,
    RUNUT_HTML_DOCTYPE
} runut_html_kind;

typedef enum runut_html_state {
    RUNUT_HTML_DATA,
    RUNUT_HTML_RCDATA,
    RUNUT_HTML_RAWTEXT,
    RUNUT_HTML_SCRIPT,
    RUNUT_HTML_PLAINTEXT,
    RUNUT_HTML_CDATA
} runut_html_state;

/* How raw bytes turn into text; line ends become LF in each. */
typedef enum runut_html_coding {
    RUNUT_HTML_PLAIN,      /* as it stands */
    RUNUT_HTML_RAW,        /* NUL becomes U+FFFD */
    RUNUT_HTML_REFERENCES, /* character references, NUL as it stands */
    RUNUT_HTML_BOTH,       /* character references, NUL becomes U+FFFD */
    RUNUT_HTML_ATTRIBUTE,  /* the same by the rule for attributes ("&copy=1" stays) */
} runut_html_coding;

typedef struct runut_html_attribute {
    runut_slice name, value; /* raw */
} runut_html_attribute;

typedef struct runut_html_token {
    runut_html_kind kind;
    runut_html_coding coding; /* of `text` */
    runut_slice text;         /* TEXT, COMMENT: raw */
    runut_slice name;         /* START, END: raw, any case */
    bool self_closing;
    size_t attributes;
    runut_html_attribute attribute[RUNUT_HTML_MOST_ATTRIBUTES];
} runut_html_token;

typedef struct runut_html_tokenizer {
    runut_slice html;
    size_t at;
    runut_html_state state;
    runut_slice last_start; /* whose end tag leaves a raw state */
} runut_html_tokenizer;

runut_html_tokenizer runut_html_begin(runut_slice html);
bool runut_html_next(runut_html_tokenizer *self, runut_html_token *token);

/* Reads on in `state` until the end tag of `name`. */
void runut_html_enter(runut_html_tokenizer *self, runut_html_state state, runut_slice name);

/* Moves to the end tag of `name` and returns the raw text before it; false, without moving, where there is none. */
bool runut_html_skip_to_end(runut_html_tokenizer *self, runut_slice name, runut_slice *inside);

/* The first attribute of that name, raw; NULL where there is none. */
static inline const runut_html_attribute *runut_html_find(const runut_html_token *token, const char *name)
{
    size_t size = strlen(name);
    for (size_t i = 0; i < token->attributes; i++)
        if (token->attribute[i].name.size == size &&
            runut_slice_starts_nocase(token->attribute[i].name, (runut_slice){name, size}))
            return &token->attribute[i];
    return NULL;
}

/* The same, decoded; empty where there is none. */
runut_slice runut_html_value(runut_arena *arena, const runut_html_token *token, const char *name);

/* html_reference.c: `raw` as text: itself where nothing needs decoding. */
runut_slice runut_html_decode(runut_arena *arena, runut_slice raw, runut_html_coding coding);
void runut_html_decode_to(runut_buffer *out, runut_slice raw, runut_html_coding coding);

#endif
