#include "show_pair.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT = 4 };

static double number_of(struct json_object *object, const char *key)
{
    return json_object_get_double(json_object_object_get(object, key));
}

static bool is_true(struct json_object *object, const char *key)
{
    return json_object_get_boolean(json_object_object_get(object, key));
}

void show_pair_title(term *t, const char *title)
{
    t->indent = 0;
    term_line(t);
    term_words(t, TERM_BOLD, title);
    term_line(t);
}

static void show_head(term *t, const char *letter, struct json_object *side)
{
    const char *name = show_text(side, "article"), *outlet = show_text(side, "publisher");
    const char *day = show_text(side, "dateInferred"), *headline = show_text(side, "headline");
    term_to(t, 0);
    t->indent = TEXT;
    term_words(t, TERM_BOLD, letter);
    term_to(t, TEXT);
    term_words(t, TERM_ID, *name ? name : *show_text(side, "file") ? show_text(side, "file") : show_text(side, "id"));
    if (*outlet)
        term_printf(t, TERM_PLAIN, " %s", outlet);
    term_printf(t, *day ? TERM_DATE : TERM_WARN, " %s", *day ? day : "undated");
    if (*show_text(side, "event"))
        term_printf(t, TERM_ID, " %s", show_text(side, "event"));
    if (*show_text(side, "story"))
        term_printf(t, TERM_ID, " %s", show_text(side, "story"));
    term_line(t);
    if (!*headline)
        return;
    term_to(t, TEXT);
    term_words(t, TERM_PLAIN, headline);
    term_line(t);
}

void show_pair_heads(term *t, struct json_object *answer)
{
    show_head(t, "A", json_object_object_get(answer, "a"));
    show_head(t, "B", json_object_object_get(answer, "b"));
}

static void show_reuse(term *t, struct json_object *reuse)
{
    bool of_b = strcmp(show_text(reuse, "of"), "b") == 0;
    t->indent = TEXT;
    term_to(t, 0);
    term_printf(t, TERM_WARN, "%s is a %s of %s", of_b ? "A" : "B", show_text(reuse, "kind"), of_b ? "B" : "A");
    term_printf(t, TERM_PLAIN, ": %.0f %% of its words", number_of(reuse, "share") * 100);
    if (*show_text(reuse, "why"))
        term_printf(t, TERM_DIM, " – %s", show_text(reuse, "why"));
    term_line(t);
}

void show_pair_verdict(term *t, struct json_object *answer)
{
    bool event = is_true(answer, "sameEvent"), story = is_true(answer, "sameStory");
    struct json_object *reuse = json_object_object_get(answer, "reuse");
    const char *newer = show_text(answer, "newer");
    t->indent = TEXT;
    term_line(t);
    if (*newer) {
        term_words(t, TERM_WARN, *newer == 'b' ? "B is a newer version of A" : "A is a newer version of B");
        term_line(t);
    }
    term_words(t, event ? TERM_GOOD : TERM_WARN,
               event   ? "One event"
               : story ? "Two events of one story"
                       : "Two events, no story in common");
    term_printf(t, TERM_PLAIN, ": score %.2f, %.2f are needed; similarity %.2f", number_of(answer, "score"),
                number_of(answer, "scoreNeeded"), number_of(answer, "similarity"));
    term_line(t);
    if (reuse)
        show_reuse(t, reuse);
}

static void show_found(term *t, struct json_object *found)
{
    if (json_object_get_type(found) == json_type_string)
        term_printf(t, TERM_DIM, ": %s", json_object_get_string(found));
    for (size_t i = 0; json_object_get_type(found) == json_type_array && i < json_object_array_length(found); i++) {
        term_words(t, TERM_DIM, i ? ", " : ": ");
        term_words(t, TERM_DIM, json_object_get_string(json_object_array_get_idx(found, i)));
    }
}

void show_pair_reasons(term *t, struct json_object *answer)
{
    struct json_object *list = show_list(answer, "why");
    for (size_t i = 0; i < show_size(list); i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        double weight = number_of(one, "weight");
        term_to(t, 0);
        t->indent = 8;
        term_printf(t, weight > 0 ? TERM_GOOD : TERM_WARN, "%+6.2f", weight);
        term_to(t, 8);
        term_words(t, TERM_PLAIN, show_text(one, "what"));
        show_found(t, json_object_object_get(one, "found"));
        term_line(t);
    }
}

/* The store where there is one; none is needed for captures. */
static runut *open_store(const cli *self, int *status)
{
    *status = CLI_OK;
    if (!self->db && access(cli_store(self), F_OK) != 0)
        return NULL;
    return cli_open(self, RUNUT_READ_ONLY, status);
}

int show_pair(const cli *self, void (*show)(term *t, struct json_object *answer))
{
    char room[4096];
    int status;
    runut_error error;
    struct json_object *answer = NULL;
    runut *r = open_store(self, &status);
    if (status != CLI_OK)
        return status;
    int code = runut_compare(r, self->operands[0], self->operands[1], cli_agencies(self, room), &answer, &error);
    runut_close(r);
    return show_answer(self, code, answer, &error, show);
}
