#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <string.h>

#include "fetch/address.h"

static bool is_public(const char *text)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return runut_address_is_public((struct sockaddr *)&four, sizeof four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return runut_address_is_public((struct sockaddr *)&six, sizeof six);
}

static void own_and_neighbours(void **state)
{
    static const char *const addresses[] = {
        "127.0.0.1",
        "127.255.255.255",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fe80::1",
        "febf::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "fec0::1",
        "5f00::1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (is_public(addresses[i]))
            fail_msg("%s", addresses[i]);
}

static void of_the_public_internet(void **state)
{
    static const char *const addresses[] = {
        "1.1.1.1",        "9.255.255.255",  "11.0.0.0",     "172.15.255.255", "172.32.0.0",     "192.167.1.1",
        "100.63.255.255", "100.128.0.0",    "198.17.1.1",   "198.20.0.0",     "223.255.0.1",    "2606:4700::1111",
        "2a00:1450::1",   "2002:101:101::", "2001:4860::1", "3ffe::1",        "::ffff:1.1.1.1", "64:ff9b::101:101"};
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (!is_public(addresses[i]))
            fail_msg("%s", addresses[i]);
}

static void others(void **state)
{
    struct sockaddr unix_socket = {.sa_family = AF_UNIX};
    struct sockaddr_in6 cut = {.sin6_family = AF_INET6};
    (void)state;
    assert_false(runut_address_is_public(&unix_socket, sizeof unix_socket));
    assert_false(runut_address_is_public((struct sockaddr *)&cut, sizeof(struct sockaddr_in)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(own_and_neighbours), cmocka_unit_test(of_the_public_internet),
                                       cmocka_unit_test(others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
