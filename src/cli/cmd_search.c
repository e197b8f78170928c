#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "show.h"

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

static void show_hit(term *t, struct json_object *item)
{
    const char *day = show_text(item, "dateInferred"), *outlet = show_text(item, "publisher");
    t->indent = 6;
    term_words(t, TERM_ID, show_text(item, "article"));
    term_to(t, 6);
    term_words(t, TERM_BOLD, *show_text(item, "headline") ? show_text(item, "headline") : "(no headline)");
    term_line(t);
    term_to(t, 6);
    term_words(t, *day ? TERM_DATE : TERM_WARN, *day ? day : "undated");
    term_printf(t, TERM_PLAIN, " %s ", outlet);
    term_words(t, TERM_ID, show_text(item, "event"));
    term_words(t, TERM_PLAIN, " ");
    term_words(t, TERM_ID, show_text(item, "story"));
    term_line(t);
    term_to(t, 6);
    show_snippet(t, show_text(item, "snippet"));
    term_line(t);
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
    char *words = join(self->operands, self->operand_count);
    if (!words)
        return CLI_FAILED;
    int status = show_each(self, words, runut_search, show_hit, "Nothing found.");
    free(words);
    return status;
}
