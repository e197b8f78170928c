#include "fetch/crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/slice.h"

typedef enum seat_state { SEAT_FREE, SEAT_SENT, SEAT_DONE, SEAT_TAKEN } seat_state;

typedef struct crew_seat {
    runut_crew *crew;
    runut_seat *seat;
    pthread_t thread;
    bool started;
    seat_state state;
    void *tag;
    runut_fetch_request request;
    char *texts; /* of the request */
    runut_learned robots;
    runut_visit_answer visit;
} crew_seat;

struct runut_crew {
    runut_fetcher *fetcher;
    pthread_mutex_t lock;
    pthread_cond_t sent, done;
    bool ends;
    size_t most, busy; /* busy: sent and not given back */
    crew_seat *seats;
};

/* ---- a seat's thread ---- */

static void fetch(crew_seat *s)
{
    s->robots = runut_seat_learn(s->seat, runut_slice_of(s->request.url));
    if (!s->robots.learned)
        runut_seat_visit(s->seat, &s->request, &s->visit);
}

static void *work(void *context)
{
    crew_seat *s = context;
    runut_crew *crew = s->crew;
    pthread_mutex_lock(&crew->lock);
    while (!crew->ends) {
        if (s->state != SEAT_SENT) {
            pthread_cond_wait(&crew->sent, &crew->lock);
            continue;
        }
        pthread_mutex_unlock(&crew->lock);
        fetch(s);
        pthread_mutex_lock(&crew->lock);
        s->state = SEAT_DONE;
        pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* ---- the crew ---- */

runut_crew *runut_crew_new(runut_fetcher *fetcher, unsigned most)
{
    pthread_condattr_t monotonic;
    runut_crew *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->fetcher = fetcher;
    self->most = most;
    self->seats = calloc(most, sizeof *self->seats);
    pthread_mutex_init(&self->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&self->sent, NULL);
    pthread_cond_init(&self->done, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (self->seats)
        return self;
    runut_crew_free(self);
    return NULL;
}

void runut_crew_free(runut_crew *self)
{
    if (!self)
        return;
    pthread_mutex_lock(&self->lock);
    self->ends = true;
    pthread_cond_broadcast(&self->sent);
    pthread_mutex_unlock(&self->lock);
    for (size_t i = 0; self->seats && i < self->most; i++) {
        crew_seat *s = &self->seats[i];
        if (s->started)
            pthread_join(s->thread, NULL);
        runut_seat_free(s->seat);
        free(s->texts);
    }
    pthread_cond_destroy(&self->sent);
    pthread_cond_destroy(&self->done);
    pthread_mutex_destroy(&self->lock);
    free(self->seats);
    free(self);
}

bool runut_crew_has_room(const runut_crew *self)
{
    return self->busy < self->most;
}

size_t runut_crew_busy(const runut_crew *self)
{
    return self->busy;
}

static char *put_text(char **at, const char *text)
{
    char *to = *at;
    size_t size = strlen(text ? text : "") + 1;
    memcpy(to, text ? text : "", size);
    *at += size;
    return to;
}

static bool copy_request(crew_seat *s, const runut_fetch_request *request)
{
    const char *texts[] = {request->url, request->etag, request->modified, request->accept};
    size_t size = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        size += strlen(texts[i] ? texts[i] : "") + 1;
    char *room = realloc(s->texts, size);
    if (!room)
        return false;
    s->texts = room;
    s->request = *request;
    s->request.url = put_text(&room, request->url);
    s->request.etag = put_text(&room, request->etag);
    s->request.modified = put_text(&room, request->modified);
    s->request.accept = put_text(&room, request->accept);
    return true;
}

static bool start(runut_crew *self, crew_seat *s)
{
    s->crew = self;
    if (!s->seat)
        s->seat = runut_seat_new(self->fetcher);
    if (s->seat && !s->started)
        s->started = pthread_create(&s->thread, NULL, work, s) == 0;
    return s->started;
}

bool runut_crew_send(runut_crew *self, const runut_fetch_request *request, void *tag)
{
    for (size_t i = 0; i < self->most; i++) {
        crew_seat *s = &self->seats[i];
        pthread_mutex_lock(&self->lock);
        bool is_free = s->state == SEAT_FREE;
        pthread_mutex_unlock(&self->lock);
        if (!is_free)
            continue;
        if (!copy_request(s, request) || !start(self, s))
            return false;
        pthread_mutex_lock(&self->lock);
        s->tag = tag;
        s->state = SEAT_SENT;
        self->busy++;
        pthread_cond_broadcast(&self->sent);
        pthread_mutex_unlock(&self->lock);
        return true;
    }
    return false;
}

static bool take_done(runut_crew *self, runut_crew_done *done)
{
    for (size_t i = 0; i < self->most; i++) {
        crew_seat *s = &self->seats[i];
        if (s->state != SEAT_DONE)
            continue;
        s->state = SEAT_TAKEN;
        *done = (runut_crew_done){s->tag, s->robots, &s->visit, i};
        return true;
    }
    return false;
}

bool runut_crew_next(runut_crew *self, uint64_t milliseconds, runut_crew_done *done)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(milliseconds / 1000);
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&self->lock);
    bool found = take_done(self, done);
    while (!found && pthread_cond_timedwait(&self->done, &self->lock, &until) == 0)
        found = take_done(self, done);
    found = found || take_done(self, done);
    pthread_mutex_unlock(&self->lock);
    return found;
}

void runut_crew_give_back(runut_crew *self, const runut_crew_done *done)
{
    pthread_mutex_lock(&self->lock);
    self->seats[done->seat].state = SEAT_FREE;
    self->busy--;
    pthread_mutex_unlock(&self->lock);
}
