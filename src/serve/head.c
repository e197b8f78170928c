/* Is a request's head sound? Two readers of one stream of bytes (a proxy, then this server) that disagree on where a
 * request ends can be made to take a part of one client's body for another's request ("request smuggling"), so whatever
 * allows two opinions is refused and the connection closed (RFC 9112, 2.2, 5.1, 5.2, 6.1 to 6.3, 11.2).
 *
 * libmicrohttpd 0.9 is generous: it takes a bare LF for a line's end, joins folded lines (to the field's name, at
 * that), cuts a line at a NUL, and takes the first of several Content-Length. All of it shows in where the parts lie:
 * they are pieces of the buffer that the head was read into, one after the other, and in a sound head nothing but the
 * separators stands between them. From 0.9.77 on it is strict itself where it is asked to be, and may lay them out
 * otherwise. */
#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "serve/guard.h"

enum { MOST_FIELDS = 100, MOST_HEAD = 32768, MOST_DIGITS = 18 };

/* Fields that decide: there must not be two, of which somebody else might take the other. */
enum { HOST, LENGTH, ENCODING, EXPECT, SINGLE_FIELDS = 10 };
static const char *const single[SINGLE_FIELDS] = {
    "Host",           "Content-Length", "Transfer-Encoding", "Expect",        "Origin",
    "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest",    "Authorization", "Content-Type"};

typedef struct head {
    const char *end; /* where the next field must begin */
    int fields;
    bool sound, large, generous;
    const char *values[SINGLE_FIELDS], *twice; /* of those above; the name of one that comes again */
} head;

bool runut_head_is_generous(void)
{
    unsigned major = 0, minor = 0, patch = 0;
    sscanf(MHD_get_version(), "%u.%u.%u", &major, &minor, &patch);
    return major == 0 && (minor < 9 || (minor == 9 && patch < 77));
}

static bool is_token(const char *text)
{
    for (const char *at = text; *at; at++)
        if (!(*at >= 'a' && *at <= 'z') && !(*at >= 'A' && *at <= 'Z') && !(*at >= '0' && *at <= '9') &&
            !strchr("!#$%&'*+-.^_`|~", *at))
            return false;
    return *text;
}

/* No control characters but TAB. */
static bool is_value(const char *text)
{
    for (const char *at = text; *at; at++)
        if (((unsigned char)*at < 32 && *at != '\t') || *at == 127)
            return false;
    return true;
}

static bool is_target(const char *text)
{
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at <= 32 || (unsigned char)*at >= 127)
            return false;
    return *text;
}

static void count(head *self, const char *name, const char *value)
{
    for (size_t i = 0; i < SINGLE_FIELDS; i++) {
        if (strcasecmp(name, single[i]) != 0)
            continue;
        if (self->values[i])
            self->twice = single[i];
        self->values[i] = value;
    }
}

/* Does `value` follow on `name` with a colon and blanks only? (Both were ended with a NUL in place.) */
static bool follows(const char *name, const char *value)
{
    uintptr_t from = (uintptr_t)name + strlen(name) + 1, to = (uintptr_t)value;
    return to >= from && to - from <= MOST_HEAD && strspn((const char *)from, " \t") >= to - from;
}

static enum MHD_Result read_field(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    head *self = context;
    (void)kind;
    if (++self->fields > MOST_FIELDS) {
        self->large = true;
        return MHD_NO;
    }
    self->sound = value && is_token(name) && is_value(value);
    if (self->generous)
        self->sound = self->sound && name == self->end && follows(name, value);
    if (!self->sound)
        return MHD_NO;
    count(self, name, value);
    self->end = value + strlen(value) + 2; /* CR LF */
    return MHD_YES;
}

static bool refuse(runut_request *request, unsigned status, const char *why)
{
    runut_reply_problem(&request->reply, status, "%s", why);
    request->reply.close = true;
    return false;
}

/* The line's end, and the whole head's, as far as it shows. */
static bool read_head(runut_request *request, const char *version, head *h)
{
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    *h = (head){.end = version + strlen(version) + 2, .sound = true, .generous = runut_head_is_generous()};
    MHD_get_connection_values(request->connection, MHD_HEADER_KIND, read_field, h);
    if (size && size->header_size > MOST_HEAD)
        h->large = true;
    size_t used = (size_t)(h->end - version) + request->target_size + request->method_size + 4;
    return h->large || (h->sound && (!size || size->header_size == used || !h->generous));
}

static bool check_body(runut_request *request, const head *h)
{
    const char *length = h->values[LENGTH], *encoding = h->values[ENCODING];
    if (encoding && (length || strcasecmp(encoding, "chunked") != 0))
        return refuse(request, 400, "Transfer-Encoding must be chunked, and stand alone");
    if (encoding)
        return refuse(request, 411, "a body must come with its Content-Length");
    if (!length)
        return true;
    size_t digits = strspn(length, "0123456789");
    if (digits == 0 || length[digits])
        return refuse(request, 400, "Content-Length is no number");
    if (digits > MOST_DIGITS)
        return refuse(request, 413, "the body is too large");
    for (const char *at = length; *at; at++)
        request->size = request->size * 10 + (uint64_t)(*at - '0');
    request->sized = true;
    return true;
}

bool runut_head_sound(runut_request *request)
{
    head h;
    if (!is_target(request->target) || !request->version_text)
        return refuse(request, 400, "the request line is broken");
    if (strcmp(request->version_text, "HTTP/1.1") != 0 && strcmp(request->version_text, "HTTP/1.0") != 0)
        return refuse(request, 505, "this server speaks HTTP/1.1");
    if (!read_head(request, request->version_text, &h))
        return refuse(request, 400, "the header fields are broken");
    if (h.large)
        return refuse(request, 431, "too many header fields, or too large ones");
    if (h.twice)
        return refuse(request, 400, "a field that must stand alone comes twice");
    if (!h.values[HOST])
        return refuse(request, 400, "there is no Host");
    if (h.values[EXPECT] && strcasecmp(h.values[EXPECT], "100-continue") != 0)
        return refuse(request, 417, "nothing is expected but 100-continue");
    return check_body(request, &h);
}
