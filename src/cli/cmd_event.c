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

static void show_statements(term *t, struct json_object *reports)
{
    bool any = false;
    for (size_t i = 0; i < show_size(reports); i++) {
        struct json_object *r = json_object_array_get_idx(reports, i), *quotes = show_list(r, "quotes");
        for (size_t k = 0; k < show_size(quotes); k++) {
            struct json_object *q = json_object_array_get_idx(quotes, k);
            if (!any)
                heading(t, "Statements");
            any = true;
            begin_report(t, r);
            const char *speaker = show_text(q, "speaker");
            term_words(t, *speaker ? TERM_BOLD : TERM_WARN, *speaker ? speaker : "speaker unknown");
            if (*show_text(q, "via")) {
                term_words(t, TERM_DIM, " via ");
                term_words(t, TERM_DIM, show_text(q, "via"));
            }
            term_words(t, TERM_PLAIN, ": “");
            term_words(t, TERM_PLAIN, show_text(q, "text"));
            term_words(t, TERM_PLAIN, "”");
            term_line(t);
        }
    }
}

static void show_disagreements(term *t, struct json_object *reports)
{
    bool any = false;
    for (size_t i = 0; i < show_size(reports); i++) {
        struct json_object *r = json_object_array_get_idx(reports, i), *list = show_list(r, "disagreements");
        for (size_t k = 0; k < show_size(list); k++) {
            struct json_object *d = json_object_array_get_idx(list, k);
            if (!any)
                heading(t, "Disagreements");
            any = true;
            begin_report(t, r);
            bool development = strcmp(show_text(d, "kind"), "development") == 0;
            term_words(t, TERM_WARN, *show_text(d, "about") ? show_text(d, "about") : "value");
            term_words(t, TERM_PLAIN, ": ");
            term_words(t, TERM_BOLD, show_text(d, "value"));
            term_words(t, TERM_DIM, development ? " here, at another time " : " here, ");
            term_words(t, TERM_BOLD, show_text(d, "otherValue"));
            term_words(t, TERM_DIM, " in ");
            term_words(t, TERM_ID, show_text(d, "withArticle"));
            term_line(t);
        }
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
    term_words(t, TERM_PLAIN, ": ");
    show_origins(t, reports);
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
