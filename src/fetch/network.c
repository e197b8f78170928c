#include "fetch/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/slice.h"

static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
enum { MAPPED_BITS = 96, BITS = 128 };

static bool bit(const uint8_t *address, unsigned at)
{
    return address[at / 8] >> (7 - at % 8) & 1;
}

static bool read_address(runut_slice text, runut_network *out, unsigned *most)
{
    char room[64];
    if (text.size == 0 || text.size >= sizeof room)
        return false;
    memcpy(room, text.at, text.size);
    room[text.size] = '\0';
    memcpy(out->address, mapped, sizeof mapped);
    *most = BITS - MAPPED_BITS;
    if (inet_pton(AF_INET, room, out->address + sizeof mapped) == 1)
        return true;
    *most = BITS;
    return inet_pton(AF_INET6, room, out->address) == 1;
}

static bool read_network(runut_slice text, runut_network *out)
{
    unsigned most;
    uint32_t bits;
    const char *slash = text.size ? memchr(text.at, '/', text.size) : NULL;
    size_t end = slash ? (size_t)(slash - text.at) : text.size;
    if (!read_address(runut_slice_part(text, 0, end), out, &most))
        return false;
    bits = most;
    if (slash && (!runut_slice_number(runut_slice_part(text, end + 1, text.size), &bits) || bits > most))
        return false;
    out->bits = bits + (BITS - most);
    for (unsigned i = out->bits; i < BITS; i++)
        if (bit(out->address, i))
            return false; /* "10.0.0.1/8" is a slip */
    return true;
}

bool runut_networks_read(runut_networks *self, runut_slice text)
{
    self->count = 0;
    while (text.size) {
        const char *comma = memchr(text.at, ',', text.size);
        size_t end = comma ? (size_t)(comma - text.at) : text.size;
        runut_slice one = runut_slice_trim(runut_slice_part(text, 0, end));
        if (self->count == RUNUT_NETWORKS_MOST || !read_network(one, &self->at[self->count]))
            return false;
        self->count++;
        text = runut_slice_part(text, end + 1, text.size);
        if (comma && text.size == 0)
            return false;
    }
    return self->count > 0;
}

bool runut_networks_hold(const runut_networks *self, const struct sockaddr *address, socklen_t size)
{
    uint8_t bytes[16];
    memcpy(bytes, mapped, sizeof mapped);
    if (address->sa_family == AF_INET && size >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        memcpy(bytes + sizeof mapped, &in.sin_addr, 4);
    } else if (address->sa_family == AF_INET6 && size >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        memcpy(bytes, &in.sin6_addr, sizeof bytes);
    } else {
        return false;
    }
    bool found = self->all;
    for (unsigned i = 0; i < self->count && !found; i++) {
        unsigned same = 0;
        while (same < self->at[i].bits && bit(bytes, same) == bit(self->at[i].address, same))
            same++;
        found = same == self->at[i].bits;
    }
    return found;
}
