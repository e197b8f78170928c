#include "engine/key_run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/spool.h"

enum { PAGE = 128, PAGE_BYTES = PAGE * 8, BUFFER = 64 * PAGE, LINE = 64, MOST_MERGED = 16 };

/* ---- the filter ---- */

/* Four bits in the line that the key has. */
static inline uint64_t filter_hash(uint64_t key)
{
    return runut_key_part(key) * 0x9E3779B97F4A7C15u;
}

static inline uint8_t *filter_line(uint8_t *filter, uint64_t size, uint64_t hash)
{
    return filter + (((hash >> 32) * (size / LINE)) >> 32) * LINE;
}

static void filter_put(uint8_t *filter, uint64_t size, uint64_t key)
{
    uint64_t hash = filter_hash(key);
    uint8_t *line = filter_line(filter, size, hash);
    for (unsigned i = 0; i < 4; i++, hash = hash << 9 | hash >> 55)
        line[hash >> 3 & 63] |= (uint8_t)(1 << (hash & 7));
}

static bool filter_may_have(const uint8_t *filter, uint64_t size, uint64_t key)
{
    uint64_t hash = filter_hash(key);
    const uint8_t *line = filter_line((uint8_t *)filter, size, hash);
    unsigned has = 1;
    for (unsigned i = 0; i < 4; i++, hash = hash << 9 | hash >> 55)
        has &= (unsigned)line[hash >> 3 & 63] >> (hash & 7);
    return has & 1;
}

/* ---- files ---- */

static int fail(runut_error *error, const char *doing)
{
    return runut_error_set(error, RUNUT_ERR_IO, "%s: %s", doing, strerror(errno));
}

static int open_file(const char *folder, uint32_t number, int flags, runut_error *error)
{
    char path[4096];
    if (!folder) {
        int fd = runut_temporary_file();
        return fd < 0 ? fail(error, "cannot make a temporary file") : fd;
    }
    snprintf(path, sizeof path, "%s/run-%u", folder, number);
    int fd = open(path, flags | O_CLOEXEC, 0666);
    if (fd < 0)
        fail(error, "cannot open a run");
    return fd < 0 ? RUNUT_ERR_IO : fd;
}

void runut_key_run_close(runut_key_run *self)
{
    if (self->fd >= 0)
        close(self->fd);
    free(self->fences);
    free(self->filter);
    *self = (runut_key_run){.fd = -1};
}

static bool make_tables(runut_key_run *self)
{
    self->pages = (size_t)((self->name.count + PAGE - 1) / PAGE);
    self->fences = malloc((self->pages + 1) * sizeof *self->fences);
    self->filter = self->name.filter ? aligned_alloc(LINE, (size_t)self->name.filter) : NULL;
    return self->fences && (!self->name.filter || self->filter);
}

/* Is the file as long as a run of this name is? */
static bool fits(int fd, const runut_key_run_name *name)
{
    struct stat status;
    if (fstat(fd, &status) != 0 || name->filter % LINE != 0)
        return false;
    uint64_t size = (uint64_t)status.st_size, pages = name->count / PAGE + (name->count % PAGE != 0);
    return name->count <= size / 8 && name->filter <= size && size == name->count * 8 + pages * 8 + name->filter;
}

int runut_key_run_open(const char *folder, const runut_key_run_name *name, runut_key_run *run, runut_error *error)
{
    *run = (runut_key_run){.name = *name, .fd = open_file(folder, name->number, O_RDONLY, error)};
    if (run->fd < 0)
        return RUNUT_ERR_IO;
    int code = RUNUT_OK;
    uint64_t at = name->count * 8;
    if (!fits(run->fd, name))
        code = runut_error_set(error, RUNUT_ERR_STORE, "run-%u is damaged", name->number);
    else if (!make_tables(run))
        code = runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    if (code == RUNUT_OK)
        code = runut_read_at(run->fd, run->fences, run->pages * 8, at, error);
    if (code == RUNUT_OK && run->filter)
        code = runut_read_at(run->fd, run->filter, (size_t)name->filter, at + run->pages * 8, error);
    if (code != RUNUT_OK)
        runut_key_run_close(run);
    return code;
}

/* ---- writing ---- */

struct runut_key_run_writer {
    runut_key_run run;
    bool named;
    uint64_t most, written; /* entries */
    size_t used;
    uint64_t buffer[BUFFER];
};

int runut_key_run_begin(const char *folder, uint32_t number, uint32_t level, uint64_t most, uint64_t filter,
                        runut_key_run_writer **out, runut_error *error)
{
    runut_key_run_writer *self = *out = malloc(sizeof *self);
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->named = folder != NULL;
    self->most = most;
    self->written = self->used = 0;
    self->run = (runut_key_run){.name = {number, level, most, filter / LINE * LINE}, .fd = -1};
    int code = make_tables(&self->run) ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    if (code == RUNUT_OK && (self->run.fd = open_file(folder, number, O_RDWR | O_CREAT | O_TRUNC, error)) < 0)
        code = RUNUT_ERR_IO;
    if (code != RUNUT_OK) {
        runut_key_run_abandon(self);
        *out = NULL;
    } else if (self->run.filter) {
        memset(self->run.filter, 0, (size_t)self->run.name.filter);
    }
    return code;
}

void runut_key_run_abandon(runut_key_run_writer *self)
{
    if (self)
        runut_key_run_close(&self->run);
    free(self);
}

