/* What an answer means for the source or the page that was asked for. */
#include <stdio.h>

#include "engine/watch.h"
#include "read/payload.h"
#include "read/sniff.h"

enum {
    MOST_BODY = 32 << 20,
    MOST_FAILURES = 6, /* of a page in a row: it is given up */
    LONGEST_HOLD = 7 * 86400,
    DEFAULT_EVERY = 900
};

static const char *const accept_feed =
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9,"
    " text/html;q=0.8, */*;q=0.5";
static const char *const accept_page = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.8, */*;q=0.1";

typedef enum verdict {
    VERDICT_GOOD,
    VERDICT_SAME,
    VERDICT_GONE,
    VERDICT_REFUSED,
    VERDICT_LATER,
    VERDICT_FAILED
} verdict;

/* `known`: it was asked for on the condition that it is another than the one that is known. */
static verdict judge(const runut_fetch_answer *answer, bool known)
{
    switch (answer->what) {
    case RUNUT_FETCHED:
        break;
    case RUNUT_FETCH_NO_URL:
    case RUNUT_FETCH_PRIVATE:
    case RUNUT_FETCH_ROBOTS:
    case RUNUT_FETCH_LARGE:
        return VERDICT_REFUSED;
    case RUNUT_FETCH_NOT_NOW:
        return VERDICT_LATER;
    default:
        return VERDICT_FAILED;
    }
    if (answer->status == 304)
        return known ? VERDICT_SAME : VERDICT_FAILED;
    if (answer->status == 404 || answer->status == 410)
        return VERDICT_GONE;
    return answer->status == 200 || answer->status == 203 ? VERDICT_GOOD : VERDICT_FAILED;
}

static void tell(runut_watch_run *self, verdict v, runut_slice url, runut_slice source, int64_t retry)
{
    static const runut_watched whats[] = {[VERDICT_GONE] = RUNUT_WATCHED_GONE,
                                          [VERDICT_REFUSED] = RUNUT_WATCHED_REFUSED,
                                          [VERDICT_LATER] = RUNUT_WATCHED_FAILED,
                                          [VERDICT_FAILED] = RUNUT_WATCHED_FAILED};
    const runut_fetch_answer *a = &self->visit->answer;
    char room[64];
    snprintf(room, sizeof room, "HTTP status %u", a->status);
    self->report->failed++;
    runut_watch_tell(self, &(runut_watch_news){.what = whats[v],
                                               .url = url.at,
                                               .source = source.at,
                                               .message = a->what == RUNUT_FETCHED ? room : a->why,
                                               .status = a->status,
                                               .retry = retry});
}

/* Not before what the server asks for, where that is within reason. */
static int64_t hold_of(const runut_watch_run *self, runut_slice url, uint32_t failures)
{
    int64_t own = runut_watch_retry(self, url, failures), asked = self->visit->answer.retry_after;
    asked = runut_watch_now() + (asked < LONGEST_HOLD ? asked : LONGEST_HOLD);
    return asked > own ? asked : own;
}

static runut_slice kept(runut_watch_run *self, const char *text)
{
    return runut_arena_copy(self->arena, runut_slice_of(text));
}

/* ---- a page ---- */

/* Is it a report as far as its kind goes? */
static bool capture_of(const runut_watch_run *self, runut_slice source, runut_capture *out)
{
    const runut_fetch_answer *a = &self->visit->answer;
    runut_slice type = runut_slice_of(a->type);
    runut_payload payload = runut_payload_of(type);
    if (payload == RUNUT_PAYLOAD_UNKNOWN || payload == RUNUT_PAYLOAD_TEXT)
        payload =
            runut_sniff(runut_slice_part(a->body, 0, 64 << 10)) == RUNUT_FORMAT_HTML ? RUNUT_PAYLOAD_HTML : payload;
    *out = (runut_capture){.kind = payload == RUNUT_PAYLOAD_HTML ? RUNUT_CAPTURE_HTML : RUNUT_CAPTURE_TEXT,
                           .file = source,
                           .bytes = a->body,
                           .charset = runut_payload_charset(type),
                           .url = runut_slice_of(self->visit->url)};
    return payload == RUNUT_PAYLOAD_HTML || payload == RUNUT_PAYLOAD_TEXT;
}

