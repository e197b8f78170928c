/* Watching in passes: first the feeds and lists that are due, then the pages that they led to. What was seen and what
 * waits stands in a file beside the store, so that a watcher may be ended at any time and go on where it was; what it
 * takes for new is judged there, and what it adds is safe in the store before it is remembered as seen.
 *
 *     operands ─→ sources ─→ feed: reports ────────────┐
 *        ↑            │            links ─→ pages ─────┴→ taken ─→ store ─→ told
 *        └── lists ───┘ */
#include "engine/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/url.h"

enum {
    DEFAULT_TIMEOUT = 30,
    DEFAULT_RETRY = 60,
    DEFAULT_MOST = 1000,
    LONGEST_RETRY = 86400,
    MOST_LIST = 32 << 20, /* bytes of a file of links */
    MOST_SOURCES = 20000,
    SEATS = 8 /* hosts that are asked at a time */
};

#define ARENA ((size_t)1 << 30)

int64_t runut_watch_now(void)
{
    return (int64_t)time(NULL);
}

bool runut_watch_stopped(const runut_watch_run *self)
{
    return self->options->stop && *self->options->stop;
}

void runut_watch_tell(runut_watch_run *self, const runut_watch_news *news)
{
    runut_watch_news told = *news;
    told.article = told.article ? told.article : "";
    told.before = told.before ? told.before : "";
    told.headline = told.headline ? told.headline : "";
    told.message = told.message ? told.message : "";
    if (self->options->on_news)
        self->options->on_news(self->options->context, &told);
}

/* Twice as long each time, a quarter more or less of it by lot, so that watchers do not come all at once. */
int64_t runut_watch_retry(const runut_watch_run *self, runut_slice url, uint32_t failures)
{
    int64_t wait = self->options->retry ? self->options->retry : DEFAULT_RETRY;
    for (uint32_t i = 1; i < failures && wait < LONGEST_RETRY; i++)
        wait *= 2;
    wait = wait < LONGEST_RETRY ? wait : LONGEST_RETRY;
    uint64_t lot = (runut_slice_hash(url) ^ self->options->seed) + failures;
    lot = (lot ^ lot >> 30) * 0xBF58476D1CE4E5B9u; /* Steele, Lea, Flood, "SplitMix" (2014) */
    lot = (lot ^ lot >> 27) * 0x94D049BB133111EBu;
    lot ^= lot >> 31;
    return runut_watch_now() + wait + wait / 4 - (int64_t)(lot % (uint64_t)(wait / 2 + 1));
}

/* ---- sources ---- */

static void put_off(runut_watch_run *self, runut_slice url, const char *why)
{
    self->report->failed++;
    runut_watch_tell(
        self, &(runut_watch_news){.what = RUNUT_WATCHED_REFUSED, .url = url.at, .source = url.at, .message = why});
}

void runut_watch_add_source(runut_watch_run *self, runut_slice url)
{
    runut_watch_source source;
    if (self->code != RUNUT_OK || self->queued >= MOST_SOURCES)
        return;
    self->code = runut_watch_source_get(self->state, self->item, url, &source, self->error);
    if (self->code != RUNUT_OK || source.run == self->run)
        return;
    source.run = self->run;
    self->code = runut_watch_source_put(self->state, &source, self->error);
    bool held = source.status != 410 && source.hold > runut_watch_now();
    self->report->held += held;
    if (self->code != RUNUT_OK || source.status == 410 || held)
        return;
    self->queued++;
    if (!runut_watch_queue_put(self->queue, self->item, runut_arena_copy(self->arena, url)))
        put_off(self, url, "not an address of http or https");
}

/* In one form, so that a source is not taken twice. */
static void add_address(runut_watch_run *self, runut_slice text)
{
    runut_url url;
    if (runut_url_read(self->item, text, &url))
        runut_watch_add_source(self, url.text);
    else
        put_off(self, runut_arena_copy(self->item, text), "not an address of http or https");
}

static int broken_operand(runut_watch_run *self, int code, const char *path, const char *why)
{
    self->code = runut_error_set(self->error, code, "%s", why);
    runut_error_place(self->error, runut_slice_of(path), 0, 0);
    return code;
}

