#include <errno.h>
#include <stdio.h>

#include "cli.h"
#include "runut/upkeep.h"
#include "show.h"

static int write_out(void *context, const char *bytes, size_t size)
{
    int *failed = context;
    if (fwrite(bytes, 1, size, stdout) == size)
        return 0;
    return *failed = errno;
}

static int export_whole(const cli *self)
{
    int status = CLI_OK, failed = 0;
    runut_error error;
    const char *const filters[] = {self->since,  self->until, self->publisher,    self->language,
                                   self->person, self->place, self->organization, self->limit};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        if (filters[i])
            return cli_usage("--whole is the whole store: no filters");
    runut *r = cli_open(self, RUNUT_READ_ONLY, &status);
    if (!r)
        return status;
    int code = runut_export_whole(r, write_out, &failed, &error);
    runut_close(r);
    errno = failed;
    return code == RUNUT_OK || code == RUNUT_ERR_STOPPED ? CLI_OK : cli_fail(&error); /* a failed write: cli_finish */
}

int cli_export(const cli *self)
{
    if (self->whole)
        return export_whole(self);
    return show_each(self, NULL, runut_export, NULL, "");
}
