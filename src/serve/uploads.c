#define _GNU_SOURCE /* asprintf */
#include "serve/uploads.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PREFIX "runut-uploads-"

enum { YOUNG_SECONDS = 60 };

struct runut_uploads {
    char *place;  /* where the folder is made */
    char *folder; /* NULL = not made yet */
    int lock;     /* the folder, locked for as long as this server lives; -1 */
    unsigned most, last;
    uint64_t most_bytes;
    atomic_uint open;
    atomic_ullong bytes;
};

/* ---- the folder ---- */

static char *find_place(const char *store)
{
    const char *named = getenv("TMPDIR"), *slash = strrchr(store, '/');
    if (named && *named)
        return strdup(named);
    return slash ? strndup(store, slash == store ? 1 : (size_t)(slash - store)) : strdup(".");
}

runut_uploads *runut_uploads_new(const char *store, unsigned most, uint64_t bytes)
{
    runut_uploads *self = calloc(1, sizeof *self);
    if (!self || !(self->place = find_place(store))) {
        free(self);
        return NULL;
    }
    self->lock = -1;
    self->most = most;
    self->most_bytes = bytes;
    return self;
}

/* Removes what is in the folder `at` that is open, `deep` levels of it, and closes it. */
static void empty(int at, int deep)
{
    DIR *folder = fdopendir(at);
    if (!folder) {
        close(at);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (unlinkat(at, entry->d_name, 0) == 0 || deep == 0)
            continue;
        int below = openat(at, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (below < 0)
            continue;
        empty(below, deep - 1);
        unlinkat(at, entry->d_name, AT_REMOVEDIR);
    }
    closedir(folder);
}

/* Is that a folder of ours, not just being made, whose server is gone? Then it is open and locked. */
static int open_left(int place, const char *name)
{
    struct stat status;
    if (strncmp(name, PREFIX, sizeof PREFIX - 1) != 0)
        return -1;
    int folder = openat(place, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0)
        return -1;
    if (fstat(folder, &status) == 0 && status.st_uid == geteuid() && time(NULL) - status.st_mtime >= YOUNG_SECONDS &&
        flock(folder, LOCK_EX | LOCK_NB) == 0)
        return folder;
    close(folder);
    return -1;
}

/* Clears away what servers that were killed left behind. */
static void sweep(const runut_uploads *self)
{
    DIR *place = opendir(self->place);
    if (!place)
        return;
    for (struct dirent *entry; (entry = readdir(place));) {
        int left = open_left(dirfd(place), entry->d_name);
        if (left < 0)
            continue;
        empty(left, 1);
        unlinkat(dirfd(place), entry->d_name, AT_REMOVEDIR);
    }
    closedir(place);
}

static bool make_folder(runut_uploads *self)
{
    char *path = NULL;
    if (self->folder)
        return true;
    sweep(self);
    if (asprintf(&path, "%s/" PREFIX "XXXXXX", self->place) < 0) {
        errno = ENOMEM;
        return false;
    }
    if (mkdtemp(path) && (self->lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) >= 0) {
        flock(self->lock, LOCK_EX | LOCK_NB);
        self->folder = path;
        return true;
    }
    int why = errno;
    free(path);
    errno = why;
    return false;
}

void runut_uploads_free(runut_uploads *self)
{
    if (!self)
        return;
    if (self->folder)
        rmdir(self->folder);
    if (self->lock >= 0)
        close(self->lock);
    free(self->folder);
    free(self->place);
    free(self);
}

unsigned runut_uploads_open(const runut_uploads *self)
{
    return atomic_load(&self->open);
}

/* ---- one upload ---- */

runut_upload *runut_upload_new(runut_uploads *all)
{
    runut_upload *self = atomic_load(&all->open) < all->most ? calloc(1, sizeof *self) : NULL;
    if (!self)
        return NULL;
    atomic_fetch_add(&all->open, 1);
    self->all = all;
    self->file = -1;
    return self;
}

static bool folder_of(const runut_upload *self, char **path)
{
    if (asprintf(path, "%s/%u", self->all->folder, self->number) >= 0)
        return true;
    *path = NULL;
    errno = ENOMEM;
    return false;
}

void runut_upload_clear(runut_upload *self)
{
    char *path;
    if (!self->all)
        return;
    if (self->file >= 0)
        close(self->file);
    self->file = -1;
    for (int i = 0; i < self->count; i++)
        unlink(self->inputs[i].path);
    if (self->number && folder_of(self, &path)) {
        rmdir(path);
        free(path);
    }
    atomic_fetch_sub(&self->all->bytes, self->bytes);
    atomic_fetch_sub(&self->all->open, 1);
    self->all = NULL;
}

void runut_upload_free(runut_upload *self)
{
    if (!self)
        return;
    runut_upload_clear(self);
    for (int i = 0; i < self->count; i++)
        free((char *)(uintptr_t)self->inputs[i].path); /* and the name, which follows it */
    free(self->inputs);
    free(self);
}

static bool make_own_folder(runut_upload *self)
{
    char *path;
    if (self->number)
        return true;
    if (!make_folder(self->all))
        return false;
    self->number = ++self->all->last;
    bool made = folder_of(self, &path) && mkdir(path, 0700) == 0;
    int why = errno;
    free(path);
    if (!made)
        self->number = 0;
    errno = why;
    return made;
}

/* Room for one more input. */
static bool grow(runut_upload *self)
{
    if (self->count < self->room)
        return true;
    int room = self->room ? 2 * self->room : 4;
    runut_add_input *inputs = realloc(self->inputs, (size_t)room * sizeof *inputs);
    if (!inputs)
        return false;
    self->inputs = inputs;
    self->room = room;
    return true;
}

bool runut_upload_begin(runut_upload *self, const char *name)
{
    char *path;
    if (!make_own_folder(self) || !grow(self))
        return false;
    int size = asprintf(&path, "%s/%u/%d%c%s", self->all->folder, self->number, self->count + 1, '\0', name);
    if (size < 0) {
        errno = ENOMEM;
        return false;
    }
    self->file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (self->file < 0) {
        int why = errno;
        free(path);
        errno = why;
        return false;
    }
    self->inputs[self->count++] = (runut_add_input){.path = path, .name = path + strlen(path) + 1};
    return true;
}

bool runut_upload_write(runut_upload *self, const char *data, size_t size)
{
    if (atomic_fetch_add(&self->all->bytes, size) + size > self->all->most_bytes) {
        atomic_fetch_sub(&self->all->bytes, size);
        errno = EDQUOT;
        return false;
    }
    self->bytes += size;
    while (size > 0) {
        ssize_t written = write(self->file, data, size);
        if (written < 0 && errno != EINTR)
            return false;
        data += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

bool runut_upload_end(runut_upload *self)
{
    int file = self->file;
    self->file = -1;
    return close(file) == 0;
}
