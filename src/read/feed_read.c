#include "read/feed_read.h"

#include <inttypes.h>

#include "base/slice.h"
#include "base/url.h"
#include "read/feed.h"
#include "read/markup.h"

typedef struct feed_reading {
    runut_reading *reading;
    runut_slice file;
    runut_arena *arena; /* of one page that is put together */
    uint64_t items, links[3];
    bool broken;           /* that was told */
    bool passed;           /* something of it was no report */
    uint64_t record, byte; /* of the record that the feed is; 0 = it is a file, and its items are the records */
} feed_reading;

/* ---- captures ---- */

/* "Kabar Teluk - Nasional", "Kabar Teluk | Berita terbaru": what stands before the section is the outlet. */
static runut_slice outlet_of(runut_slice title)
{
    static const char *const marks[] = {" - ",        " | ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ",
                                        " \xC2\xB7 ", " :: ", " // ",           " \xE2\x80\xBA ", " > "};
    size_t end = title.size;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = runut_slice_find(title, runut_slice_of(marks[i]), 0);
        end = at != SIZE_MAX && at > 0 && at < end ? at : end;
    }
    return runut_slice_trim(runut_slice_part(title, 0, end));
}

static runut_slice first_of(runut_slice a, runut_slice b, runut_slice c)
{
    return a.size ? a : b.size ? b : c;
}

/* A page around what the feed has of the report: `clean` reads pages. */
static runut_slice page_of(runut_arena *arena, const runut_feed_item *item, runut_slice body)
{
    runut_buffer out = runut_buffer_new(arena, SIZE_MAX / 2);
    runut_buffer_text(&out, "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>");
    runut_markup_escape(&out, item->title);
    runut_buffer_text(&out, "</title></head><body><article><h1>");
    runut_markup_escape(&out, item->title);
    runut_buffer_text(&out, "</h1>\n");
    runut_buffer_add(&out, body);
    runut_buffer_text(&out, "\n</article></body></html>\n");
    return runut_buffer_slice(&out);
}

/* A relative one is so to what the item says, or to the feed's page. */
static runut_slice address_of(runut_arena *arena, const runut_feed *feed, const runut_feed_item *item)
{
    return item->link.size ? runut_url_resolve(arena, item->base.size ? item->base : feed->link, item->link)
                           : item->link;
}

void runut_feed_capture(runut_arena *arena, runut_slice file, const runut_feed *feed, const runut_feed_item *item,
                        runut_slice body, bool plain, runut_capture *out)
{
    *out = (runut_capture){.kind = plain ? RUNUT_CAPTURE_ARTICLE : RUNUT_CAPTURE_HTML,
                           .file = file,
                           .record = item->number,
                           .byte = item->byte,
                           .charset = RUNUT_LITERAL("utf-8"),
                           .id = first_of(item->guid, item->link, (runut_slice){"", 0}),
                           .publisher = first_of(item->publisher, feed->publisher, outlet_of(feed->title)),
                           .page_kind = RUNUT_LITERAL("article"),
                           .headline = item->title,
                           .date_published = first_of(item->published, item->updated, (runut_slice){"", 0}),
                           .date_modified = item->updated,
                           .language = first_of(item->language, feed->language, (runut_slice){"", 0}),
                           .authors = item->authors};
    out->url = address_of(arena, feed, item);
    out->bytes = plain ? body : page_of(arena, item, body);
}

static void place(const feed_reading *self, uint64_t *record, uint64_t *byte)
{
    *record = self->record ? self->record : *record;
    *byte = self->record ? self->byte : *byte;
}

static void reject(feed_reading *self, uint64_t record, uint64_t byte, runut_error *error)
{
    place(self, &record, &byte);
    runut_reading_reject(self->reading, self->file, record, byte, error);
}

static int take_report(feed_reading *self, const runut_feed *feed, const runut_feed_item *item, runut_slice body,
                       bool plain)
{
    runut_error error;
    runut_capture capture;
    runut_arena_reset(self->arena);
    if (RUNUT_ARENA_TRY(self->arena) == 0) {
        runut_feed_capture(self->arena, self->file, feed, item, body, plain, &capture);
        place(self, &capture.record, &capture.byte);
        return runut_reading_deliver(self->reading, &capture);
    }
    runut_error_set(&error, RUNUT_ERR_INPUT, "out of memory");
    reject(self, item->number, item->byte, &error);
    return RUNUT_OK;
}

static void tell_teaser(feed_reading *self, const runut_feed *feed, const runut_feed_item *item)
{
    if (self->record) {
        self->passed = true;
        return;
    }
    enum { MOST_TOLD = 400 };
    runut_error error;
    runut_arena_reset(self->arena);
    runut_slice link = RUNUT_ARENA_TRY(self->arena) == 0 ? address_of(self->arena, feed, item) : item->link;
    link = runut_slice_part(link, 0, MOST_TOLD);
    if (link.size)
        runut_error_set(&error, RUNUT_ERR_INPUT, "teaser only, link: %.*s", (int)link.size, link.at);
    else
        runut_error_set(&error, RUNUT_ERR_INPUT, "teaser only, and no link");
    reject(self, item->number, item->byte, &error);
}

