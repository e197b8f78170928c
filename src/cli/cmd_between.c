#include <stdio.h>

#include "cli.h"
#include "show.h"

enum { INDENT = 12, MOST_NAMES = 6, MOST_ORIGINS = 4 };

/* "Vladimir Putin (5 reports)": whom an actor was taken to be. */
static void show_actor(term *t, struct json_object *actor)
{
    struct json_object *names = show_list(actor, "names");
    size_t size = show_size(names);
    term_to(t, 0);
    t->indent = 2;
    term_words(t, TERM_BOLD, show_text(actor, "asked"));
    term_words(t, TERM_DIM, ": ");
    for (size_t i = 0; i < size && i < MOST_NAMES; i++) {
        struct json_object *name = json_object_array_get_idx(names, i);
        term_words(t, TERM_PLAIN, i ? ", " : "");
        term_words(t, TERM_PLAIN, show_text(name, "name"));
        term_printf(t, TERM_DIM, " (%lld)", (long long)show_number(name, "articles"));
    }
    if (size > MOST_NAMES)
        term_printf(t, TERM_DIM, " and %zu more", size - MOST_NAMES);
    term_line(t);
}

static void show_origins(term *t, struct json_object *event)
{
    struct json_object *origins = show_list(event, "origins");
    size_t size = show_size(origins);
    if (size == 0)
        return;
    term_words(t, TERM_DIM, ", ");
    show_count(t, (int64_t)size, "origin", "origins");
    for (size_t i = 0; i < size && i < MOST_ORIGINS; i++) {
        term_words(t, TERM_DIM, i ? ", " : ": ");
        term_words(t, TERM_GOOD, json_object_get_string(json_object_array_get_idx(origins, i)));
    }
    if (size > MOST_ORIGINS)
        term_words(t, TERM_DIM, " …");
}

/* The days that an undated event may be of. */
static void show_candidates(term *t, struct json_object *quoted)
{
    struct json_object *list = show_list(json_object_object_get(quoted, "dateConflict"), "candidates");
    for (size_t i = 0; i < show_size(list); i++) {
        term_words(t, TERM_PLAIN, i ? ", " : "");
        if (i == 0)
            term_words(t, TERM_DIM, "could be ");
        term_words(t, TERM_DATE, show_text(json_object_array_get_idx(list, i), "date"));
    }
    if (show_size(list)) {
        term_line(t);
        term_to(t, INDENT);
    }
}

static void show_event(term *t, struct json_object *event)
{
    struct json_object *quoted = json_object_object_get(event, "quoted");
    const char *day = show_text(event, "date"), *first = show_text(event, "firstReport");
    const char *outlet = show_text(quoted, "publisher");
    term_line(t);
    t->indent = INDENT;
    if (*day)
        term_words(t, TERM_DATE, day);
    else
        term_words(t, TERM_WARN, "undated");
    term_to(t, INDENT);
    term_words(t, TERM_BOLD, show_text(event, "headline"));
    term_line(t);
    term_to(t, INDENT);
    term_words(t, TERM_PLAIN, "“");
    term_words(t, TERM_PLAIN, show_text(quoted, "text"));
    term_words(t, TERM_PLAIN, "”");
    term_line(t);
    term_to(t, INDENT);
    if (!*day)
        show_candidates(t, quoted);
    term_words(t, TERM_ID, show_text(quoted, "article"));
    if (*outlet)
        term_printf(t, TERM_PLAIN, " %s", outlet);
    if (!*day && *first)
        term_printf(t, TERM_PLAIN, ", reported %s", first);
    term_words(t, TERM_DIM, " · ");
    term_words(t, TERM_ID, show_text(event, "event"));
    term_words(t, TERM_PLAIN, " ");
    show_count(t, show_number(event, "articles"), "report", "reports");
    show_origins(t, event);
    term_line(t);
}

static void show_timeline(term *t, struct json_object *answer)
{
    struct json_object *actors = show_list(answer, "actors"), *events = show_list(answer, "events");
    for (size_t i = 0; i < show_size(actors); i++)
        show_actor(t, json_object_array_get_idx(actors, i));
    for (size_t i = 0; i < show_size(events); i++)
        show_event(t, json_object_array_get_idx(events, i));
    if (show_size(events) == 0)
        puts("No sentence names both.");
}

int cli_between(const cli *self)
{
    runut_filter filter;
    runut_error error;
    struct json_object *answer = NULL;
    int status = cli_filter(self, &filter);
    runut *r = status == CLI_OK ? cli_open(self, RUNUT_READ_ONLY, &status) : NULL;
    if (!r)
        return status;
    int code = runut_between(r, self->operands[0], self->operands[1], &filter, &answer, &error);
    runut_close(r);
    return show_answer(self, code, answer, &error, show_timeline);
}
