#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "term.h"

bool cli_option_fits(const cli_option *option, const char *command)
{
    size_t size = strlen(command);
    if (strcmp(option->commands, "*") == 0)
        return true;
    for (const char *at = option->commands; (at = strstr(at, command)); at += size)
        if (at[-1] == ' ' && at[size] == ' ')
            return true;
    return false;
}

int cli_usage(const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    char *clean = term_clean(text);
    fprintf(stderr, "runut: %s\n", clean ? clean : "");
    free(clean);
    return CLI_USAGE;
}

static const cli_option *find_long(const char *command, const char *name, size_t size)
{
    for (const cli_option *o = cli_options; o->name; o++)
        if (strlen(o->name) == size && memcmp(o->name, name, size) == 0 && cli_option_fits(o, command))
            return o;
    return NULL;
}

static const cli_option *find_short(const char *command, char letter)
{
    for (const cli_option *o = cli_options; o->name; o++)
        if (o->letter == letter && cli_option_fits(o, command))
            return o;
    return NULL;
}

static void set_value(cli *self, const cli_option *option, const char *value)
{
    char *field = (char *)self + option->offset;
    if (option->argument)
        memcpy(field, &value, sizeof value);
    else
        *(bool *)field = true;
}

/* One word that begins with a dash; may use up the next one. */
static int parse_option(const cli_command *command, int *i, int argc, char **argv, cli *self)
{
    const char *word = argv[*i];
    bool is_long = word[1] == '-';
    const char *equals = is_long ? strchr(word, '=') : NULL;
    size_t size = is_long ? (equals ? (size_t)(equals - word) : strlen(word)) - 2 : 0;
    const cli_option *option = is_long ? find_long(command->name, word + 2, size) : find_short(command->name, word[1]);
    if (!option)
        return cli_usage("%s: no option %s (see `runut %s --help`)", command->name, word, command->name);
    if (!option->argument) {
        if (equals || (!is_long && word[2]))
            return cli_usage("%s: %s takes no value", command->name, word);
        set_value(self, option, NULL);
        return CLI_OK;
    }
    const char *value = equals ? equals + 1 : !is_long && word[2] ? word + 2 : *i + 1 < argc ? argv[++*i] : NULL;
    if (!value)
        return cli_usage("%s: --%s wants %s", command->name, option->name, option->argument);
    set_value(self, option, value);
    return CLI_OK;
}

static int check(const cli_command *command, const cli *self)
{
    if (self->help)
        return CLI_OK;
    if (self->operand_count < command->least)
        return cli_usage("%s: %s missing (see `runut %s --help`)", command->name, command->operands, command->name);
    if (command->most >= 0 && self->operand_count > command->most)
        return cli_usage("%s: what is '%s' for? (see `runut %s --help`)", command->name, self->operands[command->most],
                         command->name);
    if (self->color && strcmp(self->color, "auto") != 0 && strcmp(self->color, "always") != 0 &&
        strcmp(self->color, "never") != 0)
        return cli_usage("--color is auto, always or never, not '%s'", self->color);
    return CLI_OK;
}

int cli_parse(const cli_command *command, int argc, char **argv, cli *self)
{
    bool only_operands = false;
    self->operands = argv; /* operands are moved to the front */
    for (int i = 0; i < argc; i++) {
        char *word = argv[i];
        if (!only_operands && strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!only_operands && word[0] == '-' && word[1]) {
            int status = parse_option(command, &i, argc, argv, self);
            if (status != CLI_OK)
                return status;
        } else {
            self->operands[self->operand_count++] = word;
        }
    }
    return check(command, self);
}

int cli_filter(const cli *self, runut_filter *filter)
{
    *filter = (runut_filter){.since = self->since,
                             .until = self->until,
                             .publisher = self->publisher,
                             .language = self->language,
                             .person = self->person,
                             .place = self->place,
                             .organization = self->organization,
                             .order = self->order,
                             .by = self->by,
                             .about = self->about,
                             .reported = self->reported};
    if (self->limit) {
        char *end;
        unsigned long limit = strtoul(self->limit, &end, 10);
        if (!*self->limit || *end || limit == 0 || limit > UINT32_MAX || self->limit[0] == '-')
            return cli_usage("--limit wants a number from 1, not '%s'", self->limit);
        filter->limit = (uint32_t)limit;
    }
    return CLI_OK;
}

void cli_say_error(const runut_error *error)
{
    char *file = term_clean(error->file), *message = term_clean(error->message);
    fputs("runut: ", stderr);
    if (*error->file)
        fprintf(stderr, "%s: ", file ? file : "");
    if (error->record)
        fprintf(stderr, "record %llu: ", (unsigned long long)error->record);
    if (error->byte)
        fprintf(stderr, "byte %llu: ", (unsigned long long)error->byte);
    fprintf(stderr, "%s\n", message ? message : "out of memory");
    free(file);
    free(message);
}

void cli_say_skipped(FILE *to, const runut_skipped *skipped)
{
    const char *between = "Passed over: ";
    for (int i = 0; i < RUNUT_SKIPS; i++) {
        if (!skipped->of[i])
            continue;
        fprintf(to, "%s%llu %s", between, (unsigned long long)skipped->of[i], runut_skip_text(i));
        between = "; ";
    }
    if (runut_skipped_all(skipped))
        fputs(".\n", to);
}

int cli_fail(const runut_error *error)
{
    cli_say_error(error);
    switch (error->code) {
    case RUNUT_ERR_USE:
    case RUNUT_ERR_NOT_FOUND:
        return CLI_USAGE;
    case RUNUT_ERR_INPUT:
        return CLI_REJECTED;
    default:
        return CLI_FAILED;
    }
}

const char *cli_store(const cli *self)
{
    const char *path = self->db ? self->db : getenv("RUNUT_DB");
    return path && *path ? path : "runut.db";
}

runut *cli_open(const cli *self, int flags, int *status)
{
    runut *r = NULL;
    runut_error error;
    int code = runut_open(cli_store(self), flags, &r, &error);
    *status = code == RUNUT_OK ? CLI_OK : cli_fail(&error);
    return r;
}

int cli_finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno != EPIPE) /* who closed the pipe knows */
        perror("runut: standard output");
    return CLI_FAILED;
}

const char *cli_agencies(const cli *self, char room[4096])
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int size = -1;
    if (self->agencies)
        return self->agencies;
    if (config && *config)
        size = snprintf(room, 4096, "%s/runut/agencies.tsv", config);
    else if (home && *home)
        size = snprintf(room, 4096, "%s/.config/runut/agencies.tsv", home);
    return size > 0 && size < 4096 && access(room, F_OK) == 0 ? room : NULL;
}

int cli_jobs(const cli *self, unsigned *jobs)
{
    char *end = NULL;
    unsigned long number = self->jobs ? strtoul(self->jobs, &end, 10) : 0;
    *jobs = (unsigned)number;
    bool good = !self->jobs || (*self->jobs >= '0' && *self->jobs <= '9' && !*end && number >= 1 && number <= 1024);
    return good ? CLI_OK : cli_usage("--jobs wants a number from 1 to 1024, not '%s'", self->jobs);
}
