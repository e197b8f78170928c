#include <stdio.h>

#include "cli.h"
#include "show.h"

static void show_dates(term *t, struct json_object *item)
{
    const char *first = show_text(item, "firstDate"), *last = show_text(item, "lastDate");
    bool one = show_number(item, "events") == 1;
    term_words(t, *last ? TERM_DATE : TERM_WARN, *last ? last : "undated");
    if (*first && !one) {
        term_words(t, TERM_DIM, "  since ");
        term_words(t, TERM_DIM, first);
    }
}

static void show_story(term *t, struct json_object *item)
{
    t->indent = 6;
    term_words(t, TERM_ID, show_text(item, "story"));
    term_to(t, 6);
    term_words(t, TERM_BOLD, show_text(item, "headline"));
    term_line(t);
    term_to(t, 6);
    show_dates(t, item);
    term_words(t, TERM_DIM, " · ");
    show_count(t, show_number(item, "events"), "event", "events");
    term_words(t, TERM_DIM, " · ");
    show_count(t, show_number(item, "articles"), "report", "reports");
    term_words(t, TERM_DIM, " · ");
    show_count(t, show_number(item, "publishers"), "outlet", "outlets");
    term_line(t);
}

int cli_stories(const cli *self)
{
    return show_each(self, NULL, runut_stories, show_story, "No stories. `runut add PATH` reads captures.");
}
