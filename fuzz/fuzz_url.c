/* Addresses: the first line is a base, the second a reference, the rest an address of a machine. What is resolved
 * against a base and absolute stays as it is; an address that was read is read again as the same; what it leads to is
 * never a private machine under another spelling of its number. */
#include "base/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/arena.h"
#include "fetch/address.h"
#include "fetch/url.h"
#include "support.h"

static void check_resolve(runut_arena *arena, runut_slice base, runut_slice reference)
{
    runut_slice one = runut_url_resolve(arena, base, reference), two = runut_url_resolve(arena, base, one);
    fuzz_check(one.size <= base.size + reference.size + 2);
    if (memchr(one.at, ':', one.size) && one.at == reference.at)
        fuzz_check(runut_slice_equal(one, two));
}

static void check_read(runut_arena *arena, runut_slice text)
{
    runut_url url, again;
    if (!runut_url_read(arena, text, &url))
        return;
    for (size_t i = 0; i < url.text.size; i++) /* goes into a request's head */
        fuzz_check((unsigned char)url.text.at[i] > ' ' && url.text.at[i] != 127);
    fuzz_check(runut_slice_starts(url.text, RUNUT_LITERAL("http")) && url.target.size && url.target.at[0] == '/');
    if (url.text.size > RUNUT_URL_MOST)
        return;
    fuzz_check(runut_url_read(arena, url.text, &again));
    fuzz_check(runut_slice_equal(again.origin, url.origin) && runut_slice_equal(again.text, url.text) &&
               runut_slice_equal(again.target, url.target));
}

/* One machine, written as IPv4 and as IPv4 within IPv6. */
static void check_machine(runut_slice bytes)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (bytes.size < 16)
        return;
    memcpy(&four.sin_addr, bytes.at, 4);
    memcpy(&six.sin6_addr, bytes.at, 16);
    runut_address_is_public((struct sockaddr *)&six, sizeof six);
    bool open = runut_address_is_public((struct sockaddr *)&four, sizeof four);
    memset(&six.sin6_addr, 0, 10);
    memset(six.sin6_addr.s6_addr + 10, 0xFF, 2);
    memcpy(six.sin6_addr.s6_addr + 12, bytes.at, 4);
    fuzz_check(open || !runut_address_is_public((struct sockaddr *)&six, sizeof six));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut_arena *arena;
    runut_slice input = {(const char *)data, size}, base = {"", 0}, reference = {"", 0};
    arena = arena ? arena : runut_arena_new(64 << 20);
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        abort();
    fuzz_part(&input, '\n', &base);
    fuzz_part(&input, '\n', &reference);
    check_resolve(arena, base, reference);
    check_read(arena, base);
    check_read(arena, runut_url_resolve(arena, base, reference));
    check_machine(input);
    return 0;
}
