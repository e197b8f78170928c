#include "cli.h"
#include "show.h"

int cli_export(const cli *self)
{
    return show_each(self, NULL, runut_export, NULL, "");
}
