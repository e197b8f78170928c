/* tar: checksums are put right first, else no change would ever get past them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read_bytes.h"

enum { BLOCK = 512, CHECKSUM = 148 };

static void put_right(uint8_t *block)
{
    unsigned sum = 0;
    char text[8];
    memset(block + CHECKSUM, ' ', 8);
    for (size_t i = 0; i < BLOCK; i++)
        sum += block[i];
    snprintf(text, sizeof text, "%06o", sum & 0777777);
    memcpy(block + CHECKSUM, text, 7);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size + 1);
    if (!copy)
        abort();
    memcpy(copy, data, size);
    for (size_t i = 0; i + BLOCK <= size; i += BLOCK)
        if (i == 0 || memcmp(copy + i + 257, "ustar", 5) == 0)
            put_right(copy + i);
    fuzz_read_bytes(copy, size);
    free(copy);
    return 0;
}
