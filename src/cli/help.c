#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "term.h"

void cli_help(void)
{
    puts("runut reads many news reports and shows the story behind them: which tell of\n"
         "the same happening, who copied whom, who said what, and when it happened.\n"
         "\n"
         "Usage: runut COMMAND [OPTION]… [OPERAND]…\n");
    for (const cli_command *c = cli_commands; c->name; c++)
        printf("  %-11s %s\n", c->name, c->summary);
    puts("\n"
         "`runut COMMAND --help` says more. `runut --version` prints the version.\n"
         "\n"
         "Exit status: 0 all went well, 1 some records were rejected (they are listed),\n"
         "2 wrong use, 3 the store or the disk failed.");
}

/* Words in lines of 80 columns, from `indent` on; the first line is at `column` already. */
static void put_words(const char *text, int column, int indent)
{
    enum { WIDTH = 80 };
    bool first = true;
    while (*(text += strspn(text, " \n"))) {
        size_t size = strcspn(text, " \n");
        int columns = term_columns(text, size);
        if (!first && column + 1 + columns > WIDTH) {
            printf("\n%*s", indent, "");
            column = indent;
            first = true;
        }
        column += printf("%s", first ? "" : " ") + columns;
        first = false;
        fwrite(text, 1, size, stdout);
        text += size;
    }
    putchar('\n');
}

void cli_help_command(const cli_command *command)
{
    enum { HELP = 27 }; /* column */
    printf("Usage: runut %s [OPTION]…%s%s\n\n%s.\n", command->name, *command->operands ? " " : "", command->operands,
           command->summary);
    if (*command->details)
        put_words(command->details, 0, 0);
    puts("");
    for (const cli_option *o = cli_options; o->name; o++) {
        char words[64];
        if (!cli_option_fits(o, command->name))
            continue;
        snprintf(words, sizeof words, "--%s%s%s", o->name, o->argument ? " " : "", o->argument ? o->argument : "");
        char letter[8] = "";
        if (o->letter)
            snprintf(letter, sizeof letter, "-%c,", o->letter);
        put_words(o->help, printf("  %-3s %-20s ", letter, words), HELP);
    }
}

static void put(struct json_object *object, const char *key, const char *text)
{
    json_object_object_add(object, key, text ? json_object_new_string(text) : NULL);
}

static struct json_object *options_of(const cli_command *command)
{
    struct json_object *options = json_object_new_array();
    for (const cli_option *o = cli_options; o->name; o++) {
        if (!cli_option_fits(o, command->name))
            continue;
        struct json_object *option = json_object_new_object();
        put(option, "name", o->name);
        put(option, "letter", o->letter ? (char[]){o->letter, 0} : NULL);
        put(option, "argument", o->argument);
        put(option, "help", o->help);
        json_object_array_add(options, option);
    }
    return options;
}

int cli_help_json(void)
{
    for (const cli_command *c = cli_commands; c->name; c++) {
        struct json_object *command = json_object_new_object();
        put(command, "command", c->name);
        put(command, "operands", c->operands);
        put(command, "summary", c->summary);
        put(command, "details", c->details);
        json_object_object_add(command, "options", options_of(c));
        puts(json_object_to_json_string_ext(command, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
        json_object_put(command);
    }
    return CLI_OK;
}
