/* Archives made to be slow: four times as much may take no more than eight times as long (a quadratic step takes
 * sixteen). Processor time is measured, and a busy machine gets three tries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/slice.h"
#include "support/captures.h"

enum { SIZE = 1 << 20 };

#define RESOURCE "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\n"
#define RESPONSE "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
#define CHUNKED "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
#define PART(text)                                                                                                     \
    {                                                                                                                  \
        "" text, sizeof text - 1                                                                                       \
    }

typedef struct shape {
    const char *name;
    runut_slice before, again;
} shape;

static const shape shapes[] = {
    {"headers that begin", PART(""), PART("WARC/1.0\n")},
    {"headers without an end", PART(""), PART("WARC/1.0\r\nA: b\r\n")},
    {"one header line", PART(RESOURCE "X: "), PART("a")},
    {"records without a block", PART(""), PART(RESOURCE "Content-Length: 0\r\n\r\n")},
    {"records too long", PART(""), PART(RESOURCE "Content-Length: 60000000\r\n\r\n<p>x\r\n\r\n")},
    {"records far too long", PART(""), PART(RESOURCE "Content-Length: 1000000000000\r\n\r\n<p>x\r\n\r\n")},
    {"records too short", PART(""), PART(RESOURCE "Content-Length: 1\r\n\r\nxxxxxxxxxxxxxxxxxxxxxxxxxx\n\n")},
    {"what looks like records", PART(RESOURCE "Content-Length: 0\r\n\r\n"), PART("\nWARC/")},
    {"line ends", PART(RESOURCE "Content-Length: 0\r\n\r\n"), PART("\n")},
    {"small chunks", PART(RESPONSE "Content-Length: 60000000\r\n\r\n" CHUNKED), PART("1\r\na\r\n")},
    {"HTTP without an end", PART(RESPONSE "Content-Length: 60000000\r\n\r\nHTTP/1.1 200 OK\r\n"), PART("a: b\r\n")},
    {"ARC lines", PART("filedesc://a 0.0.0.0 20140216050221 text/plain 0\n"),
     PART("http://a 1.2.3.4 20140101 text/html x\n")},
    {"half signatures of zip", PART("PK\3\4"), PART("PK")},
    {"signatures of zip", PART("PK\3\4"), PART("PK\3\4")},
    {"empty members of a zip", PART(""), PART("PK\3\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")},
    {"members without a size", PART(""), PART("PK\3\4\24\0\10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")},
    {"gzip that is none", PART(""), PART("\x1F\x8B\x08")},
    {"zstd that is none", PART(""), PART("\x28\xB5\x2F\xFD")},
    {"skippable frames", PART(""), PART("\x50\x2A\x4D\x18\0\0\0\0")},
};

static double seconds(runut_slice bytes)
{
    runut_arena *arena = runut_arena_new((size_t)64 << 20);
    struct timespec start, end;
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    runut_test_captures(arena, bytes, 0);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    runut_arena_free(arena);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

static bool is_linear(const shape *s, char *bytes)
{
    size_t size = s->before.size;
    memcpy(bytes, s->before.at, size);
    while (size + s->again.size <= 4 * SIZE) {
        memcpy(bytes + size, s->again.at, s->again.size);
        size += s->again.size;
    }
    for (int tries = 0; tries < 3; tries++) {
        double once = seconds((runut_slice){bytes, size / 4}), four = seconds((runut_slice){bytes, size});
        if (four <= 8 * (once > 0.01 ? once : 0.01))
            return true;
        print_message("%s: %.3f s, then %.3f s for four times as much\n", s->name, once, four);
    }
    return false;
}

static void time_is_linear(void **state)
{
    static char bytes[4 * SIZE + 1024];
    size_t failed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        failed += !is_linear(&shapes[i], bytes);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(time_is_linear)};
    return cmocka_run_group_tests_name("archives_linear", tests, NULL, NULL);
}
