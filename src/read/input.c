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
#include "base/url.h"
#include "read/transcode.h"

enum { BLOCK = 64 * 1024, KEPT = 64 /* bytes that were taken, to be given back */ };

/* Bytes are handed on as they come: a pipe's writer that stops for a second keeps nobody from the records that it has
 * written (zlib's gzread would wait until its own buffer is full). */
struct runut_input {
    runut_stream *stream;
    int fd; /* -1 = none */
    runut_input *parent;
    uint64_t left;                /* bytes of the file or parent that belong to this and were not drawn yet */
    bool whole;                   /* all bytes of the parent, or as many as it takes */
    runut_transcoder *transcoder; /* of the parent's text; NULL = none */
    runut_slice raw, text;        /* what was not decoded, and not drawn, yet */
    bool raw_ended;
    bool checks, crc_behind; /* runut_input_expect */
    uint32_t crc, expected;
    char *at; /* bytes read but not yet taken are [start, end) */
    size_t start, end, capacity;
    uint64_t taken; /* bytes before `start` */
    bool finished;
    runut_error failure; /* kept until somebody reads up to it */
};

static int refuse(const char *path, int number, runut_error *error)
{
    bool address = number == ENOENT && runut_url_is_web(runut_slice_of(path));
    int code = runut_error_set(error, RUNUT_ERR_IO, "%s",
                               address ? "an address; runut watch --once fetches it" : strerror(number));
    runut_error_place(error, runut_slice_of(path), 0, 0);
    return code;
}

/* ---- where bytes come from ---- */

static size_t read_file(void *context, void *to, size_t most, runut_error *error)
{
    runut_input *self = context;
    ssize_t got = -1;
    most = most < self->left ? most : (size_t)self->left;
    do
        got = read(self->fd, to, most);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        runut_error_set(error, RUNUT_ERR_IO, "%s", strerror(errno));
    self->left -= got > 0 ? (uint64_t)got : 0;
    return got > 0 ? (size_t)got : 0;
}

/* What the parent has by now, within the part that belongs to this. */
static size_t read_parent(void *context, void *to, size_t most, runut_error *error)
{
    runut_input *self = context;
    most = most < self->left ? most : (size_t)self->left;
    runut_slice there = most ? runut_input_ahead(self->parent, 1) : (runut_slice){"", 0};
    most = most < there.size ? most : there.size;
    if (most == 0) {
        if (self->parent->failure.code)
            *error = self->parent->failure;
        else if (self->left && !self->whole)
            runut_error_set(error, RUNUT_ERR_INPUT, "ends in the middle");
        return 0;
    }
    memcpy(to, there.at, most);
    runut_input_take(self->parent, most);
    self->left -= most;
    return most;
}

/* The parent's text as UTF-8. */
static size_t read_text(void *context, void *to, size_t most, runut_error *error)
{
    runut_input *self = context;
    while (self->text.size == 0) {
        uint64_t byte;
        if (runut_transcoder_next(self->transcoder, &self->raw, self->raw_ended, &self->text))
            continue;
        if (self->raw_ended || runut_input_block(self->parent, &self->raw, &byte, error) != RUNUT_OK)
            return 0;
        self->raw_ended = self->raw.size == 0;
    }
    most = most < self->text.size ? most : self->text.size;
    memcpy(to, self->text.at, most);
    self->text = runut_slice_part(self->text, most, self->text.size);
    return most;
}

static runut_input *fail_to_open(runut_input *self, runut_error *error)
{
    runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_input_close(self);
    return NULL;
}

/* A file that grows while it is read is read as far as it went when it was opened, so that there is an end; what /proc
 * and the like have is of no size. */
static uint64_t size_of(const struct stat *status)
{
    return S_ISREG(status->st_mode) && status->st_size > 0 ? (uint64_t)status->st_size : UINT64_MAX;
}

