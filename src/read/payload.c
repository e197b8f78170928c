#include "read/payload.h"

#include "base/error.h"
#include "base/slice.h"
#include "read/feed_read.h"
#include "read/records.h"
#include "read/sniff.h"

runut_payload runut_payload_of(runut_slice type)
{
    static const struct {
        const char *type;
        runut_payload payload;
    } types[] = {{"", RUNUT_PAYLOAD_UNKNOWN},
                 {"text/html", RUNUT_PAYLOAD_HTML},
                 {"application/xhtml+xml", RUNUT_PAYLOAD_HTML},
                 {"application/vnd.wap.xhtml+xml", RUNUT_PAYLOAD_HTML},
                 {"text/plain", RUNUT_PAYLOAD_TEXT},
                 {"application/json", RUNUT_PAYLOAD_JSON},
                 {"application/ld+json", RUNUT_PAYLOAD_JSON},
                 {"text/json", RUNUT_PAYLOAD_JSON},
                 {"application/feed+json", RUNUT_PAYLOAD_JSON},
                 {"application/rss+xml", RUNUT_PAYLOAD_XML},
                 {"application/atom+xml", RUNUT_PAYLOAD_XML},
                 {"application/rdf+xml", RUNUT_PAYLOAD_XML},
                 {"application/xml", RUNUT_PAYLOAD_XML},
                 {"text/xml", RUNUT_PAYLOAD_XML},
                 {"application/octet-stream", RUNUT_PAYLOAD_UNKNOWN},
                 {"unknown/unknown", RUNUT_PAYLOAD_UNKNOWN},
                 {"unk", RUNUT_PAYLOAD_UNKNOWN}};
    runut_slice name = {"", 0};
    runut_slice_field(&type, ';', &name);
    name = runut_slice_trim(name);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (runut_slice_equal_nocase(name, runut_slice_of(types[i].type)))
            return types[i].payload;
    return RUNUT_PAYLOAD_OTHER;
}

runut_slice runut_payload_charset(runut_slice type)
{
    runut_slice part;
    while (runut_slice_field(&type, ';', &part)) {
        part = runut_slice_trim(part);
        if (!runut_slice_starts_nocase(part, RUNUT_LITERAL("charset=")))
            continue;
        part = runut_slice_trim(runut_slice_part(part, 8, part.size));
        if (part.size > 1 && (part.at[0] == '"' || part.at[0] == '\'') && part.at[part.size - 1] == part.at[0])
            part = runut_slice_part(part, 1, part.size - 1);
        return part;
    }
    return (runut_slice){"", 0};
}

/* Files for machines that servers send as text. */
static bool is_for_machines(runut_slice url)
{
    static const char *const names[] = {"/robots.txt", "/ads.txt", "/app-ads.txt", "/security.txt", "/humans.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        runut_slice name = runut_slice_of(names[i]);
        if (url.size > name.size &&
            runut_slice_equal_nocase(runut_slice_part(url, url.size - name.size, url.size), name))
            return true;
    }
    return false;
}

/* What the bytes say, where the type says little. */
static runut_payload look(runut_payload said, const runut_capture *capture)
{
    if (said == RUNUT_PAYLOAD_JSON || said == RUNUT_PAYLOAD_OTHER)
        return said;
    if (runut_feed_is_xml(runut_slice_part(capture->bytes, 0, 64 * 1024))) /* also where a server says "text/html" */
        return RUNUT_PAYLOAD_XML;
    if (said == RUNUT_PAYLOAD_HTML)
        return said;
    runut_format format = runut_sniff(runut_slice_part(capture->bytes, 0, 64 * 1024));
    if (format == RUNUT_FORMAT_HTML)
        return RUNUT_PAYLOAD_HTML;
    if (said == RUNUT_PAYLOAD_UNKNOWN || said == RUNUT_PAYLOAD_XML)
        return RUNUT_PAYLOAD_OTHER;
    return is_for_machines(capture->url) ? RUNUT_PAYLOAD_OTHER : RUNUT_PAYLOAD_TEXT;
}

int runut_payload_deliver(runut_reading *reading, runut_slice type, runut_capture *capture)
{
    runut_payload said = runut_payload_of(type), payload = look(said, capture);
    if (payload == RUNUT_PAYLOAD_XML)
        return runut_feed_read_record(reading, capture, runut_payload_charset(type));
    if (payload == RUNUT_PAYLOAD_JSON)
        return runut_records_deliver_json(reading, capture);
    bool empty = runut_slice_trim(runut_slice_part(capture->bytes, 0, 4096)).size == 0;
    if (payload == RUNUT_PAYLOAD_OTHER || empty) {
        runut_reading_skip(reading, empty                           ? RUNUT_SKIP_EMPTY
                                    : is_for_machines(capture->url) ? RUNUT_SKIP_MACHINE
                                    : said == RUNUT_PAYLOAD_XML     ? RUNUT_SKIP_DATA
                                                                    : RUNUT_SKIP_TYPE);
        return RUNUT_OK;
    }
    capture->kind = payload == RUNUT_PAYLOAD_HTML ? RUNUT_CAPTURE_HTML : RUNUT_CAPTURE_TEXT;
    capture->charset = runut_payload_charset(type);
    return runut_reading_deliver(reading, capture);
}

/* ---- HTTP ---- */

static runut_slice type_of(const runut_http *http, runut_slice identified)
{
    bool silent = runut_payload_of(http->type) == RUNUT_PAYLOAD_UNKNOWN;
    return silent && identified.size ? identified : http->type;
}

static bool is_good(const runut_http *http)
{
    return http->status == 200 || http->status == 203;
}

runut_payload runut_payload_of_message(const runut_http *http, runut_slice identified)
{
    return is_good(http) ? runut_payload_of(type_of(http, identified)) : RUNUT_PAYLOAD_OTHER;
}

int runut_payload_deliver_message(runut_reading *reading, runut_slice block, runut_slice identified, bool cut,
                                  runut_capture *capture)
{
    runut_http http;
    runut_error error;
    int code;
    if (!runut_http_read(block, &http)) {
        code = runut_error_set(&error, RUNUT_ERR_INPUT, "neither an HTTP header nor the end of one");
    } else if (runut_payload_of_message(&http, identified) == RUNUT_PAYLOAD_OTHER) {
        runut_reading_skip(reading, is_good(&http) ? RUNUT_SKIP_TYPE : RUNUT_SKIP_STATUS);
        return RUNUT_OK;
    } else {
        code = runut_http_body(&http, cut, &reading->body, reading->most, &capture->bytes, &error);
        if (code == RUNUT_OK)
            return runut_payload_deliver(reading, type_of(&http, identified), capture);
    }
    runut_reading_reject(reading, capture->file, capture->record, capture->byte, &error);
    return code == RUNUT_ERR_MEMORY ? code : RUNUT_OK;
}
