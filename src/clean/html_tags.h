/* The elements of HTML and what the block tree needs to know of each. */
#ifndef RUNUT_CLEAN_HTML_TAGS_H
#define RUNUT_CLEAN_HTML_TAGS_H

#include <stdint.h>

#include "runut/slice.h"

typedef enum runut_html_trait {
    RUNUT_HTML_INLINE = 1,   /* does not end a block */
    RUNUT_HTML_VOID = 2,     /* has no end tag */
    RUNUT_HTML_IN_HEAD = 4,  /* may stand in <head>; anything else closes it */
    RUNUT_HTML_ENDS_P = 8,   /* closes an open <p> */
    RUNUT_HTML_SCOPE = 16,   /* an end tag inside does not reach out */
    RUNUT_HTML_SKIPPED = 32, /* contents are no markup, or markup that is no text: skipped to the end tag */
} runut_html_trait;

/* Sorted by name; html_tags.c says where each letter begins. */
#define RUNUT_HTML_TAGS(X)                                                                                             \
    X(A, "a", RUNUT_HTML_INLINE)                                                                                       \
    X(ABBR, "abbr", RUNUT_HTML_INLINE)                                                                                 \
    X(ACRONYM, "acronym", RUNUT_HTML_INLINE)                                                                           \
    X(ADDRESS, "address", RUNUT_HTML_ENDS_P)                                                                           \
    X(AREA, "area", RUNUT_HTML_INLINE | RUNUT_HTML_VOID)                                                               \
    X(ARTICLE, "article", RUNUT_HTML_ENDS_P)                                                                           \
    X(ASIDE, "aside", RUNUT_HTML_ENDS_P)                                                                               \
    X(AUDIO, "audio", RUNUT_HTML_INLINE | RUNUT_HTML_SKIPPED)                                                          \
    X(B, "b", RUNUT_HTML_INLINE)                                                                                       \
    X(BASE, "base", RUNUT_HTML_INLINE | RUNUT_HTML_VOID | RUNUT_HTML_IN_HEAD)                                          \
    X(BASEFONT, "basefont", RUNUT_HTML_VOID | RUNUT_HTML_IN_HEAD)                                                      \
    X(BDI, "bdi", RUNUT_HTML_INLINE)                                                                                   \
    X(BDO, "bdo", RUNUT_HTML_INLINE)                                                                                   \
    X(BGSOUND, "bgsound", RUNUT_HTML_VOID | RUNUT_HTML_IN_HEAD)                                                        \
    X(BIG, "big", RUNUT_HTML_INLINE)                                                                                   \
    X(BLOCKQUOTE, "blockquote", RUNUT_HTML_ENDS_P)                                                                     \
    X(BODY, "body", 0)                                                                                                 \
    X(BR, "br", RUNUT_HTML_VOID)                                                                                       \
    X(BUTTON, "button", 0)                                                                                             \
    X(CANVAS, "canvas", RUNUT_HTML_INLINE | RUNUT_HTML_SKIPPED)                                                        \
    X(CAPTION, "caption", 0)                                                                                           \
    X(CENTER, "center", RUNUT_HTML_ENDS_P)                                                                             \
    X(CITE, "cite", RUNUT_HTML_INLINE)                                                                                 \
    X(CODE, "code", RUNUT_HTML_INLINE)                                                                                 \
    X(COL, "col", RUNUT_HTML_VOID)                                                                                     \
    X(COLGROUP, "colgroup", 0)                                                                                         \
    X(DATA, "data", RUNUT_HTML_INLINE)                                                                                 \
    X(DATALIST, "datalist", RUNUT_HTML_INLINE | RUNUT_HTML_SKIPPED)                                                    \
    X(DD, "dd", RUNUT_HTML_ENDS_P)                                                                                     \
    X(DEL, "del", RUNUT_HTML_INLINE)                                                                                   \
    X(DETAILS, "details", RUNUT_HTML_ENDS_P)                                                                           \
    X(DFN, "dfn", RUNUT_HTML_INLINE)                                                                                   \
    X(DIALOG, "dialog", RUNUT_HTML_ENDS_P)                                                                             \
    X(DIR, "dir", RUNUT_HTML_ENDS_P)                                                                                   \
    X(DIV, "div", RUNUT_HTML_ENDS_P)                                                                                   \
    X(DL, "dl", RUNUT_HTML_ENDS_P)                                                                                     \
    X(DT, "dt", RUNUT_HTML_ENDS_P)                                                                                     \
    X(EM, "em", RUNUT_HTML_INLINE)                                                                                     \
    X(EMBED, "embed", RUNUT_HTML_INLINE | RUNUT_HTML_VOID)                                                             \
    X(FIELDSET, "fieldset", RUNUT_HTML_ENDS_P)                                                                         \
    X(FIGCAPTION, "figcaption", RUNUT_HTML_ENDS_P)                                                                     \
    X(FIGURE, "figure", RUNUT_HTML_ENDS_P)                                                                             \
    X(FONT, "font", RUNUT_HTML_INLINE)                                                                                 \
    X(FOOTER, "footer", RUNUT_HTML_ENDS_P)                                                                             \
    X(FORM, "form", RUNUT_HTML_ENDS_P)                                                                                 \
    X(FRAME, "frame", RUNUT_HTML_VOID)                                                                                 \
    X(FRAMESET, "frameset", 0)                                                                                         \
    X(H1, "h1", RUNUT_HTML_ENDS_P)                                                                                     \
    X(H2, "h2", RUNUT_HTML_ENDS_P)                                                                                     \
    X(H3, "h3", RUNUT_HTML_ENDS_P)                                                                                     \
    X(H4, "h4", RUNUT_HTML_ENDS_P)                                                                                     \
    X(H5, "h5", RUNUT_HTML_ENDS_P)                                                                                     \
    X(H6, "h6", RUNUT_HTML_ENDS_P)                                                                                     \
    X(HEAD, "head", RUNUT_HTML_IN_HEAD)                                                                                \
    X(HEADER, "header", RUNUT_HTML_ENDS_P)                                                                             \
    X(HGROUP, "hgroup", RUNUT_HTML_ENDS_P)                                                                             \
    X(HR, "hr", RUNUT_HTML_VOID | RUNUT_HTML_ENDS_P)                                                                   \
    X(HTML, "html", RUNUT_HTML_IN_HEAD | RUNUT_HTML_SCOPE)                                                             \
    X(I, "i", RUNUT_HTML_INLINE)                                                                                       \
    X(IFRAME, "iframe", RUNUT_HTML_SKIPPED)                                                                            \
    X(IMG, "img", RUNUT_HTML_INLINE | RUNUT_HTML_VOID)                                                                 \
    X(INPUT, "input", RUNUT_HTML_INLINE | RUNUT_HTML_VOID)                                                             \
    X(INS, "ins", RUNUT_HTML_INLINE)                                                                                   \
    X(KBD, "kbd", RUNUT_HTML_INLINE)                                                                                   \
    X(KEYGEN, "keygen", RUNUT_HTML_VOID)                                                                               \
    X(LABEL, "label", RUNUT_HTML_INLINE)                                                                               \
    X(LEGEND, "legend", 0)                                                                                             \
    X(LI, "li", RUNUT_HTML_ENDS_P)                                                                                     \
    X(LINK, "link", RUNUT_HTML_INLINE | RUNUT_HTML_VOID | RUNUT_HTML_IN_HEAD)                                          \
    X(LISTING, "listing", RUNUT_HTML_ENDS_P)                                                                           \
    X(MAIN, "main", RUNUT_HTML_ENDS_P)                                                                                 \
    X(MAP, "map", RUNUT_HTML_INLINE)                                                                                   \
    X(MARK, "mark", RUNUT_HTML_INLINE)                                                                                 \
    X(MATH, "math", RUNUT_HTML_INLINE | RUNUT_HTML_SKIPPED)                                                            \
    X(MENU, "menu", RUNUT_HTML_ENDS_P)                                                                                 \
    X(META, "meta", RUNUT_HTML_INLINE | RUNUT_HTML_VOID | RUNUT_HTML_IN_HEAD)                                          \
    X(NAV, "nav", RUNUT_HTML_ENDS_P)                                                                                   \
    X(NOBR, "nobr", RUNUT_HTML_INLINE)                                                                                 \
    X(NOEMBED, "noembed", RUNUT_HTML_SKIPPED)                                                                          \
    X(NOFRAMES, "noframes", RUNUT_HTML_IN_HEAD | RUNUT_HTML_SKIPPED)                                                   \
    X(NOSCRIPT, "noscript", RUNUT_HTML_INLINE | RUNUT_HTML_IN_HEAD | RUNUT_HTML_SKIPPED)                               \
    X(OBJECT, "object", RUNUT_HTML_INLINE | RUNUT_HTML_IN_HEAD | RUNUT_HTML_SCOPE | RUNUT_HTML_SKIPPED)                \
    X(OL, "ol", RUNUT_HTML_ENDS_P)                                                                                     \
    X(OPTGROUP, "optgroup", 0)                                                                                         \
    X(OPTION, "option", 0)                                                                                             \
    X(P, "p", RUNUT_HTML_ENDS_P)                                                                                       \
    X(PARAM, "param", RUNUT_HTML_INLINE | RUNUT_HTML_VOID)                                                             \
    X(PICTURE, "picture", RUNUT_HTML_INLINE)                                                                           \
    X(PLAINTEXT, "plaintext", 0)                                                                                       \
    X(PRE, "pre", RUNUT_HTML_ENDS_P)                                                                                   \
    X(Q, "q", RUNUT_HTML_INLINE)                                                                                       \
    X(RB, "rb", RUNUT_HTML_INLINE)                                                                                     \
    X(RP, "rp", RUNUT_HTML_INLINE)                                                                                     \
    X(RT, "rt", RUNUT_HTML_INLINE)                                                                                     \
    X(RTC, "rtc", RUNUT_HTML_INLINE)                                                                                   \
    X(RUBY, "ruby", RUNUT_HTML_INLINE)                                                                                 \
    X(S, "s", RUNUT_HTML_INLINE)                                                                                       \
    X(SAMP, "samp", RUNUT_HTML_INLINE)                                                                                 \
    X(SCRIPT, "script", RUNUT_HTML_INLINE | RUNUT_HTML_IN_HEAD | RUNUT_HTML_SKIPPED)                                   \
    X(SEARCH, "search", RUNUT_HTML_ENDS_P)                                                                             \
    X(SECTION, "section", RUNUT_HTML_ENDS_P)                                                                           \
    X(SELECT, "select", RUNUT_HTML_INLINE | RUNUT_HTML_SKIPPED)                                                        \
    X(SMALL, "small", RUNUT_HTML_INLINE)                                                                               \
    X(SOURCE, "source", RUNUT_HTML_INLINE | RUNUT_HTML_VOID)                                                           \
    X(SPAN, "span", RUNUT_HTML_INLINE)                                                                                 \
    X(STRIKE, "strike", RUNUT_HTML_INLINE)                                                                             \
    X(STRONG, "strong", RUNUT_HTML_INLINE)                                                                             \
    X(STYLE, "style", RUNUT_HTML_INLINE | RUNUT_HTML_IN_HEAD | RUNUT_HTML_SKIPPED)                                     \
    X(SUB, "sub", RUNUT_HTML_INLINE)                                                                                   \
    X(SUMMARY, "summary", RUNUT_HTML_ENDS_P)                                                                           \
    X(SUP, "sup", RUNUT_HTML_INLINE)                                                                                   \
    X(SVG, "svg", RUNUT_HTML_INLINE | RUNUT_HTML_SKIPPED)                                                              \
    X(TABLE, "table", RUNUT_HTML_ENDS_P | RUNUT_HTML_SCOPE)                                                            \
    X(TBODY, "tbody", 0)                                                                                               \
    X(TD, "td", RUNUT_HTML_SCOPE)                                                                                      \
    X(TEMPLATE, "template", RUNUT_HTML_INLINE | RUNUT_HTML_IN_HEAD | RUNUT_HTML_SCOPE | RUNUT_HTML_SKIPPED)            \
    X(TEXTAREA, "textarea", RUNUT_HTML_INLINE | RUNUT_HTML_SKIPPED)                                                    \
    X(TFOOT, "tfoot", 0)                                                                                               \
    X(TH, "th", RUNUT_HTML_SCOPE)                                                                                      \
    X(THEAD, "thead", 0)                                                                                               \
    X(TIME, "time", RUNUT_HTML_INLINE)                                                                                 \
    X(TITLE, "title", RUNUT_HTML_INLINE | RUNUT_HTML_IN_HEAD | RUNUT_HTML_SKIPPED)                                     \
    X(TR, "tr", 0)                                                                                                     \
    X(TRACK, "track", RUNUT_HTML_INLINE | RUNUT_HTML_VOID)                                                             \
    X(TT, "tt", RUNUT_HTML_INLINE)                                                                                     \
    X(U, "u", RUNUT_HTML_INLINE)                                                                                       \
    X(UL, "ul", RUNUT_HTML_ENDS_P)                                                                                     \
    X(VAR, "var", RUNUT_HTML_INLINE)                                                                                   \
    X(VIDEO, "video", RUNUT_HTML_INLINE | RUNUT_HTML_SKIPPED)                                                          \
    X(WBR, "wbr", RUNUT_HTML_INLINE | RUNUT_HTML_VOID)                                                                 \
    X(XMP, "xmp", RUNUT_HTML_SKIPPED)

typedef enum runut_html_tag {
#define RUNUT_HTML_TAG_ENUM(id, name, traits) RUNUT_TAG_##id,
    RUNUT_HTML_TAGS(RUNUT_HTML_TAG_ENUM)
#undef RUNUT_HTML_TAG_ENUM
        RUNUT_TAG_OTHER, /* custom and unknown elements: blocks */
    RUNUT_TAG_COUNT
} runut_html_tag;

/* `name` in any case. */
runut_html_tag runut_html_tag_named(runut_slice name);
unsigned runut_html_tag_traits(runut_html_tag tag);
const char *runut_html_tag_name(runut_html_tag tag); /* "" for OTHER */

#endif
