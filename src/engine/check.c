/* Is a store whole? What its tables say is the store's to judge (store/check.c); what an article says, the engine's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/recorded.h"
#include "engine/upkeep.h"
#include "relate/digest.h"
#include "runut/upkeep.h"

typedef struct checking {
    runut *runut;
    const runut_check_options *options;
} checking;

static void judge_texts(runut_store_check *check, const char *place, const runut_row *row)
{
    const struct {
        const char *name;
        runut_slice text;
    } texts[] = {{"id", row->id},
                 {"file", row->file},
                 {"url", row->url},
                 {"language", row->language},
                 {"headline", row->headline},
                 {"publisher", row->publisher},
                 {"text", row->body}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!runut_utf8_valid(texts[i].text))
            runut_store_check_tell(check, place, "its %s is no UTF-8", texts[i].name);
    if (row->body.size == 0)
        runut_store_check_tell(check, place, "it has no text");
    if (row->id.size == 0)
        runut_store_check_tell(check, place, "it has no id");
    if (row->hash.size != 16)
        runut_store_check_tell(check, place, "its hash has %zu bytes, not 16", row->hash.size);
}

static void judge_digest(runut *r, runut_store_check *check, const char *place, runut_slice bytes)
{
    runut_digest *digest;
    runut_error error;
    runut_arena_reset(r->arena);
    if (RUNUT_ARENA_TRY(r->arena) != 0)
        runut_store_check_tell(check, place, "its digest needs more memory than one may");
    else if (runut_digest_decode(r->arena, bytes, false, &digest, &error) != RUNUT_OK)
        runut_store_check_tell(check, place, "its digest cannot be read: %s", error.message);
}

static void judge_record(runut *r, runut_store_check *check, const char *place, runut_slice record)
{
    runut_recorded recorded;
    runut_arena_reset(r->arena);
    if (RUNUT_ARENA_TRY(r->arena) != 0)
        runut_store_check_tell(check, place, "what it says needs more memory than one may");
    else if (!runut_record_read(r->arena, record, &recorded))
        runut_store_check_tell(check, place, "what it says (record) is no JSON object as it should be");
}

void runut_check_article(runut *r, runut_store_check *check, const char *place, const runut_row *row)
{
    uint64_t before = check->findings;
    judge_texts(check, place, row);
    judge_record(r, check, place, row->record);
    judge_digest(r, check, place, row->digest);
    runut_store_check_fit(check, place, RUNUT_SUM_REPORT, before);
}

bool runut_check_lines(runut_store_check *check, const char *place, runut_slice lines)
{
    uint64_t before = check->findings;
    if (lines.size && !runut_lines_readable(lines))
        runut_store_check_tell(check, place, "the other lines of its capture cannot be read");
    runut_store_check_fit(check, place, RUNUT_SUM_LINES, before);
    return check->findings == before;
}

/* Of a record that cannot be read that is told. */
static int judge_said(runut *r, runut_store_check *check, const runut_row *row)
{
    runut_recorded said;
    runut_arena_reset(r->arena);
    return runut_record_read(r->arena, row->record, &said)
               ? runut_store_check_said(check, row, said.quotes, said.speakers, said.forms)
               : RUNUT_OK;
}

static int judge(void *context, runut_store_check *check, const runut_row *row, runut_slice lines)
{
    checking *self = context;
    char place[16];
    snprintf(place, sizeof place, "a%u", row->number);
    volatile int code = RUNUT_OK;
    runut_check_article(self->runut, check, place, row);
    if (RUNUT_ARENA_TRY(self->runut->arena) == 0)
        code = judge_said(self->runut, check, row);
    uint64_t before = check->findings;
    int64_t reuse_of;
    if (!runut_relation_read(self->runut->arena, row->relation, NULL, &reuse_of))
        runut_store_check_tell(check, place, "how it stands to others (relation) is no JSON object as it should be");
    runut_store_check_fit(check, place, RUNUT_SUM_RELATION, before);
    runut_check_lines(check, place, lines);
    runut_store_check_fit(check, place, RUNUT_SUM_NAMES, check->findings);
    return code;
}

static void on_finding(void *context, const char *part, const char *place, const char *what)
{
    const checking *self = context;
    const runut_finding finding = {part, place, what};
    if (self->options->on_finding)
        self->options->on_finding(self->options->context, &finding);
}

static void on_progress(void *context, const char *part, uint64_t done, uint64_t of)
{
    const checking *self = context;
    if (self->options->on_progress)
        self->options->on_progress(self->options->context, part, done, of);
}

static int check_store(checking *self, runut_check_report *report, runut_error *error)
{
    runut_store_check check = {.store = self->runut->store,
                               .on_finding = on_finding,
                               .on_progress = on_progress,
                               .context = self,
                               .stop = self->options->stop,
                               .error = error};
    int code = runut_store_check_all(&check, judge, self);
    *report = (runut_check_report){.articles = check.counts.articles,
                                   .events = check.counts.events,
                                   .stories = check.counts.stories,
                                   .findings = check.findings};
    return code;
}

int runut_check(const char *path, const runut_check_options *options, runut_check_report *report, runut_error *error)
{
    static const runut_check_options none = {0};
    checking self = {.options = options ? options : &none};
    runut_check_report own;
    runut_error own_error;
    report = report ? report : &own;
    error = error ? error : &own_error;
    *report = (runut_check_report){0};
    int code = runut_open_as_it_is(path, false, &self.runut, error);
    if (code == RUNUT_OK)
        code = check_store(&self, report, error);
    runut_close(self.runut);
    return code;
}
