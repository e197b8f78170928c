#include <string.h>
#include <unistd.h>

#include "filter_out.h"

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
    runut_clean_options options = {0};
    if (!read_format(self, &options))
        return cli_usage("--format is jsonl, text or html%s, not '%s'",
                         self->explain ? " (html not with --explain)" : "", self->format);
    if (cli_jobs(self, &options.jobs) != CLI_OK)
        return CLI_USAGE;
    filter_out out = {.between = options.format == RUNUT_CLEAN_TEXT ? "\f\n" : "",
                      .clean = options.format == RUNUT_CLEAN_LINES || isatty(1)};
    filter_in in;
    runut_filter_report report;
    runut_error error;
    if (filter_in_of(self, "clean", &in) != CLI_OK)
        return CLI_USAGE;
    int code = runut_clean_all(in.paths, in.count, &options, filter_out_print, &out, &report, &error);
    if (!self->quiet)
        cli_say_skipped(stderr, &report.skipped);
    return filter_out_status(code, &report, &error);
}
