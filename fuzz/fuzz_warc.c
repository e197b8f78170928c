/* WARC, and gzip and zstd around it: records, HTTP messages, chunks, content codings, finding the next record. What
 * does not begin as such is the block of one: the first byte says of which type, so that lengths are right. */
#include <stdio.h>
#include <string.h>

#include "read_bytes.h"
#include "support.h"

static const char *const types[] = {"response", "resource", "conversion", "revisit",
                                    "request",  "warcinfo", "metadata",   "continuation"};

/* Two records with the block, the first one's length made wrong where the byte says so. */
static void read_block(runut_slice block, unsigned how)
{
    char *out = malloc(2 * block.size + 1024);
    size_t size = 0;
    for (int i = 0; i < 2; i++) {
        size_t length = block.size + (i == 0 && how & 8 ? how >> 4 : 0);
        size += (size_t)sprintf(out + size,
                                "WARC/1.%d\r\nWARC-Type: %s\r\nWARC-Target-URI: <https://kabar.example/%d>\r\n"
                                "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
                                i, types[how & 7], i, how & 16 ? "application/http; msgtype=response" : "text/html",
                                length);
        memcpy(out + size, block.at, block.size);
        size += block.size;
        size += (size_t)sprintf(out + size, "\r\n\r\n");
    }
    fuzz_read_bytes((const uint8_t *)out, size);
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size && (data[0] < 32 || data[0] > 126) && data[0] != 0x1F)
        read_block((runut_slice){(const char *)data + 1, size - 1}, data[0]);
    else
        fuzz_read_bytes(data, size);
    return 0;
}
