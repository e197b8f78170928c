#include "serve/upload.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "serve/form.h"
#include "serve/server.h"
#include "serve/uploads.h"
#include "serve/writer.h"

enum { MOST_FILES = 10000, MOST_NAME = 512 };

/* An upload that comes in: request->own until it is complete. */
typedef struct incoming {
    runut_request *request;
    runut_upload *upload;
    runut_form *form; /* NULL = the body is one capture, or a file of many */
    bool in_file;     /* of the form; else what comes is a field's, which is not looked at */
} incoming;

static void discard(void *own)
{
    runut_upload *upload = own;
    if (upload && upload->all)
        runut_writer_discard(upload->writer, upload);
    else
        runut_upload_free(upload);
}

static void free_incoming(void *own)
{
    incoming *self = own;
    runut_form_free(self->form);
    discard(self->upload);
    free(self);
}

static bool refuse(runut_request *request, unsigned status, const char *why)
{
    runut_reply_problem(&request->reply, status, "%s", why);
    if (status == 503)
        runut_reply_field(&request->reply, "Retry-After", "5");
    return false;
}

/* What errno says of a file that could not be written. */
static bool refuse_file(runut_request *request)
{
    switch (errno) {
    case ENOSPC:
    case EFBIG:
        return refuse(request, 507, "there is no room for the upload on the disk; nothing of it is stored");
    case EDQUOT:
        return refuse(request, 503, "too much is being uploaded at this time; nothing of this is stored");
    default:
        runut_reply_problem(&request->reply, 500, "the upload cannot be kept: %s", strerror(errno));
        return false;
    }
}

/* ---- a form's parts ---- */

static bool begin_part(void *context, const runut_form_part *part)
{
    incoming *self = context;
    char name[MOST_NAME];
    self->in_file = part->file && *part->file; /* a file's field that was left empty has no name */
    if (!self->in_file)
        return true;
    if (self->upload->count == MOST_FILES) {
        runut_reply_problem(&self->request->reply, 413, "more than %d files; nothing of it is stored", MOST_FILES);
        return false;
    }
    runut_label_make(part->file, name, sizeof name);
    return runut_upload_begin(self->upload, name) || refuse_file(self->request);
}

static bool take_part(void *context, const char *data, size_t size)
{
    incoming *self = context;
    return !self->in_file || runut_upload_write(self->upload, data, size) || refuse_file(self->request);
}

static bool end_part(void *context)
{
    incoming *self = context;
    return !self->in_file || runut_upload_end(self->upload) || refuse_file(self->request);
}

static bool begin_form(incoming *self, const char *type)
{
    const runut_form_reader reader = {.context = self, .begin = begin_part, .data = take_part, .end = end_part};
    runut_error error;
    self->form = runut_form_new(type, &reader, &error);
    return self->form || refuse(self->request, error.code == RUNUT_ERR_INPUT ? 400 : 503, error.message);
}

/* ---- the request ---- */

static bool is_capture(const char *type)
{
    static const char *const types[] = {
        "text/html", "text/plain", "application/json", "application/x-ndjson", "application/octet-stream",
        /* what else is read; it is told by its content, whatever the type says */
        "application/xhtml+xml", "application/gzip", "application/warc", "application/zip", "application/x-tar",
        "application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "text/csv",
        "text/tab-separated-values", "message/rfc822", "application/mbox"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (runut_field_is(type, types[i]))
            return true;
    return false;
}

static bool begin_single(incoming *self)
{
    const char *given = runut_request_parameter(self->request, "name");
    char name[MOST_NAME];
    runut_label_make(given && *given ? given : "upload", name, sizeof name);
    return runut_upload_begin(self->upload, name) || refuse_file(self->request);
}

/* Is there a body that may come? */
static bool check(runut_request *request, const char *type, bool form)
{
    uint64_t most = request->server->options.limits.upload;
    if (request->server->options.read_only)
        return refuse(request, 403, "this server only reads: nothing is added");
    if (!request->sized)
        return refuse(request, 411, "an upload must come with its Content-Length");
    if (request->size > most) {
        runut_reply_problem(&request->reply, 413, "larger than %llu MiB, the limit for one upload",
                            (unsigned long long)(most >> 20));
        return false;
    }
    if (!type || (!form && !is_capture(type)))
        return refuse(request, 415,
                      "an upload is multipart/form-data, or one of text/html, text/plain, application/json, "
                      "application/x-ndjson, application/octet-stream");
    if (form && runut_request_parameter(request, "name"))
        return refuse(request, 400, "name is for an upload that is one body; a form's files have names of their own");
    return request->size > 0 || refuse(request, 400, "the upload is empty");
}

bool runut_upload_admit(runut_request *request)
{
    const char *type = runut_request_header(request, "Content-Type");
    bool form = type && runut_field_is(type, "multipart/form-data");
    if (!check(request, type, form))
        return false;
    incoming *self = calloc(1, sizeof *self);
    runut_upload *upload = self ? runut_upload_new(runut_writer_uploads(request->server->writer)) : NULL;
    if (!upload) {
        free(self);
        return refuse(request, 503, "too many uploads are waiting");
    }
    *self = (incoming){.request = request, .upload = upload};
    upload->writer = request->server->writer;
    request->own = self;
    request->own_free = free_incoming;
    return form ? begin_form(self, type) : begin_single(self);
}

/* Nothing of a refused upload is kept, though the rest of its body may be long in coming. */
static bool drop(runut_request *request)
{
    free_incoming(request->own);
    request->own = NULL;
    request->own_free = NULL;
    return false;
}

bool runut_upload_take(runut_request *request, const char *data, size_t size)
{
    incoming *self = request->own;
    runut_error error;
    if (!self->form)
        return runut_upload_write(self->upload, data, size) || refuse_file(request) || drop(request);
    int code = runut_form_take(self->form, data, size, &error);
    if (code == RUNUT_OK)
        return true;
    if (code == RUNUT_ERR_INPUT)
        runut_reply_problem(&request->reply, 400, "%s, at byte %llu; nothing of it is stored", error.message,
                            (unsigned long long)error.byte);
    return drop(request);
}

/* The body is complete: is the upload? */
static bool finish(incoming *self)
{
    runut_error error;
    if (!self->form)
        return runut_upload_end(self->upload) || refuse_file(self->request);
    if (runut_form_finish(self->form, &error) != RUNUT_OK) {
        runut_reply_problem(&self->request->reply, 400, "%s; nothing of it is stored", error.message);
        return false;
    }
    return self->upload->count > 0 || refuse(self->request, 400, "there is no file in the form");
}

void runut_upload_answer(runut *store, runut_request *request)
{
    incoming *self = request->own;
    (void)store;
    if (!finish(self)) {
        drop(request);
        runut_server_answered(request);
        return;
    }
    request->own = self->upload;
    request->own_free = discard;
    self->upload = NULL;
    free_incoming(self);
    if (runut_writer_ask(request->server->writer, request))
        return;
    refuse(request, 503, "the server stops");
    runut_server_answered(request);
}
