#include "relate/relate.h"

#include <stdlib.h>

#include "base/slice.h"
#include "relate/relater.h"

static const size_t HEAP_LIMIT = (size_t)32 << 30, SCRATCH_LIMIT = (size_t)8 << 30;

static int out_of_memory(runut_error *error)
{
    return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory while relating articles");
}

int runut_relater_new(runut_relater **out, runut_error *error)
{
    runut_relater *self = *out = calloc(1, sizeof *self);
    if (!self)
        return out_of_memory(error);
    self->heap.limit = HEAP_LIMIT;
    self->scratch = runut_arena_new(SCRATCH_LIMIT);
    self->fetch_lock = runut_lock_new();
    self->threads = 1;
    runut_index_init(&self->index, &self->heap);
    runut_shelf_init(&self->shelf, &self->heap, &self->index);
    runut_pairs_init(&self->pairs, &self->heap);
    self->shelf.pairs = &self->pairs;
    self->shelf.ready = &self->ready;
    if (self->scratch && self->fetch_lock && runut_events_reserve(self, 0) && runut_stories_reserve(self, 0))
        return RUNUT_OK;
    runut_relater_free(self);
    *out = NULL;
    return out_of_memory(error);
}

void runut_relater_free(runut_relater *self)
{
    if (!self)
        return;
    runut_hands_free(self);
    runut_lock_free(self->fetch_lock);
    runut_pairs_free(&self->pairs);
    runut_shelf_free(&self->shelf);
    runut_index_free(&self->index);
    RUNUT_LIST_FREE(&self->heap, self->events);
    RUNUT_LIST_FREE(&self->heap, self->stories);
    RUNUT_LIST_FREE(&self->heap, self->next);
    RUNUT_LIST_FREE(&self->heap, self->next_event);
    RUNUT_LIST_FREE(&self->heap, self->changed);
    RUNUT_LIST_FREE(&self->heap, self->changed_places);
    RUNUT_LIST_FREE(&self->heap, self->changed_events);
    runut_arena_free(self->scratch);
    free(self);
}

/* Room for what is kept per place. */
static bool reserve_place(runut_relater *self)
{
    return RUNUT_LIST_RESERVE(&self->heap, self->next, 1) && RUNUT_LIST_RESERVE(&self->heap, self->changed, 1);
}

static int take_in(runut_relater *self, uint32_t article, runut_slice bytes, bool held, runut_error *error)
{
    if (self->shelf.articles.size && article <= self->shelf.articles.at[self->shelf.articles.size - 1].article)
        return runut_error_set(error, RUNUT_ERR_USE, "article %u does not come in order", (unsigned)article);
    runut_arena_reset(self->scratch);
    if (RUNUT_ARENA_TRY(self->scratch) != 0)
        return out_of_memory(error);
    runut_digest *digest;
    int code = runut_digest_decode(self->scratch, bytes, false, &digest, error);
    if (code != RUNUT_OK)
        return code;
    if (!reserve_place(self) ||
        !runut_shelf_put(&self->shelf, self->scratch, article, digest, held ? bytes : (runut_slice){"", 0}))
        return out_of_memory(error);
    self->next.at[self->next.size++] = RUNUT_NO_PLACE;
    self->changed.at[self->changed.size++] = false;
    return RUNUT_OK;
}

int runut_relater_load(runut_relater *self, uint32_t article, runut_slice digest, uint32_t event, uint32_t story,
                       uint32_t reuse_of, runut_error *error)
{
    size_t place = self->shelf.articles.size;
    if (!runut_events_reserve(self, event) || !runut_stories_reserve(self, story))
        return out_of_memory(error);
    int code = take_in(self, article, digest, !self->fetch || event == 0, error);
    if (code != RUNUT_OK)
        return code;
    self->shelf.articles.at[place].reuse_of = reuse_of;
    if (event == 0)
        return RUNUT_OK; /* was never settled: it counts as new */
    runut_events_append(self, event, (uint32_t)place);
    if (self->events.at[event].story == 0 && story != 0)
        runut_stories_append(self, story, event);
    if (self->settled == place)
        self->settled = self->repaired = place + 1;
    return RUNUT_OK;
}

int runut_relater_add(runut_relater *self, uint32_t article, runut_slice digest, runut_error *error)
{
    return take_in(self, article, digest, true, error);
}

int runut_relater_replace(runut_relater *self, uint32_t article, uint32_t by, bool load, runut_error *error)
{
    uint32_t place = runut_relater_place(self, article);
    if (place == RUNUT_NO_PLACE)
        return runut_error_set(error, RUNUT_ERR_USE, "article %u is not there", (unsigned)article);
    runut_shelved *a = &self->shelf.articles.at[place];
    a->replaced_by = by;
    if (load)
        return RUNUT_OK;
    if (RUNUT_ARENA_TRY(self->scratch) != 0)
        return out_of_memory(error);
    runut_events_mark(self, a->event);
    return RUNUT_OK;
}

void runut_relater_fetch_by(runut_relater *self, runut_relater_fetch fetch, void *context)
{
    self->fetch = fetch;
    self->fetch_context = context;
}

void runut_relater_threads(runut_relater *self, size_t threads)
{
    self->threads = threads < 1 ? 1 : threads > RUNUT_MOST_HANDS ? RUNUT_MOST_HANDS : threads;
}

static int failed(const runut_relater *self, runut_error *error)
{
    if (self->failed == RUNUT_OK || self->failed == RUNUT_ERR_MEMORY)
        return out_of_memory(error);
    if (error)
        *error = self->error;
    return self->failed;
}

int runut_relater_settle(runut_relater *self, runut_arena *arena, runut_changes *changes, runut_error *error)
{
    if (self->settled == self->shelf.articles.size)
        return RUNUT_OK;
    size_t first = self->settled;
    runut_arena_reset(self->scratch);
    self->failed = RUNUT_OK;
    if (RUNUT_ARENA_TRY(self->scratch) != 0)
        return failed(self, error);
    runut_events_link(self);
    runut_events_settle(self);
    runut_stories_settle(self);
    runut_parents_find(self);
    runut_report(self, arena, changes);
    if (self->fetch)
        runut_shelf_drop_bytes(&self->shelf, first);
    runut_arena_reset(self->scratch);
    return RUNUT_OK;
}
