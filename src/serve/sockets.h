/* The open connections, and the end of those that take too long: MHD's own timeout sees only whether anything moves, so
 * that a client which sends a byte a second could hold a connection for ever. A thread looks once in a while and shuts
 * such sockets down; MHD then finds them closed. */
#ifndef RUNUT_SERVE_SOCKETS_H
#define RUNUT_SERVE_SOCKETS_H

#include <stdbool.h>
#include <stdint.h>

#include "runut/serve.h"

typedef struct runut_sockets runut_sockets;
typedef struct runut_socket runut_socket;

/* NULL when memory or threads are out. */
runut_sockets *runut_sockets_start(const runut_server_limits *limits);
void runut_sockets_stop(runut_sockets *self);

/* MHD's thread: a connection begins (NULL when memory is out) and ends. */
runut_socket *runut_sockets_add(runut_sockets *self, int socket);
void runut_sockets_remove(runut_sockets *self, runut_socket *socket);

/* It waits for a request's head from now on; a body comes in; its request is complete, so that it may take its time; a
 * reply of that size goes out. */
void runut_socket_waits(runut_socket *self);
void runut_socket_receives(runut_socket *self, uint64_t bytes);
void runut_socket_works(runut_socket *self);
void runut_socket_sends(runut_socket *self, uint64_t bytes);

unsigned runut_sockets_count(runut_sockets *self);

#endif
