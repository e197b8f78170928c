/* A store made anew from the articles of another one, which may be damaged: index, relations and sums come of the
 * articles alone, in the batches in which adding all at once would have put them. The new one is written beside the
 * place where it shall be and takes it by one rename, when it is complete, found whole and safe on the disk:
 *
 *     lock the old one ─→ read article by article ─→ batches into PATH-rebuild ─→ seal, check, sync
 *                                                          the old one's log into its file ─→ rename ─→ sync the folder
 *
 * Until the rename the old store is as it was, whatever happens. Nobody may have it open meanwhile: who did would go on
 * writing into a file that has no name any more. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/add.h"
#include "engine/new_store.h"
#include "engine/pool.h"
#include "engine/recorded.h"
#include "engine/upkeep.h"
#include "runut/upkeep.h"

typedef struct rebuilding {
    const runut_rebuild_options *options;
    runut *old, *new;
    runut_store_check check; /* of the old one */
    runut_add_options adding;
    runut_add_report added;
    runut_batch batch;
    const char *source;
    char *target, *path; /* where it shall be; where it is written */
} rebuilding;

/* ---- what is told ---- */

static void on_finding(void *context, const char *part, const char *place, const char *what)
{
    const rebuilding *self = context;
    const runut_finding finding = {part, place, what};
    if (self->options->on_lost)
        self->options->on_lost(self->options->context, &finding);
}

static void on_progress(void *context, const char *part, uint64_t done, uint64_t of)
{
    const rebuilding *self = context;
    (void)part;
    if (self->options->on_progress)
        self->options->on_progress(self->options->context, done, of);
}

static void on_added(void *context, const runut_added_article *article)
{
    rebuilding *self = context;
    if (article->what == RUNUT_ADDED_KNOWN)
        runut_store_check_tell(&self->check, article->id, "is the same capture as an article before it");
}

/* ---- article by article ---- */

static runut_row copy_row(runut_arena *arena, const runut_row *row)
{
    runut_row copy = *row;
    runut_slice *const parts[] = {&copy.hash,     &copy.id,        &copy.file, &copy.url,    &copy.language,
                                  &copy.headline, &copy.publisher, &copy.body, &copy.record, &copy.digest};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i] = runut_arena_copy(arena, *parts[i]);
    return copy;
}

static int put_into_batch(rebuilding *self, const runut_row *row, runut_slice lines)
{
    runut_batch *batch = &self->batch;
    if (RUNUT_ARENA_TRY(batch->arena) != 0)
        return runut_error_set(batch->error, RUNUT_ERR_MEMORY, "out of memory");
    runut_prepared *p = RUNUT_APPEND(batch->arena, batch->rows);
    *p = (runut_prepared){.what = RUNUT_ADDED_STORED, .row = copy_row(batch->arena, row)};
    p->hash = p->row.hash;
    p->id = p->row.id;
    p->file = p->row.file;
    p->lines = runut_arena_copy(batch->arena, lines);
    batch->bytes += row->body.size + row->digest.size + row->record.size;
    runut_prepare_recorded(batch->arena, p);
    return RUNUT_OK;
}

static int take(void *context, runut_store_check *check, const runut_row *row, runut_slice lines)
{
    enum { FIRST_DAY = -719162, LAST_DAY = 2932896 }; /* years 1 to 9999 */
    rebuilding *self = context;
    runut_row good = *row;
    char place[16];
    uint64_t before = check->findings;
    snprintf(place, sizeof place, "a%u", row->number);
    runut_check_article(self->new, check, place, row);
    if (check->findings > before)
        return RUNUT_OK; /* told, and left out */
    if (!runut_check_lines(check, place, lines))
        lines.size = 0;
    if (row->day != RUNUT_NO_DAY && (row->day < FIRST_DAY || row->day > LAST_DAY)) {
        runut_store_check_tell(check, place, "its day is none");
        good.day = RUNUT_NO_DAY;
    }
    int code = put_into_batch(self, &good, lines);
    return code == RUNUT_OK && runut_batch_is_full(&self->batch) ? runut_batch_flush(&self->batch) : code;
}

static int fill(rebuilding *self)
{
    runut_store_keep_arrivals(self->new->store);
    int code = runut_store_salvage(&self->check, take, self);
    if (code == RUNUT_OK)
        code = runut_batch_flush(&self->batch);
    if (code == RUNUT_OK && self->added.stored == 0 && self->check.findings)
        code = runut_error_set(self->batch.error, RUNUT_ERR_STORE, "%s: no article of it can be read", self->source);
    if (code == RUNUT_OK)
        code = runut_store_salvage_rest(&self->check, self->new->store);
    runut_store_check_end(&self->check);
    return code;
}

/* ---- files ---- */

