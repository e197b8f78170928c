/* The program's frame: commands and options from one table each, exit status, what every command shares. */
#ifndef RUNUT_CLI_CLI_H
#define RUNUT_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "runut/engine.h"

/* Exit status, as README and --help say. */
enum { CLI_OK = 0, CLI_REJECTED = 1, CLI_USAGE = 2, CLI_FAILED = 3 };

/* What the command line says; filled from the option table. */
typedef struct cli {
    const char *db;
    bool json, quiet, help, version, explain, reported;
    const char *color; /* "auto", "always", "never" */
    const char *since, *until, *publisher, *language, *person, *place, *organization, *limit;
    const char *by, *about, *order;
    const char *format, *jobs, *agencies, *pairs;
    const char *threshold, *memory, *state, *to;
    bool contained, drop;
    bool whole;
    const char *listen, *host, *token_file, *rate;
    bool open, read_only;
    const char *every, *delay, *timeout, *retry;
    bool once, allow_private, no_rechecks;
    const char *allow_networks;
    char **operands;
    int operand_count;
} cli;

typedef struct cli_command {
    const char *name;
    const char *operands; /* for the usage line */
    int least, most;      /* operands; most < 0 = any number */
    const char *summary;  /* one line */
    const char *details;  /* the rest of --help */
    int (*run)(const cli *self);
} cli_command;

extern const cli_command cli_commands[]; /* the last one has no name */

/* Bits of option.commands: position in cli_commands. */
typedef struct cli_option {
    const char *name;     /* without dashes */
    char letter;          /* 0 = none */
    const char *argument; /* NULL = a flag */
    const char *commands; /* " add export ", or "*" for all */
    const char *help;
    size_t offset; /* into cli: const char * or bool */
} cli_option;

extern const cli_option cli_options[]; /* the last one has no name */

bool cli_option_fits(const cli_option *option, const char *command);

/* Reads the words after the command's name. CLI_OK, or CLI_USAGE after having said what is wrong. */
int cli_parse(const cli_command *command, int argc, char **argv, cli *self);

void cli_help(void);
void cli_help_command(const cli_command *command);
/* The tables as JSON Lines, a command each: what the manual is made from. CLI_OK. */
int cli_help_json(void);

/* Says `error` on stderr ("runut: FILE, record N, byte N: message"); the exit status that belongs to it. */
int cli_fail(const runut_error *error);
void cli_say_error(const runut_error *error);
/* What was passed over, in one line; nothing where nothing was. */
void cli_say_skipped(FILE *to, const runut_skipped *skipped);
int cli_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The path of the store: --db, else $RUNUT_DB, else runut.db. */
const char *cli_store(const cli *self);

/* Opens the store for reading. NULL after having said why, with *status set. */
runut *cli_open(const cli *self, int flags, int *status);
/* The listing filter of the command line; CLI_USAGE where --limit is no number. */
int cli_filter(const cli *self, runut_filter *filter);

/* The number of --jobs, 0 where it is not given; CLI_USAGE where it is none. */
int cli_jobs(const cli *self, unsigned *jobs);

/* The user's table of agencies: --agencies, else agencies.tsv in the folder runut of $XDG_CONFIG_HOME (~/.config) where
 * there is one, else NULL. Into `room`, or borrowed. */
const char *cli_agencies(const cli *self, char room[4096]);

/* Ends a command that wrote to stdout: a failed write (disk full, closed pipe) must not pass as success. */
int cli_finish(int status);

int cli_add(const cli *self);
int cli_annotate(const cli *self);
int cli_clean(const cli *self);
int cli_compare(const cli *self);
int cli_why(const cli *self);
int cli_dedup(const cli *self);
int cli_stories(const cli *self);
int cli_story(const cli *self);
int cli_event(const cli *self);
int cli_article(const cli *self);
int cli_search(const cli *self);
int cli_quotes(const cli *self);
int cli_between(const cli *self);
int cli_export(const cli *self);
int cli_import(const cli *self);
int cli_serve(const cli *self);
int cli_check(const cli *self);
int cli_watch(const cli *self);
int cli_rebuild(const cli *self);
int cli_completion(const cli *self);

#endif
