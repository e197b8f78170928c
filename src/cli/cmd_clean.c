#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "runut/clean.h"
#include "term.h"

typedef struct run {
    const char *between; /* what stands between two articles */
    bool clean;          /* for people: without control characters */
    bool any;            /* something was printed */
} run;

/* Line by line, so that nothing in a capture can steer the terminal. */
static void print_clean(const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n");
        char *line = strndup(text, size), *clean = line ? term_clean(line) : NULL;
        fputs(clean ? clean : "", stdout);
        putchar('\n');
        free(clean);
        free(line);
        text += size + (text[size] == '\n');
    }
}

/* Written out at once: who reads a pipe need not wait, and whoever closed it is noticed. A read that waits for input
 * must not keep the program then, so it ends here. */
static void print(run *self, const runut_cleaned *result)
{
    if (self->any)
        fputs(self->between, stdout);
    if (self->clean)
        print_clean(result->text);
    else
        fwrite(result->text, 1, result->size, stdout);
    self->any = true;
    if (fflush(stdout) != 0 || ferror(stdout))
        _exit(cli_finish(CLI_FAILED));
}

static int on_cleaned(void *context, const runut_cleaned *result)
{
    if (result->error)
        cli_say_error(result->error);
    else if (result->size)
        print(context, result);
    return 0;
}

static bool read_format(const cli *self, runut_clean_options *options)
{
    const char *format = self->format ? self->format : self->explain ? "lines" : "jsonl";
    if (strcmp(format, "jsonl") == 0)
        options->format = RUNUT_CLEAN_JSON;
    else if (strcmp(format, "html") == 0 && !self->explain)
        options->format = RUNUT_CLEAN_HTML;
    else if (strcmp(format, "text") == 0 && !self->explain)
        options->format = RUNUT_CLEAN_TEXT;
    else if (self->explain && (!self->format || strcmp(format, "text") == 0))
        options->format = RUNUT_CLEAN_LINES;
    else
        return false;
    options->explain = self->explain;
    return true;
}

int cli_clean(const cli *self)
{
    static const char *const input[] = {"-"};
    runut_clean_options options = {0};
    runut_clean_report report;
    runut_error error;
    if (!read_format(self, &options))
        return cli_usage("--format is jsonl, text or html%s, not '%s'",
                         self->explain ? " (html not with --explain)" : "", self->format);
    if (cli_jobs(self, &options.jobs) != CLI_OK)
        return CLI_USAGE;
    if (self->operand_count == 0 && isatty(0))
        return cli_usage("clean: PATH… missing (see `runut clean --help`)");
    run state = {.between = options.format == RUNUT_CLEAN_TEXT ? "\f\n" : "",
                 .clean = options.format == RUNUT_CLEAN_LINES || isatty(1)};
    int code =
        runut_clean_all(self->operand_count ? (const char *const *)self->operands : input,
                        self->operand_count ? self->operand_count : 1, &options, on_cleaned, &state, &report, &error);
    if (code != RUNUT_OK)
        return cli_fail(&error);
    return report.rejected ? CLI_REJECTED : CLI_OK;
}
