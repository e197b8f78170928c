#include <string.h>

#include "cli.h"
#include "show.h"

enum { LABEL = 12 };

static void label(term *t, const char *text)
{
    term_to(t, 0);
    term_words(t, TERM_DIM, text);
    term_to(t, LABEL);
    t->indent = LABEL;
}

static void line(term *t, const char *name, const char *text)
{
    if (!*text)
        return;
    label(t, name);
    term_words(t, TERM_PLAIN, text);
    term_line(t);
}

static void show_texts(term *t, const char *name, struct json_object *list)
{
    for (size_t i = 0; i < show_size(list); i++) {
        if (i == 0)
            label(t, name);
        term_words(t, TERM_PLAIN, i ? ", " : "");
        term_words(t, TERM_PLAIN, json_object_get_string(json_object_array_get_idx(list, i)));
    }
    if (show_size(list))
        term_line(t);
}

static void show_dates(term *t, struct json_object *article)
{
    struct json_object *evidence = show_list(article, "dateEvidence");
    struct json_object *conflict = json_object_object_get(article, "dateConflict");
    line(t, "published", show_text(article, "datePublished"));
    label(t, "date");
    const char *day = show_text(article, "dateInferred");
    term_words(t, *day ? TERM_DATE : TERM_WARN, *day ? day : "unknown");
    if (*show_text(article, "dateConfidence"))
        term_printf(t, TERM_DIM, " (confidence %s)", show_text(article, "dateConfidence"));
    term_line(t);
    for (size_t i = 0; i < show_size(evidence); i++) {
        struct json_object *e = json_object_array_get_idx(evidence, i);
        term_to(t, LABEL);
        term_printf(t, TERM_PLAIN, "“%s” ", show_text(e, "text"));
        term_words(t, TERM_DIM, show_text(e, "says"));
        term_line(t);
    }
    if (!conflict)
        return;
    line(t, "CONFLICT", show_text(conflict, "text"));
    struct json_object *candidates = show_list(conflict, "candidates");
    for (size_t i = 0; i < show_size(candidates); i++) {
        struct json_object *c = json_object_array_get_idx(candidates, i);
        term_to(t, LABEL);
        term_words(t, TERM_WARN, show_text(c, "date"));
        term_printf(t, TERM_PLAIN, "  %s", show_text(c, "reasons"));
        term_line(t);
    }
}

static void show_names(term *t, const char *name, struct json_object *list)
{
    for (size_t i = 0; i < show_size(list); i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        if (i == 0)
            label(t, name);
        term_words(t, TERM_PLAIN, i ? ", " : "");
        term_words(t, TERM_BOLD, show_text(one, "name"));
        struct json_object *role = json_object_object_get(one, "role");
        if (role && *show_text(role, "text"))
            term_printf(t, TERM_DIM, " (%s)", show_text(role, "text"));
        if (show_size(show_list(one, "mentions")) > 1)
            term_printf(t, TERM_DIM, " ×%zu", show_size(show_list(one, "mentions")));
    }
    if (show_size(list))
        term_line(t);
}

static void show_statements(term *t, const char *name, struct json_object *list)
{
    for (size_t i = 0; i < show_size(list); i++) {
        struct json_object *s = json_object_array_get_idx(list, i);
        label(t, i ? "" : name);
        const char *speaker = show_text(s, "speaker");
        term_words(t, *speaker ? TERM_BOLD : TERM_WARN, *speaker ? speaker : "speaker unknown");
        if (*show_text(s, "via"))
            term_printf(t, TERM_DIM, " via %s", show_text(s, "via"));
        term_words(t, TERM_PLAIN, ": ");
        term_words(t, TERM_PLAIN, show_text(s, "text"));
        if (*show_text(s, "why"))
            term_printf(t, TERM_DIM, " – %s", show_text(s, "why"));
        term_line(t);
    }
}

/* Words in quotation marks that nobody is taken to have said. */
static void show_refusals(term *t, struct json_object *list)
{
    for (size_t i = 0; i < show_size(list); i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        label(t, i ? "" : "not said");
        term_words(t, TERM_PLAIN, show_text(one, "text"));
        term_printf(t, TERM_DIM, " – %s", show_text(one, "why"));
        term_line(t);
    }
}

static void show_relations(term *t, struct json_object *article)
{
    struct json_object *reuse = json_object_object_get(article, "reuse");
    struct json_object *moved = show_list(article, "moved");
    label(t, "event");
    term_words(t, TERM_ID, show_text(article, "event"));
    term_words(t, TERM_PLAIN, " of story ");
    term_words(t, TERM_ID, show_text(article, "story"));
    if (*show_text(article, "why"))
        term_printf(t, TERM_DIM, " – %s", show_text(article, "why"));
    for (size_t i = 0; i < show_size(moved); i++) {
        struct json_object *one = json_object_array_get_idx(moved, i);
        term_printf(t, TERM_DIM, "; was of %s until %s came", show_text(one, "from"), show_text(one, "newest"));
    }
    term_line(t);
    if (*show_text(article, "replacesArticle") || *show_text(article, "replacedByArticle")) {
        label(t, "version");
        show_version_links(t, article);
        term_line(t);
    }
    if (reuse) {
        label(t, show_text(reuse, "kind"));
        term_words(t, TERM_PLAIN, "of ");
        term_words(t, TERM_ID, show_text(reuse, "ofArticle"));
        term_printf(t, TERM_DIM, " %s, %.0f %% – %s", show_text(reuse, "of"),
                    json_object_get_double(json_object_object_get(reuse, "share")) * 100, show_text(reuse, "why"));
        term_line(t);
    }
}

static void show_body(term *t, const char *body)
{
    t->indent = 0;
    for (const char *end; *body; body = *end ? end + 1 : end) {
        end = strchr(body, '\n');
        if (!end)
            end = body + strlen(body);
        term_line(t);
        term_words_size(t, TERM_PLAIN, body, (size_t)(end - body));
        term_line(t);
    }
}

static void show_article(term *t, struct json_object *article)
{
    t->indent = 6;
    term_words(t, TERM_ID, show_text(article, "article"));
    term_to(t, 6);
    term_words(t, TERM_BOLD, *show_text(article, "headline") ? show_text(article, "headline") : "(no headline)");
    term_line(t);
    line(t, "outlet", show_text(article, "publisher"));
    show_texts(t, "author", show_list(article, "author"));
    show_dates(t, article);
    line(t, "happened", show_text(article, "eventDate"));
    show_texts(t, "news from", show_list(article, "sources"));
    show_relations(t, article);
    show_names(t, "people", show_list(article, "people"));
    show_names(t, "bodies", show_list(article, "organizations"));
    show_names(t, "places", show_list(article, "places"));
    show_statements(t, "said", show_list(article, "quotes"));
    show_statements(t, "reported", show_list(article, "reported"));
    show_refusals(t, show_list(article, "refused"));
    line(t, "language", show_text(article, "inLanguage"));
    line(t, "file", show_text(article, "file"));
    line(t, "url", show_text(article, "url"));
    line(t, "id", show_text(article, "id"));
    show_body(t, show_text(article, "articleBody"));
    show_changes(t, article);
}

int cli_article(const cli *self)
{
    return show_one(self, runut_article_of, show_article);
}
