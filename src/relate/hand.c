/* Hands: what each thread of a settling has of its own, and the work that is shared out among them. */
#include <stdlib.h>
#include <string.h>

#include "relate/align.h"
#include "relate/relater.h"

/* Articles that a hand's own table of matches is made for: they were compared a moment ago, if ever. */
enum { PAIRS = 256 };
static const size_t SCRATCH_LIMIT = (size_t)4 << 30, DESK_LIMIT = (size_t)4 << 30, DESK_MOST = (size_t)32 << 20;

static void hand_free(runut_hand *self)
{
    if (!self)
        return;
    runut_pairs_free(&self->pairs);
    runut_arena_free(self->scratch);
    runut_arena_free(self->answer);
    runut_arena_free(self->desk);
    free(self);
}

static runut_hand *hand_new(runut_relater *relater)
{
    runut_hand *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->relater = relater;
    self->scratch = runut_arena_new(SCRATCH_LIMIT);
    self->answer = runut_arena_new(SCRATCH_LIMIT);
    self->desk = runut_arena_new(DESK_LIMIT);
    runut_pairs_init(&self->pairs, &relater->heap);
    if (self->scratch && self->answer && self->desk)
        return self;
    hand_free(self);
    return NULL;
}

void runut_hands_free(runut_relater *self)
{
    for (size_t i = 0; i < RUNUT_MOST_HANDS; i++)
        hand_free(self->hands[i]);
}

/* ---- the desk ---- */

static void clear_desk(runut_hand *self)
{
    runut_arena_reset(self->desk);
    memset(self->places, 0, sizeof self->places);
    self->digest_count = 0;
}

void runut_hand_tidy(runut_hand *self)
{
    if (2 * self->digest_count > RUNUT_DESK || runut_arena_used(self->desk) > DESK_MOST)
        clear_desk(self);
}

static _Noreturn void fail(runut_hand *self, int code)
{
    self->code = code;
    runut_arena_fail(self->scratch);
}

/* Asks whoever keeps the digests; one at a time. */
static int fetch(runut_hand *self, size_t place, runut_slice *bytes)
{
    runut_relater *r = self->relater;
    runut_lock_take(r->fetch_lock);
    volatile int code = RUNUT_ERR_MEMORY;
    if (RUNUT_ARENA_TRY(self->desk) == 0)
        code = r->fetch(r->fetch_context, self->shelf.articles.at[place].article, self->desk, bytes, &self->error);
    runut_lock_give(r->fetch_lock);
    return code;
}

static runut_digest *decode(runut_hand *self, size_t place)
{
    runut_digest *digest = NULL;
    runut_slice bytes = runut_shelf_bytes(&self->shelf, place);
    int code = bytes.size || !self->relater->fetch ? RUNUT_OK : fetch(self, place, &bytes);
    self->fetched += bytes.size && !runut_shelf_bytes(&self->shelf, place).size;
    if (code != RUNUT_OK)
        fail(self, code);
    if (RUNUT_ARENA_TRY(self->desk) != 0)
        fail(self, RUNUT_ERR_MEMORY);
    code = runut_digest_decode(self->desk, bytes, true, &digest, &self->error);
    if (code != RUNUT_OK)
        fail(self, code);
    runut_align_prepare(self->desk, digest);
    return digest;
}

runut_digest *runut_hand_digest(runut_hand *self, size_t place)
{
    size_t mask = RUNUT_DESK - 1, i = (place * 0x9e3779b1u) >> 8 & mask;
    while (self->places[i] && self->places[i] != place + 1)
        i = (i + 1) & mask;
    if (self->places[i])
        return self->digests[i];
    runut_digest *digest = decode(self, place);
    if (self->digest_count >= RUNUT_DESK - 1)
        return digest; /* one event needs very many of them: they are not kept */
    self->digests[i] = digest;
    self->places[i] = (uint32_t)place + 1;
    self->digest_count++;
    return digest;
}

/* ---- work ---- */

typedef struct work {
    runut_relater *relater;
    runut_task task;
    void *context;
} work;

static void do_item(void *context, size_t thread, size_t item)
{
    const work *w = context;
    runut_hand *h = w->relater->hands[thread];
    if (h->code != RUNUT_OK)
        return;
    runut_arena_reset(h->scratch);
    if (RUNUT_ARENA_TRY(h->scratch) == 0) {
        if (RUNUT_ARENA_TRY(h->answer) == 0) {
            w->task(h, w->context, item);
            return;
        }
    }
    h->code = h->code != RUNUT_OK ? h->code : RUNUT_ERR_MEMORY;
}

static void prepare(runut_relater *self, size_t i, bool afresh)
{
    if (!self->hands[i] && !(self->hands[i] = hand_new(self)))
        runut_arena_fail(self->scratch);
    runut_hand *h = self->hands[i];
    h->code = RUNUT_OK;
    h->fetched = 0;
    clear_desk(h);
    if (afresh)
        runut_arena_reset(h->answer);
    h->shelf = self->shelf;
    h->shelf.pairs = &h->pairs;
    h->shelf.ready = &h->ready;
    h->pairs.before = &self->pairs;
    if (!h->pairs.at)
        runut_pairs_clear(&h->pairs, PAIRS);
}

void runut_hands_run(runut_relater *self, bool afresh, size_t count, runut_task task, void *context)
{
    work w = {self, task, context};
    for (size_t i = 0; i < self->threads; i++)
        prepare(self, i, afresh);
    runut_parallel_run(self->threads, count, do_item, &w);
    for (size_t i = 0; i < self->threads; i++)
        self->work.fetched += self->hands[i]->fetched;
    for (size_t i = 0; i < self->threads; i++)
        if (self->hands[i]->code != RUNUT_OK) {
            self->failed = self->hands[i]->code;
            self->error = self->hands[i]->error;
            runut_arena_fail(self->scratch);
        }
}
