/* Feeds and lists of links: bytes → XML → items. Pushed in pieces whose size the first byte says, and once as a whole:
 * both must give the same. JSON Feed by the same door. */
#include <stdint.h>
#include <stdlib.h>

#include "base/slice.h"
#include "read/feed.h"

enum { MOST = 1 << 16 };

static int on_item(void *context, const runut_feed *feed, const runut_feed_item *item)
{
    uint64_t *sum = context; /* touch every byte that was handed out */
    const runut_slice parts[] = {feed->title,    feed->link,      feed->language, feed->publisher, item->title,
                                 item->link,     item->base,      item->guid,     item->published, item->updated,
                                 item->language, item->publisher, item->content,  item->summary};
    runut_slice body = {"", 0};
    bool plain = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *sum = *sum * 31 + runut_slice_hash(parts[i]);
    for (size_t i = 0; i < item->authors.size; i++)
        *sum = *sum * 31 + runut_slice_hash(item->authors.at[i]);
    *sum += runut_feed_item_body(feed, item, &body, &plain) + runut_slice_hash(body) + item->byte;
    return 0;
}

static void on_bad_item(void *context, const runut_error *error)
{
    *(uint64_t *)context += error->record;
}

static uint64_t read_pieces(runut_slice bytes, size_t piece)
{
    uint64_t sum = 0;
    runut_error error = {0};
    int code = RUNUT_OK;
    runut_feed_reader *reader = runut_feed_reader_new(bytes, (runut_slice){"", 0}, MOST, on_item, on_bad_item, &sum);
    if (!reader)
        abort();
    for (size_t at = 0; code == RUNUT_OK && at < bytes.size; at += piece)
        code = runut_feed_push(reader, runut_slice_part(bytes, at, at + piece), at + piece >= bytes.size, &error);
    if (code == RUNUT_ERR_INPUT && error.byte > bytes.size)
        abort();
    runut_feed_reader_free(reader);
    return sum + (code != RUNUT_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    uint64_t sum = 0;
    runut_error error;
    runut_slice bytes = {(const char *)data + 1, size - 1};
    runut_feed_is_xml(bytes);
    if (read_pieces(bytes, data[0] % 64 + 1) != read_pieces(bytes, size))
        abort();
    runut_feed_parse(bytes, (runut_slice){"", 0}, MOST, on_item, on_bad_item, &sum, &error);
    return 0;
}
