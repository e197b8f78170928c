#define _GNU_SOURCE /* POLLRDHUP */
#include "serve/feeder.h"

#include <microhttpd.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "serve/handle.h"
#include "serve/metrics.h"
#include "serve/server.h"

enum { ENOUGH = 256 * 1024, PIECE = 16 * 1024 };

struct runut_outgoing {
    runut_feeder *feeder;
    struct MHD_Connection *connection;
    int socket;
    void *own;
    runut_outgoing *next, *before;
    char *at; /* bytes that wait are [start, end) */
    size_t start, end, capacity;
    enum { WANTS, HAS_ALL, ENDED, BROKEN } state;
    bool filled;    /* the feeder's thread is at it, without the lock */
    bool suspended; /* its connection */
    bool closed;    /* MHD is done with it */
};

struct runut_feeder {
    runut_server *server;
    runut_feeder_plan plan;
    pthread_mutex_t lock; /* of all below, and of the streams */
    pthread_cond_t wakes;
    pthread_t thread;
    runut_outgoing *first;
    unsigned count;
    bool running, stop, woken;
    int64_t looked;
    runut_handle handle; /* the thread's */
};

/* ---- one stream; under the lock ---- */

static void remove_stream(runut_outgoing *self)
{
    runut_feeder *feeder = self->feeder;
    if (self->before)
        self->before->next = self->next;
    else
        feeder->first = self->next;
    if (self->next)
        self->next->before = self->before;
    feeder->count--;
    feeder->plan.free_own(self->own);
    free(self->at);
    free(self);
}

static void resume(runut_outgoing *self)
{
    if (self->suspended)
        MHD_resume_connection(self->connection);
    self->suspended = false;
}

static bool has_room(const runut_outgoing *self)
{
    return self->end - self->start < ENOUGH;
}

static bool make_room(runut_outgoing *self, size_t size)
{
    if (self->start > 0) {
        memmove(self->at, self->at + self->start, self->end - self->start);
        self->end -= self->start;
        self->start = 0;
    }
    if (self->capacity - self->end >= size)
        return true;
    size_t capacity = self->end + size;
    char *at = realloc(self->at, capacity < PIECE ? PIECE : capacity + capacity / 2);
    if (!at)
        return false;
    self->at = at;
    self->capacity = capacity < PIECE ? PIECE : capacity + capacity / 2;
    return true;
}

/* A buffer that a large piece has grown, and that is empty now. */
static void shrink(runut_outgoing *self)
{
    self->start = self->end = 0;
    if (self->capacity <= ENOUGH)
        return;
    free(self->at);
    self->at = NULL;
    self->capacity = 0;
}

/* ---- MHD's thread ---- */

