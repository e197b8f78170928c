/* What the elements of feeds mean: names and namespaces to fields. */
#ifndef RUNUT_READ_FEED_NAMES_H
#define RUNUT_READ_FEED_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/slice.h"

typedef enum runut_feed_space {
    RUNUT_SPACE_PLAIN, /* none, RSS's own, Atom's where it is the default: what a feed's own elements are in */
    RUNUT_SPACE_ATOM,
    RUNUT_SPACE_DC,
    RUNUT_SPACE_CONTENT,
    RUNUT_SPACE_MEDIA,
    RUNUT_SPACE_NEWS,
    RUNUT_SPACE_XHTML,
    RUNUT_SPACE_OTHER
} runut_feed_space;

/* The namespace that `uri` names. */
runut_feed_space runut_feed_space_of(runut_slice uri);

/* What is usually meant by a prefix that nobody declared. */
runut_feed_space runut_feed_space_usual(runut_slice prefix);

typedef enum runut_feed_field {
    RUNUT_FIELD_NONE,
    /* what holds others */
    RUNUT_FIELD_ROOT,
    RUNUT_FIELD_CHANNEL,
    RUNUT_FIELD_ITEM,
    RUNUT_FIELD_GROUP, /* looked through as if it were not there */
    RUNUT_FIELD_PERSON,
    RUNUT_FIELD_OUTLINE,
    /* what holds text */
    RUNUT_FIELD_TITLE,
    RUNUT_FIELD_LINK,
    RUNUT_FIELD_GUID,
    RUNUT_FIELD_PUBLISHED,
    RUNUT_FIELD_UPDATED,
    RUNUT_FIELD_LANGUAGE,
    RUNUT_FIELD_PUBLISHER,
    RUNUT_FIELD_AUTHOR,
    RUNUT_FIELD_CONTENT,
    RUNUT_FIELD_SUMMARY,
    RUNUT_FIELD_TTL,
    RUNUT_FIELDS
} runut_feed_field;

typedef struct runut_feed_name {
    const char *name;
    uint8_t space, field;
    uint8_t rank;      /* of several elements for one field the smallest counts, the first of equals */
    bool only_in_item; /* not of the feed as a whole */
} runut_feed_name;

/* NULL where it means nothing to us. `atom`: the feed's own elements are Atom's. */
const runut_feed_name *runut_feed_name_of(runut_feed_space space, runut_slice local, bool atom);

#endif
