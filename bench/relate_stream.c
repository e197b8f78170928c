/* How relating scales: relate_stream [ARTICLES [BATCH [THREADS]]] relates an invented stream (stream.c) in batches as
 * the store does it, and prints speed, memory, work and quality. Making the digests is not counted; they wait in a
 * file, as in the store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "relate/relater.h"
#include "stream.h"

enum { PROGRESS = 200000 }; /* from so many articles on, how it goes is told */

typedef struct bench {
    stream *stream;
    size_t count, batch;
    runut_relater *relater;
    runut_arena *digests, *answers;
    uint32_t *event, *story; /* found for each article, for each event */
    bool *is_reuse;
    size_t events_size;
    int file;                                /* where the digests wait */
    uint64_t *offset;                        /* where each begins, and where the last one ends */
    double wall, cpu, tenth_wall, tenth_cpu; /* of all, of the last tenth */
    double part_cpu;                         /* since the last word on progress */
} bench;

static double clock_of(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void die(const char *what)
{
    fprintf(stderr, "relate_stream: %s\n", what);
    exit(1);
}

static void note(bench *self, const runut_changes *changes)
{
    for (size_t i = 0; i < changes->relations.size; i++) {
        const runut_relation *r = &changes->relations.at[i];
        if (r->more)
            continue;
        self->event[r->article - 1] = r->event;
        self->is_reuse[r->article - 1] = r->has_reuse;
    }
    for (size_t i = 0; i < changes->events.size; i++)
        if (changes->events.at[i].event < self->events_size)
            self->story[changes->events.at[i].event] = changes->events.at[i].story;
}

static int fetch(void *context, uint32_t article, runut_arena *arena, runut_slice *digest, runut_error *error)
{
    const bench *self = context;
    size_t size = self->offset[article] - self->offset[article - 1];
    char *at = runut_arena_alloc(arena, size);
    if (pread(self->file, at, size, (off_t)self->offset[article - 1]) != (ssize_t)size)
        return runut_error_set(error, RUNUT_ERR_IO, "cannot read the file of digests");
    *digest = (runut_slice){at, size};
    return RUNUT_OK;
}

static void open_file(bench *self)
{
    char name[] = "/tmp/runut-digests-XXXXXX";
    self->file = mkstemp(name);
    if (self->file < 0)
        die("cannot make a file in /tmp");
    unlink(name);
}

static void relate_batch(bench *self, size_t from, size_t end)
{
    runut_error error;
    runut_changes changes = {0};
    runut_arena_reset(self->digests);
    runut_arena_reset(self->answers);
    if (RUNUT_ARENA_TRY(self->digests) != 0 || RUNUT_ARENA_TRY(self->answers) != 0)
        die("out of memory");
    runut_slice *made = runut_arena_alloc(self->digests, (end - from) * sizeof *made);
    for (size_t i = from; i < end; i++) {
        made[i - from] = stream_digest(self->stream, self->digests, i);
        self->offset[i + 1] = self->offset[i] + made[i - from].size;
        if (pwrite(self->file, made[i - from].at, made[i - from].size, (off_t)self->offset[i]) < 0)
            die("cannot write to the file of digests");
    }
    double wall = clock_of(CLOCK_MONOTONIC), cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t i = from; i < end; i++)
        if (runut_relater_add(self->relater, (uint32_t)i + 1, made[i - from], &error) != RUNUT_OK)
            die(error.message);
    if (runut_relater_settle(self->relater, self->answers, &changes, &error) != RUNUT_OK)
        die(error.message);
    wall = clock_of(CLOCK_MONOTONIC) - wall;
    cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    self->wall += wall;
    self->cpu += cpu;
    if (from >= self->count - self->count / 10) {
        self->tenth_wall += wall;
        self->tenth_cpu += cpu;
    }
    note(self, &changes);
    self->part_cpu += cpu;
    if (self->count >= PROGRESS && end / (self->count / 10) > from / (self->count / 10)) {
        fprintf(stderr, "  %zu: CPU us/article of the last tenth %.1f, heap bytes/article %.0f\n", end,
                self->part_cpu / (double)(self->count / 10) * 1e6, (double)self->relater->heap.used / (double)end);
        self->part_cpu = 0;
    }
}

/* ---- quality ---- */

typedef struct labelled {
    uint32_t truth, found;
} labelled;

static int by_truth(const void *a, const void *b)
{
    const labelled *x = a, *y = b;
    if (x->truth != y->truth)
        return x->truth < y->truth ? -1 : 1;
    return (x->found > y->found) - (x->found < y->found);
}

/* Precision or recall: mean share of the members of an article's set that are with it in the other partition. */
static double share(labelled *all, size_t count, const uint32_t *sizes)
{
    double sum = 0;
    qsort(all, count, sizeof *all, by_truth);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && all[end].truth == all[i].truth && all[end].found == all[i].found; end++)
            ;
        sum += (double)(end - i) * (double)(end - i) / sizes[all[i].truth];
    }
    return sum / (double)count;
}

