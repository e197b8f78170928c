/* The server through its public header: what a client may take, and how it starts and stops. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "runut/engine.h"
#include "runut/serve.h"

static char path[64];

static int fresh(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/runut-serve-XXXXXX");
    return mkdtemp(path) == NULL || strcat(path, "/s.db") == NULL;
}

static int gone(void **state)
{
    (void)state;
    char command[256];
    path[strlen(path) - 5] = '\0';
    snprintf(command, sizeof command, "rm -rf '%s'", path);
    return system(command);
}

static runut_server *start(runut_server_options options)
{
    runut_server *server = NULL;
    runut_error error;
    options.store = path;
    if (!options.listen)
        options.listen = "127.0.0.1:0";
    int code = runut_server_start(&options, &server, &error);
    if (code != RUNUT_OK)
        fail_msg("%d: %s", code, error.message);
    return server;
}

static unsigned port_of(const runut_server *server)
{
    return (unsigned)strtoul(strrchr(runut_server_address(server), ':') + 1, NULL, 10);
}

static int connect_to(const runut_server *server)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port_of(server))};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(s >= 0);
    assert_int_equal(connect(s, (struct sockaddr *)&to, sizeof to), 0);
    return s;
}

static void say(const runut_server *server, int s, const char *line, const char *rest)
{
    char head[256];
    int size = snprintf(head, sizeof head, "%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s", line, port_of(server), rest);
    send(s, head, (size_t)size, MSG_NOSIGNAL);
}

/* What comes until the server closes, or for `seconds`; closes. */
static bool hear(int s, char *out, size_t room, int seconds)
{
    size_t size = 0;
    bool closed = false;
    struct pollfd p = {.fd = s, .events = POLLIN};
    while (!closed && size + 1 < room && poll(&p, 1, seconds * 1000) > 0) {
        ssize_t got = recv(s, out + size, room - size - 1, 0);
        if (got > 0)
            size += (size_t)got;
        else
            closed = true;
    }
    out[size] = '\0';
    close(s);
    return closed;
}

static unsigned status_of(const char *reply)
{
    unsigned status = 0;
    sscanf(reply, "HTTP/1.1 %u", &status);
    return status;
}

static unsigned ask(const runut_server *server)
{
    char reply[4096];
    int s = connect_to(server);
    say(server, s, "GET /api/v1/health", "Connection: close\r\n\r\n");
    hear(s, reply, sizeof reply, 30);
    return status_of(reply);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- its life ---- */

static void it_starts_and_stops_again_and_again(void **state)
{
    (void)state;
    runut_server_stop(NULL);
    for (int i = 0; i < 5; i++) {
        runut_server *server = start((runut_server_options){0});
        if (i % 2)
            assert_int_equal(ask(server), 200);
        runut_server_stop(server);
    }
}

static void two_servers_share_a_store(void **state)
{
    (void)state;
    runut_server *a = start((runut_server_options){0}), *b = start((runut_server_options){.read_only = true});
    assert_int_not_equal(port_of(a), port_of(b));
    assert_int_equal(ask(a), 200);
    assert_int_equal(ask(b), 200);
    runut_server_stop(a);
    assert_int_equal(ask(b), 200);
    runut_server_stop(b);
}

static void what_will_not_do_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *listen, *host, *token;
        int code;
    } cases[] = {{"nonsense", NULL, NULL, RUNUT_ERR_USE},      {"127.0.0.1", NULL, NULL, RUNUT_ERR_USE},
                 {"127.0.0.1:", NULL, NULL, RUNUT_ERR_USE},    {"127.0.0.1:65536", NULL, NULL, RUNUT_ERR_USE},
                 {"127.0.0.1:-1", NULL, NULL, RUNUT_ERR_USE},  {"127.0.0.1:8o", NULL, NULL, RUNUT_ERR_USE},
                 {"[::1:0", NULL, NULL, RUNUT_ERR_USE},        {"::1:0", NULL, NULL, RUNUT_ERR_USE},
                 {"[]:0", NULL, NULL, RUNUT_ERR_USE},          {"", NULL, NULL, RUNUT_ERR_USE},
                 {"0.0.0.0:0", NULL, NULL, RUNUT_ERR_USE},     {"0.0.0.0:0", NULL, "", RUNUT_ERR_USE},
                 {"[::]:0", NULL, NULL, RUNUT_ERR_USE},        {"127.0.0.1:0", "desk.example", NULL, RUNUT_ERR_USE},
                 {"192.0.2.1:0", NULL, "token", RUNUT_ERR_IO}, {"127.0.0.1:0", "desk.example", "token", RUNUT_OK}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        runut_server_options options = {
            .store = path, .listen = cases[i].listen, .host = cases[i].host, .token = cases[i].token};
        runut_server *server = NULL;
        runut_error error;
        assert_int_equal(runut_server_start(&options, &server, &error), cases[i].code);
        assert_int_equal(server != NULL, cases[i].code == RUNUT_OK);
        runut_server_stop(server);
    }
}

