#include "fetch/client.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/slice.h"
#include "fetch/address.h"
#include "runut/engine.h"

enum { MOST_FIELD = 1024, MOST_LOCATION = 4096, MOST_HEADER = 128 << 10, CONNECT_SECONDS = 15, MOST_RETRY = 7 * 86400 };

struct runut_client {
    CURL *curl;
    struct curl_slist *fields;
    const runut_fetcher_options *options;
    time_t stopped; /* when it was seen that it is */
    bool refused;   /* a private address */
    bool too_large; /* more than may be came */
    bool is_cut;
    bool has_head; /* the fields have an end */
    size_t most, header;
    bool cut;
    char *body;
    size_t size, room;
    char type[MOST_FIELD], etag[MOST_FIELD], modified[MOST_FIELD], location[MOST_LOCATION];
    uint32_t retry_after;
    char why[CURL_ERROR_SIZE];
};

/* ---- what curl calls ---- */

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    runut_client *self = context;
    if (purpose != CURLSOCKTYPE_IPCXN || (address->family != AF_INET && address->family != AF_INET6))
        return CURL_SOCKET_BAD;
    if (!runut_address_is_public(&address->addr, address->addrlen) &&
        !runut_networks_hold(&self->options->allowed, &address->addr, address->addrlen)) {
        self->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static bool make_room(runut_client *self, size_t size)
{
    size_t room = self->room ? self->room : 64 << 10;
    while (room < size)
        room *= 2;
    if (room == self->room)
        return true;
    char *body = realloc(self->body, room);
    if (!body)
        return false;
    self->body = body;
    self->room = room;
    return true;
}

/* The bytes are decompressed already: what a small body grows to is counted here. */
static size_t on_body(char *bytes, size_t one, size_t count, void *context)
{
    runut_client *self = context;
    size_t size = one * count, left = self->most - self->size;
    bool fits = size <= left;
    if (!fits && !self->cut) {
        self->too_large = true;
        return 0;
    }
    size_t taken = fits ? size : left;
    if (!make_room(self, self->size + taken))
        return 0;
    memcpy(self->body + self->size, bytes, taken);
    self->size += taken;
    self->is_cut |= !fits;
    return fits ? size : 0;
}

/* Only printable bytes: what is kept goes back to the server, or to a terminal. */
static void keep(char *room, size_t size, runut_slice value)
{
    if (room[0] || value.size >= size)
        return;
    for (size_t i = 0; i < value.size; i++)
        if ((unsigned char)value.at[i] < 32 || value.at[i] == 127)
            return;
    memcpy(room, value.at, value.size);
    room[value.size] = '\0';
}

static uint32_t read_retry(runut_slice value)
{
    uint32_t seconds;
    char room[64];
    if (runut_slice_number(value, &seconds))
        return seconds < MOST_RETRY ? seconds : MOST_RETRY;
    if (value.size == 0 || value.size >= sizeof room)
        return 0;
    memcpy(room, value.at, value.size);
    room[value.size] = '\0';
    time_t at = curl_getdate(room, NULL), now = time(NULL);
    return at <= now ? 0 : at - now < MOST_RETRY ? (uint32_t)(at - now) : MOST_RETRY;
}

static void clear_fields(runut_client *self)
{
    self->type[0] = self->etag[0] = self->modified[0] = self->location[0] = '\0';
    self->retry_after = 0;
}

static size_t on_field(char *bytes, size_t one, size_t count, void *context)
{
    runut_client *self = context;
    runut_slice line = {bytes, one * count};
    self->header += line.size;
    if (self->header > MOST_HEADER) {
        self->too_large = true;
        return 0;
    }
    if (runut_slice_starts_nocase(line, RUNUT_LITERAL("HTTP/"))) /* another answer: the one before was 1xx */
        clear_fields(self);
    self->has_head = runut_slice_trim(line).size == 0;
    const char *colon = line.size ? memchr(line.at, ':', line.size) : NULL;
    if (!colon)
        return line.size;
    runut_slice name = runut_slice_part(line, 0, (size_t)(colon - line.at));
    runut_slice value = runut_slice_trim(runut_slice_part(line, name.size + 1, line.size));
    if (runut_slice_equal_nocase(name, RUNUT_LITERAL("content-type")))
        keep(self->type, sizeof self->type, value);
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("etag")))
        keep(self->etag, sizeof self->etag, value);
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("last-modified")))
        keep(self->modified, sizeof self->modified, value);
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("location")))
        keep(self->location, sizeof self->location, value);
    else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("retry-after")))
        self->retry_after = read_retry(value);
    return line.size;
}

