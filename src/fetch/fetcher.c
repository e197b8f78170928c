#include "fetch/fetcher.h"

#include <pthread.h>
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
    bool busy; /* a seat asks it */
    runut_robots robots;
} host;

/* What all seats share stands under the lock. Hosts stay where they are until all are forgotten, which is done only
 * where none is busy. */
struct runut_fetcher {
    runut_fetcher_options options;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    runut_arena *arena;   /* of the hosts */
    runut_arena *reading; /* of an address that is looked up */
    runut_map *numbers;
    RUNUT_VECTOR(host *) hosts;
    size_t busy;
};

struct runut_seat {
    runut_fetcher *fetcher;
    runut_client *client;
    runut_arena *scratch; /* of the request in hand */
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
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->changed, NULL);
    self->arena = runut_arena_new(ARENA);
    self->reading = runut_arena_new(ARENA);
    if (self->arena && self->reading)
        return self;
    runut_fetcher_free(self);
    return NULL;
}

void runut_fetcher_free(runut_fetcher *self)
{
    if (!self)
        return;
    pthread_cond_destroy(&self->changed);
    pthread_mutex_destroy(&self->lock);
    runut_arena_free(self->arena);
    runut_arena_free(self->reading);
    free(self);
}

runut_seat *runut_seat_new(runut_fetcher *fetcher)
{
    runut_seat *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->fetcher = fetcher;
    self->client = runut_client_new(&fetcher->options);
    self->scratch = runut_arena_new(ARENA);
    if (self->client && self->scratch)
        return self;
    runut_seat_free(self);
    return NULL;
}

void runut_seat_free(runut_seat *self)
{
    if (!self)
        return;
    runut_client_free(self->client);
    runut_arena_free(self->scratch);
    free(self);
}

/* ---- hosts; all under the lock ---- */

static void forget(runut_fetcher *self)
{
    runut_arena_reset(self->arena);
    self->numbers = NULL;
    memset(&self->hosts, 0, sizeof self->hosts);
}

static host *find_host(runut_fetcher *self, runut_slice origin)
{
    bool is_new = false;
    if (!self->busy && (self->hosts.size > MOST_HOSTS || runut_arena_used(self->arena) > TIDY))
        forget(self);
    if (!self->numbers)
        self->numbers = runut_map_new(self->arena);
    uint32_t *number = runut_map_get(self->numbers, origin);
    if (number)
        return self->hosts.at[*number];
    host *h = runut_arena_alloc(self->arena, sizeof *h);
    number = runut_map_put(self->numbers, runut_arena_copy(self->arena, origin), &is_new);
    *number = (uint32_t)self->hosts.size;
    RUNUT_PUSH(self->arena, self->hosts, h);
    return h;
}

/* NULL where memory is out. */
static host *host_of(runut_fetcher *self, runut_slice origin)
{
    if (RUNUT_ARENA_TRY(self->arena) == 0)
        return find_host(self, origin);
    if (!self->busy)
        forget(self);
    return NULL;
}

static int64_t gap(const runut_fetcher *self, const host *h)
{
    uint32_t own = h->state == ROBOTS_KNOWN ? h->robots.delay : 0;
    return own > self->options.delay ? own : self->options.delay;
}

static bool needs_robots(const host *h)
{
    return h->state == ROBOTS_UNKNOWN || now() >= h->robots_until;
}

/* ---- a host's turn ---- */

static struct timespec in_a_while(int64_t milliseconds)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += (long)milliseconds * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

/* Waits for the host's turn and takes it, which ends with leave(); NULL where that would take too long, the work is
 * stopped, or memory is out. */
