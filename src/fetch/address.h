/* Which network addresses are anybody's, and which belong to this machine or its neighbours. */
#ifndef RUNUT_FETCH_ADDRESS_H
#define RUNUT_FETCH_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Can this address be that of a server on the public internet? False for loopback, private, link-local, shared,
 * multicast, reserved and documentation ranges (IANA's special-purpose registries), for IPv6 addresses that hold such
 * an IPv4 address, and for families other than IP. */
bool runut_address_is_public(const struct sockaddr *address, socklen_t size);

#endif
