/* Each subscriber has a place: the last article that it was told. Once a second, and at once when something was added
 * here, the store's generation is asked for; where it has grown, every subscriber is told what lies behind its place.
 * So one that was away, or that reads slowly, misses nothing and is no other case; those that are up to date have the
 * same place, and what they are told is made once. */
#include "serve/news.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/feeder.h"
#include "serve/server.h"

enum { MOST_SUBSCRIBERS = 200, LOOK_MILLISECONDS = 1000, SILENCE_MILLISECONDS = 15000, PAGE = 50 };

typedef struct subscriber {
    runut_news *news;
    bool resumes, greeted;
    uint32_t told; /* number of the last article that it knows */
    int64_t spoke; /* when something was last sent to it */
} subscriber;

struct runut_news {
    runut_server *server;
    runut_feeder *feeder;
    /* the feeder's thread alone: */
    int64_t generation; /* of the store, at the last look; -1 = none yet */
    uint32_t newest;    /* number of the last article then */
    int64_t articles;
    uint32_t from, to; /* the page below: what lies behind `from`, up to and with `to` */
    bool more;         /* there is more behind it */
    char *text;
    size_t size, room;
};

/* ---- what the store has ---- */

static uint32_t number_of(struct json_object *item)
{
    const char *name = json_object_get_string(json_object_object_get(item, "article"));
    return name && *name == 'a' ? (uint32_t)strtoul(name + 1, NULL, 10) : 0;
}

static int find_newest(runut *store, uint32_t *newest)
{
    const runut_filter last = {.limit = 1, .order = "new"};
    struct json_object *page = NULL;
    int code = runut_page(store, RUNUT_LIST_ARTICLES, &last, &page, NULL);
    if (code == RUNUT_OK)
        *newest = number_of(json_object_array_get_idx(json_object_object_get(page, "items"), 0));
    json_object_put(page);
    return code;
}

static void look(void *context, runut *store)
{
    runut_news *self = context;
    struct json_object *counts = NULL;
    int64_t generation;
    if (runut_generation(store, &generation, NULL) != RUNUT_OK || generation == self->generation)
        return;
    if (find_newest(store, &self->newest) != RUNUT_OK || runut_counts(store, &counts, NULL) != RUNUT_OK)
        return;
    self->articles = json_object_get_int64(json_object_object_get(counts, "articles"));
    self->generation = generation;
    self->size = 0;
    json_object_put(counts);
}

/* ---- a page of news as text ---- */

static bool put(runut_news *self, const char *text, size_t size)
{
    if (self->room - self->size < size) {
        size_t room = 2 * self->room + size;
        char *grown = realloc(self->text, room);
        if (!grown)
            return false;
        self->text = grown;
        self->room = room;
    }
    memcpy(self->text + self->size, text, size);
    self->size += size;
    return true;
}

/* One event; JSON has no line ends. `id` 0 = none. */
static bool put_event(runut_news *self, const char *name, uint32_t id, struct json_object *data)
{
    char head[64];
    size_t size = 0;
    const char *text =
        json_object_to_json_string_length(data, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &size);
    int used = snprintf(head, sizeof head, "event: %s\n", name);
    if (id)
        used += snprintf(head + used, sizeof head - (size_t)used, "id: %u\n", id);
    used += snprintf(head + used, sizeof head - (size_t)used, "data: ");
    return text && put(self, head, (size_t)used) && put(self, text, size) && put(self, "\n\n", 2);
}

/* Adds the item's value of `key` to `list`, once. */
static void note(struct json_object *list, struct json_object *item, const char *key)
{
    struct json_object *value = json_object_object_get(item, key);
    const char *name = json_object_get_string(value);
    for (size_t i = 0; name && i < json_object_array_length(list); i++)
        if (strcmp(json_object_get_string(json_object_array_get_idx(list, i)), name) == 0)
            return;
    if (name)
        json_object_array_add(list, json_object_get(value));
}

static bool put_items(runut_news *self, struct json_object *items)
{
    struct json_object *changed = json_object_new_object(), *stories = json_object_new_array();
    struct json_object *events = json_object_new_array();
    json_object_object_add(changed, "stories", stories);
    json_object_object_add(changed, "events", events);
    bool good = true;
    for (size_t i = 0; i < json_object_array_length(items) && good; i++) {
        struct json_object *item = json_object_array_get_idx(items, i);
        self->to = number_of(item);
        note(stories, item, "story");
        note(events, item, "event");
        good = put_event(self, "article", self->to, item);
    }
    good = good && put_event(self, "stories", 0, changed);
    json_object_put(changed);
    return good;
}

