#include "base/slice.h"
#include "read/feed.h"
#include "read/markup.h"

/* Bytes to be seen, in UTF-8. What is called content may be a short report; a description that is none is longer than
 * any teaser; an ellipsis at the end of a long text is the author's. */
enum { LEAST_CONTENT = 120, LEAST_SUMMARY = 600, LONG = 1500 };

static bool is_whole(runut_slice text, bool plain, size_t least)
{
    bool cut;
    if (text.size < least)
        return false;
    size_t seen = runut_markup_visible(text, plain, &cut);
    return seen >= least && (!cut || seen >= LONG);
}

bool runut_feed_item_body(const runut_feed *feed, const runut_feed_item *item, runut_slice *body, bool *plain)
{
    if (is_whole(item->content, item->content_plain, LEAST_CONTENT)) {
        *body = item->content;
        *plain = item->content_plain;
        return true;
    }
    if (feed->kind != RUNUT_FEED_RSS || !is_whole(item->summary, item->summary_plain, LEAST_SUMMARY))
        return false;
    *body = item->summary;
    *plain = item->summary_plain;
    return true;
}