static void refuse_kind(runut_watch_run *self, const runut_watch_page *page)
{
    char why[160];
    snprintf(why, sizeof why, "neither a page nor text: %.100s", self->visit->answer.type);
    self->report->failed++;
    runut_watch_tell(self, &(runut_watch_news){.what = RUNUT_WATCHED_REFUSED,
                                               .url = page->url.at,
                                               .source = page->source.at,
                                               .message = why,
                                               .status = self->visit->answer.status});
}

/* A report is edited most in its first hours: it is looked at again 1, 3, 12, 24 and 72 hours after it was told of. */
static void set_again(const runut_watch_run *self, runut_watch_page *page, bool told)
{
    static const int64_t hours[] = {1, 2, 9, 12, 48};
    page->looks = told ? 0 : page->looks + 1;
    bool more = page->looks < sizeof hours / sizeof *hours && !self->options->no_rechecks;
    page->again = more ? runut_watch_now() + 3600 * hours[page->looks] : 0;
}

static void take_page(runut_watch_run *self, runut_watch_page *page)
{
    runut_capture capture;
    page->etag = kept(self, self->visit->answer.etag);
    page->modified = kept(self, self->visit->answer.modified);
    page->pending = false;
    page->failures = 0;
    page->hold = 0;
    page->status = self->visit->answer.status;
    if (capture_of(self, page->url, &capture)) {
        runut_watch_take(self, &capture, page);
        return;
    }
    refuse_kind(self, page);
    self->code = runut_watch_page_put(self->state, page, self->error);
}

static void fail_page(runut_watch_run *self, verdict v, runut_watch_page *page)
{
    page->status = self->visit->answer.status;
    page->failures += v == VERDICT_FAILED;
    bool again = v == VERDICT_LATER || (v == VERDICT_FAILED && page->failures < MOST_FAILURES);
    page->hold = again ? hold_of(self, page->url, page->failures) : 0;
    page->pending = again;
    page->again = 0;
    tell(self, v, page->url, page->source, page->hold);
    self->code = runut_watch_page_put(self->state, page, self->error);
}

static void ask_page(runut_watch_run *self, runut_slice url, runut_fetch_request *request)
{
    runut_watch_page page;
    self->code = runut_watch_page_get(self->state, self->arena, url, &page, self->error);
    *request = (runut_fetch_request){.url = page.url.at,
                                     .etag = page.text ? page.etag.at : "",
                                     .modified = page.text ? page.modified.at : "",
                                     .accept = accept_page,
                                     .most = MOST_BODY};
}

static void answer_page(runut_watch_run *self, runut_slice url)
{
    runut_watch_page page;
    self->code = runut_watch_page_get(self->state, self->arena, url, &page, self->error);
    if (self->code != RUNUT_OK)
        return;
    self->report->pages++;
    if (runut_watch_stopped(self) && self->visit->answer.what == RUNUT_FETCH_NOT_NOW)
        return;
    verdict v = judge(&self->visit->answer, page.text && (page.etag.size || page.modified.size));
    bool told = page.pending;
    set_again(self, &page, told);
    if (v == VERDICT_GOOD) {
        take_page(self, &page);
    } else if (!told && (v == VERDICT_LATER || v == VERDICT_FAILED)) { /* it is there already: the next look will do */
        self->code = runut_watch_page_put(self->state, &page, self->error);
    } else if (v == VERDICT_SAME) {
        page.pending = false;
        self->code = runut_watch_page_put(self->state, &page, self->error);
    } else {
        fail_page(self, v, &page);
    }
}

const runut_watch_kind runut_watch_pages = {ask_page, answer_page};

