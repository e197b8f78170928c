/* Quotes, a page at a time.
 *
 * Reports are read in order of time from the one on which the page before ended, some at a time, until they say enough;
 * with each come the earliest reports of its event, as it is there that most other prints of the same words are; what
 * the page will show is then looked for in the index of quotations (store/said.c). (runut_quotes looks for them in the
 * whole text of the store, which takes seconds where it is large; in a small one a page reads all.) A saying stands at
 * the place of its first print that the filter wants: so a page knows what was on the pages before. */
#include "engine/quotes.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"

enum {
    SMALL = 500,   /* articles of a store that is read as a whole */
    AT_FIRST = 24, /* reports read at a time; then twice as many */
    AT_MOST = 768,
    OF_EVENT = 40,     /* reports of one event */
    MOST_OTHERS = 2000 /* reports read for other prints */
};

typedef struct told {
    runut_place place;
    uint32_t first;
} told;

typedef struct paging {
    runut_gathering *g;
    runut_store_filter filter;
    const runut_place *after;
    uint32_t most;
    runut_listed listed[AT_MOST];
    uint32_t count;
    runut_map *read; /* numbers of articles and events, as bytes */
    RUNUT_VECTOR(uint32_t) fresh;
    size_t others; /* reports read for other prints */
    RUNUT_VECTOR(told) told;
} paging;

/* ---- places ---- */

static runut_place place_of(const runut_gathering *g, uint32_t i)
{
    const runut_saying *s = &g->sayings.at[i];
    return (runut_place){{s->day == RUNUT_NO_DAY ? INT32_MAX : s->day, s->copy, s->article, s->start}};
}

static int order_of(const runut_place *a, const runut_place *b, int keys)
{
    for (int i = 0; i < keys; i++)
        if (a->key[i] != b->key[i])
            return a->key[i] < b->key[i] ? -1 : 1;
    return 0;
}

static int by_place(const void *a, const void *b)
{
    return order_of(&((const told *)a)->place, &((const told *)b)->place, RUNUT_PLACE_KEYS);
}

/* ---- reading ---- */

/* Is it the first time that this number is met? Articles and events are told apart by the letter. */
static bool is_new(paging *self, char letter, uint32_t number)
{
    bool new;
    runut_map_put(self->read, runut_arena_printf(self->g->arena, "%c%u", letter, number), &new);
    return new;
}

/* A guard of its own: nothing may jump over the store's query. */
static int take_number(void *context, uint32_t number)
{
    paging *self = context;
    jmp_buf callers;
    memcpy(&callers, runut_arena_guard(self->g->arena), sizeof callers);
    if (RUNUT_ARENA_TRY(self->g->arena) == 0) {
        if (is_new(self, 'a', number))
            RUNUT_PUSH(self->g->arena, self->fresh, number);
    } else {
        self->g->code = RUNUT_ERR_MEMORY;
    }
    memcpy(runut_arena_guard(self->g->arena), &callers, sizeof callers);
    return self->g->code;
}

static runut_slice json_numbers(runut_arena *arena, const uint32_t *at, size_t size)
{
    runut_buffer out = runut_buffer_new(arena, 16u << 20);
    for (size_t i = 0; i < size; i++) {
        char number[16];
        snprintf(number, sizeof number, "%c%u", i ? ',' : '[', at[i]);
        runut_buffer_text(&out, number);
    }
    runut_buffer_text(&out, size ? "]" : "[]");
    return runut_buffer_slice(&out);
}

static int read_fresh(paging *self)
{
    runut_slice numbers = json_numbers(self->g->arena, self->fresh.at, self->fresh.size);
    self->fresh.size = 0;
    return runut_quotes_gather_listed(self->g, numbers);
}

/* The reports listed, then those of their events. */
static int read_listed(paging *self)
{
    runut_gathering *g = self->g;
    size_t before = g->reports.size;
    for (uint32_t i = 0; i < self->count; i++)
        if (is_new(self, 'a', self->listed[i].number))
            RUNUT_PUSH(g->arena, self->fresh, self->listed[i].number);
    int code = read_fresh(self);
    size_t end = g->reports.size;
    for (size_t i = before; i < end && code == RUNUT_OK; i++)
        if (g->reports.at[i].event && is_new(self, 'e', g->reports.at[i].event))
            code = runut_store_earliest(g->runut->store, g->reports.at[i].event, OF_EVENT, take_number, self, g->error);
    return code == RUNUT_OK ? read_fresh(self) : code;
}

/* ---- what is told ---- */

/* The first of its prints that the filter wants; false where none is. */
static bool asked_place(const runut_gathering *g, uint32_t first, runut_place *place)
{
    for (int32_t i = (int32_t)first; i >= 0; i = g->prints.at[i].next)
        if (g->prints.at[i].asked) {
            *place = place_of(g, (uint32_t)i);
            return true;
        }
    return false;
}

/* Sayings behind `after` and up to the last report that was read (NULL = all were). */
static void list_told(paging *self, const runut_place *last)
{
    const runut_gathering *g = self->g;
    runut_place place;
    self->told.size = 0;
    for (uint32_t i = 0; i < g->prints.size; i++) {
        if (g->links[i].first != i || !g->prints.at[i].told || !asked_place(g, i, &place))
            continue;
        if (self->after && order_of(&place, self->after, RUNUT_PLACE_KEYS) <= 0)
            continue;
        if (!last || order_of(&place, last, 3) <= 0)
            RUNUT_PUSH(g->arena, self->told, ((told){place, i}));
    }
    if (self->told.size)
        qsort(self->told.at, self->told.size, sizeof *self->told.at, by_place);
}

