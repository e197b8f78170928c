#include "serve/metrics.h"

#include <json-c/json.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "serve/news.h"
#include "serve/server.h"
#include "serve/writer.h"

enum { MOST_ROUTES = 64, CLASSES = 6, BOUNDS = 12 };

/* Milliseconds, as bounds of the histogram; what is above is in +Inf alone. */
static const unsigned bounds[BOUNDS] = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10000};

typedef struct counts {
    atomic_ullong by_class[CLASSES]; /* hundreds of the status */
    atomic_ullong within[BOUNDS + 1];
    atomic_ullong milliseconds;
} counts;

struct runut_metrics {
    time_t began;
    atomic_ullong received, sent;
    counts routes[MOST_ROUTES + 1]; /* in the order of runut_routes; the last one: of no route */
};

runut_metrics *runut_metrics_new(void)
{
    runut_metrics *self = calloc(1, sizeof *self);
    if (self)
        self->began = time(NULL);
    return self;
}

void runut_metrics_free(runut_metrics *self)
{
    free(self);
}

void runut_metrics_count(runut_metrics *self, const runut_request *request, unsigned status)
{
    size_t route = request->route ? (size_t)(request->route - runut_routes) : MOST_ROUTES;
    counts *c = &self->routes[route < MOST_ROUTES ? route : MOST_ROUTES];
    int64_t took = runut_serve_now() - request->began;
    int bound = 0;
    while (bound < BOUNDS && took > bounds[bound])
        bound++;
    atomic_fetch_add_explicit(&c->by_class[status / 100 % CLASSES], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&c->within[bound], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&c->milliseconds, (unsigned long long)took, memory_order_relaxed);
}

void runut_metrics_received(runut_metrics *self, size_t bytes)
{
    atomic_fetch_add_explicit(&self->received, bytes, memory_order_relaxed);
}

void runut_metrics_sent(runut_metrics *self, size_t bytes)
{
    atomic_fetch_add_explicit(&self->sent, bytes, memory_order_relaxed);
}

/* ---- as text ---- */

static unsigned long long get(atomic_ullong *count)
{
    return atomic_load_explicit(count, memory_order_relaxed);
}

/* `method="GET",route="/api/v1/stories/{name}"`; paths of the table hold nothing that would want an escape. */
static void print_labels(FILE *out, size_t index)
{
    const runut_route *route = index < MOST_ROUTES ? &runut_routes[index] : NULL;
    if (!route) {
        fputs("method=\"\",route=\"none\"", out);
        return;
    }
    fprintf(out, "method=\"%s\",route=\"/",
            route->methods & RUNUT_METHOD_POST     ? "POST"
            : route->methods & RUNUT_METHOD_DELETE ? "DELETE"
                                                   : "GET");
    for (const char *at = route->path; *at; at++)
        fputs(*at == '*' ? "{name}" : (char[]){*at, '\0'}, out);
    fputs("\"", out);
}

static unsigned long long sum(counts *c)
{
    unsigned long long all = 0;
    for (int i = 0; i < CLASSES; i++)
        all += get(&c->by_class[i]);
    return all;
}

