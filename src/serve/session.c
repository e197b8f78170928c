#include "serve/session.h"

#include <json-c/json.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "serve/form.h"
#include "serve/guard.h"
#include "serve/server.h"

enum {
    MOST_SESSIONS = 256, /* then the one that was idle for longest goes */
    MOST_BODY = 4096,
    ATTEMPTS_A_SECOND = 1,
    ATTEMPTS_AT_ONCE = 10
};

static const int64_t IDLE_MILLISECONDS = (int64_t)30 * 24 * 3600 * 1000;

typedef struct session {
    char value[RUNUT_SESSION_SIZE + 1]; /* "" = free */
    int64_t used;
} session;

struct runut_sessions {
    char name[32]; /* of the cookie */
    runut_rate *attempts;
    session sessions[MOST_SESSIONS];
};

runut_sessions *runut_sessions_new(unsigned port)
{
    runut_sessions *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    snprintf(self->name, sizeof self->name, "runut-%u", port);
    self->attempts = runut_rate_new(ATTEMPTS_A_SECOND, ATTEMPTS_AT_ONCE);
    if (self->attempts)
        return self;
    free(self);
    return NULL;
}

void runut_sessions_free(runut_sessions *self)
{
    if (!self)
        return;
    runut_rate_free(self->attempts);
    free(self);
}

/* ---- the table ---- */

bool runut_session_open(runut_sessions *self, char value[RUNUT_SESSION_SIZE + 1], int64_t now)
{
    unsigned char bytes[RUNUT_SESSION_SIZE / 2];
    session *place = &self->sessions[0];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(value + 2 * i, 3, "%02x", bytes[i]);
    for (session *s = self->sessions; s < self->sessions + MOST_SESSIONS && *place->value; s++)
        if (!*s->value || s->used < place->used)
            place = s;
    memcpy(place->value, value, sizeof place->value);
    place->used = now;
    return true;
}

/* The session of this value; all are compared to their ends, so that time tells nothing. */
static session *find(runut_sessions *self, const char *value, size_t size, int64_t now)
{
    session *found = NULL;
    if (size != RUNUT_SESSION_SIZE)
        return NULL;
    for (session *s = self->sessions; s < self->sessions + MOST_SESSIONS; s++) {
        unsigned char differs = !*s->value || now - s->used > IDLE_MILLISECONDS;
        for (size_t i = 0; i < RUNUT_SESSION_SIZE; i++)
            differs |= (unsigned char)(s->value[i] ^ value[i]);
        found = differs ? found : s;
    }
    return found;
}

/* The session in a Cookie field ("a=b; c=d", RFC 6265). */
static session *find_in(runut_sessions *self, const char *cookies, int64_t now)
{
    size_t name = strlen(self->name);
    for (const char *at = cookies; *at;) {
        at += strspn(at, "; \t");
        size_t size = strcspn(at, ";");
        session *s = size > name && at[name] == '=' && memcmp(at, self->name, name) == 0
                         ? find(self, at + name + 1, size - name - 1, now)
                         : NULL;
        if (s)
            return s;
        at += size;
    }
    return NULL;
}

bool runut_session_in(runut_sessions *self, const char *cookies, int64_t now)
{
    session *s = find_in(self, cookies, now);
    if (s)
        s->used = now;
    return s != NULL;
}

bool runut_session_shown(runut_sessions *self, const runut_request *request)
{
    const char *cookies = runut_request_header(request, "Cookie");
    return cookies && runut_session_in(self, cookies, request->began);
}

/* ---- the requests ---- */

typedef struct incoming {
    size_t size;
    char body[MOST_BODY];
} incoming;

static bool refuse(runut_request *request, unsigned status, const char *why)
{
    runut_reply_problem(&request->reply, status, "%s", why);
    return false;
}

/* Not too often from one address: a token is not to be found by trying. */
static bool check_attempts(runut_request *request)
{
    unsigned seconds = 1;
    const union MHD_ConnectionInfo *client =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (runut_rate_take(request->server->sessions->attempts, client ? client->client_addr : NULL, request->began,
                        &seconds))
        return true;
    runut_reply_problem(&request->reply, 429, "too many attempts from this address");
    runut_reply_field(&request->reply, "Retry-After", "%u", seconds);
    return false;
}

bool runut_session_admit(runut_request *request)
{
    const char *type = runut_request_header(request, "Content-Type");
    if (!check_attempts(request))
        return false;
    if (!type || !runut_field_is(type, "application/json"))
        return refuse(request, 415, "a session is asked for with application/json: {\"token\": …}");
    if (request->size > MOST_BODY)
        return refuse(request, 413, "that is larger than any token");
    request->own = calloc(1, sizeof(incoming));
    request->own_free = free;
    return request->own || refuse(request, 503, "out of memory");
}

bool runut_session_take(runut_request *request, const char *data, size_t size)
{
    incoming *in = request->own;
    if (size > sizeof in->body - in->size)
        return refuse(request, 413, "that is larger than any token");
    memcpy(in->body + in->size, data, size);
    in->size += size;
    return true;
}

/* The body as JSON; NULL where it is none. */
static struct json_object *read_body(const incoming *in)
{
    struct json_tokener *tokener = json_tokener_new_ex(4);
    struct json_object *body = tokener ? json_tokener_parse_ex(tokener, in->body, (int)in->size) : NULL;
    if (tokener)
        json_tokener_free(tokener);
    return body;
}

static void no_content(runut_request *request)
{
    runut_reply_static(&request->reply, NULL, NULL, 0);
    request->reply.status = 204;
}

void runut_session_answer_post(runut *store, runut_request *request)
{
    char value[RUNUT_SESSION_SIZE + 1];
    runut_sessions *self = request->server->sessions;
    struct json_object *body = read_body(request->own), *token = json_object_object_get(body, "token");
    (void)store;
    if (json_object_get_type(token) != json_type_string) {
        refuse(request, 400, "a session is asked for with {\"token\": …}");
    } else if (!request->server->options.token) {
        no_content(request); /* all may ask here anyway */
    } else if (!runut_guard_is_token(request->server->guard, json_object_get_string(token),
                                     (size_t)json_object_get_string_len(token))) {
        refuse(request, 401, "that is not this server's token");
        runut_reply_field(&request->reply, "WWW-Authenticate", "Bearer realm=\"runut\"");
    } else if (!runut_session_open(self, value, request->began)) {
        refuse(request, 500, "there is no randomness to be had");
    } else {
        no_content(request);
        runut_reply_field(&request->reply, "Set-Cookie", "%s=%s; Path=/; HttpOnly; SameSite=Strict", self->name, value);
    }
    json_object_put(body);
}

void runut_session_answer_delete(runut *store, runut_request *request)
{
    runut_sessions *self = request->server->sessions;
    const char *cookies = runut_request_header(request, "Cookie");
    session *s = cookies ? find_in(self, cookies, request->began) : NULL;
    (void)store;
    if (s)
        *s = (session){.used = 0};
    no_content(request);
    runut_reply_field(&request->reply, "Set-Cookie", "%s=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict", self->name);
}
