/* The table: open addressing, where a key's place is its value scaled to the number of places. So the entries stand
 * almost in the order of a run, and sorting them is one pass of short moves. */
#include "engine/keys.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine/key_run.h"

enum { FIRST_PLACES = 1 << 12, SLACK = 1 << 10, FAN = 8, MOST_RUNS = 128, LOAD = 70 };

struct runut_keys {
    const char *folder;
    uint64_t *table; /* places + SLACK entries; 0 = empty */
    size_t places, used, most_places;
    runut_key_run runs[MOST_RUNS];
    size_t run_count;
    uint32_t next_number;
    uint64_t flushes;
    uint64_t filter_room; /* bytes that filters may yet take */
};

static int no_memory(runut_error *error)
{
    return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
}

static uint64_t *new_table(size_t places)
{
    return calloc(places + SLACK, sizeof(uint64_t));
}

int runut_keys_new(const char *folder, size_t memory, runut_keys **out, runut_error *error)
{
    runut_keys *self = *out = calloc(1, sizeof *self);
    if (!self)
        return no_memory(error);
    self->folder = folder;
    self->filter_room = memory * 2 / 5;
    self->most_places = memory * 2 / 5 / sizeof(uint64_t); /* while it grows the old one is there too */
    if (self->most_places < FIRST_PLACES)
        self->most_places = FIRST_PLACES;
    self->places = FIRST_PLACES;
    self->next_number = 1;
    if (!(self->table = new_table(self->places))) {
        runut_keys_free(self);
        *out = NULL;
        return no_memory(error);
    }
    return RUNUT_OK;
}

void runut_keys_free(runut_keys *self)
{
    if (!self)
        return;
    for (size_t i = 0; i < self->run_count; i++)
        runut_key_run_close(&self->runs[i]);
    free(self->table);
    free(self);
}

const runut_key_run_name *runut_keys_run(const runut_keys *self, size_t number)
{
    return number < self->run_count ? &self->runs[number].name : NULL;
}

int runut_keys_open_run(runut_keys *self, const runut_key_run_name *name, runut_error *error)
{
    if (self->run_count == MOST_RUNS)
        return runut_error_set(error, RUNUT_ERR_STORE, "too many runs");
    int code = runut_key_run_open(self->folder, name, &self->runs[self->run_count], error);
    if (code != RUNUT_OK)
        return code;
    self->run_count++;
    self->filter_room -= name->filter < self->filter_room ? name->filter : self->filter_room;
    if (name->number >= self->next_number)
        self->next_number = name->number + 1;
    return RUNUT_OK;
}

/* ---- the table ---- */

static inline size_t place_of(const runut_keys *self, uint64_t key)
{
    return (size_t)((runut_key_part(key) * self->places) >> (64 - RUNUT_KEY_DOCUMENT_BITS));
}

static void find_in_table(const runut_keys *self, uint64_t key, runut_key_hits *hits)
{
    for (size_t at = place_of(self, key); self->table[at]; at++)
        if (runut_key_part(self->table[at]) == runut_key_part(key))
            runut_key_hit(hits, self->table[at]);
}

int runut_keys_find(runut_keys *self, const uint64_t *keys, size_t count, runut_key_hits *hits, runut_error *error)
{
    int code = RUNUT_OK;
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(&self->table[place_of(self, keys[i])], 1);
        hits[i].count = 0;
    }
    for (size_t r = 0; r < self->run_count && code == RUNUT_OK; r++)
        code = runut_key_run_find(&self->runs[r], keys, count, hits, error);
    for (size_t i = 0; i < count; i++)
        if (hits[i].count < RUNUT_KEY_SAME)
            find_in_table(self, keys[i], &hits[i]);
    return code;
}

/* False where the slack is used up: the last place stays empty, so that looking up ends. */
static bool put_in(runut_keys *self, uint64_t entry)
{
    size_t at = place_of(self, entry), last = self->places + SLACK - 1;
    while (self->table[at] && at < last)
        at++;
    if (at == last)
        return false;
    self->table[at] = entry;
    self->used++;
    return true;
}

static bool is_loaded(const runut_keys *self)
{
    return self->used >= self->places / 100 * LOAD;
}

