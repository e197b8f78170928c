#include <json-c/json.h>
#include <stdio.h>

#include "cli.h"

static int print_line(void *context, struct json_object *item)
{
    (void)context;
    puts(json_object_to_json_string_ext(item, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    return ferror(stdout);
}

int cli_export(const cli *self)
{
    runut_filter filter;
    runut_error error;
    int status = cli_filter(self, &filter);
    runut *r = status == CLI_OK ? cli_open(self, RUNUT_READ_ONLY, &status) : NULL;
    if (!r)
        return status;
    int code = runut_export(r, &filter, print_line, NULL, &error);
    runut_close(r);
    return code == RUNUT_OK || code == RUNUT_ERR_STOPPED ? CLI_OK : cli_fail(&error);
}