/* Whose it is and who may read it stays as it was. */
static int as_the_old_one(rebuilding *self, runut_error *error)
{
    struct stat of;
    int fd = open(self->path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return runut_new_store_error(self->path, error);
    if (!self->options->to && stat(self->source, &of) == 0) {
        if (fchown(fd, of.st_uid, of.st_gid) != 0)
            errno = 0; /* who may not give it away keeps it */
        if (fchmod(fd, of.st_mode & 0777) != 0) {
            close(fd);
            return runut_new_store_error(self->path, error);
        }
    }
    return runut_new_store_sync(fd, self->path, error);
}

/* ---- the whole ---- */

/* The old one's log is empty, and stays so after a loss of power: it must never be taken for the new one's. */
static int log_is_empty(const char *store, runut_error *error)
{
    struct stat of;
    char *path = malloc(strlen(store) + sizeof "-wal");
    int code = RUNUT_OK;
    if (!path)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    sprintf(path, "%s-wal", store);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &of) == 0 && of.st_size != 0)
        code = runut_error_set(error, RUNUT_ERR_STORE, "%s: cannot be emptied", path);
    else if (fd < 0 && errno != ENOENT)
        code = runut_new_store_error(path, error);
    if (fd >= 0) {
        int synced = runut_new_store_sync(fd, path, error);
        code = code == RUNUT_OK ? synced : code;
    }
    free(path);
    return code;
}

/* The old one's log goes into its file, so that the file alone is the store; then the new one takes its name. */
static int put_in_place(rebuilding *self, runut_error *error)
{
    int code = as_the_old_one(self, error);
    if (code == RUNUT_OK && !self->options->to)
        code = runut_store_seal(self->old->store, error);
    if (code == RUNUT_OK && !self->options->to)
        code = log_is_empty(self->target, error);
    if (code != RUNUT_OK)
        return code;
    if (self->options->to)
        return runut_new_store_name(self->path, self->target, error);
    if (rename(self->path, self->target) != 0)
        return runut_new_store_error(self->target, error);
    return runut_new_store_sync_folder(self->target, error);
}

static int make(rebuilding *self, runut_error *error)
{
    self->check = (runut_store_check){.store = self->old->store,
                                      .on_finding = on_finding,
                                      .on_progress = on_progress,
                                      .context = self,
                                      .stop = self->options->stop,
                                      .error = error};
    self->adding = (runut_add_options){.on_article = on_added, .context = self};
    self->batch = (runut_batch){.options = &self->adding,
                                .report = &self->added,
                                .error = error,
                                .arena = runut_arena_new(RUNUT_BATCH_ARENA),
                                .threads = runut_pool_cores()};
    if (!self->batch.arena)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    runut_new_store_remove(self->path, false); /* of a run that was ended */
    int code = runut_open(self->path, 0, &self->new, error);
    if (code != RUNUT_OK)
        return code;
    self->batch.runut = self->new;
    code = fill(self);
    if (code == RUNUT_OK)
        code = runut_new_store_seal(&self->new, self->path, self->target, self->options->stop, error);
    return code == RUNUT_OK ? put_in_place(self, error) : code;
}

/* Where it shall be, and a name beside that: in place of the old one that is locked by us, so the name is ours too. */
static int name_files(rebuilding *self, const char *path, runut_error *error)
{
    const char *to = self->options->to;
    struct stat of;
    if (to && lstat(to, &of) == 0)
        return runut_error_set(error, RUNUT_ERR_USE, "%s is there already", to);
    if (stat(path, &of) == 0 && S_ISREG(of.st_mode) && of.st_size == 0) /* SQLite would write into it, to lock it */
        return runut_error_set(error, RUNUT_ERR_STORE, "%s: holds nothing yet", path);
    self->target = to ? strdup(to) : realpath(path, NULL);
    if (!self->target)
        return runut_new_store_error(path, error);
    self->path = malloc(strlen(self->target) + 64);
    if (!self->path)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    if (to)
        sprintf(self->path, "%s-rebuild-%ld", self->target, (long)getpid());
    else
        sprintf(self->path, "%s-rebuild", self->target);
    return RUNUT_OK;
}

int runut_rebuild(const char *path, const runut_rebuild_options *options, runut_rebuild_report *report,
                  runut_error *error)
{
    static const runut_rebuild_options none = {0};
    rebuilding self = {.options = options ? options : &none, .source = path};
    runut_error own;
    error = error ? error : &own;
    int code = name_files(&self, path, error);
    if (code == RUNUT_OK)
        code = runut_open_as_it_is(path, !self.options->to, &self.old, error);
    if (code == RUNUT_OK) {
        code = make(&self, error);
        runut_close(self.new);
        runut_new_store_remove(self.path, false);
    }
    if (report)
        *report = (runut_rebuild_report){.articles = self.added.stored, .lost = self.check.findings};
    runut_close(self.old);
    runut_arena_free(self.batch.arena);
    free(self.target);
    free(self.path);
    return code;
}
