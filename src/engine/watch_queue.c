#include "base/map.h"
#include "engine/watch.h"

typedef struct task {
    runut_slice url;
    struct task *next;
} task;

typedef struct waiting {
    task *first, *last;
} waiting;

struct runut_watch_queue {
    runut_arena *arena;
    runut_map *numbers;
    RUNUT_VECTOR(waiting) hosts;
    size_t at; /* whose turn it is */
    uint64_t left;
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
    task *t = runut_arena_alloc(self->arena, sizeof *t);
    t->url = text;
    uint32_t *number = runut_map_put(self->numbers, runut_arena_copy(self->arena, url.origin), &is_new);
    if (is_new) {
        *number = (uint32_t)self->hosts.size;
        (void)RUNUT_APPEND(self->arena, self->hosts);
    }
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
        uint64_t left = host->first ? runut_fetcher_wait_of(fetcher, host->first->url) : 0;
        if (!host->first || (best && left >= *wait))
            continue;
        best = host;
        *wait = left;
        if (left == 0)
            break;
    }
    return best;
}

bool runut_watch_queue_next(runut_watch_queue *self, runut_fetcher *fetcher, const volatile sig_atomic_t *stop,
                            runut_slice *url)
{
    enum { PATIENCE = 120000 }; /* who must be waited for longer is asked all the same, and says so */
    while (self->left && !(stop && *stop)) {
        uint64_t wait = 0;
        waiting *host = choose(self, fetcher, &wait);
        if (wait > 0 && wait <= PATIENCE) {
            runut_fetcher_sleep(fetcher, wait);
            continue;
        }
        self->at = (size_t)(host - self->hosts.at) + 1;
        if (runut_fetcher_learn(fetcher, host->first->url))
            continue; /* its next turn comes */
        *url = host->first->url;
        host->first = host->first->next;
        self->left--;
        return true;
    }
    return false;
}
