#include <stdio.h>

#include "cli.h"
#include "progress.h"
#include "runut/upkeep.h"

static void on_progress(void *context, uint64_t done, uint64_t of)
{
    cli_progress_show(context, "articles", done, of);
}

int cli_import(const cli *self)
{
    cli_progress progress = cli_progress_new(self->quiet);
    runut_import_options options = {.on_progress = on_progress, .context = &progress, .stop = cli_stop_on_signals()};
    runut_import_report report;
    runut_error error;
    int code = runut_import(self->operands[0], cli_store(self), &options, &report, &error);
    cli_progress_clear(&progress);
    if (code == RUNUT_ERR_STOPPED || code == RUNUT_ERR_INPUT) {
        cli_say_error(&error);
        return CLI_FAILED;
    }
    if (code != RUNUT_OK)
        return cli_fail(&error);
    if (!self->quiet)
        printf("%llu article%s and %llu event%s in the new store, which is whole.\n",
               (unsigned long long)report.articles, report.articles == 1 ? "" : "s", (unsigned long long)report.events,
               report.events == 1 ? "" : "s");
    return CLI_OK;
}
