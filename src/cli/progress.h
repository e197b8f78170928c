/* What long work says on a terminal meanwhile, and how it is stopped. */
#ifndef RUNUT_CLI_PROGRESS_H
#define RUNUT_CLI_PROGRESS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct cli_progress {
    bool shown_at_all;
    struct timespec shown; /* when the line was last written */
} cli_progress;

/* Shown where stderr is a terminal, and not `quiet`. */
cli_progress cli_progress_new(bool quiet);
void cli_progress_show(cli_progress *self, const char *what, uint64_t done, uint64_t of);
void cli_progress_clear(const cli_progress *self);

/* Becomes 1 at the first SIGINT or SIGTERM; the second ends the program. */
const volatile sig_atomic_t *cli_stop_on_signals(void);

#endif
