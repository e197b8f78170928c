/* The cleaned report: what `clean` hands to `annotate`. All text is valid UTF-8, NFC not enforced; everything lives
 * in the arena that the capture was cleaned in. Empty slice = not there. */
#ifndef RUNUT_CLEAN_ARTICLE_H
#define RUNUT_CLEAN_ARTICLE_H

#include <stdbool.h>

#include "base/vector.h"

typedef enum runut_article_kind { RUNUT_KIND_ARTICLE, RUNUT_KIND_LISTING, RUNUT_KIND_OTHER } runut_article_kind;

/* What a line or block of the capture was judged to be. */
typedef enum runut_line_role {
    RUNUT_LINE_BODY, /* part of articleBody */
    RUNUT_LINE_HEADLINE,
    RUNUT_LINE_STANDFIRST, /* summary under the headline; not part of the body */
    RUNUT_LINE_BYLINE,
    RUNUT_LINE_DATE,
    RUNUT_LINE_PUBLISHER,
    RUNUT_LINE_CREDIT, /* 'Sumber: …', 'SOURCE …', '(Reuters/abc)': names whom the news is from */
    RUNUT_LINE_CAPTION,
    RUNUT_LINE_BOILERPLATE /* anything else: menus, 'Baca juga', share bars, tags, biographies … */
} runut_line_role;

/* What the page's elements make of a line; a plain-text capture has paragraphs only. */
typedef enum runut_line_form {
    RUNUT_FORM_PARAGRAPH,
    RUNUT_FORM_HEADING,     /* `level` 1 to 6 */
    RUNUT_FORM_ITEM,        /* of a list, also of a definition list; `level` = how many lists are around it */
    RUNUT_FORM_QUOTATION,   /* a block quotation */
    RUNUT_FORM_ROW,         /* of a table: the cells parted by tabs */
    RUNUT_FORM_PREFORMATTED /* line ends are the author's */
} runut_line_form;

typedef struct runut_line {
    runut_slice text;
    runut_line_role role;
    runut_line_form form;
    unsigned level;
    const char *why; /* short English reason, static: "read-also link", "between headline and body" */
    float score;     /* 0..1, how sure that it is body */
} runut_line;

typedef struct runut_article {
    runut_article_kind kind;
    runut_slice id, file, url; /* as the capture has them; url also from <link rel=canonical> or og:url */
    runut_slice language;      /* as stated by the capture or the page ("id", "en-GB"); annotate decides */
    runut_slice headline, standfirst, publisher;
    runut_slices authors;
    runut_slice date_published; /* ISO 8601, as precise as stated: "2022-08-15T14:35+07:00", "2022-08-15" */
    runut_slice date_modified, date_captured; /* likewise: changed last, fetched */
    runut_slice date_printed;                 /* the words it was read from: "Senin, 15 Agu 2022 14:35 WIB" */
    const char *date_from; /* where: "by-line", "JSON-LD", "meta", "time element", "record"; static */
    /* where the other fields are from, in the same words; static; NULL or "" where that is not known */
    const char *headline_from, *publisher_from, *authors_from, *language_from, *url_from;
    runut_slice body;               /* paragraphs separated by one '\n', no empty ones */
    RUNUT_VECTOR(runut_line) lines; /* every line or block of the capture in order, kept or not */
} runut_article;

#endif