static runut_input *open_input(const char *path, int fd, bool only_files, runut_error *error)
{
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        refuse(path, errno, error);
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    if (only_files && !S_ISREG(status.st_mode)) {
        runut_error_set(error, RUNUT_ERR_IO, "neither a file nor a folder");
        runut_error_place(error, runut_slice_of(path), 0, 0);
        close(fd);
        return NULL;
    }
    runut_input *self = S_ISDIR(status.st_mode) ? NULL : calloc(1, sizeof *self);
    if (!self) {
        refuse(path, S_ISDIR(status.st_mode) ? EISDIR : ENOMEM, error);
        close(fd);
        return NULL;
    }
    self->fd = fd;
    self->left = size_of(&status);
    self->stream = runut_stream_open((runut_supply){read_file, self, S_ISREG(status.st_mode)}, RUNUT_FORM_ANY, NULL);
    if (self->stream)
        return self;
    fail_to_open(self, error);
    runut_error_place(error, runut_slice_of(path), 0, 0);
    return NULL;
}

runut_input *runut_input_open(const char *path, runut_error *error)
{
    return open_input(path, strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY | O_CLOEXEC), false, error);
}

/* Without waiting for a writer, should it have become a FIFO since it was listed. */
runut_input *runut_input_open_file(const char *path, runut_error *error)
{
    return open_input(path, open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW), true, error);
}

runut_input *runut_input_within(runut_input *parent, runut_form form, uint64_t size, runut_error *error)
{
    runut_input *self = calloc(1, sizeof *self);
    if (!self)
        return fail_to_open(self, error);
    self->fd = -1;
    self->parent = parent;
    self->left = size;
    self->whole = size == UINT64_MAX;
    self->stream = runut_stream_open((runut_supply){read_parent, self, false}, form, runut_stream_root(parent->stream));
    return self->stream ? self : fail_to_open(self, error);
}

runut_input *runut_input_decoded(runut_input *parent, runut_error *error)
{
    runut_input *self = calloc(1, sizeof *self);
    if (!self)
        return fail_to_open(self, error);
    self->fd = -1;
    self->parent = parent;
    self->transcoder = runut_transcoder_new(runut_slice_part(runut_input_peek(parent), 0, 4), RUNUT_LITERAL(""));
    self->stream = self->transcoder ? runut_stream_open((runut_supply){read_text, self, false}, RUNUT_FORM_PLAIN,
                                                        runut_stream_root(parent->stream))
                                    : NULL;
    return self->stream ? self : fail_to_open(self, error);
}

void runut_input_close(runut_input *self)
{
    if (!self)
        return;
    runut_stream_close(self->stream);
    runut_transcoder_free(self->transcoder);
    if (self->fd >= 0)
        close(self->fd);
    free(self->at);
    free(self);
}

/* ---- the bytes at hand ---- */