static int on_item(void *context, const runut_feed *feed, const runut_feed_item *item)
{
    feed_reading *self = context;
    runut_slice body;
    bool plain;
    self->items++;
    if (feed->kind >= RUNUT_FEED_OPML) {
        self->links[item->leads_to] += item->link.size != 0;
        return RUNUT_OK;
    }
    if (runut_feed_item_body(feed, item, &body, &plain))
        return take_report(self, feed, item, body, plain);
    tell_teaser(self, feed, item);
    return RUNUT_OK;
}

static void on_bad_item(void *context, const runut_error *error)
{
    feed_reading *self = context;
    runut_error told = *error;
    self->items++;
    reject(self, error->record, error->byte, &told);
}

/* ---- lists ---- */

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void tell_list(feed_reading *self, runut_feed_kind kind)
{
    runut_error error;
    uint64_t pages = self->links[RUNUT_LINK_PAGE], feeds = self->links[RUNUT_LINK_FEED],
             sitemaps = self->links[RUNUT_LINK_SITEMAP];
    if (kind == RUNUT_FEED_OPML)
        runut_error_set(&error, RUNUT_ERR_INPUT,
                        "a list of links (OPML): %" PRIu64 " feed%s, %" PRIu64 " page%s; runut watch fetches them",
                        feeds, plural(feeds), pages, plural(pages));
    else if (kind == RUNUT_FEED_SITEMAP_INDEX)
        runut_error_set(&error, RUNUT_ERR_INPUT,
                        "a list of links (sitemap index): %" PRIu64 " sitemap%s; runut watch fetches them", sitemaps,
                        plural(sitemaps));
    else
        runut_error_set(&error, RUNUT_ERR_INPUT,
                        "a list of links (sitemap): %" PRIu64 " page%s; runut watch fetches them", pages,
                        plural(pages));
    reject(self, 0, 0, &error);
}

/* What there is to tell of the file as a whole. */
static void tell_end(feed_reading *self, runut_feed_kind kind)
{
    runut_error error;
    if (self->record) {
        if (self->passed || self->items == 0 || kind >= RUNUT_FEED_OPML)
            runut_reading_skip(self->reading, RUNUT_SKIP_DATA);
        return;
    }
    if (kind >= RUNUT_FEED_OPML) {
        tell_list(self, kind);
    } else if (self->items == 0 && !self->broken) {
        runut_error_set(&error, RUNUT_ERR_INPUT, "a feed without items");
        reject(self, 0, 0, &error);
    }
}

/* ---- the file ---- */

static int push_all(feed_reading *self, runut_feed_reader *reader, runut_input *input)
{
    runut_slice bytes = {"", 0};
    runut_error error;
    uint64_t byte;
    int code = RUNUT_OK;
    for (bool last = false; code == RUNUT_OK && !last;) {
        code = runut_input_block(input, &bytes, &byte, &error);
        last = bytes.size == 0;
        if (code == RUNUT_OK)
            code = runut_feed_push(reader, bytes, last, &error);
    }
    if (code == RUNUT_OK || code == RUNUT_ERR_STOPPED || code == RUNUT_ERR_MEMORY)
        return code;
    self->broken = true;
    uint64_t next = self->items + (runut_feed_reader_feed(reader)->kind != RUNUT_FEED_UNKNOWN);
    reject(self, next, error.byte, &error);
    return RUNUT_OK;
}

int runut_feed_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    enum { ROOM = 1 << 20 };
    feed_reading self = {.reading = reading, .file = file, .arena = runut_arena_new(3 * reading->most + ROOM)};
    runut_feed_reader *reader = runut_feed_reader_new(runut_input_peek(input), (runut_slice){"", 0}, reading->most,
                                                      on_item, on_bad_item, &self);
    int code = self.arena && reader ? push_all(&self, reader, input) : RUNUT_ERR_MEMORY;
    if (code == RUNUT_OK)
        tell_end(&self, runut_feed_reader_feed(reader)->kind);
    runut_feed_reader_free(reader);
    runut_arena_free(self.arena);
    return code;
}

int runut_feed_read_record(runut_reading *reading, const runut_capture *capture, runut_slice charset)
{
    enum { ROOM = 1 << 20 };
    runut_error error;
    feed_reading self = {.reading = reading,
                         .file = capture->file,
                         .arena = runut_arena_new(3 * reading->most + ROOM),
                         .record = capture->record,
                         .byte = capture->byte};
    runut_feed_reader *reader =
        runut_feed_reader_new(capture->bytes, charset, reading->most, on_item, on_bad_item, &self);
    int code = self.arena && reader ? runut_feed_push(reader, capture->bytes, true, &error) : RUNUT_ERR_MEMORY;
    if (code == RUNUT_ERR_INPUT) {
        reject(&self, 0, 0, &error);
        code = RUNUT_OK;
    } else if (code == RUNUT_OK) {
        tell_end(&self, runut_feed_reader_feed(reader)->kind);
    }
    runut_feed_reader_free(reader);
    runut_arena_free(self.arena);
    return code;
}

int runut_feed_read_object(runut_reading *reading, struct json_object *object, runut_slice file, uint64_t record,
                           uint64_t byte)
{
    enum { ROOM = 1 << 20 };
    feed_reading self = {.reading = reading,
                         .file = file,
                         .arena = runut_arena_new(3 * reading->most + ROOM),
                         .record = record,
                         .byte = byte};
    int code = self.arena ? runut_feed_json_read(object, on_item, &self) : RUNUT_ERR_MEMORY;
    if (code == RUNUT_OK)
        tell_end(&self, RUNUT_FEED_JSON);
    runut_arena_free(self.arena);
    return code;
}