/* Of events, or of stories. */
static double bcubed(const bench *self, bool stories, double *precision, double *recall)
{
    labelled *all = calloc(self->count, sizeof *all);
    uint32_t *sizes = calloc(self->events_size + stream_events(self->stream), sizeof *sizes);
    if (!all || !sizes)
        die("out of memory");
    for (size_t i = 0; i < self->count; i++) {
        all[i] = stories ? (labelled){stream_story(self->stream, i), self->story[self->event[i]]}
                         : (labelled){stream_event(self->stream, i), self->event[i]};
        sizes[all[i].truth]++;
    }
    *recall = share(all, self->count, sizes);
    memset(sizes, 0, stream_events(self->stream) * sizeof *sizes);
    for (size_t i = 0; i < self->count; i++) {
        all[i] = (labelled){all[i].found, all[i].truth};
        sizes[all[i].truth]++;
    }
    *precision = share(all, self->count, sizes);
    free(all);
    free(sizes);
    return 2 * *precision * *recall / (*precision + *recall);
}

typedef struct placed {
    uint32_t found, row, truth;
} placed;

static int by_found(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->found != y->found)
        return x->found < y->found ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->truth > y->truth) - (x->truth < y->truth);
}

/* Pairs of articles of different happenings of one row that were put into one event. */
static uint64_t recurring_pairs(const bench *self)
{
    placed *all = calloc(self->count, sizeof *all);
    uint64_t pairs = 0;
    if (!all)
        die("out of memory");
    for (size_t i = 0; i < self->count; i++)
        all[i] = (placed){self->event[i], stream_row(self->stream, i), stream_event(self->stream, i)};
    qsort(all, self->count, sizeof *all, by_found);
    for (size_t i = 0, end; i < self->count; i = end) {
        uint64_t same = 0;
        for (end = i; end < self->count && all[end].found == all[i].found && all[end].row == all[i].row;) {
            size_t from = end;
            while (end < self->count && all[end].found == all[i].found && all[end].row == all[i].row &&
                   all[end].truth == all[from].truth)
                end++;
            same += (uint64_t)(end - from) * (end - from);
        }
        pairs += ((uint64_t)(end - i) * (end - i) - same) / 2;
    }
    free(all);
    return pairs;
}

static double copies_found(const bench *self)
{
    size_t copies = 0, found = 0;
    for (size_t i = 0; i < self->count; i++)
        if (stream_is_copy(self->stream, i)) {
            copies++;
            found += self->is_reuse[i];
        }
    return copies ? (double)found / (double)copies : 0;
}

static void print(const bench *self, double before)
{
    struct rusage usage;
    double n = (double)self->count, precision, recall, tenth = (double)(self->count / 10 ? self->count / 10 : 1);
    getrusage(RUSAGE_SELF, &usage);
    double story = bcubed(self, true, &precision, &recall), event = bcubed(self, false, &precision, &recall);
    printf(
        "articles %zu  happenings %zu  articles/s %.0f  CPU us/article %.1f  last tenth %.1f  wall us/article %.1f\n",
        self->count, stream_events(self->stream), n / self->wall, self->cpu / n * 1e6, self->tenth_cpu / tenth * 1e6,
        self->wall / n * 1e6);
    printf("  peak RSS MB %.0f (%.0f before)  heap bytes/article %.0f\n", (double)usage.ru_maxrss / 1024, before,
           (double)self->relater->heap.used / n);
    const runut_work *w = &self->relater->work;
    printf("  per article: candidates %.1f  edges %.1f  put into events %.1f times  digests fetched %.1f\n",
           (double)w->candidates / n, (double)self->relater->shelf.edges.size / n, (double)w->grouped / n,
           (double)w->fetched / n);
    printf("  precision %.4f  recall %.4f  F1 %.4f  stories %.4f  recurring pairs merged %llu  copies found %.3f\n",
           precision, recall, event, story, (unsigned long long)recurring_pairs(self), copies_found(self));
}

int main(int argc, char **argv)
{
    bench self = {.count = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000,
                  .batch = argc > 2 ? strtoul(argv[2], NULL, 10) : 512};
    size_t threads = argc > 3 ? strtoul(argv[3], NULL, 10) : 2;
    self.stream = stream_new(1, self.count);
    self.digests = runut_arena_new((size_t)1 << 30);
    self.answers = runut_arena_new((size_t)1 << 32);
    self.event = calloc(self.count, sizeof *self.event);
    self.is_reuse = calloc(self.count, sizeof *self.is_reuse);
    self.events_size = 3 * self.count + 1;
    self.offset = calloc(self.count + 1, sizeof *self.offset);
    self.story = calloc(self.events_size, sizeof *self.story);
    if (!self.stream || !self.digests || !self.answers || !self.event || !self.is_reuse || !self.offset ||
        !self.story || runut_relater_new(&self.relater, NULL) != RUNUT_OK)
        die("out of memory");
    open_file(&self);
    runut_relater_threads(self.relater, threads);
    runut_relater_fetch_by(self.relater, fetch, &self);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double before = (double)usage.ru_maxrss / 1024;
    for (size_t i = 0; i < self.count; i += self.batch)
        relate_batch(&self, i, i + self.batch < self.count ? i + self.batch : self.count);
    print(&self, before);
    return 0;
}
