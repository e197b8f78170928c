#include "fetch/fetcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/map.h"
#include "base/slice.h"
#include "base/url.h"
#include "base/vector.h"
#include "fetch/robots.h"

enum {
    MOST_HOPS = 5,
    MOST_HOSTS = 10000,
    ARENA = 256 << 20,
    TIDY = 64 << 20,       /* bytes known of hosts, from which on they are forgotten */
    ROBOTS_GOOD = 86400,   /* seconds (RFC 9309, 2.4) */
    ROBOTS_AGAIN = 600,    /* where it could not be read */
    MOST_PATIENCE = 120000 /* milliseconds: longer than that nobody waits for a host */
};

typedef enum robots_state { ROBOTS_UNKNOWN, ROBOTS_KNOWN, ROBOTS_NOT_NOW } robots_state;

typedef struct host {
    int64_t ready; /* milliseconds of the monotonic clock */
    int64_t robots_until;
    robots_state state;
    runut_robots robots;
} host;

struct runut_fetcher {
    runut_fetcher_options options;
    runut_client *client;
    runut_arena *arena;   /* of the hosts */
    runut_arena *scratch; /* of the request in hand */
    runut_map *numbers;
    RUNUT_VECTOR(host) hosts;
};

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool stopped(const runut_fetcher *self)
{
    return self->options.stop && *self->options.stop;
}

void runut_fetcher_sleep(const runut_fetcher *self, uint64_t milliseconds)
{
    enum { STEP = 200 }; /* a signal that comes just before the sleep is seen then */
    int64_t end = now() + (int64_t)milliseconds;
    for (int64_t left; !stopped(self) && (left = end - now()) > 0;) {
        int64_t step = left < STEP ? left : STEP;
        nanosleep(&(struct timespec){.tv_sec = 0, .tv_nsec = (long)step * 1000000}, NULL);
    }
}

runut_fetcher *runut_fetcher_new(const runut_fetcher_options *options)
{
    runut_fetcher *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->options = *options;
    self->client = runut_client_new(options->seconds, options->allow_private);
    self->arena = runut_arena_new(ARENA);
    self->scratch = runut_arena_new(ARENA);
    if (self->client && self->arena && self->scratch)
        return self;
    runut_fetcher_free(self);
    return NULL;
}

void runut_fetcher_free(runut_fetcher *self)
{
    if (!self)
        return;
    runut_client_free(self->client);
    runut_arena_free(self->arena);
    runut_arena_free(self->scratch);
    free(self);
}

/* ---- hosts; under the guards of both arenas ---- */

static void forget(runut_fetcher *self)
{
    runut_arena_reset(self->arena);
    self->numbers = NULL;
    memset(&self->hosts, 0, sizeof self->hosts);
}

static host *host_of(runut_fetcher *self, runut_slice origin)
{
    bool is_new = false;
    if (self->hosts.size > MOST_HOSTS || runut_arena_used(self->arena) > TIDY)
        forget(self);
    if (!self->numbers)
        self->numbers = runut_map_new(self->arena);
    uint32_t *number = runut_map_get(self->numbers, origin);
    if (number)
        return &self->hosts.at[*number];
    number = runut_map_put(self->numbers, runut_arena_copy(self->arena, origin), &is_new);
    *number = (uint32_t)self->hosts.size;
    return RUNUT_APPEND(self->arena, self->hosts);
}

static int64_t gap(const runut_fetcher *self, const host *h)
{
    uint32_t own = h->state == ROBOTS_KNOWN ? h->robots.delay : 0;
    return own > self->options.delay ? own : self->options.delay;
}

static bool get_host(runut_fetcher *self, runut_slice text, runut_url *url, host **h)
{
    if (!runut_url_read(self->scratch, text, url))
        return false;
    *h = host_of(self, url->origin);
    return true;
}

/* Waits for the host's turn; false where that would take too long, or the work is stopped. */
static bool wait_for(const runut_fetcher *self, const host *h)
{
    int64_t left = h->ready - now();
    if (left > MOST_PATIENCE && left > gap(self, h))
        return false;
    if (left > 0)
        runut_fetcher_sleep(self, (uint64_t)left);
    return !stopped(self);
}

static void ask(runut_fetcher *self, host *h, const runut_fetch_request *request, runut_fetch_answer *answer)
{
    runut_client_get(self->client, request, answer);
    h->ready = now() + gap(self, h);
    bool later = answer->what == RUNUT_FETCHED && (answer->status == 429 || answer->status == 503);
    int64_t until = later ? now() + (int64_t)answer->retry_after * 1000 : 0;
    if (until > h->ready)
        h->ready = until;
}

/* ---- robots.txt ---- */