static ssize_t read_stream(void *context, uint64_t position, char *to, size_t most)
{
    runut_outgoing *self = context;
    runut_feeder *feeder = self->feeder;
    (void)position;
    pthread_mutex_lock(&feeder->lock);
    size_t size = self->end - self->start;
    ssize_t result = (ssize_t)(size < most ? size : most);
    if (size > 0)
        memcpy(to, self->at + self->start, (size_t)result);
    self->start += (size_t)result;
    if (self->start == self->end)
        shrink(self);
    if (size == 0 && self->state >= ENDED) {
        result = self->state == ENDED ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (size == 0) {
        self->suspended = true;
        MHD_suspend_connection(self->connection);
    }
    if (self->state == WANTS && has_room(self))
        pthread_cond_signal(&feeder->wakes);
    pthread_mutex_unlock(&feeder->lock);
    if (result > 0)
        runut_metrics_sent(feeder->server->metrics, (size_t)result);
    return result;
}

static void close_stream(void *context)
{
    runut_outgoing *self = context;
    runut_feeder *feeder = self->feeder;
    pthread_mutex_lock(&feeder->lock);
    self->closed = true;
    if (!self->filled)
        remove_stream(self);
    pthread_mutex_unlock(&feeder->lock);
}

/* ---- the feeder's thread ---- */

void runut_outgoing_put(runut_outgoing *self, const char *data, size_t size)
{
    pthread_mutex_lock(&self->feeder->lock);
    if (make_room(self, size)) {
        memcpy(self->at + self->end, data, size);
        self->end += size;
    } else {
        self->state = BROKEN;
    }
    resume(self);
    pthread_mutex_unlock(&self->feeder->lock);
}

bool runut_outgoing_has_room(runut_outgoing *self)
{
    pthread_mutex_lock(&self->feeder->lock);
    bool room = has_room(self) && !self->closed && self->state < ENDED;
    pthread_mutex_unlock(&self->feeder->lock);
    return room;
}

/* The stream that is to be filled next; it goes to the end of the list, so that each has its turn. */
static runut_outgoing *next_stream(runut_feeder *self)
{
    runut_outgoing *s = self->first;
    while (s && !(s->state == WANTS && has_room(s)))
        s = s->next;
    if (!s || !s->next)
        return s;
    if (s->before)
        s->before->next = s->next;
    else
        self->first = s->next;
    s->next->before = s->before;
    runut_outgoing *last = s->next;
    while (last->next)
        last = last->next;
    last->next = s;
    s->before = last;
    s->next = NULL;
    return s;
}

/* Opens the store where that is needed. Without the lock. */
static bool open_store(runut_feeder *self)
{
    const runut_server_options *options = &self->server->options;
    if (runut_handle_open(&self->handle, options->store, RUNUT_READ_ONLY, NULL, NULL) != RUNUT_OK)
        return false;
    runut_time_limit(self->handle.store, options->limits.milliseconds);
    return true;
}

/* With the lock held, which it leaves for as long as it asks the store. */
static void fill(runut_feeder *self, runut_outgoing *s)
{
    static const int states[] = {
        [RUNUT_FED_MORE] = WANTS, [RUNUT_FED_ALL] = HAS_ALL, [RUNUT_FED_END] = ENDED, [RUNUT_FED_BROKEN] = BROKEN};
    s->filled = true;
    pthread_mutex_unlock(&self->lock);
    runut_fed fed = open_store(self) ? self->plan.fill(s->own, self->handle.store, s) : RUNUT_FED_BROKEN;
    pthread_mutex_lock(&self->lock);
    s->filled = false;
    if (s->closed) {
        remove_stream(s);
        return;
    }
    if (s->state < ENDED) /* the server may stop */
        s->state = states[fed];
    if (s->state >= ENDED)
        resume(s);
}

/* Has the client hung up? MHD does not look at a connection that is suspended; the socket is open for as long as the
 * stream is not closed. */
static bool is_gone(const runut_outgoing *s)
{
    struct pollfd p = {.fd = s->socket, .events = POLLRDHUP};
    return s->suspended && poll(&p, 1, 0) == 1 && p.revents;
}

static bool is_due(const runut_feeder *self)
{
    return self->plan.period && self->first && (self->woken || runut_serve_now() - self->looked >= self->plan.period);
}

/* Looks for news when it is time to: then every stream is filled anew. With the lock held, which it leaves meanwhile.
 */
static void look(runut_feeder *self)
{
    if (!is_due(self))
        return;
    self->woken = false;
    self->looked = runut_serve_now();
    pthread_mutex_unlock(&self->lock);
    if (self->plan.look && open_store(self))
        self->plan.look(self->plan.context, self->handle.store);
    pthread_mutex_lock(&self->lock);
    for (runut_outgoing *s = self->first; s; s = s->next) {
        if (s->state == HAS_ALL)
            s->state = is_gone(s) ? BROKEN : WANTS;
        if (s->state == BROKEN)
            resume(s);
    }
}

static void wait(runut_feeder *self)
{
    struct timespec until;
    if (self->plan.period == 0 || !self->first) {
        pthread_cond_wait(&self->wakes, &self->lock);
        return;
    }
    int64_t left = self->looked + self->plan.period - runut_serve_now();
    left = left < 1 ? 1 : left;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += left / 1000;
    until.tv_nsec += left % 1000 * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&self->wakes, &self->lock, &until);
}

