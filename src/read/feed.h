/* Feeds and lists of links: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed; OPML, sitemaps, news sitemaps and
 * indexes of sitemaps. All of them as items, told one by one as the bytes come. */
#ifndef RUNUT_READ_FEED_H
#define RUNUT_READ_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vector.h"

typedef enum runut_feed_kind {
    RUNUT_FEED_UNKNOWN,
    RUNUT_FEED_RSS,
    RUNUT_FEED_ATOM,
    RUNUT_FEED_JSON,
    RUNUT_FEED_OPML,         /* a list of feeds */
    RUNUT_FEED_SITEMAP,      /* a list of pages */
    RUNUT_FEED_SITEMAP_INDEX /* a list of sitemaps */
} runut_feed_kind;

typedef enum runut_link_kind { RUNUT_LINK_PAGE, RUNUT_LINK_FEED, RUNUT_LINK_SITEMAP } runut_link_kind;

/* The feed as far as it is known when an item is told: what stands behind the items is not. UTF-8 as all below. */
typedef struct runut_feed {
    runut_feed_kind kind;
    runut_slice title, link, language, publisher;
    uint32_t ttl; /* minutes until it is worth another look; 0 = not stated */
} runut_feed;

/* All is valid until the callback returns. Empty = not stated. */
typedef struct runut_feed_item {
    uint64_t number; /* from 1 */
    uint64_t byte;   /* where it begins; 0 in JSON */
    runut_link_kind leads_to;
    runut_slice title; /* without markup */
    runut_slice link;  /* as it stands there: may be relative, to `base` where that is stated */
    runut_slice base;
    runut_slice guid;
    runut_slice published, updated;    /* ISO 8601 where it was read, else as stated */
    runut_slice language, publisher;   /* of the item: a feed may carry others' reports */
    runut_slices authors;              /* names */
    runut_slice content;               /* all of the report, where the feed says that this is it */
    runut_slice summary;               /* in RSS often the whole report too */
    bool content_plain, summary_plain; /* plain text; else HTML */
} runut_feed_item;

/* Non-zero stops. */
typedef int (*runut_on_item)(void *context, const runut_feed *feed, const runut_feed_item *item);

/* Told where one item could not be taken (it is larger than `most`); the reading goes on. */
typedef void (*runut_on_bad_item)(void *context, const runut_error *error);

typedef struct runut_feed_reader runut_feed_reader;

/* For the XML kinds. `start`: the first bytes; `charset`: as the container declares it (HTTP), may be empty; `most`:
 * bytes of one item. NULL when memory is out. */
runut_feed_reader *runut_feed_reader_new(runut_slice start, runut_slice charset, size_t most, runut_on_item on_item,
                                         runut_on_bad_item on_bad_item, void *context);
void runut_feed_reader_free(runut_feed_reader *self);

/* The next bytes; `last`: no more come. RUNUT_OK; RUNUT_ERR_INPUT with error->byte where the XML is broken or is no
 * feed: all items before that were told; RUNUT_ERR_STOPPED; RUNUT_ERR_MEMORY. Nothing may be pushed after that. */
int runut_feed_push(runut_feed_reader *self, runut_slice bytes, bool last, runut_error *error);

/* What is known of the feed by now, valid until freed. */
const runut_feed *runut_feed_reader_feed(const runut_feed_reader *self);

/* All at once, whatever the kind, JSON Feed too; codes as above. */
int runut_feed_parse(runut_slice bytes, runut_slice charset, size_t most, runut_on_item on_item,
                     runut_on_bad_item on_bad_item, void *context, runut_error *error);

/* Do these first bytes begin one of the XML kinds? One of the others (JSON) is told by runut_feed_json_is. */
bool runut_feed_is_xml(runut_slice start);

struct json_object;

/* JSON Feed 1.x, parsed already. */
bool runut_feed_json_is(struct json_object *object);
int runut_feed_json_read(struct json_object *object, runut_on_item on_item, void *context);

/* Is this item a report, or does it only lead to one? Sets what is to be taken for the report. A text that ends in
 * "…", or that is too short for one, is a teaser. */
bool runut_feed_item_body(const runut_feed *feed, const runut_feed_item *item, runut_slice *body, bool *plain);

#endif