/* Makes the page behind `from`, unless it is there. */
static bool make_page(runut_news *self, runut *store, uint32_t from)
{
    char after[16];
    const runut_filter filter = {.limit = PAGE, .after = after};
    struct json_object *page = NULL;
    if (self->size && self->from == from)
        return true;
    snprintf(after, sizeof after, "a%u", from);
    self->size = 0;
    self->from = self->to = from;
    if (runut_page(store, RUNUT_LIST_ARTICLES, &filter, &page, NULL) != RUNUT_OK)
        return false;
    self->more = json_object_object_get(page, "next") != NULL;
    struct json_object *items = json_object_object_get(page, "items");
    bool good = json_object_array_length(items) == 0 || put_items(self, items);
    if (!good)
        self->size = 0;
    if (self->to > self->newest) /* added since the look */
        self->newest = self->to;
    json_object_put(page);
    return good;
}

/* ---- one subscriber ---- */

static void greet(subscriber *self, runut_outgoing *stream)
{
    char text[200];
    const runut_news *news = self->news;
    int size = snprintf(text, sizeof text, "retry: 3000\nevent: hello\ndata: {\"newest\":%u,\"articles\":%lld}\n\n",
                        news->newest, (long long)news->articles);
    runut_outgoing_put(stream, text, (size_t)size);
    if (!self->resumes || self->told > news->newest) /* of a store that was here before */
        self->told = news->newest;
    self->greeted = true;
    self->spoke = runut_serve_now();
}

static runut_fed fill(void *own, runut *store, runut_outgoing *stream)
{
    subscriber *self = own;
    runut_news *news = self->news;
    if (news->generation < 0)
        return RUNUT_FED_ALL; /* the store did not answer; it is asked again */
    if (!self->greeted)
        greet(self, stream);
    if (self->told > news->newest) {
        self->greeted = false; /* another store is at the path */
        return RUNUT_FED_MORE;
    }
    if (self->told < news->newest && make_page(news, store, self->told) && news->size) {
        runut_outgoing_put(stream, news->text, news->size);
        self->told = news->to;
        self->spoke = runut_serve_now();
        return news->more ? RUNUT_FED_MORE : RUNUT_FED_ALL;
    }
    if (runut_serve_now() - self->spoke >= SILENCE_MILLISECONDS) {
        runut_outgoing_put(stream, ":\n\n", 3);
        self->spoke = runut_serve_now();
    }
    return RUNUT_FED_ALL;
}

/* The number of Last-Event-ID or else of `after`; the page sends the second one when it connects anew by itself. */
static bool read_place(runut_request *request, subscriber *self)
{
    const char *last = runut_request_header(request, "Last-Event-ID");
    bool asked = runut_request_parameter(request, "after") != NULL;
    uint32_t number = 0;
    if (asked && !runut_request_number(request, "after", 0, UINT32_MAX, &number))
        return false;
    if (last && *last && strspn(last, "0123456789") == strlen(last) && strlen(last) < 10) {
        number = (uint32_t)strtoul(last, NULL, 10);
        asked = true;
    }
    self->resumes = asked;
    self->told = number;
    return true;
}

void runut_news_answer(runut *store, runut_request *request)
{
    runut_news *news = request->server->news;
    subscriber *self = calloc(1, sizeof *self);
    (void)store;
    if (!self) {
        runut_reply_problem(&request->reply, 503, "out of memory");
        return;
    }
    self->news = news;
    if (!read_place(request, self)) {
        free(self);
        return;
    }
    runut_feeder_reply(news->feeder, request, "text/event-stream; charset=utf-8", self);
    if (request->reply.status == 200)
        runut_reply_field(&request->reply, "X-Accel-Buffering", "no"); /* nginx would hold them back */
}

/* ---- the whole ---- */

int runut_news_start(runut_server *server, runut_news **out, runut_error *error)
{
    runut_news *self = calloc(1, sizeof *self);
    *out = self;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->server = server;
    self->generation = -1;
    const runut_feeder_plan plan = {.name = "subscribers to the news",
                                    .most = MOST_SUBSCRIBERS,
                                    .fill = fill,
                                    .free_own = free,
                                    .period = LOOK_MILLISECONDS,
                                    .look = look,
                                    .context = self};
    int code = runut_feeder_start(server, &plan, &self->feeder, error);
    if (code == RUNUT_OK)
        return RUNUT_OK;
    free(self);
    *out = NULL;
    return code;
}

void runut_news_wake(runut_news *self)
{
    if (self)
        runut_feeder_wake(self->feeder);
}

unsigned runut_news_subscribers(runut_news *self)
{
    return self ? runut_feeder_count(self->feeder) : 0;
}

void runut_news_stop(runut_news *self)
{
    if (self)
        runut_feeder_stop(self->feeder);
}

void runut_news_free(runut_news *self)
{
    if (!self)
        return;
    runut_feeder_free(self->feeder);
    free(self->text);
    free(self);
}
