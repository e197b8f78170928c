#include "serve/routes.h"

#include <stdio.h>
#include <string.h>

#include "serve/answers.h"
#include "serve/atom.h"
#include "serve/export.h"
#include "serve/metrics.h"
#include "serve/news.h"
#include "serve/page.h"
#include "serve/session.h"
#include "serve/upload.h"

enum { GET = RUNUT_METHOD_GET, POST = RUNUT_METHOD_POST, DELETE = RUNUT_METHOD_DELETE };

#define NARROWED " words since until publisher lang person place organization event story "
#define LISTED NARROWED "limit after order "

const runut_route runut_routes[] = {
    {.methods = GET, .path = "api/v1/stories", .parameters = LISTED, .answer = runut_answer_stories},
    {.methods = GET, .path = "api/v1/events", .parameters = LISTED, .answer = runut_answer_events},
    {.methods = GET, .path = "api/v1/articles", .parameters = LISTED, .answer = runut_answer_articles},
    {.methods = POST,
     .path = "api/v1/articles",
     .parameters = " name ",
     .place = RUNUT_HANDED_ON,
     .begin = runut_upload_admit,
     .take = runut_upload_take,
     .answer = runut_upload_answer},
    {.methods = GET, .path = "api/v1/search", .parameters = LISTED, .answer = runut_answer_search},
    {.methods = GET, .path = "api/v1/quotes", .parameters = LISTED "by about reported ", .answer = runut_answer_quotes},
    {.methods = GET, .path = "api/v1/stories/*", .parameters = "", .answer = runut_answer_story},
    {.methods = GET, .path = "api/v1/events/*", .parameters = "", .answer = runut_answer_event},
    {.methods = GET, .path = "api/v1/articles/*", .parameters = "", .answer = runut_answer_article},
    {.methods = GET, .path = "api/v1/articles/*/lines", .parameters = "", .answer = runut_answer_lines},
    {.methods = GET, .path = "api/v1/values", .parameters = " of begins limit ", .answer = runut_answer_values},
    {.methods = GET, .path = "api/v1/compare", .parameters = " a b ", .answer = runut_answer_compare},
    {.methods = GET,
     .path = "api/v1/between",
     .parameters = NARROWED "limit one other ",
     .answer = runut_answer_between},
    {.methods = GET, .path = "api/v1/stories/*/atom", .parameters = "", .answer = runut_atom_answer_story},
    {.methods = GET,
     .path = "api/v1/search/atom",
     .parameters = NARROWED "limit order ",
     .answer = runut_atom_answer_search},
    {.methods = GET, .path = "api/v1/export", .parameters = NARROWED "limit ", .answer = runut_export_answer},
    {.methods = GET,
     .path = "api/v1/news",
     .parameters = " after ",
     .place = RUNUT_AT_ONCE,
     .answer = runut_news_answer,
     .no_etag = true},
    {.methods = POST,
     .path = "api/v1/session",
     .parameters = "",
     .place = RUNUT_AT_ONCE,
     .begin = runut_session_admit,
     .take = runut_session_take,
     .answer = runut_session_answer_post,
     .open = true},
    {.methods = DELETE,
     .path = "api/v1/session",
     .parameters = "",
     .place = RUNUT_AT_ONCE,
     .answer = runut_session_answer_delete,
     .open = true},
    {.methods = GET, .path = "api/v1/metrics", .parameters = "", .answer = runut_metrics_answer, .no_etag = true},
    {.methods = GET,
     .path = "api/v1/health",
     .parameters = "",
     .answer = runut_answer_health,
     .open = true,
     .no_etag = true},
    {.methods = GET,
     .path = "api/v1/openapi.json",
     .place = RUNUT_AT_ONCE,
     .parameters = "",
     .answer = runut_page_answer_document},

#define PAGE .methods = GET, .place = RUNUT_AT_ONCE, .answer = runut_page_answer, .open = true
    {PAGE, .path = ""},
    {PAGE, .path = "stories"},
    {PAGE, .path = "stories/*"},
    {PAGE, .path = "events/*"},
    {PAGE, .path = "articles/*"},
    {PAGE, .path = "compare"},
    {PAGE, .path = "between"},
    {PAGE, .path = "search"},
    {PAGE, .path = "quotes"},
    {PAGE, .path = "add"},
#undef PAGE
    {.methods = GET, .path = "assets/*", .place = RUNUT_AT_ONCE, .answer = runut_page_answer_asset, .open = true},
    {0},
};

