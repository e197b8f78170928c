#define _GNU_SOURCE /* qsort_r, DT_* */
#include "read/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/slice.h"

enum { MOST_DEPTH = 64 };

/* The entries of one folder: a byte for the type and the name with its '\0', one behind the other. A million of them
 * take some 25 MB. */
typedef struct entries {
    char *names;
    size_t size, room;
    size_t *at; /* of each entry, sorted by name */
    size_t count, slots;
    size_t next;
    size_t path; /* bytes of the walk's path that name the folder */
} entries;

typedef struct walk {
    runut_reading *reading;
    char *root; /* the folder's real path */
    char *path; /* of the entry in hand */
    size_t room;
    entries stack[MOST_DEPTH];
    int depth;
    uint64_t hidden; /* files that were passed over */
} walk;

static void free_entries(entries *self)
{
    free(self->names);
    free(self->at);
    *self = (entries){0};
}

/* `at` with room for `need` things of `size` bytes at least; NULL when memory is out, `at` is the caller's then. */
static void *with_room(void *at, size_t *room, size_t need, size_t size)
{
    if (need <= *room)
        return at;
    size_t wider = need + need / 2 + 64;
    void *out = wider < SIZE_MAX / size ? realloc(at, wider * size) : NULL;
    if (out)
        *room = wider;
    return out;
}

static bool put_entry(entries *self, const char *name, unsigned char type)
{
    size_t size = strlen(name) + 2;
    char *names = with_room(self->names, &self->room, self->size + size, 1);
    self->names = names ? names : self->names;
    size_t *at = with_room(self->at, &self->slots, self->count + 1, sizeof *at);
    self->at = at ? at : self->at;
    if (!names || !at)
        return false;
    self->at[self->count++] = self->size;
    self->names[self->size] = (char)type;
    memcpy(self->names + self->size + 1, name, size - 1);
    self->size += size;
    return true;
}

static int by_name(const void *a, const void *b, void *names)
{
    return strcmp((const char *)names + *(const size_t *)a + 1, (const char *)names + *(const size_t *)b + 1);
}

/* What is hidden is passed over, its files are counted. An errno, or 0. */
static int list(const char *path, entries *out, uint64_t *hidden)
{
    DIR *folder = opendir(path);
    int number = folder ? 0 : errno;
    while (!number) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (!entry) {
            number = errno;
            break;
        }
        if (entry->d_name[0] == '.')
            *hidden += entry->d_type != DT_DIR;
        else if (!put_entry(out, entry->d_name, entry->d_type))
            number = ENOMEM;
    }
    if (folder)
        closedir(folder);
    if (out->count)
        qsort_r(out->at, out->count, sizeof *out->at, by_name, out->names);
    return number;
}

static void tell_skipped(runut_reading *self, const char *path)
{
    if (self->on_skipped && runut_skipped_all(&self->skipped))
        self->on_skipped(self->context, runut_slice_of(path), &self->skipped);
    self->skipped = (runut_skipped){0};
}

static void reject(walk *self, const char *why)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_IO, "%s", why);
    runut_reading_reject(self->reading, runut_slice_of(self->path), 0, 0, &error);
}

/* Begins the folder at self->path. One that cannot be listed to its end is told, and read as far as it was. */
static int enter(walk *self)
{
    if (self->depth == MOST_DEPTH) {
        reject(self, "folders nested too deeply");
        return RUNUT_OK;
    }
    entries *folder = &self->stack[self->depth++];
    *folder = (entries){.path = strlen(self->path)};
    int number = list(self->path, folder, &self->hidden);
    if (number == ENOMEM)
        return RUNUT_ERR_MEMORY;
    if (number)
        reject(self, strerror(number));
    return RUNUT_OK;
}

/* What stands behind the root in a real path; NULL where that is not within it. */
static const char *within(const walk *self, const char *real)
{
    size_t size = strlen(self->root);
    if (strncmp(real, self->root, size) != 0)
        return NULL;
    if (size && self->root[size - 1] == '/')
        return real + size;
    return real[size] == '/' ? real + size + 1 : real[size] ? NULL : real + size;
}

