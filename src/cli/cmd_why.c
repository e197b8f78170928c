#include <string.h>

#include "show_pair.h"

/* "a3 is of e2: score 0.41 with 1: …", or that it opened the event. */
static void show_decision(term *t, struct json_object *side)
{
    const char *why = show_text(side, "why");
    if (!*show_text(side, "event"))
        return;
    term_to(t, 0);
    t->indent = 4;
    term_words(t, TERM_ID, show_text(side, "article"));
    term_words(t, TERM_PLAIN, " is of ");
    term_words(t, TERM_ID, show_text(side, "event"));
    term_words(t, TERM_DIM, *why ? ": " : ", which it opened");
    term_words(t, TERM_DIM, why);
    term_line(t);
}

static void show_why(term *t, struct json_object *answer)
{
    struct json_object *a = json_object_object_get(answer, "a"), *b = json_object_object_get(answer, "b");
    show_pair_heads(t, answer);
    show_pair_verdict(t, answer);
    show_pair_title(t, "For and against one event");
    show_pair_reasons(t, answer);
    if (!*show_text(a, "event") && !*show_text(b, "event"))
        return;
    show_pair_title(t, "In the store");
    show_decision(t, a);
    show_decision(t, b);
}

int cli_why(const cli *self)
{
    return show_pair(self, show_why);
}
