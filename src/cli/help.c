#include <stdio.h>
#include <string.h>

#include "cli.h"

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

void cli_help_command(const cli_command *command)
{
    printf("Usage: runut %s [OPTION]…%s%s\n\n%s.\n", command->name, *command->operands ? " " : "", command->operands,
           command->summary);
    if (*command->details)
        printf("%s\n", command->details);
    puts("");
    for (const cli_option *o = cli_options; o->name; o++) {
        char words[64];
        if (!cli_option_fits(o, command->name))
            continue;
        snprintf(words, sizeof words, "--%s%s%s", o->name, o->argument ? " " : "", o->argument ? o->argument : "");
        if (o->letter)
            printf("  -%c, %-20s %s\n", o->letter, words, o->help);
        else
            printf("      %-20s %s\n", words, o->help);
    }
}
