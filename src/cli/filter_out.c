#include "filter_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "term.h"

int filter_in_of(const cli *self, const char *command, filter_in *in)
{
    static const char *const input[] = {"-"};
    bool named = self->operand_count > 0;
    *in = (filter_in){named ? (const char *const *)self->operands : input, named ? self->operand_count : 1};
    if (!named && isatty(0))
        return cli_usage("%s: PATH… missing (see `runut %s --help`)", command, command);
    return CLI_OK;
}

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

/* Written out as soon as nothing follows at once: who reads a pipe need not wait, and whoever closed it is noticed. A
 * read that waits for input must not keep the program then, so it ends here. */
static void print(filter_out *self, const runut_filtered *result)
{
    if (self->any)
        fputs(self->between, stdout);
    if (self->clean)
        print_clean(result->text);
    else
        fwrite(result->text, 1, result->size, stdout);
    self->any = true;
    if ((!result->more && fflush(stdout) != 0) || ferror(stdout))
        _exit(cli_finish(CLI_FAILED));
}

int filter_out_print(void *context, const runut_filtered *result)
{
    if (result->error)
        cli_say_error(result->error);
    else if (result->size)
        print(context, result);
    return 0;
}

int filter_out_status(int code, const runut_filter_report *report, const runut_error *error)
{
    if (code != RUNUT_OK)
        return cli_fail(error);
    return report->rejected ? CLI_REJECTED : CLI_OK;
}
