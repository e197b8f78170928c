/* The bash completion script, written from the tables, so that it never lags behind. */
#include <stdio.h>
#include <string.h>

#include "cli.h"

static void print_commands(void)
{
    for (const cli_command *c = cli_commands; c->name; c++)
        printf("%s%s", c == cli_commands ? "" : " ", c->name);
}

static void print_options(const char *command)
{
    for (const cli_option *o = cli_options; o->name; o++)
        if (cli_option_fits(o, command))
            printf(" --%s", o->name);
}

static bool takes_paths(const cli_command *command)
{
    return strstr(command->operands, "PATH") != NULL;
}

int cli_completion(const cli *self)
{
    if (strcmp(self->operands[0], "bash") != 0)
        return cli_usage("completion: only bash is known, not '%s'", self->operands[0]);
    printf("# bash completion for runut; try it: source <(runut completion bash)\n"
           "_runut() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case ${COMP_WORDS[i]} in --db) i=$((i + 1)) ;; -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac\n"
           "    done\n"
           "    case $before in\n"
           "        --db | --agencies | --to) mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;\n"
           "        --format) mapfile -t COMPREPLY < <(compgen -W 'jsonl text html' -- \"$word\"); return ;;\n"
           "        --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- \"$word\"); return ;;\n"
           "    esac\n"
           "    case $command in\n"
           "        '') mapfile -t COMPREPLY < <(compgen -W '");
    print_commands();
    printf(" help --db --help --version' -- \"$word\") ;;\n");
    for (const cli_command *c = cli_commands; c->name; c++) {
        printf("        %s)\n            if [[ $word == -* ]]; then mapfile -t COMPREPLY < <(compgen -W '", c->name);
        print_options(c->name);
        printf("' -- \"$word\")\n            else %s; fi ;;\n",
               takes_paths(c)                       ? "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")"
               : strcmp(c->name, "completion") == 0 ? "COMPREPLY=(bash)"
                                                    : "COMPREPLY=()");
    }
    printf("    esac\n"
           "}\n"
           "complete -o filenames -F _runut runut\n");
    return CLI_OK;
}