static int write_buffer(runut_key_run_writer *self, runut_error *error)
{
    int code = runut_write_at(self->run.fd, self->buffer, self->used * 8, self->written * 8, error);
    self->written += self->used;
    self->used = 0;
    return code;
}

int runut_key_run_put(runut_key_run_writer *self, uint64_t entry, runut_error *error)
{
    uint64_t number = self->written + self->used;
    if (number % PAGE == 0)
        self->run.fences[number / PAGE] = entry;
    if (self->run.filter)
        filter_put(self->run.filter, self->run.name.filter, entry);
    self->buffer[self->used++] = entry;
    return self->used == BUFFER ? write_buffer(self, error) : RUNUT_OK;
}

int runut_key_run_end(runut_key_run_writer *self, runut_key_run *run, runut_error *error)
{
    runut_key_run *r = &self->run;
    int code = write_buffer(self, error);
    uint64_t at = self->written * 8;
    r->name.count = self->written;
    r->pages = (size_t)((self->written + PAGE - 1) / PAGE);
    if (code == RUNUT_OK)
        code = runut_write_at(r->fd, r->fences, r->pages * 8, at, error);
    if (code == RUNUT_OK && r->filter)
        code = runut_write_at(r->fd, r->filter, (size_t)r->name.filter, at + r->pages * 8, error);
    if (code == RUNUT_OK && self->named && fsync(r->fd) != 0)
        code = fail(error, "cannot write a run");
    *run = *r;
    if (code != RUNUT_OK)
        runut_key_run_close(run);
    free(self);
    return code;
}

/* ---- looking up ---- */

/* The last page whose first entry is below `target`; the first page where there is none. */
static size_t find_page(const runut_key_run *self, uint64_t target)
{
    size_t low = 0, high = self->pages;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (self->fences[middle] < target)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static int find_one(const runut_key_run *self, uint64_t key, runut_key_hits *hits, runut_error *error)
{
    uint64_t target = runut_key_part(key) << RUNUT_KEY_DOCUMENT_BITS, page[PAGE];
    for (size_t number = find_page(self, target); number < self->pages; number++) {
        if (number && runut_key_part(self->fences[number]) > runut_key_part(key))
            break;
        uint64_t left = self->name.count - (uint64_t)number * PAGE;
        size_t size = left < PAGE ? (size_t)left : PAGE, low = 0, high = size;
        int code = runut_read_at(self->fd, page, size * 8, (uint64_t)number * PAGE_BYTES, error);
        if (code != RUNUT_OK)
            return code;
        while (low < high) {
            size_t middle = (low + high) / 2;
            low = page[middle] < target ? middle + 1 : low;
            high = page[middle] < target ? high : middle;
        }
        for (; low < size && runut_key_part(page[low]) == runut_key_part(key); low++)
            runut_key_hit(hits, page[low]);
        if (low < size)
            break;
    }
    return RUNUT_OK;
}

int runut_key_run_find(const runut_key_run *self, const uint64_t *keys, size_t count, runut_key_hits *hits,
                       runut_error *error)
{
    int code = RUNUT_OK;
    for (size_t i = 0; self->filter && i < count; i++)
        __builtin_prefetch(filter_line(self->filter, self->name.filter, filter_hash(keys[i])));
    for (size_t i = 0; i < count && code == RUNUT_OK; i++)
        if (hits[i].count < RUNUT_KEY_SAME &&
            (!self->filter || filter_may_have(self->filter, self->name.filter, keys[i])))
            code = find_one(self, keys[i], &hits[i], error);
    return code;
}

/* ---- merging ---- */

typedef struct reader {
    const runut_key_run *run;
    uint64_t next; /* entry to read into the buffer */
    size_t at, size;
    uint64_t buffer[BUFFER];
} reader;

static int refill(reader *self, runut_error *error)
{
    uint64_t left = self->run->name.count - self->next;
    self->at = 0;
    self->size = left < BUFFER ? (size_t)left : BUFFER;
    int code = runut_read_at(self->run->fd, self->buffer, self->size * 8, self->next * 8, error);
    self->next += self->size;
    return code;
}

static int copy_merged(reader *readers, size_t count, runut_key_run_writer *writer, runut_error *error)
{
    for (int code;;) {
        reader *least = NULL;
        for (size_t i = 0; i < count; i++)
            if (readers[i].size && (!least || readers[i].buffer[readers[i].at] < least->buffer[least->at]))
                least = &readers[i];
        if (!least)
            return RUNUT_OK;
        code = runut_key_run_put(writer, least->buffer[least->at], error);
        if (code == RUNUT_OK && ++least->at == least->size)
            code = refill(least, error);
        if (code != RUNUT_OK)
            return code;
    }
}

int runut_key_run_merge(const runut_key_run *runs, size_t count, const char *folder, uint32_t number, uint64_t filter,
                        runut_key_run *out, runut_error *error)
{
    runut_key_run_writer *writer = NULL;
    reader *readers = count <= MOST_MERGED ? calloc(count, sizeof *readers) : NULL;
    uint64_t entries = 0;
    int code = readers ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < count && code == RUNUT_OK; i++) {
        readers[i].run = &runs[i];
        entries += runs[i].name.count;
        code = refill(&readers[i], error);
    }
    if (code == RUNUT_OK)
        code = runut_key_run_begin(folder, number, runs[0].name.level + 1, entries, filter, &writer, error);
    if (code == RUNUT_OK)
        code = copy_merged(readers, count, writer, error);
    if (code == RUNUT_OK)
        code = runut_key_run_end(writer, out, error);
    else
        runut_key_run_abandon(writer);
    free(readers);
    return code;
}
