#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

static const cli_command *find_command(const char *name)
{
    for (const cli_command *c = cli_commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static bool is(const char *word, const char *a, const char *b)
{
    return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, told as such */
    cli self = {0};
    int at = 1;
    /* --db may stand before the command too: `runut --db X add …` */
    while (at + 1 < argc && strcmp(argv[at], "--db") == 0) {
        self.db = argv[at + 1];
        at += 2;
    }
    if (at < argc && strncmp(argv[at], "--db=", 5) == 0)
        self.db = argv[at++] + 5;
    if (at >= argc) {
        cli_help();
        return cli_finish(CLI_USAGE);
    }
    if (is(argv[at], "--version", "-V")) {
        puts("runut " RUNUT_VERSION);
        return cli_finish(CLI_OK);
    }
    bool help = is(argv[at], "help", "--help") || is(argv[at], "-h", "-?");
    if (help && at + 1 >= argc) {
        cli_help();
        return cli_finish(CLI_OK);
    }
    if (help && at + 2 == argc && strcmp(argv[at + 1], "--json") == 0)
        return cli_finish(cli_help_json());
    const cli_command *command = find_command(argv[help ? at + 1 : at]);
    if (!command)
        return cli_usage("there is no command '%s' (see `runut --help`)", argv[help ? at + 1 : at]);
    int status = help ? CLI_OK : cli_parse(command, argc - at - 1, argv + at + 1, &self);
    if (status != CLI_OK)
        return status;
    if (help || self.help) {
        cli_help_command(command);
        return cli_finish(CLI_OK);
    }
    return cli_finish(command->run(&self));
}
