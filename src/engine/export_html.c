/* A page to hand out: the stories of the articles that are wanted, the events of each in order of time, the reports of
 * each event with what they say. It asks for nothing and runs nothing. A report's text stands behind a fold, with an
 * anchor wherever something is said of its words, so that each statement leads to them:
 *
 *     story ─ event ─ origins
 *                   ─ disagreements    "korban: 12 (Kota) – 15 (Desa)"  → #a4-120, #a7-98
 *                   ─ report           outlet, day, headline, taken from, sources
 *                       ─ quotes       "…" – speaker                    → #a4-310
 *                       ─ text */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/xml_writer.h"
#include "engine/export.h"
#include "engine/export_words.h"

static const size_t WANTED_ARENA = (size_t)1 << 30; /* most bytes: some 50 an article */

typedef struct sheet {
    runut *store;
    const runut_export_words *words;
    const runut_export_out *out;
    runut_arena *arena;
    runut_map *wanted; /* names of articles, events and stories */
    runut_xml html;
    runut_error *error;
} sheet;

static const char style[] =
    "body{font:16px/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}"
    "h1,h2,h3,h4,.meta,summary,footer{font-family:system-ui,sans-serif}h1{font-size:1.6rem}h2{font-size:1.35rem;border-"
    "top:"
    "2px solid #1b1b1b;padding-top:.6rem;margin-top:2.5rem}h3{font-size:1.1rem;margin:1.6rem 0 .2rem}h4{font-size:1rem;"
    "margin:0}.meta{color:#555;font-size:.85rem;margin:.1rem 0}article{border-left:3px solid #ccc;padding-left:.9rem;"
    "margin:1rem 0}blockquote{margin:.5rem 0 .5rem .8rem}ul{margin:.3rem 0;padding-left:1.2rem}"
    "a{color:#0b4f8a}mark{background:#fff3b0}.text p{margin:.4rem "
    "0}.text{font-size:.92rem}h2,h3,h4,p,li,blockquote{unicode-"
    "bidi:isolate;overflow-wrap:anywhere}.alert{color:#8a1c0b}a:target::after{content:\"\\25B8\";color:#8a1c0b}"
    "@media "
    "print{body{margin:0;max-width:none;font-size:10.5pt}details>*:not(summary){display:none}summary{display:none}"
    "article,blockquote{break-inside:avoid}a{color:inherit;text-decoration:none}}";

static void put(sheet *self, const char *markup)
{
    runut_xml_put(&self->html, markup);
}

static void text(sheet *self, const char *words)
{
    runut_xml_text(&self->html, words ? words : "");
}

/* <name dir="auto">words</name> */
static void element(sheet *self, const char *name, const char *words)
{
    put(self, "<");
    put(self, name);
    put(self, " dir=\"auto\">");
    text(self, words);
    put(self, "</");
    put(self, name);
    put(self, ">");
}

static int hand_on(sheet *self)
{
    if (self->html.failed)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    bool stopped = self->html.size && self->out->put(self->out->context, self->html.at, self->html.size);
    self->html.size = 0;
    return stopped ? RUNUT_ERR_STOPPED : RUNUT_OK;
}

static size_t size_of(struct json_object *list)
{
    return json_object_get_type(list) == json_type_array ? json_object_array_length(list) : 0;
}

static struct json_object *list_of(struct json_object *item, const char *key)
{
    return json_object_object_get(item, key);
}

static int64_t number_of(struct json_object *item, const char *key)
{
    return json_object_get_int64(json_object_object_get(item, key));
}

static const char *outlet_of(struct json_object *report)
{
    const char *publisher = runut_export_text(report, "publisher"), *file = runut_export_text(report, "file");
    const char *slash = file ? strrchr(file, '/') : NULL;
    return publisher && *publisher ? publisher : slash ? slash + 1 : file ? file : runut_export_text(report, "article");
}

static void put_joined(sheet *self, struct json_object *texts)
{
    for (size_t i = 0; i < size_of(texts); i++) {
        put(self, i ? ", " : "");
        text(self, json_object_get_string(json_object_array_get_idx(texts, i)));
    }
}

/* ---- what is wanted ---- */

static bool is_wanted(const sheet *self, const char *name)
{
    return name && runut_map_get(self->wanted, runut_slice_of(name));
}

static void want(sheet *self, struct json_object *item, const char *key)
{
    const char *name = runut_export_text(item, key);
    if (name && !is_wanted(self, name))
        runut_map_put(self->wanted, runut_arena_copy(self->arena, runut_slice_of(name)), NULL);
}

