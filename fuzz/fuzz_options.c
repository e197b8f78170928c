/* The words of a command line, parted by line ends: the first one is a command. What is taken is made of the words that
 * were given, all operands are kept in order, and numbers that are taken are within their bounds. */
#include <stdio.h>
#include <string.h>

#include "../src/cli/cli.h"
#include "../src/cli/term.h"
#include "support.h"

enum { MOST = 64 };

static const cli_command *find(const char *name)
{
    for (const cli_command *c = cli_commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static void check(const cli_command *command, const cli *self, int words)
{
    runut_filter filter;
    unsigned jobs;
    char room[4096];
    fuzz_check(self->operand_count <= words);
    if (!self->help)
        fuzz_check(self->operand_count >= command->least &&
                   (command->most < 0 || self->operand_count <= command->most));
    for (int i = 0; i < self->operand_count; i++) {
        char *clean = term_clean(self->operands[i]);
        for (const char *c = clean; *c; c++) /* it goes to a terminal */
            fuzz_check((unsigned char)*c >= ' ' || *c == '\n' || *c == '\t');
        free(clean);
    }
    if (cli_filter(self, &filter) == CLI_OK)
        fuzz_check((filter.limit > 0) == (self->limit != NULL));
    if (cli_jobs(self, &jobs) == CLI_OK)
        fuzz_check(jobs <= 1024 && (jobs > 0) == (self->jobs != NULL));
    cli_agencies(self, room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FILE *nowhere;
    char *copy = malloc(size + 1), *words[MOST + 1] = {NULL};
    int count = 0;
    if (!nowhere && (nowhere = fopen("/dev/null", "w")))
        stderr = nowhere; /* of stdio only: what is wrong with a command line is not of interest */
    memcpy(copy, data, size);
    copy[size] = '\0';
    for (char *at = copy; at && count < MOST; count++) {
        words[count] = at;
        at = strchr(at, '\n');
        if (at)
            *at++ = '\0';
    }
    const cli_command *command = find(words[0]);
    cli self = {0};
    if (command && cli_parse(command, count - 1, words + 1, &self) == CLI_OK)
        check(command, &self, count - 1);
    free(copy);
    return 0;
}