/* Makes room for one more block; false when memory is out. */
static bool make_room(runut_input *self)
{
    if (self->start > KEPT && self->start >= self->capacity / 2) {
        size_t drop = self->start - KEPT;
        memmove(self->at, self->at + drop, self->end - drop);
        self->end -= drop;
        self->start = KEPT;
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

void runut_input_expect(runut_input *self, const uint32_t *crc)
{
    self->checks = true;
    self->crc_behind = !crc;
    self->expected = crc ? *crc : 0;
}

/* At the end: the checksum may stand behind a signature. */
static void check_sum(runut_input *self)
{
    if (self->crc_behind) {
        runut_slice behind = runut_stream_behind(self->stream, 8);
        if (runut_slice_starts(behind, RUNUT_LITERAL("PK\7\10")))
            behind = runut_slice_part(behind, 4, 8);
        if (behind.size < 4)
            return;
        for (size_t i = 4; i-- > 0;)
            self->expected = self->expected << 8 | (unsigned char)behind.at[i];
    }
    if (self->crc != self->expected)
        runut_error_set(&self->failure, RUNUT_ERR_INPUT, "damaged: its checksum is another one");
}

/* Reads some more; false at the end or on failure (then `failure` is set). */
static bool fill(runut_input *self)
{
    if (self->finished)
        return false;
    if (!make_room(self)) {
        self->finished = true;
        runut_error_set(&self->failure, RUNUT_ERR_MEMORY, "out of memory");
        return false;
    }
    bool member_end = false;
    size_t got = 0;
    do {
        got = runut_stream_read(self->stream, self->at + self->end, BLOCK, &member_end, &self->failure);
        if (self->checks && got)
            self->crc = (uint32_t)crc32_z(self->crc, (const unsigned char *)self->at + self->end, got);
        self->end += got;
    } while (got == 0 && member_end);
    self->finished = got == 0;
    if (self->finished && self->checks && !self->failure.code)
        check_sum(self);
    if (self->failure.code)
        self->failure.byte = self->taken + (self->end - self->start);
    return got > 0;
}

runut_slice runut_input_ahead(runut_input *self, size_t size)
{
    while (self->end - self->start < size && fill(self))
        continue;
    return (runut_slice){self->at ? self->at + self->start : "", self->end - self->start};
}

void runut_input_take(runut_input *self, size_t size)
{
    self->start += size;
    self->taken += size;
}

void runut_input_give_back(runut_input *self, size_t size)
{
    self->start -= size;
    self->taken -= size;
}

uint64_t runut_input_skip(runut_input *self, uint64_t size)
{
    uint64_t left = size;
    while (left) {
        size_t there = runut_input_ahead(self, 1).size;
        if (there == 0)
            break;
        there = there < left ? there : (size_t)left;
        runut_input_take(self, there);
        left -= there;
    }
    return size - left;
}

uint64_t runut_input_at(const runut_input *self)
{
    return self->taken;
}

int runut_input_failure(const runut_input *self, runut_error *error)
{
    if (error && self->failure.code)
        *error = self->failure;
    return self->failure.code;
}

bool runut_input_resume(runut_input *self)
{
    if (!self->finished || !runut_stream_resume(self->stream))
        return false;
    runut_input_take(self, self->end - self->start);
    self->failure.code = 0;
    self->finished = false;
    return true;
}

bool runut_input_finish(runut_input *self)
{
    do
        runut_input_take(self, self->end - self->start);
    while (fill(self));
    size_t rest = runut_stream_rest(self->stream);
    if (self->parent && rest) {
        runut_input_give_back(self->parent, rest);
        self->left += rest;
    }
    return self->failure.code == 0;
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

int runut_input_all(runut_input *self, size_t most, runut_slice *bytes, runut_error *error)
{
    while (self->end - self->start <= most && fill(self))
        continue;
    size_t size = self->end - self->start;
    *bytes = (runut_slice){self->at ? self->at + self->start : "", size};
    if (self->failure.code)
        return runut_input_failure(self, error);
    if (size > most) {
        runut_error_set(error, RUNUT_ERR_INPUT, "larger than %zu MiB, the limit for one capture", most >> 20);
        return RUNUT_ERR_INPUT;
    }
    return RUNUT_OK;
}

/* Drops everything up to and including the next line end. */
static void skip_line(runut_input *self)
{
    for (;;) {
        size_t size = self->end - self->start;
        char *end = size ? memchr(self->at + self->start, '\n', size) : NULL;
        runut_input_take(self, end ? (size_t)(end - (self->at + self->start)) + 1 : size);
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
            runut_input_take(self, length + 1);
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
    runut_input_take(self, size);
    *end = size == 0 || self->failure.code;
    if (size > most)
        return too_long(most, error);
    return self->failure.code ? runut_input_failure(self, error) : RUNUT_OK;
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
            runut_input_take(self, whole);
            return RUNUT_OK;
        }
        if (size > most || !more)
            return runut_input_line(self, most, lines, byte, end, error);
        looked = size;
        more = fill(self);
    }
}

int runut_input_block(runut_input *self, runut_slice *bytes, uint64_t *byte, runut_error *error)
{
    *byte = runut_input_at(self);
    *bytes = runut_input_ahead(self, 1);
    runut_input_take(self, bytes->size);
    return bytes->size ? RUNUT_OK : runut_input_failure(self, error);
}