/* What is under way when the work is stopped has some seconds to end well. */
static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    enum { GRACE = 3 };
    runut_client *self = context;
    (void)a, (void)b, (void)c, (void)d;
    if (!self->options->stop || !*self->options->stop)
        return 0;
    self->stopped = self->stopped ? self->stopped : time(NULL);
    return time(NULL) - self->stopped >= GRACE;
}

/* ---- the client ---- */

static bool set_up(runut_client *self, unsigned seconds)
{
    CURL *c = self->curl;
    long connect = seconds < CONNECT_SECONDS ? (long)seconds : CONNECT_SECONDS;
    return curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, self) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEDATA, self) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_field) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HEADERDATA, self) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_ERRORBUFFER, self->why) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_USERAGENT, "runut/" RUNUT_VERSION) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK && /* all that curl undoes */
           curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK && /* a proxy would see to it where we connect to */
           curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_XFERINFODATA, self) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, connect) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)seconds) == CURLE_OK;
}

runut_client *runut_client_new(const runut_fetcher_options *options)
{
    runut_client *self = calloc(1, sizeof *self);
    if (!self || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(self);
        return NULL;
    }
    self->options = options;
    self->curl = curl_easy_init();
    if (self->curl && set_up(self, options->seconds))
        return self;
    runut_client_free(self);
    return NULL;
}

void runut_client_free(runut_client *self)
{
    if (!self)
        return;
    curl_easy_cleanup(self->curl);
    curl_slist_free_all(self->fields);
    curl_global_cleanup();
    free(self->body);
    free(self);
}

/* ---- one request ---- */

static bool add_field(runut_client *self, const char *name, const char *value)
{
    char line[MOST_FIELD + 64];
    if (!value || !*value)
        return true;
    int size = snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *fields = size < (int)sizeof line ? curl_slist_append(self->fields, line) : NULL;
    self->fields = fields ? fields : self->fields;
    return fields != NULL;
}

static bool prepare(runut_client *self, const runut_fetch_request *request)
{
    clear_fields(self);
    self->size = self->header = 0;
    self->most = request->most;
    self->cut = request->cut;
    self->refused = self->too_large = self->is_cut = self->has_head = false;
    self->why[0] = '\0';
    curl_slist_free_all(self->fields);
    self->fields = NULL;
    return add_field(self, "Accept", request->accept) && add_field(self, "If-None-Match", request->etag) &&
           add_field(self, "If-Modified-Since", request->modified) &&
           curl_easy_setopt(self->curl, CURLOPT_HTTPHEADER, self->fields) == CURLE_OK &&
           curl_easy_setopt(self->curl, CURLOPT_URL, request->url) == CURLE_OK;
}

static runut_fetched outcome(const runut_client *self, CURLcode code)
{
    if ((code == CURLE_OK || self->is_cut) && self->has_head)
        return RUNUT_FETCHED;
    if (self->too_large)
        return RUNUT_FETCH_LARGE;
    switch (code) {
    case CURLE_COULDNT_CONNECT:
        return self->refused ? RUNUT_FETCH_PRIVATE : RUNUT_FETCH_BROKEN;
    case CURLE_COULDNT_RESOLVE_HOST:
        return RUNUT_FETCH_NO_HOST;
    case CURLE_ABORTED_BY_CALLBACK:
        return RUNUT_FETCH_NOT_NOW;
    case CURLE_URL_MALFORMAT:
        return RUNUT_FETCH_NO_URL;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
        return RUNUT_FETCH_TLS;
    default:
        return RUNUT_FETCH_BROKEN;
    }
}

static const char *reason(const runut_client *self, runut_fetched what, CURLcode code)
{
    switch (what) {
    case RUNUT_FETCH_PRIVATE:
        return "not an address of the public internet";
    case RUNUT_FETCH_LARGE:
        return "larger than may be";
    default:
        if (code == CURLE_OK)
            return "the answer breaks off";
        return self->why[0] ? self->why : curl_easy_strerror(code);
    }
}

void runut_client_get(runut_client *self, const runut_fetch_request *request, runut_fetch_answer *answer)
{
    long status = 0;
    CURLcode code = prepare(self, request) ? curl_easy_perform(self->curl) : CURLE_OUT_OF_MEMORY;
    if (code == CURLE_OK || self->is_cut)
        curl_easy_getinfo(self->curl, CURLINFO_RESPONSE_CODE, &status);
    runut_fetched what = outcome(self, code);
    *answer = (runut_fetch_answer){.what = what,
                                   .status = (unsigned)status,
                                   .body = {self->body ? self->body : "", self->size},
                                   .type = self->type,
                                   .etag = self->etag,
                                   .modified = self->modified,
                                   .location = self->location,
                                   .retry_after = self->retry_after,
                                   .why = what == RUNUT_FETCHED ? "" : reason(self, what, code)};
}
