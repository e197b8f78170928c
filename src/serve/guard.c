/* Who may ask. The server listens on one address, but a browser reaches that on behalf of any page that it shows: so a
 * request must name one of our own hosts (a stranger's name that was made to point at 127.0.0.1 does not, "DNS
 * rebinding"), and must not come from another site's page, which browsers say in Origin and Sec-Fetch-Site. */
#include "serve/guard.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "serve/server.h"
#include "serve/session.h"

enum { MOST_HOSTS = 8, MOST_TARGET = 8192 };

struct runut_guard {
    char hosts[MOST_HOSTS][280]; /* "127.0.0.1:8750" */
    int count;
    bool any_number; /* listens on all addresses: an address in digits is ours, since no name can be made to be one */
    unsigned port;
    char *token;
    runut_rate *rate;
};

/* Port 80 is what clients leave out; 0: none is added. */
static void add_host(runut_guard *self, const char *name, unsigned port)
{
    bool bare = strchr(name, ':') && *name != '[' && port;
    const char *left = bare ? "[" : "", *right = bare ? "]" : "";
    if (port && self->count < MOST_HOSTS)
        snprintf(self->hosts[self->count++], sizeof *self->hosts, "%s%s%s:%u", left, name, right, port);
    if ((port == 80 || port == 0) && self->count < MOST_HOSTS)
        snprintf(self->hosts[self->count++], sizeof *self->hosts, "%s%s%s", left, name, right);
}

runut_guard *runut_guard_new(const runut_server_options *options, const char *host, unsigned port)
{
    runut_guard *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->port = port;
    self->any_number = strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
    add_host(self, host, port);
    if (strncmp(host, "127.", 4) == 0 || strcmp(host, "::1") == 0 || self->any_number)
        add_host(self, "localhost", port);
    if (options->host) { /* as it is, for a proxy that stands before us, and with our port */
        add_host(self, options->host, 0);
        add_host(self, options->host, port);
    }
    self->token = options->token ? strdup(options->token) : NULL;
    self->rate = options->limits.no_rate ? NULL : runut_rate_new(options->limits.rate, options->limits.burst);
    if ((!options->token || self->token) && (options->limits.no_rate || self->rate))
        return self;
    runut_guard_free(self);
    return NULL;
}

void runut_guard_free(runut_guard *self)
{
    if (!self)
        return;
    runut_rate_free(self->rate);
    free(self->token);
    free(self);
}

/* "192.168.1.7:8750", "[fe80::1]:8750": an address in digits, with our port. */
static bool is_number(const runut_guard *self, const char *host)
{
    char name[64], port[8];
    struct in6_addr room;
    const char *colon = strrchr(host, ':');
    size_t size = colon ? (size_t)(colon - host) : strlen(host);
    snprintf(port, sizeof port, "%u", self->port);
    if (colon ? strcmp(colon + 1, port) != 0 : self->port != 80)
        return false;
    bool six = size > 2 && host[0] == '[' && host[size - 1] == ']';
    if (size >= sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)(six ? size - 2 : size), host + six);
    return inet_pton(six ? AF_INET6 : AF_INET, name, &room) == 1;
}

static bool is_ours(const runut_guard *self, const char *host)
{
    for (int i = 0; i < self->count; i++)
        if (strcasecmp(self->hosts[i], host) == 0)
            return true;
    return self->any_number && is_number(self, host);
}

static bool check_host(runut_guard *self, runut_request *request)
{
    const char *host = runut_request_header(request, "Host");
    if (is_ours(self, host))
        return true;
    runut_reply_problem(&request->reply, 421, "this server does not go by the name '%.100s'", host);
    request->reply.close = true;
    return false;
}

/* "http://127.0.0.1:8750", the same that the request names as its host. */
static bool is_own_origin(const char *origin, const char *host)
{
    const char *name = strncmp(origin, "http://", 7) == 0    ? origin + 7
                       : strncmp(origin, "https://", 8) == 0 ? origin + 8
                                                             : NULL;
    return name && strcasecmp(name, host) == 0;
}

static bool is(const char *text, const char *wanted)
{
    return text && strcasecmp(text, wanted) == 0;
}

/* A link on another page may lead to ours; nothing else may come from there. */
static bool check_site(runut_request *request)
{
    const char *origin = runut_request_header(request, "Origin"),
               *site = runut_request_header(request, "Sec-Fetch-Site");
    bool foreign = is(site, "cross-site") || is(site, "same-site");
    bool page = request->segment_count > 0 && strcmp(request->segments[0], "api") != 0;
    bool link = page && (request->method & (RUNUT_METHOD_GET | RUNUT_METHOD_HEAD)) &&
                is(runut_request_header(request, "Sec-Fetch-Mode"), "navigate") &&
                is(runut_request_header(request, "Sec-Fetch-Dest"), "document");
    if ((!origin || is_own_origin(origin, runut_request_header(request, "Host"))) && (!foreign || link))
        return true;
    runut_reply_problem(&request->reply, 403, "requests from other sites' pages are not answered");
    return false;
}

static bool check_rate(runut_guard *self, runut_request *request)
{
    unsigned seconds = 0;
    const union MHD_ConnectionInfo *client =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!self->rate || runut_rate_take(self->rate, client ? client->client_addr : NULL, request->began, &seconds))
        return true;
    runut_reply_problem(&request->reply, 429, "too many requests from this address");
    runut_reply_field(&request->reply, "Retry-After", "%u", seconds);
    return false;
}

bool runut_guard_admits(runut_guard *self, runut_request *request)
{
    if (!runut_head_sound(request) || !check_host(self, request) || !check_rate(self, request))
        return false;
    if (request->target_size > MOST_TARGET) {
        runut_reply_problem(&request->reply, 414, "the address is longer than %d bytes", MOST_TARGET);
        return false;
    }
    if (strcmp(request->target, "*") == 0 && request->method == RUNUT_METHOD_OPTIONS)
        return check_site(request);
    return runut_request_read(request) && check_site(request);
}

/* ---- the token ---- */

bool runut_guard_is_token(const runut_guard *self, const char *shown, size_t size)
{
    size_t wanted = self->token ? strlen(self->token) : 0;
    unsigned char differs = wanted != size || wanted == 0;
    for (size_t i = 0; i < size; i++)
        differs |= (unsigned char)(shown[i] ^ (wanted ? self->token[i % wanted] : 0));
    return differs == 0;
}

bool runut_guard_allows(runut_guard *self, runut_request *request)
{
    const char *shown = runut_request_header(request, "Authorization");
    if (!self->token)
        return true;
    if (shown && strncasecmp(shown, "Bearer ", 7) == 0 && runut_guard_is_token(self, shown + 7, strlen(shown + 7)))
        return true;
    if (runut_session_shown(request->server->sessions, request))
        return true;
    runut_reply_problem(&request->reply, 401, "this server wants its token (Authorization: Bearer …)");
    runut_reply_field(&request->reply, "WWW-Authenticate", "Bearer realm=\"runut\"");
    return false;
}
