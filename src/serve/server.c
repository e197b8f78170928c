/* The server's life, and MHD's calls: one thread of MHD's reads requests and sends replies; what the store must be
 * asked for waits, its connection suspended, until a worker has made the answer. */
#include "serve/server.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "runut/engine.h"
#include "serve/export.h"
#include "serve/listen.h"
#include "serve/metrics.h"
#include "serve/news.h"
#include "serve/session.h"
#include "serve/writer.h"

/* A refused body is read to its end up to that size: who still writes does not hear why he was refused when the
 * connection ends. */
enum { LAST_SECONDS = 15, POOL = 65536, MOST_DISCARDED = 16 << 20 };

/* ---- one request, in MHD's thread ---- */

static runut_socket *socket_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void *on_target(void *context, const char *target, struct MHD_Connection *connection)
{
    runut_request *request = runut_request_new(context, connection, target);
    const char *query = target ? strchr(target, '?') : NULL;
    if (query && runut_head_is_generous()) /* MHD would cut it up too, and never answer where the pieces do not fit; it
                                              is a buffer of MHD's own */
        ((char *)(uintptr_t)query)[1] = '\0';
    return request;
}

static enum MHD_Result send_reply(runut_request *request)
{
    runut_server *server = request->server;
    runut_reply *reply = &request->reply;
    if (atomic_load(&server->stopping))
        reply->close = true;
    unsigned status = reply->status;
    bool stream = reply->response != NULL;
    size_t size = reply->size;
    runut_metrics_count(server->metrics, request, status);
    runut_metrics_sent(server->metrics, request->method == RUNUT_METHOD_HEAD ? 0 : size);
    struct MHD_Response *response = runut_reply_response(reply);
    if (!response)
        return MHD_NO;
    if (request->state == RUNUT_REQUEST_NEW)
        atomic_fetch_add(&server->open, 1);
    request->state = RUNUT_REQUEST_REPLIED;
    if (stream)
        runut_socket_works(socket_of(request->connection));
    else
        runut_socket_sends(socket_of(request->connection), size);
    enum MHD_Result sent = MHD_queue_response(request->connection, status, response);
    MHD_destroy_response(response);
    return sent;
}

/* The head is there: may the request be answered, and by whom? False after having made the reply. */
static bool admit(runut_request *request)
{
    runut_server *server = request->server;
    if (!runut_guard_admits(server->guard, request))
        return false;
    if (strcmp(request->target, "*") == 0) {
        runut_reply_static(&request->reply, NULL, NULL, 0);
        request->reply.status = 204;
        return false;
    }
    request->route = runut_route_find(request);
    if (!request->route || (!request->route->open && !runut_guard_allows(server->guard, request)) ||
        !runut_route_check(request->route, request))
        return false;
    if (atomic_load(&server->stopping)) {
        runut_reply_problem(&request->reply, 503, "the server stops");
        return false;
    }
    if (request->sized && request->size > 0 && !request->route->take) {
        runut_reply_problem(&request->reply, 400, "this request takes no body");
        request->reply.close = true;
        return false;
    }
    return !request->route->begin || request->route->begin(request);
}

/* The request is complete. */
static enum MHD_Result ask(runut_request *request)
{
    runut_socket_works(socket_of(request->connection));
    if (request->route->place == RUNUT_AT_ONCE) {
        request->route->answer(NULL, request);
        return send_reply(request);
    }
    request->state = RUNUT_REQUEST_ASKED;
    MHD_suspend_connection(request->connection);
    if (request->route->place == RUNUT_HANDED_ON) {
        request->route->answer(NULL, request);
        return MHD_YES;
    }
    if (runut_workers_ask(request->server->workers, request))
        return MHD_YES;
    runut_reply_problem(&request->reply, 503, "too many questions are waiting");
    runut_reply_field(&request->reply, "Retry-After", "1");
    MHD_resume_connection(request->connection);
    return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **kept)
{
    runut_request *request = *kept;
    (void)context;
    (void)url;
    if (!request)
        return MHD_NO; /* out of memory */
    if (request->state == RUNUT_REQUEST_NEW) {
        request->method = runut_method_of(method);
        request->method_size = strlen(method);
        request->version_text = version;
        bool good = admit(request);
        bool waits = runut_request_header(request, "Expect") != NULL; /* with the body, to hear whether it is wanted */
        if (!good && (request->reply.close || waits || request->size > MOST_DISCARDED))
            return send_reply(request); /* MHD ends the connection where it does not read a body */
        request->state = RUNUT_REQUEST_TAKEN;
        atomic_fetch_add(&request->server->open, 1);
        runut_socket_receives(socket_of(connection), 0);
        return MHD_YES;
    }
    if (*size > 0) {
        request->received += *size;
        runut_metrics_received(request->server->metrics, *size);
        runut_socket_receives(socket_of(connection), *size);
        bool refused = request->reply.status != 0; /* the rest of a refused body is thrown away */
        if (!refused && !request->route->take(request, data, *size))
            request->reply.close = true;
        *size = 0;
        return MHD_YES;
    }
    return request->reply.status ? send_reply(request) : ask(request);
}

void runut_server_answered(runut_request *request)
{
    MHD_resume_connection(request->connection);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **kept,
                         enum MHD_RequestTerminationCode why)
{
    runut_server *self = context;
    runut_request *request = *kept;
    (void)why;
    if (request && request->state != RUNUT_REQUEST_NEW)
        atomic_fetch_sub(&self->open, 1);
    runut_request_free(request);
    *kept = NULL;
    runut_socket_waits(socket_of(connection));
}

