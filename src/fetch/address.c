#include "fetch/address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct range4 {
    uint32_t from;
    int bits;
} range4;

/* https://www.iana.org/assignments/iana-ipv4-special-registry/ and multicast. */
static const range4 ranges4[] = {
    {0x00000000, 8},  /* this network */
    {0x0A000000, 8},  /* private */
    {0x64400000, 10}, /* shared: carriers' */
    {0x7F000000, 8},  /* loopback */
    {0xA9FE0000, 16}, /* link-local; clouds keep their secrets there */
    {0xAC100000, 12}, /* private */
    {0xC0000000, 24}, /* IETF protocol assignments */
    {0xC0000200, 24}, /* documentation */
    {0xC0586300, 24}, /* 6to4 relays, given up */
    {0xC0A80000, 16}, /* private */
    {0xC6120000, 15}, /* benchmarks */
    {0xC6336400, 24}, /* documentation */
    {0xCB007100, 24}, /* documentation */
    {0xE0000000, 4},  /* multicast */
    {0xF0000000, 4},  /* reserved, broadcast */
};

static bool is_public4(uint32_t address)
{
    for (size_t i = 0; i < sizeof ranges4 / sizeof *ranges4; i++)
        if ((address ^ ranges4[i].from) >> (32 - ranges4[i].bits) == 0)
            return false;
    return true;
}

static uint32_t four(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool begins(const uint8_t *address, const char *with, size_t bytes)
{
    return memcmp(address, with, bytes) == 0;
}

/* Only 2000::/3 is given out; what stands outside of it is public as the IPv4 address that it stands for. */
static bool is_public6(const uint8_t *a)
{
    if (begins(a, "\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12) || begins(a, "\0\x64\xFF\x9B\0\0\0\0\0\0\0\0", 12))
        return is_public4(four(a + 12)); /* mapped, translated */
    if ((a[0] & 0xE0) != 0x20)
        return false;
    if (begins(a, "\x20\x02", 2)) /* 6to4 */
        return is_public4(four(a + 2));
    bool special = begins(a, "\x20\x01\x0D\xB8", 4) || (begins(a, "\x20\x01", 2) && a[2] < 2) || /* Teredo, … */
                   (a[0] == 0x3F && a[1] == 0xFF && a[2] < 0x10);
    return !special;
}

bool runut_address_is_public(const struct sockaddr *address, socklen_t size)
{
    if (address->sa_family == AF_INET && size >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return is_public4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6 && size >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return is_public6(in.sin6_addr.s6_addr);
    }
    return false;
}