static void look_at_link(walk *self)
{
    char *real = realpath(self->path, NULL);
    const char *rest = real ? within(self, real) : NULL;
    if (!real && errno == ENOENT)
        reject(self, "symbolic link to nothing");
    else if (!real)
        reject(self, errno == ELOOP ? "symbolic link to itself" : strerror(errno));
    else if (!rest)
        reject(self, "symbolic link out of the folder, not followed");
    else if (runut_reading_is_hidden(runut_slice_of(rest)))
        reject(self, "symbolic link to something hidden, not followed");
    free(real);
}

static unsigned char type_of(const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return DT_REG; /* whoever opens it tells why that fails */
    return (unsigned char)IFTODT(status.st_mode);
}

/* The path of the entry: its folder's, a slash, its name. */
static bool put_path(walk *self, const entries *folder, const char *name)
{
    size_t size = strlen(name);
    char *path = with_room(self->path, &self->room, folder->path + size + 2, 1);
    if (!path)
        return false;
    self->path = path;
    size_t at = folder->path;
    if (at && path[at - 1] != '/')
        path[at++] = '/';
    memcpy(path + at, name, size + 1);
    return true;
}

static int read_entry(walk *self, entries *folder, runut_error *error)
{
    const char *entry = folder->names + folder->at[folder->next++];
    unsigned char type = (unsigned char)entry[0];
    if (!put_path(self, folder, entry + 1))
        return RUNUT_ERR_MEMORY;
    type = type == DT_UNKNOWN ? type_of(self->path) : type;
    if (type == DT_DIR)
        return enter(self);
    if (type == DT_LNK)
        look_at_link(self);
    else if (type != DT_REG)
        reject(self, "neither a file nor a folder");
    if (type != DT_REG)
        return RUNUT_OK;
    int code = runut_folder_read_file(self->reading, self->path, true, error);
    return code == RUNUT_ERR_MEMORY || code == RUNUT_ERR_STOPPED ? code : RUNUT_OK; /* else it is told already */
}

int runut_folder_read_file(runut_reading *self, const char *path, bool only_files, runut_error *error)
{
    runut_error trouble;
    runut_input *input = only_files ? runut_input_open_file(path, &trouble) : runut_input_open(path, &trouble);
    if (!input) {
        self->on_reject(self->context, &trouble);
        return RUNUT_ERR_IO;
    }
    int code = runut_reading_input(self, input, runut_slice_of(path));
    runut_input_close(input);
    tell_skipped(self, path);
    return code == RUNUT_ERR_MEMORY ? runut_error_set(error, code, "out of memory") : code;
}

static int begin(walk *self, const char *path)
{
    self->path = strdup(path);
    self->room = strlen(path) + 1;
    self->root = self->path ? realpath(path, NULL) : NULL;
    if (self->root)
        return enter(self);
    if (!self->path || errno == ENOMEM)
        return RUNUT_ERR_MEMORY;
    reject(self, strerror(errno));
    return RUNUT_ERR_IO;
}

static int go(walk *self, runut_error *error)
{
    entries *folder = &self->stack[self->depth - 1];
    if (folder->next < folder->count)
        return read_entry(self, folder, error);
    free_entries(folder);
    self->depth--;
    return RUNUT_OK;
}

int runut_folder_read(runut_reading *reading, const char *path, runut_error *error)
{
    walk *self = calloc(1, sizeof *self);
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->reading = reading;
    int code = begin(self, path);
    while (code == RUNUT_OK && self->depth)
        code = go(self, error);
    reading->skipped.of[RUNUT_SKIP_MEMBER] += self->hidden;
    tell_skipped(reading, path);
    while (self->depth)
        free_entries(&self->stack[--self->depth]);
    free(self->path);
    free(self->root);
    free(self);
    return code == RUNUT_ERR_MEMORY ? runut_error_set(error, code, "out of memory") : code;
}