static bool is_redirect(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* At most five redirects, also to other hosts; what lies behind more is as if it were not there. */
static void ask_robots(runut_fetcher *self, host *h, runut_slice origin, runut_fetch_answer *answer)
{
    runut_url url;
    runut_slice at = runut_arena_printf(self->scratch, "%.*s/robots.txt", (int)origin.size, origin.at);
    for (int i = 0; i <= MOST_HOPS; i++) {
        if (!runut_url_read(self->scratch, at, &url) || (i && !wait_for(self, h)))
            break;
        const runut_fetch_request request = {
            .url = url.text.at, .accept = "text/plain, */*;q=0.5", .most = RUNUT_ROBOTS_MOST, .cut = true};
        ask(self, h, &request, answer);
        if (answer->what != RUNUT_FETCHED || !is_redirect(answer->status))
            return;
        at = runut_url_resolve(self->scratch, url.text, runut_slice_of(answer->location));
        at = runut_arena_copy(self->scratch, at);
    }
    *answer = (runut_fetch_answer){.what = RUNUT_FETCHED, .status = 404};
}

static void learn(runut_fetcher *self, host *h, runut_slice origin)
{
    runut_fetch_answer answer = {0};
    if (!wait_for(self, h))
        return;
    ask_robots(self, h, origin, &answer);
    bool came = answer.what == RUNUT_FETCHED, good = came && answer.status >= 200 && answer.status < 300;
    bool none = came && answer.status >= 400 && answer.status < 500 && answer.status != 429;
    h->state = good || none ? ROBOTS_KNOWN : ROBOTS_NOT_NOW;
    if (answer.what == RUNUT_FETCH_PRIVATE || answer.what == RUNUT_FETCH_NO_HOST || answer.what == RUNUT_FETCH_TLS)
        h->state = ROBOTS_KNOWN; /* the page itself will tell the same, with its reason */
    h->robots = (runut_robots){0};
    h->robots_until = now() + (h->state == ROBOTS_KNOWN ? ROBOTS_GOOD : ROBOTS_AGAIN) * INT64_C(1000);
    if (good)
        h->robots = runut_robots_read(self->arena, runut_arena_copy(self->arena, answer.body), RUNUT_LITERAL("runut"));
    if (h->robots.delay > self->options.delay)
        h->ready += h->robots.delay - self->options.delay;
}

static bool needs_robots(const host *h)
{
    return h->state == ROBOTS_UNKNOWN || now() >= h->robots_until;
}

/* ---- visits ---- */

typedef struct visit {
    runut_fetcher *self;
    const runut_fetch_request *request;
    runut_visit_answer *out;
} visit;

static void refuse(runut_visit_answer *out, runut_fetched what, const char *why)
{
    out->answer = (runut_fetch_answer){
        .what = what, .why = why, .type = "", .etag = "", .modified = "", .location = "", .body = {"", 0}};
}

/* One hop: true where it was asked for. */
static bool hop(const visit *v, runut_slice at, runut_url *url)
{
    runut_fetcher *self = v->self;
    host *h;
    if (!get_host(self, at, url, &h)) {
        refuse(v->out, RUNUT_FETCH_NO_URL, "not an address of http or https");
        return false;
    }
    snprintf(v->out->url, sizeof v->out->url, "%s", url->text.at);
    if (needs_robots(h))
        learn(self, h, url->origin);
    if (h->state != ROBOTS_KNOWN)
        refuse(v->out, RUNUT_FETCH_NOT_NOW, "robots.txt cannot be read now");
    else if (!runut_robots_allow(&h->robots, self->scratch, url->target))
        refuse(v->out, RUNUT_FETCH_ROBOTS, "robots.txt forbids it");
    else if (!wait_for(self, h))
        refuse(v->out, RUNUT_FETCH_NOT_NOW, stopped(self) ? "stopped" : "the host wants to be left alone for a while");
    else {
        runut_fetch_request request = *v->request;
        request.url = url->text.at;
        ask(self, h, &request, &v->out->answer);
        return true;
    }
    v->out->answer.retry_after = h->ready > now() ? (uint32_t)((h->ready - now()) / 1000 + 1) : 0;
    return false;
}

static void follow(const visit *v)
{
    runut_fetcher *self = v->self;
    runut_visit_answer *out = v->out;
    runut_url url;
    bool permanent = true;
    runut_slice at = runut_slice_of(v->request->url);
    for (int i = 0; i <= MOST_HOPS; i++) {
        if (!hop(v, at, &url) || out->answer.what != RUNUT_FETCHED || !is_redirect(out->answer.status))
            return;
        if (!out->answer.location[0])
            break;
        permanent &= out->answer.status == 301 || out->answer.status == 308;
        at = runut_url_resolve(self->scratch, url.text, runut_slice_of(out->answer.location));
        at = runut_arena_copy(self->scratch, at);
        runut_url next;
        if (permanent && runut_url_read(self->scratch, at, &next))
            snprintf(out->moved, sizeof out->moved, "%s", next.text.at);
    }
    out->moved[0] = '\0';
    refuse(out, RUNUT_FETCH_REDIRECTS, "redirected too often, or to nowhere");
}

static void visit_guarded(const visit *v)
{
    runut_fetcher *self = v->self;
    runut_arena_reset(self->scratch);
    v->out->url[0] = v->out->moved[0] = '\0';
    if (RUNUT_ARENA_TRY(self->scratch) == 0 && RUNUT_ARENA_TRY(self->arena) == 0) {
        follow(v);
        return;
    }
    forget(self);
    refuse(v->out, RUNUT_FETCH_BROKEN, "out of memory");
}

void runut_fetcher_visit(runut_fetcher *self, const runut_fetch_request *request, runut_visit_answer *out)
{
    const visit v = {self, request, out};
    visit_guarded(&v);
}

bool runut_fetcher_learn(runut_fetcher *self, runut_slice text)
{
    runut_url url;
    host *h;
    runut_arena_reset(self->scratch);
    if (RUNUT_ARENA_TRY(self->scratch) != 0 || RUNUT_ARENA_TRY(self->arena) != 0) {
        forget(self);
        return false;
    }
    if (!get_host(self, text, &url, &h) || !needs_robots(h) || h->ready - now() > MOST_PATIENCE)
        return false;
    learn(self, h, url.origin);
    return !needs_robots(h);
}

uint64_t runut_fetcher_wait_of(runut_fetcher *self, runut_slice text)
{
    runut_url url;
    host *h;
    runut_arena_reset(self->scratch);
    if (RUNUT_ARENA_TRY(self->scratch) != 0 || RUNUT_ARENA_TRY(self->arena) != 0) {
        forget(self);
        return 0;
    }
    if (!get_host(self, text, &url, &h))
        return 0;
    int64_t left = h->ready - now();
    return left > 0 ? (uint64_t)left : 0;
}
