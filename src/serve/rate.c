/* A token bucket for each client address (as in ITU-T I.371, with continuous filling): a bucket holds `burst` requests
 * and fills with `rate` a second. The table has a fixed number of places; an address takes one of the few that its hash
 * names, the emptiest for longest, so that nobody who asks from many addresses makes it grow. Of an IPv6 address the
 * first 64 bits count: a client has all of the rest. */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "serve/guard.h"

enum { PLACES = 4096, PROBES = 8 };

typedef struct bucket {
    uint64_t address; /* 0 = free */
    int64_t at;       /* when it was last filled */
    double tokens;
} bucket;

struct runut_rate {
    double rate, burst;
    bucket buckets[PLACES];
};

runut_rate *runut_rate_new(unsigned rate, unsigned burst)
{
    runut_rate *self = calloc(1, sizeof *self);
    if (self) {
        self->rate = rate;
        self->burst = burst;
    }
    return self;
}

void runut_rate_free(runut_rate *self)
{
    free(self);
}

static uint64_t key_of(const struct sockaddr *address)
{
    uint64_t key = 0;
    uint32_t v4 = 0;
    if (address && address->sa_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
        memcpy(&key, v6->s6_addr, sizeof key);
        if (IN6_IS_ADDR_V4MAPPED(v6))
            memcpy(&v4, v6->s6_addr + 12, sizeof v4);
    } else if (address && address->sa_family == AF_INET) {
        v4 = ((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr;
    }
    return (v4 ? v4 : key) | (uint64_t)1 << 40; /* never 0 */
}

/* The address's bucket, or the one that stood unused for longest, made its own and full. */
static bucket *bucket_of(runut_rate *self, uint64_t key, int64_t now)
{
    size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> 32);
    bucket *oldest = NULL;
    for (size_t i = 0; i < PROBES; i++) {
        bucket *b = &self->buckets[(slot + i) % PLACES];
        if (b->address == key)
            return b;
        if (!oldest || (oldest->address && (!b->address || b->at < oldest->at)))
            oldest = b;
    }
    *oldest = (bucket){key, now, self->burst};
    return oldest;
}

bool runut_rate_take(runut_rate *self, const struct sockaddr *address, int64_t now, unsigned *seconds)
{
    bucket *b = bucket_of(self, key_of(address), now);
    b->tokens += (double)(now - b->at) * self->rate / 1000;
    if (b->tokens > self->burst)
        b->tokens = self->burst;
    b->at = now;
    if (b->tokens >= 1) {
        b->tokens -= 1;
        return true;
    }
    *seconds = 1 + (unsigned)((1 - b->tokens) / self->rate);
    return false;
}
