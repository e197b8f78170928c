#include "serve/export.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/feeder.h"
#include "serve/server.h"

enum { MOST_EXPORTS = 32, PAGE = 100, CURSOR = 240 };

struct runut_exports {
    runut_feeder *feeder;
};

typedef struct export
{
    runut_filter filter; /* its texts are copies, in `texts`; `after` is `next` */
    char *texts;
    char next[CURSOR]; /* of the page in hand; "" = it is the last */
    struct json_object *page;
    size_t at;     /* the item that is next */
    uint32_t left; /* articles that may still come; 0 = no limit */
    bool limited;
}
export;

static void free_export(void *own)
{
    export *self = own;
    json_object_put(self->page);
    free(self->texts);
    free(self);
}

/* Copies the filter's texts, which are the request's. */
static bool keep_texts(export *self)
{
    const char **const texts[] = {&self->filter.words,        &self->filter.since,    &self->filter.until,
                                  &self->filter.publisher,    &self->filter.language, &self->filter.person,
                                  &self->filter.place,        &self->filter.event,    &self->filter.story,
                                  &self->filter.organization, &self->filter.order};
    size_t size = 1;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        size += *texts[i] ? strlen(*texts[i]) + 1 : 0;
    char *to = self->texts = malloc(size);
    for (size_t i = 0; to && i < sizeof texts / sizeof *texts; i++) {
        if (!*texts[i])
            continue;
        size_t length = strlen(*texts[i]) + 1;
        memcpy(to, *texts[i], length);
        *texts[i] = to;
        to += length;
    }
    return to != NULL;
}

static int next_page(export *self, runut *store, runut_error *error)
{
    json_object_put(self->page);
    self->page = NULL;
    self->at = 0;
    self->filter.limit = self->limited && self->left < PAGE ? self->left : PAGE;
    self->filter.after = *self->next ? self->next : NULL;
    int code = runut_page(store, RUNUT_LIST_ARTICLES, &self->filter, &self->page, error);
    if (code != RUNUT_OK)
        return code;
    const char *next = json_object_get_string(json_object_object_get(self->page, "next"));
    if (next && strlen(next) >= sizeof self->next)
        return runut_error_set(error, RUNUT_ERR_STORE, "a cursor is too long");
    strcpy(self->next, next ? next : "");
    return RUNUT_OK;
}

/* Puts the next article of the page; the whole of it, which the page itself does not have. */
static bool put_article(export *self, runut *store, runut_outgoing *stream)
{
    struct json_object *items = json_object_object_get(self->page, "items"), *article = NULL;
    struct json_object *item = json_object_array_get_idx(items, self->at++);
    const char *name = json_object_get_string(json_object_object_get(item, "article"));
    size_t size = 0;
    if (!name || runut_article_of(store, name, &article, NULL) != RUNUT_OK)
        return false;
    const char *text =
        json_object_to_json_string_length(article, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &size);
    if (text) {
        runut_outgoing_put(stream, text, size);
        runut_outgoing_put(stream, "\n", 1);
    }
    json_object_put(article);
    self->left -= self->limited;
    return text != NULL;
}

static runut_fed fill(void *own, runut *store, runut_outgoing *stream)
{
    export *self = own;
    do {
        bool whole = self->at >= json_object_array_length(json_object_object_get(self->page, "items"));
        if ((whole && !*self->next) || (self->limited && self->left == 0))
            return RUNUT_FED_END;
        if (whole && next_page(self, store, NULL) != RUNUT_OK)
            return RUNUT_FED_BROKEN;
        if (whole)
            continue;
        if (!put_article(self, store, stream))
            return RUNUT_FED_BROKEN;
    } while (runut_outgoing_has_room(stream));
    return RUNUT_FED_MORE;
}

/* The first page is asked for at once: what is wrong with the filter shows before anything is sent. */
void runut_export_answer(runut *store, runut_request *request)
{
    runut_error error;
    export *self = calloc(1, sizeof *self);
    if (!self) {
        runut_reply_problem(&request->reply, 503, "out of memory");
        return;
    }
    bool good = runut_route_narrow(request, &self->filter) &&
                runut_request_number(request, "limit", 1, UINT32_MAX, &self->left);
    self->limited = self->left > 0;
    if (good && !keep_texts(self)) {
        runut_reply_problem(&request->reply, 503, "out of memory");
        good = false;
    } else if (good && next_page(self, store, &error) != RUNUT_OK) {
        runut_reply_error(&request->reply, &error);
        good = false;
    }
    if (good)
        runut_feeder_reply(request->server->exports->feeder, request, "application/x-ndjson", self);
    else
        free_export(self);
}

/* ---- the whole ---- */

int runut_exports_start(runut_server *server, runut_exports **out, runut_error *error)
{
    runut_exports *self = calloc(1, sizeof *self);
    *out = self;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    const runut_feeder_plan plan = {.name = "exports", .most = MOST_EXPORTS, .fill = fill, .free_own = free_export};
    int code = runut_feeder_start(server, &plan, &self->feeder, error);
    if (code == RUNUT_OK)
        return RUNUT_OK;
    free(self);
    *out = NULL;
    return code;
}

void runut_exports_stop(runut_exports *self)
{
    if (self)
        runut_feeder_stop(self->feeder);
}

void runut_exports_free(runut_exports *self)
{
    if (!self)
        return;
    runut_feeder_free(self->feeder);
    free(self);
}
