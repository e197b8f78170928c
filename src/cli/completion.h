/* Completion scripts for the shells, written from the tables, so that they never lag behind. */
#ifndef RUNUT_CLI_COMPLETION_H
#define RUNUT_CLI_COMPLETION_H

#include "cli.h"

/* The words that an option of this command can have, with a blank between; NULL where they are not counted. */
const char *completion_words(const cli_option *option, const cli_command *command);

/* Is the value of this option a file or a folder? */
bool completion_is_path(const cli_option *option);

/* Are the operands of this command files? */
bool completion_takes_paths(const cli_command *command);

void completion_bash(void);
void completion_fish(void);
void completion_zsh(void);

#endif
