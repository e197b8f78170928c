#define _GNU_SOURCE /* POLLRDHUP */
#include "serve/sockets.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "serve/request.h"

enum { LOOKS_A_SECOND = 2 };

typedef enum phase { WAITS, RECEIVES, WORKS, SENDS } phase;

struct runut_socket {
    runut_sockets *all;
    runut_socket *next, *before;
    int socket;
    phase phase;
    int64_t since;  /* when it came into the phase */
    uint64_t bytes; /* of the body that comes in or goes out */
    bool gone;      /* at the last look the client had hung up, and all that it sent was read */
};

struct runut_sockets {
    pthread_mutex_t lock;
    pthread_cond_t ends;
    pthread_t thread;
    runut_socket *first;
    unsigned count;
    bool stop;
    int64_t head; /* milliseconds */
    uint64_t rate;
};

static bool is_late(const runut_sockets *self, const runut_socket *s, int64_t now)
{
    if (s->phase == WORKS)
        return false;
    int64_t earned = s->phase == WAITS ? 0 : (int64_t)(s->bytes * 1000 / self->rate);
    return now - s->since > self->head + earned;
}

/* Has the client hung up in the middle? MHD waits for more where the end came close behind the last bytes. Twice in a
 * row, so that MHD has had the time to come to the end of what it read. */
static bool is_gone(runut_socket *s)
{
    struct pollfd p = {.fd = s->socket, .events = POLLRDHUP};
    int unread = 0;
    bool before = s->gone;
    s->gone = (s->phase == WAITS || s->phase == RECEIVES) && poll(&p, 1, 0) == 1 && p.revents &&
              ioctl(s->socket, FIONREAD, &unread) == 0 && unread == 0;
    return before && s->gone;
}

/* Under the lock, which `remove` takes before the socket is closed: so the number cannot be another's already. */
static void look(runut_sockets *self)
{
    int64_t now = runut_serve_now();
    for (runut_socket *s = self->first; s; s = s->next) {
        if (!is_late(self, s, now) && !is_gone(s))
            continue;
        shutdown(s->socket, SHUT_RDWR);
        s->phase = WORKS; /* once is enough */
    }
}

static void *watch(void *context)
{
    runut_sockets *self = context;
    pthread_mutex_lock(&self->lock);
    while (!self->stop) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += 1000000000L / LOOKS_A_SECOND;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&self->ends, &self->lock, &until);
        look(self);
    }
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

runut_sockets *runut_sockets_start(const runut_server_limits *limits)
{
    runut_sockets *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->head = (int64_t)limits->head_seconds * 1000;
    self->rate = limits->body_rate;
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->ends, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&self->thread, NULL, watch, self) == 0)
        return self;
    free(self);
    return NULL;
}

void runut_sockets_stop(runut_sockets *self)
{
    if (!self)
        return;
    pthread_mutex_lock(&self->lock);
    self->stop = true;
    pthread_cond_signal(&self->ends);
    pthread_mutex_unlock(&self->lock);
    pthread_join(self->thread, NULL);
    pthread_cond_destroy(&self->ends);
    pthread_mutex_destroy(&self->lock);
    free(self);
}

runut_socket *runut_sockets_add(runut_sockets *self, int socket)
{
    runut_socket *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    *s = (runut_socket){.all = self, .socket = socket, .since = runut_serve_now()};
    pthread_mutex_lock(&self->lock);
    s->next = self->first;
    if (s->next)
        s->next->before = s;
    self->first = s;
    self->count++;
    pthread_mutex_unlock(&self->lock);
    return s;
}

void runut_sockets_remove(runut_sockets *self, runut_socket *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&self->lock);
    if (s->before)
        s->before->next = s->next;
    else
        self->first = s->next;
    if (s->next)
        s->next->before = s->before;
    self->count--;
    pthread_mutex_unlock(&self->lock);
    free(s);
}

static void enter(runut_socket *self, phase next)
{
    if (!self)
        return;
    pthread_mutex_lock(&self->all->lock);
    if (self->phase != next || next != RECEIVES) {
        self->since = runut_serve_now();
        self->bytes = 0;
    }
    self->phase = next;
    self->gone = false;
    pthread_mutex_unlock(&self->all->lock);
}

void runut_socket_waits(runut_socket *self)
{
    enter(self, WAITS);
}

void runut_socket_works(runut_socket *self)
{
    enter(self, WORKS);
}

void runut_socket_sends(runut_socket *self, uint64_t bytes)
{
    if (!self)
        return;
    enter(self, SENDS);
    pthread_mutex_lock(&self->all->lock);
    self->bytes = bytes;
    pthread_mutex_unlock(&self->all->lock);
}

void runut_socket_receives(runut_socket *self, uint64_t bytes)
{
    if (!self)
        return;
    enter(self, RECEIVES);
    pthread_mutex_lock(&self->all->lock);
    self->bytes += bytes;
    pthread_mutex_unlock(&self->all->lock);
}

unsigned runut_sockets_count(runut_sockets *self)
{
    pthread_mutex_lock(&self->lock);
    unsigned count = self->count;
    pthread_mutex_unlock(&self->lock);
    return count;
}