static void head(FILE *out, const char *name, const char *type, const char *help)
{
    fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void print_requests(FILE *out, runut_metrics *self)
{
    static const char name[] = "runut_http_requests_total";
    head(out, name, "counter", "Requests that were answered, by route and class of the status.");
    for (size_t i = 0; i <= MOST_ROUTES; i++) {
        for (int hundred = 1; hundred < CLASSES; hundred++) {
            unsigned long long count = get(&self->routes[i].by_class[hundred]);
            if (count == 0)
                continue;
            fprintf(out, "%s{", name);
            print_labels(out, i);
            fprintf(out, ",status=\"%dxx\"} %llu\n", hundred, count);
        }
    }
}

static void print_route(FILE *out, const char *name, size_t index, counts *c)
{
    unsigned long long below = 0;
    for (int b = 0; b <= BOUNDS; b++) {
        below += get(&c->within[b]);
        fprintf(out, "%s_bucket{", name);
        print_labels(out, index);
        if (b < BOUNDS)
            fprintf(out, ",le=\"%g\"} %llu\n", bounds[b] / 1000.0, below);
        else
            fprintf(out, ",le=\"+Inf\"} %llu\n", below);
    }
    fprintf(out, "%s_sum{", name);
    print_labels(out, index);
    fprintf(out, "} %g\n%s_count{", (double)get(&c->milliseconds) / 1000, name);
    print_labels(out, index);
    fprintf(out, "} %llu\n", below);
}

static void print_durations(FILE *out, runut_metrics *self)
{
    static const char name[] = "runut_http_request_duration_seconds";
    head(out, name, "histogram", "From a request's head to the beginning of its answer.");
    for (size_t i = 0; i <= MOST_ROUTES; i++)
        if (sum(&self->routes[i]) > 0)
            print_route(out, name, i, &self->routes[i]);
}

static void print_one(FILE *out, const char *name, const char *type, const char *help, double value)
{
    head(out, name, type, help);
    fprintf(out, "%s %.17g\n", name, value);
}

static void print_server(FILE *out, runut_server *server)
{
    runut_metrics *self = server->metrics;
    print_one(out, "runut_http_received_bytes_total", "counter", "Bytes of requests' bodies.",
              (double)get(&self->received));
    print_one(out, "runut_http_sent_bytes_total", "counter", "Bytes of answers' bodies.", (double)get(&self->sent));
    print_one(out, "runut_connections", "gauge", "Open connections.", runut_sockets_count(server->sockets));
    print_one(out, "runut_questions_waiting", "gauge", "Questions that wait for a worker.",
              runut_workers_waiting(server->workers));
    print_one(out, "runut_news_subscribers", "gauge", "Listeners to the news.", runut_news_subscribers(server->news));
}

static void print_captures(FILE *out, runut_server *server)
{
    runut_writer_counts c = {0};
    if (server->writer)
        runut_writer_count(server->writer, &c);
    print_one(out, "runut_uploads_waiting", "gauge", "Uploads that come in or wait for the writer.", c.waiting);
    head(out, "runut_captures_total", "counter", "Captures that were uploaded, by what came of them.");
    fprintf(out, "runut_captures_total{status=\"stored\"} %llu\n", (unsigned long long)c.stored);
    fprintf(out, "runut_captures_total{status=\"known\"} %llu\n", (unsigned long long)c.known);
    fprintf(out, "runut_captures_total{status=\"rejected\"} %llu\n", (unsigned long long)c.rejected);
}

static void print_store(FILE *out, struct json_object *store)
{
    static const char *const of[] = {"articles", "events", "stories"};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        char name[64], help[64];
        snprintf(name, sizeof name, "runut_store_%s", of[i]);
        snprintf(help, sizeof help, "How many %s the store holds.", of[i]);
        print_one(out, name, "gauge", help, (double)json_object_get_int64(json_object_object_get(store, of[i])));
    }
}

static void print_process(FILE *out, const runut_metrics *self)
{
    unsigned long size = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "re");
    if (statm && fscanf(statm, "%lu %lu", &size, &resident) == 2)
        print_one(out, "runut_process_resident_memory_bytes", "gauge", "Memory that the process has in use.",
                  (double)resident * (double)sysconf(_SC_PAGESIZE));
    if (statm)
        fclose(statm);
    print_one(out, "runut_process_start_time_seconds", "gauge", "When the server was started, since 1970.",
              (double)self->began);
    head(out, "runut_build_info", "gauge", "Which runut this is.");
    fprintf(out, "runut_build_info{version=\"" RUNUT_VERSION "\"} 1\n");
}

void runut_metrics_answer(runut *store, runut_request *request)
{
    runut_server *server = request->server;
    struct json_object *held = NULL;
    runut_error error;
    char *text = NULL;
    size_t size = 0;
    int code = runut_counts(store, &held, &error);
    FILE *out = code == RUNUT_OK ? open_memstream(&text, &size) : NULL;
    if (!out) {
        json_object_put(held);
        if (code == RUNUT_OK)
            runut_reply_problem(&request->reply, 503, "out of memory");
        else
            runut_reply_error(&request->reply, &error);
        return;
    }
    print_requests(out, server->metrics);
    print_durations(out, server->metrics);
    print_server(out, server);
    print_captures(out, server);
    print_store(out, held);
    print_process(out, server->metrics);
    json_object_put(held);
    fclose(out);
    runut_reply_owned(&request->reply, "text/plain; version=0.0.4; charset=utf-8", text, size);
}
