/* A feed's items: those that hold their report are taken at once, the others' links are put down to be fetched; a
 * list's links are more sources, or pages. An item that is as it was when it was seen last is passed over. */
#include "base/url.h"
#include "engine/watch.h"
#include "read/feed.h"
#include "read/feed_read.h"

enum { MOST_ITEM = 8 << 20, MOST_ITEMS = 50000 };

typedef struct feed_taking {
    runut_watch_run *run;
    runut_slice source, base;
    uint64_t items;
    bool lists;
    uint32_t ttl;
} feed_taking;

bool runut_watch_is_feed(runut_slice bytes)
{
    runut_slice start = runut_slice_part(bytes, 0, 64 << 10);
    if (runut_slice_starts(start, RUNUT_LITERAL("\xEF\xBB\xBF")))
        start = runut_slice_part(start, 3, start.size);
    start = runut_slice_trim(start);
    return runut_feed_is_xml(runut_slice_part(bytes, 0, 64 << 10)) ||
           (start.size && start.at[0] == '{' && runut_slice_find(start, RUNUT_LITERAL("jsonfeed.org"), 0) != SIZE_MAX);
}

/* What the feed says of an item; never 0. */
static uint64_t hash_of(const runut_feed_item *item)
{
    const runut_slice parts[] = {item->title, item->updated, item->summary, item->content};
    uint64_t sum = 1;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        sum = sum * 31 + runut_slice_hash(parts[i]);
    return sum ? sum : 1;
}

static runut_slice address_of(const feed_taking *self, const runut_feed *feed, const runut_feed_item *item)
{
    runut_arena *arena = self->run->item;
    runut_url url;
    if (item->link.size == 0)
        return item->link;
    runut_slice base = runut_url_resolve(arena, self->base, item->base.size ? item->base : feed->link);
    runut_slice link = runut_url_resolve(arena, base.size ? base : self->base, item->link);
    return runut_url_read(arena, link, &url) ? url.text : (runut_slice){"", 0};
}

static void take_report(const feed_taking *self, const runut_feed *feed, const runut_feed_item *item,
                        runut_slice address, runut_slice body, bool plain, runut_watch_page *page)
{
    runut_capture capture;
    runut_feed_capture(self->run->item, self->source, feed, item, body, plain, &capture);
    capture.record = 0; /* its place in a feed is another tomorrow */
    capture.byte = 0;
    if (address.size)
        capture.url = address;
    page->pending = false;
    runut_watch_take(self->run, &capture, page);
}

static void take_item(feed_taking *self, const runut_feed *feed, const runut_feed_item *item)
{
    runut_watch_run *run = self->run;
    runut_watch_page page;
    runut_slice body, address = address_of(self, feed, item);
    bool plain, whole = runut_feed_item_body(feed, item, &body, &plain);
    runut_slice key = address.size
                          ? address
                          : runut_arena_printf(run->item, "%.*s#%.*s", (int)self->source.size, self->source.at,
                                               (int)(item->guid.size & 0xffff), item->guid.at ? item->guid.at : "");
    if (address.size == 0 && (!whole || item->guid.size == 0))
        return;
    uint64_t hash = hash_of(item);
    run->code = runut_watch_page_get(run->state, run->item, key, &page, run->error);
    if (run->code != RUNUT_OK || page.item == hash)
        return;
    if (page.text && !runut_slice_equal(page.source, self->source))
        return; /* several feeds lead to it in words of their own; the one that led to it first tells of changes */
    page.item = hash;
    page.source = self->source;
    page.failures = 0;
    page.hold = 0;
    if (whole) {
        take_report(self, feed, item, address, body, plain, &page);
        return;
    }
    page.pending = true;
    run->code = runut_watch_page_put(run->state, &page, run->error);
}

static void take_link(feed_taking *self, const runut_feed *feed, const runut_feed_item *item)
{
    runut_slice address = address_of(self, feed, item);
    self->lists = true;
    if (address.size)
        runut_watch_add_source(self->run, address);
}

static int on_item(void *context, const runut_feed *feed, const runut_feed_item *item)
{
    feed_taking *self = context;
    runut_watch_run *run = self->run;
    enum { LONGEST_TTL = 1440 };
    self->ttl = 60 * (feed->ttl < LONGEST_TTL ? feed->ttl : LONGEST_TTL);
    runut_arena_reset(run->item);
    if (++self->items > MOST_ITEMS)
        return 1;
    if (RUNUT_ARENA_TRY(run->item) != 0)
        return 0; /* one item without end must not cost the others */
    if (feed->kind == RUNUT_FEED_OPML || feed->kind == RUNUT_FEED_SITEMAP_INDEX)
        take_link(self, feed, item);
    else
        take_item(self, feed, item);
    return run->code != RUNUT_OK;
}

static void tell_broken(const feed_taking *self, const runut_error *error)
{
    self->run->report->failed++;
    runut_watch_tell(self->run, &(runut_watch_news){.what = RUNUT_WATCHED_FAILED,
                                                    .url = self->source.at,
                                                    .source = self->source.at,
                                                    .message = error->message});
}

static void on_bad_item(void *context, const runut_error *error)
{
    tell_broken(context, error);
}

void runut_watch_take_feed(runut_watch_run *self, runut_slice source, runut_slice base, runut_slice bytes,
                           runut_slice charset, bool *lists, uint32_t *ttl)
{
    feed_taking taking = {.run = self, .source = source, .base = base};
    runut_error error;
    self->code = runut_watch_begin(self->state, self->error);
    if (self->code != RUNUT_OK)
        return;
    int code = runut_feed_parse(bytes, charset, MOST_ITEM, on_item, on_bad_item, &taking, &error);
    *lists = taking.lists;
    *ttl = taking.ttl;
    if (self->code == RUNUT_OK)
        self->code = runut_watch_commit(self->state, self->error);
    else
        runut_watch_rollback(self->state);
    if (code == RUNUT_ERR_MEMORY && self->code == RUNUT_OK) {
        *self->error = error;
        self->code = code;
    } else if (code == RUNUT_ERR_INPUT) {
        tell_broken(&taking, &error);
    }
}
