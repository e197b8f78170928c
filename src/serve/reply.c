#include "serve/reply.h"

#include <json-c/json.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"

/* Nothing is loaded from what is not the page. */
static const char DATA_POLICY[] = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

void runut_reply_clear(runut_reply *self)
{
    if (self->response)
        MHD_destroy_response(self->response);
    for (int i = 0; i < self->field_count; i++)
        free(self->fields[i].value);
    free(self->owned);
    *self = (runut_reply){0};
}

/* The connection's end, once wanted, stays wanted. */
static void begin(runut_reply *self, unsigned status, const char *type)
{
    bool close = self->close;
    runut_reply_clear(self);
    *self = (runut_reply){.status = status, .type = type, .close = close};
}

void runut_reply_static(runut_reply *self, const char *type, const char *body, size_t size)
{
    begin(self, 200, type);
    self->body = body;
    self->size = size;
}

void runut_reply_owned(runut_reply *self, const char *type, char *body, size_t size)
{
    begin(self, 200, type);
    self->body = self->owned = body;
    self->size = size;
}

void runut_reply_stream(runut_reply *self, const char *type, struct MHD_Response *response)
{
    if (!response) {
        runut_reply_problem(self, 500, "out of memory");
        return;
    }
    begin(self, 200, type);
    self->response = response;
}

/* The object's text and a line end become the body. */
static bool print(runut_reply *self, struct json_object *object)
{
    size_t size = 0;
    const char *text =
        json_object_to_json_string_length(object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &size);
    char *body = text ? malloc(size + 1) : NULL;
    if (!body)
        return false;
    memcpy(body, text, size);
    body[size] = '\n';
    self->body = self->owned = body;
    self->size = size + 1;
    return true;
}

void runut_reply_json(runut_reply *self, struct json_object *object)
{
    begin(self, 200, "application/json; charset=utf-8");
    bool good = object && print(self, object);
    json_object_put(object);
    if (!good)
        runut_reply_problem(self, 500, "out of memory");
}

static const char *title_of(unsigned status)
{
    switch (status) {
    case 421:
        return "Misdirected Request"; /* MHD has the name of RFC 7540 too, but not in every version */
    default: {
        const char *phrase = MHD_get_reason_phrase_for(status);
        return phrase ? phrase : "Error";
    }
    }
}

static const char OUT_OF_MEMORY[] =
    "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,\"detail\":\"out of memory\"}\n";

/* What a request is refused for may be quoted, and cut: what is no UTF-8 becomes U+FFFD. */
static struct json_object *text_of(const char *detail)
{
    char out[3 * 600];
    runut_slice text = runut_slice_of(detail);
    size_t size = 0;
    for (size_t at = 0; at < text.size && size + 4 < sizeof out;)
        size += runut_utf8_encode(runut_utf8_next(text, &at), out + size);
    return json_object_new_string_len(out, (int)size);
}

void runut_reply_problem(runut_reply *self, unsigned status, const char *format, ...)
{
    char detail[600];
    va_list args;
    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    begin(self, status, "application/problem+json");
    struct json_object *problem = json_object_new_object();
    if (problem) {
        json_object_object_add(problem, "type", json_object_new_string("about:blank"));
        json_object_object_add(problem, "title", json_object_new_string(title_of(status)));
        json_object_object_add(problem, "status", json_object_new_int((int)status));
        json_object_object_add(problem, "detail", text_of(detail));
    }
    if (!problem || !print(self, problem)) {
        self->status = 500;
        self->body = OUT_OF_MEMORY;
        self->size = sizeof OUT_OF_MEMORY - 1;
    }
    json_object_put(problem);
}

void runut_reply_error(runut_reply *self, const runut_error *error)
{
    switch ((int)error->code) {
    case RUNUT_ERR_USE:
        runut_reply_problem(self, 400, "%s", error->message);
        break;
    case RUNUT_ERR_NOT_FOUND:
        runut_reply_problem(self, 404, "%s", error->message);
        break;
    case RUNUT_ERR_TIME:
        runut_reply_problem(self, 503, "%s", error->message);
        break;
    default:
        runut_reply_problem(self, 500, "%s", error->message);
    }
}

void runut_reply_field(runut_reply *self, const char *name, const char *format, ...)
{
    char value[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(value, sizeof value, format, args);
    va_end(args);
    if (self->field_count == RUNUT_REPLY_FIELDS)
        return;
    self->fields[self->field_count].name = name;
    self->fields[self->field_count].value = strdup(value);
    self->field_count += self->fields[self->field_count].value != NULL;
}

/* ---- as MHD has it ---- */

static bool has_field(const runut_reply *self, const char *name)
{
    for (int i = 0; i < self->field_count; i++)
        if (strcasecmp(self->fields[i].name, name) == 0)
            return true;
    return false;
}

static void put_fields(const runut_reply *self, struct MHD_Response *r)
{
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(r, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(r, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(r, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(r, "X-Frame-Options", "DENY");
    MHD_add_response_header(r, "Content-Security-Policy", self->policy ? self->policy : DATA_POLICY);
    if (!has_field(self, "Cache-Control"))
        MHD_add_response_header(r, "Cache-Control", self->status < 400 ? "no-cache" : "no-store");
    if (self->type)
        MHD_add_response_header(r, "Content-Type", self->type);
    for (int i = 0; i < self->field_count; i++)
        MHD_add_response_header(r, self->fields[i].name, self->fields[i].value);
    if (self->close)
        MHD_add_response_header(r, "Connection", "close");
}

struct MHD_Response *runut_reply_response(runut_reply *self)
{
    struct MHD_Response *r = self->response;
    self->response = NULL;
    if (!r && self->owned)
        r = MHD_create_response_from_buffer(self->size, self->owned, MHD_RESPMEM_MUST_FREE);
    else if (!r)
        r = MHD_create_response_from_buffer(self->size, (void *)(uintptr_t)self->body, MHD_RESPMEM_PERSISTENT);
    if (!r)
        return NULL;
    if (self->owned)
        self->owned = NULL; /* MHD's now */
    put_fields(self, r);
    return r;
}
