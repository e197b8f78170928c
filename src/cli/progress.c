#include "progress.h"

#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

const volatile sig_atomic_t *cli_stop_on_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &stop;
}

cli_progress cli_progress_new(bool quiet)
{
    return (cli_progress){.shown_at_all = !quiet && isatty(2)};
}

void cli_progress_clear(const cli_progress *self)
{
    if (self->shown_at_all)
        fputs("\r\033[K", stderr);
}

void cli_progress_show(cli_progress *self, const char *what, uint64_t done, uint64_t of)
{
    struct timespec now;
    if (!self->shown_at_all)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double since = (double)(now.tv_sec - self->shown.tv_sec) + (double)(now.tv_nsec - self->shown.tv_nsec) / 1e9;
    if (since < 0.1)
        return;
    self->shown = now;
    fprintf(stderr, "\r\033[K%s", what);
    if (of)
        fprintf(stderr, ": %llu of %llu", (unsigned long long)done, (unsigned long long)of);
    else if (done)
        fprintf(stderr, ": %llu", (unsigned long long)done);
    fflush(stderr);
}