static int grow(runut_keys *self, runut_error *error)
{
    uint64_t *old = self->table;
    size_t size = self->places + SLACK, places = self->places * 2;
    uint64_t *table = new_table(places < self->most_places ? places : self->most_places);
    if (!table)
        return no_memory(error);
    self->table = table;
    self->places = places < self->most_places ? places : self->most_places;
    self->used = 0;
    bool good = true;
    for (size_t i = 0; i < size; i++)
        if (old[i])
            good &= put_in(self, old[i]);
    free(old);
    return good ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_STORE, "keys are not spread");
}

uint64_t runut_keys_flushes(const runut_keys *self)
{
    return self->flushes;
}

int runut_keys_put(runut_keys *self, uint64_t entry, runut_error *error)
{
    int code = RUNUT_OK;
    if (is_loaded(self))
        code = self->places < self->most_places ? grow(self, error) : runut_keys_flush(self, error);
    if (code == RUNUT_OK && !put_in(self, entry)) {
        code = runut_keys_flush(self, error);
        if (code == RUNUT_OK)
            put_in(self, entry);
    }
    return code;
}

int runut_keys_add(runut_keys *self, uint64_t key, uint32_t document, uint64_t *entry, runut_error *error)
{
    uint64_t made = runut_key_part(key) << RUNUT_KEY_DOCUMENT_BITS | document;
    if (entry)
        *entry = made;
    return runut_keys_put(self, made, error);
}

/* ---- runs ---- */

/* Eight bits an entry; fewer where that is more than half of what there is room for, and none where they would be too
 * few to tell anything. */
static uint64_t filter_for(runut_keys *self, uint64_t entries)
{
    uint64_t wanted = (entries + 63) / 64 * 64, most = self->filter_room / 2 / 64 * 64;
    uint64_t size = wanted < most ? wanted : most;
    if (size < entries / 4)
        return 0;
    self->filter_room -= size;
    return size;
}

/* Moves the entries to the front and sorts them: few stand far from their place. */
static void sort_table(runut_keys *self)
{
    size_t size = 0, all = self->places + SLACK;
    for (size_t i = 0; i < all; i++) {
        uint64_t entry = self->table[i];
        if (!entry)
            continue;
        size_t at = size++;
        for (; at && self->table[at - 1] > entry; at--)
            self->table[at] = self->table[at - 1];
        self->table[at] = entry;
    }
}

/* The newest FAN runs, where they are of one level, become one. */
static int merge_newest(runut_keys *self, runut_error *error)
{
    runut_key_run merged, *first = &self->runs[self->run_count - FAN];
    uint64_t entries = 0;
    for (size_t i = 0; i < FAN; i++) {
        entries += first[i].name.count;
        self->filter_room += first[i].name.filter; /* theirs are there until the merge has ended: some over the limit */
    }
    int code =
        runut_key_run_merge(first, FAN, self->folder, self->next_number++, filter_for(self, entries), &merged, error);
    if (code != RUNUT_OK)
        return code;
    for (size_t i = 0; i < FAN; i++)
        runut_key_run_close(&first[i]);
    *first = merged;
    self->run_count -= FAN - 1;
    return RUNUT_OK;
}

static bool has_to_merge(const runut_keys *self)
{
    size_t count = self->run_count;
    return count >= FAN && self->runs[count - 1].name.level == self->runs[count - FAN].name.level;
}

int runut_keys_flush(runut_keys *self, runut_error *error)
{
    runut_key_run_writer *writer;
    size_t used = self->used;
    if (used == 0)
        return RUNUT_OK;
    if (self->run_count == MOST_RUNS)
        return runut_error_set(error, RUNUT_ERR_STORE, "too many runs");
    int code = runut_key_run_begin(self->folder, self->next_number++, 0, used, filter_for(self, used), &writer, error);
    if (code != RUNUT_OK)
        return code;
    sort_table(self);
    for (size_t i = 0; i < used && code == RUNUT_OK; i++)
        code = runut_key_run_put(writer, self->table[i], error);
    if (code == RUNUT_OK)
        code = runut_key_run_end(writer, &self->runs[self->run_count], error);
    else
        runut_key_run_abandon(writer);
    if (code != RUNUT_OK)
        return code;
    self->run_count++;
    self->flushes++;
    memset(self->table, 0, (self->places + SLACK) * sizeof *self->table);
    self->used = 0;
    while (has_to_merge(self) && code == RUNUT_OK)
        code = merge_newest(self, error);
    return code;
}
