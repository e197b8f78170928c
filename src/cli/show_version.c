/* Versions of a report: which there are, and what was changed from one to the next. */
#include <string.h>

#include "show.h"

enum { MARK = 2 };

void show_version_links(term *t, struct json_object *report)
{
    const char *older = show_text(report, "replacesArticle"), *newer = show_text(report, "replacedByArticle");
    size_t changes = show_size(show_list(report, "changes"));
    if (*older) {
        term_words(t, TERM_WARN, "newer version");
        term_words(t, TERM_DIM, " of ");
        term_words(t, TERM_ID, older);
        if (json_object_object_get(report, "changes"))
            term_printf(t, TERM_PLAIN, ", %zu change%s", changes, changes == 1 ? "" : "s");
    }
    if (!*newer)
        return;
    term_words(t, TERM_PLAIN, *older ? "; " : "");
    term_words(t, TERM_WARN, "replaced");
    term_words(t, TERM_DIM, " by ");
    term_words(t, TERM_ID, newer);
}

/* A part of `text`, which begins at byte `from` of its body; the marks say without colour what it is. */
static void show_part(term *t, term_style style, const char *open, const char *text, int64_t from, int64_t start,
                      int64_t end, const char *close)
{
    int64_t size = (int64_t)strlen(text);
    start = start - from < 0 ? 0 : start - from;
    end = end - from > size ? size : end - from;
    if (start >= end)
        return;
    term_words(t, style, open);
    term_words_size(t, style, text + start, (size_t)(end - start));
    term_words(t, style, close);
}

/* Both sentences in one: what both have once, what is different with marks. */
static void show_reworded(term *t, struct json_object *change)
{
    const char *now = show_text(change, "text"), *before = show_text(change, "otherText");
    int64_t from = show_number(change, "start"), there = show_number(change, "otherStart"), at = from;
    struct json_object *words = show_list(change, "words");
    for (size_t i = 0; i < show_size(words); i++) {
        struct json_object *one = json_object_array_get_idx(words, i);
        show_part(t, TERM_PLAIN, "", now, from, at, show_number(one, "start"), "");
        term_words(t, TERM_PLAIN, " ");
        show_part(t, TERM_WARN, "[-", before, there, show_number(one, "otherStart"), show_number(one, "otherEnd"),
                  "-]");
        term_words(t, TERM_PLAIN, " ");
        show_part(t, TERM_GOOD, "{+", now, from, show_number(one, "start"), show_number(one, "end"), "+}");
        at = show_number(one, "end");
        term_words(t, TERM_PLAIN, " ");
    }
    show_part(t, TERM_PLAIN, "", now, from, at, show_number(change, "end"), "");
}

static void show_line(term *t, term_style style, const char *mark, const char *name, const char *text)
{
    if (!*text)
        return;
    term_to(t, 0);
    t->indent = MARK;
    term_words(t, style, mark);
    term_to(t, MARK);
    if (*name)
        term_printf(t, TERM_DIM, "%s: ", name);
    term_words(t, style, text);
    term_line(t);
}

static void show_change(term *t, struct json_object *change)
{
    const char *kind = show_text(change, "kind");
    if (strcmp(kind, "reworded") == 0) {
        term_to(t, 0);
        t->indent = MARK;
        term_words(t, TERM_BOLD, "~");
        term_to(t, MARK);
        show_reworded(t, change);
        term_line(t);
    } else if (strcmp(kind, "moved") == 0) {
        show_line(t, TERM_DIM, ">", kind, show_text(change, "text"));
    } else {
        const char *name = strcmp(kind, "added") == 0 || strcmp(kind, "removed") == 0 ? "" : kind;
        show_line(t, TERM_WARN, "-", name, show_text(change, "otherText"));
        show_line(t, TERM_GOOD, "+", name, show_text(change, "text"));
    }
}

void show_changes(term *t, struct json_object *article)
{
    struct json_object *changes = show_list(article, "changes");
    if (!*show_text(article, "replacesArticle"))
        return;
    t->indent = 0;
    term_line(t);
    term_words(t, TERM_BOLD, "What is different from ");
    term_words(t, TERM_ID, show_text(article, "replacesArticle"));
    term_words(t, TERM_BOLD, show_size(changes) ? "" : ": nothing but white space");
    term_line(t);
    for (size_t i = 0; i < show_size(changes); i++)
        show_change(t, json_object_array_get_idx(changes, i));
}
