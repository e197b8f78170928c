#include <string.h>

#include "cli.h"
#include "show.h"

/* Bytes [start, end) of the article's body, as `one` has them. */
static void show_span(term *t, term_style style, struct json_object *report, struct json_object *one)
{
    const char *body = show_text(report, "articleBody");
    int64_t start = show_number(one, "start"), end = show_number(one, "end"), size = (int64_t)strlen(body);
    if (start >= 0 && start < end && end <= size)
        term_words_size(t, style, body + start, (size_t)(end - start));
}

static void heading(term *t, const char *text)
{
    term_line(t);
    term_to(t, 0);
    term_words(t, TERM_BOLD, text);
    term_line(t);
}

static void begin_report(term *t, struct json_object *report)
{
    term_to(t, 4);
    term_words(t, TERM_ID, show_text(report, "article"));
    term_to(t, 9);
    t->indent = 9;
}

/* ---- statements: by speaker, each once, with the reports that carry the very words ---- */

enum { MOST_GROUPS = 512 };

typedef struct statement {
    struct json_object *quote, *report;
    bool shown;
} statement;

static size_t collect_statements(struct json_object *reports, statement *out)
{
    size_t count = 0;
    for (size_t i = 0; i < show_size(reports); i++) {
        struct json_object *r = json_object_array_get_idx(reports, i), *quotes = show_list(r, "quotes");
        for (size_t k = 0; k < show_size(quotes) && count < MOST_GROUPS; k++)
            out[count++] = (statement){json_object_array_get_idx(quotes, k), r, false};
    }
    return count;
}

static bool same(const statement *a, const statement *b, const char *key)
{
    return strcmp(show_text(a->quote, key), show_text(b->quote, key)) == 0;
}

/* The statement and where else its words stand. */
static void show_statement(term *t, statement *all, size_t count, size_t i)
{
    begin_report(t, all[i].report);
    term_printf(t, TERM_PLAIN, "“");
    term_words(t, TERM_PLAIN, show_text(all[i].quote, "text"));
    term_words(t, TERM_PLAIN, "”");
    if (*show_text(all[i].quote, "via"))
        term_printf(t, TERM_DIM, " via %s", show_text(all[i].quote, "via"));
    bool first = true;
    for (size_t k = i + 1; k < count; k++) {
        if (all[k].shown || !same(&all[i], &all[k], "text"))
            continue;
        term_words(t, TERM_DIM, first ? " also in " : ", ");
        term_words(t, TERM_ID, show_text(all[k].report, "article"));
        all[k].shown = true;
        first = false;
    }
    term_line(t);
}

static void show_statements(term *t, struct json_object *reports)
{
    statement all[MOST_GROUPS];
    size_t count = collect_statements(reports, all);
    if (count)
        heading(t, "Statements");
    for (size_t i = 0; i < count; i++) {
        if (all[i].shown)
            continue;
        const char *speaker = show_text(all[i].quote, "speaker");
        term_to(t, 2);
        t->indent = 4;
        term_words(t, *speaker ? TERM_BOLD : TERM_WARN, *speaker ? speaker : "speaker unknown");
        term_line(t);
        for (size_t k = i; k < count; k++) {
            if (all[k].shown || !same(&all[i], &all[k], "speaker"))
                continue;
            all[k].shown = true;
            show_statement(t, all, count, k);
        }
    }
}

/* ---- disagreements: a fact, then each of its values with the reports that give it ---- */

typedef struct value {
    const char *about, *text, *article;
    double number;
    bool contradicted, shown;
} value;

static void add_value(value *all, size_t *count, value v)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(all[i].about, v.about) == 0 && all[i].number == v.number && strcmp(all[i].article, v.article) == 0) {
            all[i].contradicted |= v.contradicted;
            return;
        }
    if (*count < MOST_GROUPS)
        all[(*count)++] = v;
}

static size_t collect_values(struct json_object *reports, value *out)
{
    size_t count = 0;
    for (size_t i = 0; i < show_size(reports); i++) {
        struct json_object *r = json_object_array_get_idx(reports, i), *list = show_list(r, "disagreements");
        for (size_t k = 0; k < show_size(list); k++) {
            struct json_object *d = json_object_array_get_idx(list, k);
            const char *about = show_text(d, "about");
            bool contradicted = strcmp(show_text(d, "kind"), "contradiction") == 0;
            add_value(out, &count,
                      (value){about, show_text(d, "value"), show_text(r, "article"),
                              json_object_get_double(json_object_object_get(d, "number")), contradicted, false});
            add_value(out, &count,
                      (value){about, show_text(d, "otherValue"), show_text(d, "withArticle"),
                              json_object_get_double(json_object_object_get(d, "otherNumber")), contradicted, false});
        }
    }
    return count;
}

/* One value of the fact, and every report that gives it. */
static void show_value(term *t, value *all, size_t count, size_t i)
{
    term_to(t, 6);
    t->indent = 8;
    term_words(t, TERM_BOLD, all[i].text);
    for (size_t k = i; k < count; k++) {
        if (all[k].shown || strcmp(all[i].about, all[k].about) != 0 || all[i].number != all[k].number)
            continue;
        term_words(t, TERM_DIM, k == i ? " in " : ", ");
        term_words(t, TERM_ID, all[k].article);
        all[k].shown = true;
    }
    term_line(t);
}

static void show_disagreements(term *t, struct json_object *reports)
{
    value all[MOST_GROUPS];
    size_t count = collect_values(reports, all);
    if (count)
        heading(t, "Disagreements");
    for (size_t i = 0; i < count; i++) {
        if (all[i].shown)
            continue;
        bool contradicted = false;
        for (size_t k = i; k < count; k++)
            contradicted |= all[k].contradicted && strcmp(all[i].about, all[k].about) == 0;
        term_to(t, 4);
        term_words(t, TERM_WARN, *all[i].about ? all[i].about : "a value");
        term_words(t, TERM_DIM, contradicted ? " – contradicting" : " – moving on with time");
        term_line(t);
        for (size_t k = i; k < count; k++)
            if (!all[k].shown && strcmp(all[i].about, all[k].about) == 0)
                show_value(t, all, count, k);
    }
}

static void show_novel(term *t, struct json_object *reports)
{
    bool any = false;
    for (size_t i = 1; i < show_size(reports); i++) { /* to the first report everything is new */
        struct json_object *r = json_object_array_get_idx(reports, i), *list = show_list(r, "novel");
        for (size_t k = 0; k < show_size(list); k++) {
            if (!any)
                heading(t, "What each report is first to bring");
            any = true;
            begin_report(t, r);
            show_span(t, TERM_PLAIN, r, json_object_array_get_idx(list, k));
            term_line(t);
        }
    }
}

static void show_event(term *t, struct json_object *event)
{
    struct json_object *reports = show_list(event, "reports");
    show_event_head(t, event);
    term_words(t, TERM_DIM, "; story ");
    term_words(t, TERM_ID, show_text(event, "story"));
    term_line(t);
    show_tree(t, reports);
    show_statements(t, reports);
    show_disagreements(t, reports);
    show_novel(t, reports);
}

int cli_event(const cli *self)
{
    return show_one(self, runut_event_of, show_event);
}
