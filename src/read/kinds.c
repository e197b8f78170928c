#include "read/kinds.h"

#include "read/arc.h"
#include "read/csv.h"
#include "read/document.h"
#include "read/feed.h"
#include "read/feed_read.h"
#include "read/mail.h"
#include "read/not_read.h"
#include "read/packed.h"
#include "read/page.h"
#include "read/records.h"
#include "read/sniff.h"
#include "read/tar.h"
#include "read/warc.h"
#include "read/zip.h"

static bool is_json_lines(runut_slice start)
{
    return runut_sniff(start) == RUNUT_FORMAT_JSON_LINES;
}

static bool is_json(runut_slice start)
{
    return runut_sniff(start) == RUNUT_FORMAT_JSON;
}

static bool is_html(runut_slice start)
{
    return runut_sniff(start) == RUNUT_FORMAT_HTML;
}

static bool is_text(runut_slice start)
{
    (void)start;
    return true;
}

/* In this order: what is told by few bytes for sure comes first, what takes nearly anything last. */
static const runut_kind kinds[] = {
    {"packed file", runut_stream_is_packed, runut_packed_read, false}, /* within what was undone already */
    {"WARC", runut_warc_is, runut_warc_read, true},
    {"ARC", runut_arc_is, runut_arc_read, true},
    {"zip", runut_zip_is, runut_zip_read, false},
    {"tar", runut_tar_is, runut_tar_read, false},
    {"not read", runut_not_read_is, runut_not_read_read, false},
    {"index", runut_not_read_is_index, runut_not_read_index, false},
    {"JSON Lines", is_json_lines, runut_records_read_lines, true},
    {"JSON", is_json, runut_records_read_json, false},
    {"feed", runut_feed_is_xml, runut_feed_read, false},
    {"document", runut_document_is, runut_document_read, false},
    {"mail", runut_mail_is, runut_mail_read, false},
    {"HTML", is_html, runut_page_read_html, false},
    {"other XML", runut_document_is_other, runut_document_read_other, false},
    {"table", runut_csv_is, runut_csv_read, false},
    {"table without texts", runut_csv_is_without_texts, runut_csv_read_without_texts, false},
    {"text", is_text, runut_page_read_text, false},
};

const runut_kind *runut_kind_of(runut_slice start)
{
    size_t i = 0;
    while (i + 1 < sizeof kinds / sizeof *kinds && !kinds[i].is(start))
        i++;
    return &kinds[i];
}
