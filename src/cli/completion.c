#include "completion.h"

#include <stdio.h>
#include <string.h>

bool completion_takes_paths(const cli_command *command)
{
    return strstr(command->operands, "PATH") || strstr(command->operands, "FILE");
}

bool completion_is_path(const cli_option *option)
{
    return option->argument && (strcmp(option->argument, "FILE") == 0 || strcmp(option->argument, "FOLDER") == 0);
}

const char *completion_words(const cli_option *option, const cli_command *command)
{
    static const struct {
        const char *option, *command, *words;
    } known[] = {
        {"color", NULL, "auto always never"},
        {"format", "clean", "jsonl text html"},
        {"format", "export", "json csv html atom"},
        {"order", "stories", "new origins"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].option, option->name) == 0 &&
            (!known[i].command || strcmp(known[i].command, command->name) == 0))
            return known[i].words;
    return NULL;
}

/* ---- bash ---- */

static void bash_files(const char *before)
{
    printf("%smapfile -t COMPREPLY < <(compgen -f -- \"$word\")", before);
}

static void bash_words(const char *words)
{
    printf("mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\")", words);
}

/* The values of one command's options. */
static void bash_values(const cli_command *command)
{
    for (const cli_option *o = cli_options; o->name; o++) {
        if (!o->argument || !cli_option_fits(o, command->name))
            continue;
        const char *words = completion_words(o, command);
        printf("                --%s", o->name);
        if (o->letter)
            printf(" | -%c", o->letter);
        printf(") ");
        if (words)
            bash_words(words);
        else if (completion_is_path(o))
            bash_files("");
        else
            printf("COMPREPLY=()");
        puts("; return ;;");
    }
}

static void bash_command(const cli_command *command)
{
    printf("        %s)\n            case $before in\n", command->name);
    bash_values(command);
    printf("            esac\n"
           "            if [[ $word == -* ]]; then mapfile -t COMPREPLY < <(compgen -W '");
    for (const cli_option *o = cli_options; o->name; o++)
        if (cli_option_fits(o, command->name))
            printf(" --%s", o->name);
    printf("' -- \"$word\")\n            else ");
    if (strcmp(command->name, "completion") == 0)
        bash_words("bash fish zsh");
    else if (completion_takes_paths(command))
        bash_files("");
    else
        printf("COMPREPLY=()");
    puts("; fi ;;");
}

void completion_bash(void)
{
    printf("# bash completion for runut; try it: source <(runut completion bash)\n"
           "_runut() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case ${COMP_WORDS[i]} in --db) i=$((i + 1)) ;; -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac\n"
           "    done\n"
           "    case $command in\n"
           "        '')\n");
    bash_files("            if [[ $before == --db ]]; then ");
    printf("; return; fi\n"
           "            mapfile -t COMPREPLY < <(compgen -W '");
    for (const cli_command *c = cli_commands; c->name; c++)
        printf("%s ", c->name);
    printf("help --db --help --version' -- \"$word\") ;;\n");
    for (const cli_command *c = cli_commands; c->name; c++)
        bash_command(c);
    printf("    esac\n"
           "}\n"
           "complete -o filenames -F _runut runut\n");
}

/* ---- fish and zsh ---- */

/* A text within single quotes: `of` are the characters that get a backslash, an apostrophe is written `apostrophe`. */
static void quoted(const char *text, const char *of, const char *apostrophe)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs(apostrophe, stdout);
        else if (strchr(of, *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void fish_quoted(const char *text)
{
    quoted(text, "\\", "\\'");
}

static void fish_command(const cli_command *command)
{
    printf("complete -c runut -n __fish_use_subcommand -a %s -d '", command->name);
    fish_quoted(command->summary);
    puts("'");
    if (completion_takes_paths(command))
        printf("complete -c runut -n '__fish_seen_subcommand_from %s' -F\n", command->name);
    for (const cli_option *o = cli_options; o->name; o++) {
        if (!cli_option_fits(o, command->name))
            continue;
        const char *words = completion_words(o, command);
        printf("complete -c runut -n '__fish_seen_subcommand_from %s' -l %s", command->name, o->name);
        if (o->letter)
            printf(" -s %c", o->letter);
        if (o->argument)
            printf(words ? " -x -a '%s'" : completion_is_path(o) ? " -r -F" : " -x", words);
        printf(" -d '");
        fish_quoted(o->help);
        puts("'");
    }
}

void completion_fish(void)
{
    puts("# fish completion for runut; try it: runut completion fish | source\n"
         "complete -c runut -f\n"
         "complete -c runut -n __fish_use_subcommand -l db -r -F -d 'the store'\n"
         "complete -c runut -n __fish_use_subcommand -l version -s V -d 'print the version'\n"
         "complete -c runut -n __fish_use_subcommand -a help -d 'what a command does'\n"
         "complete -c runut -n '__fish_seen_subcommand_from completion' -a 'bash fish zsh'");
    for (const cli_command *c = cli_commands; c->name; c++)
        fish_command(c);
}

static void zsh_quoted(const char *text)
{
    quoted(text, "\\[]:", "'\\''");
}

static void zsh_option(const cli_option *option, const cli_command *command)
{
    const char *words = completion_words(option, command);
    if (option->letter)
        printf(" \\\n                '(-%c --%s)'{-%c,--%s}'[", option->letter, option->name, option->letter,
               option->name);
    else
        printf(" \\\n                '--%s[", option->name);
    zsh_quoted(option->help);
    putchar(']');
    if (option->argument) {
        putchar(':');
        zsh_quoted(option->argument);
        printf(words ? ":(%s)" : completion_is_path(option) ? ":_files" : ":", words);
    }
    putchar('\'');
}

void completion_zsh(void)
{
    puts("#compdef runut\n"
         "# zsh completion for runut: a file _runut in a folder of $fpath\n"
         "_runut() {\n"
         "    local curcontext=$curcontext state line\n"
         "    local -a commands\n"
         "    commands=(");
    for (const cli_command *c = cli_commands; c->name; c++) {
        printf("        '%s:", c->name);
        zsh_quoted(c->summary);
        puts("'");
    }
    puts("    )\n"
         "    _arguments -C '--db[the store]:FILE:_files' '--version[print the version]' \\\n"
         "        '1:command:->command' '*::argument:->argument'\n"
         "    case $state in\n"
         "        command) _describe command commands ;;\n"
         "        argument) case $words[1] in");
    for (const cli_command *c = cli_commands; c->name; c++) {
        printf("            %s) _arguments", c->name);
        for (const cli_option *o = cli_options; o->name; o++)
            if (cli_option_fits(o, c->name))
                zsh_option(o, c);
        puts(strcmp(c->name, "completion") == 0 ? " '1:shell:(bash fish zsh)' ;;"
             : completion_takes_paths(c)        ? " '*:file:_files' ;;"
                                                : " ;;");
    }
    puts("        esac ;;\n"
         "    esac\n"
         "}\n"
         "if [[ $funcstack[1] == _runut ]]; then _runut \"$@\"; else compdef _runut runut; fi");
}
