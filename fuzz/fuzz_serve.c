/* The server, handed raw bytes: each byte 0x1E parts what is sent at a time. Whatever is sent, what comes back is
 * nothing or HTTP, the server never says that the fault is its own, and the connection ends. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "folder.h"
#include "runut/engine.h"
#include "runut/serve.h"

static char store[64];
static runut_server *server;
static unsigned port;

static void end(void)
{
    runut_server_stop(server);
}

static void start(void)
{
    runut_server_options options = {
        .store = store,
        .listen = "127.0.0.1:0",
        .token = "an-open-secret-of-this-test",
        .jobs = 2,
        .read_only = true,
        .limits = {.no_rate = true, .idle_seconds = 2, .head_seconds = 2, .of_one_address = 1000}};
    snprintf(store, sizeof store, "%s/s", fuzz_folder());
    runut *r = fuzz_store_new(NULL, store);
    fuzz_check(fuzz_store_add(r, runut_slice_of(fuzz_reports)));
    runut_close(r);
    fuzz_check(runut_server_start(&options, &server, NULL) == RUNUT_OK);
    fuzz_check(sscanf(runut_server_address(server), "http://127.0.0.1:%u/", &port) == 1);
    atexit(end);
}

/* `complete`: there is something to answer. */
static int connect_to_it(bool complete)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval wait = {.tv_sec = complete ? 8 : 0, .tv_usec = complete ? 0 : 20000};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    fuzz_check(fd >= 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        fuzz_check(errno == EADDRNOTAVAIL); /* so many were closed just now that the system has no port left */
        close(fd);
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    return fd;
}

static void check_answer(runut_slice answer)
{
    if (answer.size == 0)
        return;
    fuzz_check(answer.size >= 12 && memcmp(answer.at, "HTTP/1.", 7) == 0);
    fuzz_check(answer.at[9] >= '1' && answer.at[9] <= '5' &&
               !runut_slice_starts(runut_slice_part(answer, 9, 12), RUNUT_LITERAL("500")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    runut_slice input = {(const char *)data, size}, part;
    char room[1 << 16];
    size_t got = 0;
    ssize_t more = 0;
    const struct timeval soon = {.tv_usec = 20000};
    if (!server)
        start();
    bool complete = runut_slice_find(input, RUNUT_LITERAL("\n\r\n"), 0) != SIZE_MAX ||
                    runut_slice_find(input, RUNUT_LITERAL("\n\n"), 0) != SIZE_MAX;
    int fd = connect_to_it(complete);
    if (fd < 0)
        return 0;
    while (fuzz_part(&input, 0x1E, &part))
        if (send(fd, part.at, part.size, MSG_NOSIGNAL) < 0)
            break;
    shutdown(fd, SHUT_WR);
    while (got < sizeof room && (more = read(fd, room + got, sizeof room - got)) > 0) {
        got += (size_t)more;
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon); /* some answers go on until we go */
    }
    check_answer((runut_slice){room, got});
    close(fd);
    return 0;
}
