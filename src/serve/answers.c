#include "serve/answers.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

#include "runut/compare.h"
#include "serve/server.h"
#include "serve/tags.h"

/* What a call of the engine gave becomes the reply. */
static void reply(runut_request *request, int code, struct json_object *answer, const runut_error *error)
{
    if (code == RUNUT_OK)
        runut_reply_json(&request->reply, answer);
    else
        runut_reply_error(&request->reply, error);
}

/* What identifies the answer: the file, what is in it, and what was asked. */
static void tag_of(const struct stat *file, int64_t generation, const runut_request *request, char tag[24])
{
    struct {
        uint64_t device, inode, generation;
    } of = {(uint64_t)file->st_dev, (uint64_t)file->st_ino, (uint64_t)generation};
    XXH64_hash_t hash = XXH64(&of, sizeof of, 0);
    hash = XXH64(RUNUT_VERSION, sizeof RUNUT_VERSION, hash);
    snprintf(tag, 24, "\"%016llx\"", (unsigned long long)XXH64(request->target, request->target_size, hash));
}

void runut_answers_make(runut *store, const struct stat *file, runut_request *request)
{
    int64_t generation = 0;
    runut_error error;
    char tag[24];
    runut_reply *made = &request->reply;
    runut_time_limit(store, request->server->options.limits.milliseconds);
    if (request->route->no_etag) {
        request->route->answer(store, request);
        return;
    }
    if (runut_generation(store, &generation, &error) !=
        RUNUT_OK) { /* read first: an answer is never older than its tag */
        runut_reply_error(made, &error);
        return;
    }
    tag_of(file, generation, request, tag);
    const char *known = runut_request_header(request, "If-None-Match");
    bool any = known && strchr(known, '*'); /* whatever there is: is there anything? */
    bool same = runut_tag_matches(known, tag);
    if (!same || any)
        request->route->answer(store, request);
    if (same && (!any || made->status == 200)) {
        runut_reply_static(made, NULL, NULL, 0);
        made->status = 304;
    }
    if (made->status == 200 || made->status == 304)
        runut_reply_field(made, "ETag", "%s", tag);
}

/* ---- listings ---- */

static void answer_page(runut *store, runut_request *request, runut_listing what)
{
    runut_filter filter;
    struct json_object *page = NULL;
    runut_error error;
    if (!runut_route_filter(request, &filter))
        return;
    int code = runut_page(store, what, &filter, &page, &error);
    reply(request, code, page, &error);
}

void runut_answer_stories(runut *store, runut_request *request)
{
    answer_page(store, request, RUNUT_LIST_STORIES);
}

void runut_answer_events(runut *store, runut_request *request)
{
    answer_page(store, request, RUNUT_LIST_EVENTS);
}

void runut_answer_articles(runut *store, runut_request *request)
{
    answer_page(store, request, RUNUT_LIST_ARTICLES);
}

void runut_answer_search(runut *store, runut_request *request)
{
    answer_page(store, request, RUNUT_LIST_FOUND);
}

void runut_answer_quotes(runut *store, runut_request *request)
{
    answer_page(store, request, RUNUT_LIST_QUOTES);
}

void runut_answer_values(runut *store, runut_request *request)
{
    uint32_t limit = 0;
    struct json_object *answer = NULL;
    runut_error error;
    const char *of = runut_request_parameter(request, "of");
    if (!of)
        runut_reply_problem(&request->reply, 400, "of is wanted: publisher, language, person, place or organization");
    if (!of || !runut_request_number(request, "limit", 1, RUNUT_PAGE_MOST, &limit))
        return;
    int code = runut_values(store, of, runut_request_parameter(request, "begins"), limit, &answer, &error);
    reply(request, code, answer, &error);
}

/* ---- single things ---- */

typedef int (*ask_one)(runut *store, const char *name, struct json_object **answer, runut_error *error);

static void answer_one(runut *store, runut_request *request, ask_one ask)
{
    struct json_object *answer = NULL;
    runut_error error;
    int code = ask(store, request->name, &answer, &error);
    if (code == RUNUT_ERR_USE) /* no such form: in an address, no such thing */
        error.code = RUNUT_ERR_NOT_FOUND;
    reply(request, code, answer, &error);
}

void runut_answer_story(runut *store, runut_request *request)
{
    answer_one(store, request, runut_story);
}

void runut_answer_event(runut *store, runut_request *request)
{
    answer_one(store, request, runut_event_of);
}

void runut_answer_article(runut *store, runut_request *request)
{
    answer_one(store, request, runut_article_of);
}

void runut_answer_lines(runut *store, runut_request *request)
{
    answer_one(store, request, runut_lines_of);
}

/* ---- two things ---- */

/* Both parameters, or a problem. */
static bool pair_of(runut_request *request, const char *a, const char *b, const char *values[2])
{
    values[0] = runut_request_parameter(request, a);
    values[1] = runut_request_parameter(request, b);
    if (values[0] && *values[0] && values[1] && *values[1])
        return true;
    runut_reply_problem(&request->reply, 400, "%s and %s are wanted", a, b);
    return false;
}

/* How the store itself names the article ("a12"): what is no article of it must not be taken for a path. */
static bool name_of(runut *store, runut_request *request, const char *name, char room[16])
{
    struct json_object *article = NULL;
    runut_error error;
    if (runut_article_of(store, name, &article, &error) == RUNUT_OK) {
        const char *own = json_object_get_string(json_object_object_get(article, "article"));
        strncat(room, own ? own : "", 15);
        json_object_put(article);
        return true;
    }
    if (error.code == RUNUT_ERR_USE)
        error.code = RUNUT_ERR_NOT_FOUND;
    runut_reply_error(&request->reply, &error);
    return false;
}

void runut_answer_compare(runut *store, runut_request *request)
{
    const char *asked[2];
    char a[16] = "", b[16] = "";
    struct json_object *answer = NULL;
    runut_error error;
    if (!pair_of(request, "a", "b", asked) || !name_of(store, request, asked[0], a) ||
        !name_of(store, request, asked[1], b))
        return;
    int code = runut_compare(store, a, b, NULL, &answer, &error);
    reply(request, code, answer, &error);
}

void runut_answer_between(runut *store, runut_request *request)
{
    const char *actors[2];
    runut_filter filter;
    struct json_object *answer = NULL;
    runut_error error;
    if (!pair_of(request, "one", "other", actors) || !runut_route_filter(request, &filter))
        return;
    int code = runut_between(store, actors[0], actors[1], &filter, &answer, &error);
    reply(request, code, answer, &error);
}

void runut_answer_health(runut *store, runut_request *request)
{
    struct json_object *counts = NULL;
    runut_error error;
    int code = runut_counts(store, &counts, &error);
    struct json_object *answer = code == RUNUT_OK ? json_object_new_object() : NULL;
    if (answer) {
        json_object_object_add(answer, "status", json_object_new_string("ok"));
        json_object_object_add(answer, "version", json_object_new_string(RUNUT_VERSION));
        json_object_object_foreach(counts, key, value) json_object_object_add(answer, key, json_object_get(value));
        json_object_object_add(answer, "writable", json_object_new_boolean(!request->server->options.read_only));
    }
    json_object_put(counts);
    reply(request, code, answer, &error);
}
