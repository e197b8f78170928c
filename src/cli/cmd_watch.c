#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"
#include "runut/watch.h"
#include "show.h"
#include "term.h"

enum { JSON_PLAIN = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, MOST_SHOWN = 2000 };

/* What came in this pass, in the order of its coming. */
typedef struct run {
    const cli *cli;
    char (*stored)[16]; /* names of articles */
    size_t count, room;
    bool failed;
} run;

/* ---- news ---- */

static void put(struct json_object *out, const char *key, const char *text)
{
    if (*text)
        json_object_object_add(out, key, json_object_new_string(text));
}

static void put_number(struct json_object *out, const char *key, int64_t number)
{
    if (number)
        json_object_object_add(out, key, json_object_new_int64(number));
}

static void print_json(const runut_watch_news *n)
{
    static const char *const words[] = {"stored", "version", "rejected", "moved", "gone", "refused", "failed"};
    char when[32] = "";
    time_t retry = (time_t)n->retry;
    struct json_object *out = json_object_new_object();
    struct tm tm;
    if (n->retry && gmtime_r(&retry, &tm))
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);
    put(out, "status", words[n->what]);
    put(out, "url", n->url);
    put(out, "source", n->source);
    put(out, "article", n->article);
    put(out, "before", n->before);
    if (*n->before)
        json_object_object_add(out, "changes", json_object_new_int64(n->changes));
    put(out, "headline", n->headline);
    put_number(out, "http", n->status);
    put(out, n->what == RUNUT_WATCHED_MOVED ? "to" : "error", n->message);
    put(out, "retry", when);
    term_json(out, JSON_PLAIN);
    json_object_put(out);
    fflush(stdout);
}

static void say(const runut_watch_news *n)
{
    static const char *const words[] = {[RUNUT_WATCHED_REJECTED] = "",
                                        [RUNUT_WATCHED_MOVED] = "moved for good to ",
                                        [RUNUT_WATCHED_GONE] = "gone: ",
                                        [RUNUT_WATCHED_REFUSED] = "not fetched: ",
                                        [RUNUT_WATCHED_FAILED] = "failed: "};
    char *url = term_clean(n->url), *message = term_clean(n->message);
    fprintf(stderr, "runut: %s: %s%s", url ? url : "", words[n->what], message ? message : "");
    if (n->retry)
        fprintf(stderr, " (again in %lld s)", (long long)(n->retry - time(NULL)));
    fputs("\n", stderr);
    free(url);
    free(message);
}

static void keep(run *self, const char *article)
{
    if (self->count == self->room) {
        size_t room = self->room ? 2 * self->room : 64;
        void *more = realloc(self->stored, room * sizeof *self->stored);
        if (!more)
            return;
        self->stored = more;
        self->room = room;
    }
    snprintf(self->stored[self->count++], sizeof *self->stored, "%s", article);
}

static void on_news(void *context, const runut_watch_news *news)
{
    run *self = context;
    bool stored = news->what == RUNUT_WATCHED_NEW || news->what == RUNUT_WATCHED_VERSION;
    self->failed |= !stored && news->what != RUNUT_WATCHED_MOVED;
    if (!stored)
        say(news);
    if (self->cli->json)
        print_json(news);
    else if (stored && self->count < MOST_SHOWN)
        keep(self, news->article);
}

/* ---- what is new, story by story ---- */

typedef struct row {
    char story[16];
    struct json_object *article;
} row;

static int in_order(const void *a, const void *b)
{
    const row *one = a, *other = b;
    long x = strtol(one->story + (one->story[0] != '\0'), NULL, 10);
    long y = strtol(other->story + (other->story[0] != '\0'), NULL, 10);
    if (x != y)
        return x < y ? -1 : 1;
    int64_t p = strtoll(show_text(one->article, "article") + 1, NULL, 10);
    int64_t q = strtoll(show_text(other->article, "article") + 1, NULL, 10);
    return p < q ? -1 : p > q;
}

static void show_story(term *t, runut *r, const char *name)
{
    struct json_object *story = NULL;
    term_words(t, TERM_ID, name);
    term_to(t, 6);
    t->indent = 6;
    if (runut_story(r, name, &story, NULL) == RUNUT_OK)
        term_words(t, TERM_BOLD, show_text(story, "headline"));
    json_object_put(story);
    term_line(t);
}

static void show_article(term *t, struct json_object *a)
{
    term_to(t, 6);
    term_words(t, TERM_ID, show_text(a, "article"));
    t->indent = 12;
    term_to(t, 12);
    term_words(t, TERM_PLAIN, show_text(a, "headline"));
    term_words(t, TERM_DIM, show_text(a, "publisher"));
    term_line(t);
    if (*show_text(a, "replacesArticle")) {
        term_to(t, 12);
        show_version_links(t, a);
        term_line(t);
    }
    t->indent = 0;
}

