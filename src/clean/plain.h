/* Plain-text captures, inside: lines with their form, cues and scores, and the path of states through them. plain.c has
 * the essay. */
#ifndef RUNUT_CLEAN_PLAIN_H
#define RUNUT_CLEAN_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "clean/article.h"
#include "clean/byline.h"

struct runut_html_tree;
struct runut_block_hints; /* blocks.h, whose cues are others than these here */

typedef enum runut_plain_state {
    RUNUT_PLAIN_BEFORE, /* site name, menus, crumbs */
    RUNUT_PLAIN_HEAD,
    RUNUT_PLAIN_MID, /* between headline and text: by-line, date, standfirst, caption, share bar */
    RUNUT_PLAIN_BODY,
    RUNUT_PLAIN_INSERT, /* inside the text, not of it */
    RUNUT_PLAIN_AFTER,
    RUNUT_PLAIN_STATES
} runut_plain_state;

typedef struct runut_plain_line {
    runut_slice raw;     /* as captured, trimmed */
    runut_slice text;    /* white space collapsed */
    runut_slice folded;  /* its beginning, case folded, for cues */
    size_t words;        /* in scripts without blanks two characters count as a word */
    size_t upper, lower; /* words that begin with a capital, with a small letter */
    size_t digits;
    size_t separators;                            /* | · › » and the like */
    size_t gaps;                                  /* runs of several blanks inside */
    size_t sentences;                             /* ends of sentences inside, the last not counted */
    bool stop, question, colon;                   /* what ends it: sentence mark, question or exclamation mark, colon */
    bool capitals;                                /* no small letter, at least one capital */
    bool starts_upper, starts_digit, starts_mark; /* mark: a bullet or another sign that no sentence begins with */
    bool quote;                                   /* has quotation marks */
    bool address;                                 /* URL, e-mail, @name or #tag */
    bool bracketed;                               /* all of it in square brackets */
    bool blank_before;
    bool heading;  /* marked as the first heading: "# …" */
    bool repeated; /* an equal line stands elsewhere */
    uint32_t first, any, whole,
        ending;          /* cue kinds: at its start; anywhere (short lines); all of it; in its last words */
    size_t first_size;   /* bytes of the cue at its start in `folded` */
    bool label;          /* a colon follows that cue */
    bool glued;          /* that cue is glued to the next word: "Previous articleTwo die" */
    size_t promos, navs; /* how many cues of kind PROMO, of kind NAV */
    uint32_t form_label; /* hash of "Word word:" at its start, 0 where none */
    bool label_repeated;
    float common;         /* share of its words among the commonest of the running text; -1 unknown */
    float shared;         /* share of its longer words that the running text has */
    float dateline;       /* 0 none … 6 sure */
    size_t dateline_size; /* bytes of `text` before the dash */
    bool near_text;       /* running text is a few lines away */
    bool is_byline;       /* `byline` is filled */
    runut_byline byline;
    runut_slice date, printed; /* a full date on a short line */
    bool caption;
    bool dated;     /* its date was taken for the article's */
    bool author;    /* its names were taken for authors */
    bool biography; /* begins with the name of the writer or the outlet, after the text */
    bool told;      /* words or marks of its own say that it is no text, whatever stands around it */
    float textness; /* > 0: running text */
    float emission[RUNUT_PLAIN_STATES];
    float margin; /* how much the best path with this line in the text beats the best one without */
    runut_plain_state state;
    const char *why;
} runut_plain_line;

typedef struct runut_plain {
    runut_arena *arena;
    runut_slice language;
    runut_plain_line *lines; /* those that are not blank */
    size_t size;
} runut_plain;

/* plain.c: all of the steps up to the first path. */
void runut_plain_measure(runut_plain *self, runut_slice text);

/* plain_lines.c: cuts the text into lines and measures their form. */
void runut_plain_cut(runut_plain *self, runut_slice text);

/* plain_wrap.c: joins the lines of paragraphs that were wrapped at one width. */
typedef struct runut_plain_row {
    runut_slice raw;
    bool blank_before;
} runut_plain_row;
typedef RUNUT_VECTOR(runut_plain_row) runut_plain_rows;
void runut_plain_unwrap(runut_arena *arena, runut_plain_rows *rows);

/* plain_words.c: fills `common` and `shared` from the words of the running text. */
void runut_plain_count(runut_plain *self);

/* plain_cues.c: cues, datelines, by-lines, dates, captions of each line. */
void runut_plain_read(runut_plain *self);

/* plain_score.c: how well each state fits each line; sets `why`. */
void runut_plain_score(runut_plain *self);

/* plain_path.c: the best path of states, and what each line's margin is. */
void runut_plain_path(runut_plain *self);

/* plain_blocks.c: the lines as a page of one element, and what is known of them; needs a first path. */
struct runut_html_tree *runut_plain_tree(const runut_plain *self, struct runut_block_hints *hints);

/* plain_blocks.c: lets the learned judgement (blocks.h) into the scores. */
void runut_plain_judge(runut_plain *self);

/* plain_fields.c: headline, authors, date; plain_publisher.c: the outlet. */
void runut_plain_fields(runut_plain *self, runut_article *article);
runut_slice runut_plain_publisher(const runut_plain *self);

/* "TITLE: Two die": bytes before the headline, 0 = no such label. */
size_t runut_plain_title_label(runut_slice text);

/* Is `line` an outlet's name as `publisher`, in whatever spelling ("KABAR MUARA", "kabarmuara.id")? */
bool runut_plain_same_outlet(runut_arena *arena, runut_slice line, runut_slice publisher);

/* Beginning of an article list in what follows the text: by-lines beyond it are not ours. */
bool runut_plain_heads_list(const runut_plain_line *line);

#endif