static int read_all(paging *self)
{
    int code = runut_quotes_gather(self->g, &self->filter);
    if (code != RUNUT_OK)
        return code;
    runut_quotes_join(self->g);
    list_told(self, NULL);
    return RUNUT_OK;
}

/* Looks for other prints of what the page will show: *found = some articles more were read. */
static int search_prints(paging *self, bool *found)
{
    runut_gathering *g = self->g;
    int code = RUNUT_OK;
    for (size_t k = 0; k < self->told.size && k < self->most && code == RUNUT_OK && !g->filter->reported; k++)
        for (int32_t i = (int32_t)self->told.at[k].first; i >= 0 && code == RUNUT_OK; i = g->prints.at[i].next) {
            if (!g->prints.at[i].searched && self->others < MOST_OTHERS)
                code = runut_store_find_prints(g->runut->store, g->sayings.at[i].text, take_number, self, g->error);
            g->prints.at[i].searched = true;
        }
    *found = self->fresh.size > 0;
    self->others += self->fresh.size;
    return code == RUNUT_OK && *found ? read_fresh(self) : code;
}

/* What is told up to `last` of all that was read, and of what that leads to. */
static int join(paging *self, const runut_place *last)
{
    bool found = true;
    int code = RUNUT_OK;
    while (found && code == RUNUT_OK) {
        runut_quotes_join(self->g);
        list_told(self, last);
        code = runut_store_late(self->g->runut->store, self->g->error);
        if (code == RUNUT_OK)
            code = search_prints(self, &found);
    }
    return code;
}

static int read_enough(paging *self)
{
    runut_gathering *g = self->g;
    runut_place from = self->after ? *self->after : (runut_place){{INT32_MIN}};
    bool all = false;
    int code = RUNUT_OK;
    for (uint32_t most = AT_FIRST; code == RUNUT_OK && !all && self->told.size <= self->most; most *= 2) {
        most = most < AT_MOST ? most : AT_MOST;
        code = runut_store_by_time(g->runut->store, &self->filter, &from, most, self->listed, &self->count, g->error);
        if (code == RUNUT_OK)
            code = read_listed(self);
        if (code != RUNUT_OK)
            return code;
        all = self->count < most;
        if (self->count)
            from = self->listed[self->count - 1].place;
        code = join(self, all ? NULL : &from);
        from.key[2]++;
    }
    return code;
}

/* Reports whose names or words have what --by asks for; the others need not be read. */
static int narrow_by_names(paging *self)
{
    runut_gathering *g = self->g;
    runut_store_filter words = {.since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY, .words = runut_slice_of(g->filter->by)};
    int code = runut_store_find(g->runut->store, &words, false, take_number, self, g->error);
    if (code == RUNUT_OK)
        code = runut_store_find_named(g->runut->store, g->by.at, g->by.size, (runut_slice){0}, take_number, self,
                                      g->error);
    self->filter.numbers = json_numbers(g->arena, self->fresh.at, self->fresh.size);
    self->fresh.size = 0;
    self->read = runut_map_new(g->arena);
    return code;
}

/* Reports in which somebody of that name is quoted, or words about that: quotations have an index of their own, but not
 * what is told without quoting. */
static int narrow(paging *self)
{
    runut_gathering *g = self->g;
    if (g->filter->reported)
        return g->by.size ? narrow_by_names(self) : RUNUT_OK;
    runut_buffer by = runut_buffer_new(g->arena, SIZE_MAX);
    for (size_t i = 0; i < g->by.size; i++) {
        runut_buffer_byte(&by, ' ');
        runut_buffer_add(&by, g->by.at[i]);
    }
    self->filter.by = runut_buffer_slice(&by);
    self->filter.about = self->filter.words;
    self->filter.words = (runut_slice){"", 0};
    return RUNUT_OK;
}

static int find(paging *self)
{
    runut_gathering *g = self->g;
    runut_store_counts counts;
    if (RUNUT_ARENA_TRY(g->arena) != 0)
        return runut_error_set(g->error, RUNUT_ERR_MEMORY, "out of memory");
    self->read = runut_map_new(g->arena);
    int code = runut_store_count(g->runut->store, &counts, g->error);
    if (code == RUNUT_OK && counts.articles <= SMALL)
        return read_all(self);
    if (code == RUNUT_OK)
        code = narrow(self);
    return code == RUNUT_OK ? read_enough(self) : code;
}

int runut_quotes_page(runut *self, const runut_filter *filter, const runut_place *after, uint32_t most,
                      struct json_object *items, runut_place *last, bool *more, runut_error *error)
{
    runut_gathering *g = calloc(1, sizeof *g);
    paging *p = calloc(1, sizeof *p);
    int code = g && p ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    if (code == RUNUT_OK) {
        *p = (paging){.g = g, .after = after, .most = most};
        code = runut_quotes_begin(g, self, filter, &p->filter, error);
    }
    if (code == RUNUT_OK)
        code = find(p);
    for (size_t i = 0; code == RUNUT_OK && i < p->told.size && i < most; i++) {
        json_object_array_add(items, runut_quotes_item(g, p->told.at[i].first));
        *last = p->told.at[i].place;
    }
    *more = code == RUNUT_OK && p->told.size > most;
    runut_arena_reset(self->arena);
    free(g);
    free(p);
    return code;
}