static int collect(sheet *self, const runut_filter *filter)
{
    runut_filter asked = *filter;
    char next[256] = "";
    uint32_t left = filter->limit ? filter->limit : UINT32_MAX;
    do {
        struct json_object *page = NULL;
        asked.limit = left < RUNUT_PAGE_MOST ? left : RUNUT_PAGE_MOST;
        asked.after = *next ? next : NULL;
        int code = runut_page(self->store, RUNUT_LIST_ARTICLES, &asked, &page, self->error);
        if (code != RUNUT_OK)
            return code;
        struct json_object *items = list_of(page, "items");
        for (size_t i = 0; i < size_of(items); i++) {
            struct json_object *item = json_object_array_get_idx(items, i);
            want(self, item, "article");
            want(self, item, "event");
            want(self, item, "story");
        }
        left -= (uint32_t)size_of(items);
        const char *more = runut_export_text(page, "next");
        snprintf(next, sizeof next, "%s", more ? more : "");
        json_object_put(page);
    } while (*next && left);
    return RUNUT_OK;
}

/* ---- a report ---- */

/* " → words": a link to the place of the words in a report's text. */
static void put_place(sheet *self, const char *article, int64_t start)
{
    char place[96];
    snprintf(place, sizeof place, " <a href=\"#%.20s-%lld\">%s %lld</a>", article ? article : "", (long long)start,
             self->words->at, (long long)start);
    put(self, place);
}

static void put_quotes(sheet *self, struct json_object *report, const char *key)
{
    struct json_object *quotes = list_of(report, key);
    for (size_t i = 0; i < size_of(quotes); i++) {
        struct json_object *quote = json_object_array_get_idx(quotes, i);
        const char *speaker = runut_export_text(quote, "speaker"), *via = runut_export_text(quote, "via");
        put(self, "<blockquote dir=\"auto\">“");
        text(self, runut_export_text(quote, "text"));
        put(self, "” <span class=\"meta\">– ");
        text(self, speaker ? speaker : self->words->nobody);
        if (via) {
            put(self, ", ");
            text(self, via);
        }
        put_place(self, runut_export_text(report, "article"), number_of(quote, "start"));
        put(self, "</span></blockquote>\n");
    }
}

/* The places in the text of which something is said, as anchors; where the next one stands, or the text's size. */
typedef struct anchors {
    int64_t *at;
    size_t count;
} anchors;

static int by_place(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static anchors anchors_of(struct json_object *report)
{
    static const char *const keys[] = {"quotes", "reported", "disagreements", "novel", "sourceEvidence"};
    anchors out = {0};
    size_t room = 0;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        room += size_of(list_of(report, keys[k]));
    out.at = room ? malloc(room * sizeof *out.at) : NULL;
    for (size_t k = 0; out.at && k < sizeof keys / sizeof *keys; k++) {
        struct json_object *list = list_of(report, keys[k]);
        for (size_t i = 0; i < size_of(list); i++) {
            struct json_object *one = json_object_array_get_idx(list, i);
            if (json_object_object_get(one, "start"))
                out.at[out.count++] = number_of(one, "start");
        }
    }
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, by_place);
    return out;
}

/* A stretch of the text; each line is a paragraph. */
static void put_stretch(sheet *self, const char *body, size_t from, size_t to)
{
    while (from < to) {
        const char *end = memchr(body + from, '\n', to - from);
        size_t stop = end ? (size_t)(end - body) : to;
        char *piece = strndup(body + from, stop - from);
        self->html.failed |= !piece;
        text(self, piece);
        free(piece);
        if (end)
            put(self, "</p>\n<p dir=\"auto\">");
        from = stop + (end != NULL);
    }
}

static void put_text(sheet *self, struct json_object *report)
{
    const char *body = runut_export_text(report, "articleBody"), *name = runut_export_text(report, "article");
    if (!body || !name)
        return;
    size_t size = strlen(body), from = 0;
    anchors places = anchors_of(report);
    char anchor[64];
    put(self, "<details class=\"text\"><summary>");
    put(self, self->words->text);
    put(self, "</summary><p dir=\"auto\">");
    for (size_t i = 0; i < places.count; i++) {
        size_t at = places.at[i] < 0 || (size_t)places.at[i] > size ? size : (size_t)places.at[i];
        if (i && places.at[i] == places.at[i - 1])
            continue;
        put_stretch(self, body, from, at);
        snprintf(anchor, sizeof anchor, "<a id=\"%.20s-%lld\"></a>", name, (long long)places.at[i]);
        put(self, anchor);
        from = at;
    }
    put_stretch(self, body, from, size);
    put(self, "</p></details>\n");
    free(places.at);
}

