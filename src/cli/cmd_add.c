#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "progress.h"
#include "term.h"

typedef struct run {
    const cli *cli;
    cli_progress progress;
    int output_error; /* errno of the first report that could not be written */
} run;

/* Straight to stdout: what is stored can be told when memory is out, too. */
static void put_text(const char *key, const char *text)
{
    printf(",\"%s\":", key);
    term_json_string(text);
}

/* errno of a failed write; 0 = none. */
static int print_json(const runut_added_article *a)
{
    static const char *const words[] = {"stored", "known", "rejected"};
    printf("{\"status\":\"%s\"", words[a->what]);
    put_text("file", a->file);
    if (a->record)
        printf(",\"record\":%llu", (unsigned long long)a->record);
    if (*a->id)
        put_text("id", a->id);
    if (*a->article)
        put_text("article", a->article);
    if (*a->replaces)
        put_text("replaces", a->replaces);
    if (a->error) {
        printf(",\"byte\":%llu", (unsigned long long)a->error->byte);
        put_text("error", a->error->message);
    }
    puts("}");
    return fflush(stdout) == 0 ? 0 : errno;
}

static void on_article(void *context, const runut_added_article *a)
{
    run *self = context;
    if (a->error) {
        cli_progress_clear(&self->progress);
        cli_say_error(a->error);
    }
    int failed = self->cli->json ? print_json(a) : 0;
    self->output_error = self->output_error ? self->output_error : failed;
}

static void on_skipped(void *context, const runut_skipped_file *file)
{
    const run *self = context;
    const char *before = "";
    if (!self->cli->json)
        return;
    printf("{\"status\":\"skipped\"");
    put_text("file", file->file);
    printf(",\"skipped\":{");
    for (int i = 0; i < RUNUT_SKIPS; i++)
        if (file->skipped.of[i]) {
            printf("%s\"%s\":%llu", before, runut_skip_word(i), (unsigned long long)file->skipped.of[i]);
            before = ",";
        }
    puts("}}");
}

static void on_progress(void *context, uint64_t read)
{
    run *self = context;
    cli_progress_show(&self->progress, "read", read, 0);
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static void say_summary(runut *r, const runut_add_report *report)
{
    struct json_object *counts = NULL;
    printf("%llu article%s added", (unsigned long long)report->stored, plural(report->stored));
    if (report->known)
        printf(", %llu there before", (unsigned long long)report->known);
    if (report->rejected)
        printf(", %llu rejected", (unsigned long long)report->rejected);
    if (runut_counts(r, &counts, NULL) == RUNUT_OK) {
        int64_t articles = json_object_get_int64(json_object_object_get(counts, "articles"));
        int64_t events = json_object_get_int64(json_object_object_get(counts, "events"));
        int64_t stories = json_object_get_int64(json_object_object_get(counts, "stories"));
        printf(". The store holds %lld article%s: %lld event%s in %lld %s.\n", (long long)articles,
               plural((uint64_t)articles), (long long)events, plural((uint64_t)events), (long long)stories,
               stories == 1 ? "story" : "stories");
        json_object_put(counts);
    } else {
        puts(".");
    }
    cli_say_skipped(stdout, &report->skipped);
}

int cli_add(const cli *self)
{
    int status;
    run state = {.cli = self, .progress = cli_progress_new(self->quiet)};
    runut_add_options options = {
        .on_article = on_article, .on_skipped = on_skipped, .on_progress = on_progress, .context = &state};
    runut_add_report report;
    runut_error error;
    if (cli_jobs(self, &options.jobs) != CLI_OK)
        return CLI_USAGE;
    runut *r = cli_open(self, 0, &status);
    if (!r)
        return status;
    char room[4096];
    const char *agencies = cli_agencies(self, room);
    if (agencies && runut_use_agencies(r, agencies, &error) != RUNUT_OK) {
        runut_close(r);
        return cli_fail(&error);
    }
    options.stop = cli_stop_on_signals();
    int code = runut_add(r, (const char *const *)self->operands, self->operand_count, &options, &report, &error);
    cli_progress_clear(&state.progress);
    if (code != RUNUT_OK)
        status = code == RUNUT_ERR_STOPPED ? (cli_say_error(&error), CLI_REJECTED) : cli_fail(&error);
    else if (report.rejected)
        status = CLI_REJECTED;
    if (!self->quiet && !self->json && (code == RUNUT_OK || code == RUNUT_ERR_STOPPED))
        say_summary(r, &report);
    runut_close(r);
    if (state.output_error)
        errno = state.output_error; /* cli_finish tells it */
    return status;
}