static host *enter(runut_fetcher *self, runut_slice origin)
{
    enum { STEP = 200 };
    pthread_mutex_lock(&self->lock);
    for (;;) {
        host *h = host_of(self, origin);
        int64_t left = h ? h->ready - now() : 0;
        if (!h || stopped(self) || (left > MOST_PATIENCE && left > gap(self, h)))
            break;
        if (!h->busy && left <= 0) {
            h->busy = true;
            self->busy++;
            pthread_mutex_unlock(&self->lock);
            return h;
        }
        struct timespec until = in_a_while(!h->busy && left < STEP ? left + 1 : STEP);
        pthread_cond_timedwait(&self->changed, &self->lock, &until);
    }
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

/* What the host is left alone for is noted; `answer` NULL = nothing was asked. */
static void leave(runut_fetcher *self, host *h, const runut_fetch_answer *answer)
{
    pthread_mutex_lock(&self->lock);
    if (answer)
        h->ready = now() + gap(self, h);
    bool later = answer && answer->what == RUNUT_FETCHED && (answer->status == 429 || answer->status == 503);
    int64_t until = later ? now() + (int64_t)answer->retry_after * 1000 : 0;
    if (until > h->ready)
        h->ready = until;
    h->busy = false;
    self->busy--;
    pthread_cond_broadcast(&self->changed);
    pthread_mutex_unlock(&self->lock);
}

/* ---- robots.txt ---- */

static bool is_redirect(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* At most five redirects, also to other hosts; what lies behind more is as if it were not there. */
static void ask_robots(runut_seat *self, runut_slice origin, runut_fetch_answer *answer)
{
    runut_url url;
    runut_slice at = runut_arena_printf(self->scratch, "%.*s/robots.txt", (int)origin.size, origin.at);
    for (int i = 0; i <= MOST_HOPS; i++) {
        if (!runut_url_read(self->scratch, at, &url))
            break;
        if (i)
            runut_fetcher_sleep(self->fetcher, self->fetcher->options.delay);
        const runut_fetch_request request = {
            .url = url.text.at, .accept = "text/plain, */*;q=0.5", .most = RUNUT_ROBOTS_MOST, .cut = true};
        runut_client_get(self->client, &request, answer);
        if (answer->what != RUNUT_FETCHED || !is_redirect(answer->status))
            return;
        at = runut_url_resolve(self->scratch, url.text, runut_slice_of(answer->location));
        at = runut_arena_copy(self->scratch, at);
    }
    *answer = (runut_fetch_answer){.what = RUNUT_FETCHED, .status = 404};
}

/* Under the lock. */
static void keep_rules(runut_fetcher *self, host *h, runut_slice text)
{
    h->robots = (runut_robots){0};
    if (text.size == 0)
        return;
    if (RUNUT_ARENA_TRY(self->arena) == 0)
        h->robots = runut_robots_read(self->arena, runut_arena_copy(self->arena, text), RUNUT_LITERAL("runut"));
    else
        h->state = ROBOTS_NOT_NOW;
}

/* `h` is ours. */
static void take_robots(runut_fetcher *self, host *h, const runut_fetch_answer *answer)
{
    bool came = answer->what == RUNUT_FETCHED, good = came && answer->status >= 200 && answer->status < 300;
    bool none = came && answer->status >= 400 && answer->status < 500 && answer->status != 429;
    pthread_mutex_lock(&self->lock);
    h->state = good || none ? ROBOTS_KNOWN : ROBOTS_NOT_NOW;
    if (answer->what == RUNUT_FETCH_PRIVATE || answer->what == RUNUT_FETCH_NO_HOST || answer->what == RUNUT_FETCH_TLS)
        h->state = ROBOTS_KNOWN; /* the page itself will tell the same, with its reason */
    keep_rules(self, h, good ? answer->body : (runut_slice){"", 0});
    h->robots_until = now() + (h->state == ROBOTS_KNOWN ? ROBOTS_GOOD : ROBOTS_AGAIN) * INT64_C(1000);
    pthread_mutex_unlock(&self->lock);
}

static void learn(runut_seat *self, runut_slice origin, runut_learned *out)
{
    runut_fetch_answer answer = {0};
    host *h = enter(self->fetcher, origin);
    if (!h)
        return;
    ask_robots(self, origin, &answer);
    take_robots(self->fetcher, h, &answer);
    bool good = answer.what == RUNUT_FETCHED && answer.status >= 200 && answer.status < 300;
    *out = (runut_learned){.learned = true,
                           .known = h->state == ROBOTS_KNOWN && answer.what == RUNUT_FETCHED,
                           .origin = origin,
                           .text = good ? answer.body : (runut_slice){"", 0}};
    leave(self->fetcher, h, &answer);
}

/* ---- visits ---- */

typedef struct visit {
    runut_seat *self;
    const runut_fetch_request *request;
    runut_visit_answer *out;
} visit;

static void refuse(runut_visit_answer *out, runut_fetched what, const char *why)
{
    out->answer = (runut_fetch_answer){
        .what = what, .why = why, .type = "", .etag = "", .modified = "", .location = "", .body = {"", 0}};
}

static host *look_up(runut_fetcher *self, runut_slice origin, bool *needs, uint32_t *wait)
{
    pthread_mutex_lock(&self->lock);
    host *h = host_of(self, origin);
    *needs = h && needs_robots(h);
    *wait = h && h->ready > now() ? (uint32_t)((h->ready - now()) / 1000 + 1) : 0;
    pthread_mutex_unlock(&self->lock);
    return h;
}

/* Asks, where robots.txt lets us; true where an answer came of it. */
static bool ask(const visit *v, const runut_url *url)
{
    runut_seat *self = v->self;
    runut_fetcher *fetcher = self->fetcher;
    host *h = enter(fetcher, url->origin);
    bool known = h && h->state == ROBOTS_KNOWN; /* nobody else writes to it now */
    bool allowed = known && runut_robots_allow(&h->robots, self->scratch, url->target);
    if (!h)
        refuse(v->out, RUNUT_FETCH_NOT_NOW,
               stopped(fetcher) ? "stopped" : "the host wants to be left alone for a while");
    else if (!known)
        refuse(v->out, RUNUT_FETCH_NOT_NOW, "robots.txt cannot be read now");
    else if (!allowed)
        refuse(v->out, RUNUT_FETCH_ROBOTS, "robots.txt forbids it");
    if (!allowed) {
        if (h)
            leave(fetcher, h, NULL);
        return false;
    }
    runut_fetch_request request = *v->request;
    request.url = url->text.at;
    runut_client_get(self->client, &request, &v->out->answer);
    leave(fetcher, h, &v->out->answer);
    return true;
}

/* One hop: true where it was asked for. */
static bool hop(const visit *v, runut_slice at, runut_url *url)
{
    runut_seat *self = v->self;
    runut_learned unused;
    bool needs;
    uint32_t wait;
    if (!runut_url_read(self->scratch, at, url)) {
        refuse(v->out, RUNUT_FETCH_NO_URL, "not an address of http or https");
        return false;
    }
    snprintf(v->out->url, sizeof v->out->url, "%s", url->text.at);
    look_up(self->fetcher, url->origin, &needs, &wait);
    if (needs)
        learn(self, url->origin, &unused);
    if (ask(v, url))
        return true;
    look_up(self->fetcher, url->origin, &needs, &wait);
    v->out->answer.retry_after = wait;
    return false;
}

static void follow(const visit *v)
{
    runut_seat *self = v->self;
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

void runut_seat_visit(runut_seat *self, const runut_fetch_request *request, runut_visit_answer *out)
{
    const visit v = {self, request, out};
    runut_arena_reset(self->scratch);
    out->url[0] = out->moved[0] = '\0';
    if (RUNUT_ARENA_TRY(self->scratch) == 0)
        follow(&v);
    else
        refuse(out, RUNUT_FETCH_BROKEN, "out of memory");
}

runut_learned runut_seat_learn(runut_seat *self, runut_slice text)
{
    runut_url url;
    bool needs;
    uint32_t wait;
    runut_learned out = {0};
    runut_arena_reset(self->scratch);
    if (RUNUT_ARENA_TRY(self->scratch) != 0 || !runut_url_read(self->scratch, text, &url))
        return out;
    look_up(self->fetcher, url.origin, &needs, &wait);
    if (needs && (int64_t)wait * 1000 <= MOST_PATIENCE)
        learn(self, url.origin, &out);
    return out;
}

/* ---- for who hands out the work ---- */

bool runut_fetcher_needs(runut_fetcher *self, runut_slice text, runut_slice *origin)
{
    runut_url url;
    bool needs = false;
    uint32_t wait;
    runut_arena_reset(self->reading);
    if (RUNUT_ARENA_TRY(self->reading) != 0 || !runut_url_read(self->reading, text, &url))
        return false;
    host *h = look_up(self, url.origin, &needs, &wait);
    *origin = url.origin;
    return h && needs && h->state == ROBOTS_UNKNOWN;
}

void runut_fetcher_recall(runut_fetcher *self, runut_slice origin, runut_slice text, uint32_t seconds)
{
    pthread_mutex_lock(&self->lock);
    host *h = host_of(self, origin);
    if (h && h->state == ROBOTS_UNKNOWN && !h->busy) {
        h->state = ROBOTS_KNOWN;
        keep_rules(self, h, text);
        h->robots_until = now() + (seconds < ROBOTS_GOOD ? seconds : ROBOTS_GOOD) * INT64_C(1000);
    }
    pthread_mutex_unlock(&self->lock);
}

uint64_t runut_fetcher_wait_of(runut_fetcher *self, runut_slice text)
{
    enum { WHILE_BUSY = 50 };
    runut_url url;
    runut_arena_reset(self->reading);
    if (RUNUT_ARENA_TRY(self->reading) != 0 || !runut_url_read(self->reading, text, &url))
        return 0;
    pthread_mutex_lock(&self->lock);
    host *h = host_of(self, url.origin);
    int64_t left = h ? h->ready - now() : 0;
    if (h && h->busy && left < WHILE_BUSY)
        left = WHILE_BUSY;
    pthread_mutex_unlock(&self->lock);
    return left > 0 ? (uint64_t)left : 0;
}
