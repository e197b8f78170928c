#include "serve/workers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "serve/answers.h"
#include "serve/server.h"

typedef struct worker {
    runut_workers *all;
    pthread_t thread;
    runut *store; /* NULL = not open */
    struct stat file;
} worker;

struct runut_workers {
    runut_server *server;
    pthread_mutex_t lock;
    pthread_cond_t wakes;
    runut_request *first, *last;
    unsigned waiting, most, threads;
    bool stop;
    worker workers[];
};

static runut_request *take(runut_workers *self)
{
    pthread_mutex_lock(&self->lock);
    while (!self->first && !self->stop)
        pthread_cond_wait(&self->wakes, &self->lock);
    runut_request *request = self->first;
    if (request) {
        self->first = request->next;
        self->waiting--;
    }
    pthread_mutex_unlock(&self->lock);
    return request;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The handle for the file that is at the store's path now. */
static int open_store(worker *self, runut_error *error)
{
    const char *path = self->all->server->options.store;
    struct stat now;
    if (stat(path, &now) != 0) {
        runut_close(self->store);
        self->store = NULL;
        return runut_error_set(error, RUNUT_ERR_STORE, "the store is gone");
    }
    if (self->store && is_same(&now, &self->file))
        return RUNUT_OK;
    runut_close(self->store);
    self->file = now;
    return runut_open(path, RUNUT_READ_ONLY, &self->store, error);
}

static void *work(void *context)
{
    worker *self = context;
    for (runut_request *request; (request = take(self->all));) {
        runut_error error;
        if (open_store(self, &error) == RUNUT_OK)
            runut_answers_make(self->store, &self->file, request);
        else
            runut_reply_error(&request->reply, &error);
        if (request->reply.status)
            runut_server_answered(request);
    }
    runut_close(self->store);
    return NULL;
}

int runut_workers_start(struct runut_server *server, unsigned threads, unsigned queued, runut_workers **out,
                        runut_error *error)
{
    runut_workers *self = calloc(1, sizeof *self + threads * sizeof *self->workers);
    *out = self;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->server = server;
    self->most = queued;
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->wakes, NULL);
    for (; self->threads < threads; self->threads++) {
        worker *w = &self->workers[self->threads];
        w->all = self;
        if (pthread_create(&w->thread, NULL, work, w) != 0)
            break;
    }
    if (self->threads > 0)
        return RUNUT_OK;
    runut_workers_stop(self);
    *out = NULL;
    return runut_error_set(error, RUNUT_ERR_MEMORY, "no thread can be made");
}

bool runut_workers_ask(runut_workers *self, runut_request *request)
{
    request->next = NULL;
    pthread_mutex_lock(&self->lock);
    bool room = self->waiting < self->most && !self->stop;
    if (room) {
        if (self->first)
            self->last->next = request;
        else
            self->first = request;
        self->last = request;
        self->waiting++;
        pthread_cond_signal(&self->wakes);
    }
    pthread_mutex_unlock(&self->lock);
    return room;
}

unsigned runut_workers_waiting(runut_workers *self)
{
    pthread_mutex_lock(&self->lock);
    unsigned waiting = self->waiting;
    pthread_mutex_unlock(&self->lock);
    return waiting;
}

void runut_workers_stop(runut_workers *self)
{
    if (!self)
        return;
    pthread_mutex_lock(&self->lock);
    self->stop = true;
    pthread_cond_broadcast(&self->wakes);
    pthread_mutex_unlock(&self->lock);
    for (unsigned i = 0; i < self->threads; i++)
        pthread_join(self->workers[i].thread, NULL);
    pthread_cond_destroy(&self->wakes);
    pthread_mutex_destroy(&self->lock);
    free(self);
}