static void put_origin(sheet *self, struct json_object *report)
{
    struct json_object *reuse = json_object_object_get(report, "reuse"), *sources = list_of(report, "sources");
    if (reuse) {
        char share[32];
        snprintf(share, sizeof share, " (%.0f %%)",
                 json_object_get_double(json_object_object_get(reuse, "share")) * 100);
        put(self, "<p class=\"meta\">");
        text(self, runut_export_reuse_word(self->words, runut_export_text(reuse, "kind")));
        put(self, " ");
        text(self, runut_export_text(reuse, "ofArticle"));
        put(self, share);
        put(self, "</p>\n");
    }
    if (size_of(sources)) {
        put(self, "<p class=\"meta\" dir=\"auto\">");
        put(self, self->words->sources);
        put(self, ": ");
        put_joined(self, sources);
        put(self, "</p>\n");
    }
}

static void put_report(sheet *self, struct json_object *report)
{
    const char *url = runut_export_text(report, "url"), *day = runut_export_text(report, "datePublished");
    const char *language = runut_export_text(report, "inLanguage");
    day = day ? day : runut_export_text(report, "dateInferred");
    put(self, "<article id=\"");
    text(self, runut_export_text(report, "article"));
    if (runut_export_is_tag(language)) {
        put(self, "\" lang=\"");
        text(self, language);
    }
    put(self, "\">");
    element(self, "h4", runut_export_text(report, "headline"));
    put(self, "<p class=\"meta\" dir=\"auto\">");
    text(self, runut_export_text(report, "article"));
    put(self, " · ");
    text(self, outlet_of(report));
    put(self, " · ");
    text(self, day ? day : self->words->undated);
    if (size_of(list_of(report, "author"))) {
        put(self, " · ");
        put_joined(self, list_of(report, "author"));
    }
    put(self, "</p>\n");
    if (runut_export_is_web(url)) {
        put(self, "<p class=\"meta\"><a rel=\"noreferrer\" href=\"");
        text(self, url);
        put(self, "\">");
        text(self, url);
        put(self, "</a></p>\n");
    }
    put_origin(self, report);
    put_quotes(self, report, "quotes");
    put_text(self, report);
    put(self, "</article>\n");
}

/* ---- an event ---- */

static struct json_object *find_report(struct json_object *reports, const char *article)
{
    for (size_t i = 0; article && i < size_of(reports); i++) {
        struct json_object *report = json_object_array_get_idx(reports, i);
        const char *name = runut_export_text(report, "article");
        if (name && strcmp(name, article) == 0)
            return report;
    }
    return NULL;
}

static void put_side(sheet *self, struct json_object *report, const char *article, const char *value, int64_t start)
{
    put(self, "<strong>");
    text(self, value);
    put(self, "</strong> (");
    text(self, report ? outlet_of(report) : article);
    if (report && is_wanted(self, article))
        put_place(self, article, start);
    put(self, ")");
}

static void put_disagreement(sheet *self, struct json_object *reports, struct json_object *report,
                             struct json_object *one)
{
    const char *with = runut_export_text(one, "withArticle"), *kind = runut_export_text(one, "kind");
    const char *article = runut_export_text(report, "article");
    put(self, "<li dir=\"auto\">");
    text(self, runut_export_text(one, "about"));
    put(self, ": ");
    put_side(self, report, article, runut_export_text(one, "value"), number_of(one, "start"));
    put(self, kind && strcmp(kind, "development") == 0 ? " ← " : " ≠ ");
    put_side(self, find_report(reports, with), with, runut_export_text(one, "otherValue"),
             number_of(one, "otherStart"));
    put(self, "</li>\n");
}

/* Has the report with `article` told of this already, from its side? */
static bool is_told(const sheet *self, struct json_object *reports, size_t before, struct json_object *one,
                    const char *article)
{
    const char *with = runut_export_text(one, "withArticle"), *about = runut_export_text(one, "about");
    for (size_t i = 0; i < before && with && about && article && is_wanted(self, with); i++) {
        struct json_object *other = json_object_array_get_idx(reports, i), *list = list_of(other, "disagreements");
        const char *name = runut_export_text(other, "article");
        if (!name || strcmp(name, with) != 0)
            continue;
        for (size_t k = 0; k < size_of(list); k++) {
            struct json_object *same = json_object_array_get_idx(list, k);
            const char *back = runut_export_text(same, "withArticle"), *what = runut_export_text(same, "about");
            if (back && what && strcmp(back, article) == 0 && strcmp(what, about) == 0)
                return true;
        }
    }
    return false;
}

static void put_disagreements(sheet *self, struct json_object *reports)
{
    bool any = false;
    for (size_t i = 0; i < size_of(reports); i++) {
        struct json_object *report = json_object_array_get_idx(reports, i);
        struct json_object *list = list_of(report, "disagreements");
        if (!is_wanted(self, runut_export_text(report, "article")))
            continue;
        for (size_t k = 0; k < size_of(list); k++) {
            struct json_object *one = json_object_array_get_idx(list, k);
            if (is_told(self, reports, i, one, runut_export_text(report, "article")))
                continue;
            if (!any) {
                put(self, "<p class=\"meta alert\">");
                put(self, self->words->disagreements);
                put(self, "</p>\n<ul>\n");
            }
            any = true;
            put_disagreement(self, reports, report, one);
        }
    }
    put(self, any ? "</ul>\n" : "");
}

