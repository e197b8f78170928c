#include "show.h"

#include <stdio.h>
#include <string.h>

enum { INDENT = 4, DEEPEST = 8, MOST_REASONS = 2 };

const char *show_text(struct json_object *object, const char *key)
{
    struct json_object *value = json_object_object_get(object, key);
    const char *text = value ? json_object_get_string(value) : NULL;
    return text ? text : "";
}

struct json_object *show_list(struct json_object *object, const char *key)
{
    struct json_object *value = json_object_object_get(object, key);
    return json_object_get_type(value) == json_type_array ? value : NULL;
}

size_t show_size(struct json_object *list)
{
    return list ? json_object_array_length(list) : 0;
}

int64_t show_number(struct json_object *object, const char *key)
{
    return json_object_get_int64(json_object_object_get(object, key));
}

void show_count(term *t, int64_t count, const char *one, const char *many)
{
    term_printf(t, TERM_PLAIN, "%lld %s", (long long)count, count == 1 ? one : many);
}

/* ---- the frame of the commands that show something ---- */

enum { JSON = JSON_C_TO_STRING_NOSLASHESCAPE };

int show_one(const cli *self, show_ask ask, void (*show)(term *t, struct json_object *answer))
{
    int status;
    runut_error error;
    struct json_object *answer = NULL;
    runut *r = cli_open(self, RUNUT_READ_ONLY, &status);
    if (!r)
        return status;
    int code = ask(r, self->operands[0], &answer, &error);
    runut_close(r);
    return show_answer(self, code, answer, &error, show);
}

int show_answer(const cli *self, int code, struct json_object *answer, const runut_error *error,
                void (*show)(term *t, struct json_object *answer))
{
    if (code != RUNUT_OK)
        return cli_fail(error);
    term t = term_new(self->color);
    if (self->json)
        term_json(answer, JSON | JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED);
    else
        show(&t, answer);
    json_object_put(answer);
    return CLI_OK;
}

typedef struct listing {
    bool as_json, any;
    term term;
    void (*show)(term *t, struct json_object *item);
} listing;

static int show_item(void *context, struct json_object *item)
{
    listing *self = context;
    self->any = true;
    if (self->as_json)
        term_json(item, JSON | JSON_C_TO_STRING_PLAIN);
    else
        self->show(&self->term, item);
    return ferror(stdout);
}

int show_each(const cli *self, const char *words, show_list_ask ask, void (*show)(term *t, struct json_object *item),
              const char *nothing)
{
    runut_filter filter;
    runut_error error;
    int status = cli_filter(self, &filter);
    runut *r = status == CLI_OK ? cli_open(self, RUNUT_READ_ONLY, &status) : NULL;
    if (!r)
        return status;
    filter.words = words;
    listing l = {.as_json = self->json || !show, .term = term_new(self->color), .show = show};
    int code = ask(r, &filter, show_item, &l, &error);
    runut_close(r);
    if (code == RUNUT_OK && !l.any && !l.as_json)
        puts(nothing);
    return code == RUNUT_OK || code == RUNUT_ERR_STOPPED ? CLI_OK : cli_fail(&error);
}

/* ---- one report ---- */

/* The outlet, or what else names the report. */
static const char *outlet(struct json_object *report)
{
    const char *publisher = show_text(report, "publisher");
    if (*publisher)
        return publisher;
    const char *file = show_text(report, "file"), *slash = strrchr(file, '/');
    return *file && strcmp(file, "-") != 0 ? (slash ? slash + 1 : file) : show_text(report, "id");
}

static void begin(term *t, int indent, const char *label)
{
    term_to(t, indent);
    t->indent = indent + 2;
    term_words(t, TERM_DIM, label);
    term_words(t, TERM_PLAIN, " ");
}

static void show_candidates(term *t, int indent, struct json_object *candidates)
{
    for (size_t i = 0; i < show_size(candidates); i++) {
        if (i == 0)
            begin(t, indent, "could be");
        term_words(t, TERM_DIM, i ? ", " : "");
        term_words(t, TERM_DATE, show_text(json_object_array_get_idx(candidates, i), "date"));
    }
    if (show_size(candidates))
        term_line(t);
}

/* Why it is dated as it is: what contradicts itself, or the words that date it. */
static void show_date_reason(term *t, int indent, struct json_object *report)
{
    struct json_object *conflict = json_object_object_get(report, "dateConflict");
    struct json_object *evidence = show_list(report, "dateEvidence");
    bool dated = *show_text(report, "dateInferred") != '\0';
    if (conflict) {
        begin(t, indent, "date contradicts itself:");
        term_words(t, TERM_WARN, show_text(conflict, "text"));
        term_line(t);
        show_candidates(t, indent, show_list(conflict, "candidates"));
        return;
    }
    const char *first = "";
    for (size_t i = 0, shown = 0; i < show_size(evidence) && shown < MOST_REASONS; i++) {
        struct json_object *one = json_object_array_get_idx(evidence, i);
        const char *says = show_text(one, "says");
        if (shown && (!strchr(says, ' ') || strcmp(says, first) == 0)) /* a mere year, or the same again */
            continue;
        begin(t, indent, shown++ ? "and" : dated ? "dated by" : "no day can be told from");
        term_printf(t, TERM_PLAIN, "“%s” ", show_text(one, "text"));
        term_words(t, TERM_DIM, says);
        term_line(t);
        first = says;
    }
}

