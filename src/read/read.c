#include "read/read.h"

#include <errno.h>
#include <fts.h>
#include <json-c/json.h>
#include <string.h>
#include <sys/stat.h>

#include "base/slice.h"
#include "read/reading.h"

enum { MOST_RECORD = 64 << 20, MOST_DEPTH = 64 /* of folders, and of JSON */, RECORD_ARENA = 1 << 20 };

static void tell_skipped(runut_reading *self, const char *path)
{
    if (self->on_skipped && runut_skipped_all(&self->skipped))
        self->on_skipped(self->context, runut_slice_of(path), &self->skipped);
    self->skipped = (runut_skipped){0};
}

static int read_file(runut_reading *self, const char *path, runut_error *error)
{
    runut_input *input = runut_input_open(path, error);
    if (!input) {
        self->on_reject(self->context, error);
        return RUNUT_ERR_IO;
    }
    int code = runut_reading_input(self, input, runut_slice_of(path));
    runut_input_close(input);
    tell_skipped(self, path);
    return code == RUNUT_ERR_MEMORY ? runut_error_set(error, code, "out of memory") : code;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void reject_entry(runut_reading *self, const FTSENT *entry, const char *why)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_IO, "%s", why);
    runut_reading_reject(self, runut_slice_of(entry->fts_path), 0, 0, &error);
}

/* `*hidden_files`: those that were passed over. */
static int read_entry(runut_reading *self, FTS *tree, FTSENT *entry, uint64_t *hidden_files, runut_error *error)
{
    runut_error trouble; /* told already, unless there is no going on */
    int code;
    bool hidden = entry->fts_level > 0 && entry->fts_name[0] == '.';
    switch (entry->fts_info) {
    case FTS_D:
        if (hidden || entry->fts_level > MOST_DEPTH)
            fts_set(tree, entry, FTS_SKIP);
        if (!hidden && entry->fts_level > MOST_DEPTH)
            reject_entry(self, entry, "folders nested too deeply");
        return RUNUT_OK;
    case FTS_F:
        *hidden_files += hidden;
        code = hidden ? RUNUT_OK : read_file(self, entry->fts_path, &trouble);
        if (code == RUNUT_ERR_MEMORY && error)
            *error = trouble;
        return code == RUNUT_ERR_MEMORY || code == RUNUT_ERR_STOPPED ? code : RUNUT_OK;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        reject_entry(self, entry, strerror(entry->fts_errno));
        return RUNUT_OK;
    case FTS_SLNONE:
        reject_entry(self, entry, "symbolic link to nothing");
        return RUNUT_OK;
    case FTS_DC:
        reject_entry(self, entry, "symbolic link back to a folder above");
        return RUNUT_OK;
    case FTS_DEFAULT:
        if (!hidden)
            reject_entry(self, entry, "neither a file nor a folder");
        return RUNUT_OK;
    default:
        return RUNUT_OK;
    }
}

/* errno says what is wrong. */
static int fail_folder(runut_reading *self, const char *path, runut_error *error)
{
    bool memory = errno == ENOMEM;
    runut_error own;
    error = error ? error : &own;
    runut_error_set(error, memory ? RUNUT_ERR_MEMORY : RUNUT_ERR_IO, "%s", memory ? "out of memory" : strerror(errno));
    runut_error_place(error, runut_slice_of(path), 0, 0);
    if (!memory)
        self->on_reject(self->context, error);
    return error->code;
}

static int read_folder(runut_reading *self, const char *path, runut_error *error)
{
    char *const paths[] = {(char *)path, NULL};
    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!tree)
        return fail_folder(self, path, error);
    int code = RUNUT_OK;
    uint64_t hidden = 0;
    while (code == RUNUT_OK) {
        errno = 0; /* without memory fts leaves names out, or in the order in which they lie on the disk */
        FTSENT *entry = fts_read(tree);
        if (errno == ENOMEM || (!entry && errno))
            code = fail_folder(self, path, error);
        else if (!entry)
            break;
        else
            code = read_entry(self, tree, entry, &hidden, error);
    }
    fts_close(tree);
    self->skipped.of[RUNUT_SKIP_MEMBER] = hidden;
    tell_skipped(self, path);
    return code;
}

int runut_read(const char *path, const runut_read_options *options, runut_on_capture on_capture,
               runut_on_reject on_reject, void *context, runut_error *error)
{
    runut_reading self = {.most = options && options->most_record ? options->most_record : MOST_RECORD,
                          .on_capture = on_capture,
                          .on_reject = on_reject,
                          .on_lines = options ? options->on_lines : NULL,
                          .on_skipped = options ? options->on_skipped : NULL,
                          .context = context,
                          .arena = runut_arena_new(RECORD_ARENA),
                          .tokener = json_tokener_new_ex(MOST_DEPTH)};
    struct stat status;
    int code;
    if (!self.arena || !self.tokener)
        code = runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    else if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        code = read_folder(&self, path, error);
    else
        code = read_file(&self, path, error);
    if (self.tokener)
        json_tokener_free(self.tokener);
    runut_arena_free(self.arena);
    runut_scratch_free(&self.header);
    runut_scratch_free(&self.body);
    return code;
}
