/* `runut export --format csv|html|atom`. */
#ifndef RUNUT_CLI_EXPORT_FORMATS_H
#define RUNUT_CLI_EXPORT_FORMATS_H

#include "cli.h"

/* Prints the export in self->format. The exit status. */
int export_formatted(const cli *self);

#endif
