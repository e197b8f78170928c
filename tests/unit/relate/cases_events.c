/* Which invented reports are one event, and which events one story. Articles as in invented.h, with lines before those:
 * "name: x", "place: a place in the lead", "month: 2024-08" (when it happened), "days: DAY DAY" (dates contradict each
 * other). A part "settle" between articles settles what is there so far. Out come the events by number, with stories
 * lettered in order of appearance: "1 A: x y". */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "relate/relate.h"
#include "support/cases.h"
#include "unit/relate/invented.h"

enum { MOST = 200 };

typedef struct desk {
    runut_arena *arena;
    runut_relater *relater;
    runut_slice names[MOST];
    uint32_t event[MOST], story[MOST * 4];
    uint32_t count;
} desk;

static int by_hash(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void add_place(runut_arena *arena, runut_digest *d, runut_slice place)
{
    uint32_t hash = (uint32_t)runut_slice_hash(runut_utf8_fold(arena, place));
    RUNUT_PUSH(arena, d->lead_places, hash);
    qsort(d->lead_places.at, d->lead_places.size, sizeof hash, by_hash);
    if (!bsearch(&hash, d->lead.at, d->lead.size, sizeof hash, by_hash))
        RUNUT_PUSH(arena, d->lead, hash);
    qsort(d->lead.at, d->lead.size, sizeof hash, by_hash);
}

static void add_article(desk *self, runut_slice text)
{
    runut_slice value, places[8], month = {"", 0}, days = {"", 0};
    size_t place_count = 0;
    uint32_t number = ++self->count;
    for (runut_slice rest = text, line; runut_slice_line(&rest, &line); text = rest) {
        if (invented_key(line, "name", &value))
            self->names[number] = value;
        else if (invented_key(line, "place", &value) && place_count < 8)
            places[place_count++] = value;
        else if (invented_key(line, "month", &value))
            month = value;
        else if (invented_key(line, "days", &value))
            days = value;
        else
            break;
    }
    runut_digest *d = invented_digest(self->arena, text);
    for (size_t i = 0; i < place_count; i++)
        add_place(self->arena, d, places[i]);
    if (month.size == 7) {
        d->event_year = atoi(month.at);
        d->event_month = atoi(month.at + 5);
    }
    for (runut_slice day; days.size && runut_slice_field(&days, ' ', &day); d->date_conflict = true)
        RUNUT_PUSH(self->arena, d->candidates, runut_day_parse(day));
    if (runut_relater_add(self->relater, number, runut_digest_encode(self->arena, d), NULL) != RUNUT_OK)
        abort();
}

static void settle(desk *self)
{
    runut_changes changes = {0};
    if (runut_relater_settle(self->relater, self->arena, &changes, NULL) != RUNUT_OK)
        abort();
    for (size_t i = 0; i < changes.relations.size; i++)
        self->event[changes.relations.at[i].article] = changes.relations.at[i].event;
    for (size_t i = 0; i < changes.events.size; i++)
        if (changes.events.at[i].event < MOST * 4)
            self->story[changes.events.at[i].event] = changes.events.at[i].story;
}

static runut_slice print(const desk *self)
{
    runut_buffer out = runut_buffer_new(self->arena, 1u << 20);
    uint32_t letters[26] = {0}, letter_count = 0;
    for (uint32_t event = 1; event < MOST * 4; event++) {
        bool any = false;
        for (uint32_t i = 1; i <= self->count; i++) {
            if (self->event[i] != event)
                continue;
            uint32_t k = 0;
            while (k < letter_count && letters[k] != self->story[event])
                k++;
            if (k == letter_count && k < 26)
                letters[letter_count++] = self->story[event];
            if (!any)
                runut_buffer_add(&out, runut_arena_printf(self->arena, "%u %c:", (unsigned)event, (int)('A' + k)));
            any = true;
            runut_buffer_byte(&out, ' ');
            runut_buffer_add(&out, self->names[i]);
        }
        if (any)
            runut_buffer_byte(&out, '\n');
    }
    return runut_buffer_slice(&out);
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    desk self = {.arena = arena};
    if (runut_relater_new(&self.relater, NULL) != RUNUT_OK)
        abort();
    for (runut_slice article; invented_next(&input, &article) && self.count + 1 < MOST;)
        if (runut_slice_is(runut_slice_trim(article), "settle"))
            settle(&self);
        else
            add_article(&self, article);
    settle(&self);
    runut_relater_free(self.relater);
    return print(&self);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
