#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "filter_out.h"

static int read_threshold(const cli *self, double *threshold)
{
    char *end = NULL;
    *threshold = self->threshold ? strtod(self->threshold, &end) : 0;
    bool good = !self->threshold || (end != self->threshold && !*end && *threshold >= 0.3 && *threshold <= 1);
    return good ? CLI_OK : cli_usage("--threshold wants a number from 0.3 to 1, not '%s'", self->threshold);
}

static int read_memory(const cli *self, unsigned *memory)
{
    char *end = NULL;
    unsigned long number = self->memory ? strtoul(self->memory, &end, 10) : 0;
    *memory = (unsigned)number;
    bool good =
        !self->memory || (*self->memory >= '0' && *self->memory <= '9' && !*end && number >= 1 && number <= 1 << 20);
    return good ? CLI_OK : cli_usage("--memory wants a number of MiB from 1, not '%s'", self->memory);
}

static void say_summary(const runut_dedup_report *report)
{
    fprintf(stderr, "runut: %llu record%s, %llu duplicate%s left out\n", (unsigned long long)report->passed,
            report->passed == 1 ? "" : "s", (unsigned long long)report->duplicates, report->duplicates == 1 ? "" : "s");
}

int cli_dedup(const cli *self)
{
    runut_dedup_options options = {.contained = self->contained, .drop = self->drop, .state = self->state};
    if (read_threshold(self, &options.threshold) != CLI_OK || read_memory(self, &options.memory) != CLI_OK ||
        cli_jobs(self, &options.jobs) != CLI_OK)
        return CLI_USAGE;
    filter_out out = {.between = "", .clean = isatty(1)};
    filter_in in;
    runut_dedup_report report;
    runut_error error;
    if (filter_in_of(self, "dedup", &in) != CLI_OK)
        return CLI_USAGE;
    int code = runut_dedup_all(in.paths, in.count, &options, filter_out_print, &out, &report, &error);
    if (code == RUNUT_OK && !self->quiet && self->drop)
        say_summary(&report);
    const runut_filter_report counts = {.passed = report.passed, .rejected = report.rejected};
    return filter_out_status(code, &counts, &error);
}
