#include "serve/request.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "serve/routes.h"

int64_t runut_serve_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

runut_request *runut_request_new(struct runut_server *server, struct MHD_Connection *connection, const char *target)
{
    runut_request *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->server = server;
    self->connection = connection;
    self->began = runut_serve_now();
    self->target = strdup(target ? target : "");
    self->target_size = self->target ? strlen(self->target) : 0;
    if (self->target)
        return self;
    free(self);
    return NULL;
}

void runut_request_free(runut_request *self)
{
    if (!self)
        return;
    if (self->own_free)
        self->own_free(self->own);
    runut_reply_clear(&self->reply);
    free(self->target);
    free(self->room);
    free(self);
}

runut_method runut_method_of(const char *name)
{
    static const struct {
        const char *name;
        runut_method method;
    } known[] = {{"GET", RUNUT_METHOD_GET},
                 {"HEAD", RUNUT_METHOD_HEAD},
                 {"POST", RUNUT_METHOD_POST},
                 {"DELETE", RUNUT_METHOD_DELETE},
                 {"OPTIONS", RUNUT_METHOD_OPTIONS}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].method;
    return RUNUT_METHOD_OTHER;
}

/* ---- the target ---- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes percent-encoding in place (and '+', in a query). False where it is broken, or what comes out is no UTF-8 or
 * has control characters. */
static bool decode(char *text, bool plus)
{
    char *to = text;
    for (const char *at = text; *at; at++) {
        if (*at == '%') {
            int high = hex(at[1]), low = high < 0 ? -1 : hex(at[2]);
            if (low < 0)
                return false;
            *to++ = (char)(high * 16 + low);
            at += 2;
        } else {
            *to++ = plus && *at == '+' ? ' ' : *at;
        }
    }
    *to = '\0';
    for (const char *at = text; at < to; at++)
        if ((unsigned char)*at < 32 || *at == 127)
            return false;
    return runut_utf8_valid((runut_slice){text, (size_t)(to - text)});
}

static bool broken(runut_request *self, const char *what)
{
    runut_reply_problem(&self->reply, 400, "%s", what);
    return false;
}

static bool read_path(runut_request *self, char *path)
{
    for (char *at = path; at;) {
        char *end = strchr(at, '/');
        if (end)
            *end++ = '\0';
        if (!decode(at, false))
            return broken(self, "the path is not percent-encoded UTF-8");
        if (self->segment_count == RUNUT_REQUEST_SEGMENTS) {
            runut_reply_problem(&self->reply, 404, "there is nothing at this address");
            return false;
        }
        self->segments[self->segment_count++] = at;
        at = end;
    }
    return true;
}

static bool read_query(runut_request *self, char *query)
{
    for (char *at = query; at;) {
        char *end = strchr(at, '&'), *equals;
        if (end)
            *end++ = '\0';
        equals = strchr(at, '=');
        if (equals)
            *equals++ = '\0';
        if (!decode(at, true) || (equals && !decode(equals, true)))
            return broken(self, "the query is not percent-encoded UTF-8");
        if (*at && self->parameter_count == RUNUT_REQUEST_PARAMETERS)
            return broken(self, "too many parameters");
        if (*at)
            self->parameters[self->parameter_count++] = (runut_parameter){at, equals ? equals : ""};
        at = end;
    }
    return true;
}

bool runut_request_read(runut_request *self)
{
    self->room = strdup(self->target);
    if (!self->room) {
        runut_reply_problem(&self->reply, 500, "out of memory");
        return false;
    }
    if (*self->room != '/')
        return broken(self, "the request's target must be a path");
    if (strchr(self->room, '#'))
        return broken(self, "the request's target has a fragment");
    char *query = strchr(self->room, '?');
    if (query)
        *query++ = '\0';
    return read_path(self, self->room + 1) && read_query(self, query);
}

const char *runut_request_parameter(const runut_request *self, const char *name)
{
    for (int i = 0; i < self->parameter_count; i++)
        if (strcmp(self->parameters[i].name, name) == 0)
            return self->parameters[i].value;
    return NULL;
}

bool runut_request_number(runut_request *self, const char *name, uint32_t least, uint32_t most, uint32_t *number)
{
    const char *text = runut_request_parameter(self, name);
    size_t digits = text ? strspn(text, "0123456789") : 0;
    *number = 0;
    if (!text)
        return true;
    unsigned long long value = digits > 0 && digits < 11 ? strtoull(text, NULL, 10) : 0;
    if (digits == 0 || digits > 10 || text[digits] || value < least || value > most) {
        runut_reply_problem(&self->reply, 400, "%s wants a number from %u to %u", name, least, most);
        return false;
    }
    *number = (uint32_t)value;
    return true;
}

const char *runut_request_header(const runut_request *self, const char *field)
{
    return MHD_lookup_connection_value(self->connection, MHD_HEADER_KIND, field);
}
