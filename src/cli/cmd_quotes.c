#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "show.h"

enum { INDENT = 6, MOST_DIFFERENCES = 4, MOST_SHOWN = 60 };

static void show_words(term *t, struct json_object *print)
{
    bool reported = json_object_get_boolean(json_object_object_get(print, "reported"));
    term_words(t, TERM_PLAIN, reported ? "" : "“");
    term_words(t, TERM_PLAIN, show_text(print, "text"));
    term_words(t, TERM_PLAIN, reported ? "" : "”");
}

static void show_place(term *t, struct json_object *print)
{
    const char *day = show_text(print, "date"), *outlet = show_text(print, "publisher");
    term_words(t, *day ? TERM_DATE : TERM_WARN, *day ? day : "undated");
    term_words(t, TERM_PLAIN, " ");
    term_words(t, TERM_ID, show_text(print, "article"));
    if (*outlet)
        term_printf(t, TERM_PLAIN, " %s", outlet);
    if (*show_text(print, "via"))
        term_printf(t, TERM_DIM, " via %s", show_text(print, "via"));
}

static void show_side(term *t, const char *before, const char *words)
{
    term_words(t, TERM_DIM, before);
    size_t size = strlen(words), cut = size;
    for (size_t i = 0; i < size && size > MOST_SHOWN; i++)
        if (words[i] == ' ' && (i <= MOST_SHOWN || cut == size))
            cut = i;
    term_words(t, TERM_PLAIN, "“");
    term_words_size(t, TERM_PLAIN, words, cut);
    term_words(t, TERM_PLAIN, cut < size ? " …”" : "”");
}

static void show_differences(term *t, struct json_object *list)
{
    size_t size = show_size(list);
    for (size_t i = 0; i < size && i < MOST_DIFFERENCES; i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        const char *here = show_text(one, "here"), *first = show_text(one, "first");
        term_words(t, TERM_DIM, i ? "; " : ": ");
        if (*here)
            show_side(t, *first ? "" : "adds ", here);
        if (*first)
            show_side(t, *here ? " for " : "without ", first);
    }
    if (size > MOST_DIFFERENCES)
        term_printf(t, TERM_DIM, "; and %zu more", size - MOST_DIFFERENCES);
}

static void show_copy(term *t, struct json_object *copy)
{
    const char *change = show_text(copy, "change");
    bool same = strcmp(change, "same") == 0;
    term_to(t, INDENT);
    t->indent = INDENT + 2;
    show_place(t, copy);
    if (!same) {
        term_words(t, TERM_PLAIN, " ");
        term_words(t, strcmp(change, "altered") == 0 ? TERM_WARN : TERM_DIM, change);
        if (show_size(show_list(copy, "differs"))) {
            show_differences(t, show_list(copy, "differs"));
        } else {
            term_words(t, TERM_DIM, ": ");
            show_words(t, copy);
        }
    }
    if (json_object_get_boolean(json_object_object_get(copy, "otherSpeaker"))) {
        term_words(t, TERM_WARN, " given to ");
        term_words(t, TERM_BOLD, show_text(copy, "speaker"));
    }
    term_line(t);
}

static void show_saying(term *t, struct json_object *item)
{
    const char *speaker = show_text(item, "speaker");
    struct json_object *copies = show_list(item, "copies");
    term_to(t, 0);
    t->indent = 2;
    term_words(t, *speaker ? TERM_BOLD : TERM_WARN, *speaker ? speaker : "speaker unknown");
    term_words(t, TERM_PLAIN, " ");
    show_place(t, item);
    term_line(t);
    term_to(t, 2);
    show_words(t, item);
    term_line(t);
    for (size_t i = 0; i < show_size(copies); i++)
        show_copy(t, json_object_array_get_idx(copies, i));
}

int cli_quotes(const cli *self)
{
    return show_each(self, NULL, runut_quotes, show_saying, "Nothing found.");
}
