#include "engine/new_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runut/upkeep.h"
#include "store/check.h"

int runut_new_store_error(const char *path, runut_error *error)
{
    return runut_error_set(error, RUNUT_ERR_IO, "%s: %s", path, strerror(errno));
}

void runut_new_store_remove(const char *path, bool keep)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal"};
    char *room = malloc(strlen(path) + sizeof "-journal");
    for (size_t i = 0; room && i < sizeof ends / sizeof *ends; i++) {
        sprintf(room, "%s%s", path, ends[i]);
        unlink(room);
    }
    if (!keep)
        unlink(path);
    free(room);
}

int runut_new_store_sync(int fd, const char *path, runut_error *error)
{
    int code = fd < 0 || fsync(fd) != 0 ? runut_new_store_error(path, error) : RUNUT_OK;
    if (fd >= 0)
        close(fd);
    return code;
}

int runut_new_store_sync_folder(const char *path, runut_error *error)
{
    char *folder = strdup(path), *slash = folder ? strrchr(folder, '/') : NULL;
    if (slash)
        slash[slash == folder] = '\0';
    int fd = folder ? open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(folder);
    return runut_new_store_sync(fd, path, error);
}

static void on_new_finding(void *context, const runut_finding *finding)
{
    char *first = context;
    if (!*first)
        snprintf(first, 256, "%s: %s: %s", finding->part, finding->place, finding->what);
}

int runut_new_store_seal(runut **self, const char *path, const char *target, const volatile sig_atomic_t *stop,
                         runut_error *error)
{
    char first[256] = "";
    runut_check_options options = {.on_finding = on_new_finding, .context = first, .stop = stop};
    runut_check_report report;
    int code = runut_store_seal((*self)->store, error);
    runut_close(*self);
    *self = NULL;
    if (code != RUNUT_OK)
        return code;
    runut_new_store_remove(path, true);
    code = runut_check(path, &options, &report, error);
    runut_new_store_remove(path, true);
    if (code == RUNUT_OK && report.findings)
        code = runut_error_set(error, RUNUT_ERR_STORE, "%s: the new store is not whole: %s", target, first);
    return code;
}

int runut_new_store_name(const char *path, const char *target, runut_error *error)
{
    if (link(path, target) != 0)
        return runut_new_store_error(target, error);
    return runut_new_store_sync_folder(target, error);
}
