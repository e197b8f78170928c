/* Networks that may be asked although they are not public. */
#ifndef RUNUT_FETCH_NETWORK_H
#define RUNUT_FETCH_NETWORK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "runut/slice.h"

enum { RUNUT_NETWORKS_MOST = 64 };

/* IPv4 addresses as the IPv6 ones that they are mapped to. */
typedef struct runut_network {
    uint8_t address[16];
    unsigned bits;
} runut_network;

typedef struct runut_networks {
    bool all;
    unsigned count;
    runut_network at[RUNUT_NETWORKS_MOST];
} runut_networks;

/* "10.1.0.0/16,fd00::/8,127.0.0.1": false where one of them is none, has bits behind its length, or there are too many.
 */
bool runut_networks_read(runut_networks *self, runut_slice text);

bool runut_networks_hold(const runut_networks *self, const struct sockaddr *address, socklen_t size);

#endif
