/* An annotator with the user's own table of agencies. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/worker.h"

enum { MOST_TABLE = 8 << 20 };

/* The whole file, malloc'd; *size is its bytes. */
static char *read_table(FILE *file, size_t *size)
{
    char *at = malloc(MOST_TABLE);
    *size = at ? fread(at, 1, MOST_TABLE, file) : 0;
    return at;
}

static int add_file(runut_annotator *annotator, const char *path, runut_error *error)
{
    FILE *file = fopen(path, "rb");
    size_t size = 0;
    char *at = file ? read_table(file, &size) : NULL;
    int code;
    if (!file || ferror(file))
        code = runut_error_set(error, RUNUT_ERR_IO, "%s", strerror(errno));
    else if (!at)
        code = runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    else if (size == MOST_TABLE)
        code = runut_error_set(error, RUNUT_ERR_USE, "a table of more than %d MiB", MOST_TABLE >> 20);
    else
        code = runut_annotator_add_agencies(annotator, (runut_slice){at, size}, error);
    if (code != RUNUT_OK)
        runut_error_place(error, runut_slice_of(path), error ? error->record : 0, error ? error->byte : 0);
    if (file)
        fclose(file);
    free(at);
    return code;
}

int runut_annotator_open(runut_annotator **out, const char *agencies, runut_error *error)
{
    int code = runut_annotator_new(out, error);
    if (code != RUNUT_OK || !agencies)
        return code;
    code = add_file(*out, agencies, error);
    if (code != RUNUT_OK) {
        runut_annotator_free(*out);
        *out = NULL;
    }
    return code;
}

int runut_annotator_ready(runut *self, runut_error *error)
{
    return self->annotator ? RUNUT_OK : runut_annotator_new(&self->annotator, error);
}

int runut_use_agencies(runut *self, const char *path, runut_error *error)
{
    runut_annotator *annotator = NULL;
    int code = runut_annotator_open(&annotator, path, error);
    if (code != RUNUT_OK)
        return code;
    runut_worker_drop(self); /* they share the tables of the one before */
    runut_annotator_free(self->annotator);
    self->annotator = annotator;
    return RUNUT_OK;
}