static void *work(void *context)
{
    runut_feeder *self = context;
    pthread_mutex_lock(&self->lock);
    while (!self->stop) {
        look(self);
        runut_outgoing *s = self->stop ? NULL : next_stream(self);
        if (s)
            fill(self, s);
        else if (!self->stop && !is_due(self))
            wait(self);
    }
    pthread_mutex_unlock(&self->lock);
    runut_handle_close(&self->handle);
    return NULL;
}

/* ---- the whole ---- */

int runut_feeder_start(runut_server *server, const runut_feeder_plan *plan, runut_feeder **out, runut_error *error)
{
    runut_feeder *self = calloc(1, sizeof *self);
    *out = self;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->server = server;
    self->plan = *plan;
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->wakes, &clock);
    pthread_condattr_destroy(&clock);
    self->running = pthread_create(&self->thread, NULL, work, self) == 0;
    if (self->running)
        return RUNUT_OK;
    runut_feeder_free(self);
    *out = NULL;
    return runut_error_set(error, RUNUT_ERR_MEMORY, "no thread can be made");
}

/* Puts the stream among the others; false where there are too many. */
static bool enter(runut_feeder *self, runut_outgoing *s)
{
    pthread_mutex_lock(&self->lock);
    bool room = self->count < self->plan.most && !self->stop;
    if (room) {
        s->next = self->first;
        if (s->next)
            s->next->before = s;
        self->first = s;
        self->count++;
        self->woken = true;
        pthread_cond_signal(&self->wakes);
    }
    pthread_mutex_unlock(&self->lock);
    return room;
}

void runut_feeder_reply(runut_feeder *self, runut_request *request, const char *type, void *own)
{
    runut_outgoing *s = request->method == RUNUT_METHOD_HEAD ? NULL : calloc(1, sizeof *s);
    bool entered = false;
    if (s) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *s = (runut_outgoing){
            .feeder = self, .connection = request->connection, .socket = info ? info->connect_fd : -1, .own = own};
        entered = enter(self, s);
    }
    if (entered) {
        struct MHD_Response *response =
            MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read_stream, s, close_stream);
        if (!response)
            close_stream(s);
        runut_reply_stream(&request->reply, type, response);
        return;
    }
    self->plan.free_own(own);
    free(s);
    if (request->method == RUNUT_METHOD_HEAD) {
        runut_reply_static(&request->reply, type, NULL, 0);
        return;
    }
    runut_reply_problem(&request->reply, 503, "there are too many %s at this time", self->plan.name);
    runut_reply_field(&request->reply, "Retry-After", "10");
}

void runut_feeder_wake(runut_feeder *self)
{
    pthread_mutex_lock(&self->lock);
    self->woken = true;
    pthread_cond_signal(&self->wakes);
    pthread_mutex_unlock(&self->lock);
}

unsigned runut_feeder_count(runut_feeder *self)
{
    pthread_mutex_lock(&self->lock);
    unsigned count = self->count;
    pthread_mutex_unlock(&self->lock);
    return count;
}

void runut_feeder_stop(runut_feeder *self)
{
    if (!self || !self->running)
        return;
    pthread_mutex_lock(&self->lock);
    self->stop = true;
    pthread_cond_signal(&self->wakes);
    pthread_mutex_unlock(&self->lock);
    pthread_join(self->thread, NULL);
    self->running = false;
    pthread_mutex_lock(&self->lock);
    for (runut_outgoing *s = self->first; s; s = s->next) {
        if (s->state < ENDED)
            s->state = self->plan.period ? ENDED : BROKEN; /* an export that breaks off is not whole */
        resume(s);
    }
    pthread_mutex_unlock(&self->lock);
}

void runut_feeder_free(runut_feeder *self)
{
    if (!self)
        return;
    runut_feeder_stop(self);
    pthread_cond_destroy(&self->wakes);
    pthread_mutex_destroy(&self->lock);
    free(self);
}
