/* The work of a pass: one thread asks the state, hands addresses out to the crew, takes the answers as they come, and
 * adds what is new; only the waiting is done by others. A host is asked one thing at a time, so that one that is slow
 * holds up nobody but itself. Reports that are added together are in the order of the queue, whichever came first. */
#include "engine/watch.h"

enum { STEP = 200 /* milliseconds, after which it is seen that the work is stopped */ };

/* What was learned of a host the last time that the watcher ran. */
static void recall(runut_watch_run *self, runut_slice url)
{
    runut_slice origin, text;
    int64_t until = 0, now = runut_watch_now();
    runut_arena_reset(self->item);
    if (!runut_fetcher_needs(self->fetcher, url, &origin) || RUNUT_ARENA_TRY(self->item) != 0)
        return;
    self->code = runut_watch_robots_get(self->state, self->item, origin, &text, &until, self->error);
    if (self->code == RUNUT_OK && until > now)
        runut_fetcher_recall(self->fetcher, origin, text, until - now < 86400 ? (uint32_t)(until - now) : 86400);
}

static void remember(runut_watch_run *self, const runut_learned *robots)
{
    enum { A_DAY = 86400 };
    if (robots->known && self->code == RUNUT_OK)
        self->code =
            runut_watch_robots_put(self->state, robots->origin, robots->text, runut_watch_now() + A_DAY, self->error);
}

static void send_task(runut_watch_run *self, const runut_watch_kind *kind, runut_watch_task *task)
{
    runut_fetch_request request = {0};
    recall(self, task->url);
    if (self->code == RUNUT_OK)
        kind->ask(self, task->url, &request);
    if (self->code == RUNUT_OK && !runut_crew_send(self->crew, &request, task))
        self->code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory, or of threads");
}

static void take(runut_watch_run *self, const runut_watch_kind *kind, const runut_crew_done *done)
{
    runut_watch_task *task = done->tag;
    if (done->robots.learned) {
        remember(self, &done->robots);
        runut_watch_queue_back(self->queue, task);
        return;
    }
    runut_watch_queue_done(self->queue, task);
    self->visit = done->visit;
    self->order = task->order;
    if (self->code == RUNUT_OK)
        kind->take(self, task->url);
    runut_watch_flush_if_many(self);
}

/* Hands out what can be; until when nothing more can, in milliseconds. */
static uint64_t hand_out(runut_watch_run *self, const runut_watch_kind *kind)
{
    uint64_t wait = 0;
    while (self->code == RUNUT_OK && !runut_watch_stopped(self) && runut_crew_has_room(self->crew)) {
        runut_watch_task *task = runut_watch_queue_take(self->queue, self->fetcher, &wait);
        if (!task)
            return wait < STEP ? wait : STEP;
        send_task(self, kind, task);
    }
    return STEP;
}

void runut_watch_work(runut_watch_run *self, const runut_watch_kind *kind)
{
    runut_crew_done done;
    for (;;) {
        uint64_t wait = hand_out(self, kind);
        bool busy = runut_crew_busy(self->crew) != 0;
        bool ends = self->code != RUNUT_OK || runut_watch_stopped(self) || runut_watch_queue_is_empty(self->queue);
        if (!busy && ends)
            break;
        if (!runut_crew_next(self->crew, wait, &done))
            continue;
        take(self, kind, &done);
        runut_crew_give_back(self->crew, &done);
    }
    runut_watch_flush(self);
}
