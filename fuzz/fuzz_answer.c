/* What a web server answers: the bytes go through a loopback connection to the client, as they are. Whatever they are,
 * the client comes back with an answer whose parts may be printed, kept and sent back, and no more bytes than it asked
 * for; then the answer's words are read as the watcher reads them. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fetch/client.h"
#include "read/payload.h"
#include "support.h"

enum { MOST = 4096, WEEK = 7 * 86400 };

static int listener;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char served[1 << 16]; /* not the fuzzer's own: a connection may be late */
static size_t served_size;

static void set_served(const uint8_t *bytes, size_t size)
{
    pthread_mutex_lock(&lock);
    served_size = size < sizeof served ? size : sizeof served;
    memcpy(served, bytes, served_size);
    pthread_mutex_unlock(&lock);
}

static bool send_served(int fd)
{
    pthread_mutex_lock(&lock);
    bool sent = send(fd, served, served_size, MSG_NOSIGNAL) >= 0;
    pthread_mutex_unlock(&lock);
    return sent;
}

/* Answers one connection after the other, each when its request is there. */
static void *serve(void *context)
{
    char room[2048];
    (void)context;
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        if (read(fd, room, sizeof room) > 0 && send_served(fd))
            shutdown(fd, SHUT_WR);
        while (read(fd, room, sizeof room) > 0)
            ;
        close(fd);
    }
}

static void start(char *url, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    pthread_t thread;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    fuzz_check(listener >= 0 && bind(listener, (struct sockaddr *)&address, sizeof address) == 0 &&
               listen(listener, 8) == 0 && getsockname(listener, (struct sockaddr *)&address, &length) == 0);
    snprintf(url, size, "http://127.0.0.1:%u/", (unsigned)ntohs(address.sin_port));
    fuzz_check(pthread_create(&thread, NULL, serve, NULL) == 0 && pthread_detach(thread) == 0);
}

static void check_text(const char *text)
{
    for (; *text; text++)
        fuzz_check((unsigned char)*text >= ' ' && *text != 127);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char url[64];
    if (!*url)
        start(url, sizeof url);
    set_served(data, size);
    const runut_fetcher_options options = {.seconds = 5, .allowed = {.all = true}};
    runut_client *client = runut_client_new(&options); /* a connection of its own for each answer */
    runut_fetch_request request = {.url = url, .etag = "\"a\"", .most = MOST, .cut = size & 1};
    runut_fetch_answer answer;
    fuzz_check(client != NULL);
    runut_client_get(client, &request, &answer);
    fuzz_check(answer.body.size <= MOST && answer.retry_after <= WEEK && answer.status <= 999);
    fuzz_check((answer.what == RUNUT_FETCHED) == (answer.why[0] == '\0'));
    check_text(answer.type);
    check_text(answer.etag);
    check_text(answer.modified);
    check_text(answer.location);
    runut_payload_of(runut_slice_of(answer.type));
    runut_payload_charset(runut_slice_of(answer.type));
    runut_client_free(client);
    return 0;
}
