#include <json-c/json.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "progress.h"
#include "runut/upkeep.h"
#include "term.h"

typedef struct run {
    const cli *cli;
    cli_progress progress;
} run;

static void print_json(struct json_object *out)
{
    term_json(out, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
    json_object_put(out);
}

static void put_text(struct json_object *to, const char *key, const char *text)
{
    char *clean = term_clean(text);
    json_object_object_add(to, key, json_object_new_string(clean ? clean : ""));
    free(clean);
}

static void on_finding(void *context, const runut_finding *f)
{
    run *self = context;
    cli_progress_clear(&self->progress);
    if (self->cli->json) {
        struct json_object *out = json_object_new_object();
        put_text(out, "part", f->part);
        put_text(out, "place", f->place);
        put_text(out, "finding", f->what);
        print_json(out);
        return;
    }
    char *place = term_clean(f->place), *what = term_clean(f->what);
    printf("%s: %s%s%s\n", f->part, place && *place ? place : "", place && *place ? ": " : "", what ? what : "");
    free(place);
    free(what);
}

static void on_progress(void *context, const char *part, uint64_t done, uint64_t of)
{
    run *self = context;
    cli_progress_show(&self->progress, part, done, of);
}

static void say_summary(const cli *self, const runut_check_report *report)
{
    if (self->json) {
        struct json_object *out = json_object_new_object();
        json_object_object_add(out, "whole", json_object_new_boolean(report->findings == 0));
        json_object_object_add(out, "findings", json_object_new_int64((int64_t)report->findings));
        json_object_object_add(out, "articles", json_object_new_int64((int64_t)report->articles));
        json_object_object_add(out, "events", json_object_new_int64((int64_t)report->events));
        json_object_object_add(out, "stories", json_object_new_int64((int64_t)report->stories));
        print_json(out);
        return;
    }
    if (report->findings == 0)
        printf("Whole: %llu article%s, %llu event%s, %llu %s.\n", (unsigned long long)report->articles,
               report->articles == 1 ? "" : "s", (unsigned long long)report->events, report->events == 1 ? "" : "s",
               (unsigned long long)report->stories, report->stories == 1 ? "story" : "stories");
    else
        printf("Not whole: %llu finding%s; %llu article%s can be read.\n", (unsigned long long)report->findings,
               report->findings == 1 ? "" : "s", (unsigned long long)report->articles,
               report->articles == 1 ? "" : "s");
}

int cli_check(const cli *self)
{
    run state = {.cli = self, .progress = cli_progress_new(self->quiet)};
    runut_check_options options = {
        .on_finding = on_finding, .on_progress = on_progress, .context = &state, .stop = cli_stop_on_signals()};
    runut_check_report report;
    runut_error error;
    int code = runut_check(cli_store(self), &options, &report, &error);
    cli_progress_clear(&state.progress);
    if (code == RUNUT_ERR_STOPPED) {
        cli_say_error(&error);
        return CLI_FAILED;
    }
    if (code != RUNUT_OK)
        return cli_fail(&error);
    say_summary(self, &report);
    return report.findings ? CLI_REJECTED : CLI_OK;
}