/* Asked for at the end of the pass: a story may have been put together anew meanwhile. */
static void show_new(run *self, runut *r)
{
    row *rows = calloc(self->count + 1, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; rows && i < self->count; i++)
        if (runut_article_of(r, self->stored[i], &rows[count].article, NULL) == RUNUT_OK) {
            snprintf(rows[count].story, sizeof rows[count].story, "%s", show_text(rows[count].article, "story"));
            count++;
        }
    if (rows)
        qsort(rows, count, sizeof *rows, in_order);
    term t = term_new(self->cli->color);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(rows[i].story, rows[i - 1].story) != 0)
            show_story(&t, r, rows[i].story);
        show_article(&t, rows[i].article);
    }
    for (size_t i = 0; i < count; i++)
        json_object_put(rows[i].article);
    free(rows);
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static void on_pass(void *context, runut *r, const runut_watch_report *report)
{
    run *self = context;
    if (!self->cli->json)
        show_new(self, r);
    self->count = 0;
    if (!self->cli->json && !self->cli->quiet) {
        printf("%llu new article%s", (unsigned long long)report->stored, plural(report->stored));
        if (report->versions)
            printf(" (%llu of them new versions)", (unsigned long long)report->versions);
        printf(" from %llu source%s, %llu unchanged", (unsigned long long)report->sources, plural(report->sources),
               (unsigned long long)report->unchanged);
        if (report->held)
            printf(", %llu left alone for now", (unsigned long long)report->held);
        if (report->failed + report->rejected)
            printf("; %llu could not be had", (unsigned long long)(report->failed + report->rejected));
        if (report->waiting)
            printf("; %llu page%s wait", (unsigned long long)report->waiting, plural(report->waiting));
        puts(".");
    }
    fflush(stdout);
}

/* ---- the command ---- */

/* A number with up to three decimals, in thousandths. */
static int read_number(const char *name, const char *text, double least, double most, uint64_t *thousandths)
{
    char *end = NULL;
    double number = text && (*text == '.' || (*text >= '0' && *text <= '9')) ? strtod(text, &end) : 0;
    if (!text)
        return CLI_OK;
    if (!end || *end || !(number >= least && number <= most))
        return cli_usage("--%s wants a number from %g to %.0f, not '%s'", name, least, most, text);
    *thousandths = (uint64_t)(number * 1000 + 0.5);
    return CLI_OK;
}

static int read_options(const cli *self, runut_watch_options *out)
{
    uint64_t every = 0, delay = 2000, timeout = 0, retry = 0;
    runut_filter filter;
    int status = cli_filter(self, &filter); /* --limit */
    if (status == CLI_OK)
        status =
            read_number("every", self->every, self->allow_private || self->allow_networks ? 1 : 60, 604800, &every);
    if (status == CLI_OK)
        status = read_number("delay", self->delay, 0, 3600, &delay);
    if (status == CLI_OK)
        status = read_number("timeout", self->timeout, 1, 3600, &timeout);
    if (status == CLI_OK)
        status = read_number("retry", self->retry, 1, 86400, &retry);
    if (status == CLI_OK)
        status = cli_jobs(self, &out->jobs);
    out->every = (unsigned)(every / 1000);
    out->delay = (uint32_t)delay;
    out->timeout = (unsigned)(timeout / 1000);
    out->retry = (unsigned)(retry / 1000);
    out->most = filter.limit;
    out->once = self->once;
    out->allow_private = self->allow_private;
    out->allow_networks = self->allow_networks;
    out->no_rechecks = self->no_rechecks;
    if (status == CLI_OK && self->allow_networks && !runut_watch_networks_good(self->allow_networks))
        return cli_usage("--allow-networks wants networks such as 10.1.0.0/16,fd00::/8, not '%s'",
                         self->allow_networks);
    return status;
}

static int watch(const cli *self, runut *r, runut_watch_options *options)
{
    char room[4096];
    runut_error error;
    run state = {.cli = self};
    const char *agencies = cli_agencies(self, room);
    if (agencies && runut_use_agencies(r, agencies, &error) != RUNUT_OK)
        return cli_fail(&error);
    options->on_news = on_news;
    options->on_pass = on_pass;
    options->context = &state;
    options->stop = cli_stop_on_signals();
    options->seed = (uint64_t)getpid() ^ (uint64_t)time(NULL) << 20;
    int code = runut_watch(r, (const char *const *)self->operands, self->operand_count, options, NULL, &error);
    free(state.stored);
    if (code == RUNUT_ERR_STOPPED)
        return self->once ? (cli_say_error(&error), CLI_REJECTED) : CLI_OK;
    if (code != RUNUT_OK)
        return cli_fail(&error);
    return state.failed ? CLI_REJECTED : CLI_OK;
}

int cli_watch(const cli *self)
{
    runut_watch_options options = {0};
    int status = read_options(self, &options);
    if (status != CLI_OK)
        return status;
    char *file = malloc(strlen(cli_store(self)) + sizeof "-watch");
    runut *r = file ? cli_open(self, 0, &status) : NULL;
    if (r) {
        sprintf(file, "%s-watch", cli_store(self));
        options.state = file;
        status = watch(self, r, &options);
    }
    runut_close(r);
    free(file);
    return status;
}
