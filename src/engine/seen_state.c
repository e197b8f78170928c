/* The folder in which `dedup` remembers:
 *
 *     lock        held while a process uses the folder
 *     head        what of the other files counts; replaced as a whole (written aside, then renamed)
 *     records     a runut_seen_record for each text
 *     names       their names, one after another
 *     run-N       band keys, sorted (key_run.c)
 *     journal-N   band keys that are in no run yet, as they came
 *     said-N      what was said of each record of this run, so that a run that was ended can be taken up
 *
 * Files only grow, and a commit makes them safe before the head says how far they count; whatever lies beyond is cut
 * off when the folder is opened, and files that the head doesn't name are deleted. So at any moment the folder holds
 * what it held at the last commit. */
#include "engine/seen_state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/slice.h"

enum { MOST_PATH = 4096, MOST_HEAD = 1 << 16, RECORDS = 256, NAMES = 1 << 16, QUEUE = 1 << 16 };
#define FORMAT "runut dedup 1"

typedef struct head {
    uint64_t records, names, journal, said;
    uint32_t journal_number, said_number, threshold, contained, finished;
    size_t run_count;
    runut_key_run_name runs[128];
} head;

static int fail(const runut_seen *self, const char *name, runut_error *error)
{
    char path[MOST_PATH];
    int code = runut_error_set(error, RUNUT_ERR_IO, "%s", strerror(errno));
    int size = snprintf(path, sizeof path, "%s%s%s", self->folder, *name ? "/" : "", name);
    runut_error_place(error, (runut_slice){path, size < MOST_PATH ? (size_t)size : MOST_PATH - 1}, 0, 0);
    return code;
}

static int damaged(const runut_seen *self, runut_error *error)
{
    int code = runut_error_set(error, RUNUT_ERR_STORE, "what is remembered there is damaged, or of another version");
    runut_error_place(error, runut_slice_of(self->folder), 0, 0);
    return code;
}

static const char *path_of(const runut_seen *self, char path[MOST_PATH], const char *name, uint32_t number)
{
    if (!self->folder)
        return NULL;
    if (number)
        snprintf(path, MOST_PATH, "%s/%s-%" PRIu32, self->folder, name, number);
    else
        snprintf(path, MOST_PATH, "%s/%s", self->folder, name);
    return path;
}

/* ---- the head ---- */

static int print_head(const head *h, char text[MOST_HEAD])
{
    int size = snprintf(text, MOST_HEAD,
                        FORMAT "\nsizes %zu %zu\nrecords %" PRIu64 "\nnames %" PRIu64 "\njournal %" PRIu32 " %" PRIu64
                               "\nsaid %" PRIu32 " %" PRIu64 "\noptions %" PRIu32 " %" PRIu32 "\nfinished %" PRIu32
                               "\nruns %zu\n",
                        sizeof(runut_seen_record), sizeof(runut_seen_said), h->records, h->names, h->journal_number,
                        h->journal, h->said_number, h->said, h->threshold, h->contained, h->finished, h->run_count);
    for (size_t i = 0; i < h->run_count; i++)
        size += snprintf(text + size, (size_t)(MOST_HEAD - size), "%" PRIu32 " %" PRIu32 " %" PRIu64 " %" PRIu64 "\n",
                         h->runs[i].number, h->runs[i].level, h->runs[i].count, h->runs[i].filter);
    uint64_t sum = runut_slice_hash((runut_slice){text, (size_t)size});
    return size + snprintf(text + size, (size_t)(MOST_HEAD - size), "sum %016" PRIx64 "\n", sum);
}

static bool parse_runs(const char *at, head *h)
{
    int used;
    for (size_t i = 0; i < h->run_count; i++, at += used)
        if (sscanf(at, "%" SCNu32 " %" SCNu32 " %" SCNu64 " %" SCNu64 "\n%n", &h->runs[i].number, &h->runs[i].level,
                   &h->runs[i].count, &h->runs[i].filter, &used) != 4)
            return false;
    return true;
}

static bool parse_head(const char *text, size_t size, head *h)
{
    size_t record, said;
    int used = 0;
    uint64_t sum;
    const char *last = size > 25 ? text + size - 21 : "";
    if (sscanf(last, "sum %16" SCNx64, &sum) != 1 || sum != runut_slice_hash((runut_slice){text, size - 21}))
        return false;
    if (sscanf(text,
               FORMAT "\nsizes %zu %zu\nrecords %" SCNu64 "\nnames %" SCNu64 "\njournal %" SCNu32 " %" SCNu64
                      "\nsaid %" SCNu32 " %" SCNu64 "\noptions %" SCNu32 " %" SCNu32 "\nfinished %" SCNu32
                      "\nruns %zu\n%n",
               &record, &said, &h->records, &h->names, &h->journal_number, &h->journal, &h->said_number, &h->said,
               &h->threshold, &h->contained, &h->finished, &h->run_count, &used) != 12)
        return false;
    return used && record == sizeof(runut_seen_record) && said == sizeof(runut_seen_said) &&
           h->run_count <= sizeof h->runs / sizeof *h->runs && parse_runs(text + used, h);
}

