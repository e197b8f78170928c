#include "export_formats.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runut/export.h"

static const char *const formats[] = {
    [RUNUT_EXPORT_CSV] = "csv", [RUNUT_EXPORT_HTML] = "html", [RUNUT_EXPORT_ATOM] = "atom"};

static int write_out(void *context, const char *bytes, size_t size)
{
    int *failed = context;
    if (fwrite(bytes, 1, size, stdout) == size)
        return 0;
    return *failed = errno;
}

/* Is the user's language Indonesian, as the environment has it? */
static bool is_indonesian(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "id", 2) == 0 && !(value[2] >= 'a' && value[2] <= 'z');
    }
    return false;
}

int export_formatted(const cli *self)
{
    size_t format = 0;
    int status, failed = 0;
    runut_filter filter;
    runut_error error;
    const runut_export_options options = {.indonesian = is_indonesian()};
    while (format < sizeof formats / sizeof *formats && strcmp(formats[format], self->format) != 0)
        format++;
    if (format == sizeof formats / sizeof *formats)
        return cli_usage("--format is json, csv, html or atom, not '%s'", self->format);
    status = cli_filter(self, &filter);
    runut *r = status == CLI_OK ? cli_open(self, RUNUT_READ_ONLY, &status) : NULL;
    if (!r)
        return status;
    int code = runut_export_as(r, (runut_export_format)format, &filter, &options, write_out, &failed, &error);
    runut_close(r);
    errno = failed;
    return code == RUNUT_OK || code == RUNUT_ERR_STOPPED ? CLI_OK : cli_fail(&error); /* a failed write: cli_finish */
}
