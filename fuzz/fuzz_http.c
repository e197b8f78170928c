/* HTTP messages as web archives keep them. With the first byte's highest bit the rest is a message of any bytes; else
 * it is a body, which is packed and cut into chunks as the byte says and must come out as it went in. */
#include <stdio.h>
#include <string.h>

#include "pack.h"
#include "read/http.h"

enum { MOST = 1 << 16 };

static void read_any(runut_slice message)
{
    for (int cut = 0; cut < 2; cut++) {
        runut_scratch scratch = {0};
        runut_http http;
        runut_slice body = {"", 0};
        runut_error error;
        if (!runut_http_read(message, &http))
            return;
        int code = runut_http_body(&http, cut, &scratch, MOST, &body, &error);
        fuzz_check(code == RUNUT_OK || code == RUNUT_ERR_INPUT);
        if (code == RUNUT_OK)
            fuzz_check(body.size <= MOST || body.at == http.body.at);
        runut_slice_hash(body);
        runut_scratch_free(&scratch);
    }
}

static const char *const codings[] = {"identity", "gzip", "deflate", "deflate", "zstd", "x-gzip", "", "none"};

static runut_slice pack(runut_slice body, unsigned coding)
{
    static const int windows[] = {0, 31, 15, -15, 0, 31};
    if (coding == 4)
        return fuzz_zstd(body);
    if (coding < 6 && windows[coding])
        return fuzz_deflate(body, windows[coding]);
    char *copy = malloc(body.size + 1);
    memcpy(copy, body.at, body.size);
    return (runut_slice){copy, body.size};
}

/* The message, malloc'd; chunks of `chunk` bytes, 0 = none. */
static runut_slice make(runut_slice packed, const char *coding, size_t chunk)
{
    size_t size = 0;
    char *out = malloc(256 + packed.size + (chunk ? packed.size / chunk + 2 : 0) * 16);
    size += (size_t)sprintf(out, "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n%s\r\n", coding,
                            chunk ? "Transfer-Encoding: chunked\r\n" : "");
    for (size_t at = 0; at < packed.size; at += chunk ? chunk : packed.size) {
        runut_slice part = runut_slice_part(packed, at, chunk ? at + chunk : packed.size);
        size += chunk ? (size_t)sprintf(out + size, "%zx\r\n", part.size) : 0;
        memcpy(out + size, part.at, part.size);
        size += part.size;
        size += chunk ? (size_t)sprintf(out + size, "\r\n") : 0;
    }
    size += chunk ? (size_t)sprintf(out + size, "0\r\n\r\n") : 0;
    return (runut_slice){out, size};
}

static void there_and_back(runut_slice bytes, unsigned how)
{
    runut_slice packed = pack(bytes, how & 7), body = {"", 0};
    runut_slice message = make(packed, codings[how & 7], how >> 3);
    runut_scratch scratch = {0};
    runut_http http;
    runut_error error;
    fuzz_check(runut_http_read(message, &http));
    int code = runut_http_body(&http, how & 1, &scratch, MOST, &body, &error);
    fuzz_check(code == RUNUT_OK || bytes.size > MOST);
    fuzz_check(code != RUNUT_OK || runut_slice_equal(body, bytes));
    runut_scratch_free(&scratch);
    free((char *)packed.at);
    free((char *)message.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    runut_slice rest = {(const char *)data + 1, size - 1};
    if (data[0] & 128)
        read_any(rest);
    else
        there_and_back(rest, data[0]);
    return 0;
}