/* ---- a source ---- */

static void move(runut_watch_run *self, runut_watch_source *source)
{
    if (self->visit->moved[0] == '\0' || runut_slice_is(source->moved, self->visit->moved))
        return;
    source->moved = kept(self, self->visit->moved);
    runut_watch_tell(self, &(runut_watch_news){.what = RUNUT_WATCHED_MOVED,
                                               .url = source->url.at,
                                               .source = source->url.at,
                                               .message = source->moved.at});
}

/* A page that was named itself: its new versions are looked for. */
static void take_source_page(runut_watch_run *self, const runut_watch_source *source)
{
    runut_watch_page page;
    self->code = runut_watch_page_get(self->state, self->arena, source->url, &page, self->error);
    if (self->code != RUNUT_OK)
        return;
    page.source = source->url;
    take_page(self, &page);
}

static void take_source(runut_watch_run *self, runut_watch_source *source)
{
    const runut_fetch_answer *a = &self->visit->answer;
    bool lists = false;
    uint64_t failed = self->report->failed;
    source->etag = kept(self, a->etag);
    source->modified = kept(self, a->modified);
    if (runut_watch_is_feed(a->body))
        runut_watch_take_feed(self, source->url, runut_slice_of(self->visit->url), a->body,
                              runut_payload_charset(runut_slice_of(a->type)), &lists, &source->ttl);
    else
        take_source_page(self, source);
    if (lists || failed != self->report->failed) /* what it leads to must be known each time; what is broken, mended */
        source->etag = source->modified = (runut_slice){"", 0};
}

static void settle_source(runut_watch_run *self, verdict v, runut_watch_source *source)
{
    unsigned every = self->options->every ? self->options->every : DEFAULT_EVERY;
    every = source->ttl > every ? source->ttl : every;
    bool failed = v != VERDICT_GOOD && v != VERDICT_SAME;
    source->status = self->visit->answer.status;
    source->due = runut_watch_now() + every;
    source->failures = failed ? source->failures + (v != VERDICT_LATER) : 0;
    source->hold = failed ? hold_of(self, source->url, source->failures) : 0;
    if (failed && self->visit->answer.what != RUNUT_FETCH_NOT_NOW)
        source->moved = (runut_slice){"", 0}; /* the old address may know of a newer one */
    self->report->unchanged += v == VERDICT_SAME;
    if (failed)
        tell(self, v, source->url, source->url, source->status == 410 ? 0 : source->hold);
}

static void ask_source(runut_watch_run *self, runut_slice url, runut_fetch_request *request)
{
    runut_watch_source source;
    self->code = runut_watch_source_get(self->state, self->arena, url, &source, self->error);
    *request = (runut_fetch_request){.url = source.moved.size ? source.moved.at : source.url.at,
                                     .etag = source.etag.at,
                                     .modified = source.modified.at,
                                     .accept = accept_feed,
                                     .most = MOST_BODY};
}

static void answer_source(runut_watch_run *self, runut_slice url)
{
    runut_watch_source source;
    self->code = runut_watch_source_get(self->state, self->arena, url, &source, self->error);
    if (self->code != RUNUT_OK)
        return;
    self->report->sources++;
    if (runut_watch_stopped(self) && self->visit->answer.what == RUNUT_FETCH_NOT_NOW)
        return;
    verdict v = judge(&self->visit->answer, source.etag.size || source.modified.size);
    if (v == VERDICT_GOOD || v == VERDICT_SAME)
        move(self, &source);
    if (v == VERDICT_GOOD)
        take_source(self, &source);
    settle_source(self, v, &source);
    if (v == VERDICT_GOOD)
        runut_watch_flush(self); /* before the feed's ETag is kept */
    if (self->code == RUNUT_OK)
        self->code = runut_watch_source_put(self->state, &source, self->error);
}

const runut_watch_kind runut_watch_sources = {ask_source, answer_source};
