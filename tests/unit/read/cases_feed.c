/* Cases of feeds and lists: what is known of the feed, each item's fields, and whether it is a report or a teaser. The
 * bytes come in pieces of seven, so that everything is cut everywhere. "\xHH" in a case is that byte. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "read/feed.h"
#include "support/cases.h"

static void put(runut_buffer *out, const char *name, runut_slice text)
{
    if (text.size == 0)
        return;
    runut_buffer_text(out, name);
    runut_buffer_text(out, ": ");
    for (size_t i = 0; i < text.size; i++)
        runut_buffer_add(out, text.at[i] == '\n' ? RUNUT_LITERAL(" / ") : runut_slice_part(text, i, i + 1));
    runut_buffer_text(out, "\n");
}

static void put_number(runut_buffer *out, const char *name, uint64_t number)
{
    runut_buffer_text(out, name);
    runut_buffer_add(out, runut_arena_printf(out->arena, "%llu", (unsigned long long)number));
}

/* The input, and what comes of it. */
typedef struct reading {
    runut_slice bytes;
    runut_buffer *out;
} reading;

/* What stands at `byte`: that shows whether it is the right place. */
static void put_place(reading *self, uint64_t byte)
{
    runut_slice there = runut_slice_part(self->bytes, byte, byte + 12);
    const char *stop = there.size ? memchr(there.at, '>', there.size) : NULL;
    const char *space = there.size ? memchr(there.at, ' ', there.size) : NULL;
    stop = space && (!stop || space < stop) ? space : stop;
    there = runut_slice_part(there, 0, stop ? (size_t)(stop - there.at) : there.size);
    bool wide = there.size && memchr(there.at, '\0', there.size);
    runut_buffer_text(self->out, " at ");
    runut_buffer_add(self->out, wide ? RUNUT_LITERAL("UTF-16") : there.size ? there : RUNUT_LITERAL("the end"));
}

static int on_item(void *context, const runut_feed *feed, const runut_feed_item *item)
{
    static const char *const kinds[] = {"?", "RSS", "Atom", "JSON Feed", "OPML", "sitemap", "sitemap index"};
    static const char *const leads[] = {"link", "feed", "sitemap"};
    reading *self = context;
    runut_buffer *out = self->out;
    runut_slice body;
    bool plain;
    if (item->number == 1) {
        put(out, kinds[feed->kind], feed->title.size ? feed->title : RUNUT_LITERAL("-"));
        put(out, "home", feed->link);
        put(out, "feed's language", feed->language);
        put(out, "feed's publisher", feed->publisher);
    }
    put_number(out, "* ", item->number);
    if (feed->kind != RUNUT_FEED_JSON)
        put_place(self, item->byte);
    runut_buffer_text(out, feed->kind >= RUNUT_FEED_OPML                      ? "\n"
                           : !runut_feed_item_body(feed, item, &body, &plain) ? ": teaser\n"
                           : plain                                            ? ": report, plain\n"
                                                                              : ": report\n");
    put(out, "title", item->title);
    put(out, leads[item->leads_to], item->link);
    put(out, "base", item->base);
    put(out, "guid", item->guid);
    put(out, "published", item->published);
    put(out, "updated", item->updated);
    put(out, "language", item->language);
    put(out, "publisher", item->publisher);
    for (size_t i = 0; i < item->authors.size; i++)
        put(out, "author", item->authors.at[i]);
    put(out, item->content_plain ? "plain content" : "content", runut_slice_part(item->content, 0, 120));
    put(out, item->summary_plain ? "plain summary" : "summary", runut_slice_part(item->summary, 0, 120));
    return 0;
}

static void on_bad_item(void *context, const runut_error *error)
{
    reading *self = context;
    put_number(self->out, "! ", error->record);
    put_place(self, error->byte);
    runut_buffer_text(self->out, ": ");
    runut_buffer_text(self->out, error->message);
    runut_buffer_text(self->out, "\n");
}

static runut_slice bytes_of(runut_arena *arena, runut_slice text)
{
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (size_t i = 0; i < text.size; i++) {
        char digits[3] = {0};
        if (text.at[i] == '\\' && i + 3 < text.size && text.at[i + 1] == 'x') {
            digits[0] = text.at[i + 2];
            digits[1] = text.at[i + 3];
            runut_buffer_byte(&out, (char)strtol(digits, NULL, 16));
            i += 3;
        } else {
            runut_buffer_byte(&out, text.at[i]);
        }
    }
    return runut_buffer_slice(&out);
}

static int read_pieces(runut_slice bytes, reading *self, runut_error *error)
{
    enum { PIECE = 7, MOST = 64 << 10 };
    runut_feed_reader *reader = runut_feed_reader_new(bytes, (runut_slice){"", 0}, MOST, on_item, on_bad_item, self);
    int code = RUNUT_OK;
    for (size_t at = 0; code == RUNUT_OK && at < bytes.size; at += PIECE)
        code = runut_feed_push(reader, runut_slice_part(bytes, at, at + PIECE), at + PIECE >= bytes.size, error);
    runut_feed_reader_free(reader);
    return code;
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_slice bytes = bytes_of(arena, input);
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    runut_error error = {0};
    reading self = {bytes, &out};
    int code = bytes.size && bytes.at[0] == '{'
                   ? runut_feed_parse(bytes, (runut_slice){"", 0}, 1 << 20, on_item, on_bad_item, &self, &error)
                   : read_pieces(bytes, &self, &error);
    if (code != RUNUT_OK) {
        runut_buffer_text(&out, "broken");
        put_place(&self, error.byte);
        runut_buffer_text(&out, ": ");
        runut_buffer_text(&out, error.message);
        runut_buffer_text(&out, "\n");
    } else if (bytes.at[0] != '{' && !runut_feed_is_xml(bytes)) {
        runut_buffer_text(&out, "not told to be a feed\n");
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