/* ---- finding ---- */

/* Does the path lead along the route? Fills the request's name. */
static bool leads(const runut_route *route, runut_request *request)
{
    const char *at = route->path, *name = NULL;
    for (int i = 0; i < request->segment_count; i++) {
        size_t size = strcspn(at, "/");
        const char *segment = request->segments[i];
        if (size == 1 && *at == '*' && *segment)
            name = segment;
        else if (strlen(segment) != size || memcmp(segment, at, size) != 0)
            return false;
        at += size;
        if (i + 1 < request->segment_count && *at++ != '/')
            return false;
    }
    request->name = name;
    return !*at;
}

static int with_head(int methods)
{
    return methods & RUNUT_METHOD_GET ? methods | RUNUT_METHOD_HEAD : methods;
}

static void allow(runut_request *request, int methods)
{
    runut_reply_field(&request->reply, "Allow", "%s%s%sOPTIONS", methods & RUNUT_METHOD_GET ? "GET, HEAD, " : "",
                      methods & RUNUT_METHOD_POST ? "POST, " : "", methods & RUNUT_METHOD_DELETE ? "DELETE, " : "");
}

const runut_route *runut_route_find(runut_request *request)
{
    int methods = 0;
    for (const runut_route *route = runut_routes; route->path; route++) {
        if (!leads(route, request))
            continue;
        if (with_head(route->methods) & request->method)
            return route;
        methods |= route->methods;
    }
    if (methods == 0) {
        runut_reply_problem(&request->reply, 404, "there is nothing at this address");
    } else if (request->method == RUNUT_METHOD_OPTIONS) {
        runut_reply_static(&request->reply, NULL, NULL, 0);
        request->reply.status = 204;
        allow(request, methods);
    } else {
        runut_reply_problem(&request->reply, 405, "this address cannot be asked in this way");
        allow(request, methods);
    }
    return NULL;
}

/* ---- parameters ---- */

static bool is_listed(const char *list, const char *name)
{
    size_t size = strlen(name);
    if (size == 0 || strchr(name, ' '))
        return false;
    for (const char *at = list; (at = strstr(at, name)); at += size)
        if (at > list && at[-1] == ' ' && at[size] == ' ')
            return true;
    return false;
}

bool runut_route_check(const runut_route *route, runut_request *request)
{
    for (int i = 0; i < request->parameter_count && route->parameters; i++) {
        const char *name = request->parameters[i].name;
        if (!is_listed(route->parameters, name)) {
            runut_reply_problem(&request->reply, 400, "there is no parameter '%.100s' here", name);
            return false;
        }
        for (int k = 0; k < i; k++) {
            if (strcmp(name, request->parameters[k].name) == 0) {
                runut_reply_problem(&request->reply, 400, "%.100s is given twice", name);
                return false;
            }
        }
    }
    return true;
}

/* An empty value narrows nothing: a form sends all its fields. */
static const char *value_of(const runut_request *request, const char *name)
{
    const char *value = runut_request_parameter(request, name);
    return value && *value ? value : NULL;
}

bool runut_route_narrow(runut_request *request, runut_filter *filter)
{
    *filter = (runut_filter){.words = value_of(request, "words"),
                             .since = value_of(request, "since"),
                             .until = value_of(request, "until"),
                             .publisher = value_of(request, "publisher"),
                             .language = value_of(request, "lang"),
                             .person = value_of(request, "person"),
                             .place = value_of(request, "place"),
                             .organization = value_of(request, "organization"),
                             .by = value_of(request, "by"),
                             .about = value_of(request, "about"),
                             .event = value_of(request, "event"),
                             .story = value_of(request, "story"),
                             .order = value_of(request, "order"),
                             .after = value_of(request, "after")};
    const char *reported = value_of(request, "reported");
    if (reported && strcmp(reported, "0") != 0 && strcmp(reported, "1") != 0) {
        runut_reply_problem(&request->reply, 400, "reported is 0 or 1");
        return false;
    }
    filter->reported = reported && *reported == '1';
    return true;
}

bool runut_route_filter(runut_request *request, runut_filter *filter)
{
    return runut_route_narrow(request, filter) && runut_request_number(request, "limit", 1, 200, &filter->limit);
}
