/* Quotation marks and the spans between them, in any writing system; private to the statements module. */
#ifndef RUNUT_ANNOTATE_QUOTES_H
#define RUNUT_ANNOTATE_QUOTES_H

#include "annotate/annotation.h"

enum { RUNUT_QUOTES_BLOCK = 2048 }; /* marks that are paired together */

/* One mark and what its surroundings say of it: costs of taking it for an opening mark, a closing mark, or neither. */
typedef struct runut_quote_mark {
    uint32_t start, end;
    uint8_t open, close, ignore;
    uint16_t breaks; /* paragraph ends between the mark before and this one; of the first: since the block's start */
    bool glued;      /* the spacing tells its side: not torn off by a tokenizer */
    bool line_start; /* first on its line */
    bool is_right;   /* a closing glyph such as ” or 」 */
} runut_quote_mark;

typedef struct runut_quote {
    runut_span outer; /* with the marks */
    runut_span inner; /* without, trimmed */
    bool closed;      /* false: no closing mark, the paragraph's end ends it */
    bool goes_on;     /* the next paragraph opens anew: the same words go on there */
    bool lines;       /* goes over a line's end */
} runut_quote;

typedef RUNUT_VECTOR(runut_quote) runut_quotes;
typedef RUNUT_VECTOR(runut_quote_mark) runut_quote_marks;

typedef enum runut_quote_family { RUNUT_QUOTES_DOUBLE, RUNUT_QUOTES_SINGLE } runut_quote_family;

/* Outermost quotations of `body` in order; none overlap. Linear. */
void runut_quotes_find(runut_arena *arena, runut_slice body, runut_quotes *quotes);

/* Next marks of a family from `*offset` on, a block at most, replacing those in
 * `marks`; moves `*offset` past them. */
void runut_quotes_scan(runut_arena *arena, runut_slice body, runut_quote_family family, size_t *offset,
                       runut_quote_marks *marks);

/* Pairs the marks of one block in the cheapest way (Viterbi) and appends the quotations. Returns where the next block
 * begins: after the last quotation that is closed; 0 where that would lead nowhere or `marks` are the last ones. */
size_t runut_quotes_pair(runut_arena *arena, runut_slice body, const runut_quote_marks *marks, runut_quotes *quotes);

#endif
