#include <string.h>

#include "cli.h"
#include "export_formats.h"
#include "show.h"

int cli_export(const cli *self)
{
    if (self->format && strcmp(self->format, "json") != 0)
        return export_formatted(self);
    return show_each(self, NULL, runut_export, NULL, "");
}