/* *found: there is one. */
static int read_head(const runut_seen *self, head *h, bool *found, runut_error *error)
{
    char path[MOST_PATH], text[MOST_HEAD + 1];
    int fd = open(path_of(self, path, "head", 0), O_RDONLY | O_CLOEXEC);
    *found = fd >= 0;
    if (fd < 0)
        return errno == ENOENT ? RUNUT_OK : fail(self, "head", error);
    ssize_t size = read(fd, text, MOST_HEAD);
    close(fd);
    if (size < 0)
        return fail(self, "head", error);
    text[size] = '\0';
    return parse_head(text, (size_t)size, h) ? RUNUT_OK : damaged(self, error);
}

static int write_head(const runut_seen *self, const head *h, runut_error *error)
{
    char path[MOST_PATH], aside[MOST_PATH], text[MOST_HEAD];
    int size = print_head(h, text), folder = open(self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = open(path_of(self, aside, "head.new", 0), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool good = folder >= 0 && fd >= 0 && write(fd, text, (size_t)size) == size && fsync(fd) == 0 &&
                rename(aside, path_of(self, path, "head", 0)) == 0 && fsync(folder) == 0;
    int code = good ? RUNUT_OK : fail(self, "head", error);
    if (fd >= 0)
        close(fd);
    if (folder >= 0)
        close(folder);
    return code;
}

static head head_of(const runut_seen *self, bool finished)
{
    head h = {.records = runut_spool_size(self->records),
              .names = runut_spool_size(self->names),
              .journal = runut_spool_size(self->journal),
              .said = runut_spool_size(self->said),
              .journal_number = self->journal_number,
              .said_number = self->said_number,
              .threshold = (uint32_t)(self->options.threshold * 1e6 + 0.5),
              .contained = self->options.contained,
              .finished = finished};
    for (const runut_key_run_name *run; (run = runut_keys_run(self->keys, h.run_count));)
        h.runs[h.run_count++] = *run;
    return h;
}

/* Deletes what the head does not name: left by a run that was ended, or merged since. */
static void clear_folder(const runut_seen *self, const head *h)
{
    DIR *folder = opendir(self->folder);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        uint32_t number;
        int end = 0;
        bool needed = true;
        if (sscanf(entry->d_name, "run-%" SCNu32 "%n", &number, &end) == 1 && !entry->d_name[end]) {
            needed = false;
            for (size_t i = 0; i < h->run_count; i++)
                needed |= h->runs[i].number == number;
        } else if (sscanf(entry->d_name, "journal-%" SCNu32 "%n", &number, &end) == 1 && !entry->d_name[end]) {
            needed = number == h->journal_number;
        } else if (sscanf(entry->d_name, "said-%" SCNu32 "%n", &number, &end) == 1 && !entry->d_name[end]) {
            needed = number == h->said_number;
        }
        if (!needed)
            unlinkat(dirfd(folder), entry->d_name, 0);
    }
    if (folder)
        closedir(folder);
}

/* ---- opening ---- */

static int lock_folder(runut_seen *self, runut_error *error)
{
    char path[MOST_PATH];
    if (mkdir(self->folder, 0777) != 0 && errno != EEXIST)
        return fail(self, "", error);
    self->lock = open(path_of(self, path, "lock", 0), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (self->lock < 0)
        return fail(self, "lock", error);
    if (flock(self->lock, LOCK_EX | LOCK_NB) == 0)
        return RUNUT_OK;
    int code = runut_error_set(error, RUNUT_ERR_STORE, "another process uses it");
    runut_error_place(error, runut_slice_of(self->folder), 0, 0);
    return code;
}

static int open_spools(runut_seen *self, const head *h, runut_error *error)
{
    char path[MOST_PATH];
    size_t memory = self->options.memory;
    int code = runut_spool_open(path_of(self, path, "records", 0), h->records, RECORDS * sizeof(runut_seen_record),
                                memory * 3 / 10 / (RECORDS * sizeof(runut_seen_record)), &self->records, error);
    if (code == RUNUT_OK)
        code = runut_spool_open(path_of(self, path, "names", 0), h->names, NAMES, memory / 20 / NAMES, &self->names,
                                error);
    if (code != RUNUT_OK || !self->folder)
        return code;
    code = runut_spool_open(path_of(self, path, "journal", self->journal_number), h->journal, QUEUE, 1, &self->journal,
                            error);
    if (code == RUNUT_OK)
        code = runut_spool_open(path_of(self, path, "said", self->said_number), h->said, QUEUE, 1, &self->said, error);
    return code;
}

static int open_keys(runut_seen *self, const head *h, runut_error *error)
{
    int code = runut_keys_new(self->folder, self->options.memory / 20 * 11, &self->keys, error);
    for (size_t i = 0; i < h->run_count && code == RUNUT_OK; i++)
        code = runut_keys_open_run(self->keys, &h->runs[i], error);
    for (uint64_t at = 0, entry; at < h->journal && code == RUNUT_OK; at += sizeof entry) {
        code = runut_spool_read(self->journal, at, &entry, sizeof entry, error);
        if (code == RUNUT_OK)
            code = runut_keys_put(self->keys, entry, error);
    }
    if (code == RUNUT_OK && runut_keys_flushes(self->keys)) { /* there is less memory than there was */
        code = runut_keys_flush(self->keys, error);
        if (code == RUNUT_OK)
            code = runut_seen_state_flushed(self, error);
    }
    return code;
}

/* A run that was ended goes on with what it was begun with. */
static int check_head(const runut_seen *self, const head *h, runut_error *error)
{
    head now = {.threshold = (uint32_t)(self->options.threshold * 1e6 + 0.5), .contained = self->options.contained};
    if (h->finished || h->said == 0 || (now.threshold == h->threshold && now.contained == h->contained))
        return RUNUT_OK;
    int code = runut_error_set(error, RUNUT_ERR_USE,
                               "a run was ended here before it was complete: take it up with --threshold %g%s",
                               h->threshold / 1e6, h->contained ? " --contained" : " and without --contained");
    runut_error_place(error, runut_slice_of(self->folder), 0, 0);
    return code;
}

static int open_folder(runut_seen *self, head *h, runut_error *error)
{
    bool found = false;
    self->folder = strdup(self->options.folder);
    if (!self->folder)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    if (strlen(self->folder) > MOST_PATH - 64)
        return runut_error_set(error, RUNUT_ERR_USE, "the name of the folder is too long");
    int code = lock_folder(self, error);
    if (code == RUNUT_OK)
        code = read_head(self, h, &found, error);
    if (code == RUNUT_OK && found)
        code = check_head(self, h, error);
    if (code != RUNUT_OK)
        return code;
    bool begin = found && h->finished;
    clear_folder(self, h);
    self->journal_number = found ? h->journal_number : 1;
    self->said_number = found ? h->said_number + begin : 1;
    h->said = begin ? 0 : h->said;
    self->to_replay = h->said / sizeof(runut_seen_said);
    return RUNUT_OK;
}

int runut_seen_state_open(runut_seen *self, runut_error *error)
{
    head h = {0};
    int code = self->options.folder ? open_folder(self, &h, error) : RUNUT_OK;
    if (code == RUNUT_OK)
        code = open_spools(self, &h, error);
    if (code == RUNUT_OK)
        code = open_keys(self, &h, error);
    return code;
}

void runut_seen_close(runut_seen *self)
{
    if (!self)
        return;
    runut_spool_close(self->records);
    runut_spool_close(self->names);
    runut_spool_close(self->journal);
    runut_spool_close(self->said);
    runut_keys_free(self->keys);
    if (self->lock >= 0)
        close(self->lock);
    free(self->folder);
    free(self->name);
    free(self);
}

/* ---- commits ---- */

int runut_seen_state_commit(runut_seen *self, bool finished, runut_error *error)
{
    runut_spool *const spools[] = {self->names, self->records, self->journal, self->said};
    int code = RUNUT_OK;
    for (size_t i = 0; i < sizeof spools / sizeof *spools && code == RUNUT_OK; i++)
        code = runut_spool_sync(spools[i], error);
    if (code != RUNUT_OK) {
        runut_error_place(error, runut_slice_of(self->folder), 0, 0);
        return code;
    }
    head h = head_of(self, finished);
    code = write_head(self, &h, error);
    if (code == RUNUT_OK)
        clear_folder(self, &h);
    self->unsafe = 0;
    return code;
}

int runut_seen_state_flushed(runut_seen *self, runut_error *error)
{
    char path[MOST_PATH];
    if (!self->folder)
        return RUNUT_OK;
    runut_spool_close(self->journal);
    self->journal = NULL;
    self->journal_number++;
    return runut_spool_open(path_of(self, path, "journal", self->journal_number), 0, QUEUE, 1, &self->journal, error);
}

int runut_seen_state_part(runut_seen *self, runut_error *error)
{
    char path[MOST_PATH];
    runut_spool *old = self->said;
    runut_seen_said said;
    self->said_number++;
    int code = runut_spool_open(path_of(self, path, "said", self->said_number), 0, QUEUE, 1, &self->said, error);
    for (uint64_t i = 0; i < self->replayed && code == RUNUT_OK; i++) {
        code = runut_spool_read(old, i * sizeof said, &said, sizeof said, error);
        if (code == RUNUT_OK)
            code = runut_spool_append(self->said, &said, sizeof said, error);
    }
    runut_spool_close(old);
    self->to_replay = self->replayed;
    return code;
}
