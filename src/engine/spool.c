#define _GNU_SOURCE /* mkostemp */
#include "engine/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct runut_spool {
    int fd; /* -1 = not needed yet */
    size_t chunk, most;
    uint64_t size, written; /* [0, written) is in the file as it is in memory */
    char **chunks;          /* by number; NULL = in the file only */
    size_t count, capacity; /* of chunks */
    size_t kept;            /* the first one that is in memory */
};

static int tell(runut_error *error, const char *doing)
{
    return runut_error_set(error, RUNUT_ERR_IO, "%s: %s", doing, strerror(errno));
}

int runut_temporary_file(void)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/runut-XXXXXX", folder && *folder ? folder : "/tmp");
    int fd = -1;
    errno = ENAMETOOLONG;
    if (size < (int)sizeof path && (fd = mkostemp(path, O_CLOEXEC)) >= 0)
        unlink(path);
    return fd;
}

int runut_write_at(int fd, const void *bytes, size_t size, uint64_t offset, runut_error *error)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = pwrite(fd, (const char *)bytes + done, size - done, (off_t)(offset + done));
        if (got < 0 && errno != EINTR)
            return tell(error, "cannot write what is remembered");
        done += got > 0 ? (size_t)got : 0;
    }
    return RUNUT_OK;
}

int runut_read_at(int fd, void *to, size_t size, uint64_t offset, runut_error *error)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = pread(fd, (char *)to + done, size - done, (off_t)(offset + done));
        if (got == 0)
            return runut_error_set(error, RUNUT_ERR_IO, "what is remembered ends too early: its file was cut");
        if (got < 0 && errno != EINTR)
            return tell(error, "cannot read what is remembered");
        done += got > 0 ? (size_t)got : 0;
    }
    return RUNUT_OK;
}

static int add_chunk(runut_spool *self, runut_error *error)
{
    if (self->count == self->capacity) {
        size_t capacity = self->capacity ? self->capacity * 2 : 16;
        char **chunks = realloc(self->chunks, capacity * sizeof *chunks);
        if (!chunks)
            return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
        self->chunks = chunks;
        self->capacity = capacity;
    }
    self->chunks[self->count] = malloc(self->chunk);
    if (!self->chunks[self->count])
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->count++;
    return RUNUT_OK;
}

/* ---- opening ---- */

static int open_file(runut_spool *self, const char *path, uint64_t size, runut_error *error)
{
    struct stat status;
    self->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (self->fd < 0 || fstat(self->fd, &status) != 0)
        return tell(error, "cannot open");
    if ((uint64_t)status.st_size < size)
        return runut_error_set(error, RUNUT_ERR_IO, "shorter than it was: damaged");
    if (ftruncate(self->fd, (off_t)size) != 0)
        return tell(error, "cannot cut");
    self->size = self->written = size;
    self->count = self->capacity = self->kept = (size_t)(size / self->chunk);
    if (self->count && !(self->chunks = calloc(self->count, sizeof *self->chunks)))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    size_t rest = (size_t)(size % self->chunk);
    int code = rest ? add_chunk(self, error) : RUNUT_OK; /* what is appended goes on in it */
    return rest && code == RUNUT_OK ? runut_read_at(self->fd, self->chunks[self->kept], rest, size - rest, error)
                                    : code;
}

int runut_spool_open(const char *path, uint64_t size, size_t chunk, size_t most_chunks, runut_spool **out,
                     runut_error *error)
{
    runut_spool *self = *out = calloc(1, sizeof *self);
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->fd = -1;
    self->chunk = chunk;
    self->most = most_chunks > 1 ? most_chunks : 1;
    int code = path ? open_file(self, path, size, error) : RUNUT_OK;
    if (code != RUNUT_OK) {
        runut_error_place(error, (runut_slice){path, path ? strlen(path) : 0}, 0, 0);
        runut_spool_close(self);
        *out = NULL;
    }
    return code;
}

void runut_spool_close(runut_spool *self)
{
    if (!self)
        return;
    for (size_t i = self->kept; i < self->count; i++)
        free(self->chunks[i]);
    if (self->fd >= 0)
        close(self->fd);
    free(self->chunks);
    free(self);
}

/* ---- appending ---- */

static int write_out(runut_spool *self, uint64_t until, runut_error *error)
{
    if (self->fd < 0 && (self->fd = runut_temporary_file()) < 0)
        return tell(error, "cannot make a temporary file");
    while (self->written < until) {
        size_t number = (size_t)(self->written / self->chunk), start = (size_t)(self->written % self->chunk);
        uint64_t end = (uint64_t)(number + 1) * self->chunk;
        size_t size = (size_t)((end < until ? end : until) - self->written);
        int code = runut_write_at(self->fd, self->chunks[number] + start, size, self->written, error);
        if (code != RUNUT_OK)
            return code;
        self->written += size;
    }
    return RUNUT_OK;
}

/* Lets the oldest chunk go where there are too many. */
static int make_room(runut_spool *self, runut_error *error)
{
    int code = RUNUT_OK;
    while (self->count - self->kept >= self->most && code == RUNUT_OK) {
        code = write_out(self, (uint64_t)(self->kept + 1) * self->chunk, error);
        if (code != RUNUT_OK)
            break;
        free(self->chunks[self->kept]);
        self->chunks[self->kept++] = NULL;
    }
    return code == RUNUT_OK ? add_chunk(self, error) : code;
}

int runut_spool_append(runut_spool *self, const void *bytes, size_t size, runut_error *error)
{
    for (size_t done = 0; done < size;) {
        size_t start = (size_t)(self->size % self->chunk), room = self->chunk - start;
        size_t part = size - done < room ? size - done : room;
        int code = start == 0 ? make_room(self, error) : RUNUT_OK;
        if (code != RUNUT_OK)
            return code;
        memcpy(self->chunks[self->count - 1] + start, (const char *)bytes + done, part);
        self->size += part;
        done += part;
    }
    return RUNUT_OK;
}

int runut_spool_sync(runut_spool *self, runut_error *error)
{
    int code = write_out(self, self->size, error);
    if (code == RUNUT_OK && fdatasync(self->fd) != 0)
        code = tell(error, "cannot write what is remembered");
    return code;
}

/* ---- reading ---- */

uint64_t runut_spool_size(const runut_spool *self)
{
    return self->size;
}

/* Where to read may come from a file that somebody else wrote. */
static bool holds(const runut_spool *self, uint64_t offset, size_t size)
{
    return offset <= self->size && size <= self->size - offset;
}

const void *runut_spool_at(const runut_spool *self, uint64_t offset, size_t size)
{
    if (!holds(self, offset, size))
        return NULL;
    size_t number = (size_t)(offset / self->chunk), start = (size_t)(offset % self->chunk);
    return number >= self->kept && start + size <= self->chunk ? self->chunks[number] + start : NULL;
}

int runut_spool_read(runut_spool *self, uint64_t offset, void *to, size_t size, runut_error *error)
{
    if (!holds(self, offset, size))
        return runut_error_set(error, RUNUT_ERR_STORE, "what is remembered is damaged");
    for (size_t done = 0; done < size;) {
        size_t number = (size_t)((offset + done) / self->chunk), start = (size_t)((offset + done) % self->chunk);
        size_t part = size - done < self->chunk - start ? size - done : self->chunk - start;
        int code = RUNUT_OK;
        if (number >= self->kept)
            memcpy((char *)to + done, self->chunks[number] + start, part);
        else
            code = runut_read_at(self->fd, (char *)to + done, part, offset + done, error);
        if (code != RUNUT_OK)
            return code;
        done += part;
    }
    return RUNUT_OK;
}