static void on_connection(void *context, struct MHD_Connection *connection, void **kept,
                          enum MHD_ConnectionNotificationCode what)
{
    runut_server *self = context;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *kept = info ? runut_sockets_add(self->sockets, info->connect_fd) : NULL;
    } else {
        runut_sockets_remove(self->sockets, *kept);
        *kept = NULL;
    }
}

/* What MHD has to say about broken clients is nobody's business. */
static void on_log(void *context, const char *format, va_list args)
{
    (void)context;
    (void)format;
    (void)args;
}

/* Paths are decoded by request.c. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

/* ---- its life ---- */

static int start_daemon(runut_server *self, runut_error *error)
{
    const runut_server_limits *limits = &self->options.limits;
    self->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, self,
        MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL, MHD_OPTION_STRICT_FOR_CLIENT, !runut_head_is_generous(),
        MHD_OPTION_LISTEN_SOCKET, self->listening, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,
        MHD_OPTION_CONNECTION_LIMIT, limits->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits->of_one_address,
        MHD_OPTION_CONNECTION_TIMEOUT, limits->idle_seconds, MHD_OPTION_URI_LOG_CALLBACK, on_target, self,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, self, MHD_OPTION_NOTIFY_CONNECTION, on_connection, self,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_END);
    return self->daemon ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_IO, "the server cannot be started");
}

/* A store that is not there yet is made. */
static int make_store(const runut_server *self, runut_error *error)
{
    runut *store = NULL;
    int code = runut_open(self->options.store, self->options.read_only ? RUNUT_READ_ONLY : 0, &store, error);
    runut_close(store);
    return code;
}

static void fill(unsigned *field, unsigned value)
{
    if (*field == 0)
        *field = value;
}

static void fill_limits(runut_server_limits *l)
{
    fill(&l->connections, 1000);
    fill(&l->of_one_address, 200);
    fill(&l->idle_seconds, 60);
    fill(&l->head_seconds, 20);
    fill(&l->body_rate, 16384);
    fill(&l->queued, 256);
    fill(&l->milliseconds, 10000);
    fill(&l->rate, 1000);
    fill(&l->burst, 2 * l->rate);
    if (l->upload == 0)
        l->upload = (uint64_t)256 << 20;
}

static unsigned threads_of(const runut_server_options *options)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return options->jobs ? options->jobs : cores < 2 ? 2 : (unsigned)cores;
}

static bool copy(const char **text)
{
    if (*text)
        *text = strdup(*text);
    return true;
}

static void copy_options(runut_server *self, const runut_server_options *options)
{
    self->options = *options;
    if (!options->listen)
        self->options.listen = "127.0.0.1:8750";
    copy(&self->options.store);
    copy(&self->options.listen);
    copy(&self->options.host);
    copy(&self->options.token);
    copy(&self->options.agencies);
    fill_limits(&self->options.limits);
}

static int start(runut_server *self, runut_error *error)
{
    runut_listen_at at;
    int code = runut_listen_read(&self->options, &at, error);
    if (code == RUNUT_OK)
        code = make_store(self, error);
    if (code == RUNUT_OK)
        code = runut_listen_open(&at, &self->listening, error);
    if (code != RUNUT_OK)
        return code;
    runut_listen_print(&at, self->address, sizeof self->address);
    self->guard = runut_guard_new(&self->options, at.host, at.port);
    self->sockets = runut_sockets_start(&self->options.limits);
    self->sessions = runut_sessions_new(at.port);
    self->metrics = runut_metrics_new();
    if (!self->guard || !self->sockets || !self->sessions || !self->metrics)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    code = runut_workers_start(self, threads_of(&self->options), self->options.limits.queued, &self->workers, error);
    if (code == RUNUT_OK && !self->options.read_only)
        code = runut_writer_start(self, &self->writer, error);
    if (code == RUNUT_OK)
        code = runut_news_start(self, &self->news, error);
    if (code == RUNUT_OK)
        code = runut_exports_start(self, &self->exports, error);
    return code == RUNUT_OK ? start_daemon(self, error) : code;
}

int runut_server_start(const runut_server_options *options, runut_server **out, runut_error *error)
{
    runut_server *self = calloc(1, sizeof *self);
    *out = NULL;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->listening = -1;
    self->began = runut_serve_now();
    copy_options(self, options);
    int code = start(self, error);
    if (code == RUNUT_OK)
        *out = self;
    else
        runut_server_stop(self);
    return code;
}

const char *runut_server_address(const runut_server *self)
{
    return self->address;
}

/* Lets what is in hand be finished; who does not take his reply has waited for long enough then. */
static void drain(runut_server *self)
{
    int64_t until = runut_serve_now() + LAST_SECONDS * 1000;
    while (atomic_load(&self->open) > 0 && runut_serve_now() < until)
        usleep(10000);
}

void runut_server_stop(runut_server *self)
{
    if (!self)
        return;
    atomic_store(&self->stopping, true);
    if (self->daemon) {
        MHD_quiesce_daemon(self->daemon);
        runut_news_stop(self->news);
        runut_writer_stop(self->writer);
        drain(self);
        runut_exports_stop(self->exports);
    }
    runut_workers_stop(self->workers); /* every request that it had is answered, so no connection is suspended */
    if (self->daemon)
        MHD_stop_daemon(self->daemon);
    runut_writer_free(self->writer);
    runut_news_free(self->news);
    runut_exports_free(self->exports);
    if (self->listening >= 0)
        close(self->listening);
    runut_sockets_stop(self->sockets);
    runut_guard_free(self->guard);
    runut_sessions_free(self->sessions);
    runut_metrics_free(self->metrics);
    free((void *)(uintptr_t)self->options.store);
    free((void *)(uintptr_t)self->options.listen);
    free((void *)(uintptr_t)self->options.host);
    free((void *)(uintptr_t)self->options.token);
    free((void *)(uintptr_t)self->options.agencies);
    free(self);
}
