#include "serve/answers.h"

#include <json-c/json.h>
#include <string.h>

#include "runut/compare.h"
#include "serve/server.h"

/* What a call of the engine gave becomes the reply. */
static void reply(runut_request *request, int code, struct json_object *answer, const runut_error *error)
{
    if (code == RUNUT_OK)
        runut_reply_json(&request->reply, answer);
    else
        runut_reply_error(&request->reply, error);
}

void runut_answers_make(runut *store, const struct stat *file, runut_request *request)
{
    (void)file;
    request->route->answer(store, request);
}

/* ---- listings ---- */

typedef int (*ask_list)(runut *store, const runut_filter *filter, runut_visit visit, void *context, runut_error *error);

static int add_item(void *context, struct json_object *item)
{
    return json_object_array_add(context, json_object_get(item));
}

static void answer_list(runut *store, runut_request *request, ask_list ask)
{
    runut_filter filter;
    runut_error error;
    if (!runut_route_filter(request, &filter))
        return;
    if (filter.limit == 0)
        filter.limit = 20;
    struct json_object *page = json_object_new_object(), *items = json_object_new_array();
    json_object_object_add(page, "items", items);
    json_object_object_add(page, "next", NULL);
    int code = ask(store, &filter, add_item, items, &error);
    reply(request, code, code == RUNUT_OK ? json_object_get(page) : NULL, &error);
    json_object_put(page);
}

void runut_answer_stories(runut *store, runut_request *request)
{
    answer_list(store, request, runut_stories);
}

void runut_answer_articles(runut *store, runut_request *request)
{
    answer_list(store, request, runut_export);
}

void runut_answer_search(runut *store, runut_request *request)
{
    answer_list(store, request, runut_search);
}

void runut_answer_quotes(runut *store, runut_request *request)
{
    answer_list(store, request, runut_quotes);
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
