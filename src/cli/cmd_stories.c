#include <stdio.h>

#include "cli.h"
#include "show.h"

typedef struct listing {
    const cli *cli;
    term term;
    bool any;
} listing;

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

static int show_story(void *context, struct json_object *item)
{
    listing *self = context;
    term *t = &self->term;
    self->any = true;
    if (self->cli->json) {
        puts(json_object_to_json_string_ext(item, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
        return ferror(stdout);
    }
    t->indent = 6;
    term_words(t, TERM_ID, show_text(item, "story"));
    term_to(t, 6);
    term_words(t, TERM_BOLD, *show_text(item, "headline") ? show_text(item, "headline") : "(no headline)");
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
    return ferror(stdout);
}

int cli_stories(const cli *self)
{
    runut_filter filter;
    runut_error error;
    int status = cli_filter(self, &filter);
    runut *r = status == CLI_OK ? cli_open(self, RUNUT_READ_ONLY, &status) : NULL;
    if (!r)
        return status;
    listing l = {self, term_new(self->color), false};
    int code = runut_stories(r, &filter, show_story, &l, &error);
    runut_close(r);
    if (code == RUNUT_OK && !l.any && !self->json)
        puts("No stories. `runut add PATH` reads captures.");
    return code == RUNUT_OK || code == RUNUT_ERR_STOPPED ? CLI_OK : cli_fail(&error);
}
