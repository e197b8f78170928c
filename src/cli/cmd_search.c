#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "show.h"

typedef struct listing {
    const cli *cli;
    term term;
    bool any;
} listing;

/* The words found stand between \1 and \2. */
static void show_snippet(term *t, const char *text)
{
    bool found = false;
    while (*text) {
        size_t size = strcspn(text, "\1\2");
        term_words_size(t, found ? TERM_GOOD : TERM_PLAIN, text, size);
        text += size;
        if (*text)
            found = *text++ == '\1';
    }
}

static int show_hit(void *context, struct json_object *item)
{
    listing *self = context;
    term *t = &self->term;
    self->any = true;
    if (self->cli->json) {
        puts(json_object_to_json_string_ext(item, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
        return ferror(stdout);
    }
    t->indent = 6;
    term_words(t, TERM_ID, show_text(item, "article"));
    term_to(t, 6);
    term_words(t, TERM_BOLD, *show_text(item, "headline") ? show_text(item, "headline") : "(no headline)");
    term_line(t);
    term_to(t, 6);
    const char *day = show_text(item, "dateInferred"), *outlet = show_text(item, "publisher");
    term_words(t, *day ? TERM_DATE : TERM_WARN, *day ? day : "undated");
    term_printf(t, TERM_PLAIN, "%s%s  ", *outlet ? "  " : "", outlet);
    term_words(t, TERM_ID, show_text(item, "event"));
    term_words(t, TERM_PLAIN, " ");
    term_words(t, TERM_ID, show_text(item, "story"));
    term_line(t);
    term_to(t, 6);
    show_snippet(t, show_text(item, "snippet"));
    term_line(t);
    return ferror(stdout);
}

/* The operands with blanks between them; an operand with a blank inside was quoted in the shell and is a phrase. */
static char *join(char *const *words, int count)
{
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(words[i]) + 3;
    char *out = malloc(size), *end = out;
    for (int i = 0; out && i < count; i++) {
        bool phrase = strchr(words[i], ' ') && !strchr(words[i], '"');
        end += sprintf(end, "%s%s%s%s", i ? " " : "", phrase ? "\"" : "", words[i], phrase ? "\"" : "");
    }
    return out;
}

int cli_search(const cli *self)
{
    runut_filter filter;
    runut_error error;
    int status = cli_filter(self, &filter);
    char *words = status == CLI_OK ? join(self->operands, self->operand_count) : NULL;
    filter.words = words;
    runut *r = words ? cli_open(self, RUNUT_READ_ONLY, &status) : NULL;
    if (!r) {
        free(words);
        return status;
    }
    listing l = {self, term_new(self->color), false};
    int code = runut_search(r, &filter, show_hit, &l, &error);
    runut_close(r);
    free(words);
    if (code == RUNUT_OK && !l.any && !self->json)
        puts("Nothing found.");
    return code == RUNUT_OK || code == RUNUT_ERR_STOPPED ? CLI_OK : cli_fail(&error);
}