static int put_event(sheet *self, const char *name)
{
    struct json_object *event = NULL;
    int code = runut_event_of(self->store, name, &event, self->error);
    if (code != RUNUT_OK)
        return code == RUNUT_ERR_NOT_FOUND ? RUNUT_OK : code; /* gone since it was listed */
    struct json_object *reports = list_of(event, "reports");
    const char *date = runut_export_text(event, "date");
    put(self, "<section id=\"");
    text(self, name);
    put(self, "\">");
    element(self, "h3", runut_export_text(event, "headline"));
    put(self, "<p class=\"meta\" dir=\"auto\">");
    text(self, date ? date : self->words->undated);
    put(self, " · ");
    put(self, self->words->origins);
    put(self, ": ");
    put_joined(self, list_of(event, "origins"));
    put(self, "</p>\n");
    put_disagreements(self, reports);
    for (size_t i = 0; code == RUNUT_OK && i < size_of(reports); i++) {
        struct json_object *report = json_object_array_get_idx(reports, i);
        if (is_wanted(self, runut_export_text(report, "article")))
            put_report(self, report);
        code = hand_on(self);
    }
    put(self, "</section>\n");
    json_object_put(event);
    return code;
}

/* ---- stories ---- */

static int put_story(void *context, struct json_object *item)
{
    sheet *self = context;
    const char *name = runut_export_text(item, "story");
    struct json_object *story = NULL;
    if (!is_wanted(self, name))
        return 0;
    int code = runut_story(self->store, name, &story, self->error);
    if (code != RUNUT_OK)
        return code == RUNUT_ERR_NOT_FOUND ? 0 : code;
    put(self, "<section id=\"");
    text(self, name);
    put(self, "\">");
    element(self, "h2", runut_export_text(item, "headline"));
    struct json_object *events = list_of(story, "events");
    for (size_t i = 0; code == RUNUT_OK && i < size_of(events); i++) {
        const char *event = runut_export_text(json_object_array_get_idx(events, i), "event");
        if (is_wanted(self, event))
            code = put_event(self, event);
    }
    put(self, "</section>\n");
    json_object_put(story);
    return code == RUNUT_OK ? hand_on(self) : code;
}

/* The stories in order, their names first: each is asked for by itself, and a listing is one question. */
static int put_stories(sheet *self)
{
    runut_filter asked = {.limit = RUNUT_PAGE_MOST};
    char next[256] = "";
    int code = RUNUT_OK;
    do {
        struct json_object *page = NULL;
        asked.after = *next ? next : NULL;
        code = runut_page(self->store, RUNUT_LIST_STORIES, &asked, &page, self->error);
        if (code != RUNUT_OK)
            return code;
        struct json_object *items = list_of(page, "items");
        for (size_t i = 0; code == RUNUT_OK && i < size_of(items); i++)
            code = put_story(self, json_object_array_get_idx(items, i));
        const char *more = runut_export_text(page, "next");
        snprintf(next, sizeof next, "%s", more ? more : "");
        json_object_put(page);
    } while (code == RUNUT_OK && *next);
    return code;
}

static void put_head(sheet *self)
{
    put(self, "<!DOCTYPE html>\n<html lang=\"");
    put(self, self->words->language);
    put(self,
        "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" "
        "content=\"no-referrer\"><title>runut</title><style>");
    put(self, style);
    put(self, "</style></head><body>\n<h1>");
    put(self, self->words->title);
    put(self, "</h1>\n<p class=\"meta\">");
    put(self, self->words->note);
    put(self, "</p>\n");
}

static int run(sheet *self, const runut_filter *filter)
{
    int code = collect(self, filter);
    if (code != RUNUT_OK)
        return code;
    put_head(self);
    code = put_stories(self);
    put(self, "</body></html>\n");
    return code == RUNUT_OK ? hand_on(self) : code;
}

int runut_export_html(runut *store, const runut_filter *filter, bool indonesian, const runut_export_out *out,
                      runut_error *error)
{
    sheet self = {.store = store,
                  .words = &runut_export_languages[indonesian],
                  .out = out,
                  .arena = runut_arena_new(WANTED_ARENA),
                  .error = error};
    int code = RUNUT_ERR_MEMORY;
    if (self.arena && RUNUT_ARENA_TRY(self.arena) == 0) {
        self.wanted = runut_map_new(self.arena);
        code = run(&self, filter);
    }
    if (code == RUNUT_ERR_MEMORY)
        runut_error_set(error, code, "out of memory");
    runut_arena_free(self.arena);
    free(self.html.at);
    return code;
}
