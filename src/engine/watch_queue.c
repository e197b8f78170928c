#include "base/map.h"
#include "engine/watch.h"

typedef struct waiting {
    runut_watch_task *first, *last;
    bool busy; /* one of its tasks is under way */
} waiting;

struct runut_watch_queue {
    runut_arena *arena;
    runut_map *numbers;
    RUNUT_VECTOR(waiting) hosts;
    size_t at;          /* whose turn it is */
    uint64_t left, put; /* left: that were not taken */
};

runut_watch_queue *runut_watch_queue_new(runut_arena *arena)
{
    runut_watch_queue *self = runut_arena_alloc(arena, sizeof *self);
    self->arena = arena;
    self->numbers = runut_map_new(arena);
    return self;
}

bool runut_watch_queue_put(runut_watch_queue *self, runut_arena *scratch, runut_slice text)
{
    runut_url url;
    bool is_new = false;
    if (!runut_url_read(scratch, text, &url))
        return false;
    runut_watch_task *t = runut_arena_alloc(self->arena, sizeof *t);
    t->url = text;
    t->order = self->put++;
    uint32_t *number = runut_map_put(self->numbers, runut_arena_copy(self->arena, url.origin), &is_new);
    if (is_new) {
        *number = (uint32_t)self->hosts.size;
        (void)RUNUT_APPEND(self->arena, self->hosts);
    }
    t->host = *number;
    waiting *host = &self->hosts.at[*number];
    if (host->first)
        host->last->next = t;
    else
        host->first = t;
    host->last = t;
    self->left++;
    return true;
}

/* The host that may be asked now, looked for in turn; else the one that may be asked first. */
static waiting *choose(runut_watch_queue *self, runut_fetcher *fetcher, uint64_t *wait)
{
    waiting *best = NULL;
    for (size_t i = 0; i < self->hosts.size; i++) {
        waiting *host = &self->hosts.at[(self->at + i) % self->hosts.size];
        if (!host->first || host->busy)
            continue;
        uint64_t left = runut_fetcher_wait_of(fetcher, host->first->url);
        if (best && left >= *wait)
            continue;
        best = host;
        *wait = left;
        if (left == 0)
            break;
    }
    return best;
}

runut_watch_task *runut_watch_queue_take(runut_watch_queue *self, runut_fetcher *fetcher, uint64_t *wait)
{
    enum { PATIENCE = 120000 }; /* who must be waited for longer is asked all the same, and says so */
    waiting *host = self->left ? choose(self, fetcher, wait) : NULL;
    if (!host)
        *wait = UINT64_MAX;
    if (!host || (*wait > 0 && *wait <= PATIENCE))
        return NULL;
    runut_watch_task *t = host->first;
    self->at = (size_t)(host - self->hosts.at) + 1;
    host->first = t->next;
    host->busy = true;
    self->left--;
    return t;
}

void runut_watch_queue_done(runut_watch_queue *self, const runut_watch_task *task)
{
    self->hosts.at[task->host].busy = false;
}

void runut_watch_queue_back(runut_watch_queue *self, runut_watch_task *task)
{
    waiting *host = &self->hosts.at[task->host];
    task->next = host->first;
    if (!host->first)
        host->last = task;
    host->first = task;
    host->busy = false;
    self->left++;
}

bool runut_watch_queue_is_empty(const runut_watch_queue *self)
{
    return self->left == 0;
}