/* All of the file, '\0' behind it, to be freed; NULL after having said why. */
static char *read_file(runut_watch_run *self, const char *path, size_t *size)
{
    struct stat st;
    char *text = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        broken_operand(self, RUNUT_ERR_IO, path, strerror(errno));
        return NULL;
    }
    if (fstat(file, &st) != 0 || !S_ISREG(st.st_mode))
        broken_operand(self, RUNUT_ERR_USE, path, "neither an address nor a file");
    else if (st.st_size > MOST_LIST)
        broken_operand(self, RUNUT_ERR_INPUT, path, "too large for a list of links");
    else if (!(text = malloc((size_t)st.st_size + 1)))
        broken_operand(self, RUNUT_ERR_MEMORY, path, "out of memory");
    ssize_t got = 1;
    for (*size = 0; text && got > 0 && *size<(size_t)st.st_size; *size += got> 0 ? (size_t)got : 0)
        got = read(file, text + *size, (size_t)st.st_size - *size);
    if (text && got < 0) {
        broken_operand(self, RUNUT_ERR_IO, path, strerror(errno));
        free(text);
        text = NULL;
    }
    close(file);
    return text;
}

static void add_lines(runut_watch_run *self, const char *path, runut_slice text)
{
    runut_slice line;
    uint64_t number = 0;
    while (self->code == RUNUT_OK && runut_slice_line(&text, &line)) {
        number++;
        line = runut_slice_trim(line);
        runut_arena_reset(self->item);
        if (line.size == 0 || line.at[0] == '#')
            continue;
        if (!runut_url_is_web(line)) {
            broken_operand(self, RUNUT_ERR_INPUT, path, "not an address of http or https, nor a list of such");
            self->error->record = number;
        } else if (RUNUT_ARENA_TRY(self->item) == 0) {
            add_address(self, line);
        }
    }
}

/* What a feed in a file leads to is fetched like that of another, though nobody asks for the file again. */
static void add_feed_file(runut_watch_run *self, const char *path, runut_slice text)
{
    bool lists;
    uint32_t ttl;
    runut_watch_source source = {.url = runut_slice_of(path), .run = self->run, .due = INT64_MAX};
    self->code = runut_watch_source_put(self->state, &source, self->error);
    if (self->code == RUNUT_OK)
        runut_watch_take_feed(self, source.url, (runut_slice){"", 0}, text, (runut_slice){"", 0}, &lists, &ttl);
}

static void add_file(runut_watch_run *self, const char *path)
{
    size_t size = 0;
    char *text = read_file(self, path, &size);
    if (!text)
        return;
    text[size] = '\0';
    if (runut_watch_is_feed((runut_slice){text, size}))
        add_feed_file(self, path, (runut_slice){text, size});
    else
        add_lines(self, path, (runut_slice){text, size});
    free(text);
}

static void add_operand(runut_watch_run *self, const char *operand)
{
    runut_arena_reset(self->item);
    if (!runut_url_is_web(runut_slice_of(operand)))
        add_file(self, operand);
    else if (RUNUT_ARENA_TRY(self->item) == 0)
        add_address(self, runut_slice_of(operand));
}

/* ---- a pass ---- */

static int queue_page(void *context, runut_slice url)
{
    runut_watch_run *self = context;
    self->queued++;
    runut_watch_queue_put(self->queue, self->item, runut_arena_copy(self->arena, url));
    return 0;
}

static int count_page(void *context, runut_slice url)
{
    runut_watch_run *self = context;
    (void)url;
    self->report->waiting++;
    return 0;
}

static void new_queue(runut_watch_run *self)
{
    runut_arena_reset(self->arena);
    runut_arena_reset(self->item);
    self->queue = runut_watch_queue_new(self->arena);
    self->queued = 0;
}

static void fetch_pages(runut_watch_run *self)
{
    uint32_t most = self->options->most ? self->options->most : DEFAULT_MOST;
    new_queue(self);
    self->code = runut_watch_pending(self->state, self->run, runut_watch_now(), most, queue_page, self, self->error);
    if (self->code == RUNUT_OK)
        runut_watch_work(self, &runut_watch_pages);
}

static void finish_pass(runut_watch_run *self)
{
    if (self->code == RUNUT_OK)
        self->code = runut_watch_waiting(self->state, self->run, count_page, self, self->error);
    if (self->code == RUNUT_OK)
        self->code = runut_watch_earliest(self->state, self->run, &self->report->next, self->error);
    if (self->code == RUNUT_OK && self->options->on_pass)
        self->options->on_pass(self->options->context, self->runut, self->report);
}

