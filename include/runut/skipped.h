/* What inputs hold besides reports. It is passed over without an error each, and counted. */
#ifndef RUNUT_SKIPPED_H
#define RUNUT_SKIPPED_H

#include <stdint.h>

typedef enum runut_skip {
    RUNUT_SKIP_TYPE,    /* another type of content than a page, a text or a record: images, scripts, … */
    RUNUT_SKIP_STATUS,  /* an HTTP answer other than 200 and 203 */
    RUNUT_SKIP_REVISIT, /* says that a page was found unchanged */
    RUNUT_SKIP_MACHINE, /* robots.txt and the like */
    RUNUT_SKIP_EMPTY,   /* no bytes */
    RUNUT_SKIP_DATA,    /* JSON and XML in a web archive that is no article and no feed */
    RUNUT_SKIP_RECORD,  /* a web archive's requests, metadata, DNS answers, … */
    RUNUT_SKIP_MEMBER,  /* hidden files; an archive's links and devices */
    RUNUT_SKIPS
} runut_skip;

typedef struct runut_skipped {
    uint64_t of[RUNUT_SKIPS];
} runut_skipped;

/* One word, a key for JSON: "type", "status", "revisit", "machine", "empty", "data", "record", "member". */
const char *runut_skip_word(runut_skip what);

/* For people: "of another type (images, scripts, …)". */
const char *runut_skip_text(runut_skip what);

uint64_t runut_skipped_all(const runut_skipped *skipped);
void runut_skipped_add(runut_skipped *to, const runut_skipped *more);

#endif
