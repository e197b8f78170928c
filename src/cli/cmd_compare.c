#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "filter_out.h"
#include "show_pair.h"

enum { TEXT = 4 };

static void show_text_of(term *t, const char *letter, term_style style, const char *text)
{
    term_to(t, 0);
    t->indent = TEXT;
    term_words(t, TERM_BOLD, letter);
    term_to(t, TEXT);
    term_words(t, style, text);
    term_line(t);
}

/* The passages, or sentences, of one kind: once where both have the same words, else one below the other. */
static void show_shared(term *t, struct json_object *list, const char *kind, const char *title)
{
    bool any = false;
    for (size_t i = 0; i < show_size(list); i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        const char *a = show_text(one, "a"), *b = show_text(one, "b");
        if (strcmp(show_text(one, "kind"), kind) != 0)
            continue;
        if (!any)
            show_pair_title(t, title);
        else if (strcmp(a, b) != 0)
            term_line(t);
        any = true;
        if (strcmp(a, b) == 0) {
            show_text_of(t, "AB", TERM_PLAIN, a);
            continue;
        }
        show_text_of(t, "A", TERM_PLAIN, a);
        show_text_of(t, "B", TERM_PLAIN, b);
    }
}

static void show_only(term *t, struct json_object *list, const char *letter, const char *title)
{
    if (show_size(list) == 0)
        return;
    show_pair_title(t, title);
    for (size_t i = 0; i < show_size(list); i++)
        show_text_of(t, letter, TERM_PLAIN, json_object_get_string(json_object_array_get_idx(list, i)));
}

static void show_disagreements(term *t, struct json_object *list, const char *kind, const char *title)
{
    bool any = false;
    for (size_t i = 0; i < show_size(list); i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        if (strcmp(show_text(one, "kind"), kind) != 0)
            continue;
        if (!any)
            show_pair_title(t, title);
        any = true;
        term_to(t, TEXT);
        t->indent = TEXT;
        term_words(t, TERM_BOLD, show_text(one, "about"));
        term_words(t, TERM_DIM, " A: ");
        term_words(t, TERM_WARN, show_text(one, "value"));
        term_words(t, TERM_DIM, " · B: ");
        term_words(t, TERM_WARN, show_text(one, "otherValue"));
        term_line(t);
    }
}

static void show_comparison(term *t, struct json_object *answer)
{
    struct json_object *disagreements = show_list(answer, "disagreements");
    struct json_object *shared = show_list(answer, "shared"), *sentences = show_list(answer, "sentences");
    show_pair_heads(t, answer);
    show_pair_verdict(t, answer);
    show_shared(t, shared, "verbatim", "Shared, word for word");
    show_shared(t, sentences, "verbatim", "Shared, whole sentences");
    show_shared(t, sentences, "reworded", "Shared, reworded");
    if (show_size(sentences) == 0)
        show_shared(t, shared, "reworded", "Shared, reworded");
    show_shared(t, shared, "translated", "Shared, translated");
    show_only(t, show_list(answer, "onlyInA"), "A", "Only in A");
    show_only(t, show_list(answer, "onlyInB"), "B", "Only in B");
    show_disagreements(t, disagreements, "contradiction", "They contradict each other");
    show_disagreements(t, disagreements, "development", "What moved on between them");
    show_pair_title(t, "Why");
    show_pair_reasons(t, answer);
}

static int compare_pairs(const cli *self)
{
    char room[4096];
    const char *path = self->pairs;
    runut_pairs_options options = {.store = cli_store(self), .agencies = cli_agencies(self, room)};
    filter_out out = {.between = "", .clean = isatty(1)};
    runut_filter_report report;
    runut_error error;
    if (self->operand_count)
        return cli_usage("compare: either A and B or --pairs FILE (see `runut compare --help`)");
    if (cli_jobs(self, &options.jobs) != CLI_OK)
        return CLI_USAGE;
    int code = runut_compare_pairs(&path, 1, &options, filter_out_print, &out, &report, &error);
    return filter_out_status(code, &report, &error);
}

int cli_compare(const cli *self)
{
    if (self->pairs)
        return compare_pairs(self);
    if (self->operand_count != 2)
        return cli_usage("compare: two reports, or --pairs FILE (see `runut compare --help`)");
    return show_pair(self, show_comparison);
}