/* The first pass asks for all operands, later ones for what is due. */
static void begin_pass(runut_watch_run *self, const char *const *operands, int count)
{
    *self->report = (runut_watch_report){0};
    new_queue(self);
    for (int i = 0; i < count && self->code == RUNUT_OK; i++)
        add_operand(self, operands[i]);
    if (count == 0)
        self->code = runut_watch_due(self->state, self->run, runut_watch_now(), queue_page, self, self->error);
}

static void pass(runut_watch_run *self, const char *const *operands, int count)
{
    if (RUNUT_ARENA_TRY(self->arena) != 0) {
        self->code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
        return;
    }
    begin_pass(self, operands, count);
    runut_watch_work(self, &runut_watch_sources);
    if (self->code == RUNUT_OK && !runut_watch_stopped(self))
        fetch_pages(self);
    finish_pass(self);
}

static void sleep_until(const runut_watch_run *self, int64_t time)
{
    for (int64_t left; !runut_watch_stopped(self) && (left = time - runut_watch_now()) > 0;)
        runut_fetcher_sleep(self->fetcher, left > 60 ? 60000 : (uint64_t)left * 1000);
}

static int passes(runut_watch_run *self, const char *const *operands, int count)
{
    self->code = runut_watch_robots_tidy(self->state, runut_watch_now(), self->error);
    if (self->code == RUNUT_OK)
        self->code = runut_watch_next_run(self->state, &self->run, self->error);
    if (self->code == RUNUT_OK)
        pass(self, operands, count);
    while (self->code == RUNUT_OK && !self->options->once && !runut_watch_stopped(self) && self->report->next) {
        int64_t soonest = runut_watch_now() + 1;
        sleep_until(self, self->report->next > soonest ? self->report->next : soonest);
        if (!runut_watch_stopped(self))
            pass(self, NULL, 0);
    }
    if (self->code == RUNUT_OK && runut_watch_stopped(self))
        return runut_error_set(self->error, RUNUT_ERR_STOPPED, "stopped");
    return self->code;
}

/* ---- the whole ---- */

static int make_room(runut_watch_run *self)
{
    const runut_watch_options *o = self->options;
    runut_fetcher_options how = {
        .seconds = o->timeout ? o->timeout : DEFAULT_TIMEOUT, .delay = o->delay, .stop = o->stop};
    how.allowed.all = o->allow_private;
    if (o->allow_networks && !runut_networks_read(&how.allowed, runut_slice_of(o->allow_networks)))
        return runut_error_set(self->error, RUNUT_ERR_USE, "'%s' is no list of networks (10.1.0.0/16,fd00::/8)",
                               o->allow_networks);
    self->arena = runut_arena_new(ARENA);
    self->item = runut_arena_new(ARENA);
    self->clean = runut_arena_new(RUNUT_ARTICLE_ARENA);
    self->taken_arena = runut_arena_new(ARENA);
    self->fetcher = runut_fetcher_new(&how);
    self->crew = self->fetcher ? runut_crew_new(self->fetcher, SEATS) : NULL;
    if (self->arena && self->item && self->clean && self->taken_arena && self->crew)
        return runut_watch_open(o->state, &self->state, self->error);
    return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
}

static void free_room(runut_watch_run *self)
{
    runut_watch_close(self->state);
    runut_crew_free(self->crew);
    runut_fetcher_free(self->fetcher);
    runut_arena_free(self->arena);
    runut_arena_free(self->item);
    runut_arena_free(self->clean);
    runut_arena_free(self->taken_arena);
}

bool runut_watch_networks_good(const char *list)
{
    runut_networks networks = {0};
    return runut_networks_read(&networks, runut_slice_of(list));
}

int runut_watch(runut *self, const char *const *operands, int count, const runut_watch_options *options,
                runut_watch_report *report, runut_error *error)
{
    runut_watch_report own = {0};
    runut_error unused;
    runut_watch_run run = {
        .runut = self, .options = options, .report = report ? report : &own, .error = error ? error : &unused};
    *run.report = own;
    int code = make_room(&run);
    if (code == RUNUT_OK)
        code = passes(&run, operands, count);
    free_room(&run);
    return code;
}
