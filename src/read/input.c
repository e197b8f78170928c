#define _GNU_SOURCE /* memrchr */
#include "read/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/error.h"
#include "base/slice.h"

enum { BLOCK = 64 * 1024, GZIP = 15 + 16 /* zlib: the largest window, with gzip's header */ };

/* Bytes are handed on as they come: a pipe's writer that stops for a second keeps nobody from the records that it has
 * written (zlib's gzread would wait until its own buffer is full). */
struct runut_input {
    int fd;
    bool gzip;
    bool between; /* two members of gzip, or behind the last one */
    bool ended;   /* nothing more comes from the file */
    z_stream zip;
    size_t raw_start, raw_end; /* bytes of the file that were not looked at yet */
    char *at;                  /* bytes read but not yet taken are [start, end) */
    size_t start, end, capacity;
    uint64_t taken; /* bytes before `start` */
    bool finished;
    runut_error failure; /* kept until somebody reads up to it */
    unsigned char raw[BLOCK];
};

static int refuse(const char *path, int number, runut_error *error)
{
    int code = runut_error_set(error, RUNUT_ERR_IO, "%s", strerror(number));
    runut_error_place(error, runut_slice_of(path), 0, 0);
    return code;
}

static void fail(runut_input *self, int code, const char *before, const char *text)
{
    self->finished = self->ended = true;
    runut_error_set(&self->failure, code, "%s%s", before, text);
    self->failure.byte = self->taken + (self->end - self->start);
}

/* What the file has by now, at least one byte; 0 at the end or on failure. */
static size_t read_some(runut_input *self, void *to, size_t most)
{
    ssize_t got = -1;
    if (self->ended)
        return 0;
    do
        got = read(self->fd, to, most);
    while (got < 0 && errno == EINTR);
    self->ended = got <= 0;
    if (got < 0)
        fail(self, RUNUT_ERR_IO, "", strerror(errno));
    return got > 0 ? (size_t)got : 0;
}

/* Does a gzip member begin with the bytes that were not looked at yet? Reads what that takes to know. */
static bool is_gzip(runut_input *self)
{
    if (self->raw_start) {
        memmove(self->raw, self->raw + self->raw_start, self->raw_end - self->raw_start);
        self->raw_end -= self->raw_start;
        self->raw_start = 0;
    }
    size_t got = 1;
    while (self->raw_end < 2 && got && (self->raw_end == 0 || self->raw[0] == 0x1F)) {
        got = read_some(self, self->raw + self->raw_end, BLOCK - self->raw_end);
        self->raw_end += got;
    }
    return self->raw_end >= 2 && self->raw[0] == 0x1F && self->raw[1] == 0x8B;
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
    runut_input *self = S_ISDIR(status.st_mode) ? NULL : malloc(sizeof *self);
    if (!self) {
        refuse(path, S_ISDIR(status.st_mode) ? EISDIR : ENOMEM, error);
        close(fd);
        return NULL;
    }
    memset(self, 0, offsetof(runut_input, raw)); /* not the bytes to come: there is a capture in each file */
    self->fd = fd;
    self->gzip = is_gzip(self);
    if (self->gzip && inflateInit2(&self->zip, GZIP) != Z_OK) {
        self->gzip = false;
        fail(self, RUNUT_ERR_MEMORY, "", "out of memory");
    }
    return self;
}

void runut_input_close(runut_input *self)
{
    if (!self)
        return;
    if (self->gzip)
        inflateEnd(&self->zip);
    close(self->fd);
    free(self->at);
    free(self);
}

static size_t read_plain(runut_input *self, char *to)
{
    size_t size = self->raw_end - self->raw_start;
    if (size == 0)
        return read_some(self, to, BLOCK);
    memcpy(to, self->raw + self->raw_start, size);
    self->raw_start = self->raw_end = 0;
    return size;
}

/* Another member may follow; anything else after one is not looked at, as gzip does. */
static void next_member(runut_input *self)
{
    self->between = false;
    if (is_gzip(self))
        inflateReset(&self->zip);
    else
        self->ended = self->finished = true;
}

static size_t read_gzip(runut_input *self, char *to)
{
    self->zip.next_out = (unsigned char *)to;
    self->zip.avail_out = BLOCK;
    while (self->zip.avail_out == BLOCK && !self->finished) {
        if (self->between) {
            next_member(self);
            continue;
        }
        if (self->raw_start == self->raw_end) {
            self->raw_start = 0;
            self->raw_end = read_some(self, self->raw, BLOCK);
        }
        if (self->raw_end == 0) {
            if (!self->finished)
                fail(self, RUNUT_ERR_INPUT, "damaged gzip data: ", "unexpected end of file");
            break;
        }
        self->zip.next_in = self->raw + self->raw_start;
        self->zip.avail_in = (unsigned)(self->raw_end - self->raw_start);
        int code = inflate(&self->zip, Z_NO_FLUSH);
        self->raw_start = self->raw_end - self->zip.avail_in;
        if (code == Z_STREAM_END)
            self->between = true;
        else if (code == Z_MEM_ERROR)
            fail(self, RUNUT_ERR_MEMORY, "", "out of memory");
        else if (code != Z_OK && code != Z_BUF_ERROR && self->zip.avail_out == BLOCK)
            fail(self, RUNUT_ERR_INPUT, "damaged gzip data: ", self->zip.msg ? self->zip.msg : "unknown");
        else if (code != Z_OK && code != Z_BUF_ERROR)
            break; /* what came before the damage first; the next call meets it again */
    }
    return BLOCK - self->zip.avail_out;
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
    size_t got = self->gzip ? read_gzip(self, self->at + self->end) : read_plain(self, self->at + self->end);
    self->end += got;
    self->finished |= got == 0;
    return got > 0;
}

/* A first line that is a whole JSON object tells the kind by itself: what follows may be long in coming. */
static bool tells_enough(runut_slice start)
{
    runut_slice line;
    if (runut_slice_starts(start, RUNUT_LITERAL("\xEF\xBB\xBF")))
        start = runut_slice_part(start, 3, start.size);
    if (start.size == 0 || start.at[0] != '{' || !memchr(start.at, '\n', start.size))
        return false;
    runut_slice_line(&start, &line);
    line = runut_slice_trim(line);
    return line.at[line.size - 1] == '}';
}

runut_slice runut_input_peek(runut_input *self)
{
    runut_slice start;
    do
        start = (runut_slice){self->at ? self->at + self->start : "", self->end - self->start};
    while (start.size < BLOCK && !tells_enough(start) && fill(self));
    return start;
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

int runut_input_lines(runut_input *self, size_t most, runut_slice *lines, uint64_t *byte, bool *end, runut_error *error)
{
    size_t looked = 0;
    *end = false;
    *byte = self->taken;
    for (bool more = true;;) {
        size_t size = self->end - self->start;
        const char *at = self->at ? self->at + self->start : "";
        const char *stop = size > looked ? memrchr(at + looked, '\n', size - looked) : NULL;
        size_t whole = stop ? (size_t)(stop - at) + 1 : more ? 0 : size;
        if (whole && whole <= most) {
            *lines = (runut_slice){at, whole};
            take(self, whole);
            return RUNUT_OK;
        }
        if (size > most || !more)
            return runut_input_line(self, most, lines, byte, end, error);
        looked = size;
        more = fill(self);
    }
}