static void show_sources(term *t, int indent, struct json_object *report)
{
    struct json_object *sources = show_list(report, "sources");
    if (!show_size(sources))
        return;
    begin(t, indent, "news from");
    for (size_t i = 0; i < show_size(sources); i++) {
        term_words(t, TERM_DIM, i ? ", " : "");
        term_words(t, TERM_BOLD, json_object_get_string(json_object_array_get_idx(sources, i)));
    }
    term_line(t);
}

static void show_reuse(term *t, int indent, struct json_object *report)
{
    struct json_object *reuse = json_object_object_get(report, "reuse");
    const char *of = reuse ? show_text(reuse, "ofArticle") : "";
    if (*show_text(report, "replacesArticle") || *show_text(report, "replacedByArticle")) {
        begin(t, indent, "");
        show_version_links(t, report);
        term_line(t);
    }
    if (!reuse || strcmp(of, show_text(report, "replacesArticle")) == 0 ||
        strcmp(of, show_text(report, "replacedByArticle")) == 0)
        return;
    begin(t, indent, show_text(reuse, "kind"));
    term_words(t, TERM_DIM, "of ");
    term_words(t, TERM_ID, show_text(reuse, "ofArticle"));
    term_printf(t, TERM_PLAIN, ", %.0f %% of its words",
                json_object_get_double(json_object_object_get(reuse, "share")) * 100);
    if (*show_text(reuse, "why")) {
        term_words(t, TERM_DIM, " – ");
        term_words(t, TERM_DIM, show_text(reuse, "why"));
    }
    term_line(t);
}

static void show_report(term *t, int depth, struct json_object *report)
{
    int indent = INDENT + depth * 2, text = indent + 5;
    term_to(t, indent);
    term_words(t, TERM_ID, show_text(report, "article"));
    term_to(t, text);
    t->indent = text;
    term_words(t, TERM_BOLD, outlet(report));
    const char *stated = show_text(report, "datePublished"), *inferred = show_text(report, "dateInferred");
    if (*stated)
        term_printf(t, TERM_DATE, " %.10s", stated);
    else if (*inferred)
        term_printf(t, TERM_DATE, " %s (inferred)", inferred);
    else
        term_words(t, TERM_WARN, " undated");
    term_line(t);
    if (*show_text(report, "headline")) {
        term_to(t, text);
        term_words(t, TERM_PLAIN, show_text(report, "headline"));
        term_line(t);
    }
    show_reuse(t, text, report);
    show_sources(t, text, report);
    if (!*stated || json_object_object_get(report, "dateConflict"))
        show_date_reason(t, text, report);
}

/* ---- the tree ---- */

static const char *taken_from(struct json_object *report)
{
    struct json_object *reuse = json_object_object_get(report, "reuse");
    return reuse ? show_text(reuse, "ofArticle") : "";
}

static struct json_object *find(struct json_object *reports, const char *article)
{
    for (size_t i = 0; *article && i < show_size(reports); i++)
        if (strcmp(show_text(json_object_array_get_idx(reports, i), "article"), article) == 0)
            return json_object_array_get_idx(reports, i);
    return NULL;
}

/* What it stands below: the version before it, else whom it took its text from. Only of what is no older version of
 * itself, as an older version that came in later may be told to be taken from a newer one. */
static const char *parent_of(struct json_object *reports, struct json_object *report)
{
    enum { MOST = 64 };
    const char *older = show_text(report, "replacesArticle"), *of = taken_from(report);
    if (find(reports, older))
        return older;
    struct json_object *at = find(reports, of);
    for (int i = 0; i < MOST && at; i++) {
        older = show_text(at, "replacesArticle");
        at = find(reports, find(reports, older) ? older : taken_from(at));
        if (at == report)
            return "";
    }
    return of;
}

/* The reports below `article`, then those below each of them; `depth` bounds it. */
static void show_below(term *t, struct json_object *reports, const char *article, int depth)
{
    for (size_t i = 0; i < show_size(reports); i++) {
        struct json_object *r = json_object_array_get_idx(reports, i);
        if (strcmp(parent_of(reports, r), article) != 0)
            continue;
        show_report(t, depth, r);
        if (depth < DEEPEST)
            show_below(t, reports, show_text(r, "article"), depth + 1);
    }
}

void show_tree(term *t, struct json_object *reports)
{
    for (size_t i = 0; i < show_size(reports); i++) {
        struct json_object *r = json_object_array_get_idx(reports, i);
        if (find(reports, parent_of(reports, r)))
            continue;
        show_report(t, 0, r);
        show_below(t, reports, show_text(r, "article"), 1);
    }
}

/* ---- the event ---- */

void show_event_head(term *t, struct json_object *event)
{
    const char *date = show_text(event, "date");
    term_to(t, 0);
    term_words(t, *date ? TERM_DATE : TERM_WARN, *date ? date : "undated");
    term_to(t, 12);
    t->indent = 12;
    term_words(t, TERM_ID, show_text(event, "event"));
    term_words(t, TERM_PLAIN, " ");
    term_words(t, TERM_BOLD, show_text(event, "headline"));
    term_line(t);
    term_to(t, 12);
    show_count(t, show_number(event, "articles"), "report", "reports");
    term_words(t, TERM_PLAIN, " from ");
    struct json_object *origins = show_list(event, "origins");
    show_count(t, (int64_t)show_size(origins), "origin: ", "origins: ");
    for (size_t i = 0; i < show_size(origins); i++) {
        term_words(t, TERM_DIM, i ? "; " : "");
        term_words(t, TERM_BOLD, json_object_get_string(json_object_array_get_idx(origins, i)));
    }
}
