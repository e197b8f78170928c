/* What a web server, a mail or an archive says is in a stretch of bytes, and whether that is a report. */
#ifndef RUNUT_READ_PAYLOAD_H
#define RUNUT_READ_PAYLOAD_H

#include "read/http.h"
#include "read/reading.h"

typedef enum runut_payload {
    RUNUT_PAYLOAD_OTHER, /* images, scripts, …: no report */
    RUNUT_PAYLOAD_HTML,
    RUNUT_PAYLOAD_TEXT,
    RUNUT_PAYLOAD_JSON,   /* a report where it has an article's keys */
    RUNUT_PAYLOAD_XML,    /* a feed, whose items may hold reports, or a page */
    RUNUT_PAYLOAD_UNKNOWN /* nothing is said: its first bytes tell */
} runut_payload;

/* By a media type such as "text/html; charset=utf-8". */
runut_payload runut_payload_of(runut_slice type);

/* The charset that a media type names; empty = none. */
runut_slice runut_payload_charset(runut_slice type);

/* Delivers `capture`, whose place, url and bytes are set and whose kind and charset come from `type`; what is no report
 * is counted and passed over. */
int runut_payload_deliver(runut_reading *reading, runut_slice type, runut_capture *capture);

/* What an HTTP message holds: OTHER also where it is no answer that brings a page. `identified`: the type as somebody
 * else found it; it counts where the message says nothing. */
runut_payload runut_payload_of_message(const runut_http *http, runut_slice identified);

/* As runut_payload_deliver, with what the HTTP message `block` holds; `cut`: it may lack its end. A broken one is
 * rejected. */
int runut_payload_deliver_message(runut_reading *reading, runut_slice block, runut_slice identified, bool cut,
                                  runut_capture *capture);

#endif
