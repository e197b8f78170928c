#include "serve/handle.h"

#include "base/error.h"

void runut_handle_close(runut_handle *self)
{
    runut_close(self->store);
    self->store = NULL;
}

static int open_anew(runut_handle *self, const char *path, int flags, const char *agencies, runut_error *error)
{
    int code = runut_open(path, flags, &self->store, error);
    if (code == RUNUT_OK && agencies)
        code = runut_use_agencies(self->store, agencies, error);
    if (code == RUNUT_OK && stat(path, &self->file) != 0)
        code = runut_error_set(error, RUNUT_ERR_STORE, "the store is gone");
    if (code != RUNUT_OK)
        runut_handle_close(self);
    return code;
}

int runut_handle_open(runut_handle *self, const char *path, int flags, const char *agencies, runut_error *error)
{
    struct stat now;
    bool there = stat(path, &now) == 0;
    if (there && self->store && now.st_dev == self->file.st_dev && now.st_ino == self->file.st_ino)
        return RUNUT_OK;
    runut_handle_close(self);
    if (!there && (flags & RUNUT_READ_ONLY))
        return runut_error_set(error, RUNUT_ERR_STORE, "the store is gone");
    return open_anew(self, path, flags, agencies, error);
}