static void it_stops_with_connections_open(void **state)
{
    (void)state;
    runut_server *server = start((runut_server_options){0});
    int open[3];
    for (int i = 0; i < 3; i++)
        open[i] = connect_to(server);
    say(server, open[1], "GET /api/v1/health", "\r\n");
    say(server, open[2], "GET /api/v1/health", "X-Half: ");
    double before = now();
    runut_server_stop(server);
    assert_true(now() - before < 5);
    for (int i = 0; i < 3; i++)
        close(open[i]);
}

/* ---- limits ---- */

/* A client that sends a byte now and then is cut off, whatever it has sent so far. */
static void a_head_that_drips_is_cut(void **state)
{
    (void)state;
    runut_server *server = start((runut_server_options){.limits = {.head_seconds = 1}});
    static const char *const beginnings[] = {"", "GET ",
                                             "GET / HTTP/1.1\r\nX: ", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: y\r\n"};
    enum { MANY = sizeof beginnings / sizeof *beginnings };
    struct pollfd p[MANY];
    int open = MANY;
    double before = now();
    for (size_t i = 0; i < MANY; i++) {
        p[i] = (struct pollfd){.fd = connect_to(server), .events = POLLIN};
        send(p[i].fd, beginnings[i], strlen(beginnings[i]), MSG_NOSIGNAL);
    }
    while (open > 0 && now() - before < 20) {
        poll(p, MANY, 200);
        for (size_t i = 0; i < MANY; i++) {
            if (p[i].fd >= 0 && !p[i].revents) {
                send(p[i].fd, "a", 1, MSG_NOSIGNAL);
            } else if (p[i].fd >= 0) {
                assert_true(now() - before > 0.5);
                close(p[i].fd);
                p[i].fd = -1;
                open--;
            }
        }
    }
    assert_int_equal(open, 0);
    assert_true(now() - before < 10);
    assert_int_equal(ask(server), 200);
    runut_server_stop(server);
}

static void a_body_that_drips_is_cut_and_one_that_flows_is_not(void **state)
{
    (void)state;
    char reply[4096], bit[1000];
    memset(bit, 'a', sizeof bit);
    runut_server *server = start((runut_server_options){.limits = {.head_seconds = 1, .body_rate = 1000}});
    int s = connect_to(server);
    double before = now();
    say(server, s, "POST /api/v1/articles?name=a.txt", "Content-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n");
    struct pollfd p = {.fd = s, .events = POLLIN};
    while (poll(&p, 1, 200) == 0 && now() - before < 20)
        send(s, bit, 10, MSG_NOSIGNAL);
    assert_true(now() - before < 10);
    close(s);
    s = connect_to(server);
    say(server, s, "POST /api/v1/articles?name=a.txt",
        "Connection: close\r\nContent-Type: text/plain\r\nContent-Length: 10000\r\n\r\n");
    for (int i = 0; i < 10; i++) { /* longer than a head may take, but fast enough */
        usleep(250000);
        assert_int_equal(send(s, bit, sizeof bit, MSG_NOSIGNAL), sizeof bit);
    }
    assert_true(hear(s, reply, sizeof reply, 30));
    assert_int_equal(status_of(reply), 200);
    runut_server_stop(server);
}

/* It asks on and on, and takes none of the replies. */
static void a_client_that_does_not_read_is_cut(void **state)
{
    (void)state;
    runut_server *server = start((runut_server_options){.limits = {.head_seconds = 1, .no_rate = true}});
    char request[128];
    int size = snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", port_of(server));
    int s = connect_to(server);
    struct pollfd p = {.fd = s};
    double before = now(), stuck = 0;
    while (poll(&p, 1, 10) == 0 && now() - before < 30) {
        while (send(s, request, (size_t)size, MSG_NOSIGNAL | MSG_DONTWAIT) == size)
            stuck = now();
    }
    assert_true(p.revents & (POLLHUP | POLLERR));
    assert_true(now() - stuck < 15);
    close(s);
    assert_int_equal(ask(server), 200);
    runut_server_stop(server);
}

static void a_connection_that_asks_no_more_is_cut(void **state)
{
    (void)state;
    char reply[4096];
    runut_server *server = start((runut_server_options){.limits = {.head_seconds = 1}});
    int s = connect_to(server);
    double before = now();
    say(server, s, "GET /api/v1/health", "\r\n");
    assert_true(hear(s, reply, sizeof reply, 20));
    assert_int_equal(status_of(reply), 200);
    assert_true(now() - before > 0.5);
    runut_server_stop(server);
}

static void a_full_queue_is_told(void **state)
{
    (void)state;
    enum { MANY = 100 };
    runut_server *server = start((runut_server_options){.jobs = 1, .limits = {.queued = 1, .no_rate = true}});
    int s[MANY], good = 0, busy = 0;
    for (int i = 0; i < MANY; i++)
        s[i] = connect_to(server);
    for (int i = 0; i < MANY; i++) /* the first waits for the worker to open the store */
        say(server, s[i], "GET /api/v1/health", "Connection: close\r\n\r\n");
    for (int i = 0; i < MANY; i++) {
        char reply[4096];
        hear(s[i], reply, sizeof reply, 30);
        good += status_of(reply) == 200;
        busy += status_of(reply) == 503 && strstr(reply, "\r\nRetry-After: 1\r\n");
    }
    assert_int_equal(good + busy, MANY);
    assert_true(good > 0 && busy > 0);
    assert_int_equal(ask(server), 200);
    runut_server_stop(server);
}

/* Enough reports that ranking them takes longer than a millisecond. */
static void add_many(void)
{
    char from[80];
    const char *paths[] = {from};
    runut *store;
    runut_error error;
    snprintf(from, sizeof from, "%s.jsonl", path);
    FILE *f = fopen(from, "w");
    assert_non_null(f);
    for (int i = 0; i < 500; i++)
        fprintf(f,
                "{\"headline\": \"Pasar nomor %d di Contohville dibuka\", \"articleBody\": \"Pasar nomor %d di "
                "Contohville dibuka pada "
                "Senin, kata Budi Contoh %d. Pasar itu punya %d kios.\"}\n",
                i, i, i * 7, i * 13);
    fclose(f);
    assert_int_equal(runut_open(path, 0, &store, &error), RUNUT_OK);
    assert_int_equal(runut_add(store, paths, 1, NULL, NULL, &error), RUNUT_OK);
    runut_close(store);
}

static void a_question_that_takes_too_long_is_ended(void **state)
{
    (void)state;
    char reply[4096];
    add_many();
    runut_server *server = start((runut_server_options){.limits = {.milliseconds = 1}});
    int s = connect_to(server);
    say(server, s, "GET /api/v1/search?words=pasar+contohville+dibuka&limit=200", "Connection: close\r\n\r\n");
    assert_true(hear(s, reply, sizeof reply, 30));
    assert_int_equal(status_of(reply), 503);
    assert_non_null(strstr(reply, "application/problem+json"));
    assert_int_equal(ask(server), 200);
    runut_server_stop(server);
}

static void one_address_gets_so_many_connections(void **state)
{
    (void)state;
    char reply[4096];
    runut_server *server = start((runut_server_options){.limits = {.of_one_address = 3}});
    int s[3];
    for (int i = 0; i < 3; i++) {
        s[i] = connect_to(server);
        say(server, s[i], "GET /api/v1/health", "");
    }
    int fourth = connect_to(server);
    say(server, fourth, "GET /api/v1/health", "\r\n");
    assert_true(hear(fourth, reply, sizeof reply, 20));
    assert_int_equal(status_of(reply), 0);
    for (int i = 0; i < 3; i++)
        close(s[i]);
    for (int i = 0; i < 100 && ask(server) != 200; i++)
        usleep(10000);
    assert_int_equal(ask(server), 200);
    runut_server_stop(server);
}

static void more_connections_than_there_may_be_wait(void **state)
{
    (void)state;
    runut_server *server = start((runut_server_options){.limits = {.connections = 4, .head_seconds = 1}});
    int s[4];
    for (int i = 0; i < 4; i++)
        s[i] = connect_to(server);
    usleep(100000);
    assert_int_equal(ask(server), 200); /* after the silent ones were cut */
    for (int i = 0; i < 4; i++)
        close(s[i]);
    runut_server_stop(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_starts_and_stops_again_and_again, fresh, gone),
        cmocka_unit_test_setup_teardown(two_servers_share_a_store, fresh, gone),
        cmocka_unit_test_setup_teardown(what_will_not_do_is_told, fresh, gone),
        cmocka_unit_test_setup_teardown(it_stops_with_connections_open, fresh, gone),
        cmocka_unit_test_setup_teardown(a_head_that_drips_is_cut, fresh, gone),
        cmocka_unit_test_setup_teardown(a_body_that_drips_is_cut_and_one_that_flows_is_not, fresh, gone),
        cmocka_unit_test_setup_teardown(a_client_that_does_not_read_is_cut, fresh, gone),
        cmocka_unit_test_setup_teardown(a_connection_that_asks_no_more_is_cut, fresh, gone),
        cmocka_unit_test_setup_teardown(a_full_queue_is_told, fresh, gone),
        cmocka_unit_test_setup_teardown(a_question_that_takes_too_long_is_ended, fresh, gone),
        cmocka_unit_test_setup_teardown(one_address_gets_so_many_connections, fresh, gone),
        cmocka_unit_test_setup_teardown(more_connections_than_there_may_be_wait, fresh, gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
