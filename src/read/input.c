#include "read/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/slice.h"

enum { BLOCK = 64 * 1024 };

struct runut_input {
    gzFile file; /* zlib hands plain bytes through as they are */
    char *at;    /* bytes read but not yet taken are [start, end) */
    size_t start, end, capacity;
    uint64_t taken; /* bytes before `start` */
    bool finished;
    runut_error failure; /* kept until somebody reads up to it */
};

static int refuse(const char *path, int number, runut_error *error)
{
    int code = runut_error_set(error, RUNUT_ERR_IO, "%s", strerror(number));
    runut_error_place(error, runut_slice_of(path), 0, 0);
    return code;
}

runut_input *runut_input_open(const char *path, runut_error *error)
{
    int fd = strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        refuse(path, errno, error);
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    runut_input *self = S_ISDIR(status.st_mode) ? NULL : calloc(1, sizeof *self);
    if (self)
        self->file = gzdopen(fd, "rb");
    if (!self || !self->file) {
        refuse(path, S_ISDIR(status.st_mode) ? EISDIR : ENOMEM, error);
        free(self);
        close(fd);
        return NULL;
    }
    gzbuffer(self->file, 256 * 1024);
    return self;
}

void runut_input_close(runut_input *self)
{
    if (!self)
        return;
    gzclose(self->file);
    free(self->at);
    free(self);
}

static void fail(runut_input *self)
{
    int number = 0;
    const char *text = gzerror(self->file, &number);
    self->finished = true;
    if (number == Z_ERRNO)
        runut_error_set(&self->failure, RUNUT_ERR_IO, "%s", strerror(errno));
    else
        runut_error_set(&self->failure, RUNUT_ERR_INPUT, "damaged gzip data: %s", text);
    self->failure.byte = self->taken + (self->end - self->start);
}

/* Makes room for one more block; false when memory is out. */
static bool make_room(runut_input *self)
{
    if (self->start > 0 && self->start >= self->capacity / 2) {
        memmove(self->at, self->at + self->start, self->end - self->start);
        self->end -= self->start;
        self->start = 0;
    }
    if (self->capacity - self->end >= BLOCK)
        return true;
    size_t capacity = self->capacity ? self->capacity * 2 : 2 * BLOCK;
    char *at = realloc(self->at, capacity);
    if (!at)
        return false;
    self->at = at;
    self->capacity = capacity;
    return true;
}

/* Reads one more block; false at the end or on failure (then `failure` is set). */
static bool fill(runut_input *self)
{
    if (self->finished)
        return false;
    if (!make_room(self)) {
        self->finished = true;
        runut_error_set(&self->failure, RUNUT_ERR_MEMORY, "out of memory");
        return false;
    }
    int got = gzread(self->file, self->at + self->end, BLOCK);
    if (got > 0)
        self->end += (size_t)got;
    int number = Z_OK;
    if (got < BLOCK)
        gzerror(self->file, &number); /* Z_BUF_ERROR: the file ends in the middle of a member */
    if (got < 0 || number == Z_BUF_ERROR)
        fail(self);
    else if (got == 0)
        self->finished = true;
    return got > 0;
}

runut_slice runut_input_peek(runut_input *self)
{
    while (self->end - self->start < BLOCK && fill(self))
        continue;
    return (runut_slice){self->at ? self->at + self->start : "", self->end - self->start};
}

static int tell(const runut_input *self, runut_error *error)
{
    if (error)
        *error = self->failure;
    return self->failure.code;
}

int runut_input_all(runut_input *self, size_t most, runut_slice *bytes, runut_error *error)
{
    while (self->end - self->start <= most && fill(self))
        continue;
    size_t size = self->end - self->start;
    *bytes = (runut_slice){self->at ? self->at + self->start : "", size};
    if (self->failure.code)
        return tell(self, error);
    if (size > most) {
        runut_error_set(error, RUNUT_ERR_INPUT, "larger than %zu MiB, the limit for one capture", most >> 20);
        return RUNUT_ERR_INPUT;
    }
    return RUNUT_OK;
}

static void take(runut_input *self, size_t size)
{
    self->start += size;
    self->taken += size;
}

/* Drops everything up to and including the next line end. */
static void skip_line(runut_input *self)
{
    for (;;) {
        size_t size = self->end - self->start;
        char *end = size ? memchr(self->at + self->start, '\n', size) : NULL;
        take(self, end ? (size_t)(end - (self->at + self->start)) + 1 : size);
        if (end || !fill(self))
            return;
    }
}

static int too_long(size_t most, runut_error *error)
{
    return runut_error_set(error, RUNUT_ERR_INPUT, "line longer than %zu MiB, the limit for one record", most >> 20);
}

int runut_input_line(runut_input *self, size_t most, runut_slice *line, uint64_t *byte, bool *end, runut_error *error)
{
    *end = false;
    *byte = self->taken;
    size_t looked = 0;
    for (;;) {
        size_t size = self->end - self->start;
        char *at = self->at ? self->at + self->start : NULL;
        char *stop = size > looked ? memchr(at + looked, '\n', size - looked) : NULL;
        if (stop) {
            size_t length = (size_t)(stop - at);
            take(self, length + 1);
            if (length > most)
                return too_long(most, error);
            *line = (runut_slice){at, length && at[length - 1] == '\r' ? length - 1 : length};
            return RUNUT_OK;
        }
        looked = size;
        if (size > most) {
            skip_line(self);
            return too_long(most, error);
        }
        if (!fill(self))
            break;
    }
    size_t size = self->end - self->start;
    *line = (runut_slice){self->at ? self->at + self->start : "", size};
    take(self, size);
    *end = size == 0 || self->failure.code;
    if (size > most)
        return too_long(most, error);
    return self->failure.code ? tell(self, error) : RUNUT_OK;
}
