#include "serve/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

static int complain(const char *text, runut_error *error)
{
    return runut_error_set(error, RUNUT_ERR_USE,
                           "'%.200s' is no address to listen on: use HOST:PORT, such as 127.0.0.1:8750", text);
}

/* "HOST:PORT" → its parts. */
static bool cut(const char *text, runut_listen_at *at)
{
    const char *colon = strrchr(text, ':');
    if (!colon || colon == text)
        return false;
    size_t size = (size_t)(colon - text), digits = strspn(colon + 1, "0123456789");
    bool six = *text == '[';
    if (six && (size < 3 || text[size - 1] != ']'))
        return false;
    if (!six && memchr(text, ':', size))
        return false;
    at->port = (unsigned)strtoul(colon + 1, NULL, 10);
    if (digits == 0 || digits > 5 || colon[1 + digits] || at->port > 65535 || size >= sizeof at->host)
        return false;
    snprintf(at->host, sizeof at->host, "%.*s", (int)(six ? size - 2 : size), text + six);
    return true;
}

static bool is_loopback(const struct sockaddr_storage *address)
{
    if (address->ss_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
    return address->ss_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}

int runut_listen_read(const runut_server_options *options, runut_listen_at *at, runut_error *error)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found = NULL;
    char port[8];
    *at = (runut_listen_at){0};
    if (!cut(options->listen, at))
        return complain(options->listen, error);
    snprintf(port, sizeof port, "%u", at->port);
    int status = getaddrinfo(at->host, port, &hints, &found);
    if (status != 0)
        return runut_error_set(error, RUNUT_ERR_USE, "%.200s: %s", options->listen, gai_strerror(status));
    memcpy(&at->address, found->ai_addr, found->ai_addrlen);
    at->size = found->ai_addrlen;
    freeaddrinfo(found);
    bool open = !is_loopback(&at->address) || options->host; /* a further name is for a proxy, which lets others in */
    if (open && !(options->token && *options->token))
        return runut_error_set(error, RUNUT_ERR_USE, "others can reach %.200s, so a token is wanted",
                               options->host ? options->host : options->listen);
    return RUNUT_OK;
}

static int fail(int listening, const runut_listen_at *at, runut_error *error)
{
    int why = errno;
    if (listening >= 0)
        close(listening);
    return runut_error_set(error, RUNUT_ERR_IO, "%s, port %u: %s", at->host, at->port, strerror(why));
}

int runut_listen_open(runut_listen_at *at, int *out, runut_error *error)
{
    int on = 1, s = socket(at->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s < 0)
        return fail(s, at, error);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (at->address.ss_family == AF_INET6)
        setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&at->address, at->size) != 0 || listen(s, 511) != 0 ||
        getsockname(s, (struct sockaddr *)&at->address, &at->size) != 0)
        return fail(s, at, error);
    at->port = ntohs(at->address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&at->address)->sin6_port
                                                       : ((struct sockaddr_in *)&at->address)->sin_port);
    *out = s;
    return RUNUT_OK;
}

void runut_listen_print(const runut_listen_at *at, char *out, size_t size)
{
    bool six = strchr(at->host, ':') != NULL;
    snprintf(out, size, "http://%s%s%s:%u/", six ? "[" : "", at->host, six ? "]" : "", at->port);
}
