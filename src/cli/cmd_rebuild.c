#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "progress.h"
#include "runut/upkeep.h"
#include "term.h"

static void on_lost(void *context, const runut_finding *f)
{
    cli_progress_clear(context);
    char *place = term_clean(f->place), *what = term_clean(f->what);
    printf("lost: %s: %s%s%s\n", f->part, place && *place ? place : "", place && *place ? ": " : "", what ? what : "");
    free(place);
    free(what);
}

static void on_progress(void *context, uint64_t done, uint64_t of)
{
    cli_progress_show(context, "articles", done, of);
}

int cli_rebuild(const cli *self)
{
    cli_progress progress = cli_progress_new(self->quiet);
    runut_rebuild_options options = {.to = self->to,
                                     .on_lost = on_lost,
                                     .on_progress = on_progress,
                                     .context = &progress,
                                     .stop = cli_stop_on_signals()};
    runut_rebuild_report report;
    runut_error error;
    int code = runut_rebuild(cli_store(self), &options, &report, &error);
    cli_progress_clear(&progress);
    if (code == RUNUT_ERR_STOPPED) {
        cli_say_error(&error);
        return CLI_FAILED;
    }
    if (code != RUNUT_OK)
        return cli_fail(&error);
    if (!self->quiet && report.lost)
        printf("%llu article%s in the new store; %llu thing%s could not be taken over.\n",
               (unsigned long long)report.articles, report.articles == 1 ? "" : "s", (unsigned long long)report.lost,
               report.lost == 1 ? "" : "s");
    else if (!self->quiet)
        printf("%llu article%s in the new store, which is whole.\n", (unsigned long long)report.articles,
               report.articles == 1 ? "" : "s");
    return report.lost ? CLI_REJECTED : CLI_OK;
}
