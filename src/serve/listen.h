/* The address that the server listens on. */
#ifndef RUNUT_SERVE_LISTEN_H
#define RUNUT_SERVE_LISTEN_H

#include <netdb.h>
#include <stdbool.h>

#include "runut/serve.h"

typedef struct runut_listen_at {
    char host[256]; /* as given, without brackets */
    unsigned port;
    struct sockaddr_storage address;
    socklen_t size;
} runut_listen_at;

/* Reads "127.0.0.1:8750", "[::1]:0", "localhost:8750". RUNUT_ERR_USE where it is none, or is open to others and no
 * token is set. */
int runut_listen_read(const runut_server_options *options, runut_listen_at *at, runut_error *error);

/* Binds and listens on exactly that address; at->port becomes the one that it has. */
int runut_listen_open(runut_listen_at *at, int *listening, runut_error *error);

/* "http://127.0.0.1:8750/" */
void runut_listen_print(const runut_listen_at *at, char *out, size_t size);

#endif
