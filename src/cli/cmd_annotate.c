#include <unistd.h>

#include "filter_out.h"

int cli_annotate(const cli *self)
{
    char room[4096];
    runut_annotate_options options = {.agencies = cli_agencies(self, room)};
    if (cli_jobs(self, &options.jobs) != CLI_OK)
        return CLI_USAGE;
    filter_out out = {.between = "", .clean = isatty(1)};
    filter_in in;
    runut_filter_report report;
    runut_error error;
    if (filter_in_of(self, "annotate", &in) != CLI_OK)
        return CLI_USAGE;
    int code = runut_annotate_all(in.paths, in.count, &options, filter_out_print, &out, &report, &error);
    if (!self->quiet)
        cli_say_skipped(stderr, &report.skipped);
    return filter_out_status(code, &report, &error);
}
